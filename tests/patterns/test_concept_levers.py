"""Terms, traits and levers of the vocabulary, each changed alone: a measure moves as theory says.

Every pair of runs meets the same consumers (common random numbers); the sign of what sets them
apart is tested one-sided, by Student's test on paired replications.
"""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.attribute import Attribute, AttributeWeight
from channelsim.domain.contract import Contract
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.event import Event
from channelsim.domain.layout import Layout, Opening, Spend
from channelsim.domain.promotion import Promotion
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.patterns.contrast import REPLICATIONS, Played, higher, rises, shown
from tests.simulate.cases import steady

NORTH_A, SOUTH_C, WEB = 1, 2, 4
NORTH = 1
PATIENT = {"policy.exit_trust": 0.0, "policy.exit_weeks": 999}


def differences(low, high, look, weeks):
    """Return what `high` shows more than `low`, one figure a replication."""
    return shown(high, look, weeks) - shown(low, look, weeks)


def above_zero(sample):
    return higher(0 * sample, sample)


def market(changes=None, people=10.0):
    """`steady` with North in A, South in C and a web shop; effort 1 is worth 15 a unit; nobody
    leaves.
    """
    case = steady(people)
    return case.replace(
        responses=(),
        channel_types=tuple(replace(k, usual_income=15.0) for k in case.channel_types),
        candidates=tuple(
            replace(c, open_today=c.open_today or c.id == "south-c") for c in case.candidates
        ),
    ).replace({**PATIENT, **(changes or {})})


def today(case) -> Played:
    return case, case.today


def changed(case, changes) -> tuple[Played, Played]:
    """A case before and after a change."""
    return today(case), today(case.replace(changes))


def back(pair: tuple[Played, Played]) -> tuple[Played, Played]:
    """The same, the other way round: what falls, rises."""
    return pair[1], pair[0]


def total(measure):
    return lambda run: float(run.weekly(measure).mean())


def last(measure):
    return lambda run: float(run.weekly(measure)[-1, 0])


def of_partner(measure, row=NORTH):
    return lambda run: float(run.weekly(measure, "partner")[:, row].mean())


def of_outlet(measure, row):
    return lambda run: float(run.weekly(measure, "outlet")[:, row].mean())


def under(case, *rows) -> Played:
    return today(case.replace(contracts=rows))


# who sells, and on what terms


def test_integrating_the_dealers_keeps_their_margin():
    """McGuire and Staelin 1983: the integrated channel keeps the retail margin."""
    bought = market()
    integrated = bought.replace(
        partners=tuple(replace(p, own=True, effort="none") for p in bought.partners)
    ).replace({"channel_types.dealer.wholesale_price": None})
    assert rises(today(integrated), today(bought), total("channel"), weeks=13)
    assert rises(today(bought), today(integrated), total("profit"), weeks=13)


def test_a_costlier_parcel_costs_the_direct_seller():
    """Direct orders are served one by one (Balasubramanian 1998)."""
    pair = changed(market(), {"channel_types.web.fulfilment_cost": 20.0})
    assert rises(*pair, total("logistics"), weeks=13)
    assert rises(*back(pair), total("profit"), weeks=13)


def agents(rate):
    """Dealers who take no title and live on a commission."""
    case = market({"channel_types.dealer.wholesale_price": None})
    return under(case, Contract("commission", rate, channel_type="dealer"))


def test_a_higher_commission_makes_agents_work_harder_and_costs_more():
    """Basu, Lal, Srinivasan and Staelin 1985."""
    pair = agents(0.25), agents(0.35)
    assert rises(*pair, of_partner("effort"), weeks=13)
    assert rises(*pair, total("channel"), weeks=13)


def test_a_higher_rebate_raises_effort_and_incentives():
    """Albers, Mantrala and Sridhar 2010: effort follows what a unit earns."""
    case = market()
    pair = (
        under(case, Contract("rebate", rate, channel_type="dealer", base="purchases"))
        for rate in (0.01, 0.06)
    )
    low, high = pair
    assert rises(low, high, of_partner("effort"), weeks=13)
    assert rises(low, high, total("incentives"), weeks=13)


def test_a_bonus_within_reach_raises_effort():
    """Oyer 1998; Chung, Steenburgh and Sudhir 2014."""
    case = market({"policy.quota_growth": 1.03})
    case = case.replace(
        partners=tuple(p if p.own else replace(p, effort="quota_driven") for p in case.partners)
    )
    bonus = Contract("bonus", 400_000.0, partner="north", period="year", attainment_from=1.0)
    assert rises(under(case), under(case, bonus), of_partner("effort"))


def test_a_royalty_moves_money_to_the_maker_and_takes_effort():
    """Lal 1990: a royalty takes from what the franchisee's effort earns."""
    case = market()
    pair = under(case), under(case, Contract("royalty", 0.05, channel_type="dealer"))
    assert rises(*back(pair), total("partner_profit"), weeks=13)
    assert rises(*back(pair), of_partner("effort"), weeks=13)
    assert rises(*back(pair), total("channel"), weeks=13)


def test_a_higher_platform_fee_costs_the_maker():
    """Abhishek, Jerath and Zhang 2016: the platform's cut is the price of selling there."""
    pair = changed(market(), {"channel_types.web.fee_rate": 0.3})
    assert rises(*pair, total("channel"), weeks=13)
    assert rises(*back(pair), total("profit"), weeks=13)


def test_a_volume_discount_leaves_partners_more():
    """Jeuland and Shugan 1983."""
    case = market()
    row = Contract("quantity_discount", 0.05, channel_type="dealer", period="quarter")
    assert rises(under(case), under(case, row), total("partner_profit"), weeks=26)


# what draws customers


def test_more_doors_draw_more_customers():
    """Huff 1964: patronage grows with size."""
    case = market({"market.demand": "huff"})
    pair = changed(case, {"candidates.north-a.doors": 4})
    assert rises(*pair, of_outlet("units", NORTH_A), weeks=13)


def test_better_service_sells_more_and_pleases_more():
    """Parasuraman, Zeithaml and Berry 1988: service quality and satisfaction."""
    case = market({"segments.everyone.service_weight": 1.0})
    pair = changed(case, {"channel_types.dealer.service": 0.9})
    assert rises(*pair, total("units"), weeks=13)
    assert rises(*pair, total("happy"), weeks=13)


def test_a_better_shop_online_sells_more_there_and_less_in_the_shops():
    """Balasubramanian 1998: the direct channel competes for every consumer."""
    pair = changed(market(), {"appeals.web.everyone": 0.5})
    assert rises(*pair, of_outlet("units", WEB), weeks=13)
    assert rises(*back(pair), of_outlet("units", NORTH_A), weeks=13)


@pytest.mark.parametrize(("name", "row"), [("north-a", NORTH_A), ("web", WEB)])
def test_a_local_advantage_and_a_better_listing_sell_more(name, row):
    """Bronnenberg, Dhar and Dube 2009 for the place; Moe and Fader 2004 for conversion online."""
    pair = changed(market(), {f"candidates.{name}.attraction": 0.3})
    assert rises(*pair, of_outlet("units", row), weeks=13)


def test_a_better_product_sells_more_in_every_channel():
    """Lancaster 1966: goods are bought for their attributes."""
    case = market().replace(
        attributes=(Attribute("noise", "Noise", level=58.0, reference=58.0),),
        attribute_weights=(AttributeWeight("noise", "everyone", -0.05),),
    )
    pair = changed(case, {"attributes.noise.level": 52.0})
    for row in (NORTH_A, SOUTH_C, WEB):
        assert rises(*pair, of_outlet("units", row), weeks=13)
    minded = changed(pair[1][0], {"attribute_weights.noise.everyone.weight": -0.1})
    assert rises(*minded, total("share"), weeks=13)


def test_good_company_builds_the_brand():
    """Jacoby and Mazursky 1984: a brand takes on the image of the stores that carry it."""
    case = market()
    shown = Layout.of(["flagship-a", "north-a", "south-c", "web"])
    fitting = case.replace({"channel_types.flagship.brand_fit": 1.0})
    assert rises((case, shown), (fitting, shown), last("goodwill"))
    assert rises((case, shown), (fitting, shown), total("units"))


def test_an_earlier_opening_sells_more():
    """Kalyanaram, Robinson and Urban 1995: who enters early sells more."""
    case = market()
    late, early = (
        (case, Layout((*case.today.openings, Opening("north-d", open_week=week))))
        for week in (20, 4)
    )
    assert rises(late, early, total("units"), weeks=26)
    assert rises(late, early, total("setup"), weeks=26)


def test_customers_who_rise_sooner_and_lapse_later_fill_the_high_tier():
    """Hughes 1994: recency, frequency and value sort customers."""
    tiers = (
        CustomerTier("occasional", "Occasional", rise=0.1),
        CustomerTier("key", "Key", lapse=0.1),
    )
    case = market().replace(customer_tiers=tiers)

    def keys(changes):
        one = case.replace(changes)
        run = simulate(one, one.today, weeks=4, record=("tier",))
        return float(run.weekly("customers", "tier")[-1, 1])

    usual = keys({"customer_tiers.key.name": "Keys"})
    assert keys({"customer_tiers.occasional.rise": 0.2}) > 1.2 * usual
    assert keys({"customer_tiers.key.lapse": 0.05}) > 1.2 * usual


def test_habit_lowers_churn():
    """Guadagni and Little 1983: loyalty to what was bought last."""
    pair = changed(market(), {"segments.everyone.inertia": 1.5})
    assert rises(*back(pair), total("churn"), weeks=26)


def test_a_narrower_reach_leaves_people_unreached():
    """Christaller 1933: the range of a good bounds its market."""
    case = market().replace(candidates=tuple(c for c in market().candidates if c.id != "web"))
    pair = changed(case, {"channel_types.dealer.reach_km": 5.0})
    assert rises(*pair, total("unreached"), weeks=13)
    assert rises(*back(pair), total("units"), weeks=13)


def test_who_has_traded_before_brings_its_customers():
    """Gupta and Lehmann 2005: the customer base is an asset."""
    case = market({"segments.everyone.inertia": 2.0, "market.trading_weeks": 20.0})
    new = case.replace({"candidates.south-c.open_today": False})
    assert rises((new, case.today), today(case), of_partner("units", 2), weeks=6)
    pair = changed(case, {"market.trading_weeks": 200.0})
    assert rises(*pair, last("penetration"), weeks=6)


def test_advertising_makes_the_brand_known():
    """Bass 1969; Horsky and Simon 1983 for advertising as a source of innovators."""
    case = market().replace(zones=tuple(replace(z, awareness=0.3) for z in market().zones))
    pair = changed(case, {"market.advertising": 0.02})
    assert rises(*pair, total("aware"), weeks=13)
    assert rises(*pair, total("units"), weeks=13)


def test_a_campaign_builds_goodwill_and_sales():
    """Nerlove and Arrow 1962."""
    pair = changed(market(), {"goodwill.advertising": 0.3})
    assert rises(*pair, last("goodwill"))
    assert rises(*pair, total("units"))


def test_violations_and_discounts_erode_goodwill():
    """Mela, Gupta and Lehmann 1997: discounts erode brands in the long run."""
    cut = Promotion("web", from_week=1, to_week=52, price_cut=0.3, channel="web")
    case = market({"policy.price_floor": 80.0}).replace(promotions=(cut,))
    for name in ("discount", "violation"):
        pair = changed(case, {f"goodwill.{name}": 1.0})
        assert rises(*back(pair), last("goodwill"))


def test_more_after_sales_capacity_shortens_the_wait_and_pleases():
    """Taylor 1994: waiting lowers how service is judged."""
    case = market(
        {
            "market.claim_rate": 0.2,
            "segments.everyone.happy_wait_loss": 0.05,
            "channel_types.dealer.after_sales_capacity": 500.0,
        }
    )
    pair = changed(case, {"channel_types.dealer.after_sales_capacity": 1e6})
    assert rises(*back(pair), total("after_sales_wait"), weeks=26)
    assert rises(*pair, total("happy"), weeks=26)


# what partners are


def test_a_dearer_alternative_makes_partners_leave():
    """Participation: who earns less than elsewhere leaves (Hirschman 1970)."""
    case = market({"policy.exit_weeks": 13})
    pair = changed(case, {"candidates.north-a.reservation_profit": 1e7})
    assert rises(*pair, last("exits"))


def test_less_patience_makes_partners_leave_sooner():
    """Hirschman 1970: exit, where loyalty does not hold."""
    case = market({"candidates.north-a.reservation_profit": 1e7, "policy.exit_weeks": 40})
    pair = changed(case, {"policy.exit_weeks": 8})
    assert differences(*pair, total("exits"), weeks=40).min() > 0


def test_who_minds_the_future_stays_longer():
    """Telser 1980; Ganesan 1994: a long-term orientation outlasts bad times."""
    case = market({"candidates.north-a.reservation_profit": 1e7, "policy.exit_weeks": 8})
    pair = changed(case, {"partners.north.long_term": 0.9})
    assert differences(*pair, total("active"), weeks=40).min() > 0


def test_deeper_pockets_hold_more_stock_and_sell_more():
    """Petersen and Rajan 1997: who lacks money cannot stock."""
    case = steady(0.05).replace(PATIENT)
    pair = changed(case, {"partners.north.resources_weeks": 0.2})
    assert rises(*back(pair), of_partner("stock"))
    assert rises(*back(pair), total("fill_rate"))


def test_more_capacity_loses_fewer_sales():
    """Goldratt and Cox 1984: relieving the bottleneck."""
    case = market({"candidates.north-a.capacity": 3_000.0})
    pair = changed(case, {"candidates.north-a.capacity": 6_000.0})
    assert rises(*back(pair), total("lost_capacity"), weeks=13)
    assert rises(*pair, of_partner("units"), weeks=13)


def test_training_raises_the_less_capable_more():
    """Training pays (Farrell and Hakstian 2001), most where there is little skill to add to."""

    def gained(capability, replication):
        case = market({"partners.north.capability": capability})
        spent = Layout(case.today.openings, incentives=(Spend("north", "training", 200_000.0),))
        sold = []
        for layout in (case.today, spent):
            channel = Channel(case, layout, replication=replication)
            for _ in range(26):
                channel.step()
            sold.append(channel.books.units[NORTH])
        return sold[1] - sold[0]

    gains = np.array([[gained(c, r) for c in (0.9, 0.3)] for r in range(REPLICATIONS)])
    assert above_zero(gains[:, 0])
    assert above_zero(gains[:, 1] - gains[:, 0])


def test_reputation_earns_trust():
    """Ganesan 1994: a partner's reputation builds trust."""
    pair = changed(market(), {"partners.north.reputation": 0.95})
    assert differences(*pair, total("trust"), weeks=13).min() > 0


def test_morale_raises_effort():
    """Sales people who fall short lose heart, and partners their help (Churchill et al. 1985)."""
    case = market({"policy.sales_heads": 1.0, "policy.span_of_control": 2.0})
    gaps = []
    for replication in range(REPLICATIONS):
        effort = []
        for morale in (0.5, 1.5):
            channel = Channel(case, case.today, replication=replication)
            channel.support.morale = morale
            for _ in range(8):
                channel.step()
            effort.append(channel.recorder.rows["total", "effort"][-1][0])
        gaps.append(effort[1] - effort[0])
    assert above_zero(np.array(gaps))


def test_a_wider_span_of_control_raises_effort():
    """Zoltners and Sinha 2005: who can look after more partners reaches each of them more."""
    case = market({"policy.sales_heads": 1.0, "policy.span_of_control": 0.5})
    pair = changed(case, {"policy.span_of_control": 4.0})
    assert rises(*pair, of_partner("effort"), weeks=13)


@pytest.mark.parametrize(
    "name", ["score_coverage", "score_price_discipline", "score_service", "score_reporting"]
)
def test_what_is_scored_besides_sales_moves_scores(name):
    """Kumar, Stern and Achrol 1992: who misses its quota may do well by other criteria."""
    case = market({"policy.review_weeks": 4, "policy.quota_growth": 1.6})
    pair = changed(case, {f"policy.{name}": 2.0})
    assert rises(*pair, of_partner("score"), weeks=26)
    both = case.replace({f"policy.{name}": 2.0})
    assert rises(*back(changed(both, {"policy.score_sales": 9.0})), of_partner("score"), weeks=26)


def test_only_who_decides_on_its_effort_answers_a_better_margin():
    """Albers, Mantrala and Sridhar 2010."""
    case = market({"channel_types.dealer.wholesale_price": 65.0})
    idle = case.replace(partners=tuple(replace(p, effort="none") for p in case.partners))
    active = case.replace(
        partners=tuple(p if p.own else replace(p, effort="best_response") for p in case.partners)
    )
    assert rises(today(idle), today(active), of_partner("effort"), weeks=13)


def test_the_aggrieved_boycott_and_order_less():
    """Hirschman 1970: voice before exit."""
    case = market()
    case = case.replace(
        candidates=tuple(
            replace(c, zone="a", price=80.0, open_today=False) if c.id == "south-c" else c
            for c in case.candidates
        )
    )
    crowded = Layout.of(["north-a", "south-c", "web"])
    bearing, rising = (
        (case.replace({"partners.north.relationship": rule}), crowded)
        for rule in ("exit", "boycott")
    )
    assert rises(bearing, rising, total("boycotts"))
    assert rises(rising, bearing, of_partner("orders"))


# goods


def test_a_higher_service_level_holds_more_stock():
    """Hadley and Whitin 1963."""
    case = market(people=0.2)
    case = case.replace(partners=tuple(replace(p, ordering="R_S") for p in case.partners))
    case = case.replace({"channel_types.dealer.service_level": 0.7})
    pair = changed(case, {"channel_types.dealer.service_level": 0.99})
    assert rises(*pair, of_partner("stock"))


def test_a_longer_review_period_holds_more_stock_and_batches_orders():
    """Hadley and Whitin 1963; order batching: Lee, Padmanabhan and Whang 1997."""
    pair = changed(market(), {"channel_types.dealer.review_weeks": 4})
    assert rises(*pair, of_partner("stock"))
    assert rises(*pair, last("bullwhip"))


def test_stock_that_the_maker_manages_swings_less_and_is_smaller():
    """Disney and Towill 2003: vendor-managed inventory takes batches and gaming out of orders."""
    case = market({"channel_types.dealer.review_weeks": 4, "channel_types.dealer.ordering": "s_S"})
    pair = changed(case, {"channel_types.dealer.vendor_managed": True})
    assert rises(*back(pair), last("bullwhip"))
    assert rises(*back(pair), of_partner("stock"))


def test_making_to_stock_holds_goods_at_the_maker():
    """Arrow, Karlin and Scarf 1958."""
    pair = changed(market(), {"supply.production": "to_stock"})
    assert rises(*pair, total("maker_stock"), weeks=26)


def test_rarer_reports_lose_sales_when_demand_shifts():
    """Cachon and Fisher 2000: what is learned late is answered late."""
    boom = Event("boom", "demand_shock", from_week=2, size=1.0)
    case = market({"supply.production": "to_stock", "supply.safety_weeks": 0.1})
    pair = changed(case.replace(events=(boom,)), {"policy.report_weeks": 8})
    assert rises(*pair, total("lost"), weeks=26)
    assert rises(*back(pair), total("units"), weeks=26)


def test_priority_money_counts_where_the_maker_rations_by_priority():
    """Cachon and Lariviere 1999: allocation as a reward."""
    case = market({"economics.supply_capacity": 8_000.0, "policy.rationing": "proportional"})
    paid = case.today.replace(incentives=(Spend("north", "priority_supply", 1e6),))
    favoured = case.replace({"policy.rationing": "priority"})
    assert rises((case, paid), (favoured, paid), of_partner("units"), weeks=13)


def test_the_best_partners_are_served_first():
    """Cachon and Lariviere 1999; rewarding top partners: Gilliland 2003."""
    loud = Event("loud", "new_product", from_week=0, size=0.6, channel="north-a")
    case = market({"policy.review_weeks": 4, "economics.supply_capacity": 8_000.0})
    case = case.replace(events=(loud,)).replace({"policy.rationing": "proportional"})
    ranked = case.replace({"policy.rationing": "priority"})
    assert rises(today(case), today(ranked), of_partner("units"), weeks=26)
