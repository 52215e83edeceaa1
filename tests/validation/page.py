"""`docs/validation.md`, written from the record of what tests showed."""

from collections.abc import Iterable

from tests.validation.claims import ROOT, Claim, module, modules
from tests.validation.facts import Fact, facts
from tests.validation.record import Record, Shown
from tests.validation.steps import FACTS, VALIDATION, VERIFICATION, Step, listed

PAGE = ROOT / "docs" / "validation.md"
UNSEEN = "not in the record"
"""Result of a test that no report that was read has shown."""
INTRODUCTION = """# Verification and validation

What the model is held to, in the terms of Rand and Rust (2011, *International Journal of Research
in Marketing* 28(3) 181-193): verification asks whether the code is the model that is described,
validation whether that model is the market. A claim is a test: what it asserts, the source that
it names, the test, how its cases came out, and figures where it records them. A test without a
source of its own has that of its module, above the table.

{counts}

The page is written by `make validation` from pytest's own report (`python -m tests.validation
REPORT.xml` takes one of some tests); `tests/test_validation.py` holds it to the tests that are
there and to the record of what they showed, `tests/validation/record.csv`.
"""


def page(record: Record) -> str:
    """Return the text of the page."""
    parts = [INTRODUCTION.format(counts=_counts(record))]
    for title, steps in (("Verification", VERIFICATION), ("Validation", VALIDATION)):
        parts.append(f"## {title}\n")
        parts += [_step(step, record) for step in steps]
    return "\n".join(parts)


def shown(path: str, claim: Claim, record: Record) -> Shown | None:
    """Return what a claim's test showed, if it is in the record."""
    return record.get(f"{path}::{claim.test}")


def _counts(record: Record) -> str:
    """Return how many claims there are, and how they came out."""
    found = [shown(path, claim, record) for path in listed() for claim in module(path).claims]
    seen = [row for row in found if row is not None]
    failed = sum(row.failed > 0 for row in seen)
    passed = sum(row.passed > 0 and not row.failed for row in seen)
    lines = ["| claims | passed | failed | skipped or not recorded |", "|-|-|-|-|"]
    lines.append(_row([len(found), passed, failed, len(found) - passed - failed]))
    return "\n".join(lines)


def _step(step: Step, record: Record) -> str:
    parts = [f"### {step.title}\n", f"{step.told}\n"]
    if step.counted:
        parts.append(_counted(step, record))
    if FACTS in step.listed:
        rows = [_fact(fact, record) for fact in facts()]
        parts.append(_table(("fact", "source", "tests", "result", "what falls short"), rows))
    parts += [_module(path, record) for path in step.modules]
    return "\n".join(parts)


def _fact(fact: Fact, record: Record) -> str:
    names = " ".join(f"`{test.partition('::')[2]}`" for test in fact.tests)
    found = [record[test].word if test in record else UNSEEN for test in fact.tests]
    return _row([fact.fact, fact.source, names or "-", ", ".join(found) or "-", fact.short])


def _counted(step: Step, record: Record) -> str:
    rows = [_row([told, f"`{where}`", _sum(where, record)]) for where, told in step.counted]
    return _table(("what", "tests", "cases"), rows)


def _sum(where: str, record: Record) -> str:
    """Return how the cases came out of all modules that a pattern matches."""
    files = set(modules(where))
    rows = [row for test, row in record.items() if test.partition("::")[0] in files]
    passed, failed = (sum(getattr(row, name) for row in rows) for name in ("passed", "failed"))
    if not rows:
        return UNSEEN
    return f"{passed} passed" if not failed else f"{passed} passed, **{failed} failed**"


def _module(path: str, record: Record) -> str:
    about = module(path)
    rows = [_claim(path, claim, record) for claim in about.claims]
    head = f"#### `{path}`\n\n{about.told}\n"
    return f"{head}\n{_table(('claim', 'source', 'test', 'result', 'figures'), rows)}"


def _claim(path: str, claim: Claim, record: Record) -> str:
    row = shown(path, claim, record)
    result, figures = (UNSEEN, "") if row is None else (row.word, row.figures)
    return _row([claim.words, claim.source, f"`{claim.test}`", result, figures])


def _table(head: Iterable[str], rows: Iterable[str]) -> str:
    names = list(head)
    return "\n".join([_row(names), "|" + "-|" * len(names), *rows, ""])


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
