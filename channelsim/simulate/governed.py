"""What the maker's governance remembers of partners and of the outlets they hold."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate.trade import NEVER


@dataclass(eq=False)
class Governed:
    """State of every partner under governance, each (P,)."""

    score: Floats
    """Score at the last review, 1 as expected."""
    bad: Ints
    """Bad reviews in a row: from the first on it is on probation."""
    offences: Ints
    """Cases of diversion found so far."""
    settling: Ints
    """Weeks until its case is settled, 0 without one."""
    terminated: Bools
    """Contract ended by the maker."""
    drawn: Floats
    """Capability beyond what the partner table says, as it turned out when it was recruited."""

    @classmethod
    def of(cls, partners: int) -> Self:
        """Return the state of partners before the first review."""
        whole = (np.zeros(partners, dtype=np.int64) for _ in range(3))
        bad, offences, settling = whole
        none = np.zeros(partners, dtype=np.bool_)
        return cls(np.ones(partners), bad, offences, settling, none, np.zeros(partners))


@dataclass(eq=False)
class Roster:
    """Outlets that governance closes and opens beside the layout's calendar, each (J,)."""

    barred: Bools
    """Closed by the maker for its partner's bad reviews."""
    joins: Ints
    """Week from which a recruit's outlet is open, NEVER for all others."""
    vacated: Ints
    """Week in which it was lost with its partner, NEVER once replaced."""

    @classmethod
    def of(cls, candidates: int) -> Self:
        """Return the roster of a run that has not begun."""
        joins, vacated = (np.full(candidates, NEVER, dtype=np.int64) for _ in range(2))
        return cls(np.zeros(candidates, dtype=np.bool_), joins, vacated)

    def due(self, planned: Bools, week: int) -> Bools:
        """Return who is to be open: planned by the calendar, or recruited, and not barred."""
        result: Bools = (planned | (self.joins <= week)) & ~self.barred
        return result


def may_join(case: Scenario, layout: Layout) -> Bools:
    """Return the outlets that could replace another: (J,).

    They have a place, may be opened, and belong to independent partners that neither trade today
    nor are in the layout.
    """
    placed = {opening.candidate for opening in layout.openings}
    busy = {c.partner for c in case.candidates if c.open_today or c.id in placed}
    busy |= {p.id for p in case.partners if p.own}
    return np.array(
        [
            bool(c.zone) and c.eligible and not c.must_close and c.partner not in busy
            for c in case.candidates
        ],
        dtype=np.bool_,
    )
