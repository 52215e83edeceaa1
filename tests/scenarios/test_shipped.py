"""Every shipped scenario reads, is sound, and has the size it claims."""

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from channelsim.domain.measures import planned, potential_demand
from channelsim.domain.paths import value_at
from channelsim.domain.scenario import Scenario
from channelsim.files.layouts import read_layouts
from channelsim.files.scenario import check, read_scenario
from channelsim.files.variants import read_variants
from channelsim.simulate.promotions import Promotions
from channelsim.simulate.run import simulate
from channelsim.study.draws import draw_assumptions, with_draw

ROOT = Path(__file__).parents[2] / "scenarios"
BUILT = ("yangtze_delta", "yangtze_delta_64", "china_cities", "us_counties")
SHIPPED = sorted(path.parent.name for path in ROOT.glob("*/scenario.toml"))
CITIES = ("yangtze_delta", "china_cities")
MOST_BYTES = 3_000_000


@cache
def scenario(name: str) -> Scenario:
    return read_scenario(ROOT / name)


def test_all_are_there():
    assert set(SHIPPED) >= {*BUILT, "tiny"}


@pytest.mark.parametrize("name", SHIPPED)
def test_checks_clean(name):
    assert check(ROOT / name) == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_layouts_open_what_is_open_today(name):
    today = read_layouts(ROOT / name, scenario(name))["today"]
    assert set(today.open_ids) == set(scenario(name).today.open_ids)


@pytest.mark.parametrize(
    ("name", "zones", "candidates", "partners"),
    [
        ("yangtze_delta", 41, 249, 135),
        ("yangtze_delta_64", 41, 64, 53),
        ("china_cities", 310, 557, 454),
        ("us_counties", 3215, 1071, 16),
    ],
)
def test_size(name, zones, candidates, partners):
    case = scenario(name)
    sizes = len(case.zones), len(case.candidates), len(case.partners)
    assert sizes == (zones, candidates, partners)


def test_delta_offers_nine_types():
    kinds = Counter(c.channel_type for c in scenario("yangtze_delta").candidates)
    assert kinds == {
        "distributor": 44,
        "agent": 41,
        "franchise": 41,
        "chain": 41,
        "department": 41,
        "flagship": 38,
        "platform": 1,
        "own_online": 1,
        "live_stream": 1,
    }


def test_delta_people_and_tiers():
    zones = scenario("yangtze_delta").zones
    assert sum(z.population for z in zones) == 110_562_494
    assert Counter(z.tier for z in zones) == {"T1": 1, "new T1": 5, "T2": 15, "T3": 20}


def test_china_today_is_the_assumptions_own():
    """280 operations in 165 cities, coverage 0.79, 68,000 units, cost 0.30 before rivals."""
    case = scenario("china_cities")
    opened = [c for c in case.candidates if c.open_today]
    assert len(opened) == 280
    assert len({c.zone for c in opened if c.zone}) == 165
    found = planned(case, case.today)
    assert found.coverage == pytest.approx(0.79, abs=0.005)
    assert found.units == pytest.approx(68_000, rel=0.02)
    assert found.cost_share == pytest.approx(0.30, abs=0.005)


def test_us_today_covers_what_the_assumptions_say():
    case = scenario("us_counties")
    assert planned(case, case.today).coverage == pytest.approx(0.73, abs=0.005)
    assert sum(c.channel_type == "mass_merchant" for c in case.candidates) == 967


def test_mean_awareness_of_the_delta():
    case = scenario("yangtze_delta")
    aware = potential_demand(case) @ case.columns.awareness / potential_demand(case).sum()
    assert aware == pytest.approx(0.72, abs=0.005)


@pytest.mark.parametrize("name", BUILT)
def test_assumptions_lead_somewhere(name):
    case = scenario(name)
    for row in case.assumptions:
        found = value_at(case, row.path)
        assert isinstance(found, float | int), row.path
        if "*" not in row.path:
            assert found == row.value, row.path


@pytest.mark.parametrize("name", BUILT)
def test_corners_of_the_assumptions_are_allowed(name):
    """Each range end alone; independent draws cannot break a check that no end breaks."""
    case = scenario(name)
    for end in ("low", "high"):
        ends = {a.path: getattr(a, end) for a in case.assumptions if a.low < a.high}
        assert with_draw(case, ends).digest != case.digest


def test_draws_of_the_delta_can_be_planned():
    case = scenario("yangtze_delta")
    units = [
        planned(drawn := with_draw(case, draw), drawn.today).units
        for draw in draw_assumptions(case, 8, seed=7)
    ]
    assert min(units) < planned(case, case.today).units < max(units)


@pytest.mark.parametrize("name", CITIES)
def test_cities_carry_both_names(name):
    for zone in scenario(name).zones:
        assert zone.name_en.isprintable()
        assert zone.name_en != zone.name


def test_every_independent_partner_answers_incentives():
    case = scenario("yangtze_delta")
    curves = Counter(r.partner for r in case.responses)
    assert curves == {p.id: 3 for p in case.partners if not p.own}


@pytest.mark.parametrize("name", [*CITIES, "yangtze_delta_64"])
def test_festivals_cut_deeper_online_than_in_the_shops(name):
    case = scenario(name)
    deals = Promotions.of(case, ~np.isnan(case.columns.wholesale))
    price = case.columns.price * (1 - deals.at(23).cut)  # week 24
    by_type = dict(zip((c.channel_type for c in case.candidates), price, strict=True))
    assert by_type["platform"] == pytest.approx(300, abs=0.5)
    assert by_type["live_stream"] == pytest.approx(289, abs=0.5)  # the floor of festival weeks
    assert by_type["distributor"] == pytest.approx(0.95 * 369)
    assert [week + 1 for week in range(52) if deals.at(week).promoted.any()] == [23, 24, 44, 45]


def test_festivals_sell_more_and_draw_buyers_online():
    case = scenario("yangtze_delta")
    units = [
        simulate(c, c.today, weeks=24, record=("outlet",)).weekly("units", "outlet")
        for c in (case.replace(promotions=()), case)
    ]
    np.testing.assert_array_equal(units[0][:22], units[1][:22])
    festival = np.stack([weekly[22:].sum(axis=0) for weekly in units])
    plain, promoted = festival.sum(axis=1)
    assert 1.2 * plain < promoted < 1.4 * plain
    online = festival[:, case.columns.online].sum(axis=1) / festival.sum(axis=1)
    assert 0.06 < online[1] - online[0] < 0.12


def test_live_stream_layout_adds_one_opening():
    case = scenario("yangtze_delta")
    layouts = read_layouts(ROOT / "yangtze_delta", case)
    added = set(layouts["live_stream"].open_ids) - set(layouts["today"].open_ids)
    assert added == {"live_stream"}


def test_variants_of_the_delta():
    variants = read_variants(ROOT / "yangtze_delta")
    assert len(variants) >= 10
    base = scenario("yangtze_delta").digest
    assert all(v.title and v.question for v in variants.values())
    assert all(v.cases or v.scenario.digest != base for v in variants.values())


@pytest.mark.parametrize("name", BUILT)
def test_credits_name_the_sources(name):
    told = scenario(name).credits
    assert "BLS" in told if name == "us_counties" else "GeoNames (geonames.org), CC BY 4.0" in told


def test_committed_size():
    files = [p for p in ROOT.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
