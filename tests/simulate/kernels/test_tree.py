import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from channelsim.simulate.kernels.tree import grow, new_tree


@njit
def _grow(tree, candidate, weight):
    return grow(tree, candidate, weight)


def _tree(candidate, weight):
    tree = new_tree(len(candidate))
    leaves, root, _ = _grow(
        tree, np.array(candidate, dtype=np.int64), np.array(weight, dtype=float)
    )
    return tree, leaves, root


markets = st.lists(
    st.tuples(st.integers(0, 5_000), st.sampled_from([0.0, 0.5, 1.0, 2.0])),
    min_size=1,
    max_size=40,
    unique_by=lambda pair: pair[0],
).map(sorted)


@settings(max_examples=60, deadline=None)
@given(markets)
def test_every_split_parts_its_candidates_at_its_name(market):
    candidate, weight = zip(*market, strict=True)
    tree, leaves, root = _tree(candidate, weight)
    assert leaves == sum(w > 0 for w in weight)
    below = {2 * i: [int(tree.node[2 * i]["name"])] for i in range(leaves)}
    for i in range(leaves - 2, -1, -1):
        node = tree.node[split := int(tree.spot[i]["split"])]
        low, high = below[int(node["left"])], below[int(node["right"])]
        assert max(low) < node["name"] <= min(high)
        assert node["weight"] == sum(w for c, w in market if c in low + high)
        below[split] = low + high
    if leaves:
        assert sorted(below[root]) == [c for c, w in market if w > 0]


@settings(max_examples=60, deadline=None)
@given(markets)
def test_closed_candidates_leave_no_trace(market):
    tree, leaves, root = _tree(*zip(*market, strict=True))
    opened = [pair for pair in market if pair[1] > 0]
    if not opened:
        assert leaves == 0
        return
    bare, bare_leaves, bare_root = _tree(*zip(*opened, strict=True))
    assert (leaves, root) == (bare_leaves, bare_root)
    assert np.array_equal(tree.names[: leaves - 1], bare.names[: leaves - 1])
    assert np.array_equal(tree.node[: 2 * leaves - 1]["weight"], bare.node["weight"][:-1])


@pytest.mark.parametrize("shift", [8, 1 << 10])
def test_candidates_added_after_the_last_keep_the_names_of_splits(shift):
    before, leaves, _ = _tree([0, 3, 5], [1.0, 1.0, 1.0])
    after, _, _ = _tree([0, 3, 5, shift], [1.0] * 4)
    assert set(before.names[: leaves - 1]) < set(after.names[:leaves])
