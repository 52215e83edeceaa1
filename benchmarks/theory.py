"""Print the literature's figures beside ours, and hold every error to its tolerance."""

import time

from claims import claim, finish

from channelsim.study.theory import table

MOST_SECONDS = 180


def main() -> None:
    begin = time.perf_counter()
    found = table()
    seconds = time.perf_counter() - begin
    print(found)
    print(f"{len(found.rows)} figures of {len({r.scenario for r in found.rows})} models")
    worst = max(abs(row.error) / row.tolerance for row in found.rows)
    finish(
        [
            claim("theory_error_over_tolerance", worst, "<= 1"),
            claim("theory_seconds", seconds, f"<= {MOST_SECONDS}"),
        ]
    )


if __name__ == "__main__":
    main()
