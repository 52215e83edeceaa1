"""Best responses repeated to rest against the published equilibria, and what a quote may do."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.demand import demand_of
from channelsim.domain.market import Market, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics
from channelsim.domain.scenario import Scenario
from channelsim.simulate.answers import by_outlet
from channelsim.simulate.rules import pricing


def one_zone(sellers, *, appeal, sensitivity, market=None, partners=None):
    """Return one zone of one consumer with outlets of as many partners."""
    names = partners or [f"p{i}" for i in range(sellers)]
    return Scenario(
        name="one zone",
        zones=(Zone("a", "A", 30.0, 120.0, 1.0),),
        segments=(Segment("s", "S", 1.0, 1.0, sensitivity, 0.0),),
        channel_types=(
            ChannelType("d", "D", 2.0, wholesale_price=1.0, price_setter="partner", service=0.0),
        ),
        appeals=(Appeal("d", "s", appeal),),
        partners=tuple(Partner(name, name) for name in dict.fromkeys(names)),
        candidates=tuple(Candidate(f"c{i}", name, "d", "a") for i, name in enumerate(names)),
        economics=Economics(0.0),
        market=market or Market(),
    )


def at_rest(case, rule, cost, rounds=200, start=1.5):
    """Repeat a rule with the demand model's own slopes: (J,) prices."""
    demand, count = demand_of(case), len(case.candidates)
    price, is_open = np.full(count, start), np.ones(count, dtype=bool)
    for _ in range(rounds):
        units = demand.units(price, np.zeros(count), is_open).sum(axis=1)
        slopes = demand.slopes(price, np.zeros(count), is_open)
        slope, spill = by_outlet(slopes, case.columns.partner_of, price - cost)
        quote = pricing.Quote.of(
            case.columns.price,
            unit_cost=np.full(count, cost),
            price=price,
            units=units,
            slope=slope,
            spill=spill,
            share=units,
        )
        price = rule(quote)
    return price


@pytest.mark.parametrize(("sellers", "price"), [(1, 2.567143), (2, 2.401058)])
def test_logit_prices_rest_at_bertrand_nash(sellers, price):  # Anderson et al. 1992
    case = one_zone(sellers, appeal=2.0, sensitivity=1.0)
    found = at_rest(case, pricing.logit_best_response, 1.0)
    np.testing.assert_allclose(found, price, atol=1e-6)


@pytest.mark.parametrize("theta", [0.0, 0.3, 0.8])
def test_linear_prices_rest_at_bertrand_nash(theta):  # McGuire and Staelin 1983, II
    market = Market(demand="linear", cross_price=theta)
    case = one_zone(2, appeal=1.0, sensitivity=1.0, market=market)
    found = at_rest(case, pricing.linear_best_response, 0.0, start=0.4)
    np.testing.assert_allclose(found, 1 / (2 - theta), atol=1e-9)


def test_two_outlets_of_one_partner_are_priced_jointly():
    case = one_zone(2, appeal=2.0, sensitivity=1.0, partners=["p", "p"])
    price = at_rest(case, pricing.logit_best_response, 1.0)[0]
    share = 2 * math.exp(2 - price) / (1 + 2 * math.exp(2 - price))
    assert price - 1 == pytest.approx(1 / (1 - share))  # a monopolist of both
    apart = at_rest(one_zone(2, appeal=2.0, sensitivity=1.0), pricing.logit_best_response, 1.0)
    assert price > apart[0]


def test_one_step_of_the_logit_response_by_hand():
    quote = pricing.Quote.of(
        np.array([100.0]),
        unit_cost=np.array([60.0]),
        units=np.array([20.0]),
        slope=np.array([-0.5]),
        share=np.array([0.25]),
    )
    # p* = 60 + 20 / 0.5 = 100: at rest
    np.testing.assert_allclose(pricing.logit_best_response(quote), [100.0])
    dear = replace(quote, unit_cost=np.array([80.0]))
    np.testing.assert_allclose(pricing.logit_best_response(dear), [100 + 0.75 * 20])


def test_demand_beyond_capacity_raises_the_price():
    quote = pricing.Quote.of(
        np.array([100.0]),
        unit_cost=np.array([60.0]),
        units=np.array([20.0]),
        slope=np.array([-0.5]),
        capacity=np.array([15.0]),
    )
    # units fall to 15 at 100 + 5 / 0.5
    np.testing.assert_allclose(pricing.logit_best_response(quote), [110.0])


def test_who_sells_nothing_leaves_its_price():
    quote = pricing.Quote.of(np.array([100.0]))
    np.testing.assert_array_equal(pricing.linear_best_response(quote), [100.0])


@given(st.floats(0.1, 5), st.floats(0.1, 5))
def test_a_higher_cost_never_lowers_the_response(low, more):
    case = one_zone(1, appeal=2.0, sensitivity=1.0)
    cheap = at_rest(case, pricing.logit_best_response, low, 60)
    assert at_rest(case, pricing.logit_best_response, low + more, 60) >= cheap - 1e-9
