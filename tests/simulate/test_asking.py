"""What outlets ask: at rest before week 0, by cost passed on, within the gap, off the list."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.layout import Layout
from channelsim.simulate.channel import Channel
from tests.instances import tiny
from tests.simulate.cases import steady

NORTH_A, WEB = 1, 4


def played(case, weeks=1, layout=None):
    channel = Channel(case, layout or case.today)
    for _ in range(weeks):
        channel.step()
    return channel


def priced(rule, **fields):
    case = tiny()
    rows = (replace(p, pricing=rule, **fields) if not p.own else p for p in case.partners)
    return case.replace(partners=tuple(rows))


def test_best_responses_are_at_rest_before_week_0():
    case = steady().replace(partners=priced("logit_best_response").partners)
    channel = Channel(case, case.today)
    before = channel.full_price[NORTH_A]
    channel.step()
    assert before != 100.0
    assert channel.full_price[NORTH_A] == pytest.approx(before, rel=1e-3)


def test_a_price_moves_a_step_a_week():
    case = priced("match", price_step=0.03, match_lag=0)
    channel = played(case.replace({"channel_types.web.price": 95.0}))
    channel.asking.asked = np.full(5, 100.0)
    channel.step()
    assert channel.full_price[NORTH_A] == pytest.approx(97.0)


def test_the_maker_passes_a_cost_cut_on_where_told_to():
    case = tiny().replace(
        {"channel_types.web.pass_through": 0.5, "channel_types.web.reference_cost": 30.0}
    )
    # supply 0, fulfilment 10, fees 0.2 x 90: 28 instead of 30
    assert played(case).full_price[WEB] == pytest.approx(89.0)


def test_online_prices_of_the_maker_keep_the_gap():
    case = tiny().replace({"policy.max_price_gap": 0.02})
    assert played(case).full_price[WEB] == pytest.approx(98.0)


def test_a_discount_is_paid_on_what_is_sold_and_lowers_unit_cost():
    case = priced("cost_plus", bargaining_power=0.9)
    case = case.replace({"channel_types.dealer.wholesale_price": 85.0, "policy.review_weeks": 4})
    before, after = played(case, 4), played(case, 5)
    off = after.bargains.discount[NORTH_A]
    assert off > 0
    assert after.ledger.by_kind["discount"] == pytest.approx(off * after.outlets.sold[NORTH_A])
    assert after.full_price[NORTH_A] < before.full_price[NORTH_A]


def test_who_is_seen_below_the_floor_pays():
    case = priced("cost_plus", alignment=0.0, markup=0.3).replace(
        {
            "channel_types.dealer.wholesale_price": 50.0,
            "segments.everyone.price_sensitivity": 0.1,
            "policy.price_floor": 90.0,
            "policy.map_monitoring": 1.0,
            "policy.map_fine": 1.0,
        }
    )
    channel = played(case, 2)
    assert channel.full_price[NORTH_A] < 90.0
    assert channel.ledger.by_kind["price fine"] == 2.0


def test_who_breaks_the_gap_is_told_off():
    case = tiny()
    sold_by_north = tuple(
        replace(k, price_setter="partner", wholesale_price=50.0) if k.id == "web" else k
        for k in case.channel_types
    )
    case = case.replace(
        channel_types=sold_by_north,
        candidates=tuple(
            replace(c, partner="north") if c.id == "web" else c for c in case.candidates
        ),
    )
    layout = Layout.of(["south-c", "web"])
    told = played(case.replace({"policy.max_price_gap": 0.05}), 1, layout).standing.grievance
    free = played(case, 1, layout).standing.grievance
    # 90 online, 100 offline: 5% beyond the limit, half of what is felt in full
    assert told[1] - free[1] == pytest.approx(0.25 * 0.5)


def test_a_model_of_its_own_is_free_of_the_gap():
    case = tiny().replace({"policy.max_price_gap": 0.02})
    web = len(case.candidates) - 1
    assert played(case, 1).full_price[web] > 90.0
    apart = case.replace({"channel_types.web.exclusive_model": True})
    assert played(apart, 1).full_price[web] == 90.0
