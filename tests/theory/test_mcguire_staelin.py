"""T02: integrate or sell through a dealer, goods that replace one another (1983)."""

import numpy as np
import pytest

from channelsim.simulate.rest import rest_point
from channelsim.study import theory_models as played
from channelsim.study.theory import model

NEAR = 1e-3


@pytest.mark.parametrize("theta", [0.3, 0.5, 0.7])
def test_integrated_firms(theta):
    case = played.integrated(played.substitutes(model("mcguire_staelin"), theta))
    rest = rest_point(case)
    assert rest.price == pytest.approx([1 / (2 - theta)] * 2, rel=1e-6)
    assert rest.partner_profit == pytest.approx([1 / (2 - theta) ** 2] * 2, rel=1e-6)


@pytest.mark.parametrize("theta", [0.3, 0.5, 0.7])
def test_makers_who_sell_through_dealers(theta):
    rest = played.led(played.substitutes(model("mcguire_staelin"), theta)).rest
    rest_of = 4 - theta - 2 * theta**2
    maker = (2 + theta) * (2 - theta**2) / ((2 - theta) * rest_of**2)
    dealer = ((2 - theta**2) / ((2 - theta) * rest_of)) ** 2
    assert rest.price == pytest.approx([2 * (3 - theta**2) / ((2 - theta) * rest_of)] * 2, rel=1e-4)
    assert list(rest.maker_profit.values()) == pytest.approx([maker] * 2, rel=1e-4)
    assert rest.partner_profit == pytest.approx([dealer] * 2, rel=1e-4)


@pytest.mark.parametrize("theta", [0.3, 0.5, 0.7])
def test_an_integrated_firm_against_a_dealer(theta):
    case = played.integrated(played.substitutes(model("mcguire_staelin"), theta), "good0")
    rest = played.led(case, goods=["good1"]).rest
    firm = (4 + theta - 2 * theta**2) ** 2 / (4 * (2 - theta) ** 2 * (2 - theta**2) ** 2)
    rival = (2 + theta) / (4 * (2 - theta) * (2 - theta**2))
    assert rest.partner_profit[0] == pytest.approx(firm, rel=1e-4)
    assert rest.maker_profit["two"] == pytest.approx(rival, rel=1e-4)


def test_the_search_finds_the_published_thresholds():
    """Over all degrees of substitution from 0.05 to 0.97, each to a thousandth."""
    found = played.mcguire_staelin(model("mcguire_staelin"))
    expected = [0.43232044, 0.70780905, 0.93090840]
    assert list(found.values()) == pytest.approx(expected, abs=NEAR)


def ends(case, start):
    """Return where answers lead from twenty starts between a price and twice it: (20, 2)."""
    starts = np.random.default_rng(3).uniform(start, 2 * start, (20, 2))
    rests = [rest_point(case, start=each) for each in starts]
    assert all(rest.at_rest for rest in rests)
    return [rest.price for rest in rests]


def test_twenty_starts_lead_integrated_firms_to_the_same_prices():
    case = played.integrated(played.substitutes(model("mcguire_staelin"), 0.5))
    np.testing.assert_allclose(ends(case, 0.5), np.full((20, 2), 1 / 1.5), rtol=1e-6)


def test_twenty_starts_lead_dealers_to_the_same_prices():
    """Wholesale prices of 1 each: a dealer answers p with (1 + p / 2 + 1) / 2, 4 / 3 at rest."""
    case = played.substitutes(model("mcguire_staelin"), 0.5)
    case = case.replace({"channel_types.dealer.wholesale_price": 1.0}, idle=True)
    np.testing.assert_allclose(ends(case, 0.8), np.full((20, 2), 4 / 3), rtol=1e-9)
