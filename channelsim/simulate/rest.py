"""Rest points: what partners' own rules settle on under given terms, without chance.

Prices (pricing rules) and efforts (effort rules) answer the demand that is expected at them, round
after round, until none moves:

    p <- rule(expected units and slopes at p, effort),   effort <- rule(income per unit at p).

Near rest the last answers are mixed, so that fewer rounds do (`simulate.mixing`); a point is at
rest only if its own answers stand still. Two starts may come to rest at different points, and some
come to rest nowhere: what happened is in the result. Who minds quotas sees a period as it begins,
and lags of prices that follow rest where time no longer matters; bargaining, promotions and events
are left out.

An outlet that sells nothing sees no demand that falls with its price, and its rule has nothing to
answer. So where all stand still, each such outlet looks at a price a little above what a unit costs
it; if it would sell there and its rule then keeps it selling, the answers go on from that price.
"""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, across, frozen
from channelsim.domain.demand import logit_shares, occasions, open_mask
from channelsim.domain.economics import (
    UnitMoney,
    distributor_profit,
    partner_profit,
    unit_money,
)
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate.asking import Asking, Seen
from channelsim.simulate.decisions import Decisions
from channelsim.simulate.firms import Standing
from channelsim.simulate.mixing import Mixing
from channelsim.simulate.pacing import Pace
from channelsim.simulate.setting import Setting
from channelsim.simulate.start import outlook, standing
from channelsim.simulate.terms import all_terms
from channelsim.simulate.trade import Firms, Trade

ROUNDS = 500
"""Most rounds of answers."""
STILL = 1e-12
"""Change of a price, share of it, and of an effort, below which they are at rest."""
_ABOVE = 1e-3
"""Part of its cost above which an outlet that sells nothing looks at a price."""
_LEAST = 1e-9
"""Least price that is looked at, money per unit."""


@dataclass(frozen=True, eq=False)
class RestPoint:
    """Where partners' answers came to rest, in an average week; J candidates, P partners."""

    price: Floats
    """(J,) consumer prices, money per unit."""
    effort: Floats
    """(J,) efforts, 1 as planned."""
    units: Floats
    """(J,) units sold per week, 0 where closed."""
    partner_profit: Floats
    """(P,) profits of partners, of distributors too, money per week; 0 for the maker's own arms."""
    maker_profit: dict[str, float]
    """Profit by maker of the goods, money per week: the one manufacturer is the empty name."""
    shortfall: Floats
    """(P,) what it lacks of its reservation profit, money per week; who minds risk also counts the
    cost of effort, and what the risk of its income is worth to it."""
    at_rest: bool
    """Whether prices and efforts stand still."""
    rounds: int
    """Rounds of answers played."""

    @property
    def channel_profit(self) -> float:
        """Profit of makers and partners together, money per week."""
        return float(self.partner_profit.sum()) + sum(self.maker_profit.values())


def rest_point(
    scenario: Scenario,
    layout: Layout | None = None,
    *,
    start: Floats | None = None,
    rounds: int = ROUNDS,
) -> RestPoint:
    """Return where partners' prices and efforts come to rest under a layout (Nash 1951).

    Parameters
    ----------
    layout
        Today's by default.
    start
        (J,) prices from which answers begin, money per unit; listed prices by default.
    rounds
        Most rounds of answers.

    Raises
    ------
    BadValue
        If the layout names a candidate or partner that the scenario does not have.
    """
    table = _Table.of(scenario, scenario.today if layout is None else layout)
    price, effort = (scenario.columns.price if start is None else start), np.ones(table.count)
    mixing = Mixing()
    for number in range(1, rounds + 1):
        asked, worked = table.answer(price, effort)
        moved = np.abs(asked / price - 1)[table.is_open].max(initial=0.0)
        moved = max(float(moved), float(np.abs(worked - effort).max(initial=0.0)))
        if moved <= STILL:
            woken = table.woken(asked, worked)
            if woken is None:
                return table.point(asked, worked, at_rest=True, rounds=number)
            price, effort, mixing = woken, worked, Mixing()
            continue
        at, answer = np.concatenate([price, effort]), np.concatenate([asked, worked])
        price, effort = np.split(mixing.next(at, answer), 2)
    return table.point(asked, worked, at_rest=False, rounds=rounds)


@dataclass(frozen=True, eq=False)
class _Table:
    """Those who answer one another, and what they see."""

    scenario: Scenario
    setting: Setting
    trade: Trade
    asking: Asking
    decisions: Decisions
    firms: Firms
    standing: Standing
    is_open: Bools

    @classmethod
    def of(cls, case: Scenario, layout: Layout) -> "_Table":
        setting, trade = Setting.of(case, layout), Trade.of(case, layout)
        firms, is_open = Firms.of(case, layout, trade), open_mask(case, layout)
        terms = all_terms(case, trade, firms)
        listed = unit_money(case)
        plan = outlook(setting, trade, terms, listed, is_open)
        known = setting.by_partner(is_open.astype(np.float64)) > 0
        at_start = standing(firms, plan, plan, known, np.zeros(len(known), dtype=np.int64))
        decisions = Decisions(case, trade, firms, terms)
        decisions.calibrate(listed, at_start.reached)
        asking = Asking(case, setting, trade, firms, terms)
        return cls(case, setting, trade, asking, decisions, firms, at_start, is_open)

    @property
    def count(self) -> int:
        """Number of candidates."""
        return len(self.is_open)

    def answer(self, price: Floats, effort: Floats) -> tuple[Floats, Floats]:
        """Return prices and efforts that answer these: (J,) each."""
        lift = self.decisions.lifts(effort, self.standing.training)
        zero = np.zeros_like(price)
        asked = self.asking.answers(
            Seen(
                reached=self.standing.reached,
                discount=zero,
                posted=price,
                factor=zero + 1,
                weight=self.setting.weights(price, lift, self.is_open),
                lift=lift,
                is_open=self.is_open,
            ),
            price,
        )
        motivation = np.ones(len(self.standing.trust))
        pace = self._pace(price) if self.decisions.by_quota else None
        worked = self.decisions.efforts(self.money(asked), self.standing, motivation, pace)
        return asked, worked

    def _pace(self, price: Floats) -> Pace:
        """Return what partners who mind quotas see at prices as a period begins."""
        at_one = self.decisions.lifts(np.ones_like(price), self.standing.training)
        by_partner, growth = self.setting.by_partner, self.scenario.policy.quota_growth
        quota = growth * by_partner(np.where(self.is_open, self.trade.expected, 0.0))
        units = by_partner(self._units(price, at_one))
        return Pace.begun(units, quota, self.firms.sales_spread)

    def _units(self, price: Floats, lift: Floats) -> Floats:
        """Return the units that sell in an average week: (J,)."""
        share = logit_shares(self.setting.arcs, self.setting.weights(price, lift, self.is_open))
        wanted = across(share * occasions(self.scenario)[self.setting.arcs.zone])
        return np.minimum(self.setting.by_outlet(wanted), self.trade.capacity)

    def woken(self, price: Floats, effort: Floats) -> Floats | None:
        """Return prices (J,) at which an outlet that sells nothing would sell and gain, or None."""
        lift = self.decisions.lifts(effort, self.standing.training)
        idle = self.is_open & (self._units(price, lift) <= 0) & ~np.isnan(self.trade.wholesale)
        for outlet in np.flatnonzero(idle).tolist():
            trial = price.copy()
            trial[outlet] = self._paying(price)[outlet] * (1 + _ABOVE)
            if trial[outlet] >= price[outlet] or self._units(trial, lift)[outlet] <= 0:
                continue
            asked, _ = self.answer(trial, effort)
            trial[outlet] = asked[outlet]
            if self._units(trial, lift)[outlet] > 0:
                return trial
        return None

    def _paying(self, price: Floats) -> Floats:
        """Return the prices at which partners earn nothing on a unit: (J,)."""
        income = self.money(price).partner_income
        dearer = self.money(price + 1).partner_income - income
        gone = np.divide(income, dearer, out=np.zeros_like(price), where=dearer > 0)
        return np.maximum(price - gone, _LEAST)

    def money(self, price: Floats) -> UnitMoney:
        """Return the money per unit and week at prices."""
        return unit_money(self.scenario, price)

    def point(self, price: Floats, effort: Floats, *, at_rest: bool, rounds: int) -> RestPoint:
        """Return what prices and efforts bring."""
        lift = self.decisions.lifts(effort, self.standing.training)
        units = self._units(price, lift)
        money, open_, own = self.money(price), self.is_open, self.trade.own
        earned = np.where(open_ & ~own, partner_profit(money, units), 0.0)
        asked = np.where(open_, money.reservation + money.reservation_rate * money.price * units, 0)
        kept = np.where(open_, units * money.margin - money.fixed, 0.0)
        kept = kept + np.where(open_ & own, partner_profit(money, units), 0.0)
        by_partner = self.setting.by_partner
        burden = self.decisions.burden(money, self.standing, units, effort)
        passed = distributor_profit(self.scenario, units)
        return RestPoint(
            price=frozen(price),
            effort=frozen(effort),
            units=frozen(units),
            partner_profit=frozen(by_partner(earned) + passed),
            maker_profit=self._by_maker(kept),
            shortfall=frozen(
                np.maximum(by_partner(np.where(own, 0.0, asked) - earned) + burden - passed, 0.0)
            ),
            at_rest=at_rest,
            rounds=rounds,
        )

    def _by_maker(self, kept: Floats) -> dict[str, float]:
        makers = [c.maker for c in self.scenario.candidates]
        total = dict.fromkeys(sorted(set(makers)), 0.0)
        for maker, money in zip(makers, kept.tolist(), strict=True):
            total[maker] += money
        return total
