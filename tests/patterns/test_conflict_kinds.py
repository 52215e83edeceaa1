"""Each kind of conflict is zero where it must be, and can be driven alone towards its bound."""

from dataclasses import replace

import pytest

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.layout import Layout, Territory
from channelsim.domain.market import Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.scenario import Scenario
from channelsim.simulate.run import simulate

KINDS = ("price_conflict", "territory_conflict", "customer_conflict", "goal_conflict")
RIVALRY = KINDS[:3]


def town(prices: list[float], **taste) -> Scenario:
    """Return one town with a shop of one partner for each price, all as likely to be chosen, and
    goals that all of them reach.
    """
    fields = {
        "purchase_rate": 0.05,
        "price_sensitivity": 1e-6,
        "distance_sensitivity": 0.0,
        **taste,
    }
    shops = range(len(prices))
    return Scenario(
        name="town",
        zones=(Zone("town", "Town", 30.0, 120.0, 200_000),),
        segments=(Segment("all", "All", 1.0, **fields),),
        channel_types=(ChannelType("shop", "Shop", price=100.0, reach_km=20.0),),
        appeals=(Appeal("shop", "all", 1.0),),
        partners=tuple(Partner(f"p{i}", f"P{i}", effort="none") for i in shops),
        candidates=tuple(
            Candidate(f"c{i}", f"p{i}", "shop", "town", price=prices[i], open_today=True)
            for i in shops
        ),
        economics=Economics(unit_cost=1.0),
        policy=Policy(quota_growth=0.5, exit_trust=0.0, exit_weeks=999),
        horizon_weeks=8,
    )


def kinds(case: Scenario, layout: Layout | None = None) -> dict[str, float]:
    realised = simulate(case, layout or case.today).realised.as_dict()
    return {kind: realised[kind] for kind in KINDS}


def assert_alone(found: dict[str, float], kind: str, least: float) -> None:
    """Require a kind near its bound, and the others near zero."""
    assert least <= found.pop(kind) <= 1
    assert max(found.values()) < 0.01


def test_one_partner_has_no_rivalry():
    found = kinds(town([100.0]))
    assert [found[kind] for kind in RIVALRY] == [0.0, 0.0, 0.0]


def test_one_partner_with_two_prices_has_no_rivalry():
    case = town([100.0, 40.0])
    case = case.replace(candidates=tuple(replace(c, partner="p0") for c in case.candidates))
    assert [kinds(case)[kind] for kind in RIVALRY] == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


def test_disjoint_markets_have_no_rivalry():
    case = town([100.0, 40.0])
    far = replace(case.zones[0], id="far", latitude=40.0)
    first, second = case.candidates
    case = case.replace(zones=(case.zones[0], far), candidates=(first, replace(second, zone="far")))
    held = case.today.replace(
        territories=(Territory("p0", "town", True), Territory("p1", "far", True))
    )
    found = kinds(case, held)
    assert [found[kind] for kind in RIVALRY] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("shops", [2, 4, 8])
def test_price_alone(shops):
    # every pair at half the price or less: 1 - 1/n; faithful customers never switch
    case = town([100.0 / 2.0**i for i in range(shops)], inertia=25.0, happy_price_loss=0.0)
    case = case.replace(
        segments=tuple(
            replace(s, happy_base=1.0, happy_service_loss=0.0, happy_wait_loss=0.0)
            for s in case.segments
        )
    )
    assert_alone(kinds(case), "price_conflict", 0.98 * (1 - 1 / shops))


def test_territory_alone():
    case = town([100.0])
    outside = Zone("outside", "Outside", 30.0, 120.05, 0.0)
    case = case.replace(
        zones=(*case.zones, outside),
        partners=(*case.partners, Partner("holder", "Holder")),
        candidates=tuple(replace(c, zone="outside") for c in case.candidates),
    )
    held = case.today.replace(territories=(Territory("holder", "town", True),))
    assert_alone(kinds(case, held), "territory_conflict", 1.0)


def test_customer_alone():
    # nobody is ever happy and none goes back
    case = town([100.0, 100.0], aversion=-25.0, happy_base=0.0)
    assert_alone(kinds(case), "customer_conflict", 0.98)


def test_goal_alone():
    case = town([100.0])
    case = case.replace(
        candidates=tuple(replace(c, reservation_profit=1e9) for c in case.candidates),
        policy=replace(case.policy, quota_growth=1e6),
    )
    assert_alone(kinds(case), "goal_conflict", 0.98)
