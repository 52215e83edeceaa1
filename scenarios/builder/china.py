"""China: 310 cities, today strong in the south and east, thin elsewhere.

Distributors stand only in cities above 0.4 m people and reach 120 km, so that they serve their
neighbours. Today's rule reproduces the assumptions' 280 operations in 165 cities.
"""

from collections.abc import Iterable, Iterator

from channelsim.domain.policy import Goals
from channelsim.domain.scenario import Scenario
from scenarios.builder import chinese
from scenarios.builder.chinese_operations import Option
from scenarios.builder.places import Place

BIG = ("T1", "new T1")
DISTRIBUTOR_REACH = 120.0
DISTRIBUTOR_FLOOR, SERVED_FLOOR = 0.4e6, 0.46e6
CAPACITIES = {"platform": 300_000, "own_online": 60_000, "live_stream": 120_000}
RIVAL_HOMES = ("zhongshan", "hangzhou", "qingdao")
SECONDS_TODAY = ("guangzhou", "shenzhen")
THIN = (
    *("黑龙江省", "吉林省", "辽宁省"),
    *("新疆维吾尔自治区", "西藏自治区", "青海省", "甘肃省", "宁夏回族自治区", "内蒙古自治区"),
    *("陕西省", "山西省", "云南省", "贵州省", "四川省", "海南省"),
)
FRANCHISED = ("江苏省", "浙江省", "福建省")
AGENCIES = ("湖南省", "湖北省")
GOALS = Goals(
    min_coverage=0.90,
    max_conflict=0.18,
    budget=370_000,
    setup_budget=200_000,
    incentive_budget=80_000,
)


def build(all_cities: Iterable[Place]) -> Scenario:
    """Return the scenario, without its assumptions."""
    cities = tuple(all_cities)
    options = tuple(_options(cities))
    return chinese.scenario(
        chinese.Blueprint(
            name="china_cities",
            title="全国 310 城 · China, 310 cities",
            cities=cities,
            options=options,
            today=frozenset(option.id for option in options if _open_today(option)),
            plant="foshan",
            distributor_reach=DISTRIBUTOR_REACH,
            capacities=CAPACITIES,
            rival_homes=RIVAL_HOMES,
            goals=GOALS,
        )
    )


def _options(cities: Iterable[Place]) -> Iterator[Option]:
    for city in cities:
        if city.population < DISTRIBUTOR_FLOOR:
            continue
        yield Option("distributor", city)
        if city.tier == "T1":
            yield Option("distributor", city, second=True)
        if city.tier == "new T1" or city.region in AGENCIES:
            yield Option("agent", city)
        if city.tier != "T3" or city.region in FRANCHISED:
            yield Option("franchise", city)
        if city.tier != "T3":
            yield Option("chain", city)
        if city.tier in BIG:
            yield Option("department", city)
            yield Option("flagship", city)


def _open_today(option: Option) -> bool:
    city = option.city
    if city.tier not in BIG and (city.region in THIN or city.population < SERVED_FLOOR):
        return False
    return {
        "distributor": not option.second or city.id in SECONDS_TODAY,
        "agent": city.region in AGENCIES,
        "franchise": city.region in FRANCHISED,
        "chain": city.tier in BIG,
        "department": city.tier in BIG,
        "flagship": city.tier == "T1",
    }[option.format]
