from itertools import combinations

import pytest

from channelsim.domain.layout import Layout, Spend, Territory
from channelsim.domain.measures import planned
from channelsim.study.loop.neighbours import bettered, toggled
from tests.instances import tiny

IDS = tuple(c.id for c in tiny().candidates)


def free(**goals):
    changes = {"goals.incentive_budget": 0.0, "goals.min_coverage": None}
    return tiny().replace(changes | {f"goals.{name}": value for name, value in goals.items()})


def every(case, holds):
    """Return the highest planned profit of all layouts for which `holds`."""
    layouts = [Layout.of(ids) for n in range(6) for ids in combinations(IDS, n)]
    told = [planned(case, layout) for layout in layouts]
    return max(m.profit for m in told if holds(m))


@pytest.mark.parametrize("start", [(), IDS, ("south-c",)])
def test_moves_find_the_best_of_all_layouts(start):
    found = bettered(free(), Layout.of(start))
    assert planned(free(), found).profit == pytest.approx(every(free(), lambda m: True))


def test_moves_keep_limits():
    case = free(max_conflict=0.1, min_coverage=0.8)
    told = planned(case, bettered(case, Layout.of(IDS)))
    assert told.conflict <= 0.1
    assert told.coverage >= 0.8
    best = every(case, lambda m: m.conflict <= 0.1 and m.coverage >= 0.8)
    assert told.profit == pytest.approx(best)


@pytest.mark.parametrize(
    ("goal", "most"), [({"max_open": 2}, 2), ({"setup_budget": 3_500.0}, 3), ({"budget": 800.0}, 4)]
)
def test_moves_keep_limits_on_what_is_open(goal, most):
    found = bettered(free(**goal), free().today)
    assert len(found.openings) <= most


def test_what_must_open_stays():
    case = free().replace({"candidates.flagship-a.must_open": True, "candidates.web.eligible": 0})
    found = bettered(case, Layout.of(["flagship-a"])).open_ids
    assert "flagship-a" in found
    assert "web" not in found


def test_exclusive_territories_are_left_alone():
    case = free(exclusive_territories=True)
    assert bettered(case, Layout.of(["south-c"])) == Layout.of(["south-c"])


def test_a_partner_that_closes_takes_its_money_and_territory_with_it():
    layout = Layout.of(["north-a", "south-c"]).replace(
        territories=(Territory("south", "c"), Territory("north", "a")),
        incentives=(Spend("south", "training", 50.0),),
    )
    found = toggled(tiny(), layout, "south-c")
    assert (found.open_ids, found.incentives) == (("north-a",), ())
    assert found.territories == (Territory("north", "a"),)


def test_an_outlet_that_opens_takes_its_cost_from_incentives():
    case = tiny().replace({"goals.budget": 1_000.0, "goals.min_coverage": None})
    layout = Layout.of(["north-a", "south-c"]).replace(
        incentives=(Spend("north", "training", 700.0),)
    )
    found = bettered(case, layout)
    assert len(found.openings) > 2
    assert 0 < found.incentives[0].value < 700


@pytest.mark.parametrize(
    "limits",
    [
        {"goals.max_changes": 0},
        {"goals.participation": True},
        {"candidates.north-a.min_volume": 1.0},
    ],
)
def test_a_plan_stays_as_it_is_under_limits_that_moves_do_not_look_at(limits):
    case = tiny().replace(limits)
    assert bettered(case, case.today) == case.today
