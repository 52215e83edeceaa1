"""Demand worked out zone by zone and segment by segment, for models of a few outlets."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.forms.slopes import Slopes, open_pairs, slopes_of
from channelsim.domain.utility import occasions, price_marginal

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

type Solved = Callable[[Ints, int], tuple[Floats, Floats]]
"""(K,) open arcs of a zone and a segment -> their shares (K,), and d share / d value (K, K)."""


def zone_units(scenario: "Scenario", is_open: Bools, solved: Solved) -> Floats:
    """Return expected units per week: (A, S)."""
    share = np.zeros((scenario.arcs.arcs, len(scenario.segments)))
    for rows in _open_rows(scenario, is_open):
        for segment in range(len(scenario.segments)):
            share[rows, segment] = solved(rows, segment)[0]
    result: Floats = share * occasions(scenario)[scenario.arcs.zone]
    return result


def zone_slopes(scenario: "Scenario", is_open: Bools, price: Floats, solved: Solved) -> Slopes:
    """Return d units / d price (J,), from d share / d value and d value / d price."""
    arcs, segments = scenario.arcs, scenario.segments
    pairs = open_pairs(arcs, is_open)
    value = np.zeros((len(pairs[0]), len(segments)))
    done = 0
    for rows in _open_rows(scenario, is_open):
        here = slice(done, done := done + len(rows) ** 2)
        for segment in range(len(segments)):
            value[here, segment] = solved(rows, segment)[1].ravel()
    marginal = price_marginal(scenario, price)[arcs.candidate[pairs[1]]]
    value *= -np.outer(marginal, [s.price_sensitivity for s in segments])
    return slopes_of(arcs, pairs, value * occasions(scenario)[arcs.zone[pairs[0]]])


def _open_rows(scenario: "Scenario", is_open: Bools) -> list[Ints]:
    """Return the open arcs of each zone that has any."""
    arcs = scenario.arcs
    used = np.flatnonzero(is_open[arcs.candidate])
    cuts = np.searchsorted(used, arcs.zone_start[1:-1])
    return [rows for rows in np.split(used, cuts) if len(rows)]
