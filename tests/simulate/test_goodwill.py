"""The brand's goodwill, on the instance whose figures everybody knows."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.goodwill import Goodwill
from channelsim.domain.layout import Layout, Spend, Territory
from channelsim.simulate.channel import Channel
from channelsim.simulate.goodwill import experience, promotion, usual
from channelsim.simulate.run import simulate
from channelsim.simulate.setting import Setting
from channelsim.simulate.start import outlook
from channelsim.simulate.trade import Firms, Trade
from tests.instances import tiny
from tests.simulate.cases import steady

# arcs of A: flagship-a, north-a, web
NORTH_A, NORTH = 1, 1
NOBODY = np.zeros(4)


def felt(case, layout=None, units=10.0, happy=10.0, price=100.0, brought=0.0):
    """Return what buyers at north-a in A make of the brand, utils x units."""
    setting = Setting.of(case, layout or case.today)
    prices = case.columns.price.copy()
    prices[NORTH_A] = price
    sold, glad = np.zeros((2, setting.arcs.arcs))
    sold[NORTH_A], glad[NORTH_A] = units, happy
    there = NOBODY.copy()
    there[0] = brought
    return experience(setting, sold, glad, prices, there)


def test_an_unhappy_buyer_outweighs_two_happy_ones():
    case = tiny().replace(goodwill=Goodwill(satisfaction=0.5, penalty=2.0))
    assert felt(case, happy=7.0).tolist() == pytest.approx([0.5 * (7 - 2 * 3), 0, 0, 0])


def test_discounts_count_by_their_depth_below_list():
    case = tiny().replace(goodwill=Goodwill(discount=0.5))
    assert felt(case, price=80.0)[0] == pytest.approx(-0.5 * 10 * 0.2)
    assert felt(case, price=120.0)[0] == 0.0


def test_units_below_the_floor_are_violations():
    case = tiny().replace({"policy.price_floor": 90.0}, goodwill=Goodwill(violation=0.5))
    assert felt(case, price=80.0)[0] == pytest.approx(-0.5 * 10)
    assert felt(case, price=95.0)[0] == 0.0


def test_goods_diverted_into_a_zone_are_violations_up_to_all_units():
    case = tiny().replace(goodwill=Goodwill(violation=0.5))
    assert felt(case, brought=4.0)[0] == pytest.approx(-0.5 * 4)
    assert felt(case, brought=40.0)[0] == pytest.approx(-0.5 * 10)


def test_foreign_units_are_violations():
    case = tiny().replace(goodwill=Goodwill(violation=0.5))
    setting = Setting.of(case, case.today.replace(territories=(Territory("south", "b", True),)))
    sold = setting.foreign.astype(float)
    assert experience(setting, sold, sold, case.columns.price, NOBODY)[1] < 0


def test_units_sold_in_good_company_build_the_brand():
    case = tiny().replace({"channel_types.dealer.brand_fit": 0.3})
    assert felt(case).tolist() == pytest.approx([0.3 * 10, 0, 0, 0])


def test_company_moves_the_stock_when_the_layout_changes():
    case = steady(10_000).replace({"channel_types.flagship.brand_fit": 0.4})
    channel = Channel(case, Layout.of(["flagship-a", "web"]))
    channel.step()
    share = (
        channel.books.sold[0] / channel.setting.by_zone(channel.sales.sold.sum(axis=1))[:2].sum()
    )
    assert channel.goodwill.stock[0] == pytest.approx(0.02 * 0.4 * share, rel=0.2)
    assert channel.goodwill.stock[2] == 0.0


def test_a_zone_that_buys_nothing_today_is_measured_by_the_others():
    case = tiny().replace(goodwill=Goodwill(satisfaction=0.5))
    setting = Setting.of(case, case.today)
    sold = np.where(setting.arcs.zone < 2, 10.0, 0.0)
    glad = np.where(setting.arcs.zone == 0, sold, 0.0)  # A has 3 arcs, B has 3
    found = usual(setting, sold, glad, case.columns.price)
    np.testing.assert_allclose(found, [0.5, -1.0, -0.25, -0.25])


def channel_with(terms, case=None, layout=None, weeks=0):
    case = (case or steady(100)).replace(goodwill=terms)
    channel = Channel(case, layout or case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def test_todays_layout_leaves_goodwill_where_it_is():
    case = steady(10_000)
    case = case.replace(
        segments=tuple(replace(s, inertia=1.0, aversion=-1.0) for s in case.segments)
    )
    terms = Goodwill(satisfaction=1.0, coop=1.0, discount=1.0, violation=1.0, decay=0.1)
    channel = channel_with(terms, case, weeks=40)
    np.testing.assert_allclose(channel.goodwill.stock, 0.0, atol=2e-3)


def test_without_effects_the_stock_never_moves():
    assert channel_with(Goodwill(), weeks=3).goodwill.stock.tolist() == [0.0] * 4


def test_a_campaign_builds_up_to_what_it_sustains():
    channel = channel_with(Goodwill(advertising=0.3, decay=0.1), weeks=2)
    np.testing.assert_allclose(channel.goodwill.stock, 0.3 * (1 - 0.9**2))


def test_goodwill_lifts_every_outlet_of_its_zone():
    channel = channel_with(Goodwill(advertising=0.3, decay=1.0), weeks=1)
    weight = np.ones((channel.setting.arcs.arcs, 1))
    np.testing.assert_allclose(channel.goodwill.raised(weight), np.exp(0.3))


def test_goodwill_returns_to_0_when_the_shock_ends():
    channel = channel_with(Goodwill(satisfaction=1.0, decay=0.1), steady(10_000))
    stock, sales, active = channel.goodwill, _sales(channel), channel.standing.active
    price = channel.case.columns.price
    stock.learn(_with_happy(sales, 0.0), price, NOBODY, active)
    low = stock.stock.copy()
    for _ in range(60):
        stock.learn(sales, price, NOBODY, active)
    assert (low < -0.1).all()
    np.testing.assert_allclose(stock.stock, low * 0.9**60, atol=2e-3)


def test_a_week_without_buyers_leaves_the_news_as_they_are():
    channel = channel_with(Goodwill(satisfaction=1.0, decay=0.1))
    stock, sales, active = channel.goodwill, _sales(channel), channel.standing.active
    price = channel.case.columns.price
    stock.learn(_with_happy(sales, 0.0), price, NOBODY, active)
    low = stock.stock.copy()
    stock.learn(_Week(0 * sales.sold, 0 * sales.sold), price, NOBODY, active)
    np.testing.assert_allclose(stock.stock, 1.9 * low)


class _Week:
    """Units and happy buyers by arc and segment."""

    def __init__(self, sold, happy_buyers):
        self.sold, self.happy_buyers = sold, happy_buyers


def _sales(channel):
    other = Channel(channel.case, channel.layout)
    other.step()
    return other.sales


def _with_happy(sales, share):
    return _Week(sales.sold, (sales.sold * share).astype(np.int64))


def promoted(case, layout, active=True):
    trade = Trade.of(case, layout)
    setting, firms = Setting.of(case, layout), Firms.of(case, layout, trade)
    money = Channel(case, layout).money
    is_open = trade.opens < trade.closes
    units = outlook(setting, trade, (), money, is_open).units
    return promotion(setting, firms, units, np.full(3, active)), units, setting


def test_coop_money_goes_where_its_partner_sells():
    # the base is 1% of each zone's sales; north sells in A and B alone, for 100, the web for 90
    case = tiny()
    layout = case.today.replace(incentives=(Spend("north", "coop", 50.0),))
    found, units, setting = promoted(case, layout)
    mine = np.where(setting.arcs.candidate == NORTH_A, units, 0.0)
    north, web = setting.by_zone(mine), setting.by_zone(units - mine)
    expected = np.log1p(50 * north / north.sum() / (north + 0.9 * web))
    np.testing.assert_allclose(found, expected)
    assert found[0] > 0
    assert found[2] == 0


def test_the_money_of_a_partner_that_left_is_not_spent():
    case = tiny()
    layout = case.today.replace(incentives=(Spend("north", "coop", 50.0),))
    assert promoted(case, layout, active=False)[0].tolist() == [0.0] * 4


@pytest.mark.parametrize(("service", "better"), [(0.0, False), (1.0, True)])
def test_happy_and_unhappy_buyers_move_next_years_sales(service, better):
    # a flagship of the same weight takes the dealer's place; only its service differs
    case = steady(100).replace({"candidates.flagship-a.service": service})
    layout = Layout.of(["flagship-a", "web"])
    with_word = case.replace(goodwill=Goodwill(satisfaction=0.5, decay=0.05))
    plain, moved = (simulate(c, layout, weeks=78) for c in (case, with_word))
    gain = moved.weekly("units")[52:].sum() - plain.weekly("units")[52:].sum()
    assert (gain > 0) == better
    assert abs(gain) > 0.005 * plain.weekly("units")[52:].sum()


def test_the_total_is_the_zones_mean_by_demand():
    case = steady(1).replace(goodwill=Goodwill(satisfaction=1.0))
    run = simulate(case, Layout.of(["flagship-a", "web"]), weeks=4)
    mean = run.weekly("goodwill", "zone") @ [0.4, 0.2, 0.32, 0.08]
    np.testing.assert_allclose(run.weekly("goodwill")[:, 0], mean)
