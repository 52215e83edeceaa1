"""T14: prices under logit choice (Anderson, de Palma & Thisse 1992)."""

import math

import pytest
from scipy.optimize import minimize_scalar
from scipy.special import lambertw

from channelsim.domain.demand import expected_flows
from channelsim.domain.layout import Layout
from channelsim.simulate.rest import rest_point
from channelsim.study.theory import model
from channelsim.study.theory_models import logit_monopoly
from scenarios.builder.theory import logit

MARKETS = ((2.0, 1.0, 1.0), (3.0, 1.0, 0.5), (1.0, 0.4, 2.0))


def market(name, appeal, beta, cost):
    values = {
        "appeals.dealer.all.appeal": appeal,
        "segments.all.price_sensitivity": beta,
        "economics.unit_cost": cost,
        "channel_types.dealer.wholesale_price": cost,
    }
    return model(name).changed({path: lambda _, v=v: v for path, v in values.items()}, idle=True)


@pytest.mark.parametrize(("appeal", "beta", "cost"), MARKETS)
def test_a_monopoly(appeal, beta, cost):
    markup = (1 + lambertw(math.exp(appeal - beta * cost - 1)).real) / beta
    rest = rest_point(market("logit_monopoly", appeal, beta, cost))
    assert rest.price == pytest.approx([cost + markup], rel=1e-6)


@pytest.mark.parametrize(("appeal", "beta", "cost"), MARKETS)
def test_a_duopoly(appeal, beta, cost):
    """Each margin is 1 / (beta (1 - share)), and shares are those of the prices."""
    rest = rest_point(market("logit_duopoly", appeal, beta, cost))
    weight = math.exp(appeal - beta * rest.price[0])
    share = weight / (1 + 2 * weight)
    assert rest.units == pytest.approx([share] * 2, rel=1e-6)
    assert rest.price == pytest.approx([cost + 1 / (beta * (1 - share))] * 2, rel=1e-6)


@pytest.mark.parametrize(("appeal", "beta", "cost"), MARKETS)
def test_a_maker_before_a_monopoly(appeal, beta, cost):
    """The maker's best wholesale price, sought here along the retailer's own answer to it."""

    def asked(wholesale):
        return wholesale + (1 + lambertw(math.exp(appeal - beta * wholesale - 1)).real) / beta

    def share(price):
        return 1 / (1 + math.exp(beta * price - appeal))

    def lost(wholesale):
        return -(wholesale - cost) * share(asked(wholesale))

    best = minimize_scalar(lost, bounds=(cost, cost + 10 / beta), method="bounded").x
    apart = (asked(best) - cost) * share(asked(best))
    whole = (asked(cost) - cost) * share(asked(cost))
    found = logit_monopoly(market("logit_monopoly", appeal, beta, cost))
    assert found["wholesale of a maker before it"] == pytest.approx(best, rel=1e-3)
    assert found["efficiency then"] == pytest.approx(apart / whole, rel=1e-3)


def test_a_third_firm_leaves_the_ratio_of_two_shares():
    """Independence of irrelevant alternatives (Luce 1959): utilities and all else alike."""
    three = logit(("one", "two", "three")).replace({"candidates.good0.attraction": 0.5})
    ratios = []
    for names in (("good0", "good1"), ("good0", "good1", "good2")):
        units = expected_flows(three, Layout.of(names)).by_candidate(3)
        ratios.append(units[0] / units[1])
    assert ratios == pytest.approx([math.exp(0.5)] * 2, rel=1e-12)
