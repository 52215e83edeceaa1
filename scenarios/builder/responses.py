"""What the planner believes incentive money does: three concave curves for each partner.

- co-op: 0.13 ln(1 + w / base), where base is the co-op money its contract pays at planned sales;
  advertising elasticity 0.13 (Ataman, van Heerde and Mela 2010).
- training: 0.34 ln(1 + 0.25 / capability) (1 - exp(-w / scale)); capability rises by 0.10 for
  4,000 a year and team, at most by 0.25; sales-force elasticity 0.34 (Albers, Mantrala and
  Sridhar 2010).
- rebate or commission: 0.34 ln(1 + w / income), where income is what the partner earns on the line
  at planned sales, since effort follows margin; 0.13 for chains, department stores and online
  firms, whose sales hang less on the effort of their people.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from channelsim.domain.economics import UnitMoney, rate_at, terms, unit_money
from channelsim.domain.partner import Partner
from channelsim.domain.response import Response
from channelsim.domain.scenario import Scenario

SALES_FORCE, ADVERTISING = 0.34, 0.13
MOST_CAPABILITY = 0.25
UNITS_A_TEAM = 70.0
BASE_WITHOUT_COOP = 0.01


@dataclass(frozen=True)
class Book:
    """What a partner sells and earns in a planned week."""

    units: float
    sales: float
    coop: float
    income: float
    takes_title: bool


def responses(
    scenario: Scenario, units: dict[str, float], training_scale: float, selling: frozenset[str]
) -> tuple[Response, ...]:
    """Return the curves of every independent partner.

    Parameters
    ----------
    units
        Planned units per week by candidate id.
    training_scale
        Money per week and team at which training has had 63% of its effect.
    selling
        Channel types whose partners sell by the effort of their people.
    """
    money = unit_money(scenario)
    rows: list[Response] = []
    for partner in scenario.partners:
        at = [j for j, c in enumerate(scenario.candidates) if c.partner == partner.id]
        if partner.own or not at:
            continue
        kinds = {scenario.candidates[j].channel_type for j in at}
        book = _book(scenario, at, units, money)
        rows.extend(_curves(partner, book, training_scale, bool(kinds & selling)))
    return tuple(rows)


def _book(scenario: Scenario, at: list[int], units: dict[str, float], money: UnitMoney) -> Book:
    sold = np.array([units[scenario.candidates[j].id] for j in at])
    rate = np.array([rate_at(terms(scenario, j, "coop"), 1.0) for j in at])
    bought = np.nan_to_num(scenario.columns.wholesale[at])
    return Book(
        units=float(sold.sum()),
        sales=float(sold @ money.price[at]),
        coop=float(sold @ (rate * bought)),
        income=float(sold @ money.partner_income[at]),
        takes_title=bool(bought.any()),
    )


def _curves(
    partner: Partner, book: Book, training_scale: float, selling: bool
) -> Iterator[Response]:
    teams = max(1.0, book.units / UNITS_A_TEAM)
    skill = SALES_FORCE * math.log(1 + MOST_CAPABILITY / partner.capability)
    base = book.coop or BASE_WITHOUT_COOP * book.sales
    instrument = "rebate" if book.takes_title else "commission"
    effort = SALES_FORCE if selling else ADVERTISING
    yield Response(
        partner.id, "training", "exponential", round(skill, 4), round(training_scale * teams, 1)
    )
    yield Response(partner.id, "coop", "log", ADVERTISING, round(base, 1))
    yield Response(partner.id, instrument, "log", effort, round(book.income, 1))
