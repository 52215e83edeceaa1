import json
from dataclasses import replace

import pandas as pd
import pytest

from channelsim.errors import BadValue, OutputRefused
from channelsim.files.layouts import read_layout
from channelsim.report.plan_files import write_comparison, write_layout_file, write_plan
from tests.report.made import made

FILES = [
    "charts/comparison.png",
    "charts/cost.png",
    "charts/map.png",
    "charts/weekly.png",
    "comparison.csv",
    "layout.csv",
    "layout.geojson",
    "manifest.json",
    "outcome.parquet",
    "plan.xlsx",
]


@pytest.fixture(scope="module")
def folder(recommendation, comparison, tmp_path_factory):
    out = tmp_path_factory.mktemp("plan") / "out"
    files = write_plan(recommendation, comparison, out)
    assert [file.relative_to(out).as_posix() for file in files] == FILES
    return out


def test_every_file_is_written_and_nothing_else(folder):
    found = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    assert found == FILES
    assert [p.name for p in folder.parent.iterdir()] == ["out"]


def test_the_layout_reads_back(folder, scenario, plan):
    assert read_layout(folder / "layout.csv", scenario) == plan


def test_the_map_data_shows_every_open_operation(folder, plan):
    content = json.loads((folder / "layout.geojson").read_text("utf-8"))
    outlets = [f for f in content["features"] if f["properties"]["kind"] == "outlet"]
    assert {f["properties"]["candidate"] for f in outlets} == set(plan.open_ids)


def test_the_comparison_is_a_table_of_numbers(folder, comparison):
    table = pd.read_csv(folder / "comparison.csv").set_index(["case", "measure"])
    seen = comparison.realised["plan"]["profit"]
    assert table.loc[("plan", "profit"), "realised"] == pytest.approx(seen.mean)
    assert len(table) == 23 * 2


def test_the_manifest_lists_the_files_and_what_made_them(folder, scenario):
    content = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert content["scenario"]["hash"] == scenario.digest
    assert content["seed"] == 7
    assert sorted([*content["files"], "manifest.json"]) == FILES
    assert content["realised"]["plan"]["coverage"]["mean"] == pytest.approx(0.9)
    assert set(content["solver"]) >= {"status", "objective", "bound", "gap", "seconds"}


def test_a_second_plan_replaces_the_first(recommendation, comparison, tmp_path):
    write_plan(recommendation, comparison, tmp_path / "out")
    again = made(dict(comparison.cases), runs=3)
    write_plan(recommendation, again, tmp_path / "out")
    content = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert content["replications"] == 3


def test_somebody_elses_folder_is_refused_and_kept(recommendation, comparison, tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputRefused, match=r"thesis\.doc"):
        write_plan(recommendation, comparison, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_failure_leaves_nothing_behind(scenario, recommendation, tmp_path):
    alone = made({"today": (scenario, scenario.today)})
    with pytest.raises(BadValue, match="none of the cases"):
        write_plan(recommendation, alone, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_goals_asked_for_do_not_stop_the_plan(recommendation, comparison, scenario, tmp_path):
    asked = scenario.replace({"goals.min_coverage": 0.5})
    files = write_plan(replace(recommendation, scenario=asked), comparison, tmp_path / "out")
    assert len(files) == len(FILES)


def test_a_comparison_is_written_without_a_plan(comparison, tmp_path):
    files = write_comparison(comparison, tmp_path / "out")
    assert [file.name for file in files] == [
        "comparison.png",
        "weekly.png",
        "comparison.csv",
        "manifest.json",
        "outcome.parquet",
    ]


@pytest.mark.parametrize(("name", "start"), [("a.csv", "\ufeffkind,"), ("a.GeoJSON", '{"type"')])
def test_a_layout_file_is_written_as_its_name_says(scenario, plan, tmp_path, name, start):
    path = write_layout_file(scenario, plan, tmp_path / name)
    assert path.read_text("utf-8").startswith(start)
