"""The first sheet of the workbook: the plan on one page."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channelsim.report.findings import Finding, findings, headline, plan_case
from channelsim.report.risks import risks
from channelsim.report.sheet import FILLS, HEAD, HEAD_HEIGHT, NUMBERS, Book, kind_of
from channelsim.report.style import DPI
from channelsim.study.compare import Comparison
from channelsim.words import label, unit

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation

WIDTHS = (34, 17, 13, 13, 13, 12, 12, 12, 12, 13, 13)
MAP_WIDTH = 560
MAP_COLUMN = 5
SCREEN_DPI = 96


def write_summary(
    book: Book,
    recommendation: "Recommendation",
    comparison: Comparison,
    lang: str = "en",
    picture: Path | None = None,
) -> None:
    """Write the summary sheet, with the map below it where there is one."""
    sheet = book.sheet(label("summary", lang))
    scenario = recommendation.scenario
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    last = len(WIDTHS) - 1
    book.put(sheet, 0, 0, scenario.title or scenario.name, bold=True, font_size=16)
    wrapped = book.format(text_wrap=True, font_size=11)
    sheet.merge_range(1, 0, 1, last, "", wrapped)
    sheet.write_string(1, 0, headline(recommendation, comparison), wrapped)
    sheet.set_row(0, 24)
    sheet.set_row(1, 34)
    case = plan_case(recommendation, comparison)
    row = _write_measures(book, sheet, 3, findings(comparison, case), scenario.currency, lang)
    row = _write_risks(book, sheet, row + 1, risks(recommendation, comparison), lang)
    _write_proof(book, sheet, row + 1, recommendation, comparison, lang)
    if picture is not None:
        scale = MAP_WIDTH / (_pixels_wide(picture) * SCREEN_DPI / DPI)
        options = {"x_scale": scale, "y_scale": scale, "description": "Map of the layout"}
        sheet.insert_image(row + 1, MAP_COLUMN, str(picture), options)
    sheet.fit_to_pages(1, 1)


def _write_measures(
    book: Book, sheet: Any, top: int, rows: Sequence[Finding], currency: str, lang: str
) -> int:
    heads = ["measure", "unit", "today", "recommended", "difference", "low", "high"]
    heads += ["assumption_low", "assumption_high"]
    titles = [label(name, lang) for name in heads]
    planned = label("planned", lang)
    titles += [f"{label(name, lang)}, {planned.lower()}" for name in ("today", "recommended")]
    for at, title in enumerate(titles):
        book.put(sheet, top, at, title, **HEAD, align="left" if at < 2 else "right")
    sheet.set_row(top, HEAD_HEIGHT)
    for row, finding in enumerate(rows, start=top + 1):
        gain, over = finding.difference.realised, finding.difference.assumption
        book.put(sheet, row, 0, label(finding.measure, lang), bold=True)
        book.put(sheet, row, 1, unit(finding.unit, currency, lang), font_color="#5A5A5A")
        ends = (over.low, over.high) if over else (None, None)
        levels = (finding.today.mean, finding.plan.mean)
        changes = (gain.mean, gain.low, gain.high, *ends)
        for at, value in enumerate(levels, start=2):
            book.put(sheet, row, at, value, num_format=NUMBERS[kind_of(finding.measure)])
        for at, value in enumerate(changes, start=4):
            book.put(sheet, row, at, value, num_format=NUMBERS[kind_of(finding.measure, True)])
        for at, value in enumerate((finding.planned_today, finding.planned_plan), start=9):
            number = NUMBERS[kind_of(finding.measure)]
            book.put(sheet, row, at, value, num_format=number, bg_color=FILLS["quiet"])
    return _write_note(book, sheet, top + len(rows) + 1, lang)


def _write_note(book: Book, sheet: Any, row: int, lang: str) -> int:
    note = (
        "Today and recommended are means of the simulation; low and high bound the mean difference "
        "between replications (95%), the assumption columns the difference over the assumptions' "
        "ranges.",
        "现状与推荐方案为模拟均值；下限与上限为重复模拟间差异均值的95%区间；假设区间为差异在假设取值范围内的变动。",
    )[lang == "zh"]
    book.put(sheet, row, 0, note, italic=True, font_color="#5A5A5A", font_size=9)
    return row + 1


def _write_risks(book: Book, sheet: Any, top: int, sentences: list[str], lang: str) -> int:
    if not sentences:
        return top
    book.put(sheet, top, 0, label("risks", lang), bold=True, font_size=12)
    for row, sentence in enumerate(sentences, start=top + 1):
        book.put(sheet, row, 0, f"{row - top}. {sentence}")
    return top + len(sentences) + 1


def _write_proof(
    book: Book,
    sheet: Any,
    top: int,
    recommendation: "Recommendation",
    comparison: Comparison,
    lang: str,
) -> None:
    planned = recommendation.planned
    scenario = recommendation.scenario
    book.put(sheet, top, 0, label("solver", lang), bold=True, font_size=12)
    facts: list[tuple[str, str | float, str]] = [
        ("status", label(recommendation.status, lang), ""),
        ("gap", recommendation.gap, "0.0E+00"),
        ("objective", recommendation.objective, NUMBERS["money"]),
        ("bound", recommendation.bound, NUMBERS["money"]),
        ("seconds", recommendation.seconds, '0.0 "s"'),
        ("solver", f"{recommendation.solver}, {recommendation.mode}", ""),
    ]
    if planned is not None:
        for name in ("coverage", "cost", "conflict", "profit"):
            value = planned.as_dict()[name]
            facts.append((name, value, NUMBERS[kind_of(name)]))
    facts += [
        ("scenario", scenario.name, ""),
        ("digest", scenario.digest, ""),
        ("seed", comparison.seed, "0"),
        ("replications", comparison.replications, "0"),
        ("draws", comparison.draws, "0"),
    ]
    suffix = {"en": ", as the solver planned it", "zh": "（求解器计划值）"}[lang]
    for row, (name, fact, number) in enumerate(facts, start=top + 1):
        tail = suffix if name in ("coverage", "cost", "conflict", "profit") else ""
        book.put(sheet, row, 0, label(name, lang) + tail)
        look: dict[str, object] = {"num_format": number} if number else {}
        if name == "digest":
            look["font_size"] = 8
        book.put(sheet, row, 1, fact, align="left", **look)


def _pixels_wide(picture: Path) -> int:
    """Return the width that a PNG file states in its header."""
    return int.from_bytes(picture.read_bytes()[16:20], "big")
