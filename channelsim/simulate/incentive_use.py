"""How well incentives work: effort against what would be best for all, and how many are in use.

effort_gap     1 - effort / first-best effort, mean over independent outlets; at the first best a
               partner earns on a unit what it and the maker earn together (Spengler 1950; Lal 1990)
instruments    instruments in use: exp of the entropy of the money paid through each so far (Hill
               1973); 1 where rebates are all, 0 where nothing has been paid
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.response import INSTRUMENTS

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

UNITS = {"effort_gap": "share of first-best effort", "instruments": "instruments"}
_TO_THE_MAKER = ("royalty",)


def total(channel: "Channel") -> dict[str, float]:
    """Return the figures of the whole."""
    return {"effort_gap": _effort_gap(channel), "instruments": _in_use(channel)}


def _effort_gap(channel: "Channel") -> float:
    rows = channel.trading & ~channel.trade.own
    if not rows.any():
        return 0.0
    best = channel.decisions.first_best(channel.money, channel.standing)[rows]
    return float(np.mean(1 - channel.outlets.effort[rows] / best))


def _in_use(channel: "Channel") -> float:
    kinds = channel.ledger.by_kind
    paid = np.array([kinds.get(name, 0.0) for name in INSTRUMENTS if name not in _TO_THE_MAKER])
    if paid.sum() <= 0:
        return 0.0
    share = paid[paid > 0] / paid.sum()
    return float(np.exp(-(share * np.log(share)).sum()))
