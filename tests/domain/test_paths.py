import pytest

from channelsim.domain.contract import Contract
from channelsim.domain.market import Season
from channelsim.domain.paths import changed_fields, is_whole, value_at
from channelsim.errors import BadValue, UnknownPath
from tests.instances import tiny

TINY = tiny().replace(seasons=(Season(24, 2.0), Season(45, 2.5)))
FORMS = (
    "market.FIELD, economics.FIELD, policy.FIELD, goals.FIELD, goodwill.FIELD, supply.FIELD, "
    "zones.ID.FIELD, segments.ID.FIELD, channel_types.ID.FIELD, partners.ID.FIELD, "
    "candidates.ID.FIELD, rivals.ID.FIELD, promotions.ID.FIELD, customer_tiers.ID.FIELD, "
    "events.ID.FIELD, sites.ID.FIELD, attributes.ID.FIELD, pairs.ID.FIELD, "
    "count_rules.ID.FIELD, appeals.TYPE.SEGMENT, "
    "attribute_weights.ATTRIBUTE.SEGMENT.weight, contracts.OWNER.INSTRUMENT.FIELD, "
    "responses.PARTNER.INSTRUMENT.FIELD, seasons.WEEK.factor"
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("zones.b.population", 5_000),
        ("segments.everyone.inertia", 0.5),
        ("channel_types.dealer.wholesale_price", 70.0),
        ("partners.south.capability", 0.5),
        ("candidates.web.setup_cost", 7_800),
        ("appeals.flagship.everyone", 1.0),
        ("contracts.dealer.rebate.rate", 0.02),  # the first of two steps
        ("responses.south.training.scale", 100.0),
        ("seasons.45.factor", 2.5),
        ("market.service_standard_km", 10.0),
        ("economics.unit_cost", 40.0),
        ("policy.quota_growth", 1.12),
        ("goals.incentive_budget", 500.0),
        ("horizon_weeks", 26),
    ],
)
def test_a_path_leads_to_its_value(path, value):
    assert value_at(TINY, path) == value


def test_a_star_stands_for_every_id():
    changed = TINY.replace({"zones.*.awareness": 0.5})
    assert [z.awareness for z in changed.zones] == [0.5] * 4


def test_a_star_stands_for_every_type_and_segment():
    changed = TINY.replace({"appeals.*.*": 0.25})
    assert [a.appeal for a in changed.appeals] == [0.25] * 3


def test_an_appeal_changes_alone():
    changed = TINY.replace({"appeals.web.everyone": 0.25})
    assert [a.appeal for a in changed.appeals] == [1.0, 1.0, 0.25]


def test_the_steps_of_a_contract_move_together():
    (rows,) = changed_fields(TINY, {"contracts.dealer.rebate.rate": lambda rate: rate * 2}).values()
    assert [row.rate for row in rows] == [0.04, 0.10]


def test_a_contract_is_named_by_its_partner_too():
    own = Contract("commission", 0.10, partner="north")
    scenario = TINY.replace(contracts=(*TINY.contracts, own))
    changed = scenario.replace({"contracts.north.commission.rate": 0.12})
    assert [c.rate for c in changed.contracts] == [0.02, 0.05, 0.12]


def test_a_week_of_the_season_changes_alone():
    changed = TINY.replace({"seasons.24.factor": 3.0})
    assert changed.seasons == (Season(24, 3.0), Season(45, 2.5))


def test_a_broadcast_applies_to_each_old_value():
    (zones,) = changed_fields(TINY, {"zones.*.population": lambda people: people / 2}).values()
    assert [z.population for z in zones] == [5_000, 2_500, 4_000, 1_000]


def test_other_shares_of_a_zone_make_room():
    """0.2, 0.3, 0.5 with the first at 0.6: the rest shrink by 0.4 / 0.8 to 0.15 and 0.25."""
    own = {"one": 0.2, "two": 0.3, "three": 0.5}
    changes = {"zones.a.shares": lambda _: own, "zones.a.share_one": lambda _: 0.6}
    (zone, *_) = changed_fields(TINY, changes)["zones"]
    assert dict(zone.shares) == pytest.approx({"one": 0.6, "two": 0.15, "three": 0.25})


def test_a_share_of_everybody_leaves_no_room():
    """Of 0.9 the other segment, which had none, would have to make up the rest of nothing."""
    changes = {"zones.a.shares": lambda _: {"one": 1.0}, "zones.a.share_one": lambda _: 0.9}
    with pytest.raises(BadValue, match="the segment shares must sum to 1, got 0.9; mend them"):
        changed_fields(TINY, changes)


def test_only_tables_and_sections_that_a_path_names_change():
    changes = {"zones.a.population": lambda _: 1, "policy.fine": lambda _: 2.0}
    assert set(changed_fields(TINY, changes)) == {"zones", "policy"}


def test_rows_that_no_path_names_stay_the_same_objects():
    zones = changed_fields(TINY, {"zones.b.population": lambda _: 1})["zones"]
    assert [new is old for new, old in zip(zones, TINY.zones, strict=True)] == [1, 0, 1, 1]


def test_a_later_path_sees_what_an_earlier_one_has_done():
    """10,000 doubled and then 1 more; the others doubled alone."""
    double = {"zones.*.population": lambda p: p * 2, "zones.a.population": lambda p: p + 1}
    people = [z.population for z in changed_fields(TINY, double)["zones"]]
    assert people == [20_001, 10_000, 16_000, 4_000]


def test_a_week_of_a_new_season_changes_with_it():
    new = {"seasons": lambda _: (Season(1, 1.5),), "seasons.1.factor": lambda old: old + 1}
    assert changed_fields(TINY, new)["seasons"] == (Season(1, 2.5),)


def test_a_season_may_be_replaced_after_one_of_its_weeks():
    new = {"seasons.24.factor": lambda _: 9.0, "seasons": lambda _: (Season(1, 1.5),)}
    assert changed_fields(TINY, new)["seasons"] == (Season(1, 1.5),)


@pytest.mark.parametrize("order", [1, -1])
def test_two_values_of_a_row_that_hold_only_together_change_together(order):
    """At most 1 and then at least 2 would be refused one after the other."""
    limits = TINY.replace({"channel_types.web.max_open": 1})
    changes = {"channel_types.web.min_open": 2, "channel_types.web.max_open": 3}
    changed = limits.replace(dict(list(changes.items())[::order]))
    assert (changed.channel_types[2].min_open, changed.channel_types[2].max_open) == (2, 3)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("price", f"price is no path; write one of {FORMS}"),
        ("zones", f"zones is no path; write one of {FORMS}"),
        ("policy", f"policy is no path; write one of {FORMS}"),
        ("zones.a", f"zones.a is no path; write one of {FORMS}"),
        ("contracts.dealer.rate", f"contracts.dealer.rate is no path; write one of {FORMS}"),
        ("currency.code", f"currency.code is no path; write one of {FORMS}"),
        (
            "zones.z.population",
            "zones.z.population: zones has no 'z'; write one such as a, b, c, d",
        ),
        (
            "rivals.*.strength",
            "rivals.*.strength: rivals has no '*'; add rows to it",
        ),
        (
            "appeals.agent.everyone",
            "appeals.agent.everyone: appeals has no 'agent.everyone'; write one such as "
            "dealer.everyone, flagship.everyone, web.everyone",
        ),
        (
            "contracts.web.rebate.rate",
            "contracts.web.rebate.rate: contracts has no 'web.rebate'; write one such as "
            "dealer.rebate",
        ),
        (
            "economics.cost",
            "economics.cost: no field 'cost'; write one of unit_cost, amortisation_weeks, "
            "capital_charge, holding_rate, supply_capacity, discount_rate",
        ),
        (
            "zones.a.share_rich",
            "zones.a.share_rich: this zone has no own share of rich; set segments.ID.share",
        ),
    ],
)
def test_a_path_that_leads_nowhere_says_where_paths_lead(path, message):
    with pytest.raises(UnknownPath) as caught:
        value_at(TINY, path)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("horizon_weeks", True),
        ("candidates.*.lead_time", True),
        ("goals.max_open", True),  # whole or empty
        ("policy.review_weeks", True),
        ("candidates.*.supply_cost", False),  # also where somebody wrote 1
        ("channel_types.dealer.price", False),
        ("appeals.web.everyone", False),
    ],
)
def test_some_fields_hold_whole_numbers(path, whole):
    assert is_whole(TINY, path) is whole
