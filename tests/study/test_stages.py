"""Distributors who choose what they ask once makers have chosen."""

import pytest

from channelsim.domain.partner import Partner
from channelsim.errors import BadValue
from channelsim.study.stages import Stages
from channelsim.study.terms import Term, optimise_terms
from channelsim.study.theory import model
from tests.theory.chains import chain, staged


def test_a_distributor_answers_what_it_pays():
    # of q = 1 - p its dealer leaves it (1 - w) / 2: it asks half of 1 more than half of its cost
    case = staged(1.0, 1.0, 0.0, 3)
    stages = Stages.of(case, [asked("tier0")], case.today)
    (price,) = stages.answered(case.replace({"partners.tier0.wholesale_price": 0.2})).values()
    assert price == pytest.approx(0.6, abs=1e-9)


def test_who_is_nearer_to_the_maker_chooses_first():
    case = staged(1.0, 1.0, 0.0, 4)
    upper = Term("partners.tier1.wholesale_price", 0.1, 0.95, partner="tier0")
    tiers = Stages.of(case, [asked("tier1"), upper], case.today).tiers
    assert [[term.partner for term in tier] for tier in tiers] == [["tier0"], ["tier1"]]


def test_a_distributor_that_would_lose_refuses_the_makers_terms():
    """Nearest to the maker it sells on at 0.75: the maker would gladly ask more."""
    found = optimise_terms(
        model("spengler_tiers"), [Term("partners.first.wholesale_price", 0.1, 2.0)]
    )
    assert found.status == "found"
    assert found.values["partners.first.wholesale_price"] == pytest.approx(0.75, rel=1e-4)


def asked(partner):
    return Term("candidates.good0.wholesale_price", 0.1, 0.95, partner=partner)


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
