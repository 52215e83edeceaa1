"""The table that `channelsim theory` prints, as the README and the docs show it."""

import csv
import re
from pathlib import Path

import pytest

import channelsim as cs
from tests.theory.test_table import QUICK

ROOT = Path(__file__).parents[1]
README, PAGE = ROOT / "README.md", ROOT / "docs" / "theory.md"
PUBLISHED = ROOT / "scenarios" / "theory" / "published.csv"


def shown(path: Path) -> list[str]:
    """Return the rows of the table that a text shows, its header left out."""
    blocks = re.findall(r"```\n(model +quantity .*?)\n```", path.read_text("utf-8"), re.DOTALL)
    (block,) = blocks
    return block.splitlines()[1:]


def cells(line: str) -> list[str]:
    """Return a row's cells, however wide its columns are."""
    return re.split(r"  +", line)


def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_readme_shows_the_table_of_the_page():
    assert shown(README) == shown(PAGE)


def test_the_page_shows_every_published_figure_in_order():
    expected = [[r["model"], r["quantity"], f"{float(r['value']):.5g}"] for r in published()]
    assert [cells(line)[:3] for line in shown(PAGE)] == expected


def test_no_figure_of_the_page_is_marked_as_off():
    assert [line for line in shown(PAGE) if line.endswith("!")] == []


@pytest.mark.parametrize("path", [README, PAGE], ids=lambda p: p.name)
def test_the_count_is_that_of_the_rows(path):
    rows = published()
    models = len({row["scenario"] for row in rows})
    told = f"{len(rows)} of {len(rows)} published figures of {models} models agree"
    assert told in path.read_text("utf-8")


def test_quick_models_give_what_the_page_shows():
    quick = [
        cells(line)
        for line, row in zip(shown(PAGE), published(), strict=True)
        if row["scenario"] in QUICK
    ]
    printed = str(cs.theory.table(QUICK)).splitlines()[1:]
    assert [cells(line) for line in printed] == quick
