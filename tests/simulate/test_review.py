"""Reviews at work: who is dismissed, who takes the place, and how long a conflict waits."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.layout import Layout
from channelsim.simulate.channel import Channel
from channelsim.simulate.run import simulate
from tests.instances import tiny
from tests.simulate.cases import steady

NORTH, SOUTH = 1, 2
NORTH_A, SOUTH_C, NORTH_D = 1, 2, 3


def poor(**policy):
    """Quotas out of reach, reviews every fourth week, and South idle with a place in A."""
    case = tiny()
    candidates = tuple(
        replace(c, zone="a") if c.id == "south-c" else replace(c, closing_cost=700.0)
        for c in case.candidates
    )
    return case.replace(
        candidates=candidates,
        policy=replace(case.policy, quota_growth=2.0, review_weeks=4, **policy),
    )


def played(case, weeks, layout=None):
    channel = Channel(case, layout or case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def test_two_bad_reviews_end_a_contract_with_compensation():
    channel = played(poor(terminate_after=2), 8)
    assert channel.governed.bad[NORTH] == 1
    channel.step()
    assert channel.governed.terminated[NORTH]
    assert not channel.outlets.is_open[NORTH_A]
    assert channel.ledger.by_kind["compensation"] == 700.0
    assert not channel.standing.exited[NORTH]
    channel.step()
    assert not channel.outlets.is_open[NORTH_A]


def test_the_makers_own_arms_are_never_dismissed():
    channel = played(poor(terminate_after=1), 6)
    assert channel.outlets.is_open[4]


def test_nobody_is_dismissed_by_default():
    assert not played(poor(), 30).governed.terminated.any()


def test_an_idle_partner_takes_the_place_after_twelve_weeks():
    case = poor(terminate_after=1, recruitment=1e6, least_capability=0.0)
    run = simulate(case, case.today, weeks=26, record=("outlet", "total"))
    is_open = run.weekly("open", "outlet")
    assert is_open[:4, NORTH_A].all()
    assert not is_open[4:, NORTH_A].any()
    assert np.flatnonzero(is_open[:, SOUTH_C])[0] == 4 + 12 + 1
    assert run.weekly("units", "outlet")[18, SOUTH_C] > 0
    assert run.weekly("recruited")[-1] == 1


def test_nobody_comes_who_does_not_pass():
    case = poor(terminate_after=1, recruitment=1e6, least_capability=1.0)
    assert played(case, 26).pipeline.recruited == 0


def test_a_recruit_is_set_up_and_inspected():
    case = poor(terminate_after=1, recruitment=1e6, least_capability=0.0, inspection=50.0)
    channel = played(case, 20)
    assert channel.ledger.by_kind["recruitment"] == 50.0
    assert channel.ledger.by_kind["set-up"] == 3120.0
    assert channel.standing.active[SOUTH]


def test_a_zone_whose_partner_is_gone_is_an_orphan_until_somebody_comes():
    case = poor(terminate_after=1, recruitment=1e6, least_capability=0.0)
    run = simulate(case, case.today, weeks=20)
    orphans = run.weekly("orphan_zones")[:, 0]
    assert orphans[:4].max() == 0
    assert orphans[5] == 2  # A and B, 10 km away
    assert orphans[-1] == 0


def aggrieved(**policy):
    case = tiny()
    case = case.replace(
        policy=replace(case.policy, review_weeks=4, mediation_cost=30.0, exit_trust=0.0, **policy)
    )
    channel = played(case, 4)
    channel.standing.usual = channel.standing.usual - 0.2
    channel.standing.trust[NORTH] = 0.4
    return channel


def test_mediation_waits_its_weeks():
    now, later = aggrieved(), aggrieved(mediation_weeks=4)
    now.step()
    later.step()
    assert now.standing.trust[NORTH] > later.standing.trust[NORTH] + 0.15
    assert later.ledger.by_kind["mediation"] == 30.0
    before = [later.standing.trust[NORTH]]
    for _ in range(4):
        later.step()
        before.append(later.standing.trust[NORTH])
    assert before[3] < before[0]
    assert before[4] > before[3] + 0.1


def test_redress_is_paid_and_remembered_as_profit():
    without, paid = aggrieved(), aggrieved(redress=520.0)
    without.step()
    paid.step()
    assert paid.ledger.by_kind["redress"] == 520.0
    gained = paid.standing.profit[NORTH] - without.standing.profit[NORTH]
    assert gained == pytest.approx(10.0 * 51 / 52)  # then the week's own profit is remembered


def test_found_diversion_is_fined_more_each_time_and_forfeits_the_years_rebates():
    case = tiny()
    policy = replace(
        case.policy, audit_probability=1.0, fine=100.0, repeat_surcharge=0.5, forfeit=True,
        review_weeks=4, exit_weeks=99,
    )  # fmt: skip
    case = case.replace(policy=policy)
    channel = played(case, 4)
    rebates = []
    for _ in range(8):
        channel.standing.diverted[NORTH] = 5.0
        channel.step()
        rebates.append(channel.contracts.at_risk()[NORTH])
    assert channel.ledger.by_kind["fine"] == pytest.approx(100.0 + 150.0)
    assert rebates == pytest.approx([0.0] * 8)


def test_an_audit_that_does_not_see_finds_nothing():
    case = tiny()
    policy = replace(case.policy, audit_probability=1.0, detection=0.0, fine=9.0, review_weeks=2)
    channel = played(case.replace(policy=policy), 2)
    channel.standing.diverted[NORTH] = 5.0
    channel.step()
    assert "fine" not in channel.ledger.by_kind


def test_a_full_scorecard_sees_more_than_sales():
    case = steady()
    weights = {"score_sales": 0.4, "score_coverage": 0.2, "score_price_discipline": 0.2}
    policy = replace(
        case.policy, **weights, score_service=0.1, score_reporting=0.1, price_floor=105.0
    )
    layout = Layout.of(["north-a", "web"])
    case = case.replace(policy=policy)
    orderly = case.replace({"policy.price_floor": 90.0})
    cheap, dear = (
        simulate(c.replace(partners=_kept(c)), layout, weeks=14).weekly("score", "partner")[-1]
        for c in (orderly, case)
    )
    assert cheap[NORTH] == pytest.approx(dear[NORTH], abs=0.05)
    agents = case.replace(
        channel_types=tuple(replace(k, price_setter="maker") for k in case.channel_types)
    )
    below = simulate(agents, layout, weeks=14).weekly("score", "partner")[-1]
    assert below[NORTH] == pytest.approx(dear[NORTH] - 0.2, abs=0.05)


def _kept(case):
    return tuple(replace(p, pricing="list") for p in case.partners)
