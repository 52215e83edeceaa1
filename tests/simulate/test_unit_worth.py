"""What a unit brings a dealer of `tiny` (price 100, wholesale 70) under its contracts."""

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.simulate.trade import Trade
from channelsim.simulate.unit_worth import UnitWorth
from tests.instances import tiny

NORTH_A = 1
PRICE = np.full(5, 100.0)


def worth(*rows):
    case = tiny().replace(contracts=rows)
    trade = Trade.of(case, case.today)
    return UnitWorth.of(case, trade), 1.12 * trade.expected[NORTH_A]


def term(name, rate, **changes):
    return Contract(name, rate, channel_type="dealer", **changes)


@pytest.mark.parametrize(
    ("rows", "price"),
    [
        ((), 100.0),
        ((term("revenue_share", 0.1), term("royalty", 0.05)), 85.0),
        ((term("rebate", 0.03),), 103.0),
        ((term("rebate", 0.1, base="purchases"),), 107.0),
        ((term("rebate", 0.03, above_only=True, attainment_from=1.2),), 100.0),
        ((term("revenue_share", 0.1, above_only=True, attainment_from=1.2),), 100.0),
    ],
)
def test_what_comes_with_every_unit(rows, price):
    assert worth(*rows)[0].price(PRICE)[NORTH_A] == pytest.approx(price)


def test_steps_above_which_a_unit_brings_more():
    found, quota = worth(
        term("rebate", 0.03, above_only=True, attainment_from=0.9),
        term("rebate", 0.08, above_only=True, attainment_from=1.1),
        term("royalty", 0.02, above_only=True, attainment_from=1.0),
    )
    assert found.targets[NORTH_A] == pytest.approx([0.9 * quota, quota, 1.1 * quota])
    assert found.extra(PRICE)[NORTH_A] == pytest.approx([3.0, -2.0, 5.0])


def test_purchases_are_paid_at_what_a_unit_costs():
    found, _ = worth(term("rebate", 0.1, above_only=True, attainment_from=1.0, base="purchases"))
    assert found.extra(PRICE)[NORTH_A] == pytest.approx([7.0])


def test_other_types_have_no_steps():
    found, _ = worth(term("rebate", 0.03, above_only=True, attainment_from=0.9))
    assert np.isinf(found.targets[0]).all()
