"""Let consumers choose among what is open, by logit.

With z_nj = w_n y_j for w_n = outside_n and x_nj = serve_nj = g_nj z_nj, the rows hold z to the
product exactly at y in {0, 1}, and tightly between (Freire, Moreno & Yushimito 2016 for the form,
McCormick 1976 for the envelopes). Bounds on w come from all candidates in reach and from those that
must open.
"""

from collections.abc import Iterator

import numpy as np
from pulp import LpVariable, lpSum_vars_coefs

from channelsim.optimise.chosen import Chosen
from channelsim.optimise.constraints.expressions import Row, by_node, ones, weighted
from channelsim.optimise.layout_variables import LayoutProblem

TANGENTS = 5
"""Places at which the share that buys elsewhere is held to its tangent."""


def shares(model: LayoutProblem) -> Iterator[Row]:
    """Have everybody buy somewhere, if only elsewhere."""
    if model.outside:
        for node, here in by_node(model):
            yield f"shares_{node}", ones(model.serve[here]) + model.outside[node] == 1


def chosen_open(model: LayoutProblem) -> Iterator[Row]:
    """Hold what an open candidate draws between its least and most, and a closed one's to none."""
    if not model.outside:
        return
    chosen = Chosen.of(model.inputs)
    bounds = zip(chosen.least_drawn.tolist(), chosen.most_drawn.tolist(), strict=True)
    for arc, ((serve, opened, _), (low, high)) in enumerate(zip(_arcs(model), bounds, strict=True)):
        yield f"chosen_open_{arc}_low", lpSum_vars_coefs(((serve, 1.0), (opened, -low))) >= 0
        yield f"chosen_open_{arc}_high", lpSum_vars_coefs(((serve, 1.0), (opened, -high))) <= 0


def chosen_odds(model: LayoutProblem) -> Iterator[Row]:
    """Hold what an open candidate draws to its odds against buying elsewhere."""
    if not model.outside:
        return
    chosen = Chosen.of(model.inputs)
    bounds = zip(*(v.tolist() for v in (chosen.odds, *chosen.outside_without)), strict=True)
    for arc, ((serve, opened, outside), (odds, low, high)) in enumerate(
        zip(_arcs(model), bounds, strict=True)
    ):
        gap = ((outside, 1.0), (serve, -1 / odds))
        yield f"chosen_odds_{arc}_low", lpSum_vars_coefs((*gap, (opened, low))) >= low
        yield f"chosen_odds_{arc}_high", lpSum_vars_coefs((*gap, (opened, high))) <= high


def tangent(model: LayoutProblem) -> Iterator[Row]:
    """Hold the share that buys elsewhere above tangents of 1 / (1 + sum of odds)."""
    for node, here, place, at in _touching(model):
        rise = _pull(model, here, at)
        total = lpSum_vars_coefs([(model.outside[node], 1.0), *rise.values()])
        yield f"tangent_{node}_{place}", total >= 2 * at - at * at


def perspective(model: LayoutProblem) -> Iterator[Row]:
    """Hold what an open candidate draws above the same tangents, at its own opening."""
    odds = Chosen.of(model.inputs).odds
    for _, here, place, at in _touching(model):
        rise = _pull(model, here, at)
        for arc in range(here.start, here.stop):
            opened, weight = rise[arc]
            own = {arc: (opened, weight - 2 * at)}
            drawn = (model.serve[arc], 1 / odds[arc].item())
            total = lpSum_vars_coefs([drawn, *(rise | own).values()])
            yield f"perspective_{arc}_{place}", total >= -at * at


def turned_away(model: LayoutProblem) -> Iterator[Row]:
    """Turn away whom a candidate has no room for, and at most those."""
    chosen, arcs = Chosen.of(model.inputs), model.inputs.arcs
    for site, away in model.away.items():
        here = np.flatnonzero(arcs.site == site)
        wanted = weighted((model.serve[m] for m in here.tolist()), arcs.units[here].tolist())
        room = model.inputs.sites.capacity[site].item()
        yield f"turned_away_{site}_least", wanted - away - room * model.open[site] <= 0
        yield f"turned_away_{site}_most", away - chosen.excess[site].item() * model.open[site] <= 0


def _arcs(model: LayoutProblem) -> Iterator[tuple[LpVariable, LpVariable, LpVariable]]:
    """Yield what each arc serves, whether its candidate is open, and who buys elsewhere."""
    arcs = model.inputs.arcs
    for serve, site, node in zip(model.serve, arcs.site.tolist(), arcs.node.tolist(), strict=True):
        yield serve, model.open[site], model.outside[node]


def _touching(model: LayoutProblem) -> Iterator[tuple[int, slice, int, float]]:
    """Yield each node and its arcs with each place of a tangent: its number, and the share there.

    The places part the reciprocal of the share evenly, from all of reach open to what must open.
    """
    if not model.outside:
        return
    chosen = Chosen.of(model.inputs)
    for node, here in by_node(model):
        ends = 1 / chosen.most_outside[node], 1 / chosen.least_outside[node]
        for place, total in enumerate(np.linspace(*ends, TANGENTS).tolist()):
            yield node, here, place, 1 / total


def _pull(model: LayoutProblem, here: slice, at: float) -> dict[int, tuple[LpVariable, float]]:
    """Return each arc's candidate and its odds times at^2."""
    odds, site = Chosen.of(model.inputs).odds, model.inputs.arcs.site
    rows = range(here.start, here.stop)
    return {m: (model.open[site[m].item()], at * at * odds[m].item()) for m in rows}
