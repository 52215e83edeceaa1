import shutil

import pytest

from channelsim.errors import BadInput
from channelsim.files.sources import locate, read_source


def test_a_shipped_scenario_is_found_by_name(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert (locate("tiny") / "scenario.toml").is_file()


def test_a_shipped_scenario_is_found_by_its_usual_path(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert locate("scenarios/tiny") == locate("tiny")


def test_the_working_folder_comes_first(monkeypatch, tmp_path, tiny_folder):
    shutil.copytree(tiny_folder, tmp_path / "scenarios" / "tiny")
    shutil.rmtree(tiny_folder)
    monkeypatch.chdir(tmp_path)
    assert locate("tiny").resolve() == tmp_path / "scenarios" / "tiny"


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("tinny", "did you mean 'tiny'?"),
        ("no/such/folder", "there is no such folder or workbook"),
        ("", "there is no such folder or workbook"),
        ("x" * 5000, "there is no such folder or workbook"),  # longer than any file name
        ("a\0b", "there is no such folder or workbook"),
    ],
)
def test_what_is_nowhere_is_refused(name, cure):
    with pytest.raises(BadInput, match="there is no such folder or workbook") as refusal:
        locate(name)
    assert cure in refusal.value.message


def test_files_are_found_in_any_case(tiny_folder):
    (tiny_folder / "zones.csv").rename(tiny_folder / "Zones.CSV")
    assert read_source(tiny_folder, "", []).tables["zones"].file == "Zones.CSV"


@pytest.mark.parametrize(
    ("name", "severity", "cure"),
    [
        ("seasons.csv", "error", "did you mean season.csv?"),
        ("rival.csv", "error", "did you mean rivals.csv?"),
        ("zone.csv", "note", "was not read"),  # zones.csv is there
        ("prices.csv", "note", "was not read"),
        ("notes.csv", "note", "was not read"),
    ],
)
def test_a_table_that_is_not_read_is_told(tiny_folder, name, severity, cure):
    (tiny_folder / name).write_text("id\n")
    faults = []
    read_source(tiny_folder, "", faults)
    assert [(f.file, f.severity) for f in faults] == [(name, severity)]
    assert cure in faults[0].cure


def test_other_files_are_nobodys_business(tiny_folder):
    (tiny_folder / "README.md").write_text("about")
    faults = []
    read_source(tiny_folder, "", faults)
    assert faults == []


def test_a_file_that_is_neither_folder_nor_workbook_is_a_fault(tmp_path):
    path = tmp_path / "scenario.ods"
    path.write_bytes(b"")
    faults = []
    read_source(path, "", faults)
    assert "is neither a folder nor an .xlsx workbook" in faults[0].cure


def test_a_folder_that_may_not_be_read_is_a_fault(run_unprivileged, tiny_folder):
    tiny_folder.chmod(0o300)
    program = "import sys; from channelsim.files.scenario import check; print(*check(sys.argv[1]))"
    child = run_unprivileged("-c", program, tiny_folder)
    tiny_folder.chmod(0o700)
    assert "scenario.toml: cannot be read (Permission denied)" in child.stdout


@pytest.mark.parametrize("name", ["season.csv", "zones.csv", "scenario.toml"])
def test_a_folder_in_the_place_of_a_file_is_a_fault(tiny_folder, name):
    (tiny_folder / name).unlink(missing_ok=True)
    (tiny_folder / name).mkdir()
    faults = []
    read_source(tiny_folder, "", faults)
    assert [(f.file, f.code) for f in faults] == [(name, "unreadable")]


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o400])
def test_a_folder_that_may_not_be_entered_ends_a_run_with_2(run_unprivileged, tiny_folder, mode):
    tiny_folder.chmod(mode)
    program = "import sys; from channelsim.cli import main; main()"
    found = [run_unprivileged("-c", program, verb, tiny_folder) for verb in ("check", "simulate")]
    tiny_folder.chmod(0o700)
    assert [child.returncode for child in found] == [2, 2]
    assert all("cannot be read" in child.stdout + child.stderr for child in found)
