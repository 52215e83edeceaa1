"""Production plans worked out by hand."""

import numpy as np
import pytest

from channelsim.domain.supply import PRODUCTION
from channelsim.simulate.rules import production


def outlook(**changes):
    rows = {
        "level": 100.0,
        "ahead": 2.0,
        "safety": 1.0,
        "known_needs": 0.0,
        "position": 250,
        "capacity": np.inf,
    }
    return production.Outlook(**(rows | changes))


def test_every_name_has_its_rule():
    assert tuple(production.RULES) == PRODUCTION


def test_nothing_is_started_ahead_of_orders():
    assert production.to_order(outlook()) == 0


@pytest.mark.parametrize(
    ("changes", "started"),
    [
        ({}, 50),  # three weeks of 100, less 250
        ({"position": 400}, 0),  # enough
        ({"capacity": 30.5}, 30),  # whole units within capacity
        ({"known_needs": 40.0}, 90),  # what partners are short of comes on top
        ({"ahead": 2.5}, 100),  # a season ahead
    ],
)
def test_to_stock_makes_up_the_base_stock(changes, started):
    assert production.to_stock(outlook(**changes)) == started
