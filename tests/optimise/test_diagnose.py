from dataclasses import replace

import pytest

from channelsim.domain.market import Market
from channelsim.optimise.recommend import recommend
from tests.instances import tiny
from tests.optimise.small import small_scenario


def clashes(scenario, **goals):
    found = recommend(scenario, **goals)
    assert found.status == "infeasible"
    return {clash.limit: clash for clash in found.clashes}


def test_budget_short_of_the_coverage():
    # A and B need north-a at 120 a week, C and D one more dealer at 120
    found = clashes(tiny(), budget=150)
    assert (found["goals.budget"].asked, found["goals.budget"].reachable) == (150, 240)
    assert found["goals.min_coverage"].reachable == pytest.approx(0.6)
    assert found["goals.budget"].sentence == (
        "goals.budget allows at most 150 CNY a week, but with every other limit kept at least "
        "240 CNY a week is needed; raise it to 240 CNY a week"
    )


def test_coverage_beyond_all_candidates():
    scenario = tiny().replace(market=Market(service_standard_km=0.0))
    found = clashes(scenario, min_coverage=0.95)
    assert found["goals.min_coverage"].reachable == pytest.approx(0.8)
    assert "even with all 5 eligible candidates open" in found["goals.min_coverage"].sentence


def test_reachable_coverage_is_rounded_so_that_it_can_be_had():
    found = clashes(tiny().replace({"zones.b.population": 5_001}), budget=150)
    reachable = found["goals.min_coverage"].reachable
    again = recommend(tiny().replace({"zones.b.population": 5_001}), budget=150)
    assert again.status == "infeasible"
    cured = recommend(
        tiny().replace({"zones.b.population": 5_001}), budget=150, min_coverage=reachable
    )
    assert cured.status == "optimal"


@pytest.mark.parametrize(
    ("change", "limit", "asked", "reachable"),
    [
        ({"goals.max_open": 1}, "goals.max_open", 1, 2),
        ({"goals.setup_budget": 1000}, "goals.setup_budget", 1000, 3120),
        ({"channel_types.web.min_open": 2}, "channel_types.web.min_open", 2, 1),
        ({"channel_types.dealer.max_open": 0}, "channel_types.dealer.max_open", 0, 1),
    ],
)
def test_each_limit_is_named_with_what_can_be_had(change, limit, asked, reachable):
    clash = clashes(tiny().replace(change))[limit]
    assert (clash.asked, clash.reachable, clash.alone) == (asked, reachable, True)


def test_cure_of_one_limit_is_enough():
    found = clashes(tiny(), budget=150)
    assert recommend(tiny(), budget=found["goals.budget"].reachable).status == "optimal"


def test_least_spend_beyond_the_incentive_budget():
    scenario = tiny().replace({"candidates.north-a.must_open": True})
    responses = tuple(replace(r, min_spend=700.0) for r in scenario.responses)
    found = clashes(scenario.replace(responses=responses))
    assert found["goals.incentive_budget"].reachable == 700


def test_must_open_names_who_cannot():
    scenario = tiny().replace({"candidates.north-d.must_open": True, "goals.max_open": 2})
    scenario = scenario.replace({"candidates.web.must_open": True})
    clash = clashes(scenario)["candidates.*.must_open"]
    assert "drop must_open there" in clash.sentence
    assert (clash.asked, clash.reachable) == (2, 1)


def test_limits_that_must_change_together_say_so():
    # neither of two floors nor of two caps can give way alone
    changes = {"goals.max_open": 0, "goals.budget": 0.0, "channel_types.web.min_open": 1}
    found = clashes(tiny().replace(changes))
    assert not any(clash.alone for clash in found.values())
    assert len(found) > 1
    assert "with the other limits named here changed" in next(iter(found.values())).sentence


def test_conflict_is_told_by_the_measure():
    scenario = tiny().replace({"policy.planned_attainment": 1 / 1.12})
    clash = clashes(scenario, max_conflict=0.01)["goals.max_conflict"]
    # one dealer or the flagship for A and B, one dealer for C and D: the shortfall against quota
    # alone is left, 0.25 x 0.12 / 1.12 / 2
    assert (clash.asked, clash.reachable) == (0.01, 0.0134)
    assert clash.sentence == (
        "goals.max_conflict allows at most 0.0100, but with every other limit kept at least "
        "0.0134 is needed; raise it to 0.0134"
    )
    assert recommend(scenario, max_conflict=clash.reachable).status == "optimal"


def test_a_search_without_proof_says_so():
    # 18 candidates are too many to look at every layout
    scenario = small_scenario(31, count=18, max_conflict=0.0, min_coverage=1.0)
    found = recommend(scenario)
    assert found.status == "no_solution"
    assert "no layout was found that holds it, though one may exist" in found.clashes[0].sentence


def test_zero_demand_covers_nothing():
    scenario = tiny().replace({"zones.*.population": 0.0})
    found = clashes(scenario)
    assert found["goals.min_coverage"].reachable == 0.0


def test_no_candidates_cover_nothing():
    found = clashes(tiny().replace(candidates=(), appeals=tiny().appeals))
    assert found["goals.min_coverage"].reachable == 0.0


def test_a_sentence_names_a_few_of_many():
    case = tiny().replace({"candidates.*.must_open": True, "goals.max_open": 0})
    case = case.replace({"goals.min_coverage": 0.0})
    case = case.replace(candidates=(*case.candidates, replace(case.candidates[4], id="web-2")))
    sentence = clashes(case)["candidates.*.must_open"].sentence
    assert "flagship-a, north-a, south-c, north-d, web and 1 more cannot open" in sentence
