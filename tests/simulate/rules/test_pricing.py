"""Pricing rules against prices worked out by hand."""

import numpy as np
import pytest

from channelsim.simulate.rules import pricing


def quote(cost, markup, selling):
    return pricing.Quote.of(
        np.array([100.0]),
        unit_cost=np.array([cost]),
        markup=np.array([markup]),
        selling_rate=np.array([selling]),
    )


def test_list_price_keeps_the_plan():
    assert pricing.list_price(quote(70, 0.2, 0.1)) == [100.0]


@pytest.mark.parametrize(
    ("cost", "markup", "selling", "price"),
    [
        (70, 0.0, 0.0, 70.0),  # cost alone
        (70, 0.2, 0.0, 84.0),  # markup
        (66.5, 0.2, 0.1, 79.8 / 0.9),  # the selling cost is a share of the price it must cover
        (70, 0.0, 1.0, 1400.0),  # no price covers a selling cost of 100%: held at 95%
    ],
)
def test_cost_plus(cost, markup, selling, price):
    assert pricing.cost_plus(quote(cost, markup, selling)) == pytest.approx([price])
