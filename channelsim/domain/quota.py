"""Pay by quota: over which period attainment counts, and a linear scheme that costs as much.

With attainment A of quota, planned at a with standard deviation d, a ladder of rates r_k from steps
t_k is expected to pay, with z_k = (a - t_k) / d (Oyer 1998 has the steps, Chung, Steenburgh and
Sudhir 2014 compare periods),

    a rebate, share of sales:   sum over k of (r_k - r_{k-1}) (Phi(z_k) + d phi(z_k) / a)
    a bonus, money per period:  sum over k of (r_k - r_{k-1}) Phi(z_k)

A linear scheme pays the first on every unit, or the second times A / a, whatever is reached.
"""

import math
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from channelsim.domain.contract import PERIODS, SUMS, Contract

if TYPE_CHECKING:
    from channelsim.domain.policy import Policy
    from channelsim.domain.scenario import Scenario

PAID_BY_QUOTA = ("rebate", "bonus")


def mean_rate(rows: Iterable[Contract], attainment: float, spread: float) -> float:
    """Return the rate that rows with steps are expected to pay, per unit of the planned base.

    Parameters
    ----------
    rows
        Steps of one instrument.
    attainment, spread
        Mean and standard deviation of the attainment planned, shares of quota.
    """
    total, below = 0.0, 0.0
    for row in sorted(rows, key=attrgetter("step")):
        total += (row.rate - below) * _weight(row, attainment, spread)
        below = row.rate
    return total


def contracts_in_force(scenario: "Scenario") -> tuple[Contract, ...]:
    """Return the contract rows under the policy's quota period and quota shape.

    A linear rebate is one rate on everything; a linear bonus stays as it is here: it is paid by
    attainment (`linear_bonus`).
    """
    policy = scenario.policy
    rows = tuple(_over(row, policy.quota_period) for row in scenario.contracts)
    if policy.quota_shape == "cliff":
        return rows
    ladders: dict[tuple[str, str], list[Contract]] = {}
    for row in rows:
        if row.instrument == "rebate":
            ladders.setdefault((row.partner, row.channel_type), []).append(row)
    flat = (_flat(steps, policy) for steps in ladders.values())
    return (*(row for row in rows if row.instrument != "rebate"), *flat)


def linear_bonus(rows: Iterable[Contract], policy: "Policy") -> float:
    """Return money per period and unit of attainment that costs what the bonus steps cost."""
    reached = policy.planned_attainment
    mean = mean_rate(rows, reached, policy.attainment_spread)
    return mean / reached if reached > 0 else 0.0


def _weight(row: Contract, attainment: float, spread: float) -> float:
    if spread == 0 or attainment <= 0:
        return float(attainment >= row.step)
    z = (attainment - row.step) / spread
    reach = (1 + math.erf(z / math.sqrt(2))) / 2
    if row.instrument in SUMS:
        return reach
    return reach + spread / attainment * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def _over(row: Contract, period: str) -> Contract:
    """Return a row over another period, a sum of money in proportion."""
    if not period or period == row.period or row.instrument not in PAID_BY_QUOTA:
        return row
    longer = PERIODS[period] / PERIODS[row.period]
    rate = row.rate * longer if row.instrument in SUMS else row.rate
    cap = None if row.cap is None else row.cap * longer
    return replace(row, period=period, rate=rate, cap=cap)


def _flat(steps: list[Contract], policy: "Policy") -> Contract:
    full = [row for row in steps if row.step <= policy.planned_attainment] or steps
    rate = mean_rate(steps, policy.planned_attainment, policy.attainment_spread)
    return replace(
        max(full, key=attrgetter("step")),
        attainment_from=0.0,
        above_only=False,
        rate=min(rate, 1.0),
    )
