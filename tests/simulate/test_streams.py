import numpy as np
import pytest
from scipy import stats

from channelsim.errors import BadValue
from channelsim.simulate.streams import Purpose, Streams, philox, stable_id


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [  # the known-answer vectors published with Random123 for philox4x32-10
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        (
            (0xFFFFFFFF,) * 4,
            (0xFFFFFFFF,) * 2,
            (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD),
        ),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_published_answers(counter, key, expected):
    assert tuple(int(word) for word in philox(key, counter)) == expected


def test_uniforms_are_uniform():
    u = Streams(11, 0).uniform(Purpose.EFFORT, 3, np.arange(100_000))
    assert stats.kstest(u, "uniform").pvalue > 0.001
    assert 0 < u.min() < u.max() < 1


def test_neighbouring_names_give_independent_uniforms():
    ids = np.arange(50_000)
    streams = Streams(12, 0)
    base = streams.uniform(Purpose.EFFORT, 3, ids)
    others = [
        streams.uniform(Purpose.EFFORT, 4, ids),
        streams.uniform(Purpose.PRICE, 3, ids),
        streams.uniform(Purpose.EFFORT, 3, ids, 1),
        streams.uniform(Purpose.EFFORT, 3, ids, 0, 1),
        Streams(12, 1).uniform(Purpose.EFFORT, 3, ids),
        Streams(13, 0).uniform(Purpose.EFFORT, 3, ids),
        streams.uniform(Purpose.EFFORT, -1, ids),
    ]
    for other in others:
        assert abs(np.corrcoef(base, other)[0, 1]) < 0.02
        assert not np.any(base == other)


def test_a_draw_depends_on_its_name_alone():
    streams = Streams(5, 2)
    many = streams.uniform(Purpose.AUDIT, 7, np.arange(10), 4)
    assert many[6] == streams.uniform(Purpose.AUDIT, 7, 6, 4)


def test_normals_are_standard_and_increase_in_their_uniforms():
    streams = Streams(6, 0)
    ids = np.arange(100_000)
    normals = streams.normal(Purpose.INFORMATION, 0, ids)
    assert stats.kstest(normals, "norm").pvalue > 0.001
    order = np.argsort(streams.uniform(Purpose.INFORMATION, 0, ids))
    assert np.all(np.diff(normals[order]) >= 0)


def test_ids_of_names_are_stable():
    assert stable_id("wuxi_dealer") == stable_id("wuxi_dealer") != stable_id("wuxi_dealer_2")
    assert stable_id("无锡经销商") == 713315481


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda: Streams(-1), "seed must be >= 0"),
        (lambda: Streams(0, 1 << 32), "replication must be < 2"),
        (lambda: Streams(0).uniform(Purpose.PRICE, 1 << 15), "shorten the horizon"),
        (lambda: Streams(0).uniform(Purpose.PRICE, 0, 1, 2, 3, 4), "merge two of them"),
    ],
)
def test_names_out_of_range_are_refused(broken, message):
    with pytest.raises(BadValue, match=message):
        broken()


@pytest.mark.parametrize("value", [1.5, "a", -1, 2**32])
@pytest.mark.parametrize("name", ["seed", "replication"])
def test_what_is_no_seed_is_refused(name, value):
    with pytest.raises(BadValue, match=f"{name} must be"):
        Streams(**{"seed": 0, name: value})
