import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.conflict import (
    Rivalry,
    customer_conflict,
    foreign_arcs,
    goal_conflict,
    overlap,
    price_conflict,
    territory_conflict,
    undercut,
    undercuts,
)
from channelsim.domain.demand import Reach

COUNTS = st.lists(st.floats(0, 1000), min_size=6, max_size=6).map(np.array)
PRICES = st.lists(st.floats(1, 1000), min_size=6, max_size=6).map(np.array)
DEMAND = st.lists(st.floats(0, 1000), min_size=3, max_size=3).map(np.array)


def arcs_of(*zones: list[int]) -> Reach:
    """Return arcs from each zone to these candidates, 0 km."""
    counts = [len(zone) for zone in zones]
    return Reach(
        zone_start=np.cumsum([0, *counts]),
        candidate=np.array([j for zone in zones for j in zone], dtype=np.int64),
        zone=np.repeat(np.arange(len(zones)), counts),
        km=np.zeros(sum(counts)),
    )


# candidates 0, 1 and 2 of partners 0, 0 and 1; nobody reaches the middle zone
ARCS = arcs_of([0, 1, 2], [], [0, 1, 2])
PARTNER_OF = np.array([0, 0, 1])
RIVALRY = Rivalry.of(ARCS, PARTNER_OF)
ONE_PARTNER = Rivalry.of(ARCS, np.zeros(3, dtype=np.int64))
EVERYWHERE = np.array([1.0, 1.0, 1.0])


def price_of(units, prices, demand=EVERYWHERE, tolerance=0.08) -> float:
    arrays = [np.array(values, dtype=float) for values in (units, prices, demand)]
    return price_conflict(RIVALRY, *arrays, tolerance)


def test_outlets_of_one_partner_are_one_presence():
    assert RIVALRY.zone.tolist() == [0, 0, 2, 2]
    assert RIVALRY.partner.tolist() == [0, 1, 0, 1]
    assert RIVALRY.presence.tolist() == [0, 0, 1, 2, 2, 3]
    assert RIVALRY.zones == 3


def test_rivals_meet_in_their_zone_alone():
    pairs = zip(RIVALRY.first.tolist(), RIVALRY.second.tolist(), strict=True)
    assert sorted(pairs) == [(0, 1), (2, 3)]


def test_three_partners_make_three_pairs():
    rivalry = Rivalry.of(arcs_of([0, 1, 2]), np.array([5, 1, 3]))
    pairs = zip(rivalry.first.tolist(), rivalry.second.tolist(), strict=True)
    assert sorted(pairs) == [(0, 1), (0, 2), (1, 2)]
    assert rivalry.partner.tolist() == [1, 3, 5]


@pytest.mark.parametrize("arcs", [arcs_of([]), arcs_of([], [])])
def test_nobody_meets_where_there_are_no_arcs(arcs):
    rivalry = Rivalry.of(arcs, np.zeros(0, dtype=np.int64))
    nothing, demand = np.zeros(0), np.ones(len(arcs.zone_start) - 1)
    assert price_conflict(rivalry, nothing, nothing, demand, 0.08) == 0.0
    assert overlap(rivalry, nothing, demand) == 0.0


def test_values_are_summed_by_partner_and_by_zone():
    sold = RIVALRY.spread(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]))
    assert sold.tolist() == [3, 3, 9, 6]
    assert RIVALRY.by_zone(sold).tolist() == [6, 0, 15]


def test_shares_are_of_the_units_of_the_zone():
    shares = RIVALRY.shares(np.array([1.0, 2.0, 1.0, 0.0, 0.0, 0.0]))
    assert shares.tolist() == [0.75, 0.25, 0, 0]


def test_price_conflict_is_worked_out_by_hand():
    """First zone: shares 3/4 and 1/4, prices 100 and 79, gap 0.21, (0.21 - 0.08) / 0.42 = 13/42;
    2 x 3/16 x 13/42. Last zone: one partner sells. Demand 2 of 8 lies in the first zone.
    """
    conflict = price_of([1, 2, 1, 5, 0, 0], [100, 100, 79, 100, 100, 50], [2, 1, 5])
    assert conflict == pytest.approx(2 / 8 * 2 * 3 / 16 * 13 / 42)


def test_a_partners_price_is_the_mean_over_its_units():
    """40 units at 100 and 60 at 50 make 70: a gap of 0.3, intensity 0.22 / 0.42, shares a half."""
    conflict = price_of([40, 60, 100, 0, 0, 0], [100, 50, 100, 1, 1, 1], [1, 0, 0])
    assert conflict == pytest.approx(2 / 4 * 0.22 / 0.42)


@pytest.mark.parametrize(
    ("low", "intensity"),
    [
        (100, 0),
        (92, 0),  # the tolerated gap itself
        (71, 0.5),  # halfway from 0.08 to 0.5
        (50, 1),
        (10, 1),  # beyond half the price it grows no further
    ],
)
def test_price_conflict_grows_from_the_tolerance_to_half_the_price(low, intensity):
    """Shares a half each: 2 x 1/4 x intensity."""
    conflict = price_of([1, 0, 1, 0, 0, 0], [100, 1, low, 1, 1, 1], [1, 0, 0])
    assert conflict == pytest.approx(intensity / 2)


def test_it_does_not_matter_who_is_cheaper():
    one = price_of([1, 2, 1, 0, 0, 0], [100, 100, 70, 1, 1, 1])
    other = price_of([1, 2, 1, 0, 0, 0], [70, 70, 100, 1, 1, 1])
    assert one == pytest.approx(other)
    assert one > 0


def test_the_dearer_is_undercut_by_the_share_of_the_cheaper():
    """A gap of 0.29 has intensity (0.29 - 0.08) / 0.42 = 1/2; the cheaper has 1/4 of the units."""
    units, prices = np.array([1.0, 2, 1, 0, 0, 0]), np.array([100.0, 100, 71, 1, 1, 1])
    assert undercut(RIVALRY, units, prices, 0.08) == pytest.approx([1 / 8, 0, 0, 0])


def test_a_gap_may_hurt_in_full_earlier():
    """Felt in full at 0.29, the same gap of 0.29 has intensity 1."""
    units, prices = np.array([1.0, 2, 1, 0, 0, 0]), np.array([100.0, 100, 71, 1, 1, 1])
    harm = undercut(RIVALRY, units, prices, 0.08, full=0.29)
    assert harm == pytest.approx([1 / 4, 0, 0, 0])


def test_overlap_is_worked_out_by_hand():
    """Shares 3/4 and 1/4 in the first zone: 1 - 9/16 - 1/16 = 3/8; halves in the last: 1/2.
    Nobody sells in the middle. Demand 2, 1, 1: (2 x 3/8 + 1/2) / 4.
    """
    units = np.array([1.0, 2, 1, 4, 0, 4])
    assert overlap(RIVALRY, units, np.array([2.0, 1, 1])) == pytest.approx(1.25 / 4)


@pytest.mark.parametrize(
    ("conflict", "part", "whole", "value"),
    [
        (customer_conflict, 3, 12, 0.25),
        (customer_conflict, 0, 0, 0),  # nobody came back
        (territory_conflict, 5, 20, 0.25),
        (territory_conflict, 0, 0, 0),  # nothing sold
    ],
)
def test_customer_and_territory_conflict_are_shares(conflict, part, whole, value):
    assert conflict(part, whole) == value


def test_goal_conflict_is_worked_out_by_hand():
    """First: 0.8 of quota, 50 of 100: (0.2 + 0.5) / 2. Second: over both: 0. Third: half of quota,
    no reservation: 0.5 / 2. Fourth: a loss counts once, (1 + 1) / 2. Fifth is not active.
    """
    conflict = goal_conflict(
        attainment=np.array([0.8, 1.3, 0.5, 0.0, 0.0]),
        profit=np.array([50.0, 200, -10, -900, -900]),
        reservation=np.array([100.0, 100, 0, 100, 100]),
        active=np.array([True, True, True, True, False]),
    )
    assert conflict == pytest.approx((0.35 + 0 + 0.25 + 1) / 4)


def test_without_active_partners_there_is_no_goal_conflict():
    nobody = np.zeros(2)
    assert goal_conflict(nobody, nobody, nobody, np.zeros(2, dtype=bool)) == 0.0


def test_foreign_are_sales_into_anothers_exclusive_zone():
    """Partner 0 holds the first zone, nobody the last: candidate 2, of partner 1, is foreign."""
    holder, elsewhere = np.array([0, -1, -1]), np.array([0, 0, 2])
    foreign = foreign_arcs(ARCS, PARTNER_OF, elsewhere, holder)
    assert foreign.tolist() == [False, False, True, False, False, False]


def test_an_operation_placed_in_the_zone_sells_there_by_right():
    holder, inside = np.array([0, -1, -1]), np.array([0, 0, 0])
    assert not foreign_arcs(ARCS, PARTNER_OF, inside, holder).any()


def test_online_sales_are_nowhere_foreign():
    online = np.array([0, 0, -1])
    assert not foreign_arcs(ARCS, PARTNER_OF, online, np.array([0, 0, 0])).any()


@given(COUNTS, PRICES, DEMAND, st.floats(0, 0.49))
def test_conflict_lies_between_0_and_1(units, prices, demand, tolerance):
    for rivalry in (RIVALRY, Rivalry.of(ARCS, np.arange(3))):
        assert 0 <= price_conflict(rivalry, units, prices, demand, tolerance) <= 1
        assert 0 <= overlap(rivalry, units, demand) <= 1


@given(COUNTS, PRICES, DEMAND, st.floats(0, 0.49))
def test_one_partner_has_nobody_to_fight(units, prices, demand, tolerance):
    assert price_conflict(ONE_PARTNER, units, prices, demand, tolerance) == 0.0
    assert overlap(ONE_PARTNER, units, demand) == pytest.approx(0, abs=1e-12)


@given(COUNTS, PRICES, DEMAND)
def test_more_tolerance_never_makes_more_conflict(units, prices, demand):
    strict, lax = (price_conflict(RIVALRY, units, prices, demand, t) for t in (0.05, 0.2))
    assert lax <= strict + 1e-12


@given(COUNTS, PRICES, DEMAND)
def test_price_conflict_never_exceeds_overlap(units, prices, demand):
    """Intensity is at most 1, and both weigh pairs by 2 s_i s_j."""
    fought = price_conflict(RIVALRY, units, prices, demand, 0.0)
    assert fought <= overlap(RIVALRY, units, demand) + 1e-12


def model_conflict(models, prices=(100.0, 100.0, 50.0)) -> float:
    """Return price conflict in one zone where everybody sells alike."""
    rivalry = Rivalry.of(arcs_of([0, 1, 2]), PARTNER_OF, np.array(models))
    return price_conflict(rivalry, np.ones(3), np.array(prices), np.ones(1), 0.0)


def test_prices_of_different_models_are_not_compared():
    assert model_conflict([-1, -1, -1]) > 0
    assert model_conflict([-1, -1, 2]) == 0
    assert model_conflict([4, 4, 2]) == 0
    assert model_conflict([2, 2, 2]) == model_conflict([-1, -1, -1])


def test_who_sells_the_common_model_too_is_compared_by_that_alone():
    """Partner 0 asks 100 for the common model and 10 for its own; partner 1 asks 100."""
    assert model_conflict([-1, 0, -1], (100.0, 10.0, 100.0)) == 0
    assert model_conflict([-1, -1, -1], (100.0, 10.0, 100.0)) > 0


@given(COUNTS, PRICES, st.lists(st.integers(-1, 1), min_size=6, max_size=6), st.integers(0, 2))
def test_harm_is_the_sum_over_pairs_of_rivals(units, prices, models, level):
    """Sums over sorted prices against all pairs one by one."""
    arcs = arcs_of([0, 1, 2, 3, 4, 5], [0, 2, 4])
    units, prices = (np.append(values, values[[0, 2, 4]][::-1]) for values in (units, prices))
    rivalry = Rivalry.of(arcs, np.array([0, 1, 2, 3, 0, 1]), np.array(models))
    tolerance, full = ((0.0, 0.1), (0.08, 0.16), (0.08, 0.5))[level]
    victim, rival, strength = undercuts(rivalry, units, prices, tolerance, full)
    share = rivalry.shares(units)
    pairs = np.bincount(victim, share[rival] * strength, len(share))
    sells = rivalry.spread(units * rivalry.compared) > 0
    harm = undercut(rivalry, units, prices, tolerance, full)
    np.testing.assert_allclose(harm, np.where(sells, pairs, 0.0), atol=1e-9)
