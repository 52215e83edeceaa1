"""T01 in n stages: each margin builds on the last (Spengler 1950)."""

import pytest

from channelsim.domain.channel import Partner
from channelsim.errors import BadValue
from channelsim.study.terms import Term, optimise_terms
from channelsim.study.theory_chains import in_turn, whole
from scenarios.builder.chains import tiered
from tests.theory.chains import chain

MARKETS = ((1.0, 1.0, 0.0), (10.0, 1.0, 2.0), (8.0, 0.5, 3.0))


def staged(a, b, cost, stages):
    """A maker, stages - 2 distributors and a retailer; prices rise towards the retailer."""
    top = a / b - cost
    case = chain(a, b, cost=cost, price=cost + 0.97 * top, wholesale=cost + 0.94 * top)
    names = [f"tier{at}" for at in range(stages - 2)]
    return tiered(case, {name: cost + (0.3 + 0.1 * at) * top for at, name in enumerate(names)})


@pytest.mark.parametrize("stages", [2, 3, 4])
@pytest.mark.parametrize("market", MARKETS)
def test_every_stage_halves_what_is_left_to_the_next(market, stages):
    a, b, cost = market
    chosen = in_turn(staged(a, b, cost, stages))
    left = (a / b - cost) / 2**stages
    assert chosen.status == "found"
    assert chosen.rest.price[0] == pytest.approx(a / b - left, rel=1e-4)
    efficiency = chosen.rest.channel_profit / whole(staged(a, b, cost, 2))
    assert efficiency == pytest.approx(4 * (2**stages - 1) / 4**stages, rel=1e-4)


def test_of_two_distributors_the_nearer_to_the_maker_earns_twice_as_much():
    profit = in_turn(staged(10.0, 1.0, 2.0, 4)).rest.partner_profit
    shop, first, second = profit
    assert (first, second) == pytest.approx((4 * shop, 2 * shop), rel=1e-4)


def test_distributors_of_one_tier_answer_one_another():
    # one retailer of each distributor, goods that nobody takes for one another: two chains apart
    case = chain(
        10.0, 1.0, cost=2.0, price=9.0, wholesale=8.0, partners=("a", "b"), makers=("", "")
    )
    case = case.replace(
        partners=(
            *(Partner(p.id, p.id, supplier=f"of-{p.id}") for p in case.partners),
            *(Partner(f"of-{p.id}", p.id, wholesale_price=4.0) for p in case.partners),
        )
    )
    asked = [
        Term(f"candidates.{c.id}.wholesale_price", 2.4, 9.6, partner=f"of-{c.partner}")
        for c in case.candidates
    ]
    chosen = optimise_terms(case, [Term("partners.*.wholesale_price", 2.4, 9.2), *asked])
    assert [chosen.values[term.path] for term in asked] == pytest.approx([8.0, 8.0], rel=1e-4)


def test_a_term_of_somebody_from_whom_nobody_buys_is_refused():
    case = staged(1.0, 1.0, 0.0, 3)
    terms = [
        Term("partners.tier0.wholesale_price", 0.1, 0.9),
        Term("candidates.good0.wholesale_price", 0.1, 0.9, partner="shop"),
    ]
    with pytest.raises(BadValue, match="is of 'shop', from whom nobody buys; name a distributor"):
        optimise_terms(case, terms)


@pytest.mark.parametrize("order", ["simultaneous", "partner_leads"])
def test_distributors_choose_after_the_maker(order):
    terms = [
        Term("partners.tier0.wholesale_price", 0.1, 0.9),
        Term("candidates.good0.wholesale_price", 0.1, 0.9, partner="tier0"),
    ]
    with pytest.raises(BadValue, match="distributors choose after makers, not under the order"):
        optimise_terms(staged(1.0, 1.0, 0.0, 3), terms, order=order)


def test_some_term_is_the_makers():
    later = Term("candidates.good0.wholesale_price", 0.1, 0.9, partner="tier0")
    with pytest.raises(BadValue, match="terms are all distributors'; name at least one"):
        optimise_terms(staged(1.0, 1.0, 0.0, 3), [later])
