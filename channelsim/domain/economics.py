"""Money per unit sold and per week, for every candidate, under the contracts in force.

Of the price p a consumer pays for a unit of candidate j, with wholesale price w_j (title) and
contract rates r at full attainment of quota, the maker keeps

    margin_j = p - production - logistics - channel - incentives - governance
    logistics  = supply + fulfilment (+ delivery per km on each arc)
    channel    = (p - w  if the partner takes title) + commission p + fees p - royalty p
    incentives = (rebate + co-op + marketing) x their base
    governance = rate x p

and the partner earns (p - w) + commission + rebate + co-op - royalty - selling cost - holding cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.channel import Contract
from channelsim.domain.columns import Floats, frozen

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

TO_PARTNER = ("rebate", "commission", "coop")
INCENTIVES = ("rebate", "coop", "marketing")


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
    """Channel margin, commission and fees per unit, less royalty."""
    incentives: Floats
    """Rebate, co-op and marketing per unit."""
    governance: Floats
    """Governance per unit."""
    partner_income: Floats
    """The partner's income per unit less its own cost per unit."""
    fixed: Floats
    """The maker's fixed cost, money per week."""
    setup: Floats
    """Set-up cost, money per week: written off and charged for capital."""
    closing: Floats
    """Weekly charge of the compensation if a candidate open today closes, money per week."""
    partner_fixed: Floats
    """The partner's fixed cost, money per week."""
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

    A partner's own rows replace those of its type.
    """
    row = scenario.candidates[candidate]
    fitting = [c for c in scenario.contracts if c.instrument == instrument]
    fitting = [c for c in fitting if c.channel_type in ("", row.channel_type)]
    own = tuple(c for c in fitting if c.partner == row.partner)
    return own or tuple(c for c in fitting if not c.partner)


def rate_at(rows: tuple[Contract, ...], attainment: float) -> float:
    """Return the rate of the highest step reached at an attainment (share of quota); 0 if none."""
    reached = [row for row in rows if row.attainment_from <= attainment]
    return max(reached, key=lambda row: row.attainment_from).rate if reached else 0.0


def unit_money(scenario: "Scenario", price: Floats | None = None) -> UnitMoney:
    """Return the money per unit and week at given consumer prices (J,), the plan's by default."""
    columns = scenario.columns
    kinds = [scenario.channel_types[t] for t in columns.type_of]
    rows = scenario.candidates
    at = columns.price if price is None else price
    rate = {name: np.array(list(values)) for name, values in _rates(scenario, at)}
    economics = scenario.economics
    buy = np.where(np.isnan(columns.wholesale), at, columns.wholesale)
    stock = economics.holding_rate * np.array([k.stock_weeks for k in kinds]) * buy
    stock = np.where(np.isnan(columns.wholesale), 0.0, stock)
    fees = at * np.array([k.fee_rate for k in kinds])
    selling = at * np.array([k.selling_cost_rate for k in kinds])
    to_partner = sum(rate[name] for name in TO_PARTNER)
    once = economics.setup_rate
    return UnitMoney(
        price=at,
        production=np.full(len(rows), economics.unit_cost),
        logistics=np.array(
            [c.supply_cost + k.fulfilment_cost for c, k in zip(rows, kinds, strict=True)]
        ),
        delivery_per_km=np.array([k.delivery_cost_per_km for k in kinds]),
        channel=at - buy + rate["commission"] + fees - rate["royalty"],
        incentives=np.array(sum(rate[name] for name in INCENTIVES)),
        governance=at * np.array([k.governance_rate for k in kinds]),
        partner_income=at - buy + to_partner - rate["royalty"] - selling - stock,
        fixed=np.array([c.maker_fixed_cost for c in rows]),
        setup=once * np.array([c.setup_cost for c in rows]),
        closing=once * np.array([c.closing_cost * c.open_today for c in rows]),
        partner_fixed=np.array([c.partner_fixed_cost for c in rows]),
        reservation=np.array([c.reservation_profit for c in rows]),
        reservation_rate=np.array([c.reservation_rate for c in rows]),
    )


def _rates(scenario: "Scenario", price: Floats) -> Iterator[tuple[str, list[float]]]:
    """Yield each instrument with its money per unit by candidate, at full attainment."""
    wholesale = scenario.columns.wholesale
    terms_of = {
        name: _cached_terms(scenario, name)
        for name in ("rebate", "commission", "coop", "marketing", "royalty")
    }
    for name, rows in terms_of.items():
        yield (
            name,
            [
                rate_at(terms, 1.0) * _base(terms, price[j], wholesale[j])
                for j, terms in enumerate(rows)
            ],
        )


def _cached_terms(scenario: "Scenario", instrument: str) -> list[tuple[Contract, ...]]:
    known: dict[tuple[str, str], tuple[Contract, ...]] = {}
    result = []
    for j, row in enumerate(scenario.candidates):
        key = (row.partner, row.channel_type)
        if key not in known:
            known[key] = terms(scenario, j, instrument)
        result.append(known[key])
    return result


def _base(rows: tuple[Contract, ...], price: float, wholesale: float) -> float:
    if rows and rows[0].base == "purchases" and not np.isnan(wholesale):
        return float(wholesale)
    return float(price)


def partner_profit(money: UnitMoney, units: Floats) -> Floats:
    """Return the partner's profit by candidate at weekly units (J,): (J,) money per week."""
    result: Floats = units * money.partner_income - money.partner_fixed
    return result


def reservation(money: UnitMoney, units: Floats) -> Floats:
    """Return the reservation profit by candidate at weekly units (J,): (J,) money per week."""
    return frozen(money.reservation + money.reservation_rate * money.price * units)
