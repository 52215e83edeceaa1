import pytest

from channelsim.files.grids import read_csv

KNOWN = ["id", "name", "population"]
ROWS = [(2, ["a", "甲城", "10"]), (3, ["b", "乙城", "20"])]


@pytest.fixture
def read(tmp_path):
    def grid(data):
        path = tmp_path / "zones.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        faults = []
        return read_csv(path, "zones.csv", KNOWN, faults), faults

    return grid


@pytest.mark.parametrize(
    "data",
    [
        "id,name,population\na,甲城,10\nb,乙城,20\n",
        "id;name;population\na;甲城;10\nb;乙城;20\n",  # Excel where the comma is the decimal mark
        "id\tname\tpopulation\na\t甲城\t10\nb\t乙城\t20\n",
        "sep=;\nid;name;population\na;甲城;10\nb;乙城;20\n",  # Excel's hint, which it hides
        "id,name,population\r\na,甲城,10\r\nb,乙城,20\r\n",
        "id,name,population\ra,甲城,10\rb,乙城,20\r",  # old Mac
        'id,name,population\na,"甲城",10\nb,"乙城",20',
        " id , name , population \n a , 甲城 , 10 \n b ,\u3000乙城\u00a0, 20 \n",
        "id,name,population,,\na,甲城,10,,\nb,乙城,20,,\n",  # blank columns to the right
        "id,name,population\na,甲城,10\nb,乙城,20\n,,\n,,\n\n",  # blank rows below
        "id,name,population\na,甲城,10\nb,乙城,20\n".encode("gb18030"),
        "id,name,population\na,甲城,10\nb,乙城,20\n".encode("utf-8-sig"),
        "id\tname\tpopulation\na\t甲城\t10\nb\t乙城\t20\n".encode("utf-16"),
    ],
)
def test_one_table_in_many_dresses(read, data):
    grid, faults = read(data)
    assert (grid.header, grid.rows) == (KNOWN, ROWS)
    assert [fault for fault in faults if fault.severity == "error"] == []


def test_blank_rows_keep_the_numbers_a_spreadsheet_shows(read):
    grid, _ = read("\nid,name\n\na,甲城\n")
    assert (grid.header_row, grid.rows) == (2, [(4, ["a", "甲城"])])


def test_a_line_break_inside_quotes_is_one_row(read):
    grid, _ = read('id,name\na,"two\nlines"\nb,x\n')
    assert grid.rows == [(2, ["a", "two\nlines"]), (3, ["b", "x"])]


def test_short_rows_are_filled(read):
    grid, _ = read("id,name,population\na\n")
    assert grid.rows == [(2, ["a", "", ""])]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'00123", "00123"),  # typed as text in Excel
        ("'=SUM(A1)", "=SUM(A1)"),  # our own guard
        ("''s-Hertogenbosch", "'s-Hertogenbosch"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
    ],
)
def test_the_apostrophe_that_marks_text_is_taken_off(read, cell, text):
    grid, _ = read(f"id,name\na,{cell}\n")
    assert grid.rows == [(2, ["a", text])]


def test_decomposed_letters_are_composed(read):
    grid, _ = read("id,name\na,Ko\u0308ln\n")
    assert grid.rows == [(2, ["a", "Köln"])]


def test_a_guessed_encoding_is_a_note(read):
    _, faults = read("id,name\na,甲城\n".encode("gb18030"))
    assert [(f.severity, f.code) for f in faults] == [("note", "encoding")]


@pytest.mark.parametrize(
    ("data", "row", "cure"),
    [
        ("", None, "is empty; write the column headers in row 1"),
        ("\n,,\n", None, "is empty"),
        ('id,name\na,"x\nb,y\n', 2, "close the quotes"),
        ('id,name\na,"x"y\n', 2, "double a quote"),
        ("id,name\na,x\nb,one, two\n", 3, "cell 3 holds 'two' under no header"),
        ("id,,name\na,1,x\n", 2, "cell 2 holds '1' under no header"),
        (b"PK\x03\x04", None, "save it as CSV UTF-8"),
    ],
)
def test_what_is_no_table_is_a_fault(read, data, row, cure):
    _, (fault,) = read(data)
    assert (fault.file, fault.row) == ("zones.csv", row)
    assert cure in fault.cure


def test_a_column_without_header_is_told_once(read):
    _, faults = read("id,\na,1\nb,2\nc,3\n")
    assert [fault.row for fault in faults] == [2]


def test_a_missing_file_is_a_fault(tmp_path):
    faults = []
    assert read_csv(tmp_path / "none.csv", "none.csv", KNOWN, faults) is None
    assert "cannot be read (No such file" in faults[0].cure


def test_a_file_that_may_not_be_read_is_a_fault(run_unprivileged, tiny_folder):
    (tiny_folder / "zones.csv").chmod(0)
    program = "import sys; from channelsim.files.scenario import check; print(*check(sys.argv[1]))"
    child = run_unprivileged("-c", program, tiny_folder)
    assert "zones.csv: cannot be read (Permission denied)" in child.stdout
