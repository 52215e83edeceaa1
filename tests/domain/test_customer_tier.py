"""Customer tiers check themselves, and one another in a scenario."""

import pytest

from channelsim.domain.customer_tier import CustomerTier
from channelsim.errors import BadValue
from tests.instances import tiny

LADDER = (
    CustomerTier("low", "偶尔", rise=0.3),
    CustomerTier("mid", "常客", rise=0.2, lapse=0.05),
    CustomerTier("key", "重点客户", lapse=0.02, price_offer=0.05, cost=1.5),
)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("rise", 1.2, r"rise must lie in \[0, 1\]"),
        ("lapse", -0.1, r"lapse must lie in \[0, 1\]"),
        ("price_offer", 0.99, "price_offer must lie in"),
        ("cost", -1.0, "cost must be >= 0"),
        ("service", float("nan"), "service"),
    ],
)
def test_a_tier_out_of_range_is_refused(field, value, message):
    with pytest.raises(BadValue, match=message):
        CustomerTier("key", "key", **{field: value})


def test_a_scenario_holds_a_ladder_of_tiers():
    assert tiny().replace(customer_tiers=LADDER).customer_tiers == LADDER


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((LADDER[1], LADDER[2]), "mid is the lowest tier; leave its lapse empty"),
        ((LADDER[0], LADDER[1]), "mid is the highest tier; leave its rise empty"),
        ((LADDER[0], CustomerTier("key", "key")), "nobody would ever leave key"),
        ((LADDER[0], LADDER[2], LADDER[2]), "customer_tiers: key stands twice"),
    ],
)
def test_a_ladder_that_leads_nowhere_is_refused(rows, message):
    with pytest.raises(BadValue, match=message):
        tiny().replace(customer_tiers=rows)


def test_a_path_changes_a_tier():
    case = tiny().replace(customer_tiers=LADDER).replace({"customer_tiers.key.price_offer": 0.1})
    assert case.customer_tiers[2].price_offer == 0.1
