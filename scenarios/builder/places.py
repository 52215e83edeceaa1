"""Places: Chinese cities and U.S. counties as the raw data has them."""

import csv
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from channelsim.domain.distances import EARTH_RADIUS_KM

DETOUR = 1.3
TIERS = ("T1", "new T1", "T2", "T3")
TIER_FLOORS = (10e6, 4e6, 1.5e6)
PEOPLE_A_WORKER = 2.0
PROVINCES = {
    "上海市": "Shanghai",
    "云南省": "Yunnan",
    "内蒙古自治区": "Inner Mongolia",
    "北京市": "Beijing",
    "吉林省": "Jilin",
    "四川省": "Sichuan",
    "天津市": "Tianjin",
    "宁夏回族自治区": "Ningxia",
    "安徽省": "Anhui",
    "山东省": "Shandong",
    "山西省": "Shanxi",
    "广东省": "Guangdong",
    "广西壮族自治区": "Guangxi",
    "新疆维吾尔自治区": "Xinjiang",
    "江苏省": "Jiangsu",
    "江西省": "Jiangxi",
    "河北省": "Hebei",
    "河南省": "Henan",
    "浙江省": "Zhejiang",
    "海南省": "Hainan",
    "湖北省": "Hubei",
    "湖南省": "Hunan",
    "甘肃省": "Gansu",
    "福建省": "Fujian",
    "西藏自治区": "Tibet",
    "贵州省": "Guizhou",
    "辽宁省": "Liaoning",
    "重庆市": "Chongqing",
    "陕西省": "Shaanxi",
    "青海省": "Qinghai",
    "黑龙江省": "Heilongjiang",
}


@dataclass(frozen=True)
class Place:
    """A city or a county."""

    id: str
    """Short unique name in Latin letters."""
    name: str
    """Name in its own language."""
    name_en: str
    """English name."""
    region: str
    """Province or state."""
    latitude: float
    """Degrees north."""
    longitude: float
    """Degrees east."""
    population: float
    """People."""
    tier: str = ""
    """Class by population; empty in the U.S."""
    capital: bool = False
    """Whether it is its province's largest city."""

    @property
    def thousands(self) -> float:
        """Population in thousands."""
        return self.population / 1000


def slug(text: str) -> str:
    """Return a name as lower-case Latin letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")


def short_name(city: Place) -> str:
    """Return a Chinese city's name without the word for city."""
    return city.name.removesuffix("市")


def road_km(one: Place, other: Place) -> float:
    """Return the great circle (haversine) x the detour factor, km."""
    lat, lat2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lon = math.radians(other.longitude - one.longitude) / 2
    half = math.sin((lat2 - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat2) * math.sin(half_lon) ** 2
    return DETOUR * 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def read_cities(data: Path) -> tuple[Place, ...]:
    """Return the 310 cities in the order of their codes; namesakes carry their province."""
    rows = _rows(data / "cn_prefecture_cities.csv")
    names = [_english(row["name_en"]) for row in rows]
    twice = {name for name, count in Counter(names).items() if count > 1}
    largest: dict[str, float] = {}
    for row in rows:
        province = row["province_zh"]
        largest[province] = max(largest.get(province, 0), float(row["population"]))
    return tuple(_city(row, name, twice, largest) for row, name in zip(rows, names, strict=True))


def read_counties(data: Path) -> tuple[Place, ...]:
    """Return the 3,215 counties in the order of their codes; population = labour force x 2."""
    return tuple(_county(row) for row in _rows(data / "us_county_labor_2009.csv"))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def _english(name: str) -> str:
    return name.replace("’", "'").removesuffix(" City").removesuffix(" Chengguanzhen")


def _city(row: dict[str, str], name: str, twice: set[str], largest: dict[str, float]) -> Place:
    population, province = float(row["population"]), row["province_zh"]
    full = f"{name} {PROVINCES[province]}" if name in twice else name
    return Place(
        id=slug(full),
        name=row["city_zh"],
        name_en=f"{name} ({PROVINCES[province]})" if name in twice else name,
        region=province,
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        population=population,
        tier=tier_of(population),
        capital=population == largest[province],
    )


def tier_of(population: float) -> str:
    """Return the class of a city by population."""
    above = sum(population < floor for floor in TIER_FLOORS)
    return TIERS[above]


def _county(row: dict[str, str]) -> Place:
    name = row["county"]
    return Place(
        id=slug(name),
        name=name,
        name_en=name,
        region=name.rpartition(", ")[2] if ", " in name else "DC",
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        population=float(row["labor_force_2009"]) * PEOPLE_A_WORKER,
    )


def largest(places: tuple[Place, ...], count: int) -> Iterator[Place]:
    """Yield the `count` most populous places in their order in the data."""
    ranked = sorted(places, key=lambda place: (-place.population, place.id))
    chosen = {place.id for place in ranked[:count]}
    yield from (place for place in places if place.id in chosen)
