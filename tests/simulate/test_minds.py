"""A user's own class decides for a partner."""

import numpy as np
import pytest

from channelsim.errors import BadValue
from channelsim.simulate.channel import Channel
from channelsim.simulate.partners import Partner
from tests.instances import tiny

NORTH = [1, 3]


class Haggler(Partner):
    """Asks a tenth less, works twice as hard and orders three units a week."""

    def price(self, asked):
        return 0.9 * asked

    def exert(self, effort):
        return 2 * effort

    def order(self, wanted):
        return 3


def played(**agents):
    case = tiny()
    channel = Channel(case, case.today, agents=agents)
    for _ in range(3):
        channel.step()
    return channel


def test_its_own_class_decides_for_a_partner_and_for_nobody_else():
    usual, own = played(), played(north=Haggler)
    north = own.partners[1].outlets
    assert isinstance(own.partners[1], Haggler)
    np.testing.assert_allclose(own.outlets.price[north], 0.9 * usual.outlets.price[north])
    np.testing.assert_array_equal(own.outlets.ordered[north], 3)
    assert (own.outlets.effort[north] > usual.outlets.effort[north]).all()
    others = np.setdiff1d(np.arange(5), NORTH)
    np.testing.assert_array_equal(own.outlets.price[others], usual.outlets.price[others])


def test_who_overrides_nothing_changes_nothing():
    class Looker(Partner):
        """Looks on."""

    usual, own = played(), played(north=Looker)
    np.testing.assert_array_equal(own.outlets.sold, usual.outlets.sold)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([1.0, 2.0, 3.0], r"price of 'north' must return \d numbers, one for each"),
        (np.nan, "must return finite numbers >= 1e-06 and <= 1e.12, got"),
        (0.0, "must return finite numbers >= 1e-06"),
        (1e300, "must return finite numbers >= 1e-06"),
        (1j, "must return finite numbers >= 1e-06"),
        ("free", "must return finite numbers >= 1e-06"),
        ([[1], [1, 2]], "must return one row of numbers"),
    ],
)
def test_an_answer_that_is_no_price_is_refused(answer, message):
    class Wrong(Partner):
        """Asks nonsense."""

        def price(self, asked):
            return answer

    with pytest.raises(BadValue, match=message):
        played(north=Wrong)


def test_what_is_no_method_is_refused():
    class Priced(Partner):
        """Has a price, but no rule."""

        price = 3

    with pytest.raises(BadValue, match="Priced.price must be a method, got 3"):
        played(north=Priced)


def test_a_run_stops_at_the_horizon():
    case = tiny().replace(horizon_weeks=3)
    channel = Channel(case, case.today)
    channel.run_model()
    assert channel.week == 3


def test_an_unknown_partner_is_refused():
    with pytest.raises(BadValue, match=r"'nort'.*write the id of one such as maker, north"):
        played(nort=Haggler)


def test_a_class_that_is_no_partner_is_refused():
    with pytest.raises(BadValue, match="made from Partner, got <class 'int'> for 'north'"):
        played(north=int)
