"""Complaints: some unhappy buyers complain, and handling wins part of them back.

A complaint that is settled leaves its buyer as content as a happy one (service recovery: Fornell
and Wernerfelt 1987; McCollough, Berry and Yadav 2000), so that with the chance h of a happy
purchase

    h' = h + (1 - h) x complain x settled.

Of buyers who are still unhappy in the end, unhappy / (1 - complain x settled) were so at first, and
complain of them complained: what is counted is that expectation.
"""

import numpy as np

from channelsim.domain.columns import Floats


def recovered(happy: Floats, complain: Floats, settled: float) -> Floats:
    """Return the chance of a buyer who is happy in the end (A, S), from that of one who is at
    once; `complain` (S,) is the share of the unhappy who complain.
    """
    result: Floats = happy + (1 - happy) * complain * settled
    return result


def made(unhappy: Floats, complain: Floats, settled: float) -> Floats:
    """Return the complaints made, from who is unhappy in the end (S,)."""
    result: Floats = complain * unhappy / np.maximum(1 - complain * settled, 1e-9)
    return result
