"""T14: prices under logit choice (Anderson, de Palma & Thisse 1992)."""

import math

import pytest
from scipy.special import lambertw

from channelsim.simulate.rest import rest_point
from channelsim.study.theory import model

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
