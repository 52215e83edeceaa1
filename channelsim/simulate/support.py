"""What the maker does for its partners: support, its own sales team, meetings."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.scenario import Scenario
from channelsim.simulate.ledger import MAKER, SERVICES
from channelsim.simulate.rules import effort, support
from channelsim.simulate.trade import LEAST_SCALE, Firms, Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


class Support:
    """Stocks of support of every partner, the team's morale and skill, and what meetings told.

    Parameters
    ----------
    case, trade, firms
        The run's scenario, terms of trade and partners.
    """

    def __init__(self, case: Scenario, trade: Trade, firms: Firms) -> None:
        self.case, self.trade, self.firms = case, trade, firms
        none = np.zeros(len(firms.own))
        self.technical, self.after_sales, self.fresh = none, none, none
        self.morale, self.skill, self.attention = 1.0, 0.0, 0.0
        self._tastes = np.array([s.service_weight for s in case.segments])
        self._loss = np.array([s.happy_service_loss for s in case.segments])

    @property
    def motivation(self) -> Floats:
        """Factor on each partner's effort: (P,); 1 for the maker's own."""
        factor = support.motivation(self.technical, self.after_sales)
        factor = factor * (1 + support.TEAM_LIFT * self.attention)
        return np.where(self.firms.own, 1.0, factor)

    @property
    def precision(self) -> Floats:
        """Precision (inverse variance) of each partner's forecast over that without meetings."""
        return support.precision(self.fresh)

    def help(self, channel: "Channel") -> float:
        """Support, visit and meet partners before a week; return what team and meetings cost."""
        self.technical = self._built(self.technical, "technical_support")
        self.after_sales = self._built(self.after_sales, "after_sales_support")
        if "after_sales_support" in self.firms.spend:
            raised = 1 + self.after_sales[self.trade.partner]
            channel.after_sales.capacity = self.case.columns.after_sales * raised
        return self._visit(channel) + self._meet(channel)

    def served(self, weight: Floats) -> Floats:
        """Return odds (A, C) with what technical support adds to service."""
        gain = self._gain(weight.shape[1], self._tastes)
        return weight if gain is None else weight * np.exp(gain)

    def pleased(self, happy: Floats) -> Floats:
        """Return the chance of a happy purchase (A, C) with what technical support adds to it."""
        gain = self._gain(happy.shape[1], self._loss)
        return happy if gain is None else np.minimum(happy + gain, 1.0)

    def _gain(self, kinds: int, weight: Floats) -> Floats | None:
        if not self.technical.any():
            return None
        at, columns = self.case.arcs.candidate, self.case.columns
        added = support.SERVICE_GAIN * self.technical[self.trade.partner]
        added = np.minimum(added, 1 - columns.service)[at]
        return np.outer(added, np.repeat(weight, kinds // len(weight)))

    def _built(self, stock: Floats, instrument: str) -> Floats:
        if instrument not in self.firms.spend:
            return stock
        weeks, decay = support.SUPPORT_WEEKS, support.SUPPORT_DECAY
        return effort.trained(stock, *self.firms.money_for(instrument), 1.0, decay, weeks)

    def _visit(self, channel: "Channel") -> float:
        policy, standing = self.case.policy, channel.standing
        if policy.sales_heads == 0:
            return 0.0
        partners = standing.active & ~self.firms.own
        if partners.any():
            reached = float(standing.attainment[partners].mean()) * policy.quota_growth
            self.morale = support.morale(self.morale, reached)
        bend = max(support.TRAINING_SHARE * policy.head_salary, LEAST_SCALE)
        money = np.array([policy.head_training]), np.array([bend])
        self.skill = float(effort.trained(np.array([self.skill]), *money)[0])
        self.attention = support.attention(
            policy.sales_heads,
            policy.span_of_control,
            int(partners.sum()),
            self.morale,
            self.skill,
        )
        closer = support.TEAM_TRUST * self.attention
        standing.trust = support.closer(standing.trust, closer, partners)
        cost = policy.sales_heads * (policy.head_salary + policy.head_training)
        channel.ledger.pay("sales team", MAKER, SERVICES, cost)
        return cost

    def _meet(self, channel: "Channel") -> float:
        policy, standing = self.case.policy, channel.standing
        every = policy.meeting_weeks
        if every is None:
            return 0.0
        self.fresh = self.fresh * (1 - support.MEETING_FORGOTTEN)
        if channel.week == 0 or channel.week % every:
            return 0.0
        come = standing.active & ~self.firms.own
        self.fresh = np.where(come, 1.0, self.fresh)
        standing.trust = support.closer(standing.trust, support.MEETING_TRUST, come)
        cost = policy.meeting_cost * float(come.sum())
        channel.ledger.pay("meetings", MAKER, SERVICES, cost)
        return cost
