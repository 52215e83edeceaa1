import pytest
from pydantic import ValidationError

from channelsim.domain.channel import Candidate
from channelsim.domain.market import Zone
from channelsim.files.rows import objects_of, validated
from channelsim.files.schema import TABLES
from channelsim.files.tables import Row, Table

ZONE = {"id": "a", "name": "甲城", "latitude": 30.0, "longitude": 120.0, "population": 5.0}


def made(name, *rows):
    faults = []
    lines = [Row(f"{name}.csv", at, values) for at, values in enumerate(rows, start=2)]
    headers = frozenset(column for values in rows for column in values)
    return objects_of(Table(TABLES[name], f"{name}.csv", headers, lines), faults), faults


def test_rows_become_the_domains_objects():
    assert made("zones", ZONE) == ((Zone("a", "甲城", 30.0, 120.0, 5.0),), [])


def test_shares_are_gathered():
    (zone,), _ = made("zones", {**ZONE, "share_rich": 0.25, "share_poor": 0.75})
    assert dict(zone.shares) == {"rich": 0.25, "poor": 0.75}


def test_every_fault_of_a_row_is_told_at_once():
    _, faults = made("zones", {**ZONE, "latitude": 300.0, "population": -1.0, "awareness": 2.0})
    assert [(f.row, f.column, f.value) for f in faults] == [
        (2, "latitude", "300.0"),
        (2, "population", "-1.0"),
        (2, "awareness", "2.0"),
    ]


def test_every_row_is_told():
    _, faults = made("zones", {**ZONE, "latitude": 300.0}, ZONE, {**ZONE, "id": "a.b"})
    assert [(f.row, f.column) for f in faults] == [(2, "latitude"), (4, "id")]


def test_a_row_as_a_whole_can_be_at_fault():
    (fault,) = made("zones", {**ZONE, "share_rich": 0.25, "share_poor": 0.25})[1]
    assert (fault.row, fault.column) == (2, None)
    assert "must sum to 1, got 0.5" in fault.cure


def test_a_missing_column_is_told_once():
    row = {name: value for name, value in ZONE.items() if name != "latitude"}
    (fault,) = made("zones", row, {**row, "id": "b"})[1]
    assert (fault.row, fault.cure) == (None, "column latitude is missing; add it")


def test_an_empty_cell_that_is_needed_is_told_with_its_row():
    row = {name: value for name, value in ZONE.items() if name != "latitude"}
    (fault,) = made("zones", ZONE, row)[1]
    assert (fault.row, fault.cure) == (3, "latitude is empty; write a number")


def test_a_clash_of_two_columns_is_told():
    row = {"id": "a", "partner": "p", "channel_type": "t", "must_open": True, "must_close": True}
    (fault,) = made("candidates", row)[1]
    assert "must_open clashes with must_close" in fault.cure


def test_no_field_but_the_classs_own_is_taken():
    with pytest.raises(ValidationError, match="unexpected"):
        validated(Candidate, {"id": "a", "partner": "p", "channel_type": "t", "colour": "red"})
