from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from channelsim.domain.measures import planned
from channelsim.report.cost_waterfall import STEPS, paint_waterfall, waterfall
from tests.report.made import made, outcome, scaled


def test_the_steps_lead_from_spending_to_contribution(comparison):
    bars = {bar.name: bar for bar in waterfall(comparison, "plan")}
    assert tuple(bars) == STEPS
    assert bars["revenue"].low == 0
    assert bars["governance"].low == pytest.approx(bars["profit"].high)


def test_each_step_is_as_high_as_its_measure(comparison):
    for bar in waterfall(comparison, "plan"):
        assert bar.high - bar.low == pytest.approx(bar.value.mean)


def test_shares_are_of_consumer_spending(comparison):
    bars = waterfall(comparison, "today")
    assert bars[0].share == 1
    assert sum(bar.share for bar in bars[1:]) == pytest.approx(1)


def test_a_loss_hangs_below_zero(scenario, comparison):
    poor = replace(scaled(planned(scenario, scenario.today), 1.0), production=1e6)
    runs = {"today": (outcome(scenario, "today", 0, poor),), "plan": comparison.outcomes["plan"]}
    bar = waterfall(replace(comparison, outcomes=runs), "today")[-1]
    assert bar.low < 0
    assert bar.high == 0


def test_nothing_sold_has_no_shares(scenario):
    cases = made({"today": (scenario, scenario.today.replace(openings=()))})
    assert {bar.share for bar in waterfall(cases, "today")} == {0.0}


def test_charts_that_share_an_axis_all_fit_in(scenario):
    cases = made({"today": (scenario, scenario.today)})
    full = waterfall(cases, "today")
    measures = planned(scenario, scenario.today)
    runs = [outcome(scenario, "today", 0, scaled(measures, 0.0))]
    empty = waterfall(replace(cases, outcomes={"today": tuple(runs)}), "today")
    runs = [outcome(scenario, "today", 0, replace(measures, production=1e6))]
    loss = waterfall(replace(cases, outcomes={"today": tuple(runs)}), "today")
    row = Figure().subplots(1, 3, sharey=True)
    for axes, bars in zip(row, (full, empty, loss), strict=True):
        paint_waterfall(axes, bars, "CNY", "today")
    low, high = row[0].get_ylim()
    assert low < min(bar.low for bar in loss)
    assert high > max(bar.high for bar in full)
