from dataclasses import replace

import pytest

from channelsim.domain.contract import Contract
from channelsim.errors import BadValue

REBATE = Contract("rebate", 0.05, channel_type="dealer")

A_SHARE = "write a share such as 0.25 or 25%"
UPWARDS = "write a number from 0 upwards"


def told(row, **changes) -> str:
    with pytest.raises(BadValue) as caught:
        replace(row, **changes)
    return caught.value.message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            # a layout spends on training; no contract pays a share of sales for it
            {"instrument": "training"},
            "instrument is unknown: 'training'; write one of rebate, commission, bonus, coop, "
            "marketing, royalty, revenue_share, quantity_discount, franchise_fee, buy_back, credit",
        ),
        (
            {"instrument": "franchise_fee", "attainment_from": 0.9},
            "franchise_fee knows no attainment_from; leave it empty",
        ),
        (
            {"instrument": "bonus", "above_only": True},
            "bonus knows no above_only; leave it empty",
        ),
        ({"instrument": "buy_back", "cap": 5.0}, "buy_back knows no cap; leave it empty"),
        (
            {"instrument": "credit", "rate": 0.1},
            "credit has no rate, got 0.1; write 0 and its weeks as payment_lag",
        ),
        ({"units_from": -1.0}, "units_from must be >= 0, got -1; write a number from 0 upwards"),
        ({"base": "profit"}, "base is unknown: 'profit'; write one of sales, purchases"),
        ({"period": "month"}, "period is unknown: 'month'; write one of week, quarter, year"),
        ({"rate": -0.1}, f"rate must be >= 0, got -0.1; {UPWARDS}"),
        ({"rate": 5}, f"rate must lie in [0, 1], got 5; {A_SHARE}"),
        ({"attainment_from": -1}, f"attainment_from must be >= 0, got -1; {UPWARDS}"),
        ({"cap": -1}, "cap must be >= 0, got -1; leave it empty for no cap"),
        ({"payment_lag": -1}, f"payment_lag must be >= 0, got -1; {UPWARDS}"),
        (
            {"payment_lag": 0.5},
            "payment_lag must be a whole number, got 0.5; write one such as 0",
        ),
        (
            {"channel_type": ""},
            "partner and channel_type are both empty; name at least one",
        ),
    ],
)
def test_a_contract_refuses(changes, message):
    assert told(REBATE, **changes) == message


def test_a_bonus_is_a_sum_of_money():
    assert replace(REBATE, instrument="bonus", rate=19_500).rate == 19_500
