"""What every form of demand must hold to, on a market of two zones, two segments, six outlets."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.channel import Appeal
from channelsim.domain.demand import choice_of, demand_of, logit_shares, occasions
from channelsim.domain.market import CHOICE_FORMS, DEMAND_FORMS, Market
from tests.instances import tiny

TINY = tiny()
PRICE = np.array([1.31, 1.02, 1.15, 0.9, 0.83])
LIFT = np.array([0.1, 0.0, 0.05, 0.02, 0.0])
OPEN = np.array([True, True, False, True, True])
SHUT = np.zeros(5, dtype=bool)
UNBOUNDED = ("linear", "isoelastic")
"""Textbook quantities, not shares."""
PARAMETERS = {
    "nested_logit": {"nesting": 0.4},
    "huff": {"doors_exponent": 0.8},
    "mci": {"doors_exponent": 0.8, "nearest_km": 2.0},
    "linear": {"cross_price": 0.2},
    "isoelastic": {"cross_price": 0.3},
    "spatial": {"space": "circle", "space_km": 2.0, "travel": "quadratic"},
}


def scenario_of(form: str):
    """Two segments; flagship 1.9, dealer 1.6, web 1.4 to one of them and less to the other."""
    (one,) = TINY.segments
    keen = replace(one, share=0.6, price_sensitivity=1.0, distance_sensitivity=0.1)
    frugal = replace(keen, id="frugal", share=0.4, price_sensitivity=1.2)
    levels = {"flagship": 1.9, "dealer": 1.6, "web": 1.4}
    appeals = tuple(
        Appeal(kind, segment.id, level - less)
        for kind, level in levels.items()
        for segment, less in ((keen, 0.0), (frugal, 0.1))
    )
    spots = [0.1, 0.7, 0.9, 1.2, 1.6]
    candidates = tuple(
        replace(c, position_km=spot, doors=doors)
        for c, spot, doors in zip(TINY.candidates, spots, (4, 3, 2, 2, 1), strict=True)
    )
    return TINY.replace(
        segments=(keen, frugal),
        appeals=appeals,
        candidates=candidates,
        market=Market(demand=form, **PARAMETERS.get(form, {})),
    )


@pytest.fixture(params=DEMAND_FORMS)
def form(request):
    return request.param


@pytest.fixture
def scenario(form):
    return scenario_of(form)


@pytest.fixture
def demand(scenario):
    return demand_of(scenario)


class TestEveryForm:
    def test_units_stand_by_arc_and_segment(self, scenario, demand):
        units = demand.units(PRICE, LIFT, OPEN)
        assert units.shape == (scenario.arcs.arcs, 2)
        assert np.isfinite(units).all()
        assert (units >= 0).all()
        assert units.sum() > 100

    def test_what_is_closed_sells_nothing(self, scenario, demand):
        units = demand.units(PRICE, LIFT, OPEN)
        assert not units[scenario.arcs.candidate == 2].any()

    def test_nothing_open_sells_nothing(self, demand):
        assert not demand.units(PRICE, LIFT, SHUT).any()

    def test_units_grow_with_people(self, scenario, demand):
        twice = scenario.changed({"zones.*.population": lambda people: 2 * people})
        units = demand.units(PRICE, LIFT, OPEN)
        assert demand_of(twice).units(PRICE, LIFT, OPEN) == pytest.approx(2 * units)

    def test_slopes_are_those_of_central_differences(self, scenario, demand):
        slopes = demand.slopes(PRICE, LIFT, OPEN)
        dense = np.zeros((scenario.arcs.arcs, 5, 2))
        dense[slopes.of, scenario.arcs.candidate[slopes.by]] = slopes.value
        step = 1e-5
        for j in np.flatnonzero(OPEN):
            up, down = PRICE.copy(), PRICE.copy()
            up[j] += step
            down[j] -= step
            rise = demand.units(up, LIFT, OPEN) - demand.units(down, LIFT, OPEN)
            assert dense[:, j] == pytest.approx(rise / (2 * step), rel=1e-5, abs=1e-4)

    def test_slopes_sum_over_candidates(self, scenario, demand):
        slopes = demand.slopes(PRICE, LIFT, OPEN)
        table = slopes.by_candidate(5)
        assert table.shape == (5, 5)
        assert table.sum() == pytest.approx(slopes.value.sum())
        assert (np.diag(table) <= 0).all()
        assert not table[2].any()
        assert not table[:, 2].any()

    def test_slopes_of_nothing_open_are_none(self, demand):
        assert demand.slopes(PRICE, LIFT, SHUT).value.shape == (0, 2)

    def test_inputs_stay_as_they_are(self, demand):
        price, lift = PRICE.copy(), LIFT.copy()
        demand.units(price, lift, OPEN)
        demand.slopes(price, lift, OPEN)
        assert (price == PRICE).all()
        assert (lift == LIFT).all()

    def test_a_lift_never_lowers_the_own_units(self, scenario, demand):
        more = LIFT + np.array([0, 0.05, 0, 0, 0])
        own = scenario.arcs.candidate == 1
        before = demand.units(PRICE, LIFT, OPEN)[own].sum()
        assert demand.units(PRICE, more, OPEN)[own].sum() > before


@pytest.mark.parametrize("form", CHOICE_FORMS)
def test_weights_of_a_choice_give_back_its_units(form):
    scenario = scenario_of(form)
    choice = choice_of(scenario)
    weight = choice.weights(PRICE, LIFT, OPEN)
    units = logit_shares(scenario.arcs, weight) * occasions(scenario)[scenario.arcs.zone]
    assert choice.units(PRICE, LIFT, OPEN) == pytest.approx(units)
    assert not weight[scenario.arcs.candidate == 2].any()


@pytest.mark.parametrize("form", [form for form in DEMAND_FORMS if form not in UNBOUNDED])
def test_no_more_is_sold_than_there_are_occasions(form):
    scenario = scenario_of(form)
    by_zone = np.zeros((4, 2))
    np.add.at(by_zone, scenario.arcs.zone, demand_of(scenario).units(PRICE, LIFT, OPEN))
    assert (by_zone <= occasions(scenario) * (1 + 1e-12)).all()
