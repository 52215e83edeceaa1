"""Facts of market response: distribution, advertising, discounts, and flat optima."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.demand import expected_flows
from channelsim.domain.layout import Spend
from channelsim.domain.measures import planned
from channelsim.domain.promotion import Promotion
from channelsim.domain.response import Response
from channelsim.optimise.incentives import allocate
from tests.patterns.contrast import higher, shown
from tests.patterns.towns import first, towns

FESTIVAL = Promotion("festival", from_week=20, to_week=23, price_cut=0.15, maker_share=1.0)
MORE = 1.2
"""By what each lever is raised."""


def sold(run):
    return float(run.weekly("units").sum())


def told(awareness):
    """Towns where people hear of the brand from buyers, four times in five of other towns."""
    case = towns([4000.0] * 6, km=2.0, imitation=0.1)
    zones = tuple(replace(z, awareness=awareness) for z in case.zones)
    return case.replace(zones=zones).replace({"market.contagion": 0.8})


def per_town(case, count, weeks=52):
    """What each of the first two towns sells where this many have a shop, by replication."""
    return shown((case, first(count)), in_two, weeks) / 2


def in_two(run):
    return float(run.weekly("units", "outlet")[:, :2].sum())


def test_share_rises_convexly_with_distribution(record_property):
    """Farris, Olver and de Kluyver 1989; Reibstein and Farris 1995; Wilbur and Farris 2014: each
    point of weighted distribution sells more the wider the brand is sold.
    """
    narrow, wide = (per_town(told(0.05), count) for count in (2, 6))
    assert higher(narrow, wide)
    record_property("units per town in 6 over in 2 of 6", f"{(wide / narrow).mean():.2f}")


def test_where_all_know_the_brand_share_rises_in_a_straight_line():
    """Control of Farris, Olver and de Kluyver 1989: word of mouth is what bends the curve here."""
    narrow, wide = (per_town(told(1.0), count, weeks=13) for count in (2, 6))
    np.testing.assert_array_equal(narrow, wide)


def responsive():
    """Ten towns in five of which dealers sell, with the delta's responses to co-op money."""
    case = towns([4000.0] * 10).replace({"market.goodwill": 0.11, "goodwill.coop": 0.02})
    return case.replace(promotions=(FESTIVAL,))


def advertised(shops, money):
    layout = first(shops)
    return layout.replace(incentives=tuple(Spend(f"p{i}", "coop", money) for i in range(shops)))


def elasticity(before, after):
    return np.log(after / before) / np.log(MORE)


@pytest.fixture(scope="module")
def elasticities():
    """Of a year's units, by replication: distribution, co-op advertising, depth of discounts."""
    case = responsive()
    deeper = case.replace({"promotions.festival.price_cut": MORE * 0.15})
    usual, wider, louder = advertised(5, 1000.0), advertised(6, 1000.0), advertised(5, 1200.0)
    before = shown((case, usual), sold)
    after = ((case, wider), (case, louder), (deeper, usual))
    return [elasticity(before, shown(played, sold)) for played in after]


def test_distribution_moves_sales_more_than_advertising_and_that_more_than_discounts(
    elasticities, record_property
):
    """Ataman, van Heerde and Mela 2010: .74, .13 and .04."""
    distribution, advertising, discounts = elasticities
    assert higher(advertising, distribution)
    assert higher(discounts, advertising)
    assert discounts.mean() > 0
    for name, found in zip(("distribution", "advertising", "discounts"), elasticities, strict=True):
        record_property(name, f"{found.mean():.2f}")


def gained(run):
    """Units of the four weeks of the cut, and of the half year from its first week on."""
    weekly = run.weekly("units")[:, 0]
    return [float(weekly[19:23].sum()), float(weekly[19:].sum())]


def by_the_cut(discount):
    """What the cut gains at once and in the end, by replication, where discounts cost goodwill."""
    case = towns([4000.0] * 10).replace({"goodwill.discount": discount})
    layout = first(10)
    cut = shown((case.replace(promotions=(FESTIVAL,)), layout), gained)
    return (cut - shown((case, layout), gained)).T


def test_a_discount_gains_less_in_the_long_run_than_at_once(record_property):
    """Ataman, van Heerde and Mela 2010; Mela, Gupta and Lehmann 1997: the size of what is lost
    after the cut is that of `goodwill.discount`, here above the delta's 0.3.
    """
    at_once, in_the_end = by_the_cut(1.0)
    assert higher(in_the_end, at_once)
    record_property("long run over short run", f"{(in_the_end / at_once).mean():.2f}")


SIZES = (2000.0, 3000.0, 4000.0, 8000.0, 16000.0)


def called_on():
    """Dealers of unequal size whose sales rise as money spent on calls to the power 0.34."""
    case = towns(SIZES)
    calls = tuple(
        Response(f"p{i}", "training", "power", lift=0.05, scale=100.0, exponent=0.34)
        for i in range(len(SIZES))
    )
    return case.replace(responses=calls)


def divided(case, budget):
    """What the best division of a budget gains beyond its cost, money per week."""
    return allocated(case, budget).gain


def allocated(case, budget):
    is_open = np.ones(len(SIZES), dtype=bool)
    return allocate(case, is_open, expected_flows(case, case.today), budget)


def best_budget(case):
    """The budget at which the last unit of money earns just its cost."""
    return sum(row.value for row in allocated(case, 1e6).rows)


@pytest.mark.parametrize(
    ("level", "left"), [(0.5, 0.9395), (0.75, 0.9876), (1.25, 0.9906), (1.5, 0.9664)]
)
def test_profit_is_flat_round_the_best_level_of_selling_money(level, left, record_property):
    """Tull et al. 1986; Sinha and Zoltners 2001: half as much or half again costs a few percent."""
    case = called_on()
    budget = best_budget(case)
    best = divided(case, budget)
    spent = spread(case, level * budget, [row.value for row in allocated(case, budget).rows])
    record_property(f"of the best at {level:g}", f"{spent / best:.3f}")
    assert spent / best == pytest.approx(left, abs=5e-4)


def spread(case, budget, shares):
    """What a budget spent in these proportions gains beyond its cost, money per week."""
    money = budget * np.asarray(shares) / np.sum(shares)
    layout = case.today.replace(
        incentives=tuple(Spend(f"p{i}", "training", m) for i, m in enumerate(money.tolist()))
    )
    return planned(case, layout).profit - planned(case, case.today).profit


def test_how_money_is_divided_matters_more_than_how_much_it_is(record_property):
    """Mantrala, Sinha and Zoltners 1992: equal parts of the best budget earn less than three
    quarters of it well divided, or a quarter more.
    """
    case = called_on()
    budget = best_budget(case)
    equal = spread(case, budget, np.ones(len(SIZES)))
    best = [row.value for row in allocated(case, budget).rows]
    for level in (0.75, 1.25):
        assert spread(case, level * budget, best) > equal
    record_property("equal parts, of the best", f"{equal / divided(case, budget):.3f}")
