import csv
import io

import pytest

from channelsim.files.cells import cell_text, csv_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "1"),
        (False, "0"),
        (600.0, "600"),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (-5, "-5"),  # a number is no formula
        ("甲城", "甲城"),
        ("=1+1", "'=1+1"),
        ("@cmd", "'@cmd"),
        ("'tis", "''tis"),
    ],
)
def test_a_value_as_a_cell(value, text):
    assert cell_text(value) == text


def test_a_table_is_quoted_where_it_must_be():
    text = csv_text(["id", "name"], [["a", 'x, "y"\nz']])
    assert text == 'id,name\na,"x, ""y""\nz"\n'
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ["a", 'x, "y"\nz']
