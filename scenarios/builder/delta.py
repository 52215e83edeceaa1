"""The Yangtze delta: 41 cities, 249 candidates, today's layout with its known faults.

Every physical type may open in every city (41 x 6) but a flagship in the three smallest; with the
second distributors of Nanjing, Suzhou and Hangzhou that makes 246, and 3 online operations.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from channelsim.domain.policy import Goals
from channelsim.domain.scenario import Scenario
from scenarios.builder import chinese
from scenarios.builder.chinese_operations import Option
from scenarios.builder.places import Place, largest

PROVINCES = ("上海市", "江苏省", "浙江省", "安徽省")
BIG = ("T1", "new T1")
KINDS = ("distributor", "agent", "franchise", "chain", "department", "flagship")
CITIES_WITHOUT_FLAGSHIP = 3
CAPACITIES = {"platform": 60_000, "own_online": 12_000, "live_stream": 25_000}
RIVAL_HOMES = ("taizhou-zhejiang", "shaoxing", "hefei")
SECONDS = ("nanjing", "suzhou-jiangsu", "hangzhou")
FLAGSHIPS = ("shanghai", "nanjing", "hangzhou", "yangzhou", "zhenjiang", "huzhou")
UNSERVED = (
    *("huaian", "lianyungang", "suqian", "yancheng"),
    *("wenzhou", "taizhou-zhejiang", "quzhou", "lishui", "zhoushan"),
)
SERVED_IN_ANHUI = ("hefei", "wuhu", "bengbu", "chuzhou", "maanshan", "anqing")
GOALS = Goals(
    min_coverage=0.92,
    max_conflict=0.19,
    budget=88_000,
    setup_budget=50_000,
    incentive_budget=20_000,
)
BENCHMARK_SETUP_BUDGET = 60_000


def build(all_cities: Iterable[Place]) -> Scenario:
    """Return the scenario, without its assumptions."""
    cities = tuple(city for city in all_cities if city.region in PROVINCES)
    return chinese.scenario(
        chinese.Blueprint(
            name="yangtze_delta",
            title="长三角 41 城 · The Yangtze delta, 41 cities",
            cities=cities,
            options=tuple(_options(cities)),
            today=frozenset(_open_today(cities)),
            plant="ningbo",
            distributor_reach=60,
            capacities=CAPACITIES,
            rival_homes=RIVAL_HOMES,
            goals=GOALS,
        )
    )


def _options(cities: tuple[Place, ...]) -> Iterator[Option]:
    tall = {city.id for city in largest(cities, len(cities) - CITIES_WITHOUT_FLAGSHIP)}
    for kind in KINDS:
        for city in cities:
            if kind != "flagship" or city.id in tall:
                yield Option(kind, city)
            if kind == "distributor" and city.id in SECONDS:
                yield Option(kind, city, second=True)


def _open_today(cities: Iterable[Place]) -> Iterator[str]:
    for city in cities:
        served = city.id in SERVED_IN_ANHUI
        if city.region != "安徽省":
            served = city.id not in UNSERVED
        if not served:
            continue
        yield f"distributor-{city.id}"
        if city.tier in BIG:
            yield from (f"chain-{city.id}", f"department-{city.id}")
        if city.region == "江苏省":
            yield f"franchise-{city.id}"
        if city.region == "安徽省":
            yield f"agent-{city.id}"
    yield from (f"flagship-{city}" for city in FLAGSHIPS)
    yield from (f"distributor-{city}-2" for city in SECONDS)


def benchmark(delta: Scenario) -> Scenario:
    """Return the subset of 64 candidates for timing.

    One distributor in each of the 41 cities; chain, franchise and counter in the six big ones; a
    flagship in the largest two; the 3 online operations: 41 + 18 + 2 + 3.
    """
    big = {zone.id for zone in delta.zones if zone.tier in BIG}
    kept = {c.id for c in delta.candidates if not c.zone}
    kept |= {f"distributor-{zone.id}" for zone in delta.zones}
    kept |= {f"{kind}-{city}" for kind in ("chain", "franchise", "department") for city in big}
    kept |= {"flagship-shanghai", "flagship-nanjing"}
    candidates = tuple(c for c in delta.candidates if c.id in kept)
    firms = {c.partner for c in candidates}
    return replace(
        delta,
        name="yangtze_delta_64",
        title="长三角 64 选 · The Yangtze delta, 64 candidates for timing",
        candidates=candidates,
        partners=tuple(p for p in delta.partners if p.id in firms),
        responses=tuple(r for r in delta.responses if r.partner in firms),
        goals=replace(GOALS, setup_budget=BENCHMARK_SETUP_BUDGET),
    )
