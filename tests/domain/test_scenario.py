import copy
import pickle
from dataclasses import fields, replace

import numpy as np
import pytest

from channelsim.domain.contract import Contract
from channelsim.domain.layout import Layout, Opening
from channelsim.domain.market import Rival, Season
from channelsim.domain.paths import value_at
from channelsim.domain.promotion import Promotion
from channelsim.domain.scenario import Assumption
from channelsim.errors import BadValue, UnknownPath
from tests.instances import tiny

TINY = tiny().replace(
    seasons=(Season(24, 2.0),),
    rivals=(Rival("r", "a", 0.1),),
    promotions=(Promotion("fair", 23, 24, 0.1),),
)

SECTIONS = ("market", "economics", "policy", "goals")
NAMED = {
    "zones": "a",
    "segments": "everyone",
    "channel_types": "dealer",
    "partners": "north",
    "candidates": "south-c",
    "rivals": "r",
    "promotions": "fair",
    "contracts": "dealer.rebate",
    "responses": "north.training",
    "seasons": "24",
}
FIXED = {
    "segments.everyone.share",  # one segment alone has all people
    "channel_types.dealer.online",  # dealers have a place
    "channel_types.dealer.season_weeks",  # goes with a salvage
    "goals.contiguous_km",  # goes with exclusive territories
    "goals.max_imbalance",
    "contracts.dealer.rebate.attainment_from",  # the steps would meet
    "policy.conflict_weights",  # not one number
    "seasons.24.week",
}


def other(value):
    """Return another value that the same field accepts."""
    if isinstance(value, bool):
        return not value
    if value is None:
        return 1
    return value + 1 if isinstance(value, int) else value * 0.75 + 0.1


def numbers() -> list[str]:
    """Return a path to every number and flag of one row of each table and section."""
    rows = {name: getattr(TINY, name) for name in SECTIONS}
    rows |= {f"{table}.{name}": getattr(TINY, table)[0] for table, name in NAMED.items()}
    paths = [
        f"{place}.{field.name}"
        for place, row in rows.items()
        for field in fields(row)
        if field.type in (int, float, bool, float | None, int | None)
    ]
    return [p for p in (*paths, "appeals.dealer.everyone", "horizon_weeks") if p not in FIXED]


def told(**changes) -> str:
    with pytest.raises(BadValue) as caught:
        TINY.replace(**changes)
    return caught.value.message


def test_every_table_has_numbers():
    assert {path.split(".")[0] for path in numbers()} >= {*SECTIONS, *NAMED, "appeals"}


@pytest.mark.parametrize("path", numbers())
def test_the_digest_changes_with_any_number(path):
    assert TINY.changed({path: other}).digest != TINY.digest


def test_the_digest_changes_with_the_weights_of_conflict():
    changed = TINY.replace({"policy.conflict_weights": (0.4, 0.2, 0.2, 0.2)})
    assert changed.digest != TINY.digest


@pytest.mark.parametrize(
    "words", [{"name": "small"}, {"title": "Small"}, {"credits": "me"}, {"assumptions": ()}]
)
def test_the_digest_does_not_change_with_words(words):
    assert TINY.replace(**words).digest == TINY.digest


@pytest.mark.parametrize("path", ["zones.a.name", "zones.a.name_en", "partners.north.name"])
def test_the_digest_does_not_change_with_the_name_of_a_row(path):
    assert TINY.replace({path: "renamed"}).digest == TINY.digest


@pytest.mark.parametrize(
    ("path", "one", "same"),
    [
        ("zones.a.population", 20_000, 20_000.0),
        ("zones.a.population", 20_000.0, np.float64(20_000)),
        ("zones.a.rival_strength", 0.0, -0.0),
        ("candidates.web.doors", 3, np.int64(3)),
        ("candidates.web.must_open", True, 1),
    ],
)
def test_equal_scenarios_have_one_digest(path, one, same):
    first = TINY.changed({path: lambda _: one}, idle=True)
    second = TINY.changed({path: lambda _: same}, idle=True)
    assert first == second
    assert first.digest == second.digest


def test_the_digest_is_that_of_a_fresh_process():
    assert pickle.loads(pickle.dumps(TINY)).digest == TINY.digest


@pytest.mark.parametrize("path", [p for p in numbers() if not p.startswith("contracts")])
def test_a_change_by_path_and_back_gives_the_scenario_again(path):
    """Contracts are left out: a path moves all steps of their terms at once."""
    old = value_at(TINY, path)
    there = TINY.changed({path: other})
    assert there != TINY
    assert there.changed({path: lambda _: old}) == TINY


@pytest.mark.parametrize(
    ("path", "there", "back"),
    [
        ("segments.everyone.inertia", 0.9, 0.5),
        ("channel_types.dealer.wholesale_price", 65.0, 70.0),
        ("candidates.south-c.capacity", None, 600),
        ("policy.price_floor", 80.0, None),
        ("appeals.web.everyone", 0.0, tiny().appeals[2].appeal),
        ("horizon_weeks", 52, 26),
    ],
)
def test_replacing_by_a_path_and_back_gives_the_scenario_again(path, there, back):
    assert TINY.replace({path: there}).replace({path: back}) == TINY


def test_replace_leaves_the_original_alone():
    TINY.replace({"zones.a.population": 1})
    assert TINY.zones[0].population == 10_000


def test_replace_takes_paths_and_whole_fields_at_once():
    changed = TINY.replace({"policy.fine": 500.0}, horizon_weeks=10)
    assert (changed.policy.fine, changed.horizon_weeks) == (500.0, 10)


def test_replacing_nothing_gives_the_scenario():
    assert TINY.replace() is TINY


def test_two_shares_change_together():
    """One alone would leave the sum at 0.9 or 1.1."""
    (everyone,) = TINY.segments
    pair = (replace(everyone, share=0.5), replace(everyone, id="few", share=0.5))
    halves = TINY.replace(segments=pair)
    changed = halves.replace({"segments.everyone.share": 0.6, "segments.few.share": 0.4})
    assert [s.share for s in changed.segments] == [0.6, 0.4]


def test_a_change_that_changes_nothing_is_refused():
    with pytest.raises(UnknownPath) as caught:
        TINY.replace({"zones.a.population": 10_000})
    assert str(caught.value) == (
        "zones.a.population already has this value; drop the change or alter it"
    )


def test_a_change_that_may_be_idle_changes_nothing():
    assert TINY.changed({"zones.a.population": lambda old: old}, idle=True) == TINY


def test_a_value_that_a_row_refuses_is_refused_by_path():
    with pytest.raises(BadValue, match="leave it empty for unlimited"):
        TINY.replace({"candidates.south-c.capacity": -5})


@pytest.mark.parametrize("value", ["a lot", None])
def test_a_number_cannot_become_words_or_nothing(value):
    with pytest.raises(BadValue, match="population"):
        TINY.replace({"zones.a.population": value})


def test_a_horizon_has_a_week():
    assert told(horizon_weeks=0) == (
        "horizon_weeks must be >= 1, got 0; write a number from 1 upwards"
    )


def test_a_horizon_is_whole():
    assert told(horizon_weeks=1.5) == (
        "horizon_weeks must be a whole number, got 1.5; write one such as 1"
    )


def test_tax_is_in_or_out():
    assert told(tax="maybe") == "tax is unknown: 'maybe'; write one of included, excluded"


def test_an_unknown_reference_has_a_code():
    with pytest.raises(BadValue) as caught:
        TINY.replace(contracts=(Contract("rebate", 0.1, partner="west"),))
    assert caught.value.code == "unknown_reference"


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (
            (5, 1, 4),
            "low <= value <= high must hold, got 1, 5, 4; mend the range",
        ),
        (
            (float("nan"), 1, 4),
            "value must be a finite number, got nan; write a number",
        ),
    ],
)
def test_an_assumption_refuses(numbers, message):
    with pytest.raises(BadValue) as caught:
        Assumption("policy.fine", *numbers)
    assert caught.value.message == message


def test_today_is_what_is_open_now():
    assert TINY.today == Layout((Opening("north-a"), Opening("web")))


def test_columns_are_made_once():
    assert TINY.columns is TINY.columns


def test_arcs_are_made_once():
    assert TINY.arcs is TINY.arcs


def test_a_changed_scenario_makes_its_own_columns():
    changed = TINY.replace({"channel_types.web.price": 95.0})
    assert TINY.columns.price[4] == 90.0
    assert changed.columns.price[4] == 95.0


@pytest.mark.parametrize("double", [copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))])
def test_a_scenario_can_be_sent_to_another_process(double):
    assert double(TINY) == TINY


def test_what_is_made_once_stays_at_home():
    """Arrays are large, and would arrive editable."""
    assert TINY.arcs.arcs == 12
    sent = pickle.loads(pickle.dumps(TINY))
    assert not {"columns", "arcs", "digest"} & set(vars(sent))
    assert not sent.columns.price.flags.writeable


def test_a_scenario_is_one_short_line_where_it_is_listed():
    scenario = tiny()
    assert repr(scenario) == (
        "Scenario('tiny', 4 zones, 5 candidates, 3 partners, "
        f"{scenario.horizon_weeks} weeks, digest {scenario.digest[:12]})"
    )


def test_a_horizon_ends_with_the_weeks_that_draws_can_name():
    assert tiny().replace(horizon_weeks=32_767).horizon_weeks == 32_767
    with pytest.raises(BadValue, match="horizon_weeks must be <= 32767, got 32768; play fewer"):
        tiny().replace(horizon_weeks=32_768)
