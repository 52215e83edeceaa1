"""What outlets borrow of the service that others in their zone show."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.simulate.free_riding import FreeRiding
from tests.instances import tiny

FLAGSHIP_A, NORTH_A, SOUTH_C, NORTH_D, WEB = range(5)


def town(**rates):
    """Return `tiny` with a flagship of service 0.9 and segments that weigh service by 1."""
    case = tiny()
    return case.replace(
        channel_types=tuple(
            replace(k, free_riding=rates.get(k.id, 0.0), service=0.9 if k.id == "flagship" else 0.5)
            for k in case.channel_types
        ),
        segments=tuple(replace(s, service_weight=1.0) for s in case.segments),
    )


def shops(*rows):
    return np.isin(np.arange(5), rows)


def borrowed(case, *rows):
    """Return what each outlet borrows in zone A: by candidate row."""
    found = FreeRiding(case).borrowed(shops(*rows))
    here = case.arcs.zone == 0
    return dict(zip(case.arcs.candidate[here], found[here], strict=True))


def test_a_dealer_borrows_its_part_of_what_a_flagship_shows():
    found = borrowed(town(dealer=0.5, web=0.25), FLAGSHIP_A, NORTH_A, WEB)
    assert found[NORTH_A] == pytest.approx(0.2)
    assert found[WEB] == pytest.approx(0.1)
    assert found[FLAGSHIP_A] == 0.0


def test_nothing_is_borrowed_of_a_shop_that_is_shut_or_elsewhere():
    assert borrowed(town(dealer=0.5), NORTH_A, SOUTH_C)[NORTH_A] == 0.0


def test_todays_odds_stay_as_they_are():
    case = town(dealer=0.5)
    case = case.replace(candidates=tuple(replace(c, open_today=True) for c in case.candidates))
    np.testing.assert_array_equal(FreeRiding(case).factor(shops(0, 1, 2, 3, 4)), 1.0)


def test_an_opening_raises_odds_and_a_closing_takes_them_back():
    case = town(dealer=0.5)
    riding = FreeRiding(case)
    at = (case.arcs.zone == 0) & (case.arcs.candidate == NORTH_A)
    opened = riding.factor(shops(FLAGSHIP_A, NORTH_A, WEB))
    assert opened[at] == pytest.approx(np.exp(0.2))
    np.testing.assert_array_equal(riding.factor(shops(NORTH_A, WEB)), 1.0)


def test_without_a_rate_nothing_changes():
    assert FreeRiding(town()).factor(shops(FLAGSHIP_A, NORTH_A)) is None
