"""The builder gives the committed tables again, byte for byte."""

from pathlib import Path

import pytest

from scenarios.builder import __main__ as builder
from scenarios.builder.places import Place, road_km, slug, tier_of

ROOT = Path(__file__).parents[2] / "scenarios"
RAW = ("cn_prefecture_cities.csv", "us_county_labor_2009.csv")
needs_data = pytest.mark.skipif(
    not all((builder.DATA / name).is_file() for name in RAW),
    reason="needs the raw data in ../shared/data",
)


@needs_data
def test_rebuilt_tables_are_the_committed_ones(tmp_path):
    builder.main(builder.DATA, tmp_path)
    built = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(built) >= 40
    differing = [p for p in built if (tmp_path / p).read_bytes() != (ROOT / p).read_bytes()]
    assert differing == []


def test_slug_drops_accents_and_signs():
    assert slug("Ürümqi") == "urumqi"
    assert slug("St. Mary's County, MD") == "st-marys-county-md"


@pytest.mark.parametrize(
    ("population", "tier"),
    [(10e6, "T1"), (9.9e6, "new T1"), (4e6, "new T1"), (1.5e6, "T2"), (1.49e6, "T3")],
)
def test_tiers(population, tier):
    assert tier_of(population) == tier


def test_road_km_is_the_detoured_great_circle():
    """A degree of a meridian is 111.19 km."""
    south = Place("a", "a", "a", "", 30.0, 120.0, 1.0)
    north = Place("b", "b", "b", "", 31.0, 120.0, 1.0)
    assert road_km(south, north) == pytest.approx(1.3 * 111.195, abs=0.01)
