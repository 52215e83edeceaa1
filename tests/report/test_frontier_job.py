import csv

import pytest

from channelsim.errors import BadValue, OutputRefused
from channelsim.files.folder import write_scenario
from channelsim.report.frontier_job import frontier_file
from tests.instances import tiny


@pytest.fixture
def folder(tmp_path):
    return write_scenario(tiny(), tmp_path / "tiny")


def test_the_points_are_written_with_what_they_open(folder, tmp_path):
    out = tmp_path / "front.csv"
    found = frontier_file(folder, "cost, coverage", out)
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(found.points)
    assert [row["layout"].split() for row in rows] == [
        list(point.layout.open_ids) for point in found.points
    ]
    assert float(rows[-1]["coverage"]) == 1.0


def test_a_table_is_replaced_and_nothing_else(folder, tmp_path):
    out = tmp_path / "front.csv"
    frontier_file(folder, "cost,coverage", out)
    frontier_file(folder, "profit,conflict", out)
    out.write_text("mine", "utf-8")
    with pytest.raises(OutputRefused, match="holds something else than the points of a front"):
        frontier_file(folder, "profit,conflict", out)


def test_a_folder_that_is_not_there_is_said(folder, tmp_path):
    with pytest.raises(OutputRefused, match="cannot be written"):
        frontier_file(folder, "cost,coverage", tmp_path / "nowhere" / "front.csv")


def test_an_unknown_objective_is_refused(folder):
    with pytest.raises(BadValue, match="objectives is unknown: 'beauty'"):
        frontier_file(folder, "cost,beauty")
