"""Facts of channel pricing: a web shop beside the retailer, tariffs, and exclusive territories.

Firms choose at rest points of the shops' own pricing rules. A shop that meets equal prices knows
that the web will ask what it asks.
"""

from dataclasses import replace
from functools import cache

import pytest
from scipy.optimize import brentq

from channelsim.domain.contract import Contract
from channelsim.domain.layout import Layout
from channelsim.simulate.rest import rest_point
from scenarios.builder.chains import PEOPLE, chain
from scenarios.builder.theory import chiang
from tests.patterns.choices import best, dual, posted, values

DEAREST = 6.0
WHOLESALE = "channel_types.dealer.wholesale_price"
FREE = "channel_types.web.price"


def before_the_web(case, most=DEAREST):
    """The rest point under the wholesale price at which a maker earns most through the shop."""

    def at(wholesale):
        return rest_point(values(case, {WHOLESALE: wholesale}), Layout.of(["good0"]))

    wholesale = best(lambda w: at(w).maker_profit[""], most / 6, most)
    return wholesale, at(wholesale)


def under_equal_prices(case, wholesale):
    """The rest point at the price that the shop chooses for both."""
    price = best(
        lambda p: float(posted(case, wholesale, p, p).partner_profit[0]), wholesale, DEAREST
    )
    return posted(case, wholesale, price, price)


def holding_the_price(case, price):
    """The rest point under equal prices where the wholesale price makes the shop ask a price."""
    wholesale = brentq(lambda w: under_equal_prices(case, w).price[0] - price, 1.0, 4.0, xtol=1e-2)
    return under_equal_prices(case, wholesale)


@cache
def best_equal_prices(inconvenience):
    """The rest point at the equal prices under which the maker earns most."""
    case = dual(inconvenience)
    wholesale = best(lambda w: under_equal_prices(case, w).maker_profit[""], 1.0, 4.0)
    return under_equal_prices(case, wholesale)


@cache
def free_prices(inconvenience):
    """The rest point where the maker chooses both prices, its web no cheaper than the shop buys."""
    case = dual(inconvenience)

    def at(wholesale, web):
        return rest_point(values(case, {WHOLESALE: wholesale, FREE: web}))

    def chosen(wholesale):
        web = best(lambda p: at(wholesale, p).maker_profit[""], wholesale, DEAREST)
        return at(wholesale, web)

    return chosen(best(lambda w: chosen(w).maker_profit[""], 1.0, 4.0))


@pytest.mark.parametrize("inconvenience", [0.25, 1.0, 2.0])
def test_the_makers_best_equal_prices_are_best_for_shop_and_buyers_too(
    inconvenience, record_property
):
    """Cattani, Gilland, Heese and Swaminathan 2006: against a wholesale or a price left as it was
    before the web opened.
    """
    case = dual(inconvenience)
    wholesale, alone = before_the_web(case)
    chosen = best_equal_prices(inconvenience)
    others = (
        under_equal_prices(case, wholesale),
        holding_the_price(case, float(alone.price[0])),
    )
    for other in others:
        assert chosen.maker_profit[""] > other.maker_profit[""]
        assert chosen.partner_profit[0] > other.partner_profit[0]
        assert chosen.price[0] < other.price[0]
    record_property("price below that before the web", f"{alone.price[0] - chosen.price[0]:.3f}")


def test_equal_prices_cost_the_maker_less_the_less_convenient_its_web(record_property):
    """Cattani, Gilland, Heese and Swaminathan 2006: where the web is nearly as convenient the maker
    has much to gain by undercutting, at the shop's cost.
    """
    gains = []
    for inconvenience in (0.25, 1.0, 2.0):
        equal, free = best_equal_prices(inconvenience), free_prices(inconvenience)
        assert free.partner_profit[0] < equal.partner_profit[0]
        gains.append(free.maker_profit[""] - equal.maker_profit[""])
        record_property(f"gain at {inconvenience:g}", f"{gains[-1]:.4f}")
    assert gains[0] > gains[1] > gains[2] > 0


def with_and_without_web(theta):
    """What shop and maker earn after and before a web worth theta opens at w = theta / 2."""
    after, (_, before) = rest_point(chiang(theta)), before_the_web(chiang(theta), most=0.9)
    return (after.partner_profit[0], after.maker_profit[""]), (
        before.partner_profit[0],
        before.maker_profit[""],
    )


@pytest.mark.parametrize("theta", [0.55, 0.65, 0.7])
def test_a_web_of_the_makers_can_leave_both_better_off(theta):
    """Tsay and Agrawal 2004; Chiang, Chhajed and Hess 2003: the wholesale price falls with it."""
    after, before = with_and_without_web(theta)
    assert after[0] > before[0]
    assert after[1] > before[1]


@pytest.mark.parametrize("theta", [0.8, 0.9])
def test_a_web_almost_as_good_as_the_shop_costs_the_shop(theta):
    """Chiang, Chhajed and Hess 2003: the shop gains below 3/4 only."""
    after, before = with_and_without_web(theta)
    assert after[0] < before[0]
    assert after[1] > before[1]


def as_agent(case, commission, price):
    """The rest point where the shop sells for a commission, the maker sets one price for both."""
    kinds = tuple(
        replace(k, price=price, wholesale_price=None, price_setter="maker", pricing="list")
        if k.id == "dealer"
        else replace(k, price=price)
        for k in case.channel_types
    )
    paid = Contract("commission", commission, channel_type="dealer")
    return rest_point(case.replace(channel_types=kinds, contracts=(paid,)))


@pytest.mark.parametrize("inconvenience", [0.25, 1.0])
def test_a_commission_can_leave_both_better_off_than_competition(inconvenience, record_property):
    """Tsay and Agrawal 2004: the shop sends its customers to the maker and is paid for it."""
    case = dual(inconvenience)
    rivals = free_prices(inconvenience)
    better = []
    for commission in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
        price = best(lambda p: as_agent(case, commission, p).maker_profit[""], 1.0, DEAREST)  # noqa: B023
        agents = as_agent(case, commission, price)
        if (
            agents.partner_profit[0] > rivals.partner_profit[0]
            and agents.maker_profit[""] > rivals.maker_profit[""]
        ):
            better.append(commission)
    record_property("commissions better for both", ", ".join(f"{rate:.0%}" for rate in better))
    assert better


def two_retailers(cross, small):
    """Competing retailers at q = 10 - p + cross p' and q = small - p + cross p', unit cost 2."""
    case = chain(
        10.0,
        1.0,
        cross,
        2.0,
        partners=("big", "small"),
        makers=("", ""),
        price=7.0,
        wholesale=2.0,
    )
    return values(case, {"candidates.good1.attraction": (small - 10.0) / PEOPLE})


def under_a_tariff(case, wholesale):
    """The rest point under a wholesale price and one fee, the most that both retailers accept."""
    case = values(case, {WHOLESALE: wholesale})
    fee = float(rest_point(case).partner_profit.min())
    fees = tuple(Contract("franchise_fee", fee, partner=p) for p in ("big", "small"))
    return rest_point(case.replace(contracts=fees))


def best_tariffs(case):
    """Under the tariff at which the channel, and the one at which the maker, earns most."""
    channel = best(lambda w: under_a_tariff(case, w).channel_profit, 2.0, 9.5)
    maker = best(lambda w: under_a_tariff(case, w).maker_profit[""], 2.0, 9.5)
    return (channel, under_a_tariff(case, channel)), (maker, under_a_tariff(case, maker))


@pytest.mark.parametrize("cross", [0.3, 0.6])
def test_with_unequal_rivals_the_maker_earns_more_without_coordination(cross, record_property):
    """Ingene and Parry 1995, 2000: coordination need not be all that it is cracked up to be."""
    (coordinating, channel), (chosen, maker) = best_tariffs(two_retailers(cross, 7.0))
    assert chosen > coordinating + 0.1
    assert maker.maker_profit[""] > 1.001 * channel.maker_profit[""]
    assert maker.channel_profit < channel.channel_profit
    gain = maker.maker_profit[""] / channel.maker_profit[""] - 1
    record_property("maker's gain", f"{gain:.1%}")


@pytest.mark.parametrize("cross", [0.3, 0.6])
def test_with_equal_rivals_coordination_is_the_makers_best(cross):
    """Ingene and Parry 1995: what speaks against coordination is that retailers differ."""
    (coordinating, _), (chosen, _) = best_tariffs(two_retailers(cross, 10.0))
    assert chosen == pytest.approx(coordinating, abs=0.05)


def alike(theta, pricing, fees):
    """The rest point at which neither of two makers gains by another wholesale price.

    Each sells through dealers who price by a rule; with fees it also takes what they earn.
    """
    case = chain(
        1.0,
        1.0,
        theta,
        partners=("left", "right"),
        makers=("one", "two"),
        price=1.0,
        wholesale=0.5,
        pricing=pricing,
    )

    def at(own, rival):
        prices = {"good0": own, "good1": rival}
        return rest_point(
            values(case, {f"candidates.{g}.wholesale_price": w for g, w in prices.items()})
        )

    def earned(own, rival):
        rest = at(own, rival)
        return rest.maker_profit["one"] + (float(rest.partner_profit[0]) if fees else 0.0)

    held, asked = 0.0, 0.5
    while abs(asked - held) > 5e-3:
        held = asked
        asked = best(lambda w: earned(w, held), 0.01, 2.0)  # noqa: B023
    return at(asked, asked)


@pytest.mark.parametrize("theta", [0.3, 0.6, 0.8])
@pytest.mark.parametrize("fees", [False, True])
def test_exclusive_territories_soften_competition_between_brands(theta, fees, record_property):
    """Rey and Stiglitz 1995: against dealers of one brand who compete their margin away."""
    exclusive = alike(theta, "linear_best_response", fees)
    rivals = alike(theta, "cost_plus", fees)
    assert exclusive.price[0] > 1.02 * rivals.price[0]
    record_property("price over that of rivals", f"{exclusive.price[0] / rivals.price[0]:.3f}")


@pytest.mark.parametrize("theta", [0.3, 0.6, 0.8])
def test_with_fees_makers_earn_more_by_exclusive_territories(theta, record_property):
    """Rey and Stiglitz 1995: the softer competition is worth more than what dealers add."""
    exclusive = alike(theta, "linear_best_response", fees=True)
    rivals = alike(theta, "cost_plus", fees=True)
    assert exclusive.channel_profit > rivals.channel_profit
    gain = exclusive.channel_profit / rivals.channel_profit - 1
    record_property("gain", f"{gain:.1%}")
