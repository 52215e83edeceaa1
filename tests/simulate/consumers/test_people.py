import numpy as np
import pytest

from channelsim.simulate.consumers.people import People, Places, row_of
from tests.simulate.consumers.markets import reach_of

# two zones (two outlets, one), one kind in two tiers; as many people as the row's number and one
COUNTS = np.arange(20) + 1
POPULATION = np.array([[21, 57], [58, 74]])


@pytest.fixture
def people():
    places = Places.of(reach_of([0, 2], [1]), np.array([5, 6, 7]))
    return People.of(COUNTS, POPULATION, places, 2, remember=True, tasters=None)


def test_everybody_stands_with_their_zone_and_kind(people):
    assert people.start.tolist() == [0, 78, 210]


def test_states_are_those_of_the_rows(people):
    # unaware, never, happy with 0 and 1, unhappy with 0 and 1
    assert np.repeat([0, 1, 2, 4, 3, 5], COUNTS[:6]).tolist() == people.state[:21].tolist()
    assert np.repeat([0, 1, 2, 3], COUNTS[12:16]).tolist() == people.state[78:136].tolist()


def test_tiers_are_an_attribute_of_each(people):
    assert people.tier.tolist() == np.repeat([0, 1, 0, 1], POPULATION.ravel()).tolist()


def test_owners_at_the_start_are_remembered_as_happy_once(people):
    assert people.streak[:21].tolist() == np.repeat([0, 0, 1, 1, 0, 0], COUNTS[:6]).tolist()


def test_states_are_counted_in_the_rows_they_came_from():
    assert row_of(np.array([0, 1, 2, 4, 3, 5]), np.array(2)).tolist() == [0, 1, 2, 3, 4, 5]


def test_states_take_as_little_room_as_they_need(people):
    assert (people.state.dtype, people.tier.dtype) == (np.uint8, np.uint8)
