import itertools
import math
from dataclasses import replace

import pytest

from channelsim.errors import BadValue, NoPlan
from channelsim.optimise.recommend import recommend
from channelsim.optimise.rollout import grown, roll_out
from channelsim.optimise.rollout_problem import REACHED
from tests.instances import tiny
from tests.optimise.oracle import Enumerated
from tests.optimise.small import small_scenario

LOOSE = {"exclusive_territories": False, "conflict_price": 0.0}
PERIODS = 3


def by_looking_at_all(scenario, yearly: float | None, growth: float, weeks: int) -> float:
    """Return the best mean contribution of every way to open each candidate once."""
    cases = [Enumerated(grown(scenario, (1 + growth) ** (t * weeks / 52))) for t in range(PERIODS)]
    worth = {}
    for t, case in enumerate(cases):
        allowed = case if t == PERIODS - 1 else Enumerated(early(case.scenario))
        for is_open in itertools.product([False, True], repeat=len(scenario.candidates)):
            if allowed.meets(is_open):
                earned, served = case.served(is_open, ())
                cap = scenario.goals.max_conflict
                if cap is None or case.conflict(is_open, (), served) <= cap + 1e-9:
                    worth[t, is_open] = earned - case.charge(is_open)
    best = -math.inf
    for path in itertools.product(*(paths(c) for c in scenario.candidates)):
        opened = list(zip(*path, strict=True))
        if all((t, row) in worth for t, row in enumerate(opened)) and affordable(
            scenario, opened, yearly, weeks
        ):
            best = max(best, sum(worth[t, row] for t, row in enumerate(opened)) / PERIODS)
    return best


def early(scenario):
    """Return the scenario without what only the last period has to reach, or sums up."""
    rows = tuple(replace(c, must_open=False) for c in scenario.candidates)
    kinds = tuple(replace(k, min_open=0) for k in scenario.channel_types)
    goals = replace(scenario.goals, min_coverage=None, setup_budget=None)
    return scenario.replace(candidates=rows, channel_types=kinds, goals=goals)


def paths(candidate):
    """Return each way to be open in an unbroken run of periods, from the first if open today."""
    runs = {
        tuple(a <= t < b for t in range(PERIODS))
        for a in range(PERIODS + 1)
        for b in range(a, PERIODS + 1)
    }
    return [run for run in runs if not candidate.open_today or run[0] or not any(run)]


def affordable(scenario, opened, yearly, weeks) -> bool:
    spent, total = {}, 0.0
    before = [c.open_today for c in scenario.candidates]
    for t, row in enumerate(opened):
        year = t * weeks // 52
        for c, was, now in zip(scenario.candidates, before, row, strict=True):
            opens, closes = now and not was, was and not now
            spent[year] = spent.get(year, 0.0) + opens * c.setup_cost + closes * c.closing_cost
            total += opens * c.setup_cost
        before = row
    cap = scenario.goals.setup_budget
    within = yearly is None or max(spent.values()) <= yearly + 1e-6
    return within and (cap is None or total <= cap + 1e-6)


@pytest.mark.parametrize("seed", range(25))
def test_the_plan_is_the_best_of_all(seed):
    scenario = small_scenario(seed, count=4, **LOOSE)
    scenario = scenario.replace(goals=replace(scenario.goals, setup_budget=None))
    weeks, growth = (26, 52)[seed % 2], (0.0, 0.4, -0.3)[seed % 3]
    yearly = (None, 20_000.0, 60_000.0)[seed % 3]
    expected = by_looking_at_all(scenario, yearly, growth, weeks)
    asked = {"periods": PERIODS, "weeks": weeks, "yearly_budget": yearly, "growth": growth}
    if expected == -math.inf:
        with pytest.raises(NoPlan):
            roll_out(scenario, **asked, gap=0.0)
        return
    found = roll_out(scenario, **asked, gap=0.0)
    assert found.status == "optimal"
    assert found.objective == pytest.approx(expected, rel=1e-6, abs=1e-3)


def new_market(**goals):
    """Return tiny with nothing open yet and no coverage asked for."""
    base = tiny()
    rows = tuple(replace(c, open_today=False) for c in base.candidates)
    wanted = replace(base.goals, min_coverage=None, incentive_budget=0.0, **goals)
    return base.replace(candidates=rows, goals=wanted)


def test_a_larger_yearly_budget_opens_earlier_and_earns_more():
    poor = roll_out(new_market(yearly_budget=16_000.0), periods=3, weeks=52, gap=0.0)
    rich = roll_out(new_market(yearly_budget=40_000.0), periods=3, weeks=52, gap=0.0)
    assert max(o.open_week for o in poor.layout.openings) == 104
    assert max(o.open_week for o in rich.layout.openings) == 0
    assert rich.planned[0].profit > poor.planned[0].profit
    assert rich.planned[0].coverage >= poor.planned[0].coverage
    assert max(poor.spent) <= 16_000.0


def test_one_period_without_a_budget_is_the_recommendation():
    alone = recommend(tiny(), gap=0.0)
    found = roll_out(tiny(), periods=1, gap=0.0)
    assert set(found.layout.open_ids) == set(alone.layout.open_ids)
    assert found.objective == pytest.approx(alone.objective)


def test_what_must_be_reached_is_reached_in_the_last_period():
    scenario = new_market(yearly_budget=4_000.0)
    asked = scenario.replace(goals=replace(scenario.goals, min_coverage=1.0))
    found = roll_out(asked, periods=2, weeks=52, gap=0.0)
    assert found.planned[0].coverage < 1.0
    assert found.planned[1].coverage == pytest.approx(1.0)
    assert found.spent == pytest.approx((3_120.0, 3_120.0))


def test_the_set_up_budget_holds_over_all_periods():
    found = roll_out(new_market(setup_budget=4_000.0), periods=3, gap=0.0)
    assert sum(found.spent) <= 4_000.0


def test_growth_makes_worthwhile_later_what_is_not_yet():
    dear = new_market().replace(
        {
            "candidates.*.eligible": False,
            "candidates.south-c.eligible": True,
            "candidates.south-c.maker_fixed_cost": 11_000.0,
        }
    )
    assert roll_out(dear, periods=4, weeks=52, gap=0.0).layout.openings == ()
    found = roll_out(dear, periods=4, weeks=52, growth=0.5, gap=0.0)
    assert found.layout.openings[0].open_week > 0
    assert found.planned[-1].units > 0


def test_what_closes_has_a_week_to_close():
    base = tiny().replace(goals=replace(tiny().goals, min_coverage=None))
    fading = base.replace({"candidates.web.maker_fixed_cost": 1_200.0})
    found = roll_out(fading, periods=4, weeks=52, growth=-0.4, gap=0.0)
    closing = {o.candidate: o.close_week for o in found.layout.openings}
    assert closing["web"] is not None
    assert found.table["closing"].str.contains("web").sum() == 1


def test_what_must_close_may_take_its_time_if_asked():
    rows = tuple(
        replace(c, must_close=c.open_today, closing_cost=2_000.0 * c.open_today)
        for c in tiny().candidates
    )
    goals = replace(tiny().goals, min_coverage=None, yearly_budget=2_000.0)
    leaving = tiny().replace(candidates=rows, goals=goals)
    with pytest.raises(NoPlan):
        roll_out(leaving, periods=3, weeks=52)
    slow = (*REACHED, "stay_shut")
    found = roll_out(leaving, periods=3, weeks=52, at_the_end=slow, gap=0.0)
    assert max(found.spent) <= 2_000.0
    assert not {"north-a", "web"} & set(found.layouts[-1].open_ids)


def test_the_table_tells_what_opens_when():
    found = roll_out(new_market(yearly_budget=16_000.0), periods=2, weeks=52, gap=0.0)
    assert list(found.table["week"]) == [0, 52]
    opening = [set(text.split(", ")) for text in found.table["opening"]]
    assert opening[0] | opening[1] == set(found.layout.open_ids)
    lines = str(found).splitlines()
    assert lines[0].endswith("2 periods of 52 weeks, optimal")
    assert "opens" in lines[1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"periods": 0}, "periods must be >= 1, got 0"),
        ({"weeks": 10}, "weeks must divide a year of 52, got 10; write 4, 13, 26 or 52"),
        ({"yearly_budget": -1.0}, "yearly_budget must be >= 0, got -1; leave it out"),
        ({"at_the_end": ("beauty",)}, "at_the_end is unknown: 'beauty'; write one of assign"),
        ({"growth": -1.0}, r"growth must lie in \[-0.9, 10\], got -1"),
    ],
)
def test_what_cannot_be_rolled_out(options, message):
    with pytest.raises(BadValue, match=message):
        roll_out(tiny(), **options)


def test_too_small_a_budget_is_said():
    asked = new_market(yearly_budget=10.0)
    asked = asked.replace(goals=replace(asked.goals, min_coverage=0.9))
    with pytest.raises(NoPlan, match="no plan over the periods meets all limits"):
        roll_out(asked, periods=2)
