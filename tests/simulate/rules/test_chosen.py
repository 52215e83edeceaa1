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


def test_what_a_rule_was_shown_is_not_handed_on():
    shown = np.array([1.0])
    Chosen.of(["same"], {"same": lambda x: x})(shown)[0] = 9.0
    assert shown == [1.0]


def test_a_rule_is_shown_its_own_rows_where_that_is_possible():
    family = {"sum": lambda x: x + x.sum(), "negate": lambda x: -x}
    chosen = Chosen.of(["sum", "negate", "sum"], family, lambda x, rows: x[rows])
    np.testing.assert_array_equal(chosen(np.array([1.0, 2.0, 3.0])), [5.0, -2.0, 7.0])
