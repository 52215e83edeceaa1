"""T01: resellers of one maker who compete in quantities (Cournot 1838) and in prices (Bertrand
1883), and the chain at constant elasticity (Spengler 1950).
"""

import pytest

from channelsim.simulate.rest import rest_point
from channelsim.study.theory import model
from channelsim.study.theory_models import efficiency as isoelastic_efficiency
from channelsim.study.theory_response import efficiency, one_price
from scenarios.builder.chains import chain, resellers
from scenarios.builder.theory_response import competing

MARKETS = ((1.0, 1.0, 0.0), (10.0, 2.0, 1.0), (8.0, 0.5, 3.0))
WHOLESALE = "channel_types.dealer.wholesale_price"


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("count", [2, 3, 5])
def test_cournot_resellers_keep_less_of_the_chain_the_more_they_are(count, market):
    case = competing(count, *market)
    a, b, cost = market
    chosen = one_price(case)
    assert chosen.status == "found"
    assert list(chosen.values.values()) == pytest.approx([(a + b * cost) / (2 * b)], rel=1e-4)
    assert efficiency(case, chosen) == pytest.approx(count * (count + 2) / (count + 1) ** 2, 1e-4)


@pytest.mark.parametrize("market", MARKETS)
@pytest.mark.parametrize("count", [2, 3, 5])
def test_bertrand_resellers_keep_nothing(count, market):
    case = competing(count, *market).replace(
        {"channel_types.dealer.pricing": "linear_best_response"}
    )
    chosen = one_price(case)
    assert chosen.rest.price == pytest.approx([next(iter(chosen.values.values()))] * count, 1e-4)
    assert efficiency(case, chosen) == pytest.approx(1.0, rel=1e-4)


@pytest.mark.parametrize("pair", [(0.3, 0.4), (0.1, 0.2), (0.5, 0.45)])
def test_a_cheaper_reseller_sells_more_at_the_one_price(pair):
    """q_i = P - w_i at P = (1 + w_1 + w_2) / 3, goods as like as a thousandth."""
    case = resellers(2, 1.0, 1.0, alike=1e5, price=0.7, wholesale=0.3, pricing="cournot")
    rest = rest_point(
        case.replace({f"candidates.good{i}.wholesale_price": pair[i] for i in (0, 1)})
    )
    price = (1 + sum(pair)) / 3
    assert rest.price == pytest.approx([price] * 2, rel=1e-4)
    assert rest.units == pytest.approx([price - w for w in pair], rel=1e-3)


@pytest.mark.parametrize("theta", [0.0, 0.3, 0.8])
def test_quantities_of_goods_that_differ(theta):
    """Singh and Vives 1984: q = (A - w) / (2 B + G) where p = A - B q - G q'."""
    case = chain(
        1.0, 1.0, theta, partners=("left", "right"), makers=("", ""),
        price=0.7, wholesale=0.2, pricing="cournot",
    )  # fmt: skip
    top, own, cross = 1 / (1 - theta), 1 / (1 - theta**2), theta / (1 - theta**2)
    expected = (top - 0.2) / (2 * own + cross)
    assert rest_point(case).units == pytest.approx([expected] * 2, rel=1e-8)


def test_one_firm_of_two_goods_asks_in_quantities_what_it_asks_in_prices():
    shown = {"partners": ("shop", "shop"), "makers": ("", ""), "price": 1.2, "wholesale": 0.2}
    quantities = rest_point(chain(1.0, 1.0, 0.5, pricing="cournot", **shown))
    prices = rest_point(chain(1.0, 1.0, 0.5, **shown))
    assert quantities.price == pytest.approx(prices.price, rel=1e-8)


@pytest.mark.parametrize("elasticity", [1.5, 2.0, 3.0, 5.0])
def test_what_a_chain_keeps_at_constant_elasticity(elasticity):
    e = elasticity
    case = model("spengler_isoelastic").replace(
        {"segments.all.price_sensitivity": e, "channel_types.dealer.price": 4.0}, idle=True
    )
    expected = (2 * e - 1) / (e - 1) * ((e - 1) / e) ** e
    assert isoelastic_efficiency(case) == pytest.approx(expected, rel=1e-4)
