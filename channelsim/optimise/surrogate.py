"""A layout within the conflict cap, guided by an index that a linear program can hold.

Where layouts are too many to be looked at one by one, the program holds a surrogate for planned
conflict, the conflict index (`conflict_pairs`), and the cap is checked on the measure itself:

1. Build the index around a layout that breaks the cap and solve with index <= kappa, the cap. If
   the answer's planned conflict still exceeds the cap, add a piece built around that answer, which
   rules it out; after some rounds lower kappa as well, by the excess.
2. If nothing held, look for the layout of least conflict.
3. From a layout that holds the cap do as from the first, with the index built around it, as long as
   that finds better ones that hold it.

That is a search, not a proof: what it does not find may exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from channelsim.domain.layout import Layout
from channelsim.domain.measures import planned
from channelsim.optimise.conflict_pairs import ConflictPairs, ConflictTerms, conflict_pairs
from channelsim.optimise.division import divide
from channelsim.optimise.plan import Plan
from channelsim.optimise.search import Search

ROUNDS = 8
"""Pieces that the index may have before giving up."""
PATIENCE = 2
"""Pieces that are added before the cap on the index is lowered too."""


def search_by_index(search: Search, free: Plan) -> tuple[Plan | None, Plan]:
    """Return the best plan found that holds the cap, and the one of least conflict found.

    Parameters
    ----------
    free
        The best plan without conflict, to start from.
    """
    seeker = _Seeker(search)
    start, least = seeker.first(free), free
    if start is None:
        least = seeker.least_conflict(free)
        start = divide(search, least).plan
    if start is None:
        return None, least
    best = seeker.improved(start)
    return best, best


def terms_around(search: Search, plan: Plan) -> ConflictTerms:
    """Return the conflict terms of a search whose index is built around one plan."""
    goals = search.scenario.goals
    return ConflictTerms((_piece(search, plan),), goals.max_conflict, goals.conflict_price)


def _piece(search: Search, around: Plan) -> ConflictPairs:
    usable = ~search.inputs.sites.shut
    return conflict_pairs(search.scenario, around.is_open, usable, around.conflict)


@dataclass(frozen=True, eq=False)
class _Seeker:
    search: Search

    def first(self, start: Plan) -> Plan | None:
        """Return the first plan that holds the cap, of those from around a start."""
        found = (divide(self.search, plan).plan for plan in self.rounds(start))
        return next((plan for plan in found if plan is not None), None)

    def rounds(self, start: Plan) -> Iterator[Plan]:
        """Yield plans from around a start, each with a piece of the index more than the last."""
        cap, margin = self.search.scenario.goals.max_conflict, 0.0
        pieces: tuple[ConflictPairs, ...] = (_piece(self.search, start),)
        for attempt in range(ROUNDS):
            found = self.search.find(self.terms(pieces, None if cap is None else cap - margin))
            if isinstance(found, Plan):
                yield found
                pieces = (*pieces, _piece(self.search, found))
                margin += found.excess if attempt >= PATIENCE else 0.0
            elif margin > 0 and found.status == "infeasible":
                margin /= 2
            else:
                return

    def improved(self, plan: Plan) -> Plan:
        """Return the best of plans that hold the cap, each sought from around the last.

        Gains within the gap are not worth another search.
        """
        for _ in range(ROUNDS):
            found = self.first(plan)
            if found is None:
                return plan
            gain = found.objective - plan.objective
            if (found.is_open == plan.is_open).all() or gain > 0:
                plan = found
            if gain <= self.search.limits.gap * abs(plan.objective):
                return plan
        return plan

    def least_conflict(self, start: Plan) -> Plan:
        """Return the plan of least conflict found, whatever it earns.

        It is sought from a start downwards and, if that is not enough, from the barest layout up.
        """
        down = self._least(_piece(self.search, start), start)
        return down if divide(self.search, down).plan else self._least(self._bare_piece(), down)

    def _least(self, piece: ConflictPairs, best: Plan) -> Plan:
        pieces: tuple[ConflictPairs, ...] = (piece,)
        for attempt in range(ROUNDS):
            found = self.search.least(ConflictTerms(pieces, price=1.0))
            if not isinstance(found, Plan):
                return best
            worse = found.bare_conflict >= best.bare_conflict
            if worse and attempt:
                return best
            best = best if worse else found
            pieces = (*pieces, _piece(self.search, found))
        return best

    def _bare_piece(self) -> ConflictPairs:
        """Return the piece of the conflict index around what must open alone."""
        scenario, sites = self.search.scenario, self.search.inputs.sites
        rows = zip(scenario.candidates, sites.must_open.tolist(), strict=True)
        layout = Layout.of(c.id for c, is_open in rows if is_open)
        measured = planned(scenario, layout).conflict
        return conflict_pairs(scenario, sites.must_open, ~sites.shut, measured)

    def terms(self, pieces: tuple[ConflictPairs, ...], cap: float | None) -> ConflictTerms:
        """Return the conflict terms of some pieces."""
        return ConflictTerms(pieces, cap, self.search.scenario.goals.conflict_price)
