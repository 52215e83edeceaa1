"""Consumers as counts in plain NumPy: the law of the compiled kernels, not their bits.

`lumped` says what happens in a week. Here all rows (zone, segment, state) draw side by side: buyers
by row, then the outlets that they choose (a multinomial a row), kept as claims of a row on an arc.
A short outlet serves its claims by lot; the unserved of a claim try again by binomial, choose once
more, and those who fail are split over their row's first choices by lot, being exchangeable in it.
"""

from typing import NamedTuple, Unpack

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.claims import Claims, Week
from channelsim.simulate.consumers.counted import Counted
from channelsim.simulate.consumers.faced import Faced, Given
from channelsim.simulate.consumers.links import pair_start
from channelsim.simulate.consumers.rows import Rows
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.consumers.samplers import binomial
from channelsim.simulate.streams import Purpose, Streams, week_word

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]

_FIRST, _SECOND = 0, 1


class _Rounds(NamedTuple):
    """Both rounds of choice and rationing."""

    first: Claims
    bought: Claims
    """In either round."""
    late: Claims
    """In the second."""
    lost: Claims
    """In neither, by first choice."""
    in_stock: Bools
    """(J,) after the first."""
    left: Ints
    """(J,) after both."""


class PlainConsumers(Counted):
    """Counts of consumers, moved by vectorised NumPy.

    Parameters
    ----------
    reach, partner_of, counts, streams, tiers
        See `Counted`.
    threads
        Taken for the sake of the compiled engine's signature: NumPy uses one, to the same bits.
    trace
        Whether sales say who moved from which outlet to which.

    Raises
    ------
    BadValue
        If counts do not fit the arcs or are negative, or there are too many of anything.
    """

    def __init__(
        self,
        reach: Reach,
        partner_of: Ints,
        counts: Ints,
        streams: Streams,
        threads: int = 1,
        tiers: int = 1,
        trace: bool = False,
    ) -> None:
        super().__init__(reach, partner_of, counts, streams, tiers)
        if threads < 1:
            raise BadValue(f"threads must be >= 1, got {threads}; write 1 to use none but this one")
        self.trace = trace
        self._reach = reach
        self._partner = np.asarray(partner_of)[reach.candidate]
        self._about = Rows.of(reach, self.size.segments)

    def step(self, week: int, **given: Unpack[Given]) -> Sales:
        """Play one week and return what it leaves behind: see `consumers.engine`.

        Raises
        ------
        BadValue
            If an array has the wrong shape or a value outside its range; nothing has changed then.
        """
        word = week_word(week)
        faced = Faced.checked(self.size, given)
        return self._play(Week(self.streams, word, self._reach, self._about, faced))

    def _play(self, week: Week) -> Sales:
        became_aware = self._learn(week)
        buyers, outside = week.spend(self.counts)
        rounds = self._shop(week, buyers)
        happy = self._move(week, rounds.bought)
        risen, lapsed = self._change_tiers(week, rounds.bought, happy)
        gone = self._by_cell(outside)
        claims = self._by_arc(rounds.first)
        return Sales(
            became_aware=became_aware,
            occasions=gone + self._by_zone(claims),
            outside=gone,
            deserted=self._by_cell(np.where(self._about.last >= 0, outside, 0)),
            first_claims=claims,
            sold=self._by_arc(rounds.bought),
            second_sold=self._by_arc(rounds.late),
            lost=self._by_arc(rounds.lost),
            repeat=self._by_zone(self._by_arc(self._repeat(rounds.bought))),
            switched=self._switched(rounds.bought),
            happy_buyers=happy,
            risen=risen,
            lapsed=lapsed,
            in_stock=rounds.in_stock,
            leftover=rounds.left,
            moves=self._moves(rounds.bought) if self.trace else None,
        )

    def _learn(self, week: Week) -> Ints:
        """Let some of the unaware know the brand; return how many (Z, S)."""
        row = self._rows[0]
        names = week.names(Purpose.AWARE, week.rows.cell_key.ravel())
        some = binomial(self.counts[row].ravel(), week.faced.inform.ravel(), names)
        some = some.reshape(row.shape)
        self.counts[row] -= some
        self.counts[row + 1] += some
        return some

    def _shop(self, week: Week, buyers: Ints) -> _Rounds:
        """Let buyers (R,) choose, be served or not, and some choose once more."""
        faced = week.faced
        first = week.choose(_FIRST, buyers, faced.weight)
        served, left = week.ration(_FIRST, first, faced.stock)
        in_stock, missed = left > 0, first.of(first.units - served)
        stocked = np.where(in_stock[self._reach.candidate][:, None], faced.weight, 0.0)
        tries = self._try_again(week, missed, stocked)
        again = missed.of(tries)
        asked = again.by_row(len(self.counts))
        second = week.choose(_SECOND, asked, stocked)
        late, left = week.ration(_SECOND, second, left)
        later = second.of(late)
        failed = week.first_of(asked - later.by_row(len(self.counts)), again)
        lost = missed.units - tries
        lost[tries > 0] += failed
        return _Rounds(
            first, _both(first.of(served), later), later, missed.of(lost), in_stock, left
        )

    def _try_again(self, week: Week, missed: Claims, stocked: Floats) -> Ints:
        """Return how many units of each unserved claim find something left to choose from."""
        zone, segment = self._reach.zone[missed.arc], week.rows.segment[missed.row]
        chance = np.where(week.total(stocked) > 0.0, week.faced.retry, 0.0)
        who, about = week.rows.key[missed.row], self._reach.candidate[missed.arc]
        return binomial(missed.units, chance[zone, segment], week.names(Purpose.RETRY, who, about))

    def _move(self, week: Week, bought: Claims) -> Ints:
        """Move buyers to the row of the outlet that served them; return the happy (A, S)."""
        np.subtract.at(self.counts, bought.row, bought.units)
        units = self._by_arc(bought)
        who = week.rows.cell_key[self._reach.zone]
        about = np.broadcast_to(self._reach.candidate[:, None], who.shape)
        names = week.names(Purpose.HAPPY, who.ravel(), about.ravel())
        happy = binomial(units.ravel(), week.faced.happy.ravel(), names).reshape(units.shape)
        self.counts[self._rows[1]] += happy
        self.counts[self._rows[2]] += units - happy
        return happy

    def _change_tiers(self, week: Week, bought: Claims, happy: Ints) -> tuple[Ints, Ints]:
        """Move some buyers up a tier, and some owners who bought nothing down: (Z, S) of each.

        All draw before any moves, so nobody moves twice.
        """
        if not week.faced.moves_tiers:
            return np.zeros_like(self.unaware), np.zeros_like(self.unaware)
        tier = np.arange(self.size.segments) % self.tiers
        rise = np.where(tier < self.tiers - 1, week.faced.rise, 0.0)
        lapse = np.where(tier > 0, week.faced.lapse, 0.0)
        busy = np.stack([happy, self._by_arc(bought) - happy])
        row = np.stack(self._rows[1:])
        idle = self.counts[row] - busy
        risen = self._move_tier(week, Purpose.RISE, row, busy, rise)
        lapsed = self._move_tier(week, Purpose.LAPSE, row, idle, lapse)
        return risen, lapsed

    def _move_tier(
        self, week: Week, purpose: Purpose, row: Ints, people: Ints, chance: Floats
    ) -> Ints:
        """Move some of the people of rows (2, A, S) up or down a tier; return how many (Z, S)."""
        odds = np.broadcast_to(chance, people.shape).ravel()
        names = week.names(purpose, week.rows.key[row].ravel())
        some = binomial(people.ravel(), odds, names).reshape(people.shape)
        self.counts[row] -= some
        self.counts[np.roll(row, -1 if purpose == Purpose.RISE else 1, axis=2)] += some
        return self._by_zone(some.sum(axis=0))

    def _repeat(self, bought: Claims) -> Claims:
        """Return what owners bought."""
        return bought.of(np.where(self._about.last[bought.row] >= 0, bought.units, 0))

    def _switched(self, bought: Claims) -> Floats:
        """Return the units (Z, S) that owners bought at another partner than the last time."""
        repeat = self._repeat(bought)
        before = self._partner[self._about.last[repeat.row]]
        away = repeat.of(np.where(self._partner[repeat.arc] == before, 0, repeat.units))
        return self._by_zone(self._by_arc(away)).astype(np.float64)

    def _moves(self, bought: Claims) -> Ints:
        """Return the units (M, S) that owners of one outlet bought at another or the same."""
        start = self._reach.zone_start
        repeat = self._repeat(bought)
        zone, last = self._reach.zone[repeat.arc], self._about.last[repeat.row]
        pairs = pair_start(start)
        pair = pairs[zone] + (last - start[zone]) * np.diff(start)[zone] + repeat.arc - start[zone]
        result = np.zeros((pairs[-1], self.size.segments), dtype=np.int64)
        np.add.at(result, (pair, self._about.segment[repeat.row]), repeat.units)
        return result

    def _by_arc(self, claims: Claims) -> Ints:
        """Return the units of claims by arc: (A, S)."""
        result = np.zeros((self.size.arcs, self.size.segments), dtype=np.int64)
        np.add.at(result, (claims.arc, self._about.segment[claims.row]), claims.units)
        return result

    def _by_zone(self, units: Ints) -> Ints:
        """Return the sums over zones of units by arc (A, S): (Z, S)."""
        result = np.zeros((self.size.zones, self.size.segments), dtype=np.int64)
        np.add.at(result, self._reach.zone, units)
        return result

    def _by_cell(self, people: Ints) -> Ints:
        """Return the sums over cells of people by row (R,): (Z, S)."""
        cells = np.add.reduceat(people, self._rows[0].ravel())
        return cells.reshape(self.size.zones, self.size.segments)


def _both(one: Claims, other: Claims) -> Claims:
    return Claims(*(np.concatenate(pair) for pair in zip(one, other, strict=True)))
