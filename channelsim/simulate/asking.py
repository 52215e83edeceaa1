"""What outlets ask in a week: every outlet's pricing rule by name, and what the rule sees.

Leaders ask first: their rules look at no price of this week. Who undercuts and who matches answers
prices as old as its lag; with lag 0 it sees what leaders ask now and what other followers asked
last week. Who matches looks only at prices that are not matches themselves: otherwise two outlets
that match would hold each other down long after a promotion.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.economics import first_rate, unit_money
from channelsim.domain.rules import rules_of
from channelsim.domain.scenario import Scenario
from channelsim.simulate.answers import Answers
from channelsim.simulate.floor import Floor
from channelsim.simulate.gap import Gap
from channelsim.simulate.lowest import Lowest
from channelsim.simulate.promotions import Deal
from channelsim.simulate.rules import pricing
from channelsim.simulate.rules.chosen import Chosen
from channelsim.simulate.setting import Setting
from channelsim.simulate.terms import Terms
from channelsim.simulate.trade import Firms, Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

_ROUNDS = 60
"""Most rounds in which prices come to rest before week 0."""
_REST = 1e-6
"""Change, share of the price, below which they are at rest."""
_LEAST_PRICE = 0.01
"""Least that a rule asks, share of the listed price: rebates may exceed what goods cost."""
_LEAST_COST = 0.05
"""Least that a discounted unit costs, share of its wholesale price."""
FOLLOWERS = ("undercut", "match")
"""Rules that answer rivals' prices, in the order in which they ask."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What the week before shows to those who price."""

    reached: Floats
    """(P,) attainment at the last review."""
    discount: Floats
    """(J,) discount on the wholesale price, money per unit."""
    posted: Floats
    """(J,) what consumers were asked last week, money per unit."""
    factor: Floats
    """(J,) what this week's promotions and events make of prices asked."""
    weight: Floats
    """(A, S) odds of choosing each outlet at the prices asked last week."""
    lift: Floats
    """(J,) utils."""
    is_open: Bools
    """(J,) open outlets."""

    @classmethod
    def before(cls, listed: Floats, reached: Floats, today: Bools) -> Self:
        """Return what is seen before week 0, where today's outlets (J,) ask listed prices (J,)."""
        zero = np.zeros_like(listed)
        return cls(reached, zero, listed, zero + 1, np.zeros((0, 0)), zero, today)


def seen(channel: "Channel", deal: Deal) -> Seen:
    """Return what those who price see in a week of a run."""
    outlets, asking, setting = channel.outlets, channel.asking, channel.setting
    weight = np.zeros((0, 0))
    if asking.needs_odds:
        weight = setting.weights(asking.asked, outlets.lift, outlets.is_open)
        weight = channel.support.served(channel.goodwill.raised(weight))
        weight = channel.rivals.weighed(weight, setting.arcs.zone)
    return Seen(
        reached=channel.standing.reached,
        discount=channel.bargains.discount,
        posted=outlets.price,
        factor=(1 - deal.cut) * channel.happening.price,
        weight=weight,
        lift=outlets.lift,
        is_open=outlets.is_open,
    )


class Asking:
    """Prices of every outlet.

    Parameters
    ----------
    case, setting, trade, firms, terms
        The run's scenario, market, terms of trade, partners and contracts.
    """

    asked: Floats
    """(J,) what rules asked last week, money per unit."""
    rebate: Floats
    """(J,) rebate that partners count on, money per unit."""

    def __init__(
        self,
        case: Scenario,
        setting: Setting,
        trade: Trade,
        firms: Firms,
        terms: tuple[Terms, ...],
    ) -> None:
        self.case, self.trade = case, trade
        self.listed = self.asked = case.columns.price
        self.rebate = np.zeros_like(self.listed)
        names = rules_of(case, "pricing")
        named = np.array(names, dtype=object)
        self._rules = Chosen.of(names, pricing.RULES)
        self._follows = {name: trade.sets_price & (named == name) for name in FOLLOWERS}
        self._rebates = tuple(term for term in terms if term.instrument == "rebate")
        self._terms = _own_terms(case, trade)
        self._before: Ints = _lags(case)
        self._step = _steps(case) if any(p.price_step for p in case.partners) else None
        self._seen_lowest: dict[str, list[Floats]] = {name: [] for name in FOLLOWERS}
        self._reference = np.full_like(self.listed, np.nan)
        self._pass_through, self._reference = _passing(case)
        listed = unit_money(case, self.listed)
        self._agency_cost = listed.logistics + listed.channel
        self.floor = Floor(case, trade, firms, named == "map_bound")
        self.gap = Gap(case, trade)
        self._reactive = bool((np.isin(named, pricing.REACTIVE) & trade.sets_price).any())
        responds = bool((np.isin(named, pricing.RESPONDING) & trade.sets_price).any())
        self._answers = Answers(setting) if responds or self.floor.weighed else None
        self._holds = bool(((named == "cournot") & trade.sets_price).any())
        lowest = any(rows.any() for rows in self._follows.values())
        live = np.isin(np.arange(setting.arcs.arcs), setting.live)
        self._lowest = (
            Lowest(setting.arcs.only(live), trade.partner, case.columns.model) if lowest else None
        )

    @property
    def needs_odds(self) -> bool:
        """Whether a rule looks at how units answer prices."""
        return self._answers is not None

    def rest(self, seen: Seen, setting: Setting) -> Floats:
        """Return prices at rest under long trading: (J,) money per unit.

        Rules that react are played until prices stand still.
        """
        before = self.asked
        for _ in range(_ROUNDS):
            if self.needs_odds:
                odds = setting.weights(before, seen.lift, seen.is_open)
                seen = replace(seen, weight=odds)
            price = self.answers(replace(seen, posted=before), before)
            if not self._reactive:
                break
            if np.abs(price - before).max(initial=0.0) <= _REST * before.max(initial=0.0):
                break
            before = price
        self.asked = price
        return price

    def answers(self, seen: Seen, before: Floats) -> Floats:
        """Return what rules ask where they asked `before` (J,), bound to no step."""
        self.asked, self._seen_lowest = before, {name: [] for name in FOLLOWERS}
        return self._ask(seen)

    def prices(self, seen: Seen) -> Floats:
        """Return what outlets ask this week before promotions: (J,) money per unit."""
        self.asked = self._ask(seen, self._step)
        return self.asked

    def _ask(self, seen: Seen, step: Floats | None = None) -> Floats:
        quote = self._quote(seen)
        own = self._rules(quote)
        if self._lowest is not None:
            own = self._followed(quote, own, seen)
        own = np.maximum(own, _LEAST_PRICE * self.listed)
        if step is not None:
            own = pricing.sticky(own, self.asked, step)
        own = self.floor.within(own, quote, self.rebate)
        price = np.where(self.trade.sets_price, own, pricing.list_price(quote))
        return self.gap.within(price, seen.is_open)

    def _quote(self, seen: Seen) -> pricing.Quote:
        trade, each = self.trade, seen.reached[self.trade.partner]
        self.rebate = np.zeros_like(self.listed)
        for term in self._rebates:
            self.rebate += term.rate(each) * term.unit_base(self.listed, trade.wholesale)
        net = trade.wholesale - self.rebate
        left = np.maximum(net - seen.discount, _LEAST_COST * trade.wholesale)
        cost = np.where(seen.discount > 0, np.minimum(net, left), net)
        quote = pricing.Quote.of(
            self.listed,
            unit_cost=cost,
            markup=trade.markup,
            selling_rate=trade.selling_rate,
            passed=self._passed(cost),
            price=self.asked,
            **self._terms,
        )
        return quote if self._answers is None else replace(quote, **self._answer(quote, seen))

    def _answer(self, quote: pricing.Quote, seen: Seen) -> dict[str, Floats]:
        assert self._answers is not None
        margin = np.where(self.trade.title, quote.kept * quote.price - quote.unit_cost, 0.0)
        shown = seen.weight, quote.price, seen.lift, seen.is_open
        answer: dict[str, Floats] = vars(self._answers.at(*shown, margin))
        return answer | vars(self._answers.held(*shown)) if self._holds else answer

    def _passed(self, cost: Floats) -> Floats:
        """Return the change of cost that list prices pass on, money per unit: (J,)."""
        if not self._pass_through.any():
            return np.zeros_like(cost)
        now = np.where(self.trade.title, cost, self._agency_cost)
        self._reference = np.where(np.isnan(self._reference), now, self._reference)
        result: Floats = self._pass_through * (now - self._reference)
        return result

    def _followed(self, quote: pricing.Quote, own: Floats, seen: Seen) -> Floats:
        """Return prices with those who undercut and match behind those whom they follow."""
        assert self._lowest is not None
        follows = self._follows["undercut"] | self._follows["match"]
        now = np.where(follows, seen.posted, own * seen.factor)
        for name in FOLLOWERS:
            rows = self._follows[name]
            if rows.any():
                visible = (
                    seen.is_open & ~self._follows["match"] if name == "match" else seen.is_open
                )
                rival = self._rivals(name, now, seen.posted, visible)
                own = np.where(rows, pricing.RULES[name](replace(quote, rival=rival)), own)
                now = np.where(rows, own * seen.factor, now)
        return own

    def _rivals(self, name: str, now: Floats, posted: Floats, visible: Bools) -> Floats:
        """Return the lowest rival price as each follower's lag shows it: (J,)."""
        assert self._lowest is not None
        deepest = int(self._before.max(initial=0))
        past = [self._lowest(posted, visible), *self._seen_lowest[name]][: max(deepest, 1)]
        self._seen_lowest[name] = past
        at_once = bool((self._before == 0).any())
        shown = [self._lowest(now, visible), *past] if at_once else past
        first = 0 if at_once else 1
        at = np.clip(self._before - first, 0, len(shown) - 1)
        result: Floats = np.stack(shown)[at, np.arange(len(now))]
        return result


def _own_terms(case: Scenario, trade: Trade) -> dict[str, Floats]:
    """Return what quotes hold all through a run, by field: (J,) each."""
    partner, floor = case.columns.partner_of, case.policy.price_floor
    shared = first_rate(case, "revenue_share") + first_rate(case, "royalty")
    return {
        "shared": np.where(trade.own, 0.0, shared),
        "floor": np.full(len(partner), 0.0 if floor is None else floor),
        "capacity": case.columns.capacity,
        "undercut": np.array([p.undercut for p in case.partners])[partner],
        "min_margin": np.array([p.min_margin for p in case.partners])[partner],
        "match_gap": np.array([k.match_gap for k in case.channel_types])[case.columns.type_of],
    }


def _lags(case: Scenario) -> Ints:
    """Return the weeks after which each outlet answers a rival's price: (J,)."""
    kinds = [case.channel_types[t] for t in case.columns.type_of]
    firms = [case.partners[p] for p in case.columns.partner_of]
    pairs = zip(firms, kinds, strict=True)
    lags = [k.match_lag if p.match_lag is None else p.match_lag for p, k in pairs]
    return np.array(lags, dtype=np.int64)


def _steps(case: Scenario) -> Floats:
    """Return how far each outlet's price may move in a week: (J,) shares, inf without limit."""
    steps = [np.inf if p.price_step is None else p.price_step for p in case.partners]
    result: Floats = np.array(steps, dtype=np.float64)[case.columns.partner_of]
    return result


def _passing(case: Scenario) -> tuple[Floats, Floats]:
    """Return the share of a change of cost passed on, and the cost at which the price was listed,
    NaN where it is the cost at the start: (J,) each.
    """
    kinds = [case.channel_types[t] for t in case.columns.type_of]
    firms = [case.partners[p] for p in case.columns.partner_of]
    pairs = zip(firms, kinds, strict=True)
    shares = [k.pass_through if p.pass_through is None else p.pass_through for p, k in pairs]
    costs = [np.nan if k.reference_cost is None else k.reference_cost for k in kinds]
    return np.array(shares, dtype=np.float64), np.array(costs, dtype=np.float64)
