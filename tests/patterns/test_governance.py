"""What governance, resolution and recruitment do to partners, under common random numbers."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.layout import Layout, Spend, Territory
from channelsim.domain.response import Response
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.patterns.governance_cases import (
    LOWERS,
    RAISES,
    REPLICATIONS,
    assert_moves,
    hiring,
    realised,
)
from tests.simulate.cases import steady

NORTH, SOUTH = 1, 2
BOTH = Layout.of(["north-a", "south-c", "north-d", "web"])


def market(**policy):
    """`steady` ten times as large, in which nobody leaves."""
    case = steady(10.0)
    quiet = {"exit_trust": 0.0, "exit_weeks": 999, "review_weeks": 4}
    return case.replace(policy=replace(case.policy, **{**quiet, **policy}))


def overlapping(**policy):
    """North and South both in A: South is new there, undercuts North and takes its customers."""
    case = market(**policy)
    south = tuple(
        replace(c, zone="a", price=80.0) if c.id == "south-c" else c for c in case.candidates
    )
    return case.replace(candidates=south)


def trust(case, layout, row=NORTH):
    """North's trust at the end of a year, one figure a replication."""
    return np.array(
        [
            simulate(case, layout, replication=r, weeks=52).weekly("trust", "partner")[-1, row]
            for r in range(REPLICATIONS)
        ]
    )


CROWDED = Layout.of(["north-a", "south-c", "web"])


def test_mediation_raises_trust():  # Mohr and Spekman 1994
    without, mediated = overlapping(), overlapping(mediation_cost=10.0)
    assert_moves(RAISES, trust(without, CROWDED), trust(mediated, CROWDED))


def test_a_settlement_halves_the_trust_lost():
    without, mediated = (
        simulate(case, CROWDED, weeks=5).weekly("trust", "partner")[:, NORTH]
        for case in (overlapping(), overlapping(mediation_cost=10.0))
    )
    lost = 0.8 - without[3]
    assert lost > 0.01
    week = mediated[3] - mediated[4], without[3] - without[4]
    assert week[1] - week[0] == pytest.approx(lost / 2, rel=0.05)


def test_delay_lowers_trust():
    soon, late = (overlapping(mediation_cost=10.0, mediation_weeks=w) for w in (0, 12))
    assert_moves(LOWERS, trust(soon, CROWDED), trust(late, CROWDED))


def test_redress_raises_satisfaction():  # distributive fairness: Kumar, Scheer, Steenkamp 1995
    without, paid = (overlapping(mediation_cost=10.0, redress=r) for r in (0.0, 5_000.0))
    content = [
        np.array(
            [
                simulate(c, CROWDED, replication=r, weeks=52).weekly("satisfaction", "partner")[
                    -1, NORTH
                ]
                for r in range(REPLICATIONS)
            ]
        )
        for c in (without, paid)
    ]
    assert_moves(RAISES, *content)


def test_open_dealings_raise_trust():  # procedural fairness: the same
    closed, open_ = (overlapping(transparency=t) for t in (0.0, 1.0))
    assert_moves(RAISES, trust(closed, CROWDED), trust(open_, CROWDED))


def test_deal_registration_lowers_customer_conflict():
    free, registered = (overlapping(protection=p, protection_weeks=26.0) for p in (0.0, 0.9))
    switched = [realised(c, "customer_conflict", CROWDED, weeks=26) for c in (free, registered)]
    assert_moves(LOWERS, *switched)


def exclusive_and_shared():
    """Two zones with two dealers each, and the same with a dealer each that holds its zone."""
    case = market()
    spots = {"north-a": "a", "south-c": "c", "north-d": "c", "flagship-a": "a"}
    rows = tuple(
        replace(c, zone=spots[c.id], partner="south", channel_type="dealer", maker_fixed_cost=100.0)
        if c.id == "flagship-a"
        else replace(c, zone=spots.get(c.id, c.zone))
        for c in case.candidates
    )
    case = case.replace(candidates=rows)
    held = (Territory("north", "a", True), Territory("south", "c", True))
    exclusive = Layout.of(["north-a", "south-c", "web"]).replace(territories=held)
    return case, exclusive, Layout.of([*spots, "web"])


def test_exclusive_territories_lower_conflict():  # Mathewson and Winter 1984
    case, exclusive, shared = exclusive_and_shared()
    for kind in ("customer_conflict", "conflict"):
        assert_moves(LOWERS, *(realised(case, kind, x, weeks=26) for x in (shared, exclusive)))


def test_exclusive_territories_raise_prices():  # Rey and Stiglitz 1995: no rival for the customer
    case, exclusive, shared = exclusive_and_shared()
    case = case.replace(
        partners=tuple(
            p if p.own else replace(p, pricing="logit_best_response") for p in case.partners
        )
    )
    price = [
        np.array(
            [
                simulate(case, x, replication=r, weeks=26, record=("total", "outlet")).weekly(
                    "price", "outlet"
                )[-1, 1]
                for r in range(REPLICATIONS)
            ]
        )
        for x in (shared, exclusive)
    ]
    assert_moves(RAISES, *price)


def test_exclusive_territories_raise_effort():  # Rey and Stiglitz 1995: they keep the margin
    case, exclusive, shared = exclusive_and_shared()
    effort = [
        np.array(
            [
                simulate(case, x, replication=r, weeks=52).weekly("effort", "partner")[-1, NORTH]
                for r in range(REPLICATIONS)
            ]
        )
        for x in (shared, exclusive)
    ]
    assert_moves(RAISES, *effort)


def c_tier(**policy):
    """North, below 85% of a quota that South reaches, may be dismissed."""
    case = market(quota_growth=1.3, **policy)
    return case.replace(responses=(Response("north", "training", "log", 0.1, 100.0),))


def test_training_the_c_tier_keeps_the_sales_that_ending_its_contracts_gives_up():
    # tail-or-train: nobody waits to take the place
    case = c_tier()
    train = BOTH.replace(incentives=(Spend("north", "training", 2_000.0),))
    trained = realised(case, "units", train, weeks=52)
    ended = realised(c_tier(terminate_after=2), "units", BOTH, weeks=52)
    assert_moves(LOWERS, trained, ended)
    assert_moves(RAISES, realised(case, "units", BOTH, weeks=52), trained)


def test_ending_contracts_lowers_coverage_and_goal_conflict():
    kept, ended = c_tier(), c_tier(terminate_after=2)
    for measure in ("coverage", "goal_conflict"):
        assert_moves(LOWERS, *(realised(c, measure, BOTH, weeks=52) for c in (kept, ended)))


def test_patience_at_reviews_keeps_partners_longer():
    quick, slow = (c_tier(terminate_after=n) for n in (1, 4))
    assert_moves(RAISES, *(realised(c, "active", BOTH, weeks=30) for c in (quick, slow)))


def recruits(case, weeks=40):
    """Capability beyond the table's of those who took the place, and when, by replication."""
    drawn, when = [], []
    for replication in range(20):
        channel = Channel(case, Layout.of(["north-a", "web"]), replication=replication)
        for _ in range(weeks):
            channel.step()
        joined = channel.roster.joins[channel.roster.joins < weeks + 1]
        when.append(float(joined.min()) if len(joined) else float(weeks))
        drawn.append(float(channel.governed.drawn.sum()))
    return np.array(drawn), np.array(when)


def test_inspection_finds_abler_recruits():  # screening: Stiglitz 1975
    blind, seeing = (recruits(hiring(recruitment=20.0, inspection=m))[0] for m in (0.0, 1e5))
    assert_moves(RAISES, blind, seeing)


def joined_after_an_exit(reservation):
    """Capability of North's replacement where South, who stays, could earn that much elsewhere."""
    case = hiring(recruitment=20.0, inspection=1e5, exit_trust=0.05)
    rows = tuple(
        replace(c, open_today=True, reservation_profit=reservation) if c.id == "south-c" else c
        for c in case.candidates
    )
    case = case.replace({"policy.terminate_after": None}).replace(candidates=rows)
    drawn = []
    for replication in range(20):
        channel = Channel(case, case.today, replication=replication)
        channel.standing.trust[NORTH] = 0.0
        for _ in range(20):
            channel.step()
        assert channel.pipeline.recruited == 1
        drawn.append(float(channel.governed.drawn.sum()))
    return np.array(drawn)


def test_poor_terms_draw_worse_recruits():  # adverse selection: Akerlof 1970
    assert_moves(LOWERS, joined_after_an_exit(400.0), joined_after_an_exit(1e7))


def test_trade_shows_bring_replacements_sooner():
    quiet, loud = (recruits(hiring(recruitment=0.02, trade_shows=m))[1] for m in (0.0, 50_000.0))
    assert_moves(LOWERS, quiet, loud)


def test_settling_complaints_lowers_churn():  # Fornell and Wernerfelt 1987
    case = market(complaint_cost=5.0)
    case = case.replace(
        segments=tuple(replace(s, complain=0.5, inertia=1.0, aversion=-2.0) for s in case.segments)
    )
    handled = case.replace({"policy.complaints_settled": 0.8})
    happy = [realised(c, "happy", BOTH, weeks=26) for c in (case, handled)]
    assert_moves(RAISES, *happy)
    assert_moves(LOWERS, *(realised(c, "churn", BOTH, weeks=26) for c in (case, handled)))
