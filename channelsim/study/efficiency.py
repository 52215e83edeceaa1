"""What a channel earns beside what it would earn if one firm owned all of it.

At rest each firm prices for itself, margin upon margin; one firm prices every outlet for the whole:

    efficiency = channel profit at rest / max over prices of channel profit     (Spengler 1950).

Layout, terms and the rules of effort are the same in both, and every outlet that sells at rest
goes on selling: forms of demand are not meant for prices at which one does not. The best prices
are found outlet by outlet, round after round, from those at rest.
"""

from dataclasses import replace
from functools import partial

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Floats
from channelsim.domain.demand import open_mask
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate.rest import RestPoint, rest_point
from channelsim.study.maximum import smooth_peak

_ROUNDS = 60
"""Most rounds of prices."""
_STILL = 1e-7
"""Change of a price, share of it, below which the best prices are found."""
_BARRED = 1e15
"""What prices at which an outlet sells nothing fall below any profit by, money per week."""
_REACH = 2.0
"""How many times lower or higher a price is sought in one round."""


def channel_efficiency(scenario: Scenario, layout: Layout | None = None) -> float:
    """Return what the channel earns at rest over what one firm that owns it all earns, at most 1.

    Parameters
    ----------
    layout
        Who is open; today's by default.

    Raises
    ------
    BadValue
        If prices come to rest nowhere, or no price earns such a firm anything.
    """
    layout = scenario.today if layout is None else layout
    rest = rest_point(scenario, layout)
    checks.require(
        rest.at_rest,
        "partners' prices come to rest nowhere, got no profit to compare; name other pricing rules",
    )
    whole = integrated(scenario, layout, rest).channel_profit
    checks.require(
        whole > 0,
        f"a firm that owns the channel must earn something, got {whole:g}; lower its fixed costs",
    )
    return rest.channel_profit / whole


def integrated(scenario: Scenario, layout: Layout, start: RestPoint) -> RestPoint:
    """Return what a firm that owns the whole channel earns at its best prices, from a start."""
    price, sells = np.array(start.price), start.units > 0

    def earned(row: int, at: Floats) -> float:
        trial = price.copy()
        trial[row] = at[0]
        found = rest_point(_listed(scenario, trial), layout)
        idle = bool((found.units[sells] <= 0).any())
        return -_BARRED if idle else found.channel_profit

    for _ in range(_ROUNDS):
        before = price.copy()
        for row in np.flatnonzero(open_mask(scenario, layout)).tolist():
            low, high = price[row] / _REACH, price[row] * _REACH
            price[row] = smooth_peak(partial(earned, row), low, high).at[0]
        if np.abs(price / before - 1).max() <= _STILL:
            break
    return rest_point(_listed(scenario, price), layout)


def _listed(case: Scenario, price: Floats) -> Scenario:
    """Return a case in which every outlet asks the price (J,) it is told to."""
    return case.replace(
        partners=tuple(replace(p, pricing="list") for p in case.partners),
        channel_types=tuple(replace(k, pricing="list") for k in case.channel_types),
        candidates=tuple(
            replace(c, price=float(p)) for c, p in zip(case.candidates, price, strict=True)
        ),
    )
