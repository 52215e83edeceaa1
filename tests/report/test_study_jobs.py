import pytest

from channelsim.domain.history import Sale
from channelsim.errors import BadInput, OutputRefused
from channelsim.files.folder import write_scenario
from channelsim.files.layouts import read_layout
from channelsim.files.scenario import read_scenario
from channelsim.report.study_jobs import calibrate_file, loop_file
from tests.instances import tiny

SOLD = {"maker": ("a", 300), "north": ("a", 420), "south": ("c", 260)}
HISTORY = tuple(
    Sale(week, partner, zone, sell_out=units)
    for week in range(3)
    for partner, (zone, units) in SOLD.items()
)


@pytest.fixture
def folder(tmp_path):
    case = tiny().replace(horizon_weeks=4, history=HISTORY)
    return write_scenario(case, tmp_path / "case")


def test_a_loop_tells_its_progress_and_writes_its_layout(folder, tmp_path):
    told = []
    out = tmp_path / "chosen.csv"
    loop = loop_file(
        folder, out, max_rounds=2, replications=1, tell=lambda *step: told.append(step)
    )
    assert read_layout(out, loop.scenario).open_ids == loop.layout.open_ids
    assert [step[1:] for step in told] == [(0, 2), (1, 2), (2, 2)]


def test_a_file_that_is_no_layout_is_kept(folder, tmp_path):
    (tmp_path / "notes.csv").write_text("mine", "utf-8")
    with pytest.raises(OutputRefused):
        loop_file(folder, tmp_path / "notes.csv", max_rounds=1, replications=1)


def test_a_scenario_is_calibrated_to_its_own_history(folder, tmp_path):
    found = calibrate_file(folder, None, tmp_path / "new")
    written = read_scenario(tmp_path / "new")
    assert written.history == HISTORY
    assert written.digest == found.scenario.digest


def test_a_history_of_strangers_is_refused(folder, tmp_path):
    (tmp_path / "sales.csv").write_text("period,partner,sell_out\n0,nobody,3\n", "utf-8")
    with pytest.raises(BadInput, match=r"sales\.csv row 2, partner: 'nobody' is no partner"):
        calibrate_file(folder, tmp_path / "sales.csv")


def test_a_folder_that_is_there_is_left_alone(folder):
    before = sorted(p.name for p in folder.iterdir())
    with pytest.raises(OutputRefused, match="is there already; name a folder that is not"):
        calibrate_file(folder, None, folder)
    assert sorted(p.name for p in folder.iterdir()) == before
