import pytest

from channelsim.study.figures import (
    change,
    change_with_interval,
    figure,
    level_span,
    span,
    unit_after,
    with_interval,
)
from channelsim.study.intervals import Interval

NAN = float("nan")


@pytest.mark.parametrize(
    ("measure", "value", "text"),
    [
        ("coverage", 0.7704, "77.0%"),
        ("conflict", 0.12345, "0.123"),
        ("profit", 1_054_321.4, "1,054,321"),
        ("profit", -250.0, "-250"),
        ("units", 12.3456, "12.35"),  # small figures keep their digits
        ("profit", NAN, "-"),
    ],
)
def test_a_figure_is_written_as_its_unit_asks(measure, value, text):
    assert figure(measure, value) == text


@pytest.mark.parametrize(
    ("measure", "value", "text"),
    [
        ("coverage", 0.144, "+14.4 points"),
        ("coverage", -0.01, "-1.0 points"),
        ("profit", 1918.0, "+1,918"),
        ("profit", -1918.0, "-1,918"),
        ("conflict", 0.0, "+0.000"),
        ("conflict", NAN, "-"),
    ],
)
def test_a_change_shows_its_sign(measure, value, text):
    assert change(measure, value) == text


def test_the_interval_of_a_mean_is_shown_by_its_half():
    assert with_interval("coverage", Interval(0.77, 0.76, 0.78)) == "77.0% ±1.0"
    assert with_interval("profit", Interval(1000.0, 900.0, 1100.0)) == "1,000 ±100"


def test_one_run_shows_no_interval():
    assert with_interval("profit", Interval(1000.0, NAN, NAN)) == "1,000"
    assert change_with_interval("profit", Interval(-10.0, NAN, NAN)) == "-10"


def test_a_change_of_a_share_is_in_points():
    assert change_with_interval("coverage", Interval(0.1, 0.09, 0.11)) == "+10.0 ±1.0 points"


def test_a_span_shows_both_ends():
    assert span("profit", Interval(0.0, -9700.0, 25_016.0)) == "-9,700 to +25,016"
    assert span("coverage", Interval(0.1, 0.05, 0.15)) == "+5.0 to +15.0 points"


@pytest.mark.parametrize(
    ("measure", "text"),
    [("coverage", ""), ("conflict", ""), ("profit", " USD/week"), ("units", " units/week")],
)
def test_the_unit_follows_figures_that_need_one(measure, text):
    assert unit_after(measure, "USD") == text


def test_an_interval_cut_at_a_bound_shows_its_wider_side():
    assert with_interval("coverage", Interval(0.3, 0.0, 1.0)) == "30.0% ±70.0"
    assert change_with_interval("coverage", Interval(0.7, -0.5, 1.0)) == "+70.0 ±120.0 points"


def test_one_draw_spans_nothing():
    assert span("profit", Interval(5.0, NAN, NAN)) == "-"
    assert level_span("profit", Interval(5.0, NAN, NAN)) == "-"


def test_a_span_of_a_figure_has_no_signs():
    assert level_span("coverage", Interval(0.1, 0.05, 0.15)) == "5.0% to 15.0%"
    assert level_span("profit", Interval(0.0, -9700.0, 25_016.0)) == "-9,700 to 25,016"
