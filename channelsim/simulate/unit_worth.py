"""What a unit sold brings an outlet's partner under its contracts, by how much it has sold.

A newsvendor weighs it. What a contract pays or takes per unit at the planned attainment comes with
every unit; where rates pay above their steps alone, only with units above them. A step is a share
of quota: of the units expected of an outlet, times the quota's growth.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from channelsim.domain.columns import Bools, Floats, frozen
from channelsim.domain.contract import MARGINAL, Contract
from channelsim.domain.economics import first_rate, terms_by_candidate
from channelsim.domain.scenario import Scenario
from channelsim.simulate.earned import TO_PARTNER
from channelsim.simulate.trade import Trade

_LEAST = 1e-300
"""Quota of an outlet of which nothing is expected, units: a missing step stays out of reach."""
_PAID = ("rebate", "commission", "coop", "quantity_discount")


@dataclass(frozen=True, eq=False)
class UnitWorth:
    """Contracts as a newsvendor reads them: J outlets, K steps."""

    kept: Floats
    """(J,) share of the price that is not owed to the maker."""
    on_sales: Floats
    """(J,) what the maker pays on a unit, share of the price."""
    on_purchases: Floats
    """(J,) money on a unit that the maker pays on what it cost."""
    targets: Floats
    """(J, K) units a week above which a unit brings more; inf: none."""
    share: Floats
    """(J, K) what it brings besides, share of the price."""
    money: Floats
    """(J, K) what it brings besides, money."""

    @classmethod
    def of(cls, case: Scenario, trade: Trade) -> Self:
        """Read the contracts in force."""
        ladders = [_Ladder.of(case, name) for name in MARGINAL]
        shared = np.zeros(len(trade.own))
        for name in ("revenue_share", "royalty"):
            plain = ~_above(terms_by_candidate(case, name))
            shared = shared + np.where(plain, first_rate(case, name), 0.0)
        on_sales, on_purchases = _paid(case, trade)
        quota = np.maximum(case.policy.quota_growth * trade.expected, _LEAST)
        targets = np.concatenate([x.steps for x in ladders], axis=1) * quota[:, None]
        rates = np.concatenate([x.rates for x in ladders], axis=1)
        bought = np.concatenate([x.bought for x in ladders], axis=1) & trade.title[:, None]
        order = np.argsort(targets, axis=1, kind="stable")
        sort = (np.take_along_axis(x, order, axis=1) for x in (targets, rates, bought))
        targets, rates, bought = (x[:, : int(np.isfinite(targets).sum(1).max())] for x in sort)
        return cls(
            kept=frozen(1 - np.where(trade.own, 0.0, shared)),
            on_sales=frozen(on_sales),
            on_purchases=frozen(on_purchases),
            targets=frozen(targets),
            share=frozen(np.where(bought, 0.0, rates)),
            money=frozen(np.where(bought, rates * trade.wholesale[:, None], 0.0)),
        )

    def price(self, price: Floats) -> Floats:
        """Return what a unit brings below the first step at prices (J,): (J,) money."""
        result: Floats = self.kept * price + self.on_sales * price + self.on_purchases
        return result

    def extra(self, price: Floats) -> Floats:
        """Return what a unit above each step brings besides at prices (J,): (J, K) money."""
        result: Floats = self.share * price[:, None] + self.money
        return result


@dataclass(frozen=True, eq=False)
class _Ladder:
    """Steps of one instrument that pay above them alone, each (J, K)."""

    steps: Floats
    rates: Floats
    bought: Bools

    @classmethod
    def of(cls, case: Scenario, name: str) -> Self:
        rows = terms_by_candidate(case, name)
        wide = max((len(found) for found in rows if found and found[0].above_only), default=0)
        steps = np.full((len(rows), wide), np.inf)
        rates, bought = np.zeros_like(steps), np.zeros(steps.shape, dtype=np.bool_)
        for j, found in enumerate(rows):
            if found and found[0].above_only:
                ladder = sorted(found, key=lambda row: row.step)
                size, each = len(ladder), np.array([row.rate for row in ladder])
                steps[j, :size] = [row.step for row in ladder]
                rates[j, :size] = TO_PARTNER[name] * np.diff(each, prepend=0.0)
                bought[j, :size] = [row.on_purchases for row in ladder]
        return cls(steps, rates, bought)


def _above(rows: list[tuple[Contract, ...]]) -> Bools:
    return np.array([bool(found) and found[0].above_only for found in rows], dtype=np.bool_)


def _paid(case: Scenario, trade: Trade) -> tuple[Floats, Floats]:
    """Return what the maker pays on every unit: (J,) share of the price, and (J,) money."""
    on_sales, on_purchases = np.zeros(len(trade.own)), np.zeros(len(trade.own))
    for name in _PAID:
        if name in case.tariff.rates:
            rate, bought = case.tariff.rates[name]
            plain = ~_above(terms_by_candidate(case, name)) & ~trade.own
            bought = bought & trade.title
            on_sales = on_sales + np.where(plain & ~bought, rate, 0.0)
            on_purchases = on_purchases + np.where(plain & bought, rate * trade.wholesale, 0.0)
    return on_sales, on_purchases
