import numpy as np
from numba import njit

from channelsim.simulate.kernels.philox import fill_uniforms, uniforms
from channelsim.simulate.streams import philox


@njit
def _filled(place, purpose, level, idents, u, v):
    fill_uniforms(place, purpose, level, idents, len(idents), u, v)


@njit
def _single(place, purpose, ident, level, attempt):
    return uniforms(place, purpose, ident, level, attempt)


def _place(seed, replication, week, zone, segment, stage):
    return tuple(np.uint64(word) for word in (seed, replication, week, zone, segment, stage))


def test_the_kernel_draws_the_words_that_the_counter_layout_promises():
    u, v = _single(_place(7, 3, 52, 3214, 2, 1), 9, 99_999, 17, 4)
    counter = (4 | 17 << 16 | 1 << 24, 52 | 9 << 16, 3214, 99_999 | 2 << 20)
    words = [int(word) for word in philox((7, 3), counter)]
    assert u == (((words[0] << 32 | words[1]) >> 12) + 0.5) / 2**52
    assert v == (((words[2] << 32 | words[3]) >> 12) + 0.5) / 2**52


def test_a_batch_equals_single_draws():
    idents = np.array([0, 5, 17, 249, 99_999, (1 << 20) - 1])
    u, v = np.empty(6), np.empty(6)
    place = _place(7, 3, 52, 40, 2, 0)
    _filled(place, 5, 33, idents, u, v)
    singles = [_single(place, 5, int(ident), 33, 0) for ident in idents]
    assert list(zip(u, v, strict=True)) == singles
