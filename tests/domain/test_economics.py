from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.contract import Contract
from channelsim.domain.economics import partner_profit, rate_at, reservation, terms, unit_money
from tests.instances import tiny

TINY = tiny()
FLAGSHIP, NORTH, SOUTH, _, WEB = range(5)
REBATES = TINY.contracts


def with_contracts(*contracts):
    return TINY.replace(contracts=contracts)


def test_the_makers_margin_of_a_flagship():
    """100 less 40 production, 1 line haul and 1 (1% of the price) fees."""
    assert unit_money(TINY).margin[FLAGSHIP] == pytest.approx(58)


def test_the_makers_margin_of_a_dealer():
    """100 less 40 production, 1 line haul, 30 dealer margin, 3.5 rebate (5% of 70), 1 audits."""
    assert unit_money(TINY).margin[NORTH] == pytest.approx(24.5)


def test_the_makers_margin_of_the_web_shop():
    """90 less 40 production, 10 parcel, 18 fees (20%)."""
    assert unit_money(TINY).margin[WEB] == pytest.approx(22)


@pytest.mark.parametrize(
    ("part", "by_candidate"),
    [
        # flagship-a, north-a, south-c, north-d, web
        ("price", [100, 100, 100, 100, 90]),
        ("production", [40, 40, 40, 40, 40]),
        ("logistics", [1, 1, 2, 2, 10]),  # line haul; parcels for the web
        ("delivery_per_km", [0, 0, 0, 0, 0]),
        ("channel", [1, 30, 30, 30, 18]),  # fees 1%; margin 100 - 70; fees 20% of 90
        ("incentives", [0, 3.5, 3.5, 3.5, 0]),  # 5% of purchases at 70
        ("governance", [0, 1, 1, 1, 0]),  # 1% of 100
        # margin 30 + rebate 3.5 - selling 10 - holding 0.5% a week x 2 weeks x 70 = 0.7
        ("partner_income", [0, 22.8, 22.8, 22.8, 0]),
        ("fixed", [2000, 100, 100, 100, 500]),
        ("setup", [100, 20, 20, 20, 50]),  # 15,600, 3,120 and 7,800 over 156 weeks
        ("closing", [0, 0, 0, 0, 0]),
        ("partner_fixed", [0, 500, 500, 500, 0]),
        ("reservation", [0, 400, 400, 400, 0]),
        ("reservation_rate", [0, 0, 0, 0, 0]),
    ],
)
def test_money_is_worked_out_by_hand(part, by_candidate):
    assert getattr(unit_money(TINY), part) == pytest.approx(by_candidate)


def test_compensation_is_for_closing_what_is_open_today():
    """1,560 over 156 weeks is 10 a week; south-c is not open, so nothing is due for it."""
    costs = {"candidates.north-a.closing_cost": 1_560.0, "candidates.south-c.closing_cost": 1_560.0}
    assert unit_money(TINY.replace(costs)).closing.tolist() == [0, 10, 0, 0, 0]


def test_setup_money_bears_interest():
    """3,120 at 1/156 and 0.1% a week: 20 + 3.12."""
    money = unit_money(TINY.replace({"economics.capital_charge": 0.001}))
    assert money.setup[NORTH] == pytest.approx(23.12)


def test_an_agent_earns_a_commission_and_holds_no_stock():
    """12% of 100 to the agent; no wholesale price, so no margin, rebate base 100, no holding.
    The maker: 100 - 40 - 1 - 12 - 5 - 1; the agent: 12 + 5 - 10 selling.
    """
    contracts = (*REBATES, Contract("commission", 0.12, channel_type="dealer"))
    scenario = TINY.replace({"channel_types.dealer.wholesale_price": None}, contracts=contracts)
    money = unit_money(scenario)
    assert money.channel[NORTH] == pytest.approx(12)
    assert money.incentives[NORTH] == pytest.approx(5)
    assert money.margin[NORTH] == pytest.approx(41)
    assert money.partner_income[NORTH] == pytest.approx(7)


def test_a_royalty_flows_back_to_the_maker():
    """3% of 100 off the dealer's 30 and 19.3 (without rebate)."""
    money = unit_money(with_contracts(Contract("royalty", 0.03, channel_type="dealer")))
    assert money.channel[NORTH] == pytest.approx(27)
    assert money.partner_income[NORTH] == pytest.approx(19.3 - 3)


def test_coop_money_goes_to_the_partner_and_marketing_money_to_media():
    """2% of purchases at 70 is 1.4, 3% of sales at 100 is 3."""
    money = unit_money(
        with_contracts(
            Contract("coop", 0.02, channel_type="dealer", base="purchases"),
            Contract("marketing", 0.03, channel_type="dealer"),
        )
    )
    assert money.incentives[NORTH] == pytest.approx(4.4)
    assert money.partner_income[NORTH] == pytest.approx(19.3 + 1.4)


def test_other_prices_move_what_hangs_on_price():
    """At 120 a dealer keeps 50, pays 12 for selling, and audits cost 1.2; the rebate stays."""
    money = unit_money(TINY, np.full(5, 120.0))
    assert money.channel[NORTH] == pytest.approx(50)
    assert money.governance[NORTH] == pytest.approx(1.2)
    assert money.incentives[NORTH] == pytest.approx(3.5)
    assert money.partner_income[NORTH] == pytest.approx(50 + 3.5 - 12 - 0.7)
    assert money.channel[WEB] == pytest.approx(24)


def test_a_market_without_candidates_has_no_money():
    assert unit_money(TINY.replace(candidates=())).margin.shape == (0,)


@pytest.mark.parametrize(("attainment", "rate"), [(0, 0.02), (0.99, 0.02), (1.0, 0.05), (2, 0.05)])
def test_the_highest_step_reached_holds(attainment, rate):
    assert rate_at(REBATES, attainment) == rate


def test_below_the_first_step_nothing_is_paid():
    assert rate_at(REBATES[1:], 0.99) == 0.0


def test_without_a_contract_nothing_is_paid():
    assert rate_at((), 1.0) == 0.0


def test_plans_count_on_the_step_at_quota():
    """Of 1% below quota, 3% at it and 4% at 115%, a plan pays 3% of 70."""
    steps = [
        replace(REBATES[0], rate=rate, attainment_from=at)
        for rate, at in ((0.01, 0), (0.03, 1.0), (0.04, 1.15))
    ]
    assert unit_money(with_contracts(*steps)).incentives[NORTH] == pytest.approx(2.1)


def test_a_step_is_paid_on_its_own_base():
    """2% of purchases below quota, 5% of sales at it: 5 and not 3.5."""
    money = unit_money(with_contracts(REBATES[0], replace(REBATES[1], base="sales")))
    assert money.incentives[NORTH] == pytest.approx(5)


DEALERS = Contract("rebate", 0.01, channel_type="dealer")
NORTHS = Contract("rebate", 0.02, partner="north")
NORTHS_DEALERS = Contract("rebate", 0.03, partner="north", channel_type="dealer")
FLAGSHIPS = Contract("rebate", 0.04, partner="north", channel_type="flagship")


@pytest.mark.parametrize(
    ("contracts", "in_force"),
    [
        ((), ()),
        ((DEALERS,), (DEALERS,)),
        ((DEALERS, NORTHS), (NORTHS,)),
        ((NORTHS_DEALERS, NORTHS, DEALERS), (NORTHS_DEALERS,)),
        ((NORTHS, NORTHS_DEALERS), (NORTHS_DEALERS,)),
        ((FLAGSHIPS, DEALERS), (DEALERS,)),  # north's terms for flagships are not for dealers
        ((replace(DEALERS, instrument="coop"),), ()),
        ((Contract("rebate", 0.9, partner="south"), DEALERS), (DEALERS,)),
    ],
)
def test_the_most_specific_terms_are_in_force(contracts, in_force):
    assert terms(with_contracts(*contracts), NORTH, "rebate") == in_force


def test_all_steps_are_in_force():
    assert terms(TINY, SOUTH, "rebate") == REBATES


def test_terms_in_force_are_those_that_are_paid():
    money = unit_money(with_contracts(DEALERS, NORTHS))
    assert money.incentives.tolist() == pytest.approx([0, 2, 1, 2, 0])


def test_partner_profit_is_income_less_fixed_cost():
    """100 units at 22.8 less 500."""
    profit = partner_profit(unit_money(TINY), np.array([0, 100.0, 0, 0, 0]))
    assert profit == pytest.approx([0, 1780, -500, -500, 0])


def test_a_reservation_may_grow_with_sales():
    """400 and 8% of 100 units at 100."""
    scenario = TINY.replace({"candidates.north-a.reservation_rate": 0.08})
    asked = reservation(unit_money(scenario), np.array([0, 100.0, 0, 0, 0]))
    assert asked == pytest.approx([0, 1200, 400, 400, 0])


@given(
    price=st.floats(1, 1000),
    wholesale=st.none() | st.floats(1, 1000),
    rates=st.lists(st.floats(0, 1), min_size=5, max_size=5),
)
def test_what_the_consumer_pays_is_shared_out_without_a_rest(price, wholesale, rates):
    """The price = maker's margin + production + haul + audits + fees + media money + what the
    partner keeps before its own costs of selling (10) and holding.
    """
    names = ("rebate", "commission", "coop", "marketing", "royalty")
    contracts = tuple(
        Contract(name, rate, channel_type="dealer") for name, rate in zip(names, rates, strict=True)
    )
    kind = replace(TINY.channel_types[0], price=price, wholesale_price=wholesale)
    scenario = TINY.replace(channel_types=(kind, *TINY.channel_types[1:]), contracts=contracts)
    money = unit_money(scenario)
    media = rates[3] * price
    holding = 0.01 * wholesale if wholesale else 0.0
    keeps = money.partner_income[NORTH] + 0.1 * price + holding
    costs = money.production[NORTH] + money.logistics[NORTH] + money.governance[NORTH]
    assert money.margin[NORTH] + costs + media + keeps == pytest.approx(price)


def test_a_franchise_fee_moves_fixed_money_from_partner_to_maker():
    row = Contract("franchise_fee", 1300.0, channel_type="dealer", period="quarter")
    plain, money = unit_money(tiny()), unit_money(tiny().replace(contracts=(row,)))
    assert (plain.fixed - money.fixed).tolist() == [0.0, 100.0, 100.0, 100.0, 0.0]
    assert (money.partner_fixed - plain.partner_fixed).tolist() == [0.0, 100.0, 100.0, 100.0, 0.0]


def test_shared_revenue_and_quantity_discounts_are_channel_margin():
    rows = (
        Contract("revenue_share", 0.2, channel_type="dealer"),
        Contract("quantity_discount", 0.01, channel_type="dealer"),
        Contract("quantity_discount", 0.1, channel_type="dealer", units_from=50),
    )
    case = tiny().replace(contracts=rows)
    plain, money = unit_money(tiny().replace(contracts=())), unit_money(case)
    assert (plain.channel - money.channel)[1] == pytest.approx(20.0 - 0.7)
    assert (plain.partner_income - money.partner_income)[1] == pytest.approx(20.0 - 0.7)
    bulk = unit_money(case.replace({"policy.planned_purchases": 60.0}))
    assert (plain.channel - bulk.channel)[1] == pytest.approx(20.0 - 7.0)
