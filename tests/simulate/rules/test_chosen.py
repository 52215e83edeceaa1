"""Each row follows the rule it names."""

import numpy as np

from channelsim.simulate.rules.chosen import Chosen

FAMILY = {"double": lambda x: 2 * x, "negate": lambda x: -x}


def test_rows_follow_their_own_rule():
    chosen = Chosen.of(["double", "negate", "double"], FAMILY)
    np.testing.assert_array_equal(chosen(np.array([1.0, 2.0, 3.0])), [2.0, -2.0, 6.0])


def test_a_rule_that_no_row_names_is_not_asked():
    chosen = Chosen.of(["double"], {**FAMILY, "fail": lambda x: 1 / 0})
    assert chosen(np.array([4.0])) == [8.0]
