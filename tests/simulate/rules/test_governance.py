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


def test_a_score_weighs_the_five_criteria():
    criteria = tuple(np.array([x]) for x in (1.25, 0.9, 0.5, 0.8, 1.0))
    score = governance.score(criteria, (40, 20, 20, 10, 10))
    np.testing.assert_allclose(score, [0.4 * 1.25 + 0.2 * 0.9 + 0.2 * 0.5 + 0.08 + 0.1])


def test_sales_alone_are_the_attainment_to_the_bit():
    attainment = np.array([0.1, 1.07, 3.3])
    criteria = (attainment, *np.random.default_rng(0).random((4, 3)))
    np.testing.assert_array_equal(governance.score(criteria, (1.0, 0, 0, 0, 0)), attainment)


def test_bad_reviews_add_up_until_a_better_one():
    bad = governance.bad_reviews(
        np.array([1, 1, 1]), np.array([2, 1, 2]), np.array([True, True, False])
    )
    np.testing.assert_array_equal(bad, [2, 0, 1])


def test_contracts_end_after_so_many_bad_reviews_and_by_default_never():
    bad, judged = np.array([1, 2, 2]), np.array([True, True, False])
    np.testing.assert_array_equal(governance.ended(bad, 2, judged), [False, True, False])
    assert not governance.ended(bad, None, judged).any()
