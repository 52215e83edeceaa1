"""What pricing rules and the maker's price policy do, under common random numbers."""

import numpy as np
import pytest

from channelsim.domain.layout import Layout
from channelsim.domain.market import Rival
from channelsim.domain.promotion import Promotion
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.patterns.contrast import LOWERS, RAISES, REPLICATIONS, assert_moves
from tests.patterns.markets import NORTH, SOUTH, pricing_dealers

NORTH_A, SOUTH_A, WEB = 1, 2, 4
CROWDED = Layout.of(["north-a", "south-c", "web"])


def shown(measure, *, level="total", at=0, weeks=12, layout=CROWDED):
    """Return a function from a scenario to a measure's mean over a run, by replication."""

    def of(case):
        return np.array(
            [
                simulate(
                    case, layout, replication=r, weeks=weeks, record=("total", "partner", "outlet")
                )
                .weekly(measure, level)[:, at]
                .mean()
                for r in range(REPLICATIONS)
            ]
        )

    return of


price_of_north = shown("price", level="outlet", at=NORTH_A)
units = shown("units")
dealt = shown("units", level="partner", at=[NORTH, SOUTH])
"""Units a week and dealer: the web shop's are not among them."""
FLOOR = {"price_floor": 90.0}
CREDIBLE = {**FLOOR, "map_monitoring": 0.5, "map_fine": 1e7}


def test_credible_enforcement_raises_prices():  # Israeli 2018
    lax, strict = pricing_dealers(**FLOOR, map_monitoring=0.0), pricing_dealers(**CREDIBLE)
    assert_moves(RAISES, price_of_north(lax), price_of_north(strict))
    assert shown("below_floor")(strict).max() == 0.0 < shown("below_floor")(lax).min()


def left_to_a_lone_rise(before, after):
    """Share of its units that North keeps where it alone asks `after` instead of `before`, set by
    hand: its own elasticity, between these prices.
    """
    listed = pricing_dealers({"pricing": "list"}, {"pricing": "list"})
    both = listed.replace({"candidates.north-a.price": before, "candidates.south-c.price": before})
    alone = both.replace({"candidates.north-a.price": after})
    sold = shown("units", level="partner", at=NORTH)
    return sold(alone) / sold(both)


def test_volume_falls_less_than_elasticity_alone_implies():  # Israeli 2018
    # the floor binds all alike: buyers find no cheaper dealer, as they do if one rises alone
    lax, strict = pricing_dealers(**FLOOR, map_monitoring=0.0), pricing_dealers(**CREDIBLE)
    prices = (float(price_of_north(case).mean()) for case in (lax, strict))
    free, held = dealt(lax), dealt(strict)
    assert_moves(LOWERS, free, held)
    assert_moves(RAISES, free * left_to_a_lone_rise(*prices), held)


def test_without_enforcement_a_floor_changes_little():  # Israeli, Anderson and Coughlan 2016
    free, lax = pricing_dealers(), pricing_dealers(**FLOOR, map_monitoring=0.0)
    np.testing.assert_allclose(price_of_north(lax), price_of_north(free), rtol=1e-9)


def test_without_enforcement_volume_does_not_fall():
    free, lax = pricing_dealers(), pricing_dealers(**FLOOR, map_monitoring=0.0)
    np.testing.assert_array_equal(dealt(lax), dealt(free))


def test_severity_without_detection_does_not_deter():  # Antia et al. 2006
    mild, severe = (pricing_dealers(**FLOOR, map_monitoring=0.0, map_fine=f) for f in (0.0, 1e9))
    np.testing.assert_array_equal(price_of_north(severe), price_of_north(mild))


def test_loosely_tied_partners_go_below_the_floor_more():  # Israeli, Anderson and Coughlan 2016
    def tied(alignment):
        row = {"pricing": "logit_best_response", "alignment": alignment}
        return pricing_dealers(row, row, **FLOOR, map_monitoring=0.5, map_fine=1_000.0)

    assert_moves(RAISES, shown("below_floor")(tied(1.0)), shown("below_floor")(tied(0.0)))


@pytest.mark.parametrize("lag", [0, 1, 2, 3, 4])
def test_a_promotional_price_spreads_after_the_lag(lag):
    # ASSUMPTIONS 8, row 5: platforms the same week, chains in 1-2, dealers in 3-4
    case = pricing_dealers({"pricing": "match", "match_lag": lag}, {"pricing": "list"})
    sale = Promotion("sale", from_week=11, to_week=11, price_cut=0.1, channel="web")
    run = simulate(
        case.replace(promotions=(sale,)), CROWDED, weeks=20, record=("total", "outlet")
    ).weekly("price", "outlet")[:, NORTH_A]
    expected = np.full(20, 90.0)  # the web shop's ordinary price
    expected[10 + lag] = 81.0
    np.testing.assert_allclose(run, expected)


def test_undercutting_raises_price_conflict():
    # price wars set partners against each other (ASSUMPTIONS 8; Brown and Day 1981)
    calm = pricing_dealers({"pricing": "list"}, {"pricing": "list"})
    war = pricing_dealers({"pricing": "undercut", "undercut": 0.1}, {"pricing": "list"})
    assert_moves(RAISES, conflict(calm), conflict(war))


def conflict(case):
    """Price conflict, by replication."""
    runs = (simulate(case, CROWDED, replication=r, weeks=12).realised for r in range(REPLICATIONS))
    return np.array([run.price_conflict for run in runs])


def test_bargaining_power_lowers_the_makers_margin():  # Iyer and Villas-Boas 2003
    weak, strong = (
        pricing_dealers({"pricing": "list", "bargaining_power": b}, {"pricing": "list"}).replace(
            {"channel_types.dealer.wholesale_price": 75.0}
        )
        for b in (0.0, 0.9)
    )
    assert_moves(LOWERS, margin(weak), margin(strong))


def margin(case):
    """The maker's contribution a unit, by replication."""
    runs = (simulate(case, CROWDED, replication=r, weeks=26).realised for r in range(REPLICATIONS))
    return np.array([run.profit / run.units for run in runs])


def test_a_chains_back_margin_grows_where_it_is_strong():  # ASSUMPTIONS 8, row 10
    case = pricing_dealers({"pricing": "list", "back_margin_growth": 0.0075}, {"pricing": "list"})
    channel = Channel(case, CROWDED)
    for _ in range(53):
        channel.step()
    assert channel.bargains.back[NORTH_A] == pytest.approx(0.0075)
    assert channel.bargains.back[SOUTH_A] == 0.0


def test_a_rivals_reaction_damps_what_a_price_cut_gains():
    def gain(reaction):
        rivals = (Rival("other", price=90.0, appeal=9.0, reaction=reaction),)
        before = pricing_dealers({"pricing": "list"}, {"pricing": "list"}).replace(rivals=rivals)
        sale = Promotion("sale", from_week=1, to_week=52, price_cut=0.1, maker_share=1.0)
        return units(before.replace(promotions=(sale,))) - units(before)

    assert_moves(LOWERS, gain(0.0), gain(0.8))


def test_a_gap_limit_lowers_price_conflict_between_online_and_offline():
    # equal pricing (Cattani, Gilland, Heese and Swaminathan 2006)
    free = pricing_dealers({"pricing": "list"}, {"pricing": "list"}).replace(
        {"channel_types.web.price": 75.0}
    )
    held = free.replace({"policy.max_price_gap": 0.05})
    assert_moves(LOWERS, conflict(free), conflict(held))


def test_a_cost_cut_passed_through_lowers_the_price_and_raises_volume():
    # pass-through (Weyl and Fabinger 2013)
    row = {"pricing": "list", "pass_through": 0.5}
    dear = pricing_dealers(row, row).replace({"channel_types.dealer.reference_cost": 49.0})
    cheap = dear.replace({"channel_types.dealer.wholesale_price": 40.0})
    assert_moves(LOWERS, price_of_north(dear), price_of_north(cheap))
    assert_moves(RAISES, units(dear), units(cheap))
