"""Reviews: tiers, priority and mediation by hand."""

import numpy as np

from channelsim.simulate.rules import governance


def test_tiers_by_attainment():
    tiers = governance.tiers(np.array([1.1, 1.09, 0.85, 0.84]))
    assert [governance.TIERS[tier] for tier in tiers] == ["A", "B", "B", "C"]


def test_an_a_partner_weighs_twice_a_b_partner():
    np.testing.assert_array_equal(governance.priority(np.array([0, 1, 2])), [2.0, 1.0, 0.5])


def test_priority_can_be_bought_up_to_double():
    weight = governance.bought_priority(np.array([0.0, 1e9]), np.ones(2))
    np.testing.assert_allclose(weight, [1.0, 2.0])


def test_only_active_partners_have_cases():
    cases = governance.cases(np.array([0.03, 0.03, 0.01]), np.array([True, False, True]))
    np.testing.assert_array_equal(cases, [True, False, False])


def test_mediation_restores_half_of_the_trust_lost():
    trust = governance.mediated(
        np.array([0.4, 0.4, 0.9]), np.full(3, 0.6), np.array([1, 0, 1], bool)
    )
    np.testing.assert_allclose(trust, [0.5, 0.4, 0.9])
