"""T04, T06, T18: a direct threat (Chiang et al. 2003), tariffs that coordinate (Jeuland & Shugan
1983; Moorthy 1987), and goods that may be diverted.
"""

import pytest

from channelsim.simulate.rest import rest_point
from channelsim.study.theory import model
from channelsim.study.theory_models import proof, threat
from channelsim.study.theory_response import moorthy
from scenarios.builder.chains import PEOPLE
from scenarios.builder.theory import chiang, jeuland_shugan
from scenarios.builder.theory_response import moorthy as tariff


@pytest.mark.parametrize(("share", "fee"), [(0.4, 1.0), (0.25, 3.0), (0.7, 0.5)])
def test_a_quantity_discount_shares_out_the_whole_channels_profit(share, fee):
    """q = 10 - p at cost 2: the whole channel sells 4 at a margin of 4."""
    rest = rest_point(jeuland_shugan(share, fee))
    assert rest.units == pytest.approx([4.0], rel=1e-6)
    assert rest.partner_profit == pytest.approx([(1 - share) * 16 - fee], rel=1e-6)
    assert rest.maker_profit[""] == pytest.approx(share * 16 + fee, rel=1e-6)


@pytest.mark.parametrize(("a", "b", "cost"), [(10.0, 1.0, 2.0), (8.0, 0.5, 3.0), (1.0, 2.0, 0.1)])
def test_a_fee_takes_what_the_whole_channel_earns_more(a, b, cost):
    """Moorthy 1987: the maker sells at cost, and each side keeps what it had without a fee."""
    whole = (a - b * cost) ** 2 / (4 * b)
    found = moorthy(tariff(a, b, cost))
    assert found["wholesale"] == pytest.approx(cost, rel=1e-3)
    assert found["channel"] == pytest.approx(whole, rel=1e-6)
    assert found["least fee"] == pytest.approx(whole / 2, rel=1e-5)
    assert found["most fee"] == pytest.approx(3 * whole / 4, rel=1e-4)


@pytest.mark.parametrize(
    ("rich", "cost"), [(10.0, 0.0), (10.0, 1.0), (10.0, 2.5), (9.0, 0.5), (9.0, 4.0), (7.0, 0.25)]
)
def test_goods_that_can_be_resold_cost_their_maker_the_square_of_the_gap(rich, cost):
    """The other intercept is 6: unbound, wholesale prices would be half the difference apart."""
    free = (rich - 6) / 2
    expected = (rich**2 + 6**2) / 8 - max(free - cost, 0.0) ** 2 / 4
    case = model("diversion").replace(
        {"candidates.good0.attraction": (rich - 6) / PEOPLE}, idle=True
    )
    assert rest_point(proof(case, cost)).maker_profit[""] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("theta", [0.6, 0.7, 0.9])
def test_a_web_shop_worth_more_than_half_is_a_threat_that_sells_nothing(theta):
    """Wholesale and web price are theta / 2, as in the scenario."""
    rest = rest_point(chiang(theta))
    assert rest.price[0] == pytest.approx(1 / 2, rel=1e-6)
    assert rest.units[1] == pytest.approx(0, abs=1e-9)
    assert rest.maker_profit[""] == pytest.approx(theta / 4, rel=1e-6)
    assert rest.partner_profit[0] == pytest.approx((1 - theta) / 4, rel=1e-6)


@pytest.mark.parametrize("theta", [0.6, 0.7, 0.9])
def test_the_maker_prices_its_web_shop_at_half_of_what_it_is_worth(theta):
    best = threat(chiang(theta))
    assert best.at == pytest.approx([theta / 2], rel=1e-3)
    assert best.value == pytest.approx(theta / 4, rel=1e-5)
