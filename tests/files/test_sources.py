import shutil

import openpyxl
import pytest

from channelsim.errors import BadInput
from channelsim.files.scenario import check
from channelsim.files.sources import locate, read_source
from channelsim.files.workbook import write_workbook
from tests.instances import tiny


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


def test_settings_that_are_no_toml_are_told_and_nothing_else(edit):
    (fault,) = check(edit("scenario.toml", "[goals]", "[goals"))
    assert (fault.file, fault.code) == ("scenario.toml", "toml")


def test_of_a_derived_scenario_too(tmp_path):
    (tmp_path / "scenario.toml").write_text('based_on = "tiny"\n[goals\n')
    (tmp_path / "zones.csv").write_text("id,population,drop\na,5,\nb,,1\n")
    (fault,) = check(tmp_path)
    assert fault.code == "toml"


def test_what_is_based_on_settings_that_are_no_toml_is_not_blamed_for_them(edit, tmp_path):
    edit("scenario.toml", "[goals]", "[goals")
    (tmp_path / "derived").mkdir()
    (tmp_path / "derived" / "scenario.toml").write_text('based_on = "../tiny"\n')
    (fault,) = check(tmp_path / "derived")
    assert fault.code == "toml"


def test_a_base_that_is_nowhere_is_told_and_nothing_else(tmp_path):
    (tmp_path / "scenario.toml").write_text('based_on = "../nowhere"\n')
    (tmp_path / "zones.csv").write_text("id,population\na,5\n")
    (fault,) = check(tmp_path)
    assert fault.code == "based_on"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"\xd0\xcf\x11\xe0 locked"])
def test_a_workbook_that_cannot_be_read_is_told_and_nothing_else(tmp_path, content):
    (tmp_path / "book.xlsx").write_bytes(content)
    (fault,) = check(tmp_path / "book.xlsx")
    assert fault.code == "unreadable"


def test_a_table_that_cannot_be_read_is_not_called_missing(tiny_folder):
    (tiny_folder / "segments.csv").write_bytes(b"PK\x03\x04")
    (fault,) = check(tiny_folder)
    assert (fault.file, fault.code) == ("segments.csv", "encoding")


def test_a_sheet_of_settings_without_its_columns_is_told_and_nothing_else(tmp_path):
    path = write_workbook(tiny(), tmp_path / "tiny.xlsx")
    book = openpyxl.load_workbook(path)
    book["scenario"]["A1"] = "setting"
    book.save(path)
    (fault,) = check(path)
    assert fault.code == "missing_column"


def test_a_folder_that_cannot_be_read_is_told_and_nothing_else(run_unprivileged, tiny_folder):
    tiny_folder.chmod(0o000)
    program = "import sys; from channelsim.files.scenario import check; print(*check(sys.argv[1]))"
    child = run_unprivileged("-c", program, tiny_folder)
    tiny_folder.chmod(0o700)
    assert child.stdout.count(":") == 1
