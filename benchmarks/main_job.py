"""The main job on every shipped scenario as a user runs it: seconds, MB and gap.

Each scenario is one `channelsim plan` in a process of its own, so that the memory printed is the
whole process's peak; the gap is the one in the manifest it wrote.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from claims import Claim, claim, finish

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [str(Path(sys.executable).with_name("channelsim"))]
LIMITS = {"tiny": 60, "yangtze_delta": 60, "china_cities": 180, "us_counties": 600}
OPTIONS = {"tiny": [], "yangtze_delta": ["--replications", "5"]}
MEGABYTES = 4_000


def measured(arguments: list[str]) -> tuple[float, float]:
    """Run the command line; return its wall seconds and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"channelsim {' '.join(arguments)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def planned(scenario: str, folder: Path) -> list[Claim]:
    """Plan one scenario and hold it against its limits."""
    out = folder / scenario
    options = OPTIONS.get(scenario, [])
    arguments = ["plan", f"scenarios/{scenario}", "--out", str(out), "--quiet", *options]
    seconds, megabytes = measured(arguments)
    gap = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["solver"]["gap"]
    print(f"{scenario:<16} {seconds:8.1f} s  {megabytes:8.0f} MB  gap {gap:.2e}", flush=True)
    return [
        claim(f"{scenario}_seconds", round(seconds, 2), f"<= {LIMITS[scenario]}"),
        claim(f"{scenario}_megabytes", round(megabytes), f"<= {MEGABYTES}"),
        claim(f"{scenario}_gap", gap, "<= 0.001"),
    ]


def main() -> None:
    """Measure the help and the main job on each scenario."""
    measured(["--help"])
    helped = sorted(measured(["--help"])[0] for _ in range(5))[2]
    print(f"{'--help':<16} {helped:8.2f} s  (median of 5)", flush=True)
    claims = [claim("help_seconds", round(helped, 3), "<= 0.4")]
    with tempfile.TemporaryDirectory() as folder:
        for scenario in LIMITS:
            claims += planned(scenario, Path(folder))
    finish(claims)


if __name__ == "__main__":
    main()
