import pytest

from channelsim.domain.layout import Layout
from channelsim.report.actions import actions, moves


def test_every_candidate_has_one_action(scenario):
    done = actions(scenario, scenario.today, Layout.of(["web", "south-c"]))
    assert done == {
        "flagship-a": "out",
        "north-a": "close",
        "south-c": "open",
        "north-d": "out",
        "web": "keep",
    }


@pytest.mark.parametrize(
    ("done", "text"),
    [
        ("open keep close", "open 1, close 1 and keep 1 operations"),
        ("open open keep out", "open 2 and keep 1 operations"),
        ("keep out", "keep 1 operation"),
        ("out", "open nothing"),
    ],
)
def test_moves_are_counted_in_words(done, text):
    assert moves(dict(enumerate(done.split()))) == text
