from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.measures import planned
from channelsim.errors import BadValue, NoPlan
from channelsim.optimise.frontier import frontier
from channelsim.optimise.frontier_points import Question, by_program
from channelsim.optimise.layout_inputs import Coverage
from channelsim.optimise.plan import SolveLimits
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.search import Search
from tests.instances import tiny
from tests.optimise.oracle import Enumerated
from tests.optimise.small import small_scenario

FREE = {
    "max_conflict": None,
    "conflict_price": 0.0,
    "min_coverage": None,
    "exclusive_territories": False,
}
ALL = ("cost", "coverage", "conflict")


def cost(every: Enumerated, is_open, served) -> float:
    """Return cost to serve, worked out from what each sale leaves the maker."""
    unit = every.scenario.economics.unit_cost
    total = every.charge(is_open)
    for arc, share in served:
        candidate, kind = every.candidates[arc.site], every.kinds[arc.site]
        price = kind.price if candidate.price is None else candidate.price
        total += share * ((price - unit) * arc.total - arc.value)
    return total


def by_looking_at_all(scenario) -> np.ndarray:
    """Return (cost, -coverage, conflict) of the layouts that no other betters, sorted."""
    every = Enumerated(scenario)
    rows = []
    for is_open in every.layouts():
        _, served = every.served(is_open, ())
        rows.append(
            (
                cost(every, is_open, served),
                -every.coverage(is_open),
                every.conflict(is_open, (), served),
            )
        )
    values = np.array(rows).reshape(len(rows), 3)
    near = 1e-7 * np.maximum(np.abs(values).max(axis=0), 1)
    kept = [
        row
        for row in values
        if not ((values <= row + near).all(axis=1) & (values < row - near).any(axis=1)).any()
    ]
    return _once(np.array(sorted(map(tuple, kept))), near)


def _once(rows: np.ndarray, near: np.ndarray) -> np.ndarray:
    kept: list[np.ndarray] = []
    for row in rows:
        if not any((np.abs(row - other) <= near).all() for other in kept):
            kept.append(row)
    return np.array(kept)


def values(front) -> np.ndarray:
    rows = [(p.planned.cost, -p.planned.coverage, p.planned.conflict) for p in front.points]
    return np.array(sorted(rows))


@pytest.mark.parametrize("seed", range(50))
def test_front_is_that_of_looking_at_all(seed):
    scenario = small_scenario(seed, **FREE)
    expected_none = not any(True for _ in Enumerated(scenario).layouts())
    if expected_none:
        with pytest.raises(NoPlan, match="no layout meets the limits"):
            frontier(scenario, ALL)
        return
    front = frontier(scenario, ALL)
    assert front.complete
    assert front.exact
    np.testing.assert_allclose(values(front), by_looking_at_all(scenario), rtol=1e-6, atol=1e-6)


def test_front_of_tiny():
    front = frontier(tiny(), ALL)
    # nothing; the flagship, which covers a and b; and it with the dealer in d, for c
    opened = [point.layout.open_ids for point in front.points]
    assert opened == [(), ("flagship-a",), ("flagship-a", "north-d")]
    assert [point.planned.coverage for point in front.points] == pytest.approx([0.0, 0.6, 1.0])


def question(scenario, names, mode="pareto", points=10) -> Question:
    inputs, nodes = scenario_inputs(scenario)
    if "coverage" in names:
        whole = scenario.replace(goals=replace(scenario.goals, min_coverage=1.0))
        cover = scenario_inputs(whole)[0].limits.coverage
        inputs = inputs.limited(coverage=replace(cover, least=0.0))
    search = Search(scenario, inputs, nodes, SolveLimits(gap=0.0))
    return Question(search, names, mode, (1.0,) * len(names), points)


def roomy(seed: int):
    """Return a small scenario in which no capacity binds."""
    case = small_scenario(seed, **FREE, budget=None, setup_budget=None, max_open=None)
    rows = tuple(replace(c, capacity=None, must_open=False) for c in case.candidates)
    kinds = tuple(replace(k, min_open=0) for k in case.channel_types)
    return case.replace(candidates=rows, channel_types=kinds)


@pytest.mark.parametrize("seed", range(12))
def test_the_program_finds_the_front_of_cost_and_coverage(seed):
    scenario = roomy(seed)
    program = by_program(question(scenario, ("cost", "coverage"), points=400), None)
    listed = frontier(scenario, ("cost", "coverage"))
    found = [(p.planned.cost, p.planned.coverage) for p in program.efficient]
    expected = [(p.planned.cost, p.planned.coverage) for p in listed.points]
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("seed", range(12))
def test_what_the_program_counts_is_what_is_measured(seed):
    program = by_program(question(roomy(seed), ("cost", "coverage", "profit"), points=4), None)
    counted = {p.values[:1] for p in program.front.points}
    measured = [p.planned.cost for p in program.points]
    assert all(any(c == pytest.approx(m, rel=1e-6, abs=1e-4) for (c,) in counted) for m in measured)


@pytest.mark.parametrize("seed", range(8))
def test_conflict_by_its_index_is_checked_on_the_measure(seed):
    scenario = roomy(seed)
    program = by_program(question(scenario, ("profit", "conflict"), points=6), None)
    for point in program.points:
        again = planned(scenario, point.layout).conflict
        assert point.planned.conflict == pytest.approx(again, abs=1e-9)
    worst = max(p.planned.conflict for p in program.points)
    assert min(p.planned.conflict for p in program.efficient) <= worst


@pytest.mark.parametrize("seed", [0, 1, 3, 6])
def test_a_cap_on_conflict_holds_on_the_measure(seed):
    free = roomy(seed)
    most = max(p.planned.conflict for p in frontier(free, ("profit", "coverage")).points)
    capped = free.replace(goals=replace(free.goals, max_conflict=0.6 * most))
    program = by_program(question(capped, ("profit", "coverage"), points=5), None)
    assert max(p.planned.conflict for p in program.points) <= 0.6 * most + 1e-9


def test_dominated_points_are_marked():
    program = by_program(question(roomy(3), ("profit", "conflict"), points=12), None)
    rows = [(p.planned.profit, -p.planned.conflict, p.dominated) for p in program.points]
    for profit, calm, dominated in rows:
        beaten = any(
            a >= profit - 1e-6 and b >= calm - 1e-9 and (a > profit + 1e-3 or b > calm + 1e-6)
            for a, b, _ in rows
        )
        assert dominated == beaten


def test_an_incomplete_front_goes_on():
    scenario = small_scenario(5, count=16, **FREE, budget=None, setup_budget=None)
    begun = frontier(scenario, ("cost", "coverage"), points=6, gap=0.0)
    asked = question(scenario, ("cost", "coverage"), points=6)
    half = replace(begun.front, answers=begun.front.answers[:1], complete=False)
    resumed = by_program(asked, half)
    assert not begun.exact
    assert resumed.complete
    assert len(resumed.front.answers) == len(begun.front.answers)
    assert len(begun.front.answers) >= 3
    assert [p.planned.cost for p in resumed.points] == pytest.approx(
        [p.planned.cost for p in begun.points]
    )


@pytest.mark.parametrize("few", [True, False])
def test_lexicographic_is_the_best_of_the_first(few):
    names = ("coverage", "cost")
    scenario = roomy(4)
    whole = frontier(scenario, names)
    if few:
        only = frontier(scenario, names, mode="lexicographic")
    else:
        only = by_program(question(scenario, names, "lexicographic"), None)
    (point,) = only.points
    most = max(p.planned.coverage for p in whole.points)
    least = min(p.planned.cost for p in whole.points if p.planned.coverage >= most - 1e-9)
    assert point.planned.coverage == pytest.approx(most)
    assert point.planned.cost == pytest.approx(least)


@pytest.mark.parametrize("few", [True, False])
def test_weighted_is_the_best_weighted_share(few):
    names = ("coverage", "cost")
    scenario = roomy(4)
    whole = frontier(scenario, names)
    if few:
        only = frontier(scenario, names, mode="weighted")
    else:
        only = by_program(question(scenario, names, "weighted"), None)
    covers = [p.planned.coverage for p in whole.points]
    costs = [p.planned.cost for p in whole.points]

    def worth(p):
        cover = (p.planned.coverage - min(covers)) / (max(covers) - min(covers))
        return cover - (p.planned.cost - min(costs)) / (max(costs) - min(costs))

    assert worth(only.points[0]) == pytest.approx(max(map(worth, whole.points)))


def test_weight_decides():
    first = frontier(tiny(), ("profit", "conflict"), mode="weighted", weights=(9.0, 1.0))
    second = frontier(tiny(), ("profit", "conflict"), mode="weighted", weights=(1.0, 9.0))
    assert first.points[0].planned.profit > second.points[0].planned.profit
    assert first.points[0].planned.conflict > second.points[0].planned.conflict


def test_goals_for_what_is_traded_off_hold_only_if_asked():
    assert min(p.planned.coverage for p in frontier(tiny(), ALL).points) == 0.0
    within = frontier(tiny(), ALL, within_goals=True)
    assert min(p.planned.coverage for p in within.points) >= 0.9


def test_no_time_is_told_from_no_layout():
    with pytest.raises(NoPlan, match="no layout was found in time; give more"):
        frontier(tiny(), ALL, time_limit=0.0)
    impossible = tiny().replace({"goals.max_open": 1, "goals.min_coverage": 1.0})
    with pytest.raises(NoPlan, match="no layout meets the limits; loosen one"):
        frontier(impossible, ALL, within_goals=True)


def test_other_goals_hold():
    tight = tiny().replace({"goals.max_open": 1})
    assert max(len(p.layout.openings) for p in frontier(tight, ALL).points) == 1


def test_the_table_marks_the_knee():
    front = frontier(tiny(), ("profit", "conflict"))
    assert front.table["knee"].sum() == 1
    assert list(front.table.columns)[:2] == ["profit", "conflict"]
    assert front.table["profit"].is_monotonic_increasing
    assert front.knee.planned.profit == front.table.loc[front.table["knee"], "profit"].item()


def test_a_front_tells_its_points():
    lines = str(frontier(tiny(), ("profit", "conflict"))).splitlines()
    assert lines[0].startswith("Tiny 小例: 6 points (pareto, every layout looked at, ")
    assert "Maker's contribution" in lines[1]
    assert sum(line.endswith("knee") for line in lines) == 1


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (("cost",), {}, "objectives must be 2 or more different names, got cost; write some of"),
        (("cost", "cost"), {}, "objectives must be 2 or more different names"),
        (("cost", "beauty"), {}, "objectives is unknown: 'beauty'; write one of profit, cost"),
        (ALL, {"mode": "greedy"}, "mode is unknown: 'greedy'; write one of pareto"),
        (ALL, {"weights": (1.0,)}, "weights must be 3 numbers, got 1; write one for each"),
        (ALL, {"points": 1}, "points must be >= 2"),
    ],
)
def test_what_cannot_be_asked(names, options, message):
    with pytest.raises(BadValue, match=message):
        frontier(tiny(), names, **options)


def test_coverage_counts_no_floor_of_its_own():
    asked = question(tiny(), ("cost", "coverage"))
    cover = asked.search.inputs.limits.coverage
    assert isinstance(cover, Coverage)
    assert cover.least == 0.0
