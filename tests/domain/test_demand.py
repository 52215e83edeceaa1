import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channelsim.domain.columns import frozen
from channelsim.domain.demand import (
    Reach,
    arcs_within,
    candidate_km,
    expected_flows,
    logit_shares,
    occasions,
    open_mask,
    reach,
    utility,
)
from channelsim.domain.layout import Layout, Opening
from channelsim.domain.market import Zone
from channelsim.errors import BadValue
from tests.instances import tiny

TINY = tiny()
IDS = tuple(c.id for c in TINY.candidates)
LAYOUTS = st.sets(st.sampled_from(IDS)).map(lambda ids: Layout.of(sorted(ids)))


def units(scenario, *open_ids) -> dict[str, float]:
    flows = expected_flows(scenario, Layout.of(open_ids))
    return dict(zip(IDS, flows.by_candidate(len(IDS)).tolist(), strict=True))


def arcs_of(*zones: list[int]) -> Reach:
    """Return arcs from each zone to these candidates, 0 km."""
    counts = [len(zone) for zone in zones]
    return Reach(
        zone_start=np.cumsum([0, *counts]),
        candidate=np.array([j for zone in zones for j in zone], dtype=np.int64),
        zone=np.repeat(np.arange(len(zones)), counts),
        km=np.zeros(sum(counts)),
    )


def test_arcs_join_zones_with_what_they_reach():
    """A and B reach flagship-a (0), north-a (1) and the web (4); C and D south-c, north-d, web."""
    arcs = reach(TINY)
    assert arcs.zone_start.tolist() == [0, 3, 6, 9, 12]
    assert arcs.candidate.tolist() == [0, 1, 4, 0, 1, 4, 2, 3, 4, 2, 3, 4]
    assert arcs.zone.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert arcs.km.tolist() == [0, 0, 0, 10, 10, 0, 0, 10, 0, 10, 0, 0]
    assert arcs.arcs == 12


def test_a_type_without_a_reach_is_reached_from_everywhere():
    arcs = reach(TINY.replace({"channel_types.flagship.reach_km": None}))
    assert arcs.zone[arcs.candidate == 0].tolist() == [0, 1, 2, 3]
    assert arcs.km[arcs.candidate == 0].tolist() == [0, 10, 100, 110]


def test_an_online_type_reaches_everyone_whatever_its_reach():
    arcs = reach(TINY.replace({"channel_types.web.reach_km": 1.0}))
    assert arcs.zone[arcs.candidate == 4].tolist() == [0, 1, 2, 3]


def test_a_reach_ends_at_its_last_km():
    near = arcs_within(TINY, np.array([9.99, 10.0, 0.0, -1.0, -1.0]))
    pairs = set(zip(near.zone.tolist(), near.candidate.tolist(), strict=True))
    assert pairs == {(0, 0), (0, 1), (1, 1), (2, 2)}


def test_a_market_without_candidates_has_no_arcs():
    arcs = reach(TINY.replace(candidates=()))
    assert arcs.zone_start.tolist() == [0] * 5
    assert (len(arcs.candidate), len(arcs.zone), len(arcs.km)) == (0, 0, 0)


def test_arcs_cannot_be_edited():
    with pytest.raises(ValueError, match="read-only"):
        reach(TINY).km[0] = 1.0


def test_only_some_arcs_can_be_kept():
    arcs = reach(TINY)
    kept = arcs.only(arcs.candidate == 4)
    assert kept.zone_start.tolist() == [0, 1, 2, 3, 4]
    assert kept.candidate.tolist() == [4, 4, 4, 4]
    assert arcs.only(arcs.km > 50).zone_start.tolist() == [0] * 5


@settings(max_examples=25)
@given(
    limits=st.lists(st.floats(-1, 200), min_size=5, max_size=5),
    spots=st.lists(st.tuples(st.floats(29, 32), st.floats(119, 122)), min_size=4, max_size=4),
)
def test_arcs_within_are_those_of_zone_by_zone_search(limits, spots):
    zones = tuple(Zone(id, "", *spot, 1) for id, spot in zip("abcd", spots, strict=True))
    scenario = TINY.replace(zones=zones, distances=TINY.distances[:1])
    arcs = arcs_within(scenario, np.array(limits))
    for zone in range(4):
        here = slice(arcs.zone_start[zone], arcs.zone_start[zone + 1])
        km = candidate_km(scenario, zone)
        near = np.flatnonzero(km <= limits)
        assert arcs.candidate[here].tolist() == near.tolist()
        assert arcs.km[here].tolist() == km[near].tolist()


def test_utility_is_worked_out_by_hand():
    """From a: flagship and dealer 1.0 - 0.01 x 100 = 0; web 0.9 - ln 4 - 0.01 x 90 = -ln 4.
    10 km away the dealer is worth ln 2 less.
    """
    arcs = reach(TINY)
    value = utility(TINY, arcs, TINY.columns.price)[:, 0]
    assert value[:3] == pytest.approx([0, 0, -math.log(4)])
    assert value[4] == pytest.approx(-math.log(2))


def test_service_rivals_attraction_and_lift_enter_utility():
    """At a, north-a: 0 + 0.8 x 0.5 (service) - 0.3 (attraction) - 0.25 (rivals) + 0.1 (lift)."""
    scenario = TINY.replace(
        {
            "segments.everyone.service_weight": 0.8,
            "candidates.north-a.attraction": -0.3,
            "zones.a.rival_strength": 0.25,
        }
    )
    lift = np.array([0, 0.1, 0, 0, 0])
    value = utility(scenario, reach(scenario), scenario.columns.price, lift)
    assert value[1, 0] == pytest.approx(0.4 - 0.3 - 0.25 + 0.1)


def test_a_dearer_outlet_is_worth_less():
    """One more unit of money costs 0.01 utils."""
    price = TINY.columns.price + 1.0
    arcs = reach(TINY)
    fall = utility(TINY, arcs, TINY.columns.price) - utility(TINY, arcs, price)
    assert fall == pytest.approx(np.full((12, 1), 0.01))


def test_occasions_are_those_of_people_who_know_the_brand():
    """10,000 people x 0.1 occasions x 0.6 aware, and 500, 800, 200 where all are."""
    scenario = TINY.replace({"zones.a.awareness": 0.6})
    assert occasions(scenario)[:, 0] == pytest.approx([600, 500, 800, 200])


def test_logit_shares_leave_room_for_not_buying():
    """Weights 1 and 2 against 1 for not buying: 1/4 and 1/2."""
    shares = logit_shares(arcs_of([0, 1]), np.array([[1.0], [2.0]]))
    assert shares[:, 0].tolist() == [0.25, 0.5]


@pytest.mark.parametrize(
    "zones",
    [
        [[], [0, 1], [0]],  # first
        [[0, 1], [], [0]],  # between
        [[0, 1], [0], []],  # last
        [[], [], [0, 1], [], [], [0], [], []],
    ],
)
def test_zones_without_arcs_do_not_disturb_the_others(zones):
    """Weights 1, 2 in the one zone, 3 in the other: shares 1/4, 1/2 and 3/4."""
    shares = logit_shares(arcs_of(*zones), np.array([[1.0], [2.0], [3.0]]))
    assert shares[:, 0].tolist() == [0.25, 0.5, 0.75]


def test_no_arcs_have_no_shares():
    assert logit_shares(arcs_of([], []), np.zeros((0, 3))).shape == (0, 3)


def test_segments_choose_apart():
    shares = logit_shares(arcs_of([0]), np.array([[1.0, 3.0]]))
    assert shares.tolist() == [[0.5, 0.75]]


def test_todays_units_are_worked_out_by_hand():
    """A: 1000 x 1/2.25 dealer, 1000 x 0.25/2.25 web. B: 500 x 0.5/1.75 and 500 x 0.25/1.75.
    C and D: web alone, 1000 x 0.25/1.25 = 200. Dealer 4000/9 + 1000/7 = 37,000/63 = 587.3;
    web 1000/9 + 500/7 + 200 = 24,100/63 = 382.5.
    """
    sold = units(TINY, "north-a", "web")
    assert sold["north-a"] == pytest.approx(37_000 / 63)
    assert sold["web"] == pytest.approx(24_100 / 63)
    assert sold["flagship-a"] == sold["south-c"] == sold["north-d"] == 0


def test_everything_open_is_worked_out_by_hand():
    """A: two outlets next door and the web, 1000/3.25 each and a quarter of it.
    B: 500 x 0.5/2.25 each. C: south-c 1, north-d 1/2, web 1/4: 800/2.75 and half of it.
    D the other way round: 200/2.75 x 1/2 and 200/2.75.
    """
    sold = units(TINY, *IDS)
    assert sold["flagship-a"] == sold["north-a"] == pytest.approx(1000 / 3.25 + 250 / 2.25)
    assert sold["south-c"] == pytest.approx(900 / 2.75)
    assert sold["north-d"] == pytest.approx(600 / 2.75)
    assert sold["web"] == pytest.approx(250 / 3.25 + 125 / 2.25 + 250 / 2.75)


def test_an_empty_layout_sells_nothing():
    assert set(units(TINY).values()) == {0.0}


def test_the_strongest_utilities_allowed_do_not_overflow():
    strong = {
        "appeals.*.*": 100.0,
        "candidates.*.attraction": 100.0,
        "zones.*.rival_strength": -100,
    }
    flows = expected_flows(TINY.replace(strong), Layout.of(["north-a", "web"]))
    assert flows.units.sum() == pytest.approx(2500)


def test_the_weakest_utilities_allowed_sell_nothing():
    weak = {"appeals.*.*": -100.0, "candidates.*.attraction": -100.0, "zones.*.rival_strength": 100}
    flows = expected_flows(TINY.replace(weak), Layout.of(IDS))
    assert 0 <= flows.units.sum() < 1e-100


def test_an_outlet_is_open_in_the_weeks_it_says():
    layout = Layout((Opening("north-a", 4), Opening("web", 0, 10)))
    weeks = {week: open_mask(TINY, layout, week)[[1, 4]].tolist() for week in (0, 3, 4, 9, 10)}
    assert weeks == {
        0: [False, True],
        3: [False, True],
        4: [True, True],
        9: [True, True],
        10: [True, False],
    }


def test_without_a_week_an_outlet_counts_if_it_is_ever_open():
    layout = Layout((Opening("north-a", 4), Opening("web", 0, 10)))
    assert open_mask(TINY, layout).tolist() == [False, True, False, False, True]


def test_an_unknown_candidate_is_told():
    with pytest.raises(BadValue) as caught:
        expected_flows(TINY, Layout.of(["shop"]))
    assert caught.value.message == (
        "the layout names the candidate 'shop', which the scenario does not have; write the id of "
        "a candidate such as flagship-a, north-a, south-c"
    )


def test_flows_of_a_candidate_are_summed_over_zones_and_segments():
    flows = expected_flows(TINY, TINY.today)
    assert flows.by_candidate(5).sum() == pytest.approx(flows.units.sum())


def test_flows_stand_on_the_arcs_of_the_scenario():
    assert expected_flows(TINY, TINY.today).arcs is TINY.arcs


def test_expected_units_cannot_be_edited():
    flows = expected_flows(TINY, TINY.today)
    assert not flows.units.flags.writeable
    assert frozen(flows.units) is flows.units


@given(layout=LAYOUTS, factor=st.floats(0, 1000))
def test_more_people_buy_in_proportion(layout, factor):
    larger = TINY.changed({"zones.*.population": lambda people: people * factor}, idle=True)
    before, after = expected_flows(TINY, layout).units, expected_flows(larger, layout).units
    assert after == pytest.approx(before * factor, rel=1e-9)


@given(layout=LAYOUTS, extra=st.sampled_from(IDS))
def test_opening_one_more_outlet_never_raises_anothers_units(layout, extra):
    more = Layout.of(sorted({*layout.open_ids, extra}))
    before = expected_flows(TINY, layout).by_candidate(5)
    after = expected_flows(TINY, more).by_candidate(5)
    others = np.array(IDS) != extra
    assert (after[others] <= before[others] + 1e-9).all()
    assert after.sum() >= before.sum() - 1e-9


@given(layout=LAYOUTS, reaches=st.tuples(st.floats(0.1, 150), st.floats(0.1, 150)))
def test_a_wider_reach_never_sells_less_in_all(layout, reaches):
    low, high = (
        TINY.changed({"channel_types.dealer.reach_km": lambda _, km=km: km}, idle=True)
        for km in sorted(reaches)
    )
    assert (
        expected_flows(low, layout).units.sum() <= expected_flows(high, layout).units.sum() + 1e-9
    )


@given(layout=LAYOUTS)
def test_nobody_buys_more_often_than_there_are_occasions(layout):
    flows = expected_flows(TINY, layout)
    by_zone = np.bincount(flows.arcs.zone, flows.units[:, 0], minlength=4)
    assert (by_zone < occasions(TINY)[:, 0]).all()
