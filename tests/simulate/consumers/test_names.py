import numpy as np

from channelsim.simulate.consumers.names import named
from channelsim.simulate.streams import Purpose, Streams, philox

WHO = np.array([0, 5, (1 << 40) + 3, (1 << 63) - 1])


def test_names_fill_the_counter_as_promised():
    names = named(Streams(7, 3), 52, Purpose.CHOOSE, WHO, about=99_999, level=17, stage=1)
    u, v = names.uniforms(4)
    first, second = 4 | 17 << 6 | 99_999 << 12, 52 | int(Purpose.CHOOSE) << 16 | 1 << 24
    a, b, c, d = philox((7, 3), (first, second, WHO >> 32, WHO & 0xFFFFFFFF))
    for uniform, high, low in ((u, a, b), (v, c, d)):
        whole = [int(x) << 32 | int(y) for x, y in zip(high, low, strict=True)]
        assert uniform.tolist() == [((word >> 12) + 0.5) / 2**52 for word in whole]


def test_some_of_the_names_draw_what_they_draw_among_all():
    names = named(Streams(8), 0, Purpose.BUY, np.arange(100_000))
    some = np.array([0, 40_000, 99_999])
    assert np.array_equal(names.of(some).uniforms(0)[0], names.uniforms(0)[0][some])
