import pytest
from matplotlib.figure import Figure

from channelsim.report import style


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("上海", "Shanghai"), "Shanghai"),
        (("上海", "Shanghai", "zh"), "上海"),
        (("上海", ""), "上海"),
        (("Ülkü", ""), "Ülkü"),
        (("a\nb  c", ""), "a b c"),  # line breaks would break the chart's lines
        (("$x$", ""), r"\$x\$"),  # dollars would start mathematics
        (("\U0001f680x", ""), "x"),  # no font here has a rocket
        (("\U0001f680", "Rocket", "zh"), "Rocket"),
        (("x" * 10_000, ""), "x" * 59 + "…"),
        (("", ""), ""),
    ],
)
def test_names_are_shown_as_the_fonts_allow(arguments, text):
    assert style.shown(*arguments) == text


def test_without_a_chinese_font_the_english_name_is_shown(monkeypatch):
    monkeypatch.setattr(style, "cjk_family", tuple)
    assert style.shown("上海", "Shanghai", "zh") == "Shanghai"


@pytest.mark.parametrize(
    ("measure", "peak", "text"),
    [
        ("coverage", 0.9, "Coverage"),
        ("profit", 900.0, "Maker's contribution, CNY/week"),
        ("profit", 9e5, "Maker's contribution, thousand CNY/week"),
        ("profit", 9e6, "Maker's contribution, million CNY/week"),
        ("units", 9e6, "Units sold, units/week"),
        ("conflict", 0.2, "Conflict, index 0-1"),
    ],
)
def test_an_axis_is_labelled_with_its_unit(measure, peak, text):
    axes = Figure().add_subplot()
    assert style.measure_axis(axes.xaxis, measure, peak, "CNY") == text


def test_money_on_an_axis_is_scaled_as_its_label_says():
    axes = Figure().add_subplot()
    style.measure_axis(axes.xaxis, "profit", 9e5, "CNY")
    assert axes.xaxis.get_major_formatter()(450_000, 0) == "450"


def test_the_style_ends_where_its_block_ends():
    import matplotlib as mpl

    before = mpl.rcParams["axes.spines.top"]
    with style.house_style():
        assert mpl.rcParams["axes.spines.top"] is False
    assert mpl.rcParams["axes.spines.top"] == before
