import pytest

from channelsim.files.grids import Grid
from channelsim.files.settings import read_toml, settings_of, typed_settings

TOML = """
name = "delta"   # the first
goals.max_conflict = 0.2

[economics]
"unit_cost" = 40

[goals]
min_coverage = "90%"
budget = 1_000_000
exclusive_territories = true

[policy]
conflict_weights = [0.4, 0.2, 0.2, 0.2]
"""


@pytest.fixture
def read(tmp_path):
    def settings(text):
        path = tmp_path / "scenario.toml"
        path.write_text(text, "utf-8")
        faults = []
        return read_toml(path, "scenario.toml", faults), faults

    return settings


def test_settings_keep_their_line(read):
    settings, _ = read(TOML.replace("goals.max", "goals . max").replace("[goals]", "[ goals ]", 1))
    assert settings is None  # TOML forbids a table that dotted keys have opened already
    settings, _ = read(TOML.replace("goals.max_conflict = 0.2", ""))
    assert {key: setting.row for key, setting in settings.items()} == {
        "name": 2,
        "economics.unit_cost": 6,
        "goals.min_coverage": 9,
        "goals.budget": 10,
        "goals.exclusive_territories": 11,
        "policy.conflict_weights": 14,
    }


def test_settings_are_typed(read):
    settings, _ = read(TOML.replace("goals.max_conflict = 0.2", ""))
    assert typed_settings(settings, []) == {
        "name": "delta",
        "economics.unit_cost": 40.0,
        "goals.min_coverage": 0.9,
        "goals.budget": 1_000_000.0,
        "goals.exclusive_territories": True,
        "policy.conflict_weights": (0.4, 0.2, 0.2, 0.2),
    }


@pytest.mark.parametrize(
    ("text", "line", "column", "cure"),
    [
        ("[goals]\nmin_coverag = 1", 2, "goals.min_coverag", "did you mean 'goals.min_coverage'?"),
        ("curency = 'CNY'", 1, "curency", "did you mean 'currency'?"),
        ("min_coverage = 0.9", 1, "min_coverage", "did you mean 'goals.min_coverage'?"),
        ("[goal]\nbudget = 1", 2, "goal.budget", "did you mean 'goals.budget'?"),
        ("[goals]\nbudget = nan", 2, "goals.budget", "leave the cell empty"),
        ("[goals]\nbudget = true", 2, "goals.budget", "write digits alone"),
        ("[goals]\nbudget = [1, 2]", 2, "goals.budget", "write digits alone"),
        ("[goals]\nbudget = 2025-01-01", 2, "goals.budget", "write digits alone"),
        ("horizon_weeks = 1.5", 1, "horizon_weeks", "must be a whole number"),
        ("[[goals]]\nbudget = 1", None, "goals", "'goals' is no setting"),
    ],
)
def test_an_unfit_setting_is_a_fault_with_its_line(read, text, line, column, cure):
    settings, faults = read(text)
    typed_settings(settings, faults)
    (fault,) = faults
    assert (fault.file, fault.row, fault.column) == ("scenario.toml", line, column)
    assert cure in fault.cure


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('name = "delta"\nbudget = 12 million\n', 2),
        ("name = 'a'\nname = 'b'\n", 2),  # a key twice
        ("a = " + "[" * 5000, None),  # nested beyond any reader
        ("a = " + "1" * 5000, None),  # more digits than an integer may have
    ],
)
def test_what_is_no_toml_is_a_fault_with_its_line(read, text, line):
    settings, (fault,) = read(text)
    assert settings is None
    assert (fault.row, fault.code) == (line, "toml")


def test_toml_saved_by_notepad_is_read(tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_text("name = '小例'", "utf-8-sig")
    settings = read_toml(path, "scenario.toml", [])
    assert settings["name"].text == "小例"


def test_a_sheet_of_keys_and_values_is_read():
    grid = Grid("sheet scenario", 1, ["Key", "Value"], [(2, ["goals.budget", "1,000"])])
    assert typed_settings(settings_of(grid, []), []) == {"goals.budget": 1000.0}


def test_a_sheet_needs_both_columns():
    faults = []
    settings_of(Grid("sheet scenario", 1, ["key", "amount"], []), faults)
    assert "has no column 'value'" in faults[0].cure


def test_a_key_twice_in_a_sheet_is_a_fault():
    faults = []
    rows = [(2, ["name", "a"]), (3, ["name", "b"])]
    settings_of(Grid("sheet scenario", 1, ["key", "value"], rows), faults)
    assert "stands already in row 2" in faults[0].cure


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    faults = []
    assert read_toml(tmp_path / "none.toml", "none.toml", faults) is None
    assert "cannot be read (No such file" in faults[0].cure
