"""Which partner holds which zone under a plan."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, across, frozen
from channelsim.domain.demand import Flows
from channelsim.domain.layout import Territory
from channelsim.domain.territory import lone_dealers
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_variables import contested

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


ANYBODY, NOBODY = -1, -2
"""In place of a holder's partner row: whoever is open may serve the node, or no one."""


def exclusive_holders(
    inputs: LayoutInputs, is_open: Bools, values: Mapping[str, float]
) -> Ints | None:
    """Return the partner row that alone may serve each node, ANYBODY or NOBODY: (N,).

    None where territories are not exclusive. A contested node that the solution gives to nobody
    stays nobody's where foreign sales count; else it goes to the open partner that earns most
    from it.

    Parameters
    ----------
    values
        Value of each variable of the layout problem.
    """
    if not inputs.limits.exclusive:
        return None
    holder = np.full(inputs.arcs.nodes, ANYBODY, dtype=np.int64)
    for node, partners in contested(inputs):
        worth = {
            partner: (
                round(values.get(f"holds_{node}_{partner}", 0.0)),
                _best(inputs, is_open, arcs),
            )
            for partner, arcs in partners.items()
        }
        best = max(worth, key=lambda partner: worth[partner])
        held = worth[best][0] or inputs.limits.foreign is None
        holder[node] = best if held else NOBODY
    return frozen(holder)


def _best(inputs: LayoutInputs, is_open: Bools, arcs: Ints) -> float:
    earns = np.where(is_open[inputs.arcs.site[arcs]], inputs.arcs.value[arcs], -np.inf)
    return float(earns.max())


def territories(
    scenario: "Scenario",
    inputs: LayoutInputs,
    is_open: Bools,
    flows: Flows,
    held: Mapping[int, int] | None = None,
) -> tuple[Territory, ...]:
    """Return each zone with planned physical sales or a holder of its own, and its holder.

    The holder is the only partner of a territorial type that works there, exclusively; else the
    partner that sells most there.

    Parameters
    ----------
    is_open
        (J,) open candidates.
    flows
        Planned sales.
    held
        Zone row -> partner row that holds it whatever it sells there; none by default.
    """
    held, table = held or {}, _physical_units(scenario, flows)
    holder = table.argmax(axis=1) if table.shape[1] else np.zeros(0, dtype=np.int64)
    holder[list(held)] = list(held.values())
    kept = table.max(axis=1, initial=0.0) > 0
    kept[list(held)] = True
    sold = np.flatnonzero(kept).tolist()
    open_ids = [c.id for c, is_in in zip(scenario.candidates, is_open, strict=True) if is_in]
    alone = {} if inputs.limits.exclusive else lone_dealers(scenario, open_ids)
    rows = [(scenario.zones[zone].id, int(holder[zone])) for zone in sold]
    return tuple(
        Territory(
            partner=alone.get(zone, scenario.partners[best].id),
            zone=zone,
            exclusive=inputs.limits.exclusive or zone in alone,
        )
        for zone, best in rows
    )


def _physical_units(scenario: "Scenario", flows: Flows) -> Floats:
    """Return units per week of physical operations by zone and partner: (Z, P)."""
    columns, arcs, count = scenario.columns, flows.arcs, len(scenario.partners)
    units = np.where(columns.online[arcs.candidate], 0.0, across(flows.units))
    key = arcs.zone * count + columns.partner_of[arcs.candidate]
    total = np.bincount(key, units, minlength=len(scenario.zones) * count)
    return total.reshape(len(scenario.zones), count).astype(np.float64)
