import datetime

import openpyxl
import pytest
import xlsxwriter

from channelsim.files.sheets import read_sheets
from channelsim.files.values import NEVER_COMPUTED


@pytest.fixture
def read(tmp_path):
    """Write rows to the sheet `zones` of a workbook and read it."""

    def grids(rows, title="zones"):
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "book.xlsx")
        faults = []
        return read_sheets(tmp_path / "book.xlsx", "", ("zones",), faults).grids, faults

    return grids


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1001, "1001"),
        (3.0, "3"),  # a spreadsheet knows no integers
        (0.1, "0.1"),
        (True, "TRUE"),
        ("1,234.5", "1,234.5"),
        (datetime.datetime(2025, 3, 1), "2025-03-01"),  # what Excel makes of an id like 3-1
        ("  甲城\u3000", "甲城"),
    ],
)
def test_cells_become_the_text_that_is_seen(read, value, text):
    grids, _ = read([["id"], [value]])
    assert grids["zones"].rows == [(2, [text])]


def test_blank_rows_and_columns_are_left_out(read):
    grids, faults = read([["id", "name", None], [None] * 3, ["a", "x", None], [None, " ", None]])
    assert (grids["zones"].rows, faults) == ([(3, ["a", "x"])], [])


def test_sheets_are_found_in_any_case(read):
    grids, _ = read([["id"], ["a"]], title="Zones ")
    assert list(grids) == ["zones"]


def test_a_formula_gives_its_value(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        sheet = book.add_worksheet("zones")
        sheet.write_row(0, 0, ["id", "population"])
        sheet.write_row(1, 0, ["a"])
        sheet.write_formula(1, 1, "=2*3", None, 6)
    grids = read_sheets(tmp_path / "book.xlsx", "", ("zones",), []).grids
    assert grids["zones"].rows == [(2, ["a", "6"])]


def test_a_formula_never_computed_is_not_read_as_empty(read):
    grids, _ = read([["id", "population"], ["a", "=2*3"]])
    assert grids["zones"].rows == [(2, ["a", NEVER_COMPUTED])]


def test_what_is_no_workbook_is_a_fault(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    faults = []
    assert read_sheets(path, "", ("zones",), faults) == ({}, [])
    assert "save it as .xlsx without a password" in faults[0].cure


def test_a_workbook_that_is_not_there_is_a_fault(tmp_path):
    faults = []
    assert read_sheets(tmp_path / "none.xlsx", "", (), faults) == ({}, [])
    assert "cannot be read (No such file" in faults[0].cure


def test_a_sheet_that_is_no_table_may_look_as_it_likes(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    for line in ([], [None, "Plan 2026"], [], ["Author", None, "A. Planner", "x"]):
        book.active.append(line)
    for title, rows in {"blank": [], "zones": [["id"], ["a"]], "rivals": [[None, " "]]}.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    faults = []
    grids, others = read_sheets(tmp_path / "book.xlsx", "", ("zones", "rivals"), faults)
    assert (list(grids), others, faults) == (["zones"], ["Cover"], [])
