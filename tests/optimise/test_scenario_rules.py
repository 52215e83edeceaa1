import numpy as np
import pytest

from channelsim.domain.count_rule import CountRule
from channelsim.domain.pair import Pair
from channelsim.optimise.scenario_inputs import scenario_inputs
from tests.instances import tiny


def rules_of(changes=None, **top):
    return scenario_inputs(tiny().replace(changes, **top))[0].limits.rules


def diverting(**changes):
    asked = {
        "goals.diversion_proof": True,
        "candidates.south-c.wholesale_price": 66.0,
        **{path.replace("__", "."): value for path, value in changes.items()},
    }
    return rules_of(asked).diverting.tolist()


def test_goods_go_from_the_cheaper_to_the_dearer_of_another_partner():
    # south-c buys at 66 where north-a and north-d buy at 70
    assert diverting() == [[2, 1], [2, 3]]


def test_freight_keeps_goods_where_they_are():
    # C and D are 10 km apart, A is 100 km off
    assert diverting(market__freight_per_km=0.1) == [[2, 3]]
    assert diverting(market__freight_per_km=0.5) == []


def test_the_expected_fine_counts_against_the_largest_deal():
    # north-d, which can have 200 units a week, sells at most 0.8 x (200 / 2 + 800 / 3)
    audit = {"market__freight_per_km": 0.1, "policy__audit_probability": 0.5}
    assert diverting(**audit, policy__fine=1_190.0) == [[2, 3]]
    assert diverting(**audit, policy__fine=1_210.0) == []


def test_a_partner_stands_for_all_its_candidates():
    pair = Pair("p", "requires", "north", "web")
    (together,) = rules_of(pairs=(pair,)).pairs
    assert (together.first.tolist(), together.second.tolist()) == ([1, 3], [4])


def test_a_region_leaves_out_what_has_no_place():
    case = tiny().replace({"zones.a.region": "north", "zones.b.region": "north"})
    rule = CountRule("r", region="north", least=1)
    (count,) = scenario_inputs(case.replace(count_rules=(rule,)))[0].limits.rules.counts
    assert count.sites.tolist() == [0, 1]


def test_compliance_counts_independent_operations_only():
    asked = {"goals.min_compliance": 0.6, "partners.north.alignment": 0.9}
    assert rules_of(asked).compliance == pytest.approx(np.array([0, 0.3, -0.1, 0.3, 0]))


def test_span_counts_independent_partners():
    asked = {"goals.within_span": True, "policy.sales_heads": 2.0, "policy.span_of_control": 1.5}
    rules = rules_of(asked)
    assert (rules.most_partners, rules.independent.tolist()) == (3, [1, 2])
