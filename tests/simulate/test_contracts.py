"""Contracts at work: when they pay, to whom, on what base, and when they are forfeited."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.simulate.channel import Channel
from channelsim.simulate.ledger import MAKER, MEDIA
from tests.instances import tiny

NORTH, NORTH_A = 1, 1


def paid_by_week(contract, weeks):
    """Return what the contract has paid in cash by the end of each week."""
    case = tiny().replace(contracts=(contract,))
    channel = Channel(case, case.today)
    paid = []
    for _ in range(weeks):
        channel.step()
        paid.append(channel.ledger.by_kind.get(contract.instrument, 0.0))
    return channel, paid


def test_a_commission_is_paid_every_week_on_sales():
    channel, paid = paid_by_week(Contract("commission", 0.1, channel_type="dealer"), 1)
    assert paid[0] == pytest.approx(0.1 * 100.0 * channel.outlets.sold[NORTH_A])


def test_a_quarter_pays_at_its_end():
    _, paid = paid_by_week(Contract("rebate", 0.1, channel_type="dealer", period="quarter"), 14)
    assert paid[11] == 0.0
    assert paid[12] > 0.0
    assert paid[13] == paid[12]


def test_payment_waits_for_its_lag():
    row = Contract("rebate", 0.1, channel_type="dealer", period="quarter", payment_lag=3)
    _, paid = paid_by_week(row, 16)
    assert paid[14] == 0.0
    assert paid[15] > 0.0


def test_cash_on_purchases_follows_shipments():
    row = Contract("rebate", 0.1, channel_type="dealer", base="purchases")
    channel, paid = paid_by_week(row, 1)
    assert paid[0] == pytest.approx(0.1 * 70.0 * channel.outlets.shipped[NORTH_A])


def test_royalties_flow_to_the_maker():
    row = Contract("royalty", 0.05, channel_type="dealer")
    channel, _ = paid_by_week(row, 1)
    without = Channel(tiny().replace(contracts=()), tiny().today)
    without.step()
    royalty = 0.05 * 100.0 * channel.outlets.sold[NORTH_A]
    assert channel.ledger.received[MAKER] - without.ledger.received[MAKER] == pytest.approx(royalty)
    assert channel.books.channel == pytest.approx(-royalty)


def test_marketing_money_goes_to_media():
    channel, paid = paid_by_week(Contract("marketing", 0.02, channel_type="web"), 1)
    assert channel.ledger.received[MEDIA] == pytest.approx(paid[0])
    assert channel.books.incentives == pytest.approx(paid[0])


def test_books_count_what_consumers_bought_not_what_was_shipped():
    row = Contract("rebate", 0.1, channel_type="dealer", base="purchases")
    channel, _ = paid_by_week(row, 1)
    assert channel.books.incentives == pytest.approx(0.1 * 70.0 * channel.outlets.sold[NORTH_A])


def test_a_partner_that_leaves_forfeits_the_running_period():
    case = tiny().replace(
        contracts=(Contract("rebate", 0.1, channel_type="dealer", period="quarter"),),
        policy=replace(tiny().policy, exit_trust=0.5),
    )
    channel = Channel(case, case.today)
    for week in range(14):
        if week == 6:
            channel.standing.trust[NORTH] = 0.0
        channel.step()
    assert channel.standing.exited[NORTH]
    assert "rebate" not in channel.ledger.by_kind


def test_attainment_is_units_over_the_seasonal_quota():
    case = tiny()
    channel = Channel(case, case.today)
    channel.step()
    quota = 1.12 * channel.expected[NORTH_A] * case.columns.season[0]
    assert channel.books.quota[NORTH] == pytest.approx(quota)
    np.testing.assert_allclose(channel.contracts.quota[2], channel.books.quota)


def test_takings_are_shared_with_the_maker():
    channel, paid = paid_by_week(Contract("revenue_share", 0.3, channel_type="dealer"), 1)
    share = 0.3 * 100.0 * channel.outlets.sold[NORTH_A]
    assert paid[0] == pytest.approx(share)
    assert channel.books.channel == pytest.approx(-share)


def test_a_franchise_fee_is_owed_by_the_week_and_paid_by_the_period():
    row = Contract("franchise_fee", 1300.0, channel_type="dealer", period="quarter")
    channel, paid = paid_by_week(row, 13)
    assert (paid[11], paid[12]) == (0.0, pytest.approx(1300.0))
    assert channel.earned.partner[NORTH_A] == pytest.approx(-100.0)
    assert channel.earned.fees == pytest.approx(100.0)
    assert channel.books.channel == channel.books.incentives == 0.0


def test_who_leaves_still_owes_the_fee_of_its_weeks():
    row = Contract("franchise_fee", 1300.0, channel_type="dealer", period="quarter")
    case = tiny().replace(contracts=(row,))
    channel = Channel(case, case.today)
    for week in range(13):
        if week == 6:
            channel.standing.trust[NORTH] = 0.0
        channel.step()
    assert channel.standing.exited[NORTH]
    assert channel.ledger.by_kind["franchise_fee"] == pytest.approx(700.0)


def test_a_quantity_discount_counts_what_was_bought_in_the_period():
    case = tiny()
    rows = [Contract("quantity_discount", 0.01, channel_type="dealer")]
    first = Channel(case.replace(contracts=tuple(rows)), case.today)
    first.step()
    bought = int(first.outlets.shipped[NORTH_A])
    for threshold, rate in ((bought, 0.05), (bought + 1, 0.01)):
        big = Contract("quantity_discount", 0.05, channel_type="dealer", units_from=threshold)
        channel = Channel(case.replace(contracts=(*rows, big)), case.today)
        channel.step()
        paid = channel.ledger.by_kind["quantity_discount"]
        assert paid == pytest.approx(rate * 70.0 * bought)
        sold = channel.outlets.sold[NORTH_A]
        assert channel.books.channel == pytest.approx(rate * 70.0 * sold)


def test_a_linear_bonus_pays_by_attainment():
    row = Contract("bonus", 200.0, partner="north", attainment_from=1.0)
    case = tiny().replace(contracts=(row,), policy=replace(tiny().policy, quota_shape="linear"))
    channel = Channel(case, case.today)
    channel.step()
    reached = channel.books.units[NORTH] / channel.books.quota[NORTH]
    assert channel.ledger.by_kind["bonus"] == pytest.approx(200.0 * reached)


def test_a_forfeited_rebate_is_taken_back_and_earns_nothing_until_the_year_ends():
    case = tiny().replace(
        contracts=(Contract("rebate", 0.1, channel_type="dealer", period="quarter"),),
        policy=replace(tiny().policy, exit_weeks=999),
    )
    channel = Channel(case, case.today)
    forfeited = np.arange(3) == NORTH
    paid, earned = [], []
    for week in range(66):
        if week == 20:
            channel.contracts.forfeit(forfeited)
        channel.step()
        paid.append(channel.ledger.by_kind.get("rebate", 0.0))
        earned.append(channel.earned.partner[NORTH_A])
    assert paid[51] == paid[12] > 0  # the first quarter's stays paid
    assert sum(earned[13:52]) == pytest.approx(0.0, abs=1e-6)
    assert paid[64] > paid[51]


def test_the_gain_of_a_quota_is_the_step_on_the_whole_base():
    case = tiny().replace(
        contracts=tuple(
            Contract("rebate", rate, channel_type="dealer", period="quarter", attainment_from=step)
            for rate, step in ((0.01, 0.0), (0.03, 1.0))
        )
    )
    channel = Channel(case, case.today)
    channel.step()
    sold = channel.books.units
    gain, full = channel.contracts.gain(1, sold, 1.05 * sold)
    assert gain[NORTH] == pytest.approx(0.02 * 100.0 * sold[NORTH])
    assert full[NORTH] == pytest.approx(0.03 * 100.0 * sold[NORTH])
    assert channel.contracts.gain(1, sold, sold)[0][NORTH] == 0.0
