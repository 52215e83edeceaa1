from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.columns import across, dot, frozen, row_of
from channelsim.domain.market import Rival, Season
from channelsim.errors import BadValue
from tests.instances import tiny

TINY = tiny()


def test_rows_are_found_by_id():
    columns = TINY.columns
    assert columns.zone_index == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert columns.partner_index == {"maker": 0, "north": 1, "south": 2}
    assert columns.type_index == {"dealer": 0, "flagship": 1, "web": 2}
    assert columns.segment_index == {"everyone": 0}
    assert list(columns.candidate_index) == ["flagship-a", "north-a", "south-c", "north-d", "web"]


def test_candidates_know_their_rows():
    """flagship-a, north-a, south-c, north-d, web."""
    columns = TINY.columns
    assert columns.type_of.tolist() == [1, 0, 0, 0, 2]
    assert columns.partner_of.tolist() == [0, 1, 2, 1, 0]
    assert columns.zone_of.tolist() == [0, 0, 2, 3, -1]
    assert columns.online.tolist() == [False, False, False, False, True]


def test_people_are_parted_by_the_segments_own_shares():
    (everyone,) = TINY.segments
    pair = (replace(everyone, share=0.75), replace(everyone, id="few", share=0.25))
    people = TINY.replace(segments=pair).columns.people
    assert people.tolist() == [[7500, 2500], [3750, 1250], [6000, 2000], [1500, 500]]


def test_a_zone_may_have_shares_of_its_own():
    (everyone,) = TINY.segments
    pair = (replace(everyone, share=0.75), replace(everyone, id="few", share=0.25))
    zone = replace(TINY.zones[3], shares={"few": 1.0})
    people = TINY.replace(segments=pair, zones=(*TINY.zones[:3], zone)).columns.people
    assert people[3].tolist() == [0, 2000]


def test_rivals_add_to_the_rival_strength_of_their_zone():
    zones = (replace(TINY.zones[0], rival_strength=0.25), *TINY.zones[1:])
    rivals = (Rival("one", "a", 0.5), Rival("two", "a", -0.125), Rival("three", "c", 1.0))
    outside = TINY.replace(zones=zones, rivals=rivals).columns.outside
    assert outside.tolist() == [0.625, 0, 1, 0]


def test_a_candidate_without_a_price_has_its_types():
    scenario = TINY.replace({"candidates.north-a.price": 110.0})
    assert scenario.columns.price.tolist() == [100, 110, 100, 100, 90]


def test_a_candidate_without_a_service_has_its_types():
    scenario = TINY.replace({"candidates.web.service": 0.0})
    assert scenario.columns.service.tolist() == [0.5, 0.5, 0.5, 0.5, 0]


def test_a_wholesale_price_is_the_candidates_before_the_types():
    scenario = TINY.replace({"candidates.south-c.wholesale_price": 60.0})
    assert scenario.columns.wholesale[1:4].tolist() == [70, 60, 70]


def test_who_does_not_buy_the_goods_has_no_wholesale_price():
    assert np.isnan(TINY.columns.wholesale[[0, 4]]).all()


def test_capacity_left_empty_is_unlimited():
    assert TINY.columns.capacity.tolist() == [300, 600, 600, 200, np.inf]


def test_an_appeal_left_out_is_zero():
    assert TINY.replace(appeals=TINY.appeals[:1]).columns.appeal.tolist() == [[1], [0], [0]]


def test_a_year_is_average_where_no_season_is_given():
    assert TINY.columns.season.tolist() == [1.0] * 52


def test_the_season_has_a_mean_of_one():
    """One week of 3 and 51 of 1 have the mean 54/52."""
    season = TINY.replace(seasons=(Season(24, 3.0),)).columns.season
    assert season[23] == pytest.approx(3 * 52 / 54)
    assert season[0] == pytest.approx(52 / 54)


def test_a_year_without_occasions_stays_without():
    dead = tuple(Season(week, 0.0) for week in range(1, 53))
    assert TINY.replace(seasons=dead).columns.season.tolist() == [0.0] * 52


def test_a_road_leads_both_ways():
    roads = TINY.columns.roads
    assert (1, 10.0) in roads[0]
    assert (0, 10.0) in roads[1]


def test_columns_cannot_be_edited():
    with pytest.raises(ValueError, match="read-only"):
        TINY.columns.price[0] = 1.0


def test_frozen_freezes_the_array_itself():
    array = np.zeros(2)
    assert frozen(array) is array
    assert not array.flags.writeable


def test_an_id_of_a_layout_has_a_row():
    assert row_of({"a": 0, "b": 1}, "b", "zone") == 1


@pytest.mark.parametrize(
    ("index", "end"), [({"a": 0, "b": 1}, "a zone such as a, b"), ({}, "a zone")]
)
def test_an_unknown_id_of_a_layout_is_told(index, end):
    with pytest.raises(BadValue) as caught:
        row_of(index, "z", "zone")
    assert caught.value.message == (
        f"the layout names the zone 'z', which the scenario does not have; write the id of {end}"
    )


def test_after_sales_capacity_is_its_types_for_every_door_unless_it_has_its_own():
    case = TINY.replace(
        {
            "channel_types.dealer.after_sales_capacity": 4.0,
            "candidates.north-a.doors": 3,
            "candidates.south-c.doors": 2,
            "candidates.south-c.after_sales_capacity": 10.0,
        }
    )
    assert case.columns.after_sales.tolist() == [np.inf, 12, 20, 4, np.inf]


@pytest.mark.parametrize("dtype", [np.int64, np.float64])
def test_rows_are_summed_over_columns(dtype):
    values = np.arange(12, dtype=dtype).reshape(4, 3)
    np.testing.assert_array_equal(across(values), values.sum(axis=1))
    assert across(values).dtype == dtype
    np.testing.assert_array_equal(values.ravel(), np.arange(12))


def test_the_inner_product_is_the_sum_of_products():
    assert dot(np.array([1, 2, 3]), np.array([0.5, 0.25, 2.0])) == 7.0
