import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.files.cells import number_text
from channelsim.files.schema import Column
from channelsim.files.values import decimal_mark, number, parse

INTEGER = Column("doors", "integer")
FLAG = Column("online", "flag")
NUMBER = Column("capacity", "number")
REQUIRED = Column("price", "number", required=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        ("-1.5e3", -1500.0),
        (".5", 0.5),
        ("1,234.5", 1234.5),  # thousands mark kept as text
        ("1 234", 1234.0),
        ("1\u00a0234\u00a0567", 1234567.0),  # no-break space
        ("1'234", 1234.0),  # Swiss
        ("8.804.190", 8804190.0),  # two dots are no decimal point
        ("'123", 123.0),  # marked as text in Excel
        ("67%", 0.67),
        ("12.3 %", 0.123),
        ("１２％", 0.12),  # full-width
        ("１，２３４", 1234.0),
        ("¥1,234.00", 1234.0),  # currency format
        ("-$5", -5.0),
        ("1200元", 1200.0),
        ("−1.5", -1.5),  # minus sign, not hyphen
        ("١٢", 12.0),  # Arabic-Indic digits
    ],
)
def test_numbers_are_read_as_they_were_meant(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("0,25", "comma", 0.25),
        ("1.234,5", "comma", 1234.5),
        ("1 234,5", "comma", 1234.5),
        ("1.234", "comma", 1234.0),  # a dot before three digits groups thousands there
        ("1,234", "comma", 1.234),
        ("0.25", "comma", 0.25),  # cannot be thousands
        ("0.250", "unsure", 0.25),
        ("1,234", "point", 1234.0),
    ],
)
def test_decimal_comma_is_read_where_the_table_uses_it(text, mark, value):
    assert number(text, mark) == value


@pytest.mark.parametrize(
    ("cells", "delimiter", "mark"),
    [
        (["0,25", "1.234"], ";", "comma"),
        (["31.22", "1,234"], ";", "point"),
        (["1,234"], ";", "unsure"),
        (["0,25", "0.25"], ";", "unsure"),
        (["67,5%"], "\t", "comma"),
        (["1,234"], "\t", "point"),  # formatted thousands in a U.S. text file
        (["0,25"], ",", "point"),
    ],
)
def test_one_cell_settles_how_a_table_writes_decimals(cells, delimiter, mark):
    assert decimal_mark(cells, delimiter) == mark


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("abc", "write digits alone"),
        ("1.2万", "write digits alone"),
        ("(5)", "write digits alone"),  # an accountant's minus
        ("1_000", "write digits alone"),  # a programmer's thousands
        ("+-5", "write digits alone"),
        ("1,23,456", "write digits alone"),
        ("1/2", "write digits alone"),
        ("0,25", "write 0.25"),
        ("NaN", "leave the cell empty for the default"),
        ("-", "leave the cell empty for the default"),  # an accountant's zero
        ("inf", "leave the cell empty for unlimited"),
        ("∞", "leave the cell empty for unlimited"),
        ("1e400", "write a smaller one"),
        ("#N/A", "mend it in the spreadsheet or type the value"),
        ("#REF!", "mend it in the spreadsheet or type the value"),
    ],
)
def test_what_is_no_number_is_refused_with_the_cure(text, cure):
    with pytest.raises(ValueError, match=cure):
        parse(text, NUMBER)


def test_a_number_that_may_be_two_is_refused_with_both():
    with pytest.raises(ValueError, match=r"may be 1\.234 or 1234"):
        number("1,234", "unsure")


def test_a_required_number_is_not_to_be_left_empty():
    with pytest.raises(ValueError, match="'NaN' is no number; write one"):
        parse("NaN", REQUIRED)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_written_is_read_back(value):
    assert number(number_text(value)) == value


@given(st.text(min_size=1, max_size=12))
def test_any_text_is_a_number_or_refused(text):
    try:
        value = number(text)
    except ValueError as refusal:
        value, told = 0.0, str(refusal)
    else:
        told = "; "
    assert abs(value) < float("inf")
    assert "; " in told


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("3.0", 3), ("1,000", 1000)],  # 3.0: a spreadsheet knows no integers
)
def test_whole_numbers_are_integers(text, value):
    found = parse(text, INTEGER)
    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize("text", ["3.5", "50%", "1e20"])
def test_no_other_number_is_an_integer(text):
    with pytest.raises(ValueError, match=f"must be a whole number.*got {text}"):
        parse(text, INTEGER)


@pytest.mark.parametrize("text", ["1", "TRUE", "yes", "Y", "是", "1.0", "１"])
def test_yes_in_many_spellings(text):
    assert parse(text, FLAG) is True


@pytest.mark.parametrize("text", ["0", "FALSE", "no", "N", "否", "0.0", "０"])
def test_no_in_many_spellings(text):
    assert parse(text, FLAG) is False


def test_neither_yes_nor_no_is_refused():
    with pytest.raises(ValueError, match="'perhaps' is neither yes nor no; write 1 or 0"):
        parse("perhaps", FLAG)


def test_a_failed_formula_is_no_name():
    with pytest.raises(ValueError, match="failed formula"):
        parse("#DIV/0!", Column("name", "text"))
