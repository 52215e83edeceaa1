"""Consumers one by one: the week of `consumers.lumped`, played by each on their own.

They are the oracle that engines which count are tested against, and the home of what does not lump:

Tastes that spread (mixed logit, McFadden & Train 2000): consumer i has the weight

    e_as exp(t_i spread_as)

at arc a, with a standard normal t_i of their own, drawn once. Owners at the start hold what they
hold whatever their taste.

Memory (loyalty as a stock of past purchases, Guadagni & Little 1983): after n purchases in a row at
an outlet, all of them happy, what ties a consumer to it is

    inertia x (1 + memory + ... + memory^(n - 1)) = inertia x (1 - memory^n) / (1 - memory).

An unhappy purchase or one elsewhere starts the row anew. Owners at the start have bought once.
"""

from typing import Final, NamedTuple, Unpack

import numpy as np
from numpy.typing import NDArray

from channelsim.domain.demand import Reach
from channelsim.errors import BadValue
from channelsim.simulate.consumers.chance import struck
from channelsim.simulate.consumers.choice import Menu, choose
from channelsim.simulate.consumers.counted import Counted
from channelsim.simulate.consumers.faced import Faced, Given
from channelsim.simulate.consumers.lots import serve
from channelsim.simulate.consumers.people import NEVER, OWNER, Crowd, People, Places, row_of
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.streams import Purpose, Streams, week_word

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Bools = NDArray[np.bool_]

MOST_PEOPLE: Final = 200_000_000
"""Consumers that one by one fit a computer's memory and patience."""
_WIDEST_SPREAD: Final = 20.0
_LONGEST_ROW: Final = 65_535
_STRONGEST: Final = 200.0


class _Trade(NamedTuple):
    """Claims of a week and what came of them."""

    claimants: Crowd
    first: Ints
    """(n,) arc claimed first."""
    arc: Ints
    """(n,) arc claimed last."""
    second: Bools
    """(n,) whether served in the second round."""
    bought: Bools
    """(n,) whether served in either."""
    in_stock: Bools
    """(J,) whether anything was left after the first round."""
    left: Ints
    """(J,) units left after both."""


class IndividualConsumers(Counted):
    """Consumers one by one, in arrays; counts follow what they do.

    Parameters
    ----------
    reach, partner_of, counts, streams, tiers
        See `Counted`.
    trace
        Whether to record who moved from which outlet to which.
    spread
        (A, S) utility per standard deviation of a consumer's own taste; None for one taste.
    memory
        How much of the tie to an outlet stays for the next purchase there, in [0, 1).

    Raises
    ------
    BadValue
        If counts do not fit the arcs or are negative, there are too many of anything, or spread or
        memory is out of range.
    """

    def __init__(
        self,
        reach: Reach,
        partner_of: Ints,
        counts: Ints,
        streams: Streams,
        tiers: int = 1,
        *,
        trace: bool = False,
        spread: Floats | None = None,
        memory: float = 0.0,
    ) -> None:
        super().__init__(reach, partner_of, counts, streams, tiers)
        _check(int(self.counts.sum()), memory)
        self.trace, self.memory = trace, memory
        self._places = Places.of(reach, partner_of)
        self._spread = None if spread is None else self._by_zone(spread)
        self._people = People.of(
            self.counts,
            self.population,
            self._places,
            tiers,
            remember=memory > 0,
            tasters=None if spread is None else streams,
        )
        self.counts.flags.writeable = False

    def step(self, week: int, **given: Unpack[Given]) -> Sales:
        """Play one week and return what it leaves behind: see `consumers.engine`.

        Raises
        ------
        BadValue
            If an array has the wrong shape or a value outside its range; nothing has changed then.
        """
        week_word(week)
        faced = Faced.checked(self.size, given)
        learnt = self._learn(week, faced)
        crowd = self._shoppers(week, faced)
        choice = self._choose(crowd, faced, faced.weight, 1.0)
        trade = self._trade(week, faced, crowd.only(choice >= 0), choice[choice >= 0])
        buyers, arc = trade.claimants.only(trade.bought), trade.arc[trade.bought]
        glad, risen = self._buy(faced, buyers, arc)
        lapsed = self._lapse(week, faced, buyers)
        return self._sales(learnt, crowd, choice, trade, buyers, arc, glad, risen, lapsed)

    def _learn(self, week: int, faced: Faced) -> Crowd:
        """Let the unaware learn of the brand; return those who do."""
        most = np.where(self.unaware > 0, faced.inform, 0.0)
        crowd = self._struck(Purpose.AWARE, week, most)
        crowd = crowd.only(
            (crowd.state == 0) & (crowd.luck < faced.inform[crowd.zone, crowd.segment])
        )
        self._people.state[crowd.who] = NEVER
        start = self._rows[0][crowd.zone, crowd.segment]
        self._recount(start, start + NEVER)
        return crowd

    def _shoppers(self, week: int, faced: Faced) -> Crowd:
        """Return the aware who have an occasion; what luck they had beyond that is left to them."""
        crowd = self._struck(Purpose.OCCASION, week, faced.occasion, spare=True)
        chance = faced.occasion[crowd.zone, crowd.segment]
        crowd = crowd._replace(luck=crowd.luck / np.maximum(chance, 1e-300))
        return crowd.only((crowd.state > 0) & (crowd.luck < 1.0))

    def _choose(self, crowd: Crowd, faced: Faced, weight: Floats, outside: float) -> Ints:
        """Return the arc (n,) that each chooses at weights (A, S); -1 for none."""
        table = self._places.by_zone(weight)
        row = crowd.zone * self.size.segments + crowd.segment
        if self._spread is not None and self._people.taste is not None:
            taste = self._people.taste[crowd.who].astype(np.float64)
            table = table[row] * np.exp(taste[:, None] * self._spread[row])
            row = np.arange(len(row))
        pull = np.stack([np.zeros_like(faced.inertia), faced.inertia, faced.aversion])
        pull = np.minimum(pull[crowd.mood, crowd.segment] * self._tie(crowd), _STRONGEST)
        slot = choose(Menu.of(table), row, crowd.own, np.exp(pull), crowd.luck, outside)
        return np.where(slot >= 0, self._places.start[crowd.zone] + slot, -1)

    def _tie(self, crowd: Crowd) -> Floats | float:
        """Return by what purchases in a row multiply inertia; aversion has no memory."""
        if self._people.streak is None:
            return 1.0
        row = np.maximum(self._people.streak[crowd.who].astype(np.float64), 1.0)
        return (1.0 - self.memory**row) / (1.0 - self.memory)

    def _trade(self, week: int, faced: Faced, claimants: Crowd, first: Ints) -> _Trade:
        """Serve those who claim; some of those left empty-handed choose once more."""
        outlet = self._places.candidate
        bought, left = serve(self.streams, week, 0, claimants.who, outlet[first], faced.stock)
        in_stock, arc, second = left > 0, first.copy(), np.zeros_like(bought)
        if not bought.all() and in_stock.any():
            unserved = np.flatnonzero(~bought)
            again = claimants.only(~bought)
            chance = faced.retry[again.segment]
            luck = self.streams.uniform(Purpose.RETRY, week, again.who)
            again = again._replace(luck=luck / np.maximum(chance, 1e-300))
            choice = self._choose(again, faced, faced.weight * in_stock[outlet][:, None], 0.0)
            tries = (luck < chance) & (choice >= 0)
            at, choice = unserved[tries], choice[tries]
            lucky, left = serve(self.streams, week, 1, claimants.who[at], outlet[choice], left)
            arc[at] = choice
            second[at] = lucky
        return _Trade(claimants, first, arc, second, bought | second, in_stock, left)

    def _buy(self, faced: Faced, buyers: Crowd, arc: Ints) -> tuple[Bools, Bools]:
        """Move buyers to what they bought; return who is happy with it and who rises a tier."""
        people, who, segment = self._people, buyers.who, buyers.segment
        chance = faced.happy[arc, segment]
        glad = buyers.spare < chance
        rest = np.where(glad, buyers.spare / np.maximum(chance, 1e-300), 0.0)
        rest = np.where(glad, rest, (buyers.spare - chance) / np.maximum(1.0 - chance, 1e-300))
        risen = (rest < faced.rise[segment]) & (segment % self.tiers < self.tiers - 1)
        state = OWNER + 2 * self._places.slot[arc] + ~glad
        if people.streak is not None:
            stays = glad & (buyers.state == state)
            row = np.minimum(people.streak[who], _LONGEST_ROW - 1) * stays + 1
            people.streak[who] = row * glad
        people.state[who] = state
        if people.tier is not None:
            people.tier[who] += risen
        self._recount(
            self._row(buyers.zone, segment, buyers.state),
            self._row(buyers.zone, segment + risen, state),
        )
        return glad, risen

    def _lapse(self, week: int, faced: Faced, buyers: Crowd) -> Crowd:
        """Move down a tier some owners who bought nothing; return them as they were."""
        chance = np.where(np.arange(self.size.segments) % self.tiers > 0, faced.lapse, 0.0)
        crowd = self._struck(Purpose.LAPSE, week, np.tile(chance, (self.size.zones, 1)))
        idle = ~np.isin(crowd.who, buyers.who, assume_unique=True)
        crowd = crowd.only(idle & crowd.owner & (crowd.luck < chance[crowd.segment]))
        if self._people.tier is not None:
            self._people.tier[crowd.who] -= 1
        self._recount(
            self._row(crowd.zone, crowd.segment, crowd.state),
            self._row(crowd.zone, crowd.segment - 1, crowd.state),
        )
        return crowd

    def _struck(self, purpose: Purpose, week: int, chance: Floats, *, spare: bool = False) -> Crowd:
        """Return the consumers whom a chance (Z, S) may strike; most of them it does."""
        most = chance.reshape(-1, self.tiers).max(axis=1)
        hit = struck(self.streams, purpose, week, self._people.start, most, spare=spare)
        kinds = self.size.segments // self.tiers
        segment = hit.cell % kinds * self.tiers
        if self._people.tier is not None:
            segment += self._people.tier[hit.who]
        state = self._people.state[hit.who].astype(np.int64)
        return Crowd(hit.who, hit.cell // kinds, segment, state, hit.luck, hit.spare)

    def _row(self, zone: Ints, segment: Ints, state: Ints) -> Ints:
        """Return where a state is counted."""
        return self._rows[0][zone, segment] + row_of(state, self._places.width[zone])

    def _recount(self, before: Ints, after: Ints) -> None:
        """Move consumers between rows of the counts."""
        if len(before) > 0:
            rows = len(self.counts)
            moved = np.bincount(after, minlength=rows) - np.bincount(before, minlength=rows)
            self.counts = self.counts + moved
            self.counts.flags.writeable = False

    def _sales(
        self,
        learnt: Crowd,
        crowd: Crowd,
        choice: Ints,
        trade: _Trade,
        buyers: Crowd,
        arc: Ints,
        glad: Bools,
        risen: Bools,
        lapsed: Crowd,
    ) -> Sales:
        outside, claimed = crowd.only(choice < 0), trade.claimants.segment
        again = buyers.only(buyers.owner)
        old = self._places.start[again.zone] + again.own
        new = arc[buyers.owner]
        partner = self._places.partner
        return Sales(
            became_aware=self._by_cell(learnt),
            occasions=self._by_cell(crowd),
            outside=self._by_cell(outside),
            deserted=self._by_cell(outside.only(outside.owner)),
            first_claims=self._by_arc(trade.first, claimed),
            sold=self._by_arc(arc, buyers.segment),
            second_sold=self._by_arc(trade.arc[trade.second], claimed[trade.second]),
            lost=self._by_arc(trade.first[~trade.bought], claimed[~trade.bought]),
            repeat=self._by_cell(again),
            switched=self._by_cell(again.only(partner[old] != partner[new])).astype(np.float64),
            happy_buyers=self._by_arc(arc[glad], buyers.segment[glad]),
            risen=self._by_cell(buyers.only(risen)),
            lapsed=self._by_cell(lapsed),
            in_stock=trade.in_stock,
            leftover=trade.left,
            moves=self._moves(again, old, new) if self.trace else None,
        )

    def _moves(self, buyers: Crowd, old: Ints, new: Ints) -> Ints:
        """Return buyers by the arcs they moved from and to: see `Sales.moves`."""
        places = self._places
        pair = places.pairs[buyers.zone] + places.slot[old] * places.width[buyers.zone]
        return self._table(pair + places.slot[new], buyers.segment, int(places.pairs[-1]))

    def _by_cell(self, crowd: Crowd) -> Ints:
        return self._table(crowd.zone, crowd.segment, self.size.zones)

    def _by_arc(self, arc: Ints, segment: Ints) -> Ints:
        return self._table(arc, segment, self.size.arcs)

    def _table(self, row: Ints, segment: Ints, rows: int) -> Ints:
        """Return how many there are by row and segment."""
        segments = self.size.segments
        count = np.bincount(row * segments + segment, minlength=rows * segments)
        return count.reshape(rows, segments)

    def _by_zone(self, spread: Floats) -> Floats:
        """Return the spread with room for the widest zone."""
        shape = (self.size.arcs, self.size.segments)
        if np.shape(spread) != shape or not np.all(np.abs(spread) <= _WIDEST_SPREAD):
            raise BadValue(
                f"spread must have shape {shape} and lie in [-{_WIDEST_SPREAD:g}, "
                f"{_WIDEST_SPREAD:g}], got shape {np.shape(spread)}; give utility per deviation"
            )
        return self._places.by_zone(np.asarray(spread, dtype=np.float64))


def _check(people: int, memory: float) -> None:
    if people > MOST_PEOPLE:
        raise BadValue(
            f"at most {MOST_PEOPLE} consumers can be played one by one, got {people}; "
            'choose engine="lumped", whose cost does not grow with them'
        )
    if not 0.0 <= memory < 1.0:
        raise BadValue(f"memory must lie in [0, 1), got {memory}; write 0 for none")
