import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.demand import Flows, expected_flows, open_mask
from channelsim.domain.economics import unit_money
from channelsim.domain.layout import Layout, Spend, Territory
from channelsim.domain.measures import (
    CONFLICT_KINDS,
    COST_PARTS,
    HEADLINE,
    LOWER_IS_BETTER,
    UNITS,
    Measures,
    coverage,
    exclusive_holders,
    lifted,
    own_mask,
    planned,
    potential_demand,
    standard_arcs,
    weigh_conflict,
)
from channelsim.errors import BadValue
from tests.instances import tiny

TINY = tiny()
TODAY = planned(TINY, TINY.today)
"""north-a sells 37,000/63 = 587.3 units, the web shop 24,100/63 = 382.5 (`test_demand`)."""
NORTH_A = Layout.of(["north-a"])
"""Alone it sells 1000/2 in A and 500/3 in B: 2000/3 units."""

IDS = tuple(c.id for c in TINY.candidates)
ZONES = tuple(z.id for z in TINY.zones)
PARTNERS = tuple(p.id for p in TINY.partners)
TERRITORIES = st.dictionaries(st.sampled_from(ZONES), st.sampled_from(PARTNERS))
SPENDS = st.dictionaries(st.sampled_from(PARTNERS), st.floats(0, 1000))


@st.composite
def layouts(draw) -> Layout:
    open_ids = sorted(draw(st.sets(st.sampled_from(IDS))))
    territories = tuple(Territory(p, z, True) for z, p in draw(TERRITORIES).items())
    incentives = tuple(Spend(p, "training", value) for p, value in draw(SPENDS).items())
    return Layout.of(open_ids).replace(territories=territories, incentives=incentives)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("coverage", 0.6),  # A and B lie within 10 km of north-a: 1500 of 2500 occasions
        ("online_reach", 1.0),
        ("occasions", 2500.0),
        ("units", 61_100 / 63),
        ("share", 61_100 / 63 / 2500),
        ("revenue", (3_700_000 + 2_169_000) / 63),  # 100 and 90 a unit
        ("production", 2_444_000 / 63),  # 40 a unit
        ("fixed", 600.0),  # 100 + 500
        ("setup", 70.0),  # (3,120 + 7,800) / 156
        ("logistics", (37_000 + 241_000) / 63),  # line haul 1; parcel 10
        ("channel", (1_110_000 + 433_800) / 63),  # dealer margin 30; fees 18
        ("incentives", 129_500 / 63),  # rebate of 5% of 70
        ("governance", 37_000 / 63),  # 1% of 100
        ("profit", 1_436_700 / 63 - 670),  # 24.5 and 22 a unit, less fixed and set-up cost
        ("cost", (278_000 + 1_543_800 + 129_500 + 37_000) / 63 + 670),
        ("partner_profit", 843_600 / 63 - 500),  # 22.8 a unit for north, less its fixed cost
        ("viable", 1.0),  # north makes 12,890 and asks for 400
        # A: shares 4/5 and 1/5, B: 2/3 and 1/3, C and D: the web alone. Prices 100 and 90: a gap
        # of 0.1 and an intensity of (0.1 - 0.08) / 0.42 = 1/21.
        # (1000 x 0.32 + 500 x 4/9) / 2500 = 4880/22,500
        ("price_conflict", 4_880 / 22_500 / 21),
        ("customer_conflict", 4_880 / 22_500),
        ("territory_conflict", 0.0),
        # the plan counts on quotas being met; profit above reservation
        ("goal_conflict", 0.0),
        ("conflict", (4_880 / 22_500 / 21 + 4_880 / 22_500) / 4),
    ],
)
def test_todays_measures_are_worked_out_by_hand(measure, value):
    assert TODAY.as_dict()[measure] == pytest.approx(value)


def test_return_on_cost_is_the_contribution_over_the_cost():
    assert TODAY.return_on_cost == pytest.approx(TODAY.profit / TODAY.cost)
    assert planned(tiny(), Layout()).return_on_cost == 0.0


def test_cost_share_is_cost_over_revenue():
    """(1,988,300 / 63 + 670) / (5,869,000 / 63) = 0.346."""
    assert TODAY.cost_share == pytest.approx(0.346, abs=5e-4)


def test_territory_conflict_is_worked_out_by_hand():
    """South holds B alone; north sells 1000/7 = 9000/63 of 61,100/63 units there. The web may."""
    layout = TINY.today.replace(territories=(Territory("south", "b", True),))
    assert planned(TINY, layout).territory_conflict == pytest.approx(90 / 611)


@pytest.mark.parametrize(
    "territory",
    [Territory("north", "b", True), Territory("south", "b"), Territory("south", "c", True)],
)
def test_no_sale_is_foreign_in_ones_own_a_shared_or_an_untouched_zone(territory):
    layout = TINY.today.replace(territories=(territory,))
    assert planned(TINY, layout).territory_conflict == 0.0


def test_delivery_is_paid_by_the_km():
    """500/3 units to B, 10 km away, at 0.1 a km; line haul 1 on each of 2000/3 units."""
    scenario = TINY.replace({"channel_types.dealer.delivery_cost_per_km": 0.1})
    assert planned(scenario, NORTH_A).logistics == pytest.approx(2000 / 3 + 500 / 3)


def test_closing_what_is_open_today_costs_compensation():
    """1,560 over 156 weeks; the web shop closes for nothing."""
    scenario = TINY.replace({"candidates.north-a.closing_cost": 1_560.0})
    assert planned(scenario, Layout()).setup == pytest.approx(10)


def test_the_maker_pays_what_partners_do_not():
    """fixed: 2000 for the flagship, 100 for south-c; set-up 100 and 20."""
    measures = planned(TINY, Layout.of(["flagship-a", "south-c"]))
    assert (measures.fixed, measures.setup) == (2100, 120)


def test_own_operations_make_no_partner_profit():
    scenario = TINY.replace({"channel_types.web.selling_cost_rate": 0.1})
    assert planned(scenario, Layout.of(["flagship-a", "web"])).partner_profit == 0.0


def test_an_operation_below_its_reservation_is_not_viable():
    """north-a makes 22.8 x 2000/3 - 500 = 14,700 and asks for 400; north-d makes
    22.8 x (100 + 800/3) - 500 = 7,860 and asks for 7,900.
    """
    scenario = TINY.replace({"candidates.north-d.reservation_profit": 7_900.0})
    assert planned(scenario, Layout.of(["north-a", "north-d"])).viable == 0.5


def test_a_reservation_may_be_a_share_of_sales():
    """22% of 2000/3 x 100 = 14,667 and 23% = 15,333, besides 0; the profit is 14,700."""
    asks = {"candidates.north-a.reservation_profit": 0.0}
    enough = TINY.replace({**asks, "candidates.north-a.reservation_rate": 0.22})
    short = TINY.replace({**asks, "candidates.north-a.reservation_rate": 0.23})
    assert (planned(enough, NORTH_A).viable, planned(short, NORTH_A).viable) == (1.0, 0.0)


def test_goal_conflict_counts_profit_against_the_reservation():
    """The profit of 14,700 is half of 29,400, the quota is met: (0 + 1/2) / 2."""
    scenario = TINY.replace({"candidates.north-a.reservation_profit": 29_400.0})
    assert planned(scenario, NORTH_A).goal_conflict == pytest.approx(1 / 4)


def test_a_plan_that_counts_on_less_than_quota_pays_the_lower_step_and_expects_the_shortfall():
    """At 0.75 of quota the rebate is 2% of 70, and a quarter is missing: 1/4 / 2."""
    measures = planned(TINY.replace({"policy.planned_attainment": 0.75}), NORTH_A)
    assert measures.incentives == pytest.approx(1.4 * 2000 / 3)
    assert measures.goal_conflict == pytest.approx(1 / 8)


def test_incentive_money_lifts_sales_and_is_a_cost():
    """100 a week on training: 0.1 ln 2 more units, the rebate with them, and the 100."""
    layout = NORTH_A.replace(incentives=(Spend("north", "training", 100.0),))
    measures = planned(TINY, layout)
    units = 2000 / 3 * (1 + 0.1 * math.log(2))
    assert measures.units == pytest.approx(units)
    assert measures.incentives == pytest.approx(3.5 * units + 100)


def test_goal_conflict_counts_the_profit_that_incentive_money_brings():
    """15,200 x 0.1 ln 2 more profit against a reservation of 29,400."""
    scenario = TINY.replace({"candidates.north-a.reservation_profit": 29_400.0})
    layout = NORTH_A.replace(incentives=(Spend("north", "training", 100.0),))
    lack = 1 - (14_700 + 1_520 * math.log(2)) / 29_400
    assert planned(scenario, layout).goal_conflict == pytest.approx(lack / 2)


def test_without_incentive_money_flows_stay_as_they_are():
    flows = expected_flows(TINY, NORTH_A)
    assert lifted(TINY, NORTH_A, flows) is flows


def test_an_assignments_flows_are_counted_instead_of_the_logits():
    """Half the units: half the revenue, and the same conflict, which is always the logit's."""
    flows = expected_flows(TINY, TINY.today)
    half = Flows(flows.arcs, flows.units / 2, flows.price)
    measures = planned(TINY, TINY.today, half)
    assert measures.revenue == pytest.approx(TODAY.revenue / 2)
    assert measures.conflict == TODAY.conflict


def test_a_plan_on_the_logits_own_flows_is_the_plan():
    assert planned(TINY, TINY.today, expected_flows(TINY, TINY.today)) == TODAY


def test_people_who_do_not_know_the_brand_count_for_coverage_alone():
    """Coverage weighs by potential demand; only 0.5 x 1500 + 1000 occasions are aware."""
    scenario = TINY.replace({"zones.a.awareness": 0.5, "zones.b.awareness": 0.5})
    measures = planned(scenario, TINY.today)
    assert (measures.coverage, measures.occasions) == (pytest.approx(0.6), 1750)


def test_an_online_shop_covers_nobody_and_reaches_all():
    measures = planned(TINY, Layout.of(["web"]))
    assert (measures.coverage, measures.online_reach) == (0.0, 1.0)


def test_a_shop_covers_its_neighbours_and_is_not_online():
    measures = planned(TINY, Layout.of(["south-c"]))
    assert (measures.coverage, measures.online_reach) == (pytest.approx(0.4), 0.0)


@pytest.mark.parametrize(
    "scenario",
    [
        TINY.replace(candidates=()),
        TINY.replace(candidates=(), partners=(), contracts=(), responses=()),
        TINY.changed({"zones.*.population": lambda _: 0.0}),
        TINY.replace({"segments.everyone.purchase_rate": 0.0}),
        TINY.replace({"zones.*.awareness": 0.0}),
    ],
    ids=["no candidates", "no partners", "no people", "no occasions", "nobody aware"],
)
def test_a_dead_market_has_measures(scenario):
    measures = planned(scenario, scenario.today)
    assert measures.units == measures.revenue == measures.share == measures.cost_share == 0.0
    assert all(math.isfinite(value) for value in measures.as_dict().values())


def test_a_closed_layout_costs_nothing_and_offends_nobody():
    measures = planned(TINY, Layout())
    assert (measures.cost, measures.conflict, measures.coverage, measures.viable) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("layout", "what"),
    [
        (Layout.of(["shop"]), "candidate 'shop'"),
        (Layout(territories=(Territory("north", "z"),)), "zone 'z'"),
        (Layout(territories=(Territory("west", "a", True),)), "partner 'west'"),
        (Layout(incentives=(Spend("west", "coop", 1.0),)), "partner 'west'"),
    ],
)
def test_a_layout_that_names_the_unknown_is_told(layout, what):
    with pytest.raises(BadValue) as caught:
        planned(TINY, layout)
    assert caught.value.message.startswith(
        f"the layout names the {what}, which the scenario does not have; write the id of a "
    )


def test_potential_demand_is_people_times_their_rate():
    assert potential_demand(TINY).tolist() == [1000, 500, 800, 200]


def test_the_service_standard_includes_its_last_km_and_no_online_shop():
    near = standard_arcs(TINY)
    assert near.candidate.tolist() == [0, 1, 0, 1, 2, 3, 2, 3]
    assert standard_arcs(TINY.replace({"market.service_standard_km": 9.9})).arcs == 4


def test_coverage_needs_an_available_outlet():
    """Of A, B, C, D with demand 1000, 500, 800, 200 only north-d is in stock: C and D."""
    available = np.array([False, False, False, True, True])
    assert coverage(standard_arcs(TINY), available, potential_demand(TINY)) == pytest.approx(0.4)


def test_coverage_of_no_demand_is_nothing():
    assert coverage(standard_arcs(TINY), np.ones(5, dtype=bool), np.zeros(4)) == 0.0


def test_exclusive_zones_know_their_holder():
    territories = (Territory("south", "c", True), Territory("north", "d"))
    layout = Layout(territories=territories)
    assert exclusive_holders(TINY, layout).tolist() == [-1, -1, 2, -1]


def test_own_operations_are_the_makers():
    """flagship-a and web."""
    assert own_mask(TINY).tolist() == [True, False, False, False, True]


def test_conflict_is_weighed_by_importance():
    """0.1 x 0.4 + 0.2 x 0.3 + 0.3 x 0.2 + 0.4 x 0.1."""
    scenario = TINY.replace({"policy.conflict_weights": (0.1, 0.2, 0.3, 0.4)})
    kinds = dict(zip(CONFLICT_KINDS, (0.4, 0.3, 0.2, 0.1), strict=True))
    assert weigh_conflict(scenario, kinds)["conflict"] == pytest.approx(0.2)


def test_every_measure_has_a_unit_and_a_place_in_the_table():
    assert set(UNITS) == set(Measures.names()) == set(TODAY.as_dict())
    assert {*COST_PARTS, *CONFLICT_KINDS, *HEADLINE, *LOWER_IS_BETTER} <= set(UNITS)


def test_the_names_begin_with_the_fields():
    assert Measures.names()[: len(fields(Measures))] == tuple(f.name for f in fields(Measures))


@given(layouts())
def test_the_parts_of_cost_are_what_the_makers_margin_leaves(layout):
    """Profit by unit margins equals revenue - production - the six parts."""
    measures = planned(TINY, layout)
    money, is_open = unit_money(TINY), open_mask(TINY, layout)
    flows = lifted(TINY, layout, expected_flows(TINY, layout))
    spent = sum(spend.value for spend in layout.incentives)
    standing = (money.fixed + money.setup)[is_open].sum() + spent
    profit = flows.by_candidate(5) @ money.margin - standing
    assert measures.profit == pytest.approx(profit, abs=1e-6)
    assert measures.revenue - measures.production - measures.profit == pytest.approx(
        sum(getattr(measures, part) for part in COST_PARTS), abs=1e-6
    )


@given(layouts())
def test_dealers_earn_margin_and_rebate_less_their_own_costs(layout):
    """30 + 3.5 a unit, less 10 for selling and 0.7 for stock, less 500 an operation."""
    dealers = ("north-a", "south-c", "north-d")
    flows = lifted(TINY, layout, expected_flows(TINY, layout))
    earned = 22.8 * flows.by_candidate(5)[1:4].sum()
    fixed = 500 * len(set(dealers) & set(layout.open_ids))
    assert planned(TINY, layout).partner_profit == pytest.approx(earned - fixed, abs=1e-6)


@given(layouts(), st.floats(0, 0.49), st.floats(0.5, 2))
def test_every_kind_of_conflict_lies_between_0_and_1(layout, tolerance, growth):
    changes = {"policy.price_gap_tolerance": tolerance, "policy.quota_growth": growth}
    scenario = TINY.changed({p: lambda _, v=v: v for p, v in changes.items()}, idle=True)
    measures = planned(scenario, layout).as_dict()
    assert all(0 <= measures[kind] <= 1 for kind in (*CONFLICT_KINDS, "conflict"))


@given(layouts())
def test_with_one_partner_the_first_three_kinds_are_zero(layout):
    alone = TINY.replace({"candidates.*.partner": "north"})
    territories = tuple(Territory("north", t.zone, True) for t in layout.territories)
    measures = planned(alone, layout.replace(territories=territories)).as_dict()
    assert [measures[kind] for kind in CONFLICT_KINDS[:3]] == pytest.approx([0, 0, 0], abs=1e-12)


@given(layouts(), st.floats(0, 150), st.floats(0, 150))
def test_a_wider_standard_never_lowers_coverage(layout, one, other):
    low, high = (
        planned(
            TINY.changed({"market.service_standard_km": lambda _, km=km: km}, idle=True), layout
        )
        for km in sorted((one, other))
    )
    assert low.coverage <= high.coverage


@given(layouts(), st.sampled_from(IDS))
def test_one_more_outlet_never_lowers_coverage(layout, extra):
    more = Layout.of(sorted({*layout.open_ids, extra}))
    assert planned(TINY, layout).coverage <= planned(TINY, more).coverage


@given(layouts(), st.floats(0.01, 100))
def test_a_market_of_more_people_is_the_same_market_in_large(layout, factor):
    """Flows of money for goods grow with the people; coverage and the first kinds stay."""
    larger = TINY.changed({"zones.*.population": lambda people: people * factor}, idle=True)
    before, after = planned(TINY, layout), planned(larger, layout)
    assert after.revenue == pytest.approx(before.revenue * factor)
    assert after.channel == pytest.approx(before.channel * factor)
    assert after.coverage == pytest.approx(before.coverage)
    assert after.price_conflict == pytest.approx(before.price_conflict)
    assert after.customer_conflict == pytest.approx(before.customer_conflict)
