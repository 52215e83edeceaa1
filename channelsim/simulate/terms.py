"""Contract terms as arrays, and the running tab of what each term has earned its partner.

A term pays rate(attainment) x base at the end of its period, attainment being units sold over
quota in that period. What is owed is booked on sell-out every week at the attainment so far, the
step reached holding for the whole base, or each for what exceeds it alone; what is paid in cash may
rest on purchases instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.contract import PERIODS, SUMS, Contract
from channelsim.domain.economics import terms_by_candidate
from channelsim.domain.quota import linear_bonus
from channelsim.domain.scenario import Scenario
from channelsim.simulate.firms import Outlets
from channelsim.simulate.trade import Firms, Trade

CONTRACTED = (
    "rebate",
    "commission",
    "coop",
    "marketing",
    "royalty",
    "bonus",
    "quantity_discount",
    "revenue_share",
    "franchise_fee",
)
PER_UNIT_SPEND = ("rebate", "commission", "royalty")
SPANS = tuple(PERIODS.values())
"""Weeks of the periods that attainment is measured over."""


@dataclass(frozen=True, eq=False)
class Terms:
    """One instrument's terms with every outlet: K steps, G groups that share a cap."""

    instrument: str
    """Instrument."""
    steps: Floats
    """(J, K) attainment from which each rate holds, ascending, inf where there is none."""
    rates: Floats
    """(J, K + 1) rate before the first step (0) and from each step on."""
    span: Ints
    """(J,) place of the period in `SPANS`."""
    lag: Ints
    """(J,) weeks from the end of the period to payment."""
    on_purchases: Bools
    """(J,) whether the base is purchases instead of sales."""
    group: Ints
    """(J,) group of outlets that share the cap."""
    cap: Floats
    """(G,) most that is paid per period, money."""
    lump: Floats
    """(J,) part of a sum of money per period (a bonus) that goes to each outlet; else 0."""
    signed: bool = False
    """Whether it stems from the layout's incentive money instead of the contracts."""
    slope: Floats | None = None
    """(J,) rate per unit of attainment, on top of the steps'; None: 0."""
    above_only: Bools | None = None
    """(J,) whether rates pay only for what exceeds their step; None: nowhere."""

    @cached_property
    def _capped(self) -> bool:
        return bool(np.isfinite(self.cap).any())

    @cached_property
    def weeks(self) -> Ints:
        """Weeks of its period: (J,)."""
        return np.array(SPANS)[self.span]

    @cached_property
    def lags(self) -> tuple[int, ...]:
        """Weeks from a period's end to payment that come up."""
        return tuple(np.unique(self.lag).tolist())

    @property
    def by_volume(self) -> bool:
        """Whether steps are units bought in the period instead of shares of quota."""
        return self.instrument == "quantity_discount"

    def rate(self, attainment: Floats) -> Floats:
        """Return the rate of the whole base at an attainment by outlet (J,): (J,)."""
        result: Floats = self.rates[:, 0]
        for k in range(self.steps.shape[1]):
            result = np.where(self.steps[:, k] <= attainment, self.rates[:, k + 1], result)
        if self.above_only is not None:
            result = np.where(self.above_only, self._mean_above(attainment), result)
        return result if self.slope is None else result + self.slope * np.maximum(attainment, 0)

    def _mean_above(self, attainment: Floats) -> Floats:
        """Return the mean rate where each step's pays for what exceeds it alone."""
        total: Floats = np.zeros_like(attainment)
        for k, step in enumerate(self.steps.T):
            over = np.where(np.isfinite(step), np.maximum(attainment - step, 0.0), 0.0)
            total = total + (self.rates[:, k + 1] - self.rates[:, k]) * over
        return np.divide(total, attainment, out=np.zeros_like(total), where=attainment > 0)

    def due(self, attainment: Floats, base: Floats) -> Floats:
        """Return what a base (J,) earns at an attainment (J,), within the caps: (J,) money."""
        amount = self.rate(attainment) * (base + self.lump)
        if not self._capped:
            return amount
        total = np.bincount(self.group, amount, minlength=len(self.cap))
        over = total > self.cap
        if not over.any():
            return amount
        part = np.divide(self.cap, total, out=np.ones_like(total), where=over)
        result: Floats = amount * part[self.group]
        return result

    def unit_base(self, price: Floats, wholesale: Floats) -> Floats:
        """Return the base of one unit (J,), money; a sum of money has none."""
        if self.instrument in SUMS:
            return np.zeros_like(price)
        return np.where(self.on_purchases, wholesale, price)

    def week_bases(self, outlets: Outlets, price: Floats, trade: Trade) -> tuple[Floats, Floats]:
        """Return what a week adds to the base, on sell-out and in cash: (J,) and (J,).

        A franchise fee falls due by the week open.
        """
        if self.instrument == "franchise_fee":
            part = outlets.is_open / np.array(SPANS)[self.span]
            return part, part
        unit, sold = self.unit_base(price, trade.wholesale), outlets.sold.astype(np.float64)
        return unit * sold, unit * np.where(self.on_purchases, outlets.shipped, sold)

    def per_unit(self, price: Floats, trade: Trade) -> Floats:
        """Return money per unit at full attainment: (J,); a bonus over the units expected."""
        rate = self.rate(np.ones(len(price)))
        if self.instrument != "bonus":
            result: Floats = rate * self.unit_base(price, trade.wholesale)
            return result
        planned = np.bincount(self.group, trade.expected, minlength=len(self.cap))[self.group]
        weeks = np.array(SPANS)[self.span]
        lump: Floats = np.divide(rate, planned * weeks, out=np.zeros_like(rate), where=planned > 0)
        return lump


class Tab:
    """What one instrument has earned every outlet since its period began."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.sold = np.zeros(len(terms.span))
        self.base = np.zeros(len(terms.span))
        self.booked = np.zeros(len(terms.span))

    def book(self, attainment: Floats, sold: Floats, base: Floats) -> Floats:
        """Add a week's bases (J,), on sell-out and in cash; return what it earned: (J,) money."""
        self.sold += sold
        self.base += base
        owed = self.terms.due(attainment, self.sold)
        earned: Floats = owed - self.booked
        self.booked = owed
        return earned

    def close(self, ending: Bools, attainment: Floats) -> Floats:
        """Return what is payable in cash where the period ends (J,), and begin a new one."""
        payable = np.where(ending, self.terms.due(attainment, self.base), 0.0)
        for amounts in (self.sold, self.base, self.booked):
            amounts[ending] = 0.0
        return payable


def all_terms(case: Scenario, trade: Trade, firms: Firms) -> tuple[Terms, ...]:
    """Return the contracts in force and the layout's incentive money turned into rates."""
    contracted = (_contracted(case, name, trade) for name in CONTRACTED)
    found = [terms for terms in contracted if terms is not None]
    return (*found, *_signed(case, trade, firms))


def _contracted(case: Scenario, instrument: str, trade: Trade) -> Terms | None:
    group, rows = _groups(case, instrument)
    if not any(rows):
        return None
    steps, rates = _ladders(rows)
    slope = None
    if instrument == "bonus" and case.policy.quota_shape == "linear":
        slope, rates = np.array([linear_bonus(r, case.policy) for r in rows])[group], 0 * rates
    if instrument == "franchise_fee":
        steps = np.where(np.isfinite(steps), -np.inf, steps)  # owed by who leaves too
    nothing = Contract(instrument, 0.0, channel_type="-")
    full = [_at_full(row) if row else nothing for row in rows]
    planned = (trade.opens < trade.closes) | (trade.expected > 0)
    sharing = np.maximum(np.bincount(group, planned, minlength=len(rows)), 1)
    lump = np.where(planned, 1 / sharing[group], 0.0) if instrument == "bonus" else 0.0
    above = np.array([bool(row) and row[0].above_only for row in rows])[group]
    return Terms(
        instrument=instrument,
        steps=steps[group],
        rates=rates[group],
        span=np.array([SPANS.index(PERIODS[c.period]) for c in full])[group],
        lag=np.array([c.payment_lag for c in full])[group],
        on_purchases=np.array([c.on_purchases for c in full])[group] & trade.title,
        group=group,
        cap=np.array([np.inf if c.cap is None else c.cap for c in full]),
        lump=np.broadcast_to(lump, group.shape),
        slope=slope,
        above_only=above if above.any() else None,
    )


def _groups(case: Scenario, instrument: str) -> tuple[Ints, list[tuple[Contract, ...]]]:
    """Return the group of each outlet (J,), a partner under one set of rows, and those rows."""
    asked: dict[tuple[str, str], int] = {}
    known: dict[tuple[str, tuple[Contract, ...]], int] = {}
    in_force = terms_by_candidate(case, instrument)
    for candidate, found in zip(case.candidates, in_force, strict=True):
        key = (candidate.partner, candidate.channel_type)
        if key not in asked:
            rows = _by_step(found)
            asked[key] = known.setdefault((candidate.partner, rows), len(known))
    group = [asked[c.partner, c.channel_type] for c in case.candidates]
    return np.array(group, dtype=np.int64), [rows for _, rows in known]


def _by_step(rows: tuple[Contract, ...]) -> tuple[Contract, ...]:
    """Sort rows by step; of two rows for one step the first counts."""
    kept: dict[float, Contract] = {}
    for row in rows:
        kept.setdefault(row.step, row)
    return tuple(kept[step] for step in sorted(kept))


def _at_full(rows: tuple[Contract, ...]) -> Contract:
    """Return the step reached at full attainment, whose period, base and cap hold for all."""
    return ([row for row in rows if row.step <= 1] or [rows[0]])[-1]


def _ladders(rows: list[tuple[Contract, ...]]) -> tuple[Floats, Floats]:
    width = max(len(row) for row in rows)
    steps = np.full((len(rows), width), np.inf)
    rates = np.zeros((len(rows), width + 1))
    for g, row in enumerate(rows):
        steps[g, : len(row)] = [c.step for c in row]
        rates[g, 1 : len(row) + 1] = [c.rate for c in row]
    return steps, rates


def _signed(case: Scenario, trade: Trade, firms: Firms) -> Iterator[Terms]:
    """Yield the rates that the layout's money is turned into at signing: money / planned sales.

    A bonus becomes a sum per quarter for reaching the quota.
    """
    partner, count = trade.partner, len(case.partners)
    planned = trade.opens < trade.closes
    sales = np.bincount(partner, trade.expected * case.columns.price, minlength=count)
    doors = np.maximum(np.bincount(partner, planned, minlength=count), 1)
    quarter = SPANS.index(PERIODS["quarter"])
    for instrument, spend in firms.spend.items():
        bonus = instrument == "bonus"
        if not bonus and instrument not in PER_UNIT_SPEND:
            continue
        rate = np.divide(spend, sales, out=np.zeros(count), where=sales > 0)
        rate = spend * SPANS[quarter] if bonus else rate
        zero = np.zeros(len(partner), dtype=np.int64)
        yield Terms(
            instrument="rebate" if instrument == "royalty" else instrument,
            steps=np.full((len(partner), 1), 1.0 if bonus else 0.0),
            rates=np.stack([np.zeros(len(partner)), rate[partner]], axis=1),
            span=zero + quarter,
            lag=zero,
            on_purchases=zero > 0,
            group=partner,
            cap=np.full(count, np.inf),
            lump=np.where(planned & bonus, 1 / doors[partner], 0.0),
            signed=True,
        )
