from dataclasses import replace

import pytest

from channelsim.report.provenance import manifest_entries


def test_planned_figures_are_those_of_every_table(recommendation, comparison):
    entries = manifest_entries(comparison, recommendation)
    assert list(entries["planned"])[:4] == ["coverage", "cost", "conflict", "profit"]
    assert entries["planned"]["profit"] == comparison.planned["plan"].profit


def test_the_solvers_own_figures_stand_with_its_proof(recommendation, comparison):
    entries = manifest_entries(comparison, recommendation)
    assert entries["solver"]["promised"]["profit"] == recommendation.planned.profit
    assert entries["solver"]["status"] == "optimal"
    assert entries["solver"]["mode"] == "assignment"


def test_realised_figures_have_their_interval(recommendation, comparison):
    entries = manifest_entries(comparison, recommendation)
    seen = comparison.realised["plan"]["coverage"]
    assert entries["realised"]["plan"]["coverage"] == {
        "mean": seen.mean,
        "low": seen.low,
        "high": seen.high,
    }
    assert entries["assumption"]["plan"]["coverage"]["mean"] == pytest.approx(0.9)
    assert entries["draws"] == 3


def test_the_scenario_is_the_one_that_was_planned(recommendation, comparison, scenario):
    asked = scenario.replace({"goals.min_coverage": 0.5})
    entries = manifest_entries(comparison, replace(recommendation, scenario=asked))
    assert entries["scenario"] is asked


def test_without_a_recommendation_there_is_no_proof(comparison):
    entries = manifest_entries(comparison)
    assert entries["solver"] == entries["planned"] == {}
    assert entries["expected"]["today"]["coverage"] == comparison.planned["today"].coverage


def test_differences_from_the_baseline_have_both_intervals(comparison):
    differences = manifest_entries(comparison)["differences"]
    assert list(differences) == ["plan"]
    told, seen = differences["plan"]["profit"], comparison.difference("plan", "profit")
    assert told["realised"]["low"] == seen.realised.low
    assert told["assumption"]["high"] == seen.assumption.high
    assert (told["planned"], told["wins_assumption"]) == (seen.planned, 1.0)


def test_regret_is_told_of_every_case(comparison):
    regret = manifest_entries(comparison)["regret"]
    assert list(regret) == ["today", "plan"]
    assert regret["plan"] == {"case": "plan", "best": 1.0, "mean": 0.0, "worst": 0.0}


def test_the_engine_of_consumers_is_named(comparison):
    assert manifest_entries(comparison)["engine"] in {"lumped", "plain"}
