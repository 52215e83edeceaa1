"""T04, T06, T18: a direct threat (Chiang et al. 2003), tariffs that coordinate (Jeuland & Shugan
1983; Moorthy 1987), and goods that may be diverted.
"""

import numpy as np
import pytest

from channelsim.simulate.rest import rest_point
from channelsim.study.theory import model
from channelsim.study.theory_models import offered, proof, threat
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


ALONE = (1 / 8, 1 / 16)
"""What maker and retailer earn where no web shop threatens."""


@pytest.fixture(scope="module")
def threats():
    """What the maker chooses, web price and discount, and the retailer answers, by theta."""
    found = {}
    for theta in (0.48, 0.52, 0.6, 0.74, 0.76, 0.9):
        case = chiang(theta)
        web, discount = threat(case).at.tolist()
        found[theta] = web, discount, offered(case, web, discount)
    return found


@pytest.mark.parametrize("theta", [0.52, 0.6, 0.74, 0.76, 0.9])
def test_a_maker_threatens_with_half_of_what_the_web_is_worth_and_gives_no_discount(threats, theta):
    web, discount, rest = threats[theta]
    assert (web, discount) == pytest.approx((theta / 2, 0.0), rel=1e-3, abs=1e-3)
    assert rest.maker_profit[""] == pytest.approx(theta / 4, rel=1e-5)


def test_a_maker_does_not_threaten_with_a_web_worth_less_than_half_of_a_shop(threats):
    """Chiang et al. 2003, below 1/2: it sells to the retailer as if there were no web."""
    web, discount, rest = threats[0.48]
    assert web * (1 - discount) == pytest.approx(1 / 2, rel=1e-3)
    assert rest.price[0] == pytest.approx(3 / 4, rel=1e-3)
    assert (rest.maker_profit[""], rest.partner_profit[0]) == pytest.approx(ALONE, rel=1e-4)


@pytest.mark.parametrize(
    ("theta", "gains"), [(0.52, True), (0.6, True), (0.74, True), (0.76, False), (0.9, False)]
)
def test_the_retailer_gains_by_the_threat_below_three_quarters(threats, theta, gains):
    assert (threats[theta][2].partner_profit[0] > ALONE[1]) == gains


@pytest.mark.parametrize("theta", [0.48, 0.6, 0.9])
def test_no_offer_at_random_earns_the_maker_more(threats, theta):
    best = threats[theta][2].maker_profit[""]
    offers = np.random.default_rng(4).uniform((0.05, 0.0), (0.95, 0.9), (40, 2))
    rests = [offered(chiang(theta), *offer) for offer in offers.tolist()]
    earned = [r.maker_profit[""] for r in rests if r.at_rest and r.units[0] > 0]
    assert len(earned) > 20
    assert max(earned) <= best + 1e-9
