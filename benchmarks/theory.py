"""Print the literature's figures beside ours, and hold every error to its tolerance.

With `--write`, `docs/theory.md` and the block of the README that shows the table are brought up to
date.
"""

import sys
import time
from pathlib import Path

from claims import claim, finish

from channelsim.study.theory import Table, table

ROOT = Path(__file__).resolve().parents[1]
README, PAGE = ROOT / "README.md", ROOT / "docs" / "theory.md"
BEFORE, AFTER = "<!-- theory -->\n", "<!-- end of theory -->"
MOST_SECONDS = 180
INTRODUCTION = """# The literature's figures beside ours

{count}.

The command `channelsim theory` plays the models, folders under `scenarios/theory/`, and prints
this; an error above its tolerance (`scenarios/theory/published.csv`) would carry a mark. Ours are
found by partners' own rules at rest (`channelsim.rest_point`), makers' choice of terms
(`channelsim.optimise_terms`), the simulator or the optimiser: no closed form is typed into the
package.

`benchmarks/theory.py --write` brings this page and the README up to date, and
`tests/test_theory_page.py` holds both to the published figures and to what the quick models give.
"""


def counted(found: Table) -> str:
    """Return how many figures of how many models hold."""
    holding = sum(row.holds for row in found.rows)
    models = len({row.scenario for row in found.rows})
    return f"{holding} of {len(found.rows)} published figures of {models} models agree"


def page(found: Table) -> str:
    """Return the text of the page."""
    return f"{INTRODUCTION.format(count=counted(found))}\n```\n{found}\n```\n"


def with_block(readme: str, found: Table) -> str:
    """Return the README with the table in its block, folded."""
    head, rest = readme.split(BEFORE)
    _, tail = rest.split(AFTER)
    summary = f"<details>\n<summary>{counted(found)}.</summary>\n\n"
    return f"{head}{BEFORE}{summary}```\n{found}\n```\n\n</details>\n{AFTER}{tail}"


def write(found: Table) -> None:
    """Write the page and the README's block."""
    PAGE.write_text(page(found), encoding="utf-8")
    README.write_text(with_block(README.read_text("utf-8"), found), encoding="utf-8")


def main() -> None:
    begin = time.perf_counter()
    found = table()
    seconds = time.perf_counter() - begin
    print(found)
    print(counted(found))
    if "--write" in sys.argv:
        write(found)
        print(f"{PAGE.name} and {README.name} written")
    worst = max(abs(row.error) / row.tolerance for row in found.rows)
    finish(
        [
            claim("theory_error_over_tolerance", worst, "<= 1"),
            claim("theory_seconds", seconds, f"<= {MOST_SECONDS}"),
        ]
    )


if __name__ == "__main__":
    main()
