"""Loading rules: for how many weeks a partner buys ahead of need before a quota period ends.

A rebate on purchases pays the rate of the step reached on all that was bought in the period. Who
reaches a step now, and can only be sure of the lowest rate in the period to come, gains the
difference on every unit bought before the period ends instead of after, and pays for holding it
until it is sold (forward buying: Blattberg, Eppen and Lieberman 1981; Lee, Padmanabhan and Whang
1997). The last unit worth buying ahead lies for

    weeks = (rate in reach - rate that is sure) / holding cost a week.

Orders then bunch at the end of the period and fail after it: the hockey stick.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats

LAST_WEEKS = 3 / 52
"""Share of a period at its end in which partners buy ahead: the last 3 weeks of a year."""
MOST = 52.0
"""Weeks beyond which nobody looks ahead."""
_LEAST = 1e-9


@dataclass(frozen=True, eq=False)
class Prospect:
    """What a loading rule sees, each (J,)."""

    gain: Floats
    """Rate in reach less the rate that is sure of the period to come, share of purchases."""
    holding_rate: float
    """Cost of holding stock, share of its value per week."""


def none(seen: Prospect) -> Floats:
    """Buy nothing ahead of need."""
    return np.zeros_like(seen.gain)


def forward_buying(seen: Prospect) -> Floats:
    """Buy ahead while a unit's gain covers the cost of holding it, for a year at most."""
    gain = np.maximum(seen.gain, 0.0)
    return np.minimum(gain / max(seen.holding_rate, _LEAST), MOST)


RULES: dict[str, Callable[[Prospect], Floats]] = {
    "none": none,
    "forward_buying": forward_buying,
}
