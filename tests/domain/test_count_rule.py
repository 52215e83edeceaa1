import pytest

from channelsim.domain.count_rule import CountRule
from channelsim.errors import BadValue
from tests.instances import tiny


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"least": 3, "most": 2}, "least must be <= most, got 3 and 2; lower least"),
        ({"per": "dealer"}, "per and ratio go together; write both or neither"),
        ({"ratio": 2.0}, "per and ratio go together; write both or neither"),
        ({"most": -1}, "most must be >= 0, got -1; leave it empty for no limit"),
    ],
)
def test_a_rule_checks_itself(changes, message):
    with pytest.raises(BadValue) as error:
        CountRule("few", **changes)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (CountRule("few", "agent"), "count_rules: channel_type 'agent' is unknown"),
        (CountRule("few", "dealer", per="agent", ratio=1.0), "count_rules: channel_type 'agent'"),
        (CountRule("few", region="east", least=1), "the region 'east', which no zone is in; write"),
    ],
)
def test_a_rule_names_types_and_regions_that_are_there(rule, message):
    with pytest.raises(BadValue, match=message):
        tiny().replace(count_rules=(rule,))


def test_a_rule_is_changed_by_its_path():
    case = tiny().replace(count_rules=(CountRule("few", "dealer", most=2),))
    assert case.replace({"count_rules.few.most": 3}).count_rules[0].most == 3
