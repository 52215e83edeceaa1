"""How partners decide: each outlet's rules by name, and what those rules see."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.economics import UnitMoney
from channelsim.domain.quota import PAID_BY_QUOTA
from channelsim.domain.rules import rules_of
from channelsim.domain.scenario import Scenario
from channelsim.simulate.firms import Standing
from channelsim.simulate.pacing import SURPRISE, Pace
from channelsim.simulate.rules import effort
from channelsim.simulate.rules.chosen import Chosen
from channelsim.simulate.terms import Terms
from channelsim.simulate.trade import Firms, Trade


class Decisions:
    """Effort of every outlet.

    A partner counts on the rebate of the step it reached at the last review, and hopes for bonuses.

    Parameters
    ----------
    case, trade, firms, terms
        The run's scenario, terms of trade, partners and contracts.
    """

    def __init__(
        self, case: Scenario, trade: Trade, firms: Firms, terms: tuple[Terms, ...]
    ) -> None:
        self.case, self.trade, self.firms = case, trade, firms
        self.listed = case.columns.price
        self._effort = Chosen.of(rules_of(case, "effort"), effort.RULES, effort.Stake.at)
        names = np.array(rules_of(case, "effort"), dtype=object)
        self._minding = np.flatnonzero(names == "quota_driven")
        self.by_quota = len(self._minding) > 0
        self._rebates = tuple(term for term in terms if term.instrument == "rebate")
        stepped = (term for term in terms if term.instrument in PAID_BY_QUOTA)
        self._stepped = tuple(t for t in stepped if t.slope is None and not _flat(t))
        self._alignment = np.array([p.alignment for p in case.partners])[trade.partner]
        self._maker_usual = np.zeros_like(self.listed)
        self._hoped = self._per_unit(t for t in terms if t.instrument == "bonus" and not t.signed)
        self._signed = self._per_unit(t for t in terms if t.signed)
        self._usual = np.zeros_like(self.listed)

    def calibrate(self, money: UnitMoney, reached: Floats) -> None:
        """Take today's terms as those for which partners exert effort 1, unless their channel type
        says what is usual.
        """
        usual = self._counted_on(money, reached) + self._hoped
        self._usual = np.where(np.isnan(self.trade.usual_income), usual, self.trade.usual_income)
        self._maker_usual = money.margin

    def efforts(
        self, money: UnitMoney, standing: Standing, motivation: Floats, pace: Pace | None
    ) -> Floats:
        """Return each outlet's effort by its rule: (J,).

        Parameters
        ----------
        motivation
            (P,) factor on the effort of partners that the maker supports.
        pace
            How far partners are on the way to their quotas, where any of them minds.
        """
        committed = effort.commitment(standing.trust, standing.satisfaction, standing.start)
        committed = np.where(self.firms.own, 1.0, committed) * motivation
        income = self._income(money, standing)
        stake = effort.Stake(
            income=income,
            usual=self._usual,
            commitment=committed[self.trade.partner],
            elasticity=self.case.policy.effort_elasticity,
            alignment=self._alignment,
            maker=money.margin,
            maker_usual=self._maker_usual,
            least=self.case.policy.least_effort,
        )
        if pace is not None:
            goals = tuple(
                pace.goal(term, money.price, self.trade, self._minding) for term in self._stepped
            )
            certain = income - self._by_quota(money, standing.reached)
            stake = replace(stake, certain=certain, goals=goals)
        return self._effort(stake)

    def first_best(self, money: UnitMoney, standing: Standing) -> Floats:
        """Return the effort at which partner and maker together earn most on each outlet: (J,)."""
        whole = self._income(money, standing) + money.margin
        elasticity = self.case.policy.effort_elasticity
        return effort.best_response(
            effort.Stake(whole, self._usual, np.ones_like(whole), elasticity)
        )

    def _income(self, money: UnitMoney, standing: Standing) -> Floats:
        return self._counted_on(money, standing.reached) + self._hoped + self._signed

    def _by_quota(self, money: UnitMoney, reached: Floats) -> Floats:
        """Return the income per unit counted on that steps of attainment move: (J,) money."""
        total, each = np.zeros_like(self.listed), reached[self.trade.partner]
        for term in self._stepped:
            if term.instrument == "rebate":
                total += term.rate(each) * term.unit_base(money.price, self.trade.wholesale)
            else:
                total += term.per_unit(self.listed, self.trade)
        return total

    def burden(
        self, money: UnitMoney, standing: Standing, units: Floats, efforts: Floats
    ) -> Floats:
        """Return what effort costs those who mind risk, and what the risk of their income is worth
        to them: (P,) money per week, 0 for the others.

        Effort e costs s q m* e^2 / 2, q the units (J,) of effort 1; income of m a unit whose sales
        vary by d costs r (m d)^2 / 2 (Holmstrom and Milgrom 1987).
        """
        partner, elasticity = self.trade.partner, self.case.policy.effort_elasticity
        at_one = units / efforts**elasticity
        cost = elasticity * at_one * self._usual * efforts**2 / 2
        sold = np.bincount(partner, units, len(self.firms.own))
        earned = np.bincount(partner, units * self._income(money, standing), len(sold))
        each = np.divide(earned, sold, out=np.zeros_like(sold), where=sold > 0)
        spread = np.where(
            np.isnan(self.firms.sales_spread), SURPRISE * sold, self.firms.sales_spread
        )
        total = (
            np.bincount(partner, cost, len(sold))
            + self.firms.risk_aversion * (each * spread) ** 2 / 2
        )
        result: Floats = np.where(self.firms.risk_aversion > 0, total, 0.0)
        return result

    def lifts(self, efforts: Floats, training: Floats) -> Floats:
        """Return what effort (J,), training (P,) and goodwill add to utility: (J,) utils."""
        skill = 1 + training / np.maximum(self.firms.capability, effort.LEAST_SKILL)
        rate = self.case.market.goodwill
        shown = [self.firms.money_for(name) for name in ("coop", "marketing")]
        liked = sum((effort.goodwill(rate, *money) for money in shown), np.zeros_like(skill))
        partner, elasticity = self.trade.partner, self.case.policy.effort_elasticity
        return effort.lift(efforts, skill[partner], elasticity, liked[partner])

    def _counted_on(self, money: UnitMoney, reached: Floats) -> Floats:
        """Return income per unit with rebates as reached instead of as planned: (J,) money."""
        each = reached[self.trade.partner]
        full = np.full_like(self.listed, self.case.policy.planned_attainment)
        income: Floats = money.partner_income.copy()
        for term in self._rebates:
            if not term.signed:
                missed = term.rate(each) - term.rate(full)
                income += missed * term.unit_base(money.price, self.trade.wholesale)
        return income

    def _per_unit(self, terms: Iterable[Terms]) -> Floats:
        money = (term.per_unit(self.listed, self.trade) for term in terms)
        return sum(money, np.zeros_like(self.listed))


def _flat(term: Terms) -> bool:
    """Return whether a term has no step above an attainment of 0."""
    return bool((~np.isfinite(term.steps) | (term.steps <= 0)).all())
