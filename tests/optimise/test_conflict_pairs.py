import itertools

import numpy as np
import pytest

from channelsim.domain.measures import planned
from channelsim.domain.partner import Partner
from channelsim.optimise.conflict_pairs import ConflictPairs, ConflictTerms, conflict_pairs
from tests.instances import tiny
from tests.optimise.oracle import Enumerated
from tests.optimise.small import small_scenario


def index_around(scenario, reference):
    measured = planned(scenario, Enumerated(scenario).layout(reference)).conflict
    return conflict_pairs(scenario, reference, np.ones_like(reference), measured)


def measured(scenario, is_open):
    return planned(scenario, Enumerated(scenario).layout(is_open)).conflict


def flipped(reference, *sites):
    is_open = reference.copy()
    is_open[list(sites)] ^= True
    return is_open


@pytest.mark.parametrize("seed", range(12))
def test_index_is_exact_at_its_reference(seed):
    scenario = small_scenario(seed, exclusive_territories=False)
    reference = np.random.default_rng(seed).random(len(scenario.candidates)) < 0.5
    found = index_around(scenario, reference)
    assert found.index(reference) == pytest.approx(measured(scenario, reference))


def all_own(seed):
    """No independent partner, so no goal conflict: the rest is what the index promises to get."""
    scenario = small_scenario(seed, exclusive_territories=False)
    return scenario.replace(
        partners=tuple(Partner(p.id, p.name, own=True) for p in scenario.partners)
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("changes", [1, 2])
def test_index_is_exact_one_or_two_candidates_away(seed, changes):
    scenario = all_own(seed)
    count = len(scenario.candidates)
    reference = np.random.default_rng(seed).random(count) < 0.5
    found = index_around(scenario, reference)
    for sites in itertools.combinations(range(count), changes):
        is_open = flipped(reference, *sites)
        # the lightest pairs are left out
        assert found.index(is_open) == pytest.approx(
            measured(scenario, is_open), abs=2 * found.dropped + 1e-9
        )


@pytest.mark.parametrize("seed", range(12))
def test_index_is_near_one_candidate_away_with_goal_conflict(seed):
    scenario = small_scenario(seed, exclusive_territories=False)
    reference = np.random.default_rng(seed).random(len(scenario.candidates)) < 0.5
    found = index_around(scenario, reference)
    for site in range(len(reference)):
        is_open = flipped(reference, site)
        assert found.index(is_open) == pytest.approx(measured(scenario, is_open), abs=0.06)


def test_partners_that_never_meet_make_no_pair():
    found = index_around(tiny(), np.array([True, False, False, False, False]))
    pairs = {tuple(pair) for pair in found.sites.tolist()}
    assert (0, 2) not in pairs  # flagship-a and south-c are 100 km apart
    assert (0, 1) in pairs


def test_what_stays_shut_makes_no_pair():
    scenario = tiny()
    usable = np.array([True, False, True, True, True])
    found = conflict_pairs(scenario, np.zeros(5, dtype=bool), usable, 0.0)
    assert 1 not in found.sites


def test_foreign_sales_count_where_territories_are_exclusive():
    # alone, the flagship sells 500 in A and 500/3 in B; beside it north-a sells 125 in B, which
    # the flagship holds, but in A, where it stands, by right
    scenario = tiny().replace({"goals.exclusive_territories": True})
    reference = np.array([True, False, False, False, False])
    shared = conflict_pairs(tiny(), reference, np.ones(5, dtype=bool), 0.0)
    exclusive = conflict_pairs(scenario, reference, np.ones(5, dtype=bool), 0.0)
    both = flipped(reference, 1)
    foreign = 0.25 * 125 / (500 + 500 / 3)
    assert exclusive.index(both) - shared.index(both) == pytest.approx(foreign)


def test_index_of_several_pieces_is_the_largest():
    one = ConflictPairs(np.zeros((0, 2), dtype=int), np.zeros(0), np.array([0.1, 0.0]))
    two = ConflictPairs(np.zeros((0, 2), dtype=int), np.zeros(0), np.array([0.0, 0.3]))
    terms = ConflictTerms((one, two))
    assert [terms.index(np.array(x)) for x in ([True, False], [True, True])] == [0.1, 0.3]


def test_signs_of_a_pair_over_all_pieces():
    pair = np.array([[0, 1]])
    pieces = tuple(ConflictPairs(pair, np.array([w]), np.zeros(2)) for w in (0.2, -0.1))
    assert ConflictTerms(pieces).signs == {(0, 1): (True, True)}


def test_no_candidates_no_pairs():
    scenario = tiny().replace(candidates=())
    found = conflict_pairs(scenario, np.zeros(0, dtype=bool), np.zeros(0, dtype=bool), 0.0)
    assert (len(found.sites), found.index(np.zeros(0, dtype=bool))) == (0, 0.0)


@pytest.mark.parametrize("seed", range(6))
def test_index_is_exact_where_types_sell_models_of_their_own(seed):
    scenario = all_own(seed)
    kinds = [t.id for t in scenario.channel_types]
    scenario = scenario.replace(
        {f"channel_types.{k}.exclusive_model": True for k in kinds[seed % 2 :: 2]}
    )
    reference = np.random.default_rng(seed).random(len(scenario.candidates)) < 0.5
    found = index_around(scenario, reference)
    for site in range(len(reference)):
        is_open = flipped(reference, site)
        assert found.index(is_open) == pytest.approx(
            measured(scenario, is_open), abs=2 * found.dropped + 1e-9
        )
