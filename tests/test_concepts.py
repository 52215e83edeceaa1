"""Every concept of channel management has its place, and every place is there."""

import re

import pytest

from tests.concepts import (
    KINDS,
    ROOT,
    TESTED,
    function,
    is_there,
    leaf,
    read,
    sources,
    vocabulary,
)

VOCABULARY = ROOT.parent / "shared" / "CONCEPTS.md"
CONCEPTS = read()
MOVING = [concept for concept in CONCEPTS if concept.moving]
PLACES = sorted({place for c in CONCEPTS for places in c.places.values() for place in places})
TESTS = sorted({test for c in CONCEPTS for test in c.tests})

needs_vocabulary = pytest.mark.skipif(
    not VOCABULARY.is_file(), reason="needs ../shared/CONCEPTS.md"
)


@needs_vocabulary
def test_every_concept_has_its_row():
    rows = [(concept.chinese, concept.english) for concept in CONCEPTS]
    assert rows == [(chinese, english) for chinese, english, _ in vocabulary(VOCABULARY)]


@needs_vocabulary
def test_every_kind_of_a_concept_has_a_place():
    for concept, (_, _, kinds) in zip(CONCEPTS, vocabulary(VOCABULARY), strict=True):
        assert kinds <= set(concept.places), concept.chinese


def test_kinds_are_those_of_the_vocabulary():
    assert {kind for concept in CONCEPTS for kind in concept.places} == set(KINDS)


def test_no_concept_stands_twice():
    assert len({concept.chinese for concept in CONCEPTS}) == len(CONCEPTS)


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_there(place):
    assert is_there(place)


@pytest.mark.parametrize(
    "place",
    [
        "policy.forgiveness",  # no field
        "politics.fine",  # no table
        "policy.*.fine",  # a section has no rows
        "zones.population",  # a table has
        "appeals.*",  # by type and segment
        "layout.openings.price",
        "pricing: begging",  # no rule
        "mood: list",  # no family
        "constraint: gravity",
        "total/price",  # of outlets
        "total/beauty",
        "scenarios/yangtze_delta/variants/nowhere.toml",
        "channelsim.domain.policy.Policy.forgiveness",
        "channelsim.domain.politics",
        "channelsim dance",
        "Policy fine",
    ],
)
def test_a_place_that_is_nowhere_is_not_found(place):
    assert not is_there(place)


def test_no_concept_is_without_a_place():
    assert [concept.chinese for concept in CONCEPTS if not concept.places] == []


@pytest.mark.parametrize("concept", MOVING, ids=lambda concept: concept.english)
def test_what_moves_a_measure_names_the_test_that_moves_it(concept):
    assert concept.tests
    code = "\n".join(map(sources, concept.tests))
    missing = [place for place in concept.moving if not re.search(rf"\b{leaf(place)}\b", code)]
    assert missing == []


@pytest.mark.parametrize("test", TESTS)
def test_every_test_is_there_and_asserts(test):
    source = function(test)
    assert source is not None
    assert "assert" in source.partition("\n")[2]


def test_only_what_moves_a_measure_names_a_test():
    idle = [concept.chinese for concept in CONCEPTS if concept.tests and not concept.moving]
    assert idle == [], f"write these as {', '.join(TESTED)}, or drop their tests"


def test_the_page_counts_its_concepts():
    page = (ROOT / "docs" / "concepts.md").read_text("utf-8")
    assert f"All {len(CONCEPTS)} concepts are represented." in page
