"""What is said of limits of real channel plans that cannot be met, and that the cure cures."""

import pytest

from channelsim.domain.count_rule import CountRule
from channelsim.domain.pair import Pair
from channelsim.optimise.recommend import recommend
from tests.instances import tiny


def clashes(scenario):
    found = recommend(scenario)
    assert found.status == "infeasible"
    return {clash.limit: clash for clash in found.clashes}


def dear_south():
    """South must open, and would rather leave than earn less than 20,000 a week."""
    return tiny().replace(
        {
            "candidates.south-c.must_open": True,
            "candidates.south-c.reservation_profit": 20_000.0,
            "goals.participation": True,
        }
    )


def test_who_lacks_its_reservation_profit_is_named_and_how_much():
    clash = clashes(dear_south())["goals.participation"]
    assert clash.sentence.startswith("south cannot earn the reservation profit with every other")
    assert clash.reachable < -1_000
    assert f"short of it by {-clash.reachable:,.0f} CNY a week in all" in clash.sentence


def test_reservation_profit_lowered_by_what_lacks_can_be_met_and_by_less_cannot():
    lack = -clashes(dear_south())["goals.participation"].reachable
    path = "candidates.south-c.reservation_profit"
    assert recommend(dear_south().replace({path: 20_000 - lack})).status == "optimal"
    assert recommend(dear_south().replace({path: 20_000 - lack + 2})).status == "infeasible"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"candidates.south-c.must_open": True}, "candidates.south-c.min_volume"),
        ({"candidates.south-c.must_open": True}, "partners.south.min_volume"),
    ],
)
def test_least_volume_that_cannot_be_sold_says_what_can(change, path):
    # south's dealer can sell to C and D: 0.8 x (400 + 200 / 3) units a week
    scenario = tiny().replace({**change, path: 500.0, "candidates.north-d.must_close": True})
    table = path.split(".")[0]
    clash = clashes(scenario)[f"{table}.*.min_volume"]
    assert clash.reachable == -127
    assert recommend(scenario.replace({path: 373.0})).status == "optimal"


def test_share_beyond_what_all_could_sell_is_lowered_to_what_can_be_had():
    clash = clashes(tiny().replace({"goals.min_share": 0.9}))["goals.min_share"]
    assert clash.sentence.startswith("goals.min_share asks for at least 0.9000, but with every")
    cured = tiny().replace({"goals.min_share": clash.reachable})
    assert recommend(cured).status == "optimal"
    assert recommend(cured.replace({"goals.min_share": clash.reachable + 1e-3})).clashes


def test_what_leaves_someone_worse_off_than_today_says_who():
    scenario = tiny().replace({"candidates.north-a.must_close": True})
    scenario = scenario.replace({"goals.no_worse_than_today": True})
    clash = clashes(scenario)["goals.no_worse_than_today"]
    assert clash.sentence.startswith("north cannot earn as much as today")


def test_operations_between_which_goods_would_move_are_named():
    scenario = tiny().replace(
        {
            "goals.diversion_proof": True,
            "candidates.south-c.wholesale_price": 66.0,
            "candidates.*.must_open": True,
        }
    )
    clash = clashes(scenario)["goals.diversion_proof"]
    assert clash.sentence.startswith(
        "south-c and north-a, south-c and north-d cannot be kept from opening together with"
    )
    assert clash.reachable == 2


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        (
            Pair("feud", "incompatible", "north-a", "south"),
            "north-a and south-c cannot be kept apart with every other limit kept; drop the pair "
            "feud",
        ),
        (
            Pair("lift", "requires", "south", "flagship-a"),
            "south-c cannot have flagship-a beside it with every other limit kept; drop the pair "
            "lift",
        ),
    ],
)
def test_a_pair_that_cannot_hold_is_named(pair, sentence):
    open_both = {"candidates.south-c.must_open": True, "candidates.north-a.must_open": True}
    shut = {"candidates.flagship-a.must_close": True}
    scenario = tiny().replace({**open_both, **shut}, pairs=(pair,))
    assert clashes(scenario)[f"pairs.{pair.id}"].sentence == sentence


def test_changes_that_are_needed_are_counted():
    # today lacks a dealer for C and D, which the coverage needs
    clash = clashes(tiny().replace({"goals.max_changes": 0}))["goals.max_changes"]
    assert (clash.asked, clash.reachable) == (0, 1)
    found = recommend(tiny().replace({"goals.max_changes": 1}))
    assert set(found.layout.open_ids) == {"north-a", "south-c", "web"}


def test_managers_that_are_lacking_are_counted():
    scenario = tiny().replace(
        {
            "goals.within_span": True,
            "policy.sales_heads": 0.5,
            "policy.span_of_control": 2.0,
            "candidates.north-a.must_open": True,
            "candidates.south-c.must_open": True,
        }
    )
    clash = clashes(scenario)["policy.sales_heads"]
    assert (clash.asked, clash.reachable) == (0.5, 1.0)
    assert recommend(scenario.replace({"policy.sales_heads": 1.0})).status == "optimal"


@pytest.mark.parametrize(
    ("rule", "limit", "reachable"),
    [
        (CountRule("r", "dealer", least=4), "count_rules.r.least", 3),
        (CountRule("r", "dealer", most=1), "count_rules.r.most", 2),
    ],
)
def test_a_count_that_cannot_be_had_says_what_can(rule, limit, reachable):
    must = {"candidates.north-a.must_open": True, "candidates.south-c.must_open": True}
    assert clashes(tiny().replace(must, count_rules=(rule,)))[limit].reachable == reachable


def all_of_tiny(**goals):
    """Tiny with everything open and territories exclusive."""
    asked = {"goals.exclusive_territories": True, "candidates.*.must_open": True}
    return tiny().replace({**asked, **{f"goals.{name}": value for name, value in goals.items()}})


def test_a_territory_that_cannot_be_in_one_piece_names_its_partner():
    # all of them sell at most 0.4133 of the occasions, and 0.4026 if each stays in one place: A and
    # B are 10 km apart, C and D too, and 100 km from those
    scenario = all_of_tiny(contiguous_km=15.0, min_share=0.41)
    assert clashes(scenario)["goals.contiguous_km"].sentence == (
        "north cannot have a territory in one piece with every other limit kept; raise "
        "goals.contiguous_km"
    )
    assert recommend(scenario.replace({"goals.contiguous_km": 150.0})).status == "optimal"


def test_workloads_that_cannot_be_balanced_say_by_how_much():
    scenario = all_of_tiny(max_imbalance=0.0, min_share=0.41)
    clash = clashes(scenario)["goals.max_imbalance"]
    assert "keep to workloads near the mean" in clash.sentence
    assert clash.reachable < 0
    assert recommend(scenario.replace({"goals.max_imbalance": 1.0})).status == "optimal"


def test_conflict_that_sales_call_for_is_what_the_cap_is_raised_to():
    # who holds the zones that the share calls for is sold into from outside
    scenario = all_of_tiny(min_share=0.4, max_conflict=0.05, incentive_budget=0.0)
    clash = clashes(scenario)["goals.max_conflict"]
    assert clash.reachable > 0.05
    assert recommend(scenario.replace({"goals.max_conflict": clash.reachable})).status == "optimal"
    less = clash.reachable - 2e-4
    assert recommend(scenario.replace({"goals.max_conflict": less})).status == "infeasible"
