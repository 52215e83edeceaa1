"""Limits on what may be open together, which what is open alone settles."""

from dataclasses import dataclass, field

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints


@dataclass(frozen=True, eq=False)
class Together:
    """What the opening of some candidates says of others'."""

    first: Ints
    """(A,) candidate rows."""
    second: Ints
    """(B,) candidate rows."""
    requires: bool
    """Whether opening any of the first needs one of the second open; else it rules them out."""


@dataclass(frozen=True, eq=False)
class Count:
    """How many of some candidates are open."""

    sites: Ints
    """Candidate rows that are counted."""
    least: float = 0.0
    """Fewest open."""
    most: float = np.inf
    """Most open."""
    per: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Candidate rows of which the ratio is taken."""
    ratio: float = np.inf
    """Most open for each of `per` that is."""


@dataclass(frozen=True, eq=False)
class OpeningRules:
    """What may be open together; empty and None are no limit."""

    diverting: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    """(D, 2) pairs of candidates between which goods would pay to divert, the cheaper first."""
    pairs: tuple[Together, ...] = ()
    """Pairs of partners or candidates."""
    counts: tuple[Count, ...] = ()
    """Rules on numbers."""
    most_partners: float | None = None
    """Most independent partners with something open."""
    independent: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Partner rows that count for it."""
    most_changes: int | None = None
    """Most candidates opened or closed against today."""
    today: Bools = field(default_factory=lambda: np.zeros(0, dtype=bool))
    """(J,) what is open today."""
    compliance: Floats | None = None
    """(J,) compliance beyond the least mean, of independent partners' candidates; 0 for others."""
