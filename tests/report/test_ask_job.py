"""From variants to questions and answers."""

import pytest

from channelsim.domain.layout import Layout
from channelsim.errors import BadInput
from channelsim.files.folder import write_scenario
from channelsim.files.layouts import write_layout
from channelsim.report.ask_job import ask_files, read_questions

CASES = """
title = "罚款 · Fines"
question = "Which fine?"
layout = "wide"
measures = ["cost", "lost"]
baseline = "罚 1 · Fine of 1"
newcomer = "web"
[changes]
"policy.fine" = 1
[[cases]]
title = "罚 2 · Fine of 2"
[cases.changes]
"policy.fine" = 2
[[cases]]
title = "today's shops"
layout = "today"
"""


@pytest.fixture(scope="module")
def folder(scenario, tmp_path_factory):
    """`tiny` with the layout `wide`, questions with and without cases, and a variant without."""
    place = write_scenario(scenario.replace(horizon_weeks=3), tmp_path_factory.mktemp("s") / "tiny")
    for name in ("layouts", "variants"):
        (place / name).mkdir(exist_ok=True)
    write_layout(Layout.of(["north-a", "south-c"]), scenario, place / "layouts" / "wide.csv")
    texts = {
        "cases": CASES,
        "flat": 'question = "Dear?"\n[changes]\n"policy.fine" = 9\n',
        "moved": 'title = "More shops"\nquestion = "More?"\nlayout = "wide"\n',
        "mute": 'layout = "wide"\n',
    }
    for name, text in texts.items():
        (place / "variants" / f"{name}.toml").write_text(text, "utf-8")
    return place


def test_variants_that_ask_something_are_questions(folder):
    assert list(read_questions(folder)) == ["cases", "flat", "moved"]


def test_cases_stand_beside_the_variants_own_setting(folder):
    question = read_questions(folder)["cases"]
    assert list(question.cases) == ["Fine of 1", "Fine of 2", "today's shops"]
    fines = [scenario.policy.fine for scenario, _ in question.cases.values()]
    assert fines == [1, 2, 1]
    opened = [len(layout.openings) for _, layout in question.cases.values()]
    assert (opened, question.cases["today's shops"][1].open_ids) == ([2, 2, 2], ("north-a", "web"))
    assert (question.measures, question.newcomer) == (("cost", "lost"), "web")


def test_a_variant_without_cases_stands_beside_the_scenario(folder, scenario):
    flat, moved = read_questions(folder, ["flat", "moved"]).values()
    assert list(flat.cases) == ["As is", "flat"]
    assert flat.cases["As is"][0].policy == scenario.policy
    assert [len(layout.openings) for _, layout in flat.cases.values()] == [2, 2]
    assert moved.cases["As is"][1] == scenario.today
    assert moved.cases["More shops"][1].open_ids == ("north-a", "south-c")


@pytest.mark.parametrize(
    ("names", "told"),
    [(["mute"], "asks nothing; write question ="), (["cases", "flet"], "did you mean 'flat'?")],
)
def test_what_cannot_be_asked_is_refused(folder, names, told):
    with pytest.raises(BadInput, match=told.replace("?", r"\?")):
        read_questions(folder, names)


def test_answers_are_shown_as_they_come_and_returned(folder):
    shown = []
    asked = ask_files(folder, ["flat", "moved"], replications=1, draws=0, show=shown.append)
    assert [answer.question.name for answer in shown] == ["flat", "moved"]
    assert asked.answers == tuple(shown)
    assert str(asked).count("Answer: ") == 2


def test_progress_names_the_question(folder):
    told = []
    ask_files(folder, ["flat"], replications=2, draws=2, tell=lambda *step: told.append(step))
    assert told[-1] == ("Simulating flat", 8, 8)


def test_a_scenario_that_asks_nothing_is_told_how_to(scenario, tmp_path):
    place = write_scenario(scenario, tmp_path / "tiny")
    with pytest.raises(BadInput, match=r"questions: the scenario has no variants; put \.toml"):
        read_questions(place)
    (place / "variants").mkdir()
    (place / "variants" / "mute.toml").write_text('layout = "today"\n', "utf-8")
    with pytest.raises(BadInput, match=r"mute\.toml, question: asks nothing; write question ="):
        read_questions(place)


@pytest.mark.parametrize("name", ["answers.txt", "Manifest.json"])
def test_a_variant_named_like_a_file_written_is_refused_before_playing(scenario, tmp_path, name):
    place = write_scenario(scenario, tmp_path / "tiny")
    (place / "variants").mkdir(exist_ok=True)
    text = 'question = "Dear?"\n[changes]\n"policy.fine" = 9\n'
    (place / "variants" / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(BadInput, match="give the variant another name"):
        ask_files(place, [name], tmp_path / "out", replications=1, draws=0)
    assert not (tmp_path / "out").exists()


def test_who_sold_before_is_no_newcomer(scenario, tmp_path):
    place = write_scenario(scenario.replace(horizon_weeks=3), tmp_path / "tiny")
    (place / "variants").mkdir(exist_ok=True)
    text = 'question = "Q?"\nnewcomer = "web"\nmeasures = ["units"]\n[changes]\n"policy.fine" = 9\n'
    (place / "variants" / "w.toml").write_text(text, "utf-8")
    (answer,) = ask_files(place, ["w"], replications=2, draws=0).answers
    assert "new to the brand" not in str(answer)


def test_a_variant_titled_like_what_it_is_compared_with_is_refused(scenario, tmp_path):
    place = write_scenario(scenario, tmp_path / "tiny")
    (place / "variants").mkdir(exist_ok=True)
    text = 'title = "As is"\nquestion = "Q?"\n[changes]\n"policy.fine" = 9\n'
    (place / "variants" / "twin.toml").write_text(text, "utf-8")
    with pytest.raises(BadInput, match="write another title"):
        read_questions(place, ["twin"])
