"""Write `docs/validation.md`: `python -m tests.validation [REPORT.xml ...]`.

Reports are what `pytest --junitxml=REPORT.xml` writes, of all tests or of some: the rows of the
record that they show are brought up to date, the others stand.
"""

import sys
from pathlib import Path

from tests.validation.page import PAGE, page
from tests.validation.record import FILE, Shown, brought_up, read, report, write
from tests.validation.steps import listed


def main(reports: list[Path], record: Path = FILE, out: Path = PAGE) -> None:
    """Bring the record up to date from reports, and write the page from it."""
    newer: dict[str, Shown] = {}
    for path in reports:
        newer |= report(path, listed())
    known = brought_up(read(record), newer)
    write(known, record)
    out.write_text(page(known), encoding="utf-8")
    print(f"{out.name}: {len(known)} rows")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
