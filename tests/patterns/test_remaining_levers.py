"""Levers that no other module pulls, a row each; and the proof that none of the policy's is left.

Of each pair of runs the second differs in the lever alone, and meets the same consumers.
"""

import importlib
import inspect
import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import NamedTuple

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.domain.event import Event
from channelsim.domain.layout import Layout, Spend
from channelsim.domain.measures import planned
from channelsim.domain.policy import Policy
from channelsim.domain.promotion import Promotion
from channelsim.domain.scenario import Scenario
from tests.patterns.contrast import LOWERS, RAISES, Played, assert_moves, shown
from tests.patterns.governance_cases import pushing, two_towns, with_gap
from tests.patterns.markets import (
    NORTH,
    c_tier,
    chain,
    hiring,
    overlapping,
    patient_dealers,
    pricing_dealers,
    pushed,
    recruits,
    under_quota,
    working_dealers,
)
from tests.simulate.cases import steady

FEW = 4
"""Replications: pulled this far, levers show at once."""
NORTH_A, WEB = 1, 4
CROWDED = Layout.of(["north-a", "south-c", "web"])
BOTH = Layout.of(["north-a", "south-c", "north-d", "web"])
ALL = Layout.of(["flagship-a", "north-a", "south-c", "web"])
FLOOR = {"price_floor": 90.0}


class Pull(NamedTuple):
    """A lever pulled in a market, and where that moves an outcome."""

    lever: str
    """Path into the scenario; `*` stands for every id."""
    low: object
    high: object
    direction: float
    outcome: Callable[[Played], np.ndarray]
    """Of a scenario and a layout, one figure a replication."""
    market: Callable[[], Scenario]
    layout: Layout | None = None
    """None: today's."""


def mean(measure: str, level: str = "total", at: int = 0, weeks: int = 13):
    return lambda played: shown(
        played, lambda run: float(run.weekly(measure, level)[:, at].mean()), weeks, FEW
    )


def last(measure: str, weeks: int = 26):
    return lambda played: shown(played, lambda run: float(run.weekly(measure)[-1, 0]), weeks, FEW)


def of_north(measure: str, weeks: int = 13):
    return mean(measure, "partner", NORTH, weeks)


def push(played: Played) -> np.ndarray:
    return shown(played, pushed, replications=FEW)


def ability(played: Played) -> np.ndarray:
    return recruits(played[0], weeks=20, replications=8)[0]


def discount_planned(played: Played) -> np.ndarray:
    return np.array([planned(*played).channel])


price_of_north = mean("price", "outlet", NORTH_A, 8)
units_of_web = mean("units", "outlet", WEB)


def follower(**rule):
    """North follows the web shop, which asks 90 where dealers list 100."""
    return pricing_dealers({"pricing": "match", "match_lag": 0, **rule}, {"pricing": "list"})


def before_a_sale():
    sale = Promotion("sale", from_week=3, to_week=8, price_cut=0.1, channel="web")
    return follower().replace(promotions=(sale,))


def undercutter():
    return pricing_dealers({"pricing": "undercut"}, {"pricing": "list"})


def cost_plus():
    return pricing_dealers({"pricing": "cost_plus"}, {"pricing": "list"})


def cheap_web():
    listed = pricing_dealers({"pricing": "list"}, {"pricing": "list"})
    return listed.replace({"channel_types.web.price": 75.0})


def bound(alignment=0.1, **policy):
    row = {"pricing": "logit_best_response", "alignment": alignment}
    return pricing_dealers(row, row, **FLOOR, **policy)


def visited(**policy):
    case = working_dealers()
    return case.replace(policy=replace(case.policy, sales_heads=1.0, **policy))


def met():
    return patient_dealers(meeting_weeks=4)


def richer():
    return working_dealers().replace({"channel_types.dealer.wholesale_price": 65.0})


def unrewarded():
    """Return dealers who earn a thousandth of what would make them work as planned."""
    return working_dealers().replace({"channel_types.dealer.usual_income": 2e4})


def poor():
    """Nobody earns what it could elsewhere."""
    return steady(1).replace({"candidates.*.reservation_profit": 1e6})


def complaining():
    case = patient_dealers()
    return case.replace({"segments.everyone.complain": 0.5})


def arbitrage(**policy):
    return with_gap(two_towns(**policy), 268.0)


def linear(**policy):
    return patient_dealers(quota_shape="linear", **policy)


def bulk():
    row = Contract("quantity_discount", 0.03, "", "dealer", period="quarter", units_from=1000.0)
    return steady(1).replace(contracts=(row,))


def looked_into():
    return chain().replace({"policy.information_noise": 0.2, "policy.market_research": 9.0})


def booming():
    boom = Event("boom", "demand_shock", 4, 26, size=0.5)
    return chain().replace(events=(boom,))


def serviced():
    """Shops in which service is worth something, and a flagship that shows the best of it."""
    case = patient_dealers().replace({"segments.everyone.service_weight": 2.0})
    return case.replace({"channel_types.flagship.service": 0.9})


def repairing():
    return steady(1).replace({"market.claim_rate": 0.2, "segments.everyone.happy_wait_loss": 0.05})


def ordering(rule):
    return steady(1).replace({"channel_types.dealer.ordering": rule})


def forecasting(rule):
    return chain(forecasting=rule)


def swinging(**market):
    case = chain(forecasting="moving_average")
    return case.replace(market=replace(case.market, swing=0.3, **market))


def spread_of_units(played: Played) -> np.ndarray:
    return shown(played, lambda run: float(run.weekly("units")[:, 0].std()), 78, FEW)


def drift_of_units(played: Played) -> np.ndarray:
    """How far a week's units lie from those of the week before."""
    return shown(
        played, lambda run: float(np.abs(np.diff(run.weekly("units")[:, 0])).mean()), 26, FEW
    )


TAUGHT = Layout(working_dealers().today.openings, incentives=(Spend("north", "training", 2e4),))

POLICY = (
    # Israeli, Anderson and Coughlan 2016; Israeli 2018
    Pull("policy.price_floor", 80.0, 90.0, RAISES, price_of_north, pricing_dealers, CROWDED),
    Pull("policy.map_fine", 0.0, 1e7, LOWERS, mean("below_floor", weeks=6),
         lambda: bound(map_monitoring=0.5), CROWDED),
    Pull("policy.map_withheld", 0.0, 1.0, LOWERS, mean("below_floor", weeks=6),
         lambda: bound(0.8, map_monitoring=1.0), CROWDED),
    # a gap that is tolerated sets nobody against anybody
    Pull("policy.price_gap_tolerance", 0.08, 0.3, LOWERS, mean("price_conflict"), cheap_web,
         CROWDED),
    Pull("policy.conflict_weights", (0.7, 0.1, 0.1, 0.1), (0.1, 0.1, 0.7, 0.1), RAISES,
         mean("conflict"), cheap_web, CROWDED),
    # Chung, Steenburgh and Sudhir 2014: out of reach they give up; short periods keep them going
    Pull("policy.quota_growth", 1.03, 2.0, LOWERS, of_north("effort"),
         lambda: under_quota(1.5)[0]),
    Pull("policy.quota_period", "quarter", "year", RAISES, push, lambda: under_quota(1.06)[0]),
    # what steps are expected to pay, linear pay pays (`domain.quota`)
    Pull("policy.planned_attainment", 0.9, 1.0, RAISES, mean("incentives"), linear),
    Pull("policy.attainment_spread", 0.0, 0.1, RAISES, mean("incentives"),
         lambda: linear(planned_attainment=0.95)),
    Pull("policy.planned_purchases", 0.0, 5e3, RAISES, discount_planned, bulk),
    # Becker 1968; Antia, Bergen and Dutta 2004
    Pull("policy.detection", 0.04, 1.0, LOWERS, mean("diverted", weeks=40),
         lambda: arbitrage(audit_probability=0.5, fine=3_000.0)),
    Pull("policy.repeat_surcharge", 0.0, 50.0, LOWERS, mean("diverted", weeks=40),
         lambda: arbitrage(audit_probability=1.0, fine=100.0, review_weeks=1)),
    Pull("policy.forfeit", False, True, LOWERS, mean("diverted", weeks=52),
         lambda: pushing(two_towns(audit_probability=1.0))),
    # Hirschman 1970: exit; Gundlach and Achrol 1993: discipline comes with reviews
    Pull("policy.exit_weeks", 2, 500, RAISES, mean("active"), poor),
    Pull("policy.exit_trust", 0.0, 0.75, LOWERS, mean("active"), overlapping, CROWDED),
    Pull("policy.review_weeks", 4, 13, RAISES, mean("active"), lambda: c_tier(terminate_after=2),
         BOTH),
    # Kumar, Stern and Achrol 1992: what is weighed is what counts
    Pull("policy.score_sales", 0.5, 5.0, LOWERS, of_north("score"),
         lambda: c_tier(score_coverage=1.0), BOTH),
    Pull("policy.score_coverage", 0.0, 1.0, RAISES, of_north("score"), c_tier, BOTH),
    Pull("policy.score_price_discipline", 0.0, 1.0, LOWERS, of_north("score"),
         lambda: bound(map_monitoring=0.0), CROWDED),
    Pull("policy.score_service", 0.0, 1.0, RAISES, of_north("score"), c_tier, BOTH),
    Pull("policy.score_reporting", 0.0, 1.0, RAISES, of_north("score"), c_tier, BOTH),
    # Stiglitz 1975: dearer looks show less
    Pull("policy.inspection_unit", 1e3, 1e7, LOWERS, ability,
         lambda: hiring(recruitment=20.0, inspection=1e5)),
    Pull("policy.applicants_known", False, True, RAISES, ability, lambda: hiring(recruitment=20.0)),
    Pull("policy.research_unit", 1.0, 1e3, RAISES, last("production_bullwhip"), looked_into),
    Pull("policy.recruitment", 0.0, 20.0, RAISES, mean("recruited", weeks=20), hiring),
    Pull("policy.least_capability", 0.0, 1.0, LOWERS, mean("recruited", weeks=20),
         lambda: hiring(recruitment=20.0, inspection=1e5)),
    # a registration that lasts keeps a customer longer
    Pull("policy.protection_weeks", 1.0, 26.0, LOWERS, mean("customer_conflict"),
         lambda: overlapping(protection=0.9), CROWDED),
    Pull("policy.complaint_cost", 0.0, 5.0, RAISES, mean("governance"), complaining),
    # Albers, Mantrala and Sridhar 2010
    Pull("policy.effort_elasticity", 0.1, 0.6, RAISES, of_north("units"), richer),
    # whom nothing is worth an effort does what opening its doors takes
    Pull("policy.least_effort", 0.1, 0.5, RAISES, of_north("units"), unrewarded),
    # skill saturates, and what is not renewed is forgotten
    Pull("policy.training_ceiling", 0.1, 0.5, RAISES, of_north("units", 26), working_dealers,
         TAUGHT),
    Pull("policy.training_decay", 0.0, 0.1, LOWERS, of_north("units", 26), working_dealers,
         TAUGHT),
    Pull("policy.training_weeks", 13.0, 520.0, LOWERS, of_north("units", 26), working_dealers,
         TAUGHT),
    # Zoltners and Sinha 2005
    Pull("policy.span_of_control", 0.5, 5.0, RAISES, of_north("effort"), visited),
    Pull("policy.head_training", 0.0, 500.0, RAISES, of_north("effort"),
         lambda: visited(head_salary=1_000.0, span_of_control=1.0)),
    Pull("policy.head_salary", 0.0, 1_000.0, RAISES, mean("governance"), visited),
    Pull("policy.meeting_cost", 0.0, 100.0, RAISES, mean("governance"), met),
    # Zhang 2005: old news dampens the bullwhip; Steckel, Gupta and Banerji 2004: and comes too late
    Pull("policy.information_lag", 0, 6, LOWERS, last("production_bullwhip"), chain),
    Pull("policy.information_lag", 0, 6, LOWERS, mean("fill_rate", weeks=20), booming),
    Pull("policy.alarm_weeks", 2.0, 4.0, RAISES, mean("stock_alarms"), lambda: steady(0.05)),
)  # fmt: skip

FIRMS = (
    # Rotemberg 1982: prices that move by little steps follow late
    Pull("partners.north.price_step", None, 0.01, RAISES, price_of_north, before_a_sale, CROWDED),
    # Hess and Gerstner 1991: who ignores small gaps, or will not lose, is dearer
    Pull("channel_types.dealer.match_gap", 0.0, 0.2, RAISES, price_of_north, follower, CROWDED),
    Pull("partners.north.min_margin", 0.0, 0.95, RAISES, price_of_north, undercutter, CROWDED),
    Pull("partners.north.markup", 0.5, 0.7, RAISES, price_of_north, cost_plus, CROWDED),
    # a model of its own compares with nothing
    Pull("channel_types.web.exclusive_model", False, True, LOWERS, mean("price_conflict"),
         cheap_web, CROWDED),
    # Telser 1960: customers look there and buy here
    Pull("channel_types.web.free_riding", 0.0, 0.8, RAISES, units_of_web, serviced, ALL),
    Pull("channel_types.web.free_riding", 0.0, 0.8, LOWERS, mean("units", "outlet", 0), serviced,
         ALL),
    Pull("channel_types.dealer.service", 0.2, 0.9, RAISES, of_north("units"), serviced),
    Pull("channel_types.dealer.after_sales_capacity", 20.0, 500.0, RAISES, mean("happy"),
         repairing),
    # Hirschman 1970: who boycotts orders nothing
    Pull("partners.north.relationship", "exit", "boycott", LOWERS, of_north("orders"), overlapping,
         CROWDED),
    # Anderson and Narus 1990
    Pull("partners.north.reputation", 0.5, 0.9, RAISES, of_north("trust"), patient_dealers),
    # Blattberg, Eppen and Lieberman 1981; Lee, Padmanabhan and Whang 1997
    Pull("partners.north.loading", "none", "forward_buying", RAISES, last("bullwhip"),
         lambda: steady(1)),
    Pull("channel_types.dealer.lot_weeks", 1.0, 6.0, RAISES, last("bullwhip"),
         lambda: ordering("s_S")),
    # Chen, Drezner, Ryan and Simchi-Levi 2000
    Pull("partners.*.forecast_weight", 0.1, 0.5, RAISES, last("bullwhip"), chain),
    Pull("partners.*.forecast_rho", 0.0, 0.8, RAISES, last("bullwhip"),
         lambda: forecasting("ar1")),
    # Hadley and Whitin 1963; Arrow, Harris and Marschak 1951
    Pull("channel_types.dealer.service_level", 0.6, 0.99, RAISES, of_north("stock"),
         lambda: ordering("R_S")),
    Pull("channel_types.dealer.salvage", 0.0, 0.9, RAISES, of_north("stock"),
         lambda: ordering("newsvendor")),
    Pull("channel_types.dealer.reserve_units", 0.0, 50.0, RAISES, of_north("stock"), chain),
    Pull("channel_types.dealer.season_weeks", None, 1, LOWERS, of_north("stock"),
         lambda: chain().replace({"channel_types.dealer.salvage": 0.5})),
    # Chen, Drezner, Ryan and Simchi-Levi 2000 let orders be negative
    Pull("channel_types.dealer.order_returns", False, True, RAISES, last("bullwhip", 52),
         lambda: swinging().replace({"market.swing": 0.6})),
    # what consumers share does not even out; Eppen 1979 on what places share
    Pull("market.swing", 0.0, 0.4, RAISES, mean("lost", weeks=78), chain),
    Pull("market.swing_common", 0.0, 1.0, RAISES, spread_of_units, swinging),
    Pull("market.swing_memory", 0.0, 0.95, LOWERS, drift_of_units,
         lambda: swinging(swing_common=1.0)),
    # effort is paid by what is left of a unit
    Pull("channel_types.dealer.selling_cost_rate", 0.0, 0.1, LOWERS, of_north("effort"),
         working_dealers),
    # what the maker bears comes off its profit
    Pull("channel_types.web.fee_rate", 0.1, 0.2, LOWERS, mean("profit"), patient_dealers),
    Pull("channel_types.web.fulfilment_cost", 5.0, 10.0, LOWERS, mean("profit"), patient_dealers),
    Pull("channel_types.dealer.governance_rate", 0.0, 0.05, LOWERS, mean("profit"),
         patient_dealers),
    Pull("candidates.north-a.supply_cost", 0.0, 5.0, LOWERS, mean("profit"), patient_dealers),
)  # fmt: skip


@pytest.mark.parametrize("pull", [*POLICY, *FIRMS], ids=lambda pull: pull.lever)
def test_a_lever_moves_its_outcome(pull):
    case = pull.market()
    seen = []
    for value in (pull.low, pull.high):
        one = case.changed({pull.lever: lambda _, value=value: value}, idle=True)
        seen.append(pull.outcome((one, pull.layout or one.today)))
    assert_moves(pull.direction, *seen)


ELSEWHERE = {
    "map_monitoring": "test_pricing.test_credible_enforcement_raises_prices",
    "max_price_gap": "test_pricing."
    "test_a_gap_limit_lowers_price_conflict_between_online_and_offline",
    "quota_shape": "test_effort.test_a_cliff_pushes_at_the_years_end_as_linear_pay_does_not",
    "audit_probability": "test_diversion.test_more_audit_lowers_arbitrage",
    "fine": "test_diversion.test_a_higher_fine_with_audits_lowers_it",
    "terminate_after": "test_governance.test_patience_at_reviews_keeps_partners_longer",
    "trade_shows": "test_governance.test_trade_shows_bring_replacements_sooner",
    "inspection": "test_governance.test_inspection_finds_abler_recruits",
    "mediation_cost": "test_governance.test_mediation_raises_trust",
    "mediation_weeks": "test_governance.test_delay_lowers_trust",
    "redress": "test_governance.test_redress_raises_satisfaction",
    "protection": "test_governance.test_deal_registration_lowers_customer_conflict",
    "transparency": "test_governance.test_open_dealings_raise_trust",
    "complaints_settled": "test_governance.test_settling_complaints_lowers_churn",
    "sales_heads": "test_effort.test_sales_people_raise_effort_with_falling_returns",
    "meeting_weeks": "test_effort.test_meetings_raise_trust",
    "news_lag": "test_effort.test_late_news_costs_a_promotion_some_of_its_lift",
    "rationing": "test_supply_levers.test_turn_and_earn_raises_orders_of_partners_in_shortage",
    "information": "test_supply_levers.test_sharing_sell_out_lowers_the_bullwhip_of_production",
    "information_noise": "test_supply_levers."
    "test_noise_in_reports_raises_the_bullwhip_of_production_and_costs_sales",
    "market_research": "test_supply_levers."
    "test_market_research_takes_noise_out_of_production_and_costs_money",
    "distortion": "test_supply_levers."
    "test_inflated_reports_after_cut_deliveries_make_the_maker_hold_more",
    "digitisation": "test_supply_levers.test_digitisation_lowers_what_orders_cost_partners",
    "report_weeks": "test_concept_levers.test_rarer_reports_lose_sales_when_demand_shifts",
}
"""Lever of the policy -> the test that pulls it."""


def test_every_lever_of_the_policy_is_pulled():
    here = {pull.lever.removeprefix("policy.") for pull in POLICY}
    assert here | set(ELSEWHERE) == {field.name for field in fields(Policy)}


@pytest.mark.parametrize(("lever", "place"), ELSEWHERE.items())
def test_what_is_said_to_be_pulled_elsewhere_is(lever, place):
    module, name = place.split(".")
    test = getattr(importlib.import_module(f"tests.patterns.{module}"), name)
    assert re.search(rf"\b{lever}\b", inspect.getsource(test))
