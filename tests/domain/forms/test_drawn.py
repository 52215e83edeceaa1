"""Textbook quantities as chances: what consumers who draw are expected to buy is the textbook's."""

import numpy as np
import pytest

from channelsim.domain.demand import choice_of, demand_of, logit_shares, occasions
from channelsim.domain.market import CHOICE_FORMS, DEMAND_FORMS
from channelsim.errors import BadValue
from channelsim.simulate.run import simulate
from tests.domain.forms.test_every_form import LIFT, OPEN, PRICE, UNBOUNDED, scenario_of
from tests.domain.forms.textbook import sold, textbook

TEXTBOOKS = [form for form in DEMAND_FORMS if form not in (*CHOICE_FORMS, *UNBOUNDED)]


@pytest.mark.parametrize("form", TEXTBOOKS)
def test_weights_give_back_a_textbooks_units(form):
    scenario = scenario_of(form)
    weight = choice_of(scenario).weights(PRICE, LIFT, OPEN)
    units = logit_shares(scenario.arcs, weight) * occasions(scenario)[scenario.arcs.zone]
    assert units == pytest.approx(demand_of(scenario).units(PRICE, LIFT, OPEN), rel=1e-6)


def test_where_every_occasion_buys_odds_stay_finite():
    weight = choice_of(scenario_of("exogenous")).weights(PRICE, LIFT, OPEN)
    assert np.isfinite(weight).all()
    assert weight.max() > 1e6


def test_more_than_one_unit_per_occasion_is_refused_with_its_cure():
    with pytest.raises(BadValue) as caught:
        choice_of(textbook("linear", [3.0])).weights(np.ones(1), np.zeros(1), np.ones(1, bool))
    assert caught.value.message == (
        "zone town would buy 2 units per occasion under market.demand = linear, and a consumer "
        "buys at most one; divide appeals and price sensitivities by ten and multiply its people "
        "by ten"
    )


def test_consumers_who_draw_buy_what_the_textbook_sells():
    """q = 1 - p at 1/4, of 4e8 people: standard deviation 1e-5 of the mean."""
    case = textbook("linear", [1.0], people=4e8)
    case = case.replace(
        {"channel_types.outlet0.price": 0.25, "candidates.outlet0.open_today": True}
    )
    case = case.replace(horizon_weeks=3)
    run = simulate(case, case.today)
    assert sold(case, [0.25]) == pytest.approx([3e8])
    assert run.weekly("units")[:, 0] == pytest.approx(np.full(3, 3e8), rel=1e-4)
