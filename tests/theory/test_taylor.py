"""T09: a rebate on units above a target (Taylor 2002). Deterministic, to 1e-4.

With demand uniform on 0 to A and v = 0, a unit above the target T brings the retailer u = p (w - c)
/ c besides. It orders Q* = A (p - c) / p below a cut-off, and A (p - w) / p above.
"""

import pytest

from channelsim.simulate.season import season_point
from channelsim.study.theory_inventory import target_rebate, targeted, win_win
from scenarios.builder import inventory

MILLION = 1e6
CASES = [(10.0, 4.0, 5.0, 100.0), (10.0, 4.0, 6.0, 100.0), (20.0, 5.0, 6.0, 40.0)]
"""Price, cost, wholesale price and most demand: the printed case first."""


def orders(price, cost, wholesale, top):
    """What is ordered with the rebate on all units, and without it."""
    return top * (price - cost) / price, top * (price - wholesale) / price


def built(price, cost, wholesale, top, target):
    return inventory.target_rebate(price, cost, wholesale, top, target)


def band(price, cost, wholesale, top):
    """Return the targets at which maker and retailer come off as without a rebate: they earn, with
    S(q) = q - q^2 / 2A the sales expected of q, u (S(Q*) - S(T)) from the maker.
    """
    full, plain = orders(price, cost, wholesale, top)

    def sales(stock):
        return stock - stock**2 / (2 * top)

    rate = price * (wholesale - cost) / cost
    most = (wholesale - cost) * (full - plain) / rate
    loss = (price * sales(plain) - wholesale * plain) - (price * sales(full) - wholesale * full)
    edges = (sales(full) - most, sales(full) - loss / rate)
    return [top - (top**2 - 2 * top * each) ** 0.5 for each in edges]


@pytest.mark.parametrize("case", CASES)
def test_the_targets_by_which_both_win(case):
    found = [edge / MILLION for edge in win_win(built(*case, 1.1 * case[-1] / 2))]
    assert found == pytest.approx(band(*case), rel=1e-4)


@pytest.mark.parametrize("case", CASES)
def test_the_order_is_restored_up_to_the_cut_off_and_falls_back_above(case):
    full, plain = orders(*case)
    cut_off = band(*case)[1]
    below, above = (season_point(built(*case, cut_off * by)) for by in (0.999, 1.001))
    assert below.stock[0] / MILLION == pytest.approx(full, rel=1e-4)
    assert above.stock[0] / MILLION == pytest.approx(plain, rel=1e-4)


@pytest.mark.parametrize("case", CASES)
def test_a_linear_rebate_at_the_rate_pays_more_than_there_is(case):
    price, cost, wholesale, top = case
    linear = season_point(targeted(built(*case, top / 2), 0.0))
    profit = (price - cost) ** 2 * top / (2 * price)
    assert linear.channel_profit / MILLION == pytest.approx(profit, rel=1e-4)
    paid = (1 + (wholesale - cost) / cost) * profit
    assert linear.partner_profit[0] / MILLION == pytest.approx(paid, rel=1e-4)


def test_the_printed_case_as_it_is_played():
    found = target_rebate(built(*CASES[0], 52.0))
    assert found["order"] == pytest.approx(60.0, rel=1e-4)
    assert found["retailer without a target"] == pytest.approx(225.0, rel=1e-4)
    assert found["both win from a target of"] == pytest.approx(51.0102, rel=1e-4)
    assert found["both win up to"] == pytest.approx(55.2786, rel=1e-4)
