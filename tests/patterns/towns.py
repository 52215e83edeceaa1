"""Towns in a row, each with a dealer of its own who could open a shop there."""

from collections.abc import Sequence

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.layout import Layout
from channelsim.domain.market import Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Policy
from channelsim.domain.scenario import Scenario

PRICE, WHOLESALE, COST = 100.0, 70.0, 40.0
KM_PER_DEGREE = 111.2


def towns(people: Sequence[float], km: float = 30.0, **taste) -> Scenario:
    """Return towns of these sizes, `km` apart; nobody leaves, and a dealer's usual income is 20."""
    fields = {"purchase_rate": 0.05, "price_sensitivity": 0.03, "distance_sensitivity": 0.2}
    each = range(len(people))
    return Scenario(
        name="towns",
        zones=tuple(
            Zone(f"z{i}", f"Z{i}", 30.0 + km * i / KM_PER_DEGREE, 120.0, people[i]) for i in each
        ),
        segments=(Segment("all", "All", 1.0, **{**fields, **taste}),),
        channel_types=(
            ChannelType(
                "dealer", "Dealer", price=PRICE, wholesale_price=WHOLESALE, price_setter="partner",
                pricing="list", effort="none", diversion="none", reach_km=km / 3, stock_weeks=3.0,
                usual_income=20.0, selling_cost_rate=0.1,
            ),
        ),
        appeals=(Appeal("dealer", "all", 2.5),),
        partners=tuple(Partner(f"p{i}", f"P{i}", resources_weeks=20.0) for i in each),
        candidates=tuple(
            Candidate(f"c{i}", f"p{i}", "dealer", f"z{i}", open_today=True) for i in each
        ),
        economics=Economics(unit_cost=COST),
        policy=Policy(quota_growth=0.95, exit_trust=0.0, exit_weeks=999),
        horizon_weeks=52,
    )  # fmt: skip


def first(count: int) -> Layout:
    """Return the layout with shops in the first towns."""
    return Layout.of(f"c{i}" for i in range(count))
