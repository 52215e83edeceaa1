"""Who competes in quantities (Cournot 1838): a step by hand, and where it cannot."""

import numpy as np
import pytest

from channelsim.domain.demand import demand_of
from channelsim.errors import BadValue
from channelsim.simulate.answers import held
from channelsim.simulate.rest import rest_point
from channelsim.simulate.rules import pricing
from channelsim.study.theory import model
from scenarios.builder.chains import chain


def quote(**seen):
    shown = {"unit_cost": 0.2, "slope": -1.0, "price": 0.5, **seen}
    return pricing.Quote.of(np.ones(1), **{name: np.array([x]) for name, x in shown.items()})


@pytest.mark.parametrize(
    ("seen", "price"),
    [
        ({"held_markup": 0.4, "held_pull": 1.0}, 0.55),  # half the way from 0.5 to 0.2 + 0.4
        ({"held_markup": 0.4, "held_pull": 3.0}, 0.525),  # a quarter of it
        ({"held_markup": 0.4, "held_pull": 1.0, "shared": 0.2}, 0.575),  # to 0.2 / 0.8 + 0.4
        ({"held_markup": 0.4, "held_pull": 1.0, "slope": 0.0}, 0.5),  # nobody answers: it stays
        ({"held_markup": 0.4, "held_pull": 1.0, "units": 3.0, "capacity": 2.0}, 1.0),  # 0.5 + 1
    ],
)
def test_a_step(seen, price):
    assert pricing.cournot(quote(**seen)) == pytest.approx([price])


def test_prices_answer_units_that_change_alone():
    """q = 1 - p + p' / 2 has p = 2 - 4/3 q - 2/3 q'; at p = 0.8 either sells 0.6."""
    case = chain(1.0, 1.0, 0.5, partners=("left", "right"), makers=("", ""), price=0.8)
    nothing, both = np.zeros(2), np.ones(2, dtype=bool)
    slopes = demand_of(case).slopes(case.columns.price, nothing, both)
    found = held(slopes, case.columns.partner_of, np.full(2, 0.6))
    assert found.held_markup == pytest.approx([0.8, 0.8])
    assert found.held_pull == pytest.approx([4 / 3, 4 / 3])


def test_a_market_that_buys_at_any_price_has_no_quantities_to_compete_in():
    case = model("salop").replace({"channel_types.dealer.pricing": "cournot"})
    with pytest.raises(BadValue, match="pricing is cournot where raising all prices alike"):
        rest_point(case)
