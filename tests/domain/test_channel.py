from dataclasses import replace

import pytest

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.errors import BadValue

DEALER = ChannelType("dealer", "经销商", 100.0, wholesale_price=70.0)
AGENT = ChannelType("agent", "代理商", 100.0)
SHOP = Candidate("north-a", "north", "dealer", "a")

A_SHARE = "write a share such as 0.25 or 25%"
UPWARDS = "write a number from 0 upwards"
AN_ID = "write letters and digits of any script, such as shanghai or 上海"
UTILS = "write utils, where 1 makes odds 2.7 times as high"


def told(row, **changes) -> str:
    with pytest.raises(BadValue) as caught:
        replace(row, **changes)
    return caught.value.message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"id": "a b\n"},
            "id must be a short name without dots, stars or line breaks, got 'a b\\n'; " + AN_ID,
        ),
        ({"price": 0}, "price must be > 0, got 0; write a number above 0"),
        ({"price": None}, "price is empty; write a value"),
        ({"reserve_units": -1}, f"reserve_units must be >= 0, got -1; {UPWARDS}"),
        (
            {"season_weeks": 0, "salvage": 0.2},
            "season_weeks must be >= 1, got 0; leave it empty for goods that keep",
        ),
        (
            {"season_weeks": 13},
            "salvage is empty; write what goods left at the end of season_weeks fetch",
        ),
        (
            {"wholesale_price": 0},
            "wholesale_price must be > 0, got 0; leave it empty for no title",
        ),
        (
            {"price_setter": "dealer"},
            "price_setter is unknown: 'dealer'; write one of maker, partner",
        ),
        ({"reach_km": 0}, "reach_km must be > 0, got 0; leave it empty for everywhere"),
        (
            {"usual_income": -1},
            "usual_income must be > 0, got -1; leave it empty for the terms' own",
        ),
        (
            {"after_sales_capacity": 0},
            "after_sales_capacity must be > 0, got 0; leave it empty for unlimited",
        ),
        ({"brand_fit": 11}, "brand_fit must lie in [-10, 10], got 11; write utils"),
        ({"service": 60}, f"service must lie in [0, 1], got 60; {A_SHARE}"),
        ({"fee_rate": 5}, f"fee_rate must lie in [0, 1], got 5; {A_SHARE}"),
        ({"governance_rate": 2}, f"governance_rate must lie in [0, 1], got 2; {A_SHARE}"),
        ({"selling_cost_rate": -1}, f"selling_cost_rate must lie in [0, 1], got -1; {A_SHARE}"),
        ({"fulfilment_cost": -1}, f"fulfilment_cost must be >= 0, got -1; {UPWARDS}"),
        ({"delivery_cost_per_km": -1}, f"delivery_cost_per_km must be >= 0, got -1; {UPWARDS}"),
        ({"stock_weeks": -1}, f"stock_weeks must be >= 0, got -1; {UPWARDS}"),
        ({"lot_weeks": -1}, f"lot_weeks must be >= 0, got -1; {UPWARDS}"),
        (
            {"base_stock": -1},
            "base_stock must be >= 0, got -1; leave it empty for the expected sales'",
        ),
        (
            {"service_level": 1},
            "service_level must lie in [0.01, 0.999], got 1; write a number between 0.01 and 0.999",
        ),
        ({"salvage": 2}, f"salvage must lie in [0, 1], got 2; {A_SHARE}"),
        ({"online": "no"}, "online must be true or false, got 'no'; write 1 or 0"),
        (
            {"review_weeks": 0},
            "review_weeks must be >= 1, got 0; write a number from 1 upwards",
        ),
        (
            {"review_weeks": 1.5},
            "review_weeks must be a whole number, got 1.5; write one such as 1",
        ),
        ({"min_open": -1}, f"min_open must be >= 0, got -1; {UPWARDS}"),
        ({"max_open": -1}, "max_open must be >= 0, got -1; leave it empty for no limit"),
        (
            {"min_open": 3, "max_open": 2},
            "min_open must be <= max_open, got 3 and 2; lower min_open",
        ),
    ],
)
def test_a_channel_type_refuses(changes, message):
    assert told(DEALER, **changes) == message


def test_a_partner_who_buys_the_goods_takes_title():
    assert (DEALER.takes_title, AGENT.takes_title) == (True, False)


def test_an_appeal_refuses_money():
    message = told(Appeal("dealer", "everyone", 1.0), appeal=399)
    assert message == f"appeal must lie in [-100, 100], got 399; {UTILS}"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"id": ""},
            "id must be a short name without dots, stars or line breaks, got ''; " + AN_ID,
        ),
        ({"doors": 0}, "doors must be >= 1, got 0; write a number from 1 upwards"),
        ({"doors": 2.5}, "doors must be a whole number, got 2.5; write one such as 1"),
        ({"capacity": -5}, "capacity must be > 0, got -5; leave it empty for unlimited"),
        (
            {"after_sales_capacity": 0},
            "after_sales_capacity must be > 0, got 0; leave it empty for its type's",
        ),
        (
            {"capacity": float("inf")},
            "capacity must be a finite number, got inf; leave it empty for unlimited",
        ),
        ({"maker_fixed_cost": -1}, f"maker_fixed_cost must be >= 0, got -1; {UPWARDS}"),
        ({"partner_fixed_cost": -1}, f"partner_fixed_cost must be >= 0, got -1; {UPWARDS}"),
        ({"setup_cost": -1}, f"setup_cost must be >= 0, got -1; {UPWARDS}"),
        ({"closing_cost": -1}, f"closing_cost must be >= 0, got -1; {UPWARDS}"),
        ({"reservation_profit": -1}, f"reservation_profit must be >= 0, got -1; {UPWARDS}"),
        ({"supply_cost": -1}, f"supply_cost must be >= 0, got -1; {UPWARDS}"),
        ({"reservation_rate": 8}, f"reservation_rate must lie in [0, 1], got 8; {A_SHARE}"),
        ({"lead_time": -1}, f"lead_time must be >= 0, got -1; {UPWARDS}"),
        ({"lead_time": 0.5}, "lead_time must be a whole number, got 0.5; write one such as 0"),
        ({"attraction": 101}, f"attraction must lie in [-100, 100], got 101; {UTILS}"),
        ({"price": 0}, "price must be > 0, got 0; leave it empty for its type's"),
        (
            {"wholesale_price": -1},
            "wholesale_price must be > 0, got -1; leave it empty for its type's",
        ),
        ({"service": 2}, f"service must lie in [0, 1], got 2; {A_SHARE}"),
        ({"eligible": "0"}, "eligible must be true or false, got '0'; write 1 or 0"),
        ({"open_today": 2}, "open_today must be true or false, got 2; write 1 or 0"),
        ({"must_open": "x"}, "must_open must be true or false, got 'x'; write 1 or 0"),
        ({"must_close": "x"}, "must_close must be true or false, got 'x'; write 1 or 0"),
        (
            {"must_open": True, "must_close": True},
            "must_open clashes with must_close or eligible = 0; keep one of them",
        ),
        (
            {"must_open": True, "eligible": False},
            "must_open clashes with must_close or eligible = 0; keep one of them",
        ),
    ],
)
def test_a_candidate_refuses(changes, message):
    assert told(SHOP, **changes) == message
