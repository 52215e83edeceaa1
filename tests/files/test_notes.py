from dataclasses import replace

import pytest

from channelsim.files.notes import notes_on
from channelsim.files.scenario import check, read_scenario
from tests.instances import tiny


def told(scenario):
    notes = list(notes_on(scenario))
    assert all(note.severity == "note" for note in notes)
    return [str(note) for note in notes]


def physical(scenario):
    return replace(scenario, candidates=scenario.candidates[:-1])


def test_a_sound_scenario_is_left_in_peace():
    assert told(tiny()) == []


def test_a_zone_that_nobody_reaches_is_named():
    far = replace(tiny().zones[3], latitude=50.0)
    scenario = replace(physical(tiny()), zones=(*tiny().zones[:3], far), distances=())
    scenario = scenario.replace({"candidates.north-d.eligible": False})
    assert "zones: d: no candidate reaches it; add one or raise reach_km" in told(scenario)


def test_demand_of_zero_is_told():
    assert told(tiny().replace({"zones.*.population": 0.0}))[0].startswith("zones: demand is zero")


def test_a_zone_without_people_is_named():
    note = "zones: b: nobody lives there; raise population or delete it"
    assert told(tiny().replace({"zones.b.population": 0.0})) == [note]


def test_a_budget_that_covers_nothing_is_told_with_the_least():
    scenario = tiny().replace({"goals.budget": 10.0})
    note = "goals.budget: it opens nothing, the cheapest candidate costs 120 a week; raise it"
    assert told(scenario) == [note]  # a dealer: 100 fixed + 3,120 of set-up over 156 weeks


def test_a_coverage_out_of_reach_is_told_with_the_most():
    scenario = tiny().replace({"candidates.south-c.eligible": False})
    scenario = scenario.replace({"candidates.north-d.eligible": False})
    note = "goals.min_coverage: candidates can cover 0.600 at most; lower it or add candidates"
    assert told(scenario) == [note]


def test_missing_appeals_are_named():
    scenario = replace(tiny(), appeals=tiny().appeals[:2])
    assert told(scenario)[0].startswith("appeals: web to everyone: no row, so the appeal is 0")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"segments.everyone.price_sensitivity": 0.011}, "is 0.011 in use, but 0.01 here"),
        ({}, None),
    ],
)
def test_an_assumption_that_is_not_the_value_in_use_is_told(changes, said):
    notes = told(tiny().replace(changes))
    assert notes == [] if said is None else said in notes[0]


def test_an_assumption_of_what_is_not_set_is_told():
    row = replace(tiny().assumptions[0], path="goals.budget")
    (note,) = told(replace(tiny(), assumptions=(row,)))
    assert "goals.budget is not set, so there is nothing to vary" in note


def test_todays_file_and_flags_that_disagree_are_told(edit):
    folder = edit("candidates.csv", "600,100,500,3120,400,2,0", "600,100,500,3120,400,2,1")
    (note,) = check(folder)
    assert (note.file, note.severity) == ("layouts/today.csv", "note")
    assert note.cure.startswith("south-c: open here or by open_today")


def test_notes_do_not_stop_reading(edit):
    folder = edit("scenario.toml", "min_coverage = 0.9", "budget = 1")
    assert [fault.severity for fault in check(folder)] == ["note"]
    assert read_scenario(folder).goals.budget == 1
