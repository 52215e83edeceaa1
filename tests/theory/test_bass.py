"""T10: the diffusion of a durable (Bass 1969)."""

import math

import pytest

from channelsim.study.theory import model
from channelsim.study.theory_models import bass
from channelsim.study.theory_response import durables
from scenarios.builder.theory_response import DURABLES

# a year's innovation and imitation: the meta-average, room air conditioners, record players
PRODUCTS = ((0.03, 0.38), (0.010399, 0.41861), (0.024796, 0.65410))
WEEKS = 52


def adopted(p, q, years):
    fall = math.exp(-(p + q) * years)
    return (1 - fall) / (1 + q / p * fall)


@pytest.mark.parametrize(("p", "q"), PRODUCTS)
def test_weeks_come_within_a_hundredth_of_the_closed_form(p, q):
    """A week is a fiftieth of a year: what its step costs is below 0.01 of all people."""
    values = {"segments.all.innovation": p / WEEKS, "segments.all.imitation": q / WEEKS}
    case = model("bass").changed({path: lambda _, v=v: v for path, v in values.items()}, idle=True)
    ours = bass(case)
    assert ours["adopted by year 5"] == pytest.approx(adopted(p, q, 5), abs=1e-2)
    assert ours["adopted by year 10"] == pytest.approx(adopted(p, q, 10), abs=1e-2)


def test_the_run_is_the_discrete_recursion():
    """A million people: four standard deviations, early luck included, are 0.004 of them."""
    share, rows = 0.0, {}
    for week in range(1, 10 * WEEKS + 1):
        share += (1 - share) * -math.expm1(-(0.03 + 0.38 * share) / WEEKS)
        rows[week] = share
    ours = bass(model("bass"))
    assert ours["adopted by year 5"] == pytest.approx(rows[5 * WEEKS], abs=4e-3)
    assert ours["adopted by year 10"] == pytest.approx(rows[10 * WEEKS], abs=4e-3)


@pytest.fixture(scope="module")
def eleven():
    return durables(model("bass_durables"))


@pytest.mark.parametrize("product", DURABLES)
def test_half_adopt_and_the_best_quarter_comes_as_bass_says(eleven, product):
    p, q, thousands = DURABLES[product]
    half = math.log(2 + q / p) / (p + q)
    assert eleven[f"{product}: years to half"] == pytest.approx(half, rel=5e-3)
    assert eleven[f"{product}: peak"] == pytest.approx(thousands * (p + q) ** 2 / (4 * q), rel=8e-3)
