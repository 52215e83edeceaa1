from dataclasses import replace

import numpy as np
import pytest

from channelsim.study.loop.learnt import Learnt
from tests.instances import tiny

NOTHING = Learnt.nothing(tiny())


def believed(**changes):
    return replace(NOTHING, **changes).believed(tiny())


def test_nothing_learnt_changes_nothing_that_is_planned():
    plain = believed()
    assert plain.columns.price.tolist() == tiny().columns.price.tolist()
    assert (plain.responses, plain.contracts, plain.goals, plain.zones) == (
        tiny().responses, tiny().contracts, tiny().goals, tiny().zones,
    )  # fmt: skip


def test_corrections_are_values_of_candidates():
    first = believed(
        attraction=np.full(5, -0.2), capture=np.full(5, 1.5), price=np.full(5, 0.9), unit_cost=2.0
    ).candidates[0]
    assert (first.attraction, first.capture, first.price, first.supply_cost) == (
        -0.2, 1.5, 90.0, 3.0,
    )  # fmt: skip


def test_a_cost_that_plans_overstate_goes_no_lower_than_nothing():
    assert believed(unit_cost=-5.0).candidates[0].supply_cost == 0.0


def test_responses_and_rebates_are_scaled():
    case = believed(response=0.5, rebate=0.5)
    assert case.responses[0].lift == 0.05
    assert [c.rate for c in case.contracts] == [0.01, 0.025]


def test_limits_move_by_what_plans_miss():
    case = tiny().replace({"goals.max_conflict": 0.15})
    goals = replace(NOTHING, conflict=0.05, coverage=-0.02).believed(case).goals
    assert goals.max_conflict == pytest.approx(0.10)
    assert goals.min_coverage == pytest.approx(0.92)


def test_no_limit_stays_none():
    assert believed(conflict=0.05).goals.max_conflict is None


def test_a_forecast_counts_the_gaps():
    plain, gap = NOTHING, replace(NOTHING, conflict=0.05)
    layout = tiny().today
    more = gap.forecast(tiny(), layout).conflict - plain.forecast(tiny(), layout).conflict
    assert more == pytest.approx(0.05)
