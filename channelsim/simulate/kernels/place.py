"""Which draw is which: the purposes and the kinds of draw within one (zone, segment, stage).

They are numpy's integers because numba compiles a kernel anew for every Python integer it is given.
"""

from typing import Final

import numpy as np

from channelsim.simulate.streams import Purpose

START: Final = np.int64(Purpose.START)
AWARE: Final = np.int64(Purpose.AWARE)
BUY: Final = np.int64(Purpose.BUY)
OUTSIDE: Final = np.int64(Purpose.OUTSIDE)
LOYAL: Final = np.int64(Purpose.LOYAL)
AVERSE: Final = np.int64(Purpose.AVERSE)
CHOOSE: Final = np.int64(Purpose.CHOOSE)
RATION: Final = np.int64(Purpose.RATION)
RETRY: Final = np.int64(Purpose.RETRY)
WHO: Final = np.int64(Purpose.WHO)
FIRST: Final = np.int64(Purpose.FIRST)
HAPPY: Final = np.int64(Purpose.HAPPY)
RISE: Final = np.int64(Purpose.RISE)
LAPSE: Final = np.int64(Purpose.LAPSE)
ROW: Final = np.int64(Purpose.ROW)

# the level of a draw that belongs to no level of a tree: which row or which kind it concerns
UNAWARE_ROW: Final = np.int64(30)
NEVER_ROW: Final = np.int64(31)
HAPPY_ROW: Final = np.int64(32)
UNHAPPY_ROW: Final = np.int64(33)
LOYAL_CLAIM: Final = np.int64(34)
AVERSE_CLAIM: Final = np.int64(35)
LEAF_NODE: Final = np.int64(36)
SPLIT_NODE: Final = np.int64(37)
BUYER: Final = np.int64(38)
SINGLY: Final = np.int64(48)
"""The first of the levels of a draw about one consumer: as many more as its way up the tree takes.
"""

NOBODY: Final = np.int64(0)
"""The id of a draw that is about no outlet."""
WHOLE: Final = np.int64(0)
"""The level of a draw that is about an outlet or a split as a whole."""

FIRST_ROUND: Final = np.int64(0)
SECOND_ROUND: Final = np.int64(1)
UNSERVED: Final = np.int64(0)
"""The stage at which those whom the first round leaves unserved are told apart."""
FAILED: Final = np.int64(1)
"""The stage at which those whom the second round leaves unserved are."""
