"""A Chinese scenario from its cities, its options and what is open today."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from channelsim.domain.layout import Layout, Opening, Territory
from channelsim.domain.market import Rival
from channelsim.domain.policy import Goals
from channelsim.domain.scenario import Scenario
from scenarios.builder import chinese_market
from scenarios.builder.chinese_formats import APPEALS, CONTRACTS, ONLINE, formats
from scenarios.builder.chinese_operations import Option, online_operations, operations
from scenarios.builder.chinese_promotions import PROMOTIONS
from scenarios.builder.places import Place
from scenarios.builder.responses import responses

CREDITS = (
    "Places and populations: GeoNames (geonames.org), CC BY 4.0. Populations are those of urban "
    "places, not census totals of whole prefectures. All other numbers are assumptions."
)
ONLINE_TODAY = ("platform", "own_online")
ONLINE_SALES_A_THOUSAND = {"platform": 0.0614, "own_online": 0.0107, "live_stream": 0.0135}
TRAINING_SCALE = 192.0
SELLING = frozenset({"distributor", "agent", "franchise"})
HOME_STRENGTH = 0.40


@dataclass(frozen=True)
class Blueprint:
    """What sets one Chinese scenario apart from another."""

    name: str
    title: str
    cities: tuple[Place, ...]
    options: tuple[Option, ...]
    today: frozenset[str]
    """Ids of the physical candidates open now."""
    plant: str
    """Id of the city the goods come from."""
    distributor_reach: float
    capacities: Mapping[str, float]
    rival_homes: tuple[str, ...]
    """Ids of the rivals' home cities."""
    goals: Goals


def scenario(plan: Blueprint) -> Scenario:
    """Return the scenario of a blueprint, without its assumptions."""
    shapes = formats(plan.distributor_reach)
    plant = next(city for city in plan.cities if city.id == plan.plant)
    online_today = {*plan.today, *ONLINE_TODAY}
    people = sum(city.population for city in plan.cities)
    rows = (
        *operations(plan.options, plan.today, plant, shapes),
        *online_operations(people, plan.capacities, online_today),
    )
    outlets = [option.city for option in plan.options if option.id in plan.today]
    bare = Scenario(
        name=plan.name,
        title=plan.title,
        zones=tuple(chinese_market.zones(plan.cities, outlets)),
        segments=chinese_market.SEGMENTS,
        channel_types=(*(shape.kind for shape in shapes.values()), *ONLINE),
        appeals=APPEALS,
        partners=tuple({row.partner.id: row.partner for row in rows}.values()),
        candidates=tuple(row.candidate for row in rows),
        economics=chinese_market.ECONOMICS,
        contracts=CONTRACTS,
        seasons=chinese_market.SEASONS,
        promotions=PROMOTIONS,
        rivals=tuple(Rival(f"home-{home}", home, HOME_STRENGTH) for home in plan.rival_homes),
        market=chinese_market.MARKET,
        policy=chinese_market.POLICY,
        goals=plan.goals,
        goodwill=chinese_market.GOODWILL,
        credits=CREDITS,
    )
    units = _planned_units(plan, people)
    return replace(bare, responses=responses(bare, units, TRAINING_SCALE, SELLING))


def _planned_units(plan: Blueprint, people: float) -> dict[str, float]:
    shapes = formats(plan.distributor_reach)
    units = {kind: rate * people / 1000 for kind, rate in ONLINE_SALES_A_THOUSAND.items()}
    for option in plan.options:
        units[option.id] = shapes[option.format].sales_a_thousand * option.city.thousands
    return units


def today(scenario: Scenario) -> Layout:
    """Return what is open today, each distributor assigned its own city.

    A city belongs to its distributor alone unless a second one works there.
    """
    opened = [c for c in scenario.candidates if c.open_today]
    dealers = [c for c in opened if c.channel_type == "distributor"]
    count = Counter(c.zone for c in dealers)
    return Layout(
        openings=tuple(Opening(c.id) for c in opened),
        territories=tuple(Territory(c.partner, c.zone, count[c.zone] == 1) for c in dealers),
    )
