import math
from dataclasses import replace

import numpy as np
import pytest

from channelsim.errors import BadValue, NoPlan
from channelsim.optimise.recommend import recommend
from channelsim.optimise.risk import Risk
from channelsim.optimise.uncertain import plan_under
from tests.instances import tiny
from tests.optimise.oracle import Enumerated
from tests.optimise.small import small_scenario

LOOSE = {"exclusive_territories": False, "conflict_price": 0.0, "max_conflict": None}
CHANCE = (0.5, 0.3, 0.2)


def three(seed: int, **goals):
    """Return a small scenario as it is, with demand halved and dear goods, and with it doubled."""
    base = small_scenario(seed, **{**LOOSE, **goals})
    rates = "segments.*.purchase_rate"
    poor = base.changed({rates: lambda v: v / 2, "economics.unit_cost": lambda v: v + 12})
    rich = base.changed({rates: lambda v: v * 1.8, "candidates.*.supply_cost": lambda v: v + 3})
    return {"base": base, "poor": poor, "rich": rich}


def mean_of_worst(worth, alpha: float) -> float:
    """Return the mean of the worst 1 - alpha by filling it from the worst up."""
    left, total = 1 - alpha, 0.0
    for value, probability in sorted(zip(worth, CHANCE, strict=True)):
        part = min(left, probability)
        total, left = total + part * value, left - part
    return total / (1 - alpha)


def worths(named) -> list[tuple[float, ...]]:
    """Return what each layout within all limits earns in each scenario, by looking at all."""
    cases = [Enumerated(scenario) for scenario in named.values()]
    rows = []
    for is_open in cases[0].layouts():
        if not all(case.meets(is_open) for case in cases[1:]):
            continue
        row, calm = [], True
        for case in cases:
            earned, served = case.served(is_open, ())
            row.append(earned - case.charge(is_open))
            cap = case.scenario.goals.max_conflict
            calm &= cap is None or case.conflict(is_open, (), served) <= cap + 1e-9
        if calm:
            rows.append(tuple(row))
    return rows


def best_of_all(named, risk: Risk) -> float:
    rows = worths(named)
    if risk.most_loss is not None:
        rows = [r for r in rows if mean_of_worst(r, risk.alpha) >= -risk.most_loss - 1e-6]
    if risk.least_worth is not None:
        earned = [np.array(r) >= risk.least_worth - 1e-6 for r in rows]
        enough = [e @ np.array(CHANCE) >= risk.chance - 1e-9 for e in earned]
        rows = [r for r, holds in zip(rows, enough, strict=True) if holds]
    if risk.objective == "expected":
        return max((float(np.dot(r, CHANCE)) for r in rows), default=-math.inf)
    if risk.objective == "cvar":
        return max((mean_of_worst(r, risk.alpha) for r in rows), default=-math.inf)
    own = [Enumerated(scenario).best() for scenario in named.values()]
    return max((-float(np.max(np.subtract(own, r))) for r in rows), default=-math.inf)


def is_best_of_all(named, risk: Risk) -> None:
    expected = best_of_all(named, risk)
    if expected == -math.inf:
        with pytest.raises(NoPlan):
            plan_under(named, risk=risk, probabilities=CHANCE, gap=0.0)
        return
    found = plan_under(named, risk=risk, probabilities=CHANCE, gap=0.0)
    assert found.status == "optimal"
    assert found.value == pytest.approx(expected, rel=1e-6, abs=1e-3)


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("objective", ["expected", "cvar", "regret"])
def test_the_layout_is_the_best_of_all(seed, objective):
    is_best_of_all(three(seed), Risk(objective, alpha=0.6))


@pytest.mark.parametrize("seed", range(10))
def test_the_best_of_all_within_a_bound_on_loss(seed):
    named = three(seed)
    rows = worths(named)
    tails = sorted(mean_of_worst(r, 0.75) for r in rows)
    if tails:
        is_best_of_all(named, Risk(alpha=0.75, most_loss=-tails[len(tails) * 3 // 4]))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("chance", [0.5, 0.8])
def test_the_best_of_all_that_earns_enough_with_a_chance(seed, chance):
    named = three(seed)
    worst = sorted(min(r) for r in worths(named))
    if worst:
        floor = worst[-1] + 500.0
        is_best_of_all(named, Risk(least_worth=floor, chance=chance))


@pytest.mark.parametrize("seed", range(12))
def test_the_best_of_all_within_the_conflict_cap_of_each(seed):
    is_best_of_all(three(seed, max_conflict=0.03 + seed / 100), Risk())


def test_one_scenario_is_planned_as_alone():
    alone = recommend(tiny(), gap=0.0)
    found = plan_under([tiny()], gap=0.0)
    assert set(found.layout.open_ids) == set(alone.layout.open_ids)
    assert found.value == pytest.approx(alone.objective)
    assert found.value_of_information == pytest.approx(0.0, abs=1e-6)


def risky():
    """A flagship that earns 9,900 a week or loses 2,100, and dealers that earn little."""
    base = tiny().replace(goals=replace(tiny().goals, min_coverage=None, incentive_budget=0.0))
    return [base, base.replace({"segments.everyone.purchase_rate": 0.002})]


def test_a_bound_on_what_is_lost_in_the_worst_scenarios_opens_less():
    free = plan_under(risky(), gap=0.0)
    held = [
        case.replace({"goals.max_shortfall": 400.0, "goals.risk_level": 0.5}) for case in risky()
    ]
    bound = plan_under(held, gap=0.0)
    assert free.worth[1] < -400.0
    assert bound.tail >= -400.0 - 1e-6
    assert len(bound.layout.openings) < len(free.layout.openings)
    assert bound.expected < free.expected


def test_how_often_each_candidate_opens():
    found = plan_under(risky(), probabilities=(0.7, 0.3), gap=0.0)
    shares = dict(zip(found.candidates, found.opens.tolist(), strict=True))
    assert shares["flagship-a"] == pytest.approx(0.7)
    assert found.robustness["share"].tolist() == found.opens.tolist()


def test_information_is_worth_the_mean_regret():
    found = plan_under(risky(), gap=0.0)
    own = [recommend(case, gap=0.0).objective for case in risky()]
    assert found.value_of_information == pytest.approx(np.mean(own) - found.expected)
    assert found.table["regret"].tolist() == pytest.approx((np.array(own) - found.worth).tolist())


def test_a_plan_tells_its_risk():
    text = str(plan_under({"good": risky()[0], "bad": risky()[1]}, gap=0.0)).splitlines()
    assert text[0].startswith("2 scenarios: optimal, ")
    assert "(bad)" in text[1]


@pytest.mark.parametrize(
    ("cases", "options", "message"),
    [
        ([], {}, "there is no scenario to plan for; give one or more"),
        ([tiny(), small_scenario(1, **LOOSE)], {}, "scenarios must have the same candidates"),
        (
            [tiny().replace({"goals.conflict_price": 5.0})],
            {},
            "goals.conflict_price must be 0 in a plan under several scenarios, not so in 1; set",
        ),
        ([tiny()], {"probabilities": (0.4,)}, "probabilities must be 1 numbers >= 0 that sum to 1"),
    ],
)
def test_what_cannot_be_planned(cases, options, message):
    with pytest.raises(BadValue, match=message):
        plan_under(cases, **options)


def test_no_layout_for_all_is_said():
    poor = tiny().replace({"goals.max_open": 1, "goals.min_coverage": 0.5})
    other = tiny().replace({"goals.min_coverage": 1.0})
    with pytest.raises(NoPlan, match="no layout meets all limits in all scenarios"):
        plan_under([poor, other], gap=0.0)
