from functools import cache

import pytest

from channelsim.domain.layout import Layout
from channelsim.errors import BadValue, NoPlan
from channelsim.files.scenario import read_scenario
from channelsim.study.loop.close import close_loop, verdict_of
from tests.instances import tiny


@cache
def closed():
    return close_loop(tiny(), replications=4)


def rivals_in_one_town():
    """Return two shops in one town of which planned conflict is within its limit, and realised is
    not: 0.075 and 0.149; either alone has none.
    """
    case = tiny()
    return case.replace(candidates=case.candidates[:2], horizon_weeks=13).replace(
        {
            "goals.max_conflict": 0.11,
            "goals.min_coverage": None,
            "goals.incentive_budget": 0.0,
            "candidates.flagship-a.open_today": True,
            "candidates.flagship-a.capacity": 400.0,
            "candidates.north-a.open_today": False,
            "segments.everyone.inertia": 0.0,
        }
    )


def test_tiny_agrees():
    assert closed().verdict == "agreed"
    assert closed().rounds[-1].name == closed().rounds[-2].name


@pytest.mark.parametrize("measure", ["profit", "cost", "conflict"])
def test_the_plans_error_falls_fivefold_or_below_the_noise(measure):
    first, last = closed().rounds[0], closed().rounds[-1]
    noise = last.realised[measure].high - last.realised[measure].mean
    assert abs(last.error(measure)) <= max(abs(first.error(measure)) / 5, noise)


def test_the_first_round_is_the_plan_on_paper():
    first = closed().rounds[0]
    assert first.planned.profit == pytest.approx(51_669, abs=1)
    assert str(first.learnt) == "nothing learnt yet"


def test_the_choice_earns_most_of_all_visited():
    profit = closed().comparison.realised
    assert closed().within
    assert profit[closed().chosen]["profit"].mean == max(
        profit[name]["profit"].mean for name in closed().comparison.names
    )


def test_other_layouts_are_set_beside_the_choice():
    others = {d.case for d in closed().differences}
    assert others == set(closed().comparison.names) - {closed().chosen}


def test_the_scenario_is_not_edited():
    assert closed().scenario == tiny()
    assert closed().believed != tiny()


def test_the_same_seed_gives_the_same_loop():
    again = close_loop(tiny(), 2, replications=4)
    pairs = zip(again.rounds, closed().rounds, strict=False)
    assert all(a.realised == b.realised and a.planned == b.planned for a, b in pairs)


def test_a_conflict_that_plans_forget_makes_a_cycle():
    loop = close_loop(rivals_in_one_town(), 8, replications=2, damping=0.0)
    assert loop.verdict == "cycle"
    opened = [set(one.layout.open_ids) for one in loop.rounds]
    assert opened[:4] == [{"flagship-a", "north-a"}, {"flagship-a"}] * 2


def test_the_choice_keeps_a_limit_that_the_plan_on_paper_breaks():
    loop = close_loop(rivals_in_one_town(), 8, replications=2, damping=0.0)
    assert loop.rounds[0].planned.conflict <= 0.11 < loop.rounds[0].realised["conflict"].mean
    assert loop.within
    assert loop.layout.open_ids == Layout.of(["flagship-a"]).open_ids


def test_too_few_rounds_are_told():
    assert close_loop(rivals_in_one_town(), 1, replications=1).verdict == "budget"


def test_the_delta_is_planned_better_by_what_was_played():
    case = read_scenario("yangtze_delta").replace(horizon_weeks=13)
    loop = close_loop(case, 3, replications=1)
    first, last = loop.rounds[0], loop.rounds[-1]
    assert abs(last.error("profit")) < abs(first.error("profit"))
    assert abs(last.error("cost")) < abs(first.error("cost"))


@pytest.mark.parametrize(
    ("names", "verdict"),
    [
        (["a"], ""),
        (["a", "a"], "agreed"),
        (["a", "b", "a"], ""),  # a layout may come back once
        (["a", "b", "a", "b", "a"], "cycle"),
        (["a", "b", "c", "d", "e", "f", "g"], "budget"),
        (["a", "b", "c", "d", "e", "f", "f"], "agreed"),
    ],
)
def test_a_verdict_is_of_the_layouts_visited(names, verdict):
    assert verdict_of(names, 7) == verdict


def test_limits_that_clash_are_told():
    case = tiny().replace({"goals.max_open": 0})
    with pytest.raises(NoPlan):
        close_loop(case)


@pytest.mark.parametrize(
    ("wrong", "cure"),
    [
        ({"max_rounds": 0}, "max_rounds must be >= 1"),
        ({"replications": 0}, "ask for at least one run"),
        ({"damping": 2.0}, r"damping must lie in \[0, 1\]"),
    ],
)
def test_wrong_numbers_are_refused(wrong, cure):
    with pytest.raises(BadValue, match=cure):
        close_loop(tiny(), **wrong)
