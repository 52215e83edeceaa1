"""Utilities of logit, Huff and MCI demand from what each zone bought where, by maximum likelihood.

The likelihood is `study.calibrate.cells`', the parameters are `study.calibrate.attraction`'s.
"""

from collections.abc import Mapping

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Bools, Floats, Ints, row_of
from channelsim.domain.scenario import Scenario
from channelsim.study.calibrate.attraction import (
    Design,
    design_of,
    parameters,
    unit_of,
    values_of,
    written,
)
from channelsim.study.calibrate.calibration import (
    Calibration,
    checked_level,
    estimates_of,
)
from channelsim.study.calibrate.cells import Cells, chances_of, climb, covariance, told

PASSES = 20
"""Most times that utility is made linear anew: rivals' prices make it curved."""
SAME = 1e-7

type Sales = Mapping[tuple[str, str], float]
"""(zone of the buyers, candidate) -> units."""


def calibrate_choice(
    scenario: Scenario,
    sales: Sales,
    *,
    occasions: Mapping[str, float] | None = None,
    level: float = 0.95,
) -> Calibration:
    """Estimate appeals and sensitivities from the units that each zone bought of each candidate.

    Parameters
    ----------
    sales
        (zone, candidate) -> units; the candidates named were open, and all others closed.
    occasions
        Zone -> occasions, purchases or not; None: only those who bought were seen, so that one
        type's appeal stays what it was.
    level
        Level of the intervals.

    Raises
    ------
    BadValue
        If the demand is another than logit, huff or mci, an id is unknown, a zone buys more than
        its occasions, or the sales tell no parameter.
    """
    is_open = opened(scenario, {candidate for _, candidate in sales})
    return fitted(scenario, is_open, cells_by_zone(scenario, sales, is_open, occasions), level)


def fitted(scenario: Scenario, is_open: Bools, cells: Cells, level: float) -> Calibration:
    """Return the calibration of a scenario to cells of sales.

    Raises
    ------
    BadValue
        If the sales tell no parameter, or one that the scenario cannot have.
    """
    everything = tuple(parameters(scenario))
    kept = told(design_of(scenario, everything, is_open), cells)
    names = tuple(everything[row] for row in kept)
    checks.require(bool(names), "the sales tell no parameter; add candidates or zones")
    design = _settled(scenario, names, is_open, cells)
    found = chances_of(design, cells, design.start)
    form = scenario.market.demand
    open_types = {scenario.candidates[j].channel_type for j in np.flatnonzero(is_open)}
    missing = [n for n in everything if n not in names and not _is_idle(n, open_types)]
    units = len(cells.units)
    return Calibration(
        model=f"{form} choice, maximum likelihood",
        estimates=estimates_of(
            names, tuple(unit_of(name, form) for name in names), design.start,
            covariance(found, len(names)), checked_level(level),
        ),
        scenario=design.scenario,
        observed=tuple(cells.units.tolist()),
        fitted=tuple((found.total * found.chance)[:units].tolist()),
        notes=tuple(f"{n}: the sales do not tell it; it stays what it was" for n in missing),
        level=level,
    )  # fmt: skip


def opened(scenario: Scenario, names: set[str]) -> Bools:
    """Return which candidates are among some names: (J,).

    Raises
    ------
    BadValue
        If there is none, or the scenario lacks one.
    """
    checks.require(bool(names), "there are no sales; write units of at least two candidates")
    index = scenario.columns.candidate_index
    is_open = np.zeros(len(index), dtype=bool)
    is_open[[row_of(index, name, "candidate") for name in sorted(names)]] = True
    return is_open


def cells_by_zone(
    scenario: Scenario, sales: Sales, is_open: Bools, occasions: Mapping[str, float] | None
) -> Cells:
    """Return the sales as cells, each zone a market.

    Raises
    ------
    BadValue
        If a zone buys from afar, or more than its occasions.
    """
    arcs = scenario.arcs.only(is_open[scenario.arcs.candidate])
    at = {
        (scenario.zones[z].id, scenario.candidates[j].id): row
        for row, (z, j) in enumerate(zip(arcs.zone.tolist(), arcs.candidate.tolist(), strict=True))
    }
    units = np.zeros(arcs.arcs)
    for key, sold in sales.items():
        checks.at_least("units", sold, 0)
        checks.require(
            key in at,
            f"{key[1]} sells to {key[0]}, which it does not reach; widen its type's reach_km",
        )
        units[at[key]] = sold
    zones = {zone for zone, _ in sales}
    watched = np.array([z.id in zones for z in scenario.zones])[arcs.zone]
    cell = np.where(watched, np.cumsum(watched) - 1, -1)
    market = np.arange(len(scenario.zones))
    had = None if occasions is None else _occasions(scenario, occasions, arcs.zone, units)
    return Cells(cell, arcs.zone[watched], market, units[watched], had)


def _occasions(scenario: Scenario, had: Mapping[str, float], zone: Ints, units: Floats) -> Floats:
    sold = np.bincount(zone, units, minlength=len(scenario.zones))
    for row, where in enumerate(scenario.zones):
        checks.require(
            sold[row] == 0 or had.get(where.id, 0.0) > sold[row],
            f"{where.id} bought {sold[row]:g} units on {had.get(where.id, 0.0):g} occasions; "
            "write its occasions, those without a purchase included",
        )
    return np.array([had.get(z.id, 0.0) for z in scenario.zones])


def _settled(scenario: Scenario, names: tuple[str, ...], is_open: Bools, cells: Cells) -> Design:
    """Return the design about the parameters of greatest likelihood."""
    for _ in range(PASSES):
        design = design_of(scenario, names, is_open)
        values = climb(design, cells)
        scenario = written(scenario, _possible(names, values))
        moved = np.abs(values_of(scenario, names) - design.start)
        if (moved <= SAME * (1 + np.abs(values))).all():
            break
    return design_of(scenario, names, is_open)


def _possible(names: tuple[str, ...], values: Floats) -> dict[str, float]:
    found = dict(zip(names, values.tolist(), strict=True))
    for name, value in found.items():
        checks.require(
            name.startswith("appeal ") or value >= 0,
            f"{name} is estimated at {value:.4g}, below 0: sales rise with it; look for what the "
            "data lack, such as quality that dearer outlets have",
        )
    return found


def _is_idle(name: str, open_types: set[str]) -> bool:
    return name.startswith("appeal ") and name.removeprefix("appeal ") not in open_types
