import math
from dataclasses import dataclass, replace

import numpy as np
import pytest

from channelsim.domain import checks
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.layout import Spend
from channelsim.domain.market import Rival
from channelsim.errors import BadValue
from tests.instances import tiny


def told(check, *arguments) -> str:
    with pytest.raises(BadValue) as caught:
        check("size", *arguments)
    return caught.value.message


@pytest.mark.parametrize("value", ["shanghai", "上海", "Köln-2", "a b", "x_1"])
def test_an_id_may_be_in_any_script(value):
    checks.identifier("id", value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " a",  # surrounding blanks do not show in a table
        "a\n",
        "a.b",  # dots part paths
        "*",  # stars broadcast
        "a\tb",
        7,  # a number that was meant as text
        None,
    ],
)
def test_an_id_is_refused_with_its_cure(value):
    assert told(checks.identifier, value) == (
        f"size must be a short name without dots, stars or line breaks, got {value!r}; "
        "write letters and digits of any script, such as shanghai or 上海"
    )


@pytest.mark.parametrize(
    ("value", "shown"), [(math.nan, "nan"), (-math.inf, "-inf"), ("5", "5"), (None, "None")]
)
def test_what_is_no_finite_number_is_refused(value, shown):
    message = told(checks.finite, value)
    assert message == f"size must be a finite number, got {shown}; write a number"


def test_a_number_beyond_floats_is_refused():
    assert told(checks.finite, 10**400).startswith("size must be a finite number, got 1000")


@pytest.mark.parametrize(
    ("check", "arguments", "message"),
    [
        (checks.at_least, (-1, 0), "size must be >= 0, got -1; write a number from 0 upwards"),
        (checks.at_least, (1, 2, "raise it"), "size must be >= 2, got 1; raise it"),
        (checks.positive, (0,), "size must be > 0, got 0; write a number above 0"),
        (checks.positive, (-5, "leave it empty"), "size must be > 0, got -5; leave it empty"),
        (
            checks.positive,
            (math.inf, "leave it empty for unlimited"),
            "size must be a finite number, got inf; leave it empty for unlimited",
        ),
        (
            checks.within,
            (9, 0, 5),
            "size must lie in [0, 5], got 9; write a number between 0 and 5",
        ),
        (checks.within, (-0.1, 0, 5, "mend"), "size must lie in [0, 5], got -0.1; mend"),
        (
            checks.share,
            (25,),
            "size must lie in [0, 1], got 25; write a share such as 0.25 or 25%",
        ),
        (
            checks.utils,
            (399,),
            "size must lie in [-100, 100], got 399; write utils, where 1 makes odds 2.7 times as "
            "high",
        ),
        (checks.whole, (1.5, 0), "size must be a whole number, got 1.5; write one such as 0"),
        (checks.whole, (2.0, 1), "size must be a whole number, got 2.0; write one such as 1"),
        (checks.whole, (0, 1), "size must be >= 1, got 0; write a number from 1 upwards"),
        (checks.flag, ("no",), "size must be true or false, got 'no'; write 1 or 0"),
        (checks.flag, (None,), "size must be true or false, got None; write 1 or 0"),
        (checks.one_of, ("c", "ab"), "size is unknown: 'c'; write one of a, b"),
    ],
)
def test_a_refusal_ends_with_the_cure(check, arguments, message):
    assert told(check, *arguments) == message


@dataclass
class Shelf:
    width: float
    depth: float | None = None


def test_a_field_without_a_value_is_refused():
    with pytest.raises(BadValue) as caught:
        checks.filled(Shelf(None))
    assert caught.value.message == "width is empty; write a value"


def test_a_field_that_may_be_empty_passes():
    checks.filled(Shelf(1.0))


@pytest.mark.parametrize(
    ("check", "limits"),
    [
        (checks.at_least, (0,)),
        (checks.positive, ()),
        (checks.within, (0, 1)),
        (checks.whole, (0,)),
    ],
)
def test_nothing_passes_where_a_number_may_be_left_out(check, limits):
    assert check("size", None, *limits) is None


@pytest.mark.parametrize(
    ("check", "arguments"),
    [
        (checks.at_least, (0, 0)),
        (checks.within, (0, 0, 1)),
        (checks.within, (1, 0, 1)),
        (checks.whole, (np.int64(3), 3)),
        (checks.flag, (1,)),
        (checks.flag, (np.bool_(False),)),
    ],
)
def test_the_ends_of_a_range_belong_to_it(check, arguments):
    assert check("size", *arguments) is None


MONEY = [
    (tiny().economics, "unit_cost"),
    (tiny().policy, "fine"),
    (tiny().goals, "budget"),
    (tiny().market, "freight_per_km"),
    *((tiny().candidates[0], name) for name in ("setup_cost", "price", "reservation_profit")),
    *((tiny().channel_types[0], name) for name in ("price", "wholesale_price", "usual_income")),
    (tiny().contracts[0], "cap"),
    (tiny().responses[0], "scale"),
    (Rival("r", price=1.0), "price"),
    (CustomerTier("t", "t"), "cost"),
    (Spend("north", "coop", 0.0), "value"),
]


@pytest.mark.parametrize(("row", "name"), MONEY)
def test_an_amount_of_money_is_one_that_a_run_can_add_up(row, name):
    assert getattr(replace(row, **{name: 1e15}), name) == 1e15
    message = f"{name} must be <= 1e.15, got 1e.300; count money in a larger unit"
    with pytest.raises(BadValue, match=message):
        replace(row, **{name: 1e300})
