"""What consumers face, on the instance whose weights everybody knows."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.market import CHOICE_FORMS, Market
from channelsim.simulate.run import simulate
from channelsim.simulate.setting import Setting
from tests.instances import tiny

FLAGSHIP_A, NORTH_A, WEB = 0, 1, 4


@pytest.fixture
def setting():
    case = tiny()
    return Setting.of(case, case.today)


def open_only(*rows):
    is_open = np.zeros(5, dtype=bool)
    is_open[list(rows)] = True
    return is_open


def test_weights_at_the_plans_prices_are_the_plans(setting):
    weight = setting.weights(setting.case.columns.price, np.zeros(5), open_only(NORTH_A, WEB))
    np.testing.assert_allclose(weight[:3, 0], [0.0, 1.0, 0.25], atol=1e-12)


def test_price_and_lift_move_weights(setting):
    price = setting.case.columns.price.copy()
    price[NORTH_A] += 50.0
    lift = np.array([0.0, 0.2, 0.0, 0.0, 0.0])
    weight = setting.weights(price, lift, open_only(NORTH_A))
    assert weight[1, 0] == pytest.approx(np.exp(-0.5 + 0.2))


def test_a_dearer_outlet_disappoints_beyond_the_tolerance(setting):
    price = setting.case.columns.price  # 90 online is 10% below 100, the tolerance 8%
    happy = setting.happiness(price, open_only(NORTH_A, WEB))
    np.testing.assert_allclose(happy[1:3, 0], [0.93 - 0.075 - 0.05, 0.93 - 0.075])


def test_closed_outlets_disappoint_nobody(setting):
    happy = setting.happiness(setting.case.columns.price, open_only(NORTH_A))
    assert happy[1, 0] == pytest.approx(0.93 - 0.075)


def test_awareness_spreads_from_owners():
    case = tiny()
    case = case.replace(
        segments=tuple(replace(s, innovation=0.01, imitation=0.5) for s in case.segments),
        market=replace(case.market, advertising=0.02),
    )
    setting = Setting.of(case, case.today)
    adopted = np.array([[2_000], [0], [0], [0]])
    heard = setting.inform(adopted)[:, 0]
    np.testing.assert_allclose(heard[:2], -np.expm1([-0.13, -0.03]))


def test_neighbours_owners_are_heard_of():
    case = tiny()
    case = case.replace(
        segments=tuple(replace(s, imitation=0.5) for s in case.segments),
        market=replace(case.market, contagion=0.4, contagion_km=50.0),
    )
    heard = Setting.of(case, case.today).inform(np.array([[2_000], [0], [0], [0]]))[:, 0]
    # A hears 0.6 of its own fifth, B 0.4 of A's; C and D hear each other
    np.testing.assert_allclose(heard, -np.expm1([-0.06, -0.04, 0.0, 0.0]))


def test_occasions_grow_by_the_year():
    case = tiny().replace({"market.growth": 0.21})
    setting = Setting.of(case, case.today)
    assert [setting.growth(week) for week in (0, 26, 52)] == pytest.approx([1.0, 1.1, 1.21])


def test_waiting_for_service_disappoints():
    case = tiny().replace({"segments.everyone.happy_wait_loss": 0.1})
    setting = Setting.of(case, case.today)
    wait = np.array([0.0, 2.0, 0.0, 0.0, 100.0])
    happy = setting.happiness(case.columns.price, open_only(NORTH_A, WEB), wait)
    np.testing.assert_allclose(happy[1:3, 0], [0.93 - 0.075 - 0.05 - 0.2, 0.0])


def test_availability_is_within_the_standard(setting):
    # north-a stands in A; B is 10 km off, which is the standard; the web shop covers nobody
    covered = setting.available(open_only(NORTH_A, WEB))
    assert covered.tolist() == [True, True, False, False]


@pytest.mark.parametrize("form", CHOICE_FORMS)
def test_consumers_may_choose_by_any_form_of_choice(form):
    case = tiny().replace(market=Market(demand=form, nesting=0.5))
    assert simulate(case, case.today, weeks=2).realised.units > 0


def test_a_model_of_its_own_is_no_reason_to_feel_cheated():
    case = tiny().replace({"channel_types.web.exclusive_model": True})
    apart = Setting.of(case, case.today)
    happy = apart.happiness(case.columns.price, open_only(NORTH_A, WEB))
    assert happy[1, 0] == pytest.approx(0.93 - 0.075)
