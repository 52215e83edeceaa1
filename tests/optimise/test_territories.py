import numpy as np

from channelsim.domain.layout import Territory
from channelsim.optimise.assignment import assign
from channelsim.optimise.scenario_inputs import scenario_inputs
from channelsim.optimise.territories import exclusive_holders, territories
from tests.instances import tiny


def held(is_open, scenario=None):
    scenario = scenario or tiny()
    inputs, nodes = scenario_inputs(scenario)
    mask = np.array(is_open)
    return territories(scenario, inputs, mask, nodes.flows(assign(inputs, mask)))


def test_the_only_dealer_of_a_zone_holds_it_exclusively_though_another_sells_more():
    """The flagship earns more in A, yet north is the only dealer there; C and D have one each."""
    dealers = tiny().replace({"channel_types.dealer.territorial": True})
    found = held([True, True, True, True, True], dealers)
    assert [(t.partner, t.zone, t.exclusive) for t in found] == [
        ("north", "a", True),
        ("maker", "b", False),
        ("south", "c", True),
        ("north", "d", True),
    ]


def test_the_partner_that_sells_most_holds_the_zone():
    # north-a is bigger than the flagship's 300 units in A and B, south-c beats north-d in C
    found = held([False, True, True, True, True])
    assert found == (
        Territory("north", "a"),
        Territory("north", "b"),
        Territory("south", "c"),
        Territory("north", "d"),
    )


def test_zones_without_physical_sales_have_no_holder():
    assert [t.zone for t in held([True, False, False, False, True])] == ["a", "b"]


def test_online_sales_hold_no_territory():
    assert held([False, False, False, False, True]) == ()


def test_no_holders_unless_territories_are_exclusive():
    inputs, _ = scenario_inputs(tiny())
    assert exclusive_holders(inputs, np.ones(5, dtype=bool), {}) is None


def test_holders_follow_the_solution_and_else_what_earns_most():
    inputs, nodes = scenario_inputs(tiny().replace({"goals.exclusive_territories": True}))
    zone = {int(z): n for n, z in enumerate(nodes.zone)}
    values = {f"holds_{zone[0]}_1": 1.0}
    holder = exclusive_holders(inputs, np.ones(5, dtype=bool), values)
    assert holder[zone[0]] == 1  # north, as the solution says
    assert holder[zone[1]] == 0  # the flagship, whose margin is 58
    assert holder[zone[-1]] == -1  # online is nobody's territory
