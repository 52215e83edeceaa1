import pytest

from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.errors import BadValue


def told(make) -> str:
    with pytest.raises(BadValue) as caught:
        make()
    return caught.value.message


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Opening("a", open_week=-1),
            "open_week must be >= 0, got -1; write a number from 0 upwards",
        ),
        (
            lambda: Opening("a", open_week=1.5),
            "open_week must be a whole number, got 1.5; write one such as 0",
        ),
        (lambda: Opening("a", open_week=None), "open_week is empty; write a value"),
        (
            lambda: Opening("a", close_week=0),
            "close_week must be >= 1, got 0; leave close_week empty to stay open",
        ),
        (
            lambda: Opening("a", open_week=4, close_week=4),
            "close_week must be > open_week, got 4 and 4; leave close_week empty to stay open",
        ),
        (
            lambda: Spend("north", "training", -1),
            "value must be >= 0, got -1; write a number from 0 upwards",
        ),
        (
            lambda: Spend("north", "trainning", 100),
            "instrument is unknown: 'trainning'; write one of rebate, commission, bonus, training, "
            "coop, marketing, priority_supply, royalty, technical_support, after_sales_support",
        ),
        (
            lambda: Layout.of(["a", "b", "a"]),
            "candidate a is named twice; keep one row",
        ),
        (
            lambda: Layout(territories=(Territory("north", "a"), Territory("north", "a", True))),
            "territory north in a is named twice; keep one row",
        ),
        (
            lambda: Layout(incentives=(Spend("n", "coop", 1), Spend("n", "coop", 2))),
            "incentive n, coop is named twice; keep one row",
        ),
        (
            lambda: Layout(
                territories=(Territory("north", "a", True), Territory("south", "a", True))
            ),
            "exclusive zone a is named twice; keep one row",
        ),
        (
            # exclusive: nobody else may be assigned the zone, not even shared
            lambda: Layout(territories=(Territory("north", "a", True), Territory("south", "a"))),
            "exclusive zone a is named twice; keep one row",
        ),
    ],
)
def test_a_layout_refuses(make, message):
    assert told(make) == message


def test_partners_may_share_a_zone():
    shared = (Territory("north", "a"), Territory("south", "a"), Territory("north", "b", True))
    assert Layout(territories=shared).territories == shared


def test_a_layout_of_candidates_has_them_open_throughout():
    assert Layout.of(["b", "a"]).openings == (Opening("b", 0, None), Opening("a", 0, None))


def test_open_ids_name_what_is_open_at_any_time():
    layout = Layout((Opening("a", 10), Opening("b", 0, 5)))
    assert layout.open_ids == ("a", "b")


def test_replace_changes_the_field_alone():
    spend = (Spend("north", "coop", 100.0),)
    layout = Layout.of(["a"]).replace(incentives=spend)
    assert layout == Layout((Opening("a"),), (), spend)


def test_one_name_is_no_list_of_candidates():
    with pytest.raises(BadValue, match=r"must be a list, got 'web'; write \['web'\]"):
        Layout.of("web")
