"""T03: two makers and their common or exclusive dealers (Choi 1991)."""

import numpy as np
import pytest

from channelsim.simulate.rest import rest_point
from channelsim.study.terms import optimise_terms
from tests.theory.chains import chain, wholesale_terms

MARKETS = ((10.0, 2.0, 1.0, 1.0), (10.0, 2.0, 0.5, 1.0), (12.0, 3.0, 2.0, 0.5))


def closed_form(a, b, g, c, order):
    """Wholesale price, price, a maker's profit and the retailer's."""
    d = a - (b - g) * c
    led = (a * (3 * b - 2 * g) + b * c * (b - g)) / (2 * (b - g) * (2 * b - g))
    return {
        "maker_leads": (
            (a + b * c) / (2 * b - g),
            led,
            b * d**2 / (2 * (2 * b - g) ** 2),
            b**2 * d**2 / (2 * (b - g) * (2 * b - g) ** 2),
        ),
        "simultaneous": (
            (a + 2 * b * c) / (3 * b - g),
            (a * (2 * b - g) + b * c * (b - g)) / ((b - g) * (3 * b - g)),
            b * d**2 / (3 * b - g) ** 2,
            2 * b**2 * d**2 / ((b - g) * (3 * b - g) ** 2),
        ),
        "partner_leads": (
            (a + 3 * b * c - g * c) / (2 * (2 * b - g)),
            led,
            b * d**2 / (4 * (2 * b - g) ** 2),
            b * d**2 / (2 * (b - g) * (2 * b - g)),
        ),
    }[order]


def market(a, b, g, c, partners):
    top = a / (b - g)
    return chain(
        a, b, g, c, partners=partners, makers=("one", "two"), price=0.7 * top, wholesale=0.4 * top
    )


@pytest.mark.parametrize("order", ["maker_leads", "simultaneous", "partner_leads"])
@pytest.mark.parametrize("numbers", MARKETS)
def test_two_makers_sell_through_one_retailer(numbers, order):
    a, b, g, c = numbers
    case = market(a, b, g, c, ("shop", "shop"))
    found = optimise_terms(case, wholesale_terms(case, c, a / (b - g)), order=order, starts=1)
    expected = closed_form(a, b, g, c, order)
    assert list(found.values.values()) == pytest.approx([expected[0]] * 2, rel=1e-4)
    assert found.rest.price == pytest.approx([expected[1]] * 2, rel=1e-4)
    assert list(found.rest.maker_profit.values()) == pytest.approx([expected[2]] * 2, rel=1e-3)
    assert found.rest.partner_profit == pytest.approx([expected[3]], rel=1e-3)


@pytest.mark.parametrize("numbers", MARKETS)
def test_two_makers_sell_through_dealers_of_their_own(numbers):
    a, b, g, c = numbers
    case = market(a, b, g, c, ("left", "right"))
    found = optimise_terms(case, wholesale_terms(case, c, a / (b - g)), starts=1)
    wholesale = (2 * a * b + a * g + 2 * b**2 * c - g**2 * c) / (4 * b**2 - b * g - 2 * g**2)
    assert list(found.values.values()) == pytest.approx([wholesale] * 2, rel=1e-4)


def test_the_printed_numbers_of_exclusive_dealers():
    case = market(10.0, 2.0, 1.0, 1.0, ("left", "right"))
    rest = optimise_terms(case, wholesale_terms(case, 1.0, 10.0), starts=1).rest
    assert rest.price == pytest.approx([6.5, 6.5], rel=1e-4)
    assert list(rest.maker_profit.values()) == pytest.approx([13.125] * 2, rel=1e-3)
    assert rest.partner_profit == pytest.approx([6.125] * 2, rel=1e-3)


def test_twenty_starts_lead_to_the_same_terms():
    case = market(10.0, 2.0, 1.0, 1.0, ("shop", "shop"))
    found = optimise_terms(case, wholesale_terms(case, 1.0, 10.0), starts=20, seed=3)
    assert (found.status, found.others, found.unsettled) == ("found", (), 0)


def test_twenty_starts_lead_exclusive_dealers_to_the_same_prices():
    case = market(10.0, 2.0, 1.0, 1.0, ("left", "right"))
    case = case.replace({"channel_types.dealer.wholesale_price": 4.75})
    starts = np.random.default_rng(3).uniform(4.75, 10.0, (20, 2))
    ends = [rest_point(case, start=start).price for start in starts]
    np.testing.assert_allclose(ends, np.full((20, 2), 6.5), rtol=1e-9)
