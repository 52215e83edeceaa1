"""Exact Pareto fronts of any linear or mixed-integer program: AUGMECON2 (Mavrotas & Florios 2013).

Objectives f_1 .. f_p, each made large (one to be made small enters with its sign changed), with
steps d_k: differences below d_k count as none; 1, or a common divisor, for whole numbers.

    slack_k >= 0            what f_k has beyond its floor e_k, k = 2 .. p

    maximise   f_1 + d_1/2 sum_k 10^-(k-2) slack_k / r_k        r_k the range of f_k

    epsilon_k        f_k - slack_k = e_k

The second term is below d_1, so f_1 comes first and no point found is dominated. The floors rise
from the lax to the tight, that of f_2 innermost, each

- in jumps: to the first multiple of d_k beyond the least f_k of what the loop within has found, for
  up to there nothing changes (the bypass coefficient, here of every loop, not of the innermost
  alone);
- until the loop within finds nothing (early exit).

What was asked once is kept. An answer to laxer floors that meets the tighter ones answers those
too, and where lax floors allow nothing, tighter ones do not; a run that was stopped goes on from
its answers in the same way.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pulp import LpProblem, lpSum_vars_coefs

from channelsim.domain import checks
from channelsim.errors import ChannelsimError
from channelsim.optimise.dominance import non_dominated
from channelsim.optimise.objectives import (
    ROUNDING,
    Objective,
    Point,
    point_of,
    value_of,
    working_copy,
)
from channelsim.optimise.payoff import Payoff, payoff_table
from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.solve import solve


@dataclass(frozen=True, eq=False)
class Answer:
    """What the program said to some floors."""

    floors: tuple[float, ...]
    """e_2 .. e_p, signs changed where less is better."""
    point: Point | None
    """What was found; None: nothing meets the floors."""


@dataclass(frozen=True, eq=False)
class Front:
    """A Pareto front, or as much of it as was found; give it as `resume` to go on."""

    objectives: tuple[Objective, ...]
    """What is traded off."""
    payoff: Payoff
    """The lexicographic optima."""
    answers: tuple[Answer, ...]
    """All that was solved, in order."""
    complete: bool
    """Whether the front is whole, up to the steps."""

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that no other dominates, each once, the best of the first objective first."""
        found = [answer.point for answer in self.answers if answer.point is not None]
        once = list({point.values: point for point in found}.values())
        signs = [objective.sign for objective in self.objectives]
        signed = [[s * v for s, v in zip(signs, p.values, strict=True)] for p in once]
        kept = [p for p, keep in zip(once, non_dominated(signed), strict=True) if keep]
        return tuple(sorted(kept, key=lambda p: p.values, reverse=self.objectives[0].maximise))


def pareto_front(
    problem: LpProblem,
    objectives: Sequence[Objective],
    *,
    nadir: Sequence[float] | None = None,
    limits: SolveLimits | None = None,
    resume: Front | None = None,
    most_solves: int | None = None,
) -> Front:
    """Return the Pareto front of a problem's objectives; the problem stays as it is.

    Parameters
    ----------
    problem
        Whose constraints hold; its own objective does not count.
    objectives
        Two or more functions of its variables.
    nadir
        Values of the second to last objective where their floors start; by default the worst of
        the payoff table for two objectives, which is exact, and the worst of all feasible values
        for more.
    limits
        What solves, and when to stop with what was found.
    resume
        An incomplete front of the same problem to go on from.
    most_solves
        Solves after which to stop; None: no limit.

    Raises
    ------
    BadValue
        If there are fewer than two objectives.
    ChannelsimError
        If nothing meets the constraints, or an objective has no worst value.
    """
    checks.require(
        len(objectives) >= 2, f"a front needs 2 objectives or more, got {len(objectives)}; add one"
    )
    limits = limits or SolveLimits(gap=0.0)
    payoff = resume.payoff if resume else payoff_table(problem, objectives, limits)
    ranges = _Ranges.of(problem, objectives, payoff, nadir, limits)
    sweep = _Sweep(problem, tuple(objectives), ranges, limits, most_solves)
    sweep.answers.extend(resume.answers if resume else ())
    complete = sweep.run()
    return Front(tuple(objectives), payoff, tuple(sweep.answers), complete)


@dataclass(frozen=True)
class _Ranges:
    start: tuple[float, ...]
    best: tuple[float, ...]

    @classmethod
    def of(
        cls,
        problem: LpProblem,
        objectives: Sequence[Objective],
        payoff: Payoff,
        nadir: Sequence[float] | None,
        limits: SolveLimits,
    ) -> "_Ranges":
        signs = [objective.sign for objective in objectives[1:]]
        best = [s * v for s, v in zip(signs, payoff.ideal[1:], strict=True)]
        if nadir is not None:
            start = [s * float(v) for s, v in zip(signs, nadir, strict=True)]
        elif len(objectives) == 2:
            start = [signs[0] * payoff.worst[1]]
        else:
            start = [_least(problem, objective, limits) for objective in objectives[1:]]
        return cls(tuple(start), tuple(best))


def _least(problem: LpProblem, objective: Objective, limits: SolveLimits) -> float:
    """Return the worst feasible value of an objective, its sign changed where less is better."""
    work, (signed,) = working_copy(problem, [objective])
    work.setObjective(signed * -1.0)
    found = solve(work, solver=limits.solver, gap=limits.gap, time_limit=limits.seconds_left)
    if not found.found:
        raise ChannelsimError(
            f"{objective.name} has no worst value ({found.status}); give the nadir to start from",
            code="no_nadir",
        )
    # what is best proven, not what was found: below it there is nothing
    return min(-found.bound, objective.sign * value_of(objective, found.values))


class _Stopped(Exception):
    """Time or solves are used up, or the solver gave up."""


class _Sweep:
    """The loops over the floors, and what they have been answered."""

    def __init__(
        self,
        problem: LpProblem,
        objectives: tuple[Objective, ...],
        ranges: _Ranges,
        limits: SolveLimits,
        most_solves: int | None,
    ) -> None:
        self.objectives, self.ranges, self.limits = objectives, ranges, limits
        self.answers: list[Answer] = []
        self.left = most_solves
        self.work = augmented(problem, objectives, ranges.start, ranges.best)

    def run(self) -> bool:
        """Ask all floors; return whether none is left."""
        try:
            self._loop(len(self.objectives), ())
        except _Stopped:
            return False
        return True

    def _loop(self, k: int, tighter: tuple[float, ...]) -> list[tuple[float, ...]]:
        """Raise the floor of f_k, those of f_k+1 .. f_p given; return the signed values found."""
        if k == 1:
            point = self._ask(tighter)
            return [] if point is None else [self._signed(point)]
        step, start = self.objectives[k - 1].step, self.ranges.start[k - 2]
        found: list[tuple[float, ...]] = []
        floor = start
        while inner := self._loop(k - 1, (floor, *tighter)):
            found.extend(inner)
            least = min(values[k - 1] for values in inner)
            jump = 1 + math.floor((least - start) / step + ROUNDING)
            floor = max(start + step * jump, floor + step / 2)
        return found

    def _ask(self, floors: tuple[float, ...]) -> Point | None:
        for answer in self.answers:
            laxer = all(a <= b for a, b in zip(answer.floors, floors, strict=True))
            if laxer and (answer.point is None or self._meets(answer.point, floors)):
                return answer.point
        if self.limits.over or self.left == 0:
            raise _Stopped
        self.left = None if self.left is None else self.left - 1
        self.answers.append(Answer(floors, self._solve(floors)))
        return self.answers[-1].point

    def _meets(self, point: Point, floors: tuple[float, ...]) -> bool:
        pairs = zip(self._signed(point)[1:], floors, strict=True)
        return all(value >= floor for value, floor in pairs)

    def _solve(self, floors: tuple[float, ...]) -> Point | None:
        for k, floor in enumerate(floors, 2):
            row = self.work.get_constraint_by_name(f"epsilon_{k}")
            assert row is not None
            row.changeRHS(floor)
        limits = self.limits
        found = solve(
            self.work, solver=limits.solver, gap=limits.gap, time_limit=limits.seconds_left
        )
        if found.status == "no_solution":
            raise _Stopped
        return point_of(found, self.objectives) if found.found else None

    def _signed(self, point: Point) -> tuple[float, ...]:
        return tuple(o.sign * v for o, v in zip(self.objectives, point.values, strict=True))


def augmented(
    problem: LpProblem,
    objectives: Sequence[Objective],
    floors: Sequence[float],
    best: Sequence[float],
) -> LpProblem:
    """Return a copy of a problem with the augmented objective and the rows `epsilon_k`.

    Parameters
    ----------
    floors, best
        Floors to start from and best values of f_2 .. f_p, signs changed where less is better.
    """
    work, (target, *others) = working_copy(problem, objectives)
    rows = zip(objectives[1:], others, floors, best, strict=True)
    for k, (objective, signed, floor, most) in enumerate(rows, 2):
        slack = work.add_variable(f"slack_{k}", 0)
        reach = max(most - floor, objective.step)
        weight = objectives[0].step / 2 * 10.0 ** (2 - k) / reach
        target = target + lpSum_vars_coefs([(slack, weight)])
        work.addConstraint(signed - slack == floor, f"epsilon_{k}")
    work.setObjective(target)
    return work
