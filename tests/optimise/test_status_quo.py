import numpy as np
import pytest

from channelsim.domain.economics import unit_money
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.status_quo import status_quo
from tests.instances import tiny


def today(scenario):
    inputs, _ = scenario_inputs(scenario)
    return status_quo(scenario, inputs.sites, unit_money(scenario), inputs.limits.supply)


def test_today_of_tiny_is_north_in_a_and_the_web_shop():
    # north-a sells 0.8 x (1000 / 2 + 500 / 3) = 533.3 units to A and B, keeping 30 less 10 of
    # selling, 2 weeks' stock at 0.5% of 70 and with the 5% rebate of 70, less 500 a week
    kept = 100 - 70 - 10 + 0.05 * 70 - 2 * 0.005 * 70
    assert today(tiny()).partner == pytest.approx([0, 533.3333 * kept - 500, 0], rel=1e-6)


def test_the_makers_today_is_the_plan_that_opens_just_that():
    scenario = tiny()
    inputs, _ = scenario_inputs(scenario)
    mask = np.array([c.open_today for c in scenario.candidates])
    others = np.isin(inputs.arcs.site, np.flatnonzero(mask))
    best = np.zeros(inputs.arcs.nodes)
    np.maximum.at(best, inputs.arcs.node[others], inputs.arcs.value[others])
    # north-a's 600 units are enough for all it could sell, and the web shop has no limit
    charge = inputs.sites.charge[mask].sum()
    assert today(scenario).maker == pytest.approx(best.sum() - charge - inputs.sites.constant)


def test_what_must_close_still_counts_today():
    closing = tiny().replace({"candidates.north-a.must_close": True})
    assert today(closing).partner == pytest.approx(today(tiny()).partner)
