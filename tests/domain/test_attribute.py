from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.attribute import Attribute, AttributeWeight
from channelsim.domain.demand import utility
from channelsim.errors import BadValue
from tests.instances import tiny

QUIET = Attribute("noise", "Noise", level=52.0, reference=58.0)
LASTING = Attribute("warranty", "Warranty", level=6.0, reference=3.0)
WEIGHTS = AttributeWeight("noise", "everyone", -0.05), AttributeWeight("warranty", "everyone", 0.1)


def made(*attributes, weights=WEIGHTS):
    return tiny().replace(attributes=attributes, attribute_weights=weights)


def values(case):
    return utility(case, case.arcs, case.columns.price)


def test_an_attribute_counts_by_how_it_differs_from_rivals():
    gained = values(made(QUIET, LASTING)) - values(tiny())
    np.testing.assert_allclose(gained, -0.05 * (52 - 58) + 0.1 * (6 - 3))


def test_a_product_like_any_other_tips_no_choice():
    alike = made(replace(QUIET, level=58.0), replace(LASTING, level=3.0))
    np.testing.assert_array_equal(values(alike), values(tiny()))


def test_what_nobody_weighs_counts_for_nothing():
    np.testing.assert_array_equal(values(made(QUIET, weights=())), values(tiny()))


def test_each_segment_weighs_for_itself():
    one = tiny().segments[0]
    case = tiny().replace(
        segments=(replace(one, id="young", share=0.5), replace(one, id="old", share=0.5)),
        appeals=(),
        attributes=(QUIET,),
        attribute_weights=(AttributeWeight("noise", "old", -0.1),),
    )
    np.testing.assert_allclose(values(case)[:, 1] - values(case)[:, 0], 0.6)


def test_levels_and_weights_are_found_by_path():
    case = made(QUIET, LASTING).replace(
        {"attributes.noise.level": 58.0, "attribute_weights.warranty.everyone.weight": 0.0}
    )
    np.testing.assert_array_equal(values(case), values(tiny()))


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        (AttributeWeight("taste", "everyone", 1.0), "attribute_weights: attribute"),
        (AttributeWeight("noise", "nobody", 1.0), "attribute_weights: segment"),
    ],
)
def test_a_weight_names_an_attribute_and_a_segment(weight, message):
    with pytest.raises(BadValue, match=message):
        made(QUIET, weights=(weight,))


def test_a_level_is_a_number():
    with pytest.raises(BadValue, match="level"):
        replace(QUIET, level=float("nan"))
