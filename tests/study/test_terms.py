"""Terms chosen against partners who answer: what is refused, respected and told."""

import math
from dataclasses import replace

import pytest

from channelsim.errors import BadValue
from channelsim.study.terms import Term, optimise_terms
from tests.theory.chains import chain, wholesale_terms

MARKET = chain(1.0, 1.0)
WHOLESALE = wholesale_terms(MARKET, 0.05, 0.95)


def refused(**changes):
    with pytest.raises(BadValue) as caught:
        optimise_terms(MARKET, **{"terms": WHOLESALE, **changes})
    return caught.value.message


def test_an_unknown_order_of_moves_is_refused():
    assert refused(order="first") == (
        "order is unknown: 'first'; write one of maker_leads, simultaneous, partner_leads"
    )


def test_nothing_to_choose_is_refused():
    assert refused(terms=[]) == "terms is empty; name at least one Term to choose"


def test_a_maker_that_makes_nothing_is_refused():
    strange = [Term("candidates.good0.wholesale_price", 0.1, 0.9, "nobody")]
    assert refused(terms=strange) == (
        "no candidate has the maker 'nobody'; write it in candidates.csv"
    )


def test_a_term_needs_room_to_choose():
    with pytest.raises(BadValue, match="low must be below high, got 1 and 1; swap or widen them"):
        Term("candidates.good0.wholesale_price", 1.0, 1.0)


def test_a_partners_reservation_profit_is_respected():
    """The retailer earns (1 - w)^2 / 4, and wants 0.08: w = 1 - 2 sqrt(0.08), below 1/2."""
    asking = MARKET.replace({"candidates.good0.reservation_profit": 0.08})
    found = optimise_terms(asking, WHOLESALE)
    (wholesale,) = found.values.values()
    assert wholesale == pytest.approx(1 - 2 * math.sqrt(0.08), abs=1e-4)
    assert found.rest.shortfall == pytest.approx([0.0], abs=1e-8)


def test_the_choice_is_in_the_scenario_it_comes_with():
    found = optimise_terms(MARKET, WHOLESALE)
    assert found.scenario.candidates[0].wholesale_price == pytest.approx(0.5, abs=1e-4)


def test_it_tells_terms_and_profits():
    told = str(optimise_terms(MARKET, WHOLESALE)).splitlines()
    assert told[0] == "terms: found"
    assert [line.split("  ")[0] for line in told[1:]] == [
        "candidates.good0.wholesale_price",
        "the maker earns",
        "shop earns",
    ]


def test_it_tells_of_starts_that_never_settled():
    case = chain(1.0, 1.0)
    found = optimise_terms(case, wholesale_terms(case, 0.1, 0.9))
    assert "never settled" not in str(found)
    assert "from 2 starts choices never settled" in str(replace(found, unsettled=2))


def test_terms_that_no_partner_takes_are_told():
    found = optimise_terms(MARKET.replace({"candidates.good0.reservation_profit": 10.0}), WHOLESALE)
    assert found.status == "refused"
    assert str(found).splitlines()[-1].startswith("partners lack reservation profit")


def test_a_wide_range_of_terms_leads_to_the_same_rest():
    """Choi 1991, a = 10, b = 2, cross 1, c = 1: w = 4."""
    pair = {"partners": ("shop", "shop"), "makers": ("one", "two")}
    case = chain(10.0, 2.0, 1.0, 1.0, price=6.0, wholesale=4.0, **pair)
    found = optimise_terms(case, wholesale_terms(case, 1.0, 8.0), starts=1)
    assert found.status == "found"
    assert list(found.values.values()) == pytest.approx([4.0, 4.0], rel=1e-4)
