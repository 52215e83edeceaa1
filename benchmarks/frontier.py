"""The published fronts of the knapsacks of Mavrotas & Florios (2013), point for point.

    python benchmarks/frontier.py [SECONDS]

2kp50 has 35 points, 3kp40 389. What is found in SECONDS of 3kp40 (1,500 by default) is kept in
`/tmp` and gone on from, so that a slow machine may take several runs.
"""

import pickle
import sys
import tempfile
import time
from pathlib import Path

from claims import Claim, claim, finish

sys.path.insert(0, str(Path(__file__).parents[1]))

from channelsim.optimise.augmecon import Answer, Front, pareto_front
from channelsim.optimise.objectives import Point
from channelsim.optimise.payoff import Payoff
from channelsim.optimise.plan import SolveLimits
from tests.optimise.knapsack import published

type Values = tuple[float, ...]


def kept(name: str) -> Path:
    """Return where the answers of an instance are kept."""
    return Path(tempfile.gettempdir()) / f"channelsim-front-{name}.pickle"


def resumed(name: str, objectives: list) -> Front | None:
    """Return what was found before."""
    if not kept(name).is_file():
        return None
    optima, answers = pickle.loads(kept(name).read_bytes())
    payoff = Payoff(tuple(Point(values, {}) for values in optima), (1.0,) * len(objectives))
    points = ((floors, None if v is None else Point(v, {})) for floors, v in answers)
    return Front(tuple(objectives), payoff, tuple(Answer(*row) for row in points), False)


def keep(name: str, front: Front) -> None:
    """Keep what was found."""
    optima = [point.values for point in front.payoff.points]
    answers = [(a.floors, a.point.values if a.point else None) for a in front.answers]
    kept(name).write_bytes(pickle.dumps((optima, answers)))


def measured(name: str, seconds: float) -> list[Claim]:
    """Find a front and hold it against the published one."""
    problem, objectives, front = published(name)
    begin = time.perf_counter()
    limits = SolveLimits(gap=0.0, deadline=begin + seconds)
    found = pareto_front(problem, objectives, limits=limits, resume=resumed(name, objectives))
    keep(name, found)
    ours = {point.values for point in found.points}
    print(
        f"{name}: published {len(front)} points, ours {len(ours)}, the same {len(ours & front)}; "
        f"{len(found.answers)} solves, {time.perf_counter() - begin:.0f} s of this run, "
        f"{'complete' if found.complete else 'not complete: run again to go on'}"
    )
    return [
        claim(f"{name} points of the published front", len(ours & front), f">= {len(front)}"),
        claim(f"{name} points beyond it", len(ours - front), "<= 0"),
    ]


if __name__ == "__main__":
    allowed = float(sys.argv[1]) if len(sys.argv) > 1 else 1_500.0
    finish([*measured("2kp50", allowed), *measured("3kp40", allowed)])
