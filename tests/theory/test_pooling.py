"""T08: stock at one place for many (Eppen 1979), and Little's law (1961)."""

import numpy as np
import pytest

from channelsim.domain.layout import Layout
from channelsim.simulate.run import simulate
from channelsim.study.theory_inventory import pooled, turning, weeks_in_stock
from scenarios.builder import inventory


@pytest.mark.parametrize(("sites", "deviation"), [(4, 20.0), (9, 20.0), (16, 10.0)])
def test_pooled_safety_stock_is_one_over_the_root_of_the_sites(sites, deviation):
    """Deterministic but for rounding to whole units: to 1e-4."""
    found = pooled(inventory.pooling(sites, deviation=deviation))
    assert found == pytest.approx(sites**-0.5, rel=1e-4)


@pytest.mark.parametrize(("common", "sites"), [(0.5, 4), (1.0, 4), (0.25, 9)])
def test_what_sites_have_in_common_does_not_even_out(common, sites):
    """Eppen's correlated demands: the variance of the sum is n + n (n - 1) times the correlation;
    to 1e-4.
    """
    case = inventory.pooling(sites).replace({"market.swing_common": common})
    expected = np.sqrt((1 + (sites - 1) * common) / sites)
    assert pooled(case) == pytest.approx(expected, rel=1e-4)


def test_what_is_left_over_falls_likewise():
    """300 weeks: the ratio of the means within 20%, about four of its standard errors."""
    sites = 4
    case = inventory.pooling(sites)
    left = {}
    for name, rows in (("apart", case.candidates[:-1]), ("pooled", case.candidates[-1:])):
        run = simulate(case, Layout.of([c.id for c in rows]), weeks=300, record=("total",))
        ordered, sold = run.weekly("orders")[1:, 0], run.weekly("units")[1:, 0]
        left[name] = (ordered - sold).mean()
    assert left["pooled"] / left["apart"] == pytest.approx(sites**-0.5, rel=0.2)


@pytest.mark.parametrize(("safety", "lead"), [(2.0, 1), (0.5, 3), (4.0, 0)])
def test_stock_turns_over_as_often_as_units_stay(safety, lead):
    """An identity but for what lies there at both ends of ten years: to 1%."""
    assert turning(inventory.turning(safety, lead)) == {
        "turnover x weeks in stock": pytest.approx(52.0, rel=0.01)
    }


def test_the_weeks_that_units_stay_by_hand():
    # 3 come in week 0, of which 1 is sold each week: they stay 0, 1 and 2 weeks
    assert weeks_in_stock(np.array([2.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0])) == 1.0
