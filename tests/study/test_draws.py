from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channelsim.domain.market import Segment
from channelsim.domain.scenario import Assumption
from channelsim.errors import BadValue, UnknownPath
from channelsim.study.draws import draw_assumptions, with_draw
from tests.instances import tiny

SENSITIVITY = "segments.everyone.price_sensitivity"


def assuming(*assumptions: Assumption, **tables):
    return tiny().replace(assumptions=assumptions, **tables)


def one(path: str, value: float, low: float, high: float, **tables):
    return assuming(Assumption(path, value, low, high), **tables)


def three_segments():
    (everyone,) = tiny().segments
    return tuple(
        replace(everyone, id=name, share=share)
        for name, share in (("value", 0.4), ("mainstream", 0.45), ("premium", 0.15))
    )


@given(st.integers(1, 30), st.integers(0, 1000))
def test_draws_lie_within_their_range(count, seed):
    draws = draw_assumptions(tiny(), count, seed)
    assert len(draws) == count
    assert all(0.008 <= draw[SENSITIVITY] <= 0.012 for draw in draws)


def test_draws_spread_over_the_range():
    """A Latin hypercube has one draw in each of ten equal slices of 0.008 to 0.012."""
    drawn = sorted(draw[SENSITIVITY] for draw in draw_assumptions(tiny(), 10, seed=1))
    assert [int((value - 0.008) / 0.0004) for value in drawn] == list(range(10))


def test_the_same_seed_gives_the_same_draws():
    assert draw_assumptions(tiny(), 5, seed=3) == draw_assumptions(tiny(), 5, seed=3)


def test_another_seed_gives_other_draws():
    assert draw_assumptions(tiny(), 5, seed=3) != draw_assumptions(tiny(), 5, seed=4)


@pytest.mark.parametrize(
    ("scenario", "count"),
    [
        (assuming(), 5),
        (one(SENSITIVITY, 0.01, 0.01, 0.01), 5),  # a number without a range
        (tiny(), 0),
    ],
)
def test_without_ranges_or_draws_there_is_nothing_to_draw(scenario, count):
    assert draw_assumptions(scenario, count, seed=0) == []


def test_a_number_without_a_range_is_not_drawn():
    scenario = assuming(*tiny().assumptions, Assumption("economics.unit_cost", 40, 40, 40))
    assert set(draw_assumptions(scenario, 1, seed=0)[0]) == {SENSITIVITY}


def test_a_draw_takes_the_place_of_its_number():
    assert with_draw(tiny(), {SENSITIVITY: 0.009}).segments[0].price_sensitivity == 0.009


def test_a_draw_of_the_value_itself_changes_nothing():
    assert with_draw(tiny(), {SENSITIVITY: 0.01}) == tiny()


def test_a_variant_keeps_its_own_change():
    """The variant's dealers pay 63 instead of the assumed 70; a draw of 77 is 1.1 times: 69.3."""
    path = "channel_types.dealer.wholesale_price"
    variant = one(path, 70, 60, 80).replace({path: 63.0})
    drawn = with_draw(variant, {path: 77.0})
    assert drawn.channel_types[0].wholesale_price == pytest.approx(69.3)


def test_an_assumption_of_zero_is_added():
    scenario = one("zones.*.rival_strength", 0.0, -0.5, 0.5).replace(
        {"zones.a.rival_strength": 0.25}
    )
    drawn = with_draw(scenario, {"zones.*.rival_strength": 0.1})
    assert [z.rival_strength for z in drawn.zones] == pytest.approx([0.35, 0.1, 0.1, 0.1])


@given(st.floats(0.2, 5))
def test_a_broadcast_keeps_the_proportions(draw):
    """The zones' people stand as 10 : 5 : 8 : 2 whatever is drawn."""
    people = [10_000.0, 5_000.0, 8_000.0, 2_000.0]
    zones = tuple(replace(z, population=p) for z, p in zip(tiny().zones, people, strict=True))
    scenario = one("zones.*.population", 1.0, 0.1, 10, zones=zones)
    drawn = with_draw(scenario, {"zones.*.population": draw})
    assert [z.population for z in drawn.zones] == pytest.approx([p * draw for p in people])


@given(*[st.floats(0.01, 1)] * 2)
def test_segment_shares_always_sum_to_one(value, premium):
    scenario = assuming(
        Assumption("segments.value.share", 0.4, 0.01, 1),
        Assumption("segments.premium.share", 0.15, 0.01, 1),
        segments=three_segments(),
        appeals=(),
    )
    drawn = with_draw(scenario, {"segments.value.share": value, "segments.premium.share": premium})
    shares = {s.id: s.share for s in drawn.segments}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["value"] / shares["mainstream"] == pytest.approx(value / 0.45)
    assert shares["premium"] / shares["mainstream"] == pytest.approx(premium / 0.45)


def test_all_shares_drawn_by_one_factor_stay():
    scenario = one("segments.*.share", 1.0, 0.5, 2, segments=three_segments(), appeals=())
    assert with_draw(scenario, {"segments.*.share": 1.5}) == scenario


def test_whole_numbers_stay_whole():
    """A lead time of 1 at 1.6 times is 2; at 1.2 times it stays 1, which is no error."""
    scenario = one("candidates.*.lead_time", 1, 1, 2)
    at = {draw: with_draw(scenario, {"candidates.*.lead_time": draw}) for draw in (1.2, 1.6)}
    assert [c.lead_time for c in at[1.6].candidates] == [2] * 5
    assert at[1.2] == scenario


def test_money_written_without_a_point_is_not_rounded():
    """tiny's fixed costs are written 2000, 100 and 500; 0.25% more is no round sum."""
    path = "candidates.*.maker_fixed_cost"
    drawn = with_draw(one(path, 1, 0.5, 2), {path: 1.0025})
    costs = [c.maker_fixed_cost for c in drawn.candidates]
    assert costs == pytest.approx([2005, 100.25, 100.25, 100.25, 501.25])


def test_what_is_unlimited_stays_unlimited():
    """Four capacities of 300, 600, 600 and 200, and the web shop's without a limit."""
    drawn = with_draw(one("candidates.*.capacity", 1, 0.5, 2), {"candidates.*.capacity": 0.5})
    assert [c.capacity for c in drawn.candidates] == [150, 300, 300, 100, None]


def test_a_factor_on_nothing_is_idle():
    """A policy without fines in a variant: any draw of the assumed 20,000 leaves none."""
    scenario = one("policy.fine", 20_000, 5_000, 100_000)
    assert with_draw(scenario, {"policy.fine": 30_000.0}) == scenario


def test_a_draw_of_a_number_that_the_variant_does_not_assume_is_left_out():
    assert with_draw(assuming(), {SENSITIVITY: 0.009}) == assuming()


def test_a_range_beyond_what_is_allowed_names_its_assumption():
    scenario = assuming(
        Assumption("economics.unit_cost", 40, 30, 50),
        Assumption("zones.*.awareness", 0.5, 0.4, 0.8),
    )
    with pytest.raises(BadValue) as caught:
        with_draw(scenario, {"economics.unit_cost": 45.0, "zones.*.awareness": 0.6})
    assert caught.value.message == (
        "assumption zones.*.awareness: its range allows a value that is refused: awareness must "
        "lie in [0, 1], got 1.2; write a share such as 0.25 or 25%; narrow low and high"
    )


def test_a_refusal_is_not_blamed_on_shares_that_move_together():
    scenario = assuming(
        Assumption("segments.value.share", 0.4, 0.3, 0.5),
        Assumption("zones.*.awareness", 0.5, 0.4, 0.8),
        segments=three_segments(),
        appeals=(),
    )
    with pytest.raises(BadValue, match=r"^assumption zones\.\*\.awareness: "):
        with_draw(scenario, {"segments.value.share": 0.5, "zones.*.awareness": 0.6})


def test_a_negative_share_is_refused():
    """-0.1, 0.45 and 0.15 sum to 0.5: the first would be -0.2."""
    scenario = one("segments.value.share", 0.4, -0.2, 0.6, segments=three_segments(), appeals=())
    with pytest.raises(BadValue, match=r"^share must lie in \[0, 1\], got -0.2; "):
        with_draw(scenario, {"segments.value.share": -0.1})


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("channel_types.dealer.price_setter", "'partner'"),
        ("candidates.web.open_today", "True"),
        ("policy.conflict_weights", r"\(0.25, 0.25, 0.25, 0.25\)"),
    ],
)
def test_an_assumption_that_is_no_number_is_refused(path, shown):
    with pytest.raises(UnknownPath, match=f"leads to {shown}; write a number's path"):
        with_draw(one(path, 1, 0.5, 2), {path: 1.5})


def test_a_path_that_leads_nowhere_is_refused():
    with pytest.raises(UnknownPath, match="zones has no 'z'"):
        with_draw(one("zones.z.population", 1, 0.5, 2), {"zones.z.population": 1.5})


def test_drawing_leaves_the_scenario_alone():
    scenario = tiny()
    with_draw(scenario, {SENSITIVITY: 0.012})
    assert scenario == tiny()
    assert isinstance(scenario.segments[0], Segment)
