import numpy as np
import pytest

from channelsim.domain.measures import Measures
from channelsim.domain.outcome import Outcome, Series
from channelsim.domain.watched import (
    WATCHES,
    is_bounded,
    level_of,
    lower_is_better,
    names,
    unit_of,
    watched,
)
from channelsim.simulate import weekly
from channelsim.simulate.run import simulate
from channelsim.words import MEASURES, UNITS
from tests.instances import tiny


def run_of(measure, weekly_values):
    values = np.array(weekly_values, dtype=float)[:, None]
    zero = Measures(**dict.fromkeys(Measures.__dataclass_fields__, 0.0))
    return Outcome("s", "l", 0, 0, (Series("total", ("total",), measure, "", values),), zero)


@pytest.mark.parametrize(
    ("measure", "series", "values", "figure"),
    [
        ("diverted", "diverted", [1, 3], 104),  # a week's mean, in a year
        ("lost", "lost", [1, 3], 2),
        ("exits", "exits", [1, 3], 3),  # so far
        ("bullwhip", "bullwhip", [9, 2], 2),
        # the last five weeks of each whole year; what a third year begins does not count
        ("year_end_diverted", "diverted", [*range(104), 1000], 5 * (49 + 101) / 2),
        ("year_end_diverted", "diverted", [1, 2], 0),
        # the last whole year on the one before it; one year does not grow
        ("sales_growth", "units", [9, *[2] * 52, *[3] * 52], 0.5),
        ("sales_growth", "units", [1, 2], 0),
    ],
)
def test_a_series_comes_to_one_figure(measure, series, values, figure):
    assert watched(tiny(), run_of(series, values), measure) == figure


def test_all_that_is_watched_is_recorded():
    assert {watch.series for watch in WATCHES.values()} <= set(weekly.UNITS)


def test_units_of_types_add_up():
    case = tiny()
    run = simulate(case, case.today, weeks=3, record=("outlet",))
    units = [watched(case, run, f"units.{kind.id}") for kind in case.channel_types]
    assert sum(units) == pytest.approx(watched(case, run, "units"))
    assert units[1] == 0  # the flagship is shut


def test_everything_that_can_be_watched_has_words_and_a_unit():
    for name in names(tiny()):
        assert name.startswith("units.") or name in MEASURES
        assert unit_of(name) in {*UNITS, "share of revenue"}


@pytest.mark.parametrize(
    ("measure", "level", "lower", "bounded"),
    [
        ("profit", None, False, False),
        ("conflict", None, True, True),
        ("diverted", "total", True, False),
        ("happy", "total", False, True),
        ("attainment", "total", False, False),
        ("units.web", "outlet", False, False),
    ],
)
def test_what_is_said_of_measures(measure, level, lower, bounded):
    found = level_of(measure), lower_is_better(measure), is_bounded(measure)
    assert found == (level, lower, bounded)
