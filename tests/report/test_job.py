import json
from dataclasses import replace

import pytest

from channelsim.domain.policy import Goals
from channelsim.errors import BadInput, ChannelsimError, NoPlan, OutputRefused
from channelsim.files.backdrop import BACKDROP
from channelsim.files.folder import write_scenario
from channelsim.files.layouts import read_layout
from channelsim.optimise.recommend import recommend
from channelsim.report.job import plan, recommend_file

QUICK = {"replications": 2, "draws": 2}


@pytest.fixture(scope="module")
def short(scenario):
    return scenario.replace(horizon_weeks=6)


@pytest.fixture(scope="module")
def folder(short, tmp_path_factory):
    return write_scenario(short, tmp_path_factory.mktemp("scenario") / "tiny")


@pytest.fixture(scope="module")
def told():
    """Collect what the job tells of its progress."""
    return []


@pytest.fixture(scope="module")
def done(folder, told, tmp_path_factory):
    out = tmp_path_factory.mktemp("plan") / "out"
    return plan(folder, out, **QUICK, tell=lambda *step: told.append(step))


def test_a_folder_becomes_a_plan(done):
    assert done.recommendation.status == "optimal"
    assert done.comparison.names == ("today", "plan")
    found = [p for p in done.folder.rglob("*") if p.is_file()]
    assert done.files == tuple(sorted(p.relative_to(done.folder).as_posix() for p in found))


def test_the_plan_says_where_it_was_written(done):
    assert str(done).splitlines()[-1].startswith(f"Written to {done.folder}: charts/")


def test_the_plan_is_the_recommended_layout(done, short):
    assert read_layout(done.folder / "layout.csv", short) == recommend(short).layout


def test_progress_is_told_from_planning_to_writing(done, told):
    assert told[0] == ("Finding the layout", 0, 1)
    assert told[1:-1] == [("Simulating", step, 8) for step in range(1, 9)]
    assert told[-1] == ("Writing the files", 0, 1)


def test_the_same_seed_gives_the_same_runs(done, short, tmp_path):
    again = plan(short, tmp_path / "out", **QUICK)
    contents = [(d.folder / "outcome.parquet").read_bytes() for d in (done, again)]
    assert contents[0] == contents[1]


def test_limits_that_clash_are_said_and_nothing_is_written(short, tmp_path):
    impossible = short.replace({"goals.budget": 1.0})
    with pytest.raises(NoPlan, match=r"no layout meets all limits(.|\n)*goals\.budget") as caught:
        plan(impossible, tmp_path / "out", **QUICK)
    assert caught.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_refused_folder_is_told_before_the_work(short, tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    told = []
    with pytest.raises(OutputRefused):
        plan(short, tmp_path, **QUICK, tell=lambda *step: told.append(step))
    assert told == []


def test_an_interruption_keeps_the_old_results(done, short):
    before = (done.folder / "manifest.json").read_bytes()

    def interrupt(stage, step, total):
        if step == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(short, done.folder, seed=1, **QUICK, tell=interrupt)
    assert (done.folder / "manifest.json").read_bytes() == before
    assert [p.name for p in done.folder.parent.iterdir()] == ["out"]


def test_faults_of_a_folder_are_raised_together(tmp_path):
    (tmp_path / "scenario.toml").write_text('name = "x"\n')
    with pytest.raises(BadInput) as caught:
        plan(tmp_path, tmp_path / "out")
    assert len(caught.value.faults) > 1


def test_a_backdrop_that_is_not_geojson_is_a_fault(short, tmp_path):
    folder = write_scenario(short, tmp_path / "tiny")
    (folder / BACKDROP).write_text("coast")
    with pytest.raises(BadInput, match=r"backdrop\.geojson"):
        plan(folder, tmp_path / "out", **QUICK)


def test_a_recommendation_is_written_as_a_layout(folder, short, tmp_path):
    best = recommend_file(folder, tmp_path / "best.csv", min_coverage=0.5)
    assert read_layout(tmp_path / "best.csv", short) == best.layout


def test_a_recommendation_is_written_as_a_map(folder, tmp_path):
    recommend_file(folder, tmp_path / "best.geojson")
    content = json.loads((tmp_path / "best.geojson").read_text("utf-8"))
    assert content["type"] == "FeatureCollection"


def test_without_a_layout_no_file_is_written(folder, tmp_path):
    best = recommend_file(folder, tmp_path / "best.csv", min_coverage=1.0, budget=0.0)
    assert best.status == "infeasible"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["plan.xlsx", "plan"])
def test_a_layout_file_of_another_kind_is_refused(folder, tmp_path, name):
    with pytest.raises(OutputRefused, match=r"must end in .csv or .geojson; rename it"):
        recommend_file(folder, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_table_of_the_scenario_is_not_replaced_by_a_layout(folder):
    before = (folder / "zones.csv").read_bytes()
    with pytest.raises(OutputRefused, match="holds something else than a layout"):
        recommend_file(folder, folder / "zones.csv")
    assert (folder / "zones.csv").read_bytes() == before


def test_an_unknown_language_is_told_before_anything_is_planned(folder, tmp_path, told):
    told.clear()
    with pytest.raises(ChannelsimError, match="language 'xx' is not known"):
        plan(folder, tmp_path / "out", lang="xx", tell=lambda *step: told.append(step))
    assert told == []


def test_a_plan_that_closes_everything_is_drawn(short, tmp_path):
    shut = [replace(c, must_close=True, open_today=False) for c in short.candidates]
    case = short.replace(candidates=tuple(shut), goals=Goals())
    done = plan(case, tmp_path / "out", replications=1, draws=1)
    assert done.recommendation.layout.openings == ()
    assert "nan" not in str(done)
