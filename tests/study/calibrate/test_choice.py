from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.demand import demand_of
from channelsim.domain.market import Rival
from channelsim.errors import BadValue
from channelsim.study.calibrate.attraction import parameters
from channelsim.study.calibrate.choice import calibrate_choice
from tests.instances import tiny

REPETITIONS = 120
TRUTH = tiny().replace({"candidates.north-a.price": 110.0, "candidates.south-c.price": 95.0})
GUESS = TRUTH.replace(
    {
        "segments.everyone.price_sensitivity": 0.02,
        "segments.everyone.distance_sensitivity": 0.03,
        "appeals.dealer.everyone": 0.3,
    }
)
OCCASIONS = {"a": 20_000.0, "b": 10_000.0, "c": 16_000.0, "d": 4_000.0}


def chances(case):
    """Return each zone's chance of buying from each candidate, as the scenario's demand has it."""
    everything, price = np.ones(len(case.candidates), dtype=bool), case.columns.price
    units = demand_of(case).units(price, np.zeros_like(price), everything).sum(axis=1)
    here = case.columns.people @ case.columns.purchase_rate
    return {
        (case.zones[z].id, case.candidates[j].id): float(u / here[z])
        for z, j, u in zip(case.arcs.zone, case.arcs.candidate, units, strict=True)
    }


def drawn(random, chance):
    sales = {}
    for zone, count in OCCASIONS.items():
        names = [key for key in chance if key[0] == zone]
        shares = [chance[key] for key in names]
        units = random.multinomial(int(count), [*shares, 1 - sum(shares)])[:-1]
        sales |= dict(zip(names, units.astype(float).tolist(), strict=True))
    return sales


def test_known_utilities_lie_within_their_intervals():
    random, chance, truth = np.random.default_rng(4), chances(TRUTH), parameters(TRUTH)
    hits = dict.fromkeys(truth, 0)
    for _ in range(REPETITIONS):
        found = calibrate_choice(GUESS, drawn(random, chance), occasions=OCCASIONS)
        for one in found.estimates:
            hits[one.name] += one.holds(truth[one.name])
    assert min(hits.values()) / REPETITIONS >= 0.93


def test_huff_exponents_lie_within_their_intervals():
    market = replace(TRUTH.market, demand="huff")
    doors = {"candidates.north-a.doors": 4, "candidates.north-d.doors": 2}
    case = TRUTH.replace({**doors, "segments.everyone.distance_sensitivity": 1.7}, market=market)
    random, chance, truth = np.random.default_rng(5), chances(case), parameters(case)
    names = ("distance_sensitivity", "doors_exponent")
    hits = dict.fromkeys(names, 0)
    for _ in range(100):
        found = calibrate_choice(case, drawn(random, chance), occasions=OCCASIONS)
        for name in names:
            hits[name] += found[name].holds(truth[name])
    assert min(hits.values()) / 100 >= 0.93


def test_exact_sales_give_back_the_demand_they_came_from():
    sales = {key: share * OCCASIONS[key[0]] for key, share in chances(TRUTH).items()}
    found = calibrate_choice(GUESS, sales, occasions=OCCASIONS)
    assert chances(found.scenario) == pytest.approx(chances(TRUTH), rel=1e-5)


def test_rival_outlets_with_prices_are_reckoned_with():
    case = TRUTH.replace(rivals=(Rival("rival", "a", price=95.0, appeal=0.5, reach_km=20.0),))
    guess = GUESS.replace(rivals=case.rivals)
    sales = {key: share * OCCASIONS[key[0]] for key, share in chances(case).items()}
    found = calibrate_choice(guess, sales, occasions=OCCASIONS)
    assert chances(found.scenario) == pytest.approx(chances(case), rel=1e-5)


def test_buyers_alone_leave_one_appeal_open():
    sales = {key: share * OCCASIONS[key[0]] for key, share in chances(TRUTH).items()}
    found = calibrate_choice(GUESS, sales)
    assert found.notes == ("appeal web: the sales do not tell it; it stays what it was",)
    assert found["distance_sensitivity"].value == pytest.approx(np.log(2) / 10, rel=1e-5)


def test_more_sales_than_occasions_are_refused():
    with pytest.raises(BadValue, match="a bought 30 units on 20 occasions; write its occasions"):
        calibrate_choice(TRUTH, {("a", "north-a"): 30.0}, occasions={"a": 20.0})


def test_a_zone_out_of_reach_is_refused():
    with pytest.raises(BadValue, match="south-c sells to a, which it does not reach"):
        calibrate_choice(TRUTH, {("a", "south-c"): 30.0})


def test_other_demand_is_refused():
    case = TRUTH.replace({"market.demand": "linear"})
    with pytest.raises(BadValue, match=r"market\.demand is unknown: 'linear'; write one of logit"):
        calibrate_choice(case, {("a", "north-a"): 30.0})
