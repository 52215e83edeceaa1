"""Today's layout of the delta against the static figures of its assumptions.

`today_delta.csv` was worked out apart from this code, under simplifications that these tests make
too: awareness 0.72 everywhere, no rivals, the same segment shares in every city.
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from channelsim.domain.columns import Floats
from channelsim.domain.demand import expected_flows
from channelsim.domain.economics import UnitMoney, partner_profit, reservation, unit_money
from channelsim.domain.layout import Layout
from channelsim.domain.measures import planned
from channelsim.domain.scenario import Scenario
from channelsim.files.scenario import read_scenario

ROOT = Path(__file__).parents[2]
with (Path(__file__).parent / "today_delta.csv").open(encoding="utf-8-sig", newline="") as text:
    ROWS = list(csv.DictReader(text))


@dataclass(frozen=True)
class Page:
    """The delta under the page's simplifications, today's layout open."""

    scenario: Scenario
    money: UnitMoney
    units: Floats

    def row(self, line: dict[str, str]) -> int:
        """Return the candidate row of a line of the file."""
        zone = next((z.id for z in self.scenario.zones if z.name == line["city_zh"]), "")
        found = [
            j
            for j, c in enumerate(self.scenario.candidates)
            if (c.channel_type, c.zone) == (line["channel_type"], zone)
            and (c.attraction < 0) == (line["second_partner"] == "1")
        ]
        assert len(found) == 1
        return found[0]


@pytest.fixture(scope="module")
def page() -> Page:
    delta = read_scenario(ROOT / "scenarios" / "yangtze_delta")
    zones = tuple(replace(z, awareness=0.72, rival_strength=0.0, shares={}) for z in delta.zones)
    plain = delta.replace(zones=zones, rivals=())
    units = expected_flows(plain, plain.today).by_candidate(len(plain.candidates))
    return Page(plain, unit_money(plain), units)


def case(line: dict[str, str]) -> str:
    return f"{line['city_zh']}-{line['channel_type']}-{line['second_partner']}"


each = pytest.mark.parametrize("line", ROWS, ids=case)
with_partner = pytest.mark.parametrize(
    "line", [r for r in ROWS if r["static_partner_profit_per_week"]], ids=case
)


def test_the_file_is_todays_layout(page):
    named = {page.scenario.candidates[page.row(line)].id for line in ROWS}
    assert named == set(page.scenario.today.open_ids)


@each
def test_units(page, line):
    assert page.units[page.row(line)] == pytest.approx(
        float(line["static_units_per_week"]), rel=0.01
    )


@each
def test_revenue(page, line):
    at = page.row(line)
    revenue = page.units[at] * page.money.price[at]
    assert revenue == pytest.approx(float(line["static_revenue_per_week"]), rel=0.01)


@with_partner
def test_partner_profit(page, line):
    profit = partner_profit(page.money, page.units)[page.row(line)]
    assert profit == pytest.approx(float(line["static_partner_profit_per_week"]), rel=0.01)


@with_partner
def test_reservation(page, line):
    asked = reservation(page.money, page.units)[page.row(line)]
    assert asked == pytest.approx(float(line["static_reservation_per_week"]), rel=0.01)


@each
def test_maker_contribution(page, line):
    """Flagships about break even, so a hundredth of so small a sum is given as 1 yuan a week."""
    at, money = page.row(line), page.money
    made = page.units[at] * money.margin[at] - money.fixed[at] - money.setup[at]
    assert made == pytest.approx(
        float(line["static_maker_contribution_per_week"]), rel=0.01, abs=1.0
    )


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("coverage", 0.770),
        ("units", 14_848),
        ("cost_share", 0.301),
        ("viable", 0.913),
        ("revenue", 277e6 / 52),
        ("profit", 1.05e6),
    ],
)
def test_measures_of_today(page, measure, expected):
    found = planned(page.scenario, page.scenario.today).as_dict()[measure]
    assert found == pytest.approx(expected, rel=0.01)


def test_online_share_of_units(page):
    online = page.units[page.scenario.columns.online].sum()
    assert online / page.units.sum() == pytest.approx(0.54, abs=0.005)


def test_full_presence_without_second_partners(page):
    """The page opens 41 x 6 and no second partner; three flagships more than are offered here."""
    first = [c.id for c in page.scenario.candidates if c.attraction == 0]
    found = planned(page.scenario, Layout.of(first))
    assert found.units == pytest.approx(19_970, rel=0.01)
    assert found.revenue * 52 == pytest.approx(372e6, rel=0.01)
    assert found.coverage == 1.0
    assert found.viable == pytest.approx(0.77, abs=0.01)
    assert found.cost_share == pytest.approx(0.32, abs=0.005)
