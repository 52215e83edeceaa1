"""What contracts owe partners, worked out anew from what a run's weeks showed and the scenario's
rows: period by period, instrument by instrument.

A period earns its partner rate x base, at the step reached when it ends, no more than the cap. What
has accrued counts units sold; what is paid counts units bought where the base is purchases, some
weeks after the period ends. Hence, of every instrument and partner, over a run:

    accrued = paid + owed + unsold,

unsold being what periods that have ended accrued on units sold less what they pay on units bought.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from channelsim.domain.contract import PERIODS, Contract
from channelsim.domain.economics import terms_by_candidate
from channelsim.domain.quota import linear_bonus
from channelsim.simulate.channel import Channel

TO_PARTNER = ("rebate", "commission", "bonus", "coop", "quantity_discount")
TO_MAKER = ("royalty", "revenue_share", "franchise_fee")
TO_MEDIA = ("marketing",)
FORFEITED = ("rebate", "bonus")
SIGNED = {"rebate": "rebate", "royalty": "rebate", "commission": "commission", "bonus": "bonus"}
"""Instrument of a layout's money -> what it promises the partner."""


class Week(NamedTuple):
    """What a week shows that contracts go by: of outlets (J,), and of partners (P,)."""

    sold: np.ndarray
    shipped: np.ndarray
    is_open: np.ndarray
    price: np.ndarray
    reported: np.ndarray
    quota: np.ndarray
    active: np.ndarray
    forfeited: np.ndarray


class Step(NamedTuple):
    """One row of terms."""

    at: float
    rate: float
    weeks: int
    lag: int = 0
    cap: float = np.inf
    on_purchases: bool = False

    @classmethod
    def of(cls, row: Contract) -> "Step":
        cap = np.inf if row.cap is None else row.cap
        return cls(row.step, row.rate, PERIODS[row.period], row.payment_lag, cap, row.on_purchases)


@dataclass(frozen=True)
class Term:
    """Steps of one instrument that a partner has for some of its outlets."""

    instrument: str
    partner: int
    outlets: tuple[int, ...]
    steps: tuple[Step, ...]
    planned: bool
    """Whether any of the outlets is in the layout: a bonus is for its quota."""
    slope: float | None = None
    """Rate per unit of attainment that stands in for the steps."""

    @property
    def full(self) -> Step:
        """The step reached at full attainment, whose period, base, cap and lag hold for all."""
        return ([step for step in self.steps if step.at <= 1] or [self.steps[0]])[-1]

    def due(self, channel: Channel, period: list[Week], counted: str) -> float:
        """Return what a period earns, within the cap, by units "sold" or "bought"."""
        rate, base = self._rate(channel, period), self._base(channel, period, counted)
        return min(rate * base, self.full.cap)

    def _rate(self, channel: Channel, period: list[Week]) -> float:
        last, me, name = period[-1], self.partner, self.instrument
        if name == "franchise_fee":
            return self.steps[-1].rate
        if not last.active[me] or (name in FORFEITED and last.forfeited[me]):
            return 0.0
        quota = sum(week.quota[me] for week in period)
        reached = sum(week.reported[me] for week in period) / quota if quota > 0 else 1.0
        if name == "quantity_discount":
            reached = sum(week.shipped[channel.trade.partner == me].sum() for week in period)
        if self.slope is not None:
            return self.slope * reached
        return next((step.rate for step in reversed(self.steps) if step.at <= reached), 0.0)

    def _base(self, channel: Channel, period: list[Week], counted: str) -> float:
        at, trade = list(self.outlets), channel.trade
        if self.instrument == "bonus":
            return float(self.planned)
        if self.instrument == "franchise_fee":
            return float(sum(week.is_open[at].sum() for week in period)) / self.full.weeks
        bought, total = trade.title[at] & self.full.on_purchases, 0.0
        for week in period:
            units = np.where(bought & (counted == "bought"), week.shipped[at], week.sold[at])
            total += float((units * np.where(bought, trade.wholesale[at], week.price[at])).sum())
        return total


class Statement:
    """Accounts of a run by instrument: (P,) money each.

    Parameters
    ----------
    channel
        The run, played.
    weeks
        What its weeks showed.
    """

    def __init__(self, channel: Channel, weeks: list[Week]) -> None:
        count = len(channel.case.partners)
        self.accrued, self.paid, self.owed, self.unsold = (
            defaultdict(lambda: np.zeros(count)) for _ in range(4)
        )
        for term in (*contracted(channel), *signed(channel)):
            for start in range(0, len(weeks), term.full.weeks):
                self._add(channel, term, weeks, start)

    def _add(self, channel: Channel, term: Term, weeks: list[Week], start: int) -> None:
        name, me, end = term.instrument, term.partner, start + term.full.weeks
        period = weeks[start:end]
        sold = term.due(channel, period, "sold")
        self.accrued[name][me] += sold
        if end > len(weeks):
            self.owed[name][me] += sold
            return
        payable = term.due(channel, period, "bought")
        self.unsold[name][me] += sold - payable
        is_paid = end + term.full.lag <= len(weeks)
        (self.paid if is_paid else self.owed)[name][me] += payable


def contracted(channel: Channel) -> Iterator[Term]:
    """Yield the terms of the contract table: outlets under the same rows share a cap."""
    case, trade = channel.case, channel.trade
    planned = (trade.opens < trade.closes) | (trade.expected > 0)
    for name in (*TO_PARTNER, *TO_MAKER, *TO_MEDIA):
        groups: dict[tuple[int, tuple[Contract, ...]], list[int]] = defaultdict(list)
        for at, rows in enumerate(terms_by_candidate(case, name)):
            if rows:
                groups[int(trade.partner[at]), rows].append(at)
        linear = name == "bonus" and case.policy.quota_shape == "linear"
        for (partner, rows), outlets in groups.items():
            first = {row.step: row for row in reversed(rows)}
            steps = tuple(Step.of(first[step]) for step in sorted(first))
            slope = linear_bonus(first.values(), case.policy) if linear else None
            meant = bool(planned[outlets].any())
            yield Term(name, partner, tuple(outlets), steps, meant, slope)


def signed(channel: Channel) -> Iterator[Term]:
    """Yield what the layout's money promises: a share of takings, or a quarterly sum at quota."""
    case, trade = channel.case, channel.trade
    quarter = PERIODS["quarter"]
    for row in channel.layout.incentives:
        name = SIGNED.get(row.instrument)
        if name is None:
            continue
        partner = case.columns.partner_index[row.partner]
        at = np.flatnonzero(trade.partner == partner)
        takings = float((trade.expected * case.columns.price)[at].sum())
        share = row.value / takings if takings > 0 else 0.0
        step = Step(1.0, row.value * quarter, quarter) if name == "bonus" else None
        meant = bool((trade.opens < trade.closes)[at].any())
        yield Term(name, partner, tuple(at), (step or Step(0.0, share, quarter),), meant)
