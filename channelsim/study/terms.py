"""Terms of trade chosen against partners who answer them.

Each maker chooses its terms (wholesale prices, rates of contracts, fees ...) to earn most at the
rest point of what partners and the other makers answer. Who moves when:

    maker_leads     makers choose, anticipating partners' prices and efforts     (Stackelberg)
    simultaneous    makers take partners' margins as given, partners the terms   (vertical Nash)
    partner_leads   each partner sets one margin on all it sells, up to the highest listed price,
                    anticipating the makers' choice

(Choi 1991 on the three orders of moves.) Several makers are at rest where none gains by another
choice (Nash 1951), found by answering in turn. Partners' answers are those of the simulator's own
rules (`simulate.rest`). Terms under which a partner would earn less than its reservation profit
are not chosen. Distributors' own terms are chosen in turn once makers have chosen (`study.stages`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Floats, Ints
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate.rest import RestPoint, rest_point
from channelsim.study.held import buyers, holding, margins_of
from channelsim.study.maximum import Peak, climb, peaks, smooth_peak
from channelsim.study.stages import Stages

ORDERS = ("maker_leads", "simultaneous", "partner_leads")
_ROUNDS = 200
"""Most rounds in which makers, or both sides, answer one another."""
_STILL = 1e-5
"""Change, share of a term's range, below which choices are at rest: a peak's place is known to the
root of the precision of its height."""
_SAME = 1e-4
"""Distance, share of a term's range, within which two choices are one."""
_EQUAL = 1e-9
"""Part of a profit by which two are as good as each other."""
_REACH = 0.25
"""Part of a term's range in which an answer is sought near the last one."""
_BARRED = 1e15
"""What terms that partners refuse fall below any profit by, money per week."""


@dataclass(frozen=True)
class Term:
    """A term of trade to choose, and between what."""

    path: str
    """Its place in the scenario, such as channel_types.dealer.wholesale_price."""
    low: float
    """Least value, in the unit of the field."""
    high: float
    """Most."""
    maker: str = ""
    """Whose choice it is; empty: the one manufacturer's."""
    partner: str = ""
    """Distributor whose choice it is instead: it chooses after those from whom its goods come, and
    anticipates those to whom they go; empty: a maker's."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.require(
            self.low < self.high,
            f"low must be below high, got {self.low:g} and {self.high:g}; swap or widen them",
        )


@dataclass(frozen=True, eq=False)
class TermsChoice:
    """Terms chosen, what partners answer, and how sure that is."""

    values: dict[str, float]
    """Term by path, in the unit of the field."""
    rest: RestPoint
    """What partners answer, and what everybody earns."""
    scenario: Scenario
    """The scenario with the terms in it."""
    status: str
    """found; several: other choices are as good, or another start leads elsewhere; cycle: the
    choices never settled; no_rest: partners' answers never did; refused: under no terms looked at
    does every partner earn its reservation profit."""
    others: tuple[dict[str, float], ...]
    """The other choices that `several` speaks of."""
    rounds: int
    """Rounds of answers between makers, or between both sides."""
    unsettled: int = 0
    """Starts from which choices never settled."""

    def __str__(self) -> str:
        """A short aligned block: the terms, and what everybody earns in a week."""
        rows = [(path, f"{value:.6g}") for path, value in self.values.items()]
        for maker, money in self.rest.maker_profit.items():
            name = f"maker {maker} earns" if maker else "the maker earns"
            rows.append((name, f"{money:,.6g} {self.scenario.currency}/week"))
        for partner, money in zip(self.scenario.partners, self.rest.partner_profit, strict=True):
            if not partner.own:
                rows.append((f"{partner.id} earns", f"{money:,.6g} {self.scenario.currency}/week"))
        width = max(len(name) for name, _ in rows)
        lines = [f"{name:<{width}}  {value}" for name, value in rows]
        return "\n".join([f"terms: {self.status}", *lines, *self._told()])

    def _told(self) -> list[str]:
        told = {
            "several": f"{len(self.others)} other choices are at rest too: see .others",
            "cycle": "makers' answers went round without settling: read the terms as one of them",
            "no_rest": "partners' prices did not come to rest under these terms",
            "refused": "partners lack reservation profit even so: widen the terms, or see .rest",
        }
        lines = [told[self.status]] if self.status in told else []
        if self.unsettled and self.status != "cycle":
            lines.append(f"from {self.unsettled} starts choices never settled")
        return lines


def optimise_terms(
    scenario: Scenario,
    terms: Sequence[Term],
    *,
    layout: Layout | None = None,
    order: str = "maker_leads",
    starts: int = 3,
    seed: int = 0,
) -> TermsChoice:
    """Return the terms that earn their makers most against partners who answer.

    Parameters
    ----------
    terms
        What may be chosen; each maker chooses its own.
    layout
        Who is open; today's by default.
    order
        Who moves first: maker_leads, simultaneous or partner_leads.
    starts
        Random starts from which makers who answer one another begin.
    seed
        Draws the starts.

    Raises
    ------
    BadValue
        If there are no terms, a maker makes nothing, an order is unknown or a term's value is not
        allowed.
    UnknownPath
        If a path leads nowhere.
    """
    checks.one_of("order", order, ORDERS)
    checks.require(bool(terms), "terms is empty; name at least one Term to choose")
    checks.whole("starts", starts, 1)
    game = _game(scenario, terms, scenario.today if layout is None else layout, order)
    rng = np.random.default_rng(seed)
    return _told(game, [game.play(game.spread(rng)) for _ in range(starts if game.rivals else 1)])


def _game(scenario: Scenario, terms: Sequence[Term], layout: Layout, order: str) -> "_Game":
    """Return who chooses what."""
    theirs, later = ([t for t in terms if bool(t.partner) is of] for of in (False, True))
    checks.require(
        bool(theirs), "terms are all distributors'; name at least one Term that a maker chooses"
    )
    checks.require(
        not later or order == "maker_leads",
        f"distributors choose after makers, not under the order {order}; write maker_leads",
    )
    makers = {c.maker for c in scenario.candidates}
    for term in theirs:
        checks.require(
            term.maker in makers,
            f"no candidate has the maker {term.maker!r}; write it in candidates.csv",
        )
    return _Game(scenario, tuple(theirs), layout, order, Stages.of(scenario, later, layout))


@dataclass(frozen=True, eq=False)
class _Played:
    """Where one start led."""

    at: Floats
    """(N,) terms."""
    rest: RestPoint
    settled: bool
    rounds: int
    twins: tuple[Floats, ...] = ()
    """Other terms that earn as much."""


@dataclass(frozen=True, eq=False)
class _Game:
    """Makers who choose terms, against partners who answer."""

    scenario: Scenario
    terms: tuple[Term, ...]
    layout: Layout
    order: str
    stages: Stages

    @property
    def low(self) -> Floats:
        return np.array([term.low for term in self.terms])

    @property
    def span(self) -> Floats:
        return np.array([term.high for term in self.terms]) - self.low

    @property
    def makers(self) -> list[str]:
        return sorted({term.maker for term in self.terms})

    @property
    def rivals(self) -> bool:
        """Whether anybody answers somebody but partners."""
        return len(self.makers) > 1 or self.order != "maker_leads"

    def spread(self, rng: np.random.Generator) -> Floats:
        """Return random terms: (N,)."""
        result: Floats = self.low + rng.random(len(self.terms)) * self.span
        return result

    def own(self, maker: str) -> Ints:
        """Return the rows of a maker's terms."""
        rows = [row for row, term in enumerate(self.terms) if term.maker == maker]
        return np.array(rows, dtype=np.int64)

    def play(self, start: Floats) -> _Played:
        """Return where the game comes to rest from a start."""
        if self.order == "maker_leads":
            return self.checked(self.led(start, None), None)
        return self.together(start) if self.order == "simultaneous" else self.followed(start)

    def case(self, at: Floats, margins: Floats | None) -> Scenario:
        """Return the scenario under terms, where partners hold margins (J,) or price by rule."""
        case = self.scenario.replace(self.named(at), idle=True)
        case = case.replace(self.stages.answered(case), idle=True) if self.stages.tiers else case
        return case if margins is None else holding(case, margins)

    def rest(self, at: Floats, margins: Floats | None = None) -> RestPoint:
        return rest_point(self.case(at, margins), self.layout)

    def checked(self, played: _Played, margins: Floats | None) -> _Played:
        """Return the same, settled only if no maker gains by a choice far from it."""
        alone = len(self.makers) == 1
        if alone or not played.settled:
            return played
        return replace(played, settled=not self._tempted(played.at, margins))

    def led(self, start: Floats, margins: Floats | None, near: bool = False) -> _Played:
        """Return what makers choose, each anticipating partners and answering the others.

        Parameters
        ----------
        near
            Whether answers lie near the start.
        """
        at, alone = start.copy(), len(self.makers) == 1
        for number in range(1, _ROUNDS + 1):
            before, twins = at.copy(), []
            for maker in self.makers:
                mine = self.own(maker)
                found = self._best(maker, mine, at, margins, near=near or number > 1)
                at[mine] = found[0].at
                twins = [peak.at for peak in found[1:] if peak.value >= _as_good(found[0].value)]
            moved = float((np.abs(at - before) / self.span).max())
            free = not near or moved < 0.99 * _REACH  # not stopped by how far it may climb
            if (alone and free) or moved <= _STILL:
                kept = tuple(x for x in twins if alone and not self.same(x, at))
                return _Played(at, self.rest(at, margins), True, number, kept)
        return _Played(at, self.rest(at, margins), False, _ROUNDS)

    def _best(
        self, maker: str, mine: Ints, at: Floats, margins: Floats | None, near: bool
    ) -> list[Peak]:
        """Return the best answers of a maker to the others' terms, the best first."""

        def payoff(x: Floats) -> float:
            trial = at.copy()
            trial[mine] = x
            return _payoff(self.rest(trial, margins), maker)

        low, high = self.low[mine], (self.low + self.span)[mine]
        if self.stages.tiers and len(mine) == 1:  # each trial asks every stage anew
            return [smooth_peak(payoff, float(low[0]), float(high[0]))]
        if near:
            return [climb(payoff, low, high, at[mine], _REACH)]
        return peaks(payoff, low, high)

    def _tempted(self, at: Floats, margins: Floats | None) -> bool:
        """Return whether a maker would gain by a choice far from where all rest."""
        for maker in self.makers:
            now = _payoff(self.rest(at, margins), maker)
            best = self._best(maker, self.own(maker), at, margins, near=False)[0].value
            if best > now + 1e-6 * max(abs(now), 1e-12):
                return True
        return False

    def together(self, start: Floats) -> _Played:
        """Return where makers who take margins as given and partners who take terms so meet."""
        at = start
        for number in range(1, _ROUNDS + 1):
            margins = margins_of(self.case(at, None), self.rest(at).price)
            played = self.led(at, margins, near=number > 1)
            moved = float((np.abs(played.at - at) / self.span).max())
            at = played.at
            if moved <= _STILL:
                return replace(self.checked(played, margins), rest=self.rest(at), rounds=number)
        return _Played(at, self.rest(at), False, _ROUNDS)

    def followed(self, start: Floats) -> _Played:
        """Return what partners who lead choose, and the terms that makers answer with."""
        leaders = buyers(self.scenario, self.layout)
        held = margins_of(self.scenario, self.scenario.columns.price)
        last, near = start, False

        def payoff(partner: int, margin: Floats) -> float:
            nonlocal last, near
            trial = np.where(self.scenario.columns.partner_of == partner, margin[0], held)
            played = self.led(last, trial, near)
            last, near = played.at, True
            barred = _BARRED if _refused(played.rest) else 0.0
            return float(played.rest.partner_profit[partner]) - barred

        number, moved = 0, np.inf
        while moved > _STILL and number < _ROUNDS:
            number, before = number + 1, held.copy()
            for partner in leaders:
                most = float(self.scenario.columns.price.max())
                best = peaks(partial(payoff, partner), np.zeros(1), np.array([most]))[0]
                held = np.where(self.scenario.columns.partner_of == partner, best.at[0], held)
            moved = float(np.abs(held - before).max()) if len(leaders) > 1 else 0.0
        played = self.checked(self.led(last, held), held)
        return replace(played, settled=played.settled and moved <= _STILL, rounds=number)

    def same(self, one: Floats, two: Floats) -> bool:
        """Return whether two choices are one."""
        return bool((np.abs(one - two) <= _SAME * self.span).all())

    def named(self, at: Floats) -> dict[str, float]:
        """Return terms by path."""
        return {term.path: float(x) for term, x in zip(self.terms, at, strict=True)}


def _told(game: _Game, played: list[_Played]) -> TermsChoice:
    """Return the choice to report of those that starts led to: settled ones first."""
    ranked = sorted(played, key=lambda p: (not p.settled, -sum(p.rest.maker_profit.values())))
    best = ranked[0]
    ends = [*best.twins, *(p.at for p in ranked[1:] if p.settled)]
    others: list[Floats] = []
    for end in ends:
        if not any(game.same(end, known) for known in (best.at, *others)):
            others.append(end)
    case = game.scenario.replace(game.named(best.at), idle=True)
    later = game.stages.answered(case)
    return TermsChoice(
        values=game.named(best.at) | later,
        rest=best.rest,
        scenario=case.replace(later, idle=True),
        status=_status(best, bool(others)),
        others=tuple(map(game.named, others)),
        rounds=best.rounds,
        unsettled=sum(not p.settled for p in played),
    )


def _status(played: _Played, others: bool) -> str:
    if not played.rest.at_rest:
        return "no_rest"
    if _refused(played.rest):
        return "refused"
    if not played.settled:
        return "cycle"
    return "several" if others else "found"


def _refused(rest: RestPoint) -> bool:
    """Return whether a partner lacks reservation profit, by more than rounding."""
    most = max(abs(money) for money in rest.maker_profit.values())
    return float(rest.shortfall.sum()) > _EQUAL * max(most, 1.0)


def _payoff(rest: RestPoint, maker: str) -> float:
    """Return a maker's profit, far below any where partners refuse or never come to rest."""
    if not rest.at_rest:
        return -2 * _BARRED
    if _refused(rest):
        short = float(rest.shortfall.sum())
        return -_BARRED * (1 + short / (1 + short))  # the less is lacking the better
    return rest.maker_profit[maker]


def _as_good(value: float) -> float:
    return value - _EQUAL * max(abs(value), 1e-12)
