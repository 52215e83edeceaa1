from dataclasses import replace

import pytest

from channelsim.domain.channel import Appeal, Candidate
from channelsim.domain.contract import Contract
from channelsim.domain.market import Distance, Rival, Season
from channelsim.domain.promotion import Promotion
from channelsim.domain.references import reference_problems
from channelsim.domain.response import Response
from channelsim.domain.scenario import Assumption
from channelsim.errors import BadValue
from tests.instances import tiny

TINY = tiny()
REBATE = Contract("rebate", 0.05, channel_type="dealer")
FAIR = Promotion("fair", 23, 24, 0.1)


def told(**tables) -> str:
    with pytest.raises(BadValue) as caught:
        TINY.replace(**tables)
    return caught.value.message


def test_a_sound_scenario_has_no_problems():
    assert list(reference_problems(TINY)) == []


@pytest.mark.parametrize(
    ("table", "row", "what"),
    [
        ("zones", TINY.zones[0], "a"),
        ("partners", TINY.partners[1], "north"),
        ("candidates", TINY.candidates[4], "web"),
        ("rivals", None, "r"),
        ("promotions", FAIR, "fair"),
    ],
)
def test_an_id_stands_once(table, row, what):
    rows = (Rival("r", "a", 0.1),) * 2 if row is None else (*getattr(TINY, table), row)
    rows = (row,) * 2 if row is FAIR else rows
    assert told(**{table: rows}) == f"{table}: {what} stands twice; give each row its own id"


def test_every_doubled_id_of_every_table_is_told_at_once():
    message = told(zones=TINY.zones * 2, channel_types=TINY.channel_types * 2)
    assert message.count("stands twice") == 4 + 3


@pytest.mark.parametrize(
    ("table", "rows", "what"),
    [
        (
            "appeals",
            (Appeal("web", "everyone", 1.0), Appeal("web", "everyone", 2.0)),
            "web, everyone",
        ),
        ("contracts", (REBATE, replace(REBATE, rate=0.02)), "dealer, rebate, 0.0"),
        (
            "responses",
            (
                Response("north", "training", "log", 0.1, 1),
                Response("north", "training", "hill", 1, 1),
            ),
            "north, training",
        ),
        ("seasons", (Season(24, 2.0), Season(24, 1.5)), "24"),
        (
            "assumptions",
            (Assumption("policy.fine", 1, 0, 2), Assumption("policy.fine", 1, 1, 1)),
            "policy.fine",
        ),
    ],
)
def test_a_row_without_an_id_is_told_by_what_it_joins(table, rows, what):
    words = what.removesuffix(", 0.0")  # an attainment of 0 goes without saying
    assert told(**{table: rows}) == f"{table}: {words} stands twice; keep one row"


def test_the_steps_of_a_rebate_are_rows_of_their_own():
    steps = (REBATE, replace(REBATE, rate=0.06, attainment_from=1.0))
    assert TINY.replace(contracts=steps).contracts == steps


def test_a_road_may_be_told_from_both_ends():
    both = (Distance("a", "b", 10.0), Distance("b", "a", 10.0))
    assert TINY.replace(distances=both).distances == both


def test_a_road_has_one_length():
    message = told(distances=(Distance("a", "b", 10.0), Distance("b", "a", 12.0)))
    assert message == "distances: b and a are 10 km and 12 km apart; keep one row"


@pytest.mark.parametrize("table", ["zones", "segments", "channel_types"])
def test_a_market_needs_zones_segments_and_types(table):
    assert f"{table}: the table is empty; add at least one row" in told(**{table: ()})


@pytest.mark.parametrize(
    ("table", "row", "what", "near"),
    [
        (
            "appeals",
            Appeal("agent", "everyone", 1),
            "appeals: channel_type 'agent'",
            "dealer, flag",
        ),
        ("appeals", Appeal("web", "rich", 1), "appeals: segment 'rich'", "everyone"),
        ("candidates", Candidate("x", "west", "web"), "candidates: partner 'west'", "maker, north"),
        (
            "candidates",
            Candidate("x", "north", "mall"),
            "candidates: channel_type 'mall'",
            "dealer",
        ),
        (
            "candidates",
            Candidate("x", "north", "dealer", "z"),
            "candidates: zone 'z'",
            "a, b, c, d",
        ),
        ("rivals", Rival("r", "z", 0.1), "rivals: zone 'z'", "a, b, c, d"),
        ("distances", Distance("a", "z", 1), "distances: zone 'z'", "a, b, c, d"),
        ("contracts", Contract("rebate", 0.1, "west"), "contracts: partner 'west'", "maker"),
        (
            "contracts",
            replace(REBATE, channel_type="mall"),
            "contracts: channel_type 'mall'",
            "dealer",
        ),
        (
            "promotions",
            replace(FAIR, channel="mall"),
            "promotions: channel 'mall'",
            "dealer, flagship",
        ),
        (
            "responses",
            Response("west", "coop", "log", 0.1, 1),
            "responses: partner 'west'",
            "maker",
        ),
    ],
)
def test_a_reference_leads_somewhere(table, row, what, near):
    message = told(**{table: (*getattr(TINY, table), row)})
    assert message.startswith(f"{what} is unknown; write one of the ids, such as {near}")


def test_a_reference_into_an_empty_table_asks_for_a_row():
    message = told(partners=(), contracts=(), responses=())
    assert "candidates: partner 'maker' is unknown; add a row with this id" in message


@pytest.mark.parametrize("channel", ["", "web", "north", "dealer", "south-c"])
def test_a_promotion_is_for_a_candidate_a_partner_or_a_type(channel):
    """`web` is a candidate and its type, of which it is the only one: the same outlet."""
    rows = (replace(FAIR, channel=channel),)
    assert TINY.replace(promotions=rows).promotions == rows


def test_a_promotion_for_a_name_of_two_sets_of_outlets_is_refused():
    named = replace(TINY.candidates[1], id="dealer")
    message = told(
        candidates=(*TINY.candidates, named), promotions=(replace(FAIR, channel="dealer"),)
    )
    assert message == (
        "promotions: channel 'dealer' is a candidate and a channel type that stand for different "
        "outlets; rename one of them"
    )


def test_a_segment_share_of_a_zone_names_a_segment():
    zone = replace(TINY.zones[0], shares={"rich": 1.0})
    assert told(zones=(zone, *TINY.zones[1:])) == (
        "zones: a has a share of segment 'rich' is unknown; write one of the ids, such as everyone"
    )


def test_segment_shares_sum_to_one():
    (everyone,) = TINY.segments
    assert told(segments=(replace(everyone, share=0.9),)) == (
        "segments: the shares must sum to 1, got 0.9; mend them"
    )


def test_a_physical_operation_has_a_place():
    assert told(candidates=(Candidate("x", "north", "dealer"),)) == (
        "candidates: x is of the type dealer, which is physical, but has no zone; name its zone"
    )


def test_what_must_open_gives_the_service_asked_for():
    must = {"candidates.north-a.must_open": True, "candidates.north-a.service": 0.4}
    with pytest.raises(BadValue) as caught:
        TINY.replace({**must, "goals.min_service": 0.45})
    assert str(caught.value) == (
        "candidates: north-a must open, but its service of 0.4 is below goals.min_service, 0.45; "
        "lower the goal or drop must_open"
    )


def test_an_online_operation_has_no_place():
    """Its distance to every zone is 0 by definition; a zone would give it another."""
    assert told(candidates=(Candidate("x", "north", "web", "a"),)) == (
        "candidates: x is of the type web, which is online, but has the zone a; leave its zone "
        "empty"
    )
