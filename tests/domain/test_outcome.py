import numpy as np
import pytest

from channelsim.domain.measures import Measures, planned
from channelsim.domain.outcome import Outcome, Series
from tests.instances import tiny

MEASURES = planned(tiny(), tiny().today)
UNITS_SOLD = Series("total", ("total",), "units", "units/week", np.array([[10.0], [12.0]]))
BY_ZONE = Series("zone", ("a", "b"), "units", "units/week", np.array([[7.0, 3.0], [8.0, 4.0]]))
RUN = Outcome("tiny", "today", 1, 2, (UNITS_SOLD, BY_ZONE), MEASURES)


def test_a_measure_is_found_week_by_week():
    assert RUN.weekly("units").tolist() == [[10], [12]]


def test_a_measure_is_found_by_level():
    assert RUN.weekly("units", "zone").tolist() == [[7, 3], [8, 4]]


def test_what_was_not_recorded_is_told():
    with pytest.raises(KeyError) as caught:
        RUN.weekly("units", "outlet")
    assert caught.value.args[0] == (
        "outlet/units was not recorded; ask for it with record=, or write one of total/units, "
        "zone/units"
    )


def test_the_table_has_a_row_a_figure():
    table = RUN.table
    assert table.columns.tolist() == [
        "scenario",
        "layout",
        "seed",
        "replication",
        "week",
        "level",
        "name",
        "source",
        "measure",
        "value",
        "unit",
    ]
    assert len(table) == 2 + 4


def test_a_row_of_the_table_says_all():
    assert RUN.table.iloc[5].tolist() == [
        "tiny",
        "today",
        1,
        2,
        1,
        "zone",
        "b",
        "realised",
        "units",
        4.0,
        "units/week",
    ]


def test_a_run_that_recorded_nothing_has_an_empty_table():
    table = Outcome("tiny", "today", 1, 2, (), MEASURES).table
    assert len(table) == 0
    assert table.columns.tolist() == RUN.table.columns.tolist()


def test_the_summary_begins_with_the_run():
    assert str(RUN).splitlines()[0] == "tiny · today · seed 1 · run 2"


def test_the_summary_has_a_line_for_every_measure():
    assert [line.split()[0] for line in RUN.summary().splitlines()[1:]] == list(Measures.names())


def test_a_line_of_the_summary_says_value_and_unit():
    assert "  coverage                          0.6  share" in RUN.summary().splitlines()


def test_a_run_is_one_short_line_where_it_is_listed():
    assert repr(RUN) == (
        "Outcome(scenario='tiny', layout='today', seed=1, replication=2, 2 series)"
    )
