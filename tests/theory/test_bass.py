"""T10: the diffusion of a durable (Bass 1969)."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from channelsim.simulate.run import simulate
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


PEOPLE = 1e7
SPREAD = 4 * 3.5e-4
"""Four standard deviations of the share after ten years, over seeds: 1 run in 16,000 is beyond."""


def by_steps(steps, seed=0):
    """Return who has adopted after ten years, share, by a run whose week is a part of a year.

    Shelves and the way to them hold plenty for everybody, so that nobody who hears of it waits.
    """
    case = model("bass")
    rates = {"segments.all.innovation": 0.03 / steps, "segments.all.imitation": 0.38 / steps}
    full = [replace(k, ordering="base_stock", base_stock=3 * PEOPLE) for k in case.channel_types]
    case = case.replace(rates, idle=True).replace(
        zones=tuple(replace(z, population=PEOPLE) for z in case.zones),
        channel_types=tuple(full),
        horizon_weeks=10 * steps,
    )
    return simulate(case, case.today, seed=seed).weekly("units")[-1, 0] / PEOPLE


@pytest.fixture(scope="module")
def stepped():
    return {steps: by_steps(steps) for steps in (1, 4, 12, WEEKS)}


@pytest.mark.parametrize(("steps", "share"), [(1, 0.7298365), (4, 0.7931181)])
def test_a_step_of_a_year_or_a_quarter_comes_where_its_recursion_says(stepped, steps, share):
    """F <- F + (1 - F)(1 - exp(-(p + q F) / steps)) ten years on, four standard deviations."""
    assert stepped[steps] == pytest.approx(share, abs=SPREAD)


def test_runs_come_closer_to_bass_the_shorter_their_step(stepped):
    """A year, a quarter, a month and a week leave 0.083, 0.020, 0.006 and 0.0015 of all people."""
    off = [abs(share - 0.8128032) for share in stepped.values()]
    assert all(coarse > fine for coarse, fine in pairwise(off))
    assert off[-1] < 2e-3 + SPREAD


@pytest.fixture(scope="module")
def eleven():
    return durables(model("bass_durables"))


@pytest.mark.parametrize("product", DURABLES)
def test_half_adopt_and_the_best_quarter_comes_as_bass_says(eleven, product):
    p, q, thousands = DURABLES[product]
    half = math.log(2 + q / p) / (p + q)
    assert eleven[f"{product}: years to half"] == pytest.approx(half, rel=5e-3)
    assert eleven[f"{product}: peak"] == pytest.approx(thousands * (p + q) ** 2 / (4 * q), rel=8e-3)
