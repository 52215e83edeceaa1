"""T12 and T13: where people go and what shops ask in space (Huff, Hotelling, Salop)."""

from dataclasses import replace
from itertools import count, pairwise

import numpy as np
import pytest

from channelsim.domain.demand import expected_flows
from channelsim.simulate.rest import rest_point
from channelsim.study import theory_models as played
from channelsim.study.theory import model
from scenarios.builder.theory import hotelling, salop

CITIES = ((30.0, 90_000, 10_000, 22.5), (40.0, 40_000, 10_000, 80 / 3), (12.0, 5_000, 5_000, 6.0))


@pytest.mark.parametrize("power", [2.0, 1.0, 0.5])
def test_huff_shares(power):
    case = model("huff")
    path = "segments.all.distance_sensitivity"
    case = case.changed({path: lambda _: power}, idle=True)
    pull = [1000 / 4**power, 500 / 2**power, 250 / 1**power]
    expected = [one / sum(pull) for one in pull]
    assert played.patronage(case, case.today) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("road", "large", "small", "at"), CITIES)
def test_trade_parts_at_converses_breakpoint(road, large, small, at):
    case = model("huff").replace(
        {"candidates.far.doors": large, "candidates.middle.doors": small},
    )
    assert played.parted(case, at, road) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("travel", ["linear", "quadratic"])
@pytest.mark.parametrize("rate", [0.5, 0.9, 1.5])
def test_hotelling_firms_at_the_ends_ask_cost_and_the_rate(rate, travel):
    values = {"segments.all.distance_sensitivity": rate, "market.travel": travel}
    case = model("hotelling").changed(
        {path: lambda _, v=v: v for path, v in values.items()}, idle=True
    )
    rest = rest_point(case)
    assert rest.price == pytest.approx([1 + rate] * 2, rel=1e-6)
    assert rest.partner_profit == pytest.approx([rate / 2] * 2, rel=1e-6)


@pytest.mark.parametrize("firms", [3, 4, 6])
def test_salop_firms_ask_cost_and_their_part_of_the_rate(firms):
    rest = rest_point(salop(firms))
    assert rest.price == pytest.approx([1 + 1 / firms] * firms, rel=1e-6)
    assert rest.partner_profit == pytest.approx([1 / firms**2] * firms, rel=1e-6)


def circle(firms, rate, cost):
    """Return firms round a circle at another rate of travel and cost."""
    values = {
        "segments.all.distance_sensitivity": rate,
        "economics.unit_cost": cost,
        "channel_types.dealer.wholesale_price": cost,
    }
    return salop(firms).replace(values, idle=True)


@pytest.mark.parametrize(
    ("rate", "entry", "cost", "firms"),
    [(1.0, 0.05, 1.0, 4), (2.0, 0.05, 0.5, 6), (0.5, 0.05, 2.0, 3), (1.5, 0.02, 1.5, 8)],
)
def test_firms_enter_until_the_next_would_not_earn_its_entry(rate, entry, cost, firms):
    """Salop 1979: sqrt(t / f), here 4.5, 6.3, 3.2 and 8.7, of which the whole part enters."""
    losing = (n for n in count(2) if rest_point(circle(n, rate, cost)).partner_profit[0] < entry)
    assert next(losing) - 1 == firms


def at_places(places, travel="linear", **price):
    """Return two firms of a line at places, km, and at listed prices."""
    case = hotelling().replace({"market.travel": travel}, idle=True)
    rows = zip(case.candidates, places, strict=True)
    moved = tuple(replace(c, position_km=float(km), **price) for c, km in rows)
    return case.replace(candidates=moved)


def best_place(rival):
    """Return where, on a line of places 0.05 km apart, most is sold beside a rival as dear."""
    places = np.linspace(0, 1, 21)
    cases = (at_places((place, rival)) for place in places)
    sold = [expected_flows(case, case.today).by_candidate(2)[0] for case in cases]
    return places[int(np.argmax(sold))]


def test_firms_at_fixed_prices_meet_at_the_centre():
    """Hotelling 1929: each moves in turn to where it sells most, from the ends of the line."""
    here, rival = 0.0, 1.0
    for _ in range(20):
        here, rival = rival, best_place(rival)
    assert (here, rival) == (0.5, 0.5)


def test_firms_earn_more_the_farther_apart_they_are_where_cost_is_quadratic():
    """D'Aspremont, Gabszewicz & Thisse 1979: their own places differ as much as they can."""
    earned = [
        rest_point(at_places((left, 0.9), "quadratic")).partner_profit[0]
        for left in (0.0, 0.1, 0.2, 0.3, 0.4)
    ]
    assert all(far > near for far, near in pairwise(earned))


def undercut(case, price):
    """Return the most that the first firm earns at other prices, the second's held, at cost 1."""
    first, second = case.candidates
    held = replace(second, price=float(price[1]))
    earned = []
    for asked in np.linspace(1.0, 3.0, 401):
        here = case.replace(candidates=(replace(first, price=float(asked)), held))
        earned.append((asked - 1) * expected_flows(here, here.today).by_candidate(2)[0])
    return max(earned)


@pytest.mark.parametrize("left", [0.3, 0.4, 0.45])
def test_firms_too_close_at_linear_cost_are_at_no_rest_that_nobody_leaves(left):
    """D'Aspremont et al. 1979: nearer than half the line, each gains by undercutting the other."""
    case = at_places((left, 1 - left))
    rest = rest_point(case)
    assert not rest.at_rest or undercut(case, rest.price) > rest.partner_profit[0] + 0.01


@pytest.mark.parametrize("left", [0.0, 0.1, 0.2])
def test_firms_far_enough_apart_at_linear_cost_gain_by_no_other_price(left):
    case = at_places((left, 1 - left))
    rest = rest_point(case)
    assert rest.at_rest
    assert undercut(case, rest.price) <= rest.partner_profit[0] + 1e-9
