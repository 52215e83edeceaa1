from itertools import pairwise

import pytest

from channelsim.optimise.recommend import recommend
from tests.instances import tiny
from tests.optimise.small_limits import limited_scenario


def prices(changes=None):
    found = recommend(tiny().replace(changes or {}, idle=True))
    return {row.limit: row for row in found.shadow_prices}


def test_a_unit_at_the_flagship_takes_the_place_of_one_at_the_dealer():
    # 100 less 40, 1 line haul and 1 fees, instead of 70 less 40, 1, 3.5 rebate and 1 governance
    flagship = prices()["candidates.flagship-a.capacity"]
    assert flagship.price == pytest.approx(58 - 24.5)
    assert (flagship.unit, flagship.gain) == ("unit/week", pytest.approx(33.5))


def test_what_has_room_to_spare_has_no_price():
    assert "candidates.north-a.capacity" not in prices()


def test_the_price_is_what_a_unit_more_earns_the_recommendation():
    more = tiny().replace({"candidates.flagship-a.capacity": 301})
    gain = recommend(more).objective - recommend(tiny()).objective
    assert prices()["candidates.flagship-a.capacity"].gain == pytest.approx(gain)


def test_short_supply_has_the_price_of_the_least_that_is_sold():
    supply = prices({"economics.supply_capacity": 1_000.0})["economics.supply_capacity"]
    # the web shop's margin: 90 less 40, 18 fees and 10 parcel
    assert supply.price == pytest.approx(22)


def test_a_least_volume_costs_what_it_displaces():
    # north-a sells 100 units to A beside the flagship and 133 to B: more has to come from A
    least = prices({"candidates.north-a.min_volume": 300.0})["candidates.north-a.min_volume"]
    assert least.price == pytest.approx(-33.5)
    assert least.gain == pytest.approx(-33.5)


def test_incentive_money_has_its_multiplier():
    found = recommend(tiny())
    row = {row.limit: row for row in found.shadow_prices}["goals.incentive_budget"]
    assert row.price == found.incentives.multiplier
    assert row.gain == pytest.approx(row.price, rel=0.01)


def test_without_a_layout_there_are_none():
    assert recommend(tiny(), budget=150).shadow_prices == ()


@pytest.mark.parametrize("seed", range(7000, 7020))
def test_a_whole_unit_never_earns_more_than_the_price_says(seed):
    names = ("participation", "min_volume", "min_share") if seed % 2 else ()
    found = recommend(limited_scenario(seed, names), gap=0.0)
    rows = [row for row in found.shadow_prices if row.gain == row.gain]
    assert all(row.gain <= row.price + 1e-6 * abs(row.price) for row in rows)
    assert all(abs(one.price) >= abs(other.price) for one, other in pairwise(rows))


def test_capacity_is_dear_somewhere_in_the_random_scenarios():
    found = [recommend(limited_scenario(seed, ()), gap=0.0) for seed in range(7000, 7020, 2)]
    limits = [row.limit for one in found for row in one.shadow_prices]
    assert any(limit.endswith(".capacity") for limit in limits)
