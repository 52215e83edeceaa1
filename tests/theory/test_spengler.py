"""T01: double marginalisation (Spengler 1950) under the three orders of moves."""

import pytest

from channelsim.study.terms import ORDERS, optimise_terms
from tests.theory.chains import chain, wholesale_terms

MARKETS = ((1.0, 1.0, 0.0), (10.0, 1.0, 2.0), (8.0, 0.5, 3.0))


def closed_form(a, b, c, order):
    """Wholesale price, price, the maker's profit and the retailer's."""
    whole = (a - b * c) ** 2 / (4 * b)
    margin = (a - b * c) / b
    return {
        "maker_leads": (c + margin / 2, c + 3 * margin / 4, whole / 2, whole / 4),
        "simultaneous": (c + margin / 3, c + 2 * margin / 3, 4 * whole / 9, 4 * whole / 9),
        "partner_leads": (c + margin / 4, c + 3 * margin / 4, whole / 4, whole / 2),
    }[order]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("market", MARKETS)
def test_a_maker_and_a_retailer(market, order):
    a, b, cost = market
    top = a / b
    case = chain(a, b, cost=cost, price=0.7 * top, wholesale=0.4 * top)
    found = optimise_terms(
        case, wholesale_terms(case, cost + 0.01 * top, top), order=order, starts=1
    )
    (wholesale,) = found.values.values()
    profits = (found.rest.maker_profit[""], found.rest.partner_profit[0])
    expected = closed_form(a, b, cost, order)
    assert (wholesale, found.rest.price[0], *profits) == pytest.approx(expected, rel=1e-4)
    assert found.status == "found"


def test_twenty_starts_lead_to_the_same_wholesale_price():
    case = chain(10.0, 1.0, cost=2.0, price=7.0, wholesale=4.0)
    terms = wholesale_terms(case, 2.1, 10.0)
    found = optimise_terms(case, terms, order="simultaneous", starts=20)
    assert (found.status, found.others, found.unsettled) == ("found", (), 0)


def test_twenty_starts_lead_a_retailer_who_moves_first_to_the_same_margin():
    case = chain(10.0, 1.0, cost=2.0, price=7.0, wholesale=4.0)
    terms = wholesale_terms(case, 2.1, 10.0)
    found = optimise_terms(case, terms, order="partner_leads", starts=20, seed=3)
    assert (found.status, found.others, found.unsettled) == ("found", (), 0)
    assert list(found.values.values()) == pytest.approx([4.0], rel=1e-6)
