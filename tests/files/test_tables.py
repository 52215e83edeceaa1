import pytest

from channelsim.files.grids import Grid
from channelsim.files.schema import TABLES
from channelsim.files.tables import key_of, table_of


def table(header, cells, name="candidates", derived=False):
    faults = []
    grid = Grid(f"{name}.csv", 1, header, [(2, cells)])
    return table_of(grid, TABLES[name], faults, derived=derived), faults


def test_cells_become_values_and_empty_ones_are_absent():
    found, _ = table(["id", "capacity", "doors", "open_today"], ["a", "", "3.0", "是"])
    assert found.rows[0].values == {"id": "a", "doors": 3, "open_today": True}


@pytest.mark.parametrize("header", ["Maker fixed cost", "maker-fixed-cost", "MAKER_FIXED_COST"])
def test_headers_are_known_in_any_dress(header):
    found, faults = table(["id", header], ["a", "5"])
    assert (found.rows[0].values["maker_fixed_cost"], faults) == (5.0, [])


def test_from_and_to_are_understood_for_distances():
    found, _ = table(["from", "to", "km"], ["a", "b", "10"], "distances")
    assert found.rows[0].values == {"from_zone": "a", "to_zone": "b", "km": 10.0}


def test_shares_keep_the_case_of_their_segment():
    found, _ = table(["id", "Share_Everyone"], ["a", "100%"], "zones")
    assert found.rows[0].values["share_Everyone"] == 1.0


@pytest.mark.parametrize(
    ("header", "cure"),
    [
        ("capasity", "did you mean 'capacity'?"),
        ("Partner ID", "did you mean 'partner'?"),
        (
            "drop",
            "'drop' is no column of candidates",
        ),  # only where the scenario is based on another
        ("favourite colour", "write one of id, partner"),
    ],
)
def test_an_unknown_column_is_a_fault(header, cure):
    _, (fault,) = table(["id", header], ["a", "1"])
    assert (fault.file, fault.row, fault.code) == ("candidates.csv", 1, "unknown_column")
    assert cure in fault.cure


def test_a_column_marked_as_a_note_is_left_alone():
    assert table(["id", "# asked Li"], ["a", "yes"])[1] == []


def test_a_header_twice_is_a_fault():
    _, (fault,) = table(["id", "capacity", "Capacity"], ["a", "1", "2"])
    assert fault.cure == "'capacity' heads 2 columns; keep one of them"


def test_an_unreadable_cell_is_a_fault_with_its_text():
    found, (fault,) = table(["id", "capacity"], ["a", "many"])
    assert (fault.row, fault.column, fault.value) == (2, "capacity", "many")
    assert found.rows[0].broken == {"capacity"}


def test_distances_have_one_key_in_both_directions():
    spec = TABLES["distances"]
    forth, back = {"from_zone": "a", "to_zone": "b"}, {"from_zone": "b", "to_zone": "a"}
    assert key_of(spec, forth) == key_of(spec, back)


def test_a_row_without_its_key_has_none():
    assert key_of(TABLES["zones"], {"name": "x"}) is None
