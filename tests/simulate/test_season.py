"""A season's profits by state of demand: against hand figures and against each other."""

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.errors import BadValue
from channelsim.simulate.season import season_point
from scenarios.builder.inventory import pooling, uniform, wholesale_alone
from scenarios.builder.seasons import season

MILLION = 1e6
CASE = wholesale_alone(10.0, 4.0, 100.0)  # wholesale 7: an order of 30


def term(name, rate, **changes):
    return CASE.replace(contracts=(Contract(name, rate, partner="shop", **changes),))


def of_share(found, share):
    """What a retailer and the maker earn where demand is a share of its most."""
    row = int(share * len(found.maker))
    return found.partner[row, 0] / MILLION, found.maker[row] / MILLION


@pytest.mark.parametrize(
    ("demand", "retailer", "maker"),
    [
        (0.8, 3.0 * 30, 3.0 * 30),  # sold out
        (0.1, 10 * 10 - 7 * 30, 3.0 * 30),  # 20 are left over
    ],
)
def test_profits_where_demand_is_high_and_low(demand, retailer, maker):
    found = of_share(season_point(CASE), demand)
    assert found == pytest.approx((retailer, maker), abs=0.03)


def test_a_franchise_fee_moves_money_alone():
    plain, charged = season_point(CASE), season_point(term("franchise_fee", 5e6))
    np.testing.assert_array_equal(charged.stock, plain.stock)
    np.testing.assert_allclose(charged.partner, plain.partner - 5e6)
    np.testing.assert_allclose(charged.maker, plain.maker + 5e6)


def test_a_cap_ends_what_a_commission_pays():
    plain = season_point(CASE)
    paid = season_point(term("commission", 0.1, cap=2e6))
    more = paid.partner[:, 0] - (np.minimum(paid.sold, paid.stock) * 10 - 7 * paid.stock)[:, 0]
    assert more.max() == pytest.approx(2e6)
    assert paid.stock[0] > plain.stock[0]


def test_marketing_is_paid_by_the_maker_and_nobody_at_the_table_gets_it():
    plain, paid = season_point(CASE), season_point(term("marketing", 0.05))
    np.testing.assert_allclose(paid.partner, plain.partner)
    np.testing.assert_allclose(paid.maker, plain.maker - 0.5 * plain.sold[:, 0])


def test_the_makers_own_shop_earns_for_the_maker():
    case = season(10.0, 4.0, 7.0, **uniform(100.0), name="own", title="Own")
    case = case.replace(
        {"partners.shop.own": True, "channel_types.dealer.wholesale_price": None},
    )
    found = season_point(case)
    assert found.stock[0] / MILLION == pytest.approx(60.0, rel=1e-4)
    assert found.maker_profit / MILLION == pytest.approx(180.0, rel=1e-4)
    np.testing.assert_array_equal(found.partner, 0.0)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (CASE.replace({"candidates.good0.lead_time": 1}), "must last for the week"),
        (CASE.replace({"channel_types.dealer.season_weeks": 2}), "must last for the week"),
        (term("bonus", 9.0, period="year"), "bonus must run by the week, got 'year'"),
        (pooling(4), "swing_common must be 1 in 4 zones, got 0"),
    ],
)
def test_what_a_season_cannot_be_worked_out_of(case, told):
    with pytest.raises(BadValue, match=told):
        season_point(case)
