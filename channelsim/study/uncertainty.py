"""Plans for what is not known: scenarios given by name, or drawn from the assumptions' ranges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from channelsim.domain import checks
from channelsim.domain.scenario import Scenario
from channelsim.optimise.gap_interval import GapInterval, gap_interval
from channelsim.optimise.risk import Risk
from channelsim.optimise.uncertain import UncertainPlan, plan_under, worth_under
from channelsim.study.draws import draw_assumptions, with_draw


@dataclass(frozen=True, eq=False)
class SampledPlan:
    """A plan chosen on a sample, with how far it may be from the best for all that may come."""

    plan: UncertainPlan
    """The plan, best on the sample it was chosen on."""
    gap: GapInterval
    """What it may fall short of the best layout, by expected worth; money per week."""

    def __str__(self) -> str:
        return f"{self.plan}\n  beyond the sample: {self.gap} a week"


def recommend_under(
    scenarios: Scenario | Mapping[str, Scenario] | Sequence[Scenario],
    *,
    draws: int = 20,
    seed: int = 0,
    objective: str = "expected",
    alpha: float | None = None,
    max_cvar_loss: float | None = None,
    least_worth: float | None = None,
    chance: float = 0.9,
    probabilities: Sequence[float] | None = None,
    gap: float = 1e-4,
    time_limit: float | None = None,
) -> UncertainPlan:
    """Recommend one layout for several scenarios, or for draws of one scenario's assumptions.

    Limits hold in every one of several scenarios. Of draws they are not asked: a plan that keeps
    to its budget by the figures as given may overrun it otherwise, at its own cost.

    Parameters
    ----------
    scenarios
        Scenarios of the same candidates, by name or not; or one, whose assumptions are drawn.
    draws, seed
        Draws of the assumptions of a single scenario, and the root of their random numbers.
    objective
        expected: mean contribution; cvar: its mean in the worst 1 - alpha of scenarios; regret:
        the least largest regret.
    alpha
        Level of the worst scenarios; `goals.risk_level` by default.
    max_cvar_loss
        Most money per week to lose on average in the worst scenarios, below 0 for least to earn;
        `goals.max_shortfall` by default.
    least_worth, chance
        Money per week to earn with at least this probability; None: nothing is asked.
    probabilities
        Probability of each scenario; all equal by default.
    gap
        Relative gap at which to stop.
    time_limit
        Seconds at which to stop with the best so far; None: no limit.

    Raises
    ------
    BadValue
        If scenarios differ in their candidates, or a number is out of range.
    NoPlan
        If no layout meets all limits in all scenarios.
    """
    base = scenarios if isinstance(scenarios, Scenario) else None
    cases = drawn(scenarios, draws, seed) if isinstance(scenarios, Scenario) else scenarios
    checks.require(bool(cases), "there is no scenario to plan for; give one or more")
    first = next(iter(cases.values() if isinstance(cases, Mapping) else cases))
    level = first.goals.risk_level if alpha is None else alpha
    most = first.goals.max_shortfall if max_cvar_loss is None else max_cvar_loss
    risk = Risk(objective, level, most, least_worth, chance)
    return plan_under(
        cases, risk=risk, base=base, probabilities=probabilities, gap=gap, time_limit=time_limit
    )


def saa(
    scenario: Scenario,
    *,
    sample: int = 20,
    batches: int = 10,
    seed: int = 0,
    level: float = 0.95,
    gap: float = 1e-4,
    time_limit: float | None = None,
) -> SampledPlan:
    """Choose a layout by sample-average approximation, with an interval of its optimality gap.

    The layout is the best on one sample of the assumptions' draws; its gap to the best for all
    draws is judged on further, independent batches (Mak, Morton & Wood 1999).

    Parameters
    ----------
    sample
        Draws of the sample, and of each batch.
    batches
        Batches to judge it on.
    level
        Level of the interval.
    gap, time_limit
        Relative gap and seconds of each solve.

    Raises
    ------
    BadValue
        If a number is out of range, or no assumption has a range.
    NoPlan
        If no layout meets all limits in all draws.
    """
    checks.whole("sample", sample, 1)
    checks.whole("batches", batches, 2)
    limits: dict[str, Any] = {"base": scenario, "gap": gap, "time_limit": time_limit}
    plan = plan_under(drawn(scenario, sample, seed), **limits)

    def optimum(batch: Mapping[str, Scenario]) -> float:
        return plan_under(batch, alone=False, **limits).bound

    def worth(batch: Mapping[str, Scenario]) -> float:
        return float(worth_under(list(batch.values()), plan.layout).mean())

    further = (drawn(scenario, sample, seed + 1 + number) for number in range(batches))
    return SampledPlan(plan, gap_interval(further, optimum, worth, level=level))


def drawn(scenario: Scenario, draws: int, seed: int) -> dict[str, Scenario]:
    """Return a scenario under draws of its assumptions, by name.

    Raises
    ------
    BadValue
        If no assumption has a range, or there is no draw.
    """
    checks.whole("draws", draws, 1)
    found = draw_assumptions(scenario, draws, seed)
    checks.require(
        bool(found),
        f"{scenario.name} has no assumption with a range to draw from; give low and high in "
        "assumptions.csv, or give several scenarios",
    )
    return {f"draw {k}": with_draw(scenario, draw) for k, draw in enumerate(found, 1)}
