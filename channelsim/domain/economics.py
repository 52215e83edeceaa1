"""Money per unit sold and per week, for every candidate, under the contracts in force.

Of the price p a consumer pays for a unit of candidate j, with wholesale price w_j (title) and
contract rates r at the planned attainment of quota, the maker keeps

    margin_j = p - production - logistics - channel - incentives - governance
    logistics  = supply + fulfilment (+ delivery per km on each arc)
    channel    = (p - v  if the partner takes title) + commission p + fees p - royalty p
                 + quantity discount x w - revenue share x p + holding rate x weeks of credit x w
    incentives = (rebate + co-op + marketing) x their base
    governance = rate x p

and the partner earns (p - w) + commission + rebate + co-op + quantity discount - royalty - revenue
share - selling cost - holding cost; credit takes its weeks off the stock whose holding it pays. A
franchise fee is income per week: it comes off the maker's fixed cost and adds to the partner's.

What the maker is paid, v, is w but where distributors stand between (`domain.distribution`): they
earn w - v, less the cost of the credit that the nearest gives. Contracts are the maker's all the
same.
"""

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, frozen
from channelsim.domain.contract import PERIODS, Contract
from channelsim.domain.distribution import MAKER
from channelsim.domain.quota import contracts_in_force

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

TO_PARTNER = ("rebate", "commission", "coop", "quantity_discount")
INCENTIVES = ("rebate", "coop", "marketing")
PER_UNIT = (
    "rebate",
    "commission",
    "coop",
    "marketing",
    "royalty",
    "quantity_discount",
    "revenue_share",
)

_SHARES = ("fee_rate", "governance_rate", "selling_cost_rate")

type Book = dict[tuple[str, str, str], tuple[Contract, ...]]


@dataclass(frozen=True, eq=False)
class UnitMoney:
    """Money per unit sold and per week by candidate, each (J,)."""

    price: Floats
    """Consumer price."""
    production: Floats
    """Production cost per unit."""
    logistics: Floats
    """Line haul and fulfilment per unit."""
    delivery_per_km: Floats
    """Delivery per unit and km."""
    channel: Floats
    """Channel margin, commission, discount, fees and credit per unit, less royalty and share."""
    incentives: Floats
    """Rebate, co-op and marketing per unit."""
    governance: Floats
    """Governance per unit."""
    partner_income: Floats
    """The partner's income per unit less its own cost per unit."""
    fixed: Floats
    """The maker's fixed cost less the franchise fee it is paid, money per week."""
    setup: Floats
    """Set-up cost, money per week: written off and charged for capital."""
    closing: Floats
    """Weekly charge of the compensation if a candidate open today closes, money per week."""
    partner_fixed: Floats
    """The partner's fixed cost and franchise fee, money per week."""
    reservation: Floats
    """Reservation profit, money per week, before its share of sales."""
    reservation_rate: Floats
    """Reservation profit as a share of sales."""

    @property
    def margin(self) -> Floats:
        """The maker's margin per unit before fixed cost and delivery by km."""
        costs = self.production + self.logistics + self.channel + self.incentives
        result: Floats = self.price - costs - self.governance
        return result


def terms(scenario: "Scenario", candidate: int, instrument: str) -> tuple[Contract, ...]:
    """Return the contract rows in force for a candidate (row) and instrument.

    The most specific rows replace the others: partner and type, then partner, then type.
    """
    row = scenario.candidates[candidate]
    return _in_force(_book(scenario), instrument, row.partner, row.channel_type)


def terms_by_candidate(scenario: "Scenario", instrument: str) -> list[tuple[Contract, ...]]:
    """Return the contract rows in force for every candidate: J tuples."""
    if not _uses(scenario, instrument):
        return [()] * len(scenario.candidates)
    book = _book(scenario)
    keys = [(row.partner, row.channel_type) for row in scenario.candidates]
    found = {key: _in_force(book, instrument, *key) for key in dict.fromkeys(keys)}
    return [found[key] for key in keys]


def first_rate(scenario: "Scenario", instrument: str) -> Floats:
    """Return the rate of an instrument's first step by candidate, 0 where it has none: (J,)."""
    rows = terms_by_candidate(scenario, instrument)
    return np.array([found[0].rate if found else 0.0 for found in rows], dtype=np.float64)


def credit_weeks(scenario: "Scenario") -> Floats:
    """Return the weeks that each partner has to pay for goods: (J,); 0 for the maker's own."""
    if not _uses(scenario, "credit"):
        return np.zeros(len(scenario.candidates))
    own = {row.id for row in scenario.partners if row.own}
    rows = zip(scenario.candidates, terms_by_candidate(scenario, "credit"), strict=True)
    lags = [found[0].payment_lag if found and row.partner not in own else 0 for row, found in rows]
    title = ~np.isnan(scenario.columns.wholesale)
    return frozen(np.where(title, np.array(lags, dtype=np.float64), 0.0))


def franchise_fee(scenario: "Scenario") -> Floats:
    """Return the franchise fee of each operation: (J,) money per week."""
    if not _uses(scenario, "franchise_fee"):
        return np.zeros(len(scenario.candidates))
    rows = terms_by_candidate(scenario, "franchise_fee")
    fees = [found[0].rate / PERIODS[found[0].period] if found else 0.0 for found in rows]
    return frozen(np.array(fees, dtype=np.float64))


def rate_at(rows: tuple[Contract, ...], attainment: float) -> float:
    """Return the rate of the highest step reached at an attainment (share of quota), or at units
    bought for a quantity discount; 0 if none. Where rates pay above their steps alone, the mean
    rate of all that was reached.
    """
    step = _step_at(rows, attainment)
    if step is None:
        return 0.0
    return above_rate(rows, attainment) if rows[0].above_only else step.rate


def above_rate(rows: tuple[Contract, ...], attainment: float) -> float:
    """Return the mean rate on all that was reached, of rates that pay above their steps alone."""
    total, below = 0.0, 0.0
    for row in sorted(rows, key=attrgetter("step")):
        total += (row.rate - below) * max(attainment - row.step, 0.0)
        below = row.rate
    return total / attainment if attainment > 0 else 0.0


@dataclass(frozen=True, eq=False)
class Tariff:
    """What the money of a unit is made of, whatever its price: each array (J,)."""

    title: Bools
    """Whose partner buys the goods."""
    wholesale: Floats
    """Wholesale price, money per unit; NaN where the partner does not take title."""
    received: Floats
    """What the maker is paid for a unit, money; NaN where the partner does not take title."""
    rates: dict[str, tuple[Floats, Bools]]
    """Instrument -> rate at the planned attainment, and whether its base is purchases."""
    shares: dict[str, Floats]
    """Fields of channel types: shares of the price."""
    held: Floats
    """Holding cost of the stock that the partner finances, share of what it pays for a unit."""
    financed: Floats
    """Cost of the credit that the maker gives, share of what it is paid for a unit."""
    fixed: dict[str, Floats]
    """Fields of `UnitMoney` that no price moves."""

    @classmethod
    def of(cls, scenario: "Scenario") -> "Tariff":
        """Read a scenario."""
        columns, economics = scenario.columns, scenario.economics
        title = ~np.isnan(columns.wholesale)
        credit, fee = credit_weeks(scenario), franchise_fee(scenario)
        held = np.maximum(_of_type(scenario, "stock_weeks") - credit, 0.0)
        by_maker = scenario.distribution.seller == MAKER
        closing = _of_row(scenario, "closing_cost") * _of_row(scenario, "open_today")
        fixed = {
            "production": np.full(len(title), economics.unit_cost, dtype=np.float64),
            "logistics": _of_row(scenario, "supply_cost") + _of_type(scenario, "fulfilment_cost"),
            "delivery_per_km": _of_type(scenario, "delivery_cost_per_km"),
            "fixed": _of_row(scenario, "maker_fixed_cost") - fee,
            "setup": economics.setup_rate * _of_row(scenario, "setup_cost"),
            "closing": economics.setup_rate * closing,
            "partner_fixed": _of_row(scenario, "partner_fixed_cost") + fee,
            "reservation": _of_row(scenario, "reservation_profit"),
            "reservation_rate": _of_row(scenario, "reservation_rate"),
        }
        return cls(
            title=title,
            wholesale=columns.wholesale,
            received=scenario.distribution.received,
            rates=_rates(scenario),
            shares={name: _of_type(scenario, name) for name in _SHARES},
            held=frozen(np.where(title, economics.holding_rate * held, 0.0)),
            financed=frozen(economics.holding_rate * np.where(by_maker, credit, 0.0)),
            fixed={name: frozen(value) for name, value in fixed.items()},
        )

    def money(self, price: Floats) -> UnitMoney:
        """Return the money per unit and week at consumer prices (J,)."""
        buy = np.where(self.title, self.wholesale, price)
        got = np.where(self.title, self.received, price)
        paid = {
            name: rate * np.where(bought, buy, price) for name, (rate, bought) in self.rates.items()
        }
        none = np.zeros_like(price)
        shared = paid.get("royalty", none) + paid.get("revenue_share", none)
        to_partner = sum((paid[name] for name in TO_PARTNER if name in paid), none) - shared
        discount = paid.get("commission", none) + paid.get("quantity_discount", none)
        share = self.shares
        return UnitMoney(
            price=price,
            channel=price
            - got
            + discount
            + price * share["fee_rate"]
            - shared
            + self.financed * got,
            incentives=sum((paid[name] for name in INCENTIVES if name in paid), none),
            governance=price * share["governance_rate"],
            partner_income=price
            - buy
            + to_partner
            - price * share["selling_cost_rate"]
            - self.held * buy,
            **self.fixed,
        )


def unit_money(scenario: "Scenario", price: Floats | None = None) -> UnitMoney:
    """Return the money per unit and week at given consumer prices (J,), the plan's by default."""
    return scenario.tariff.money(scenario.columns.price if price is None else price)


def _uses(scenario: "Scenario", instrument: str) -> bool:
    return any(row.instrument == instrument for row in scenario.contracts)


def _of_row(scenario: "Scenario", field: str) -> Floats:
    """Return a field of the candidates: (J,)."""
    read = attrgetter(field)
    return np.array([read(row) for row in scenario.candidates], dtype=np.float64)


def _of_type(scenario: "Scenario", field: str) -> Floats:
    """Return a field of the candidates' types: (J,)."""
    read = attrgetter(field)
    by_type = np.array([read(row) for row in scenario.channel_types], dtype=np.float64)
    return by_type[scenario.columns.type_of]


def _rates(scenario: "Scenario") -> dict[str, tuple[Floats, Bools]]:
    """Return the rate of each instrument in use by candidate at the planned attainment, and
    whether its base is purchases: (J,) each.
    """
    book, policy = _book(scenario), scenario.policy
    keys = [(row.partner, row.channel_type) for row in scenario.candidates]
    index = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    row = np.array([index[key] for key in keys], dtype=np.int64)
    found = {}
    for name in PER_UNIT:
        if not _uses(scenario, name):
            continue
        bulk = name == "quantity_discount"
        reached = policy.planned_purchases if bulk else policy.planned_attainment
        ladders = [_in_force(book, name, *key) for key in index]
        steps = [_step_at(rows_, reached) for rows_ in ladders]
        rate = np.array([rate_at(rows_, reached) for rows_ in ladders], dtype=np.float64)
        bought = np.array([step is not None and step.on_purchases for step in steps], np.bool_)
        found[name] = frozen(rate[row]), frozen(bought[row])
    return found


def _book(scenario: "Scenario") -> Book:
    """Return the contract rows by instrument, partner and channel type."""
    book: Book = {}
    for row in contracts_in_force(scenario):
        key = (row.instrument, row.partner, row.channel_type)
        book[key] = (*book.get(key, ()), row)
    return book


def _in_force(book: Book, instrument: str, partner: str, kind: str) -> tuple[Contract, ...]:
    for owner in ((instrument, partner, kind), (instrument, partner, ""), (instrument, "", kind)):
        if rows := book.get(owner):
            return rows
    return ()


def _step_at(rows: tuple[Contract, ...], attainment: float) -> Contract | None:
    reached = [row for row in rows if row.step <= attainment]
    return max(reached, key=attrgetter("step")) if reached else None


def partner_profit(money: UnitMoney, units: Floats) -> Floats:
    """Return the partner's profit by candidate at weekly units (J,): (J,) money per week."""
    result: Floats = units * money.partner_income - money.partner_fixed
    return result


def distributor_profit(scenario: "Scenario", units: Floats) -> Floats:
    """Return what distributors earn on units that operations sell a week (J,): (P,) money per week.

    What a supplier waits for under an operation's credit it finances; plans know of no depot.
    """
    chains = scenario.distribution
    lent = np.where(chains.seller == MAKER, 0.0, credit_weeks(scenario) * units)
    cost = scenario.economics.holding_rate * lent * np.nan_to_num(scenario.columns.wholesale)
    first = chains.nearest == 0
    waits = np.bincount(chains.partner[first], cost[chains.operation[first]], len(chains.supplier))
    result: Floats = chains.earned(units) - waits
    return result


def reservation(money: UnitMoney, units: Floats) -> Floats:
    """Return the reservation profit by candidate at weekly units (J,): (J,) money per week."""
    return frozen(money.reservation + money.reservation_rate * money.price * units)
