"""The workbook of a plan: summary, layout, coverage, incentives, comparison, assumptions."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from channelsim.domain.layout import Layout
from channelsim.domain.measures import Measures
from channelsim.domain.scenario import Scenario
from channelsim.report.incentive_rows import incentive_rows
from channelsim.report.rows import comparison_rows, coverage_rows, layout_rows
from channelsim.report.sheet import FILLS, Book, Column, write_table
from channelsim.report.summary_sheet import write_summary
from channelsim.study.compare import Comparison
from channelsim.words import label, unit

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation

MADE = datetime(2000, 1, 1, tzinfo=UTC)


def write_workbook(
    recommendation: "Recommendation",
    comparison: Comparison,
    path: Path,
    lang: str = "en",
    picture: Path | None = None,
) -> Path:
    """Write the workbook of a plan and return its path.

    Parameters
    ----------
    picture
        PNG file of the map, shown on the first sheet.
    """
    scenario, plan = recommendation.scenario, recommendation.layout
    with xlsxwriter.Workbook(str(path)) as workbook:
        # a fixed date: the same plan gives the same file
        workbook.set_properties({"title": scenario.title or scenario.name, "created": MADE})
        book = Book(workbook)
        write_summary(book, recommendation, comparison, lang, picture)
        _write_layout(book, scenario, plan, lang)
        _write_coverage(book, scenario, plan, lang)
        _write_incentives(book, recommendation, lang)
        _write_comparison(book, comparison, lang)
        _write_assumptions(book, scenario, lang)
    return path


def _columns(
    lang: str, specs: Mapping[str, tuple[str, float]], units: Mapping[str, str] | None = None
) -> list[Column]:
    known = units or {}
    return [
        Column(name, label(name, lang) + (f", {known[name]}" if name in known else ""), kind, width)
        for name, (kind, width) in specs.items()
    ]


def _words(lang: str) -> dict[bool, str]:
    return {True: label("yes", lang), False: label("no", lang)}


def _write_layout(book: Book, scenario: Scenario, plan: Layout, lang: str) -> None:
    sheet = book.sheet(label("layout", lang))
    money = unit("money/week", scenario.currency, lang)
    columns = _columns(
        lang,
        {
            "candidate": ("text", 24),
            "name": ("text", 26),
            "action": ("text", 9),
            "open_today": ("flag", 9),
            "recommended": ("flag", 14),
            "partner": ("text", 20),
            "channel_type": ("text", 16),
            "zone": ("text", 12),
            "zone_en": ("text", 14),
            "region": ("text", 12),
            "doors": ("whole", 8),
            "capacity": ("whole", 12),
            "units": ("whole", 12),
            "cost": ("money", 14),
            "contribution": ("money", 14),
            "once": ("money", 14),
        },
        {
            "capacity": unit("units/week", "", lang),
            "units": unit("units/week", "", lang),
            "cost": money,
            "contribution": money,
            "once": scenario.currency,
        },
    )
    rows = layout_rows(scenario, plan)
    worded = ({**row, "action": label(str(row["action"]), lang)} for row in rows)
    end = write_table(book, sheet, columns, worded, _words(lang))
    at = [column.name for column in columns].index("action")
    for action, fill in (("open", "good"), ("close", "warn")):
        _mark(book, sheet, (1, at, end, at), label(action, lang), fill)


def _write_coverage(book: Book, scenario: Scenario, plan: Layout, lang: str) -> None:
    sheet = book.sheet(label("coverage_sheet", lang))
    columns = _columns(
        lang,
        {
            "zone": ("text", 14),
            "zone_en": ("text", 16),
            "region": ("text", 14),
            "population": ("whole", 12),
            "demand": ("decimal", 16),
            "nearest": ("text", 30),
            "km": ("decimal", 14),
            "covered": ("flag", 10),
            "covered_today": ("flag", 10),
        },
        {"demand": unit("occasions/week", "", lang), "km": unit("km", "", lang)},
    )
    end = write_table(book, sheet, columns, coverage_rows(scenario, plan), _words(lang))
    _mark(book, sheet, (1, 7, end, 8), label("no", lang), "warn")


def _write_incentives(book: Book, recommendation: "Recommendation", lang: str) -> None:
    scenario = recommendation.scenario
    sheet = book.sheet(label("incentives_sheet", lang))
    money = unit("money/week", scenario.currency, lang)
    columns = _columns(
        lang,
        {
            "partner": ("text", 24),
            "instrument": ("text", 18),
            "spend": ("money", 14),
            "lift": ("share", 14),
            "gain": ("money", 16),
            "marginal": ("number", 18),
        },
        {"spend": money, "gain": money},
    )
    rows = incentive_rows(scenario, recommendation.layout, recommendation.flows)
    worded = ({**row, "instrument": label(str(row["instrument"]), lang)} for row in rows)
    write_table(book, sheet, columns, worded, _words(lang))


def _write_comparison(book: Book, comparison: Comparison, lang: str) -> None:
    sheet = book.sheet(label("comparison", lang))
    level, change = ("by_row", 13), ("change_by_row", 13)
    columns = _columns(
        lang,
        {
            "measure_name": ("text", 24),
            "case": ("text", 18),
            "unit": ("text", 18),
            "planned": level,
            "realised": level,
            "low": level,
            "high": level,
            "assumption_low": level,
            "assumption_high": level,
            "difference": change,
            "difference_low": change,
            "difference_high": change,
            "difference_assumption_low": change,
            "difference_assumption_high": change,
            "wins": ("share", 11),
            "wins_assumption": ("share", 11),
            "best": ("share", 11),
            "regret": level,
            "regret_worst": level,
        },
    )
    table = comparison_rows(comparison)
    names = Measures.names()
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.itertuples(index=False)]
    rows.sort(key=lambda row: names.index(row["measure"]))
    named = ({**row, "measure_name": label(row["measure"], lang)} for row in rows)
    write_table(book, sheet, columns, named, _words(lang))


def _write_assumptions(book: Book, scenario: Scenario, lang: str) -> None:
    sheet = book.sheet(label("assumptions", lang))
    columns = _columns(
        lang,
        {
            "path": ("text", 44),
            "value": ("number", 12),
            "low": ("number", 12),
            "high": ("number", 12),
            "unit": ("text", 22),
            "source": ("text", 70),
            "confidence": ("text", 12),
        },
    )
    end = write_table(book, sheet, columns, map(asdict, scenario.assumptions), _words(lang))
    _mark(book, sheet, (1, 6, end, 6), "L", "warn")


def _mark(book: Book, sheet: Any, area: tuple[int, int, int, int], text: str, fill: str) -> None:
    look = book.workbook.add_format({"bg_color": FILLS[fill]})
    rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": look}
    sheet.conditional_format(*area, rule)
