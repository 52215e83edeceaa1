"""Limits on who serves whom: what partners earn, what is sold, how territories lie.

They are linear in what is open and what is served, so they hold in any plan whose sales are
`serve_nj`, whoever sets it. What is open alone does not settle whether they hold.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from channelsim.domain.columns import Floats, Ints


@dataclass(frozen=True, eq=False)
class Earnings:
    """What partners earn of a plan, and how much of it they must earn."""

    by_arc: Floats
    """(M,) money per week that the partner earns if its candidate serves the whole node."""
    by_site: Floats
    """(J,) money per week that having the candidate open rather than closed costs its partner."""
    least: Floats
    """(P,) least earnings, money per week; -inf where nothing is asked."""


@dataclass(frozen=True, eq=False)
class ServingLimits:
    """What who serves whom must meet; None, 0 and -inf are no limit."""

    participation: Earnings | None = None
    """Earnings beyond the reservation profit, of independent partners."""
    no_worse: Earnings | None = None
    """Earnings against those of today."""
    maker_least: float = -np.inf
    """Least profit of the maker, money per week."""
    min_volume: Floats = field(default_factory=lambda: np.zeros(0))
    """(J,) fewest units per week of an open candidate."""
    partner_volume: Floats = field(default_factory=lambda: np.zeros(0))
    """(P,) fewest units per week of a partner with something open."""
    min_units: float = 0.0
    """Fewest units per week in all."""
    single_source: bool = False
    """Whether one candidate alone serves a shared node."""
    neighbours: Ints | None = None
    """(E, 2) pairs of shared nodes along which a partner's territory must hang together."""
    balance: float | None = None
    """Most by which the largest workload of a territory may exceed the mean, share of it."""

    @property
    def binds(self) -> bool:
        """Whether there is any limit."""
        return (
            self.participation is not None
            or self.no_worse is not None
            or bool(np.isfinite(self.maker_least))
            or bool(self.min_volume.any() or self.partner_volume.any())
            or self.min_units > 0
            or self.single_source
            or self.neighbours is not None
            or self.balance is not None
        )

    def keeping(self, rows: Ints) -> "ServingLimits":
        """Return the limits over some of the arcs."""
        return replace(
            self,
            participation=_keeping(self.participation, rows),
            no_worse=_keeping(self.no_worse, rows),
        )


def _keeping(earnings: Earnings | None, rows: Ints) -> Earnings | None:
    return None if earnings is None else replace(earnings, by_arc=earnings.by_arc[rows])
