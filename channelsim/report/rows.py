"""The tables that workbook and CSV files show: one row a candidate, a zone, a figure."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.channel import Candidate
from channelsim.domain.columns import Floats
from channelsim.domain.demand import expected_flows, open_mask, zone_km
from channelsim.domain.economics import unit_money
from channelsim.domain.layout import Layout
from channelsim.domain.measures import lifted, potential_demand
from channelsim.domain.scenario import Scenario
from channelsim.report.actions import actions
from channelsim.study.compare import Comparison
from channelsim.words import unit

if TYPE_CHECKING:
    import pandas as pd

type Row = dict[str, str | float | bool | None]


def layout_rows(scenario: Scenario, plan: Layout) -> list[Row]:
    """Return one row a candidate: what the plan does with it, and what it is expected to bring.

    `cost` is the candidate's part of the planned cost to serve and `contribution` of the maker's
    contribution, money per week; incentive money beyond the contracts belongs to partners and is
    in neither. `once` is one-off money: set-up if it opens, compensation if it closes.
    """
    done = actions(scenario, scenario.today, plan)
    partners = {p.id: p for p in scenario.partners}
    types = {t.id: t for t in scenario.channel_types}
    zones = {z.id: z for z in scenario.zones}
    units, cost, margin = _weekly(scenario, plan)
    rows: list[Row] = []
    for j, c in enumerate(scenario.candidates):
        zone = zones.get(c.zone)
        rows.append(
            {
                "candidate": c.id,
                "name": c.name or c.id,
                "action": done[c.id],
                "open_today": c.open_today,
                "recommended": done[c.id] in ("keep", "open"),
                "partner": partners[c.partner].name,
                "channel_type": types[c.channel_type].name,
                "zone": zone.name if zone else "",
                "zone_en": zone.name_en if zone else "",
                "region": zone.region if zone else "",
                "doors": c.doors,
                "capacity": c.capacity,
                "units": float(units[j]),
                "cost": float(cost[j]),
                "contribution": float(margin[j]),
                "once": _once(c, done[c.id]),
            }
        )
    return rows


def _weekly(scenario: Scenario, plan: Layout) -> tuple[Floats, Floats, Floats]:
    """Return expected units, cost to serve and contribution by candidate: each (J,)."""
    money = unit_money(scenario)
    is_open = open_mask(scenario, plan)
    flows = lifted(scenario, plan, expected_flows(scenario, plan))
    units = flows.by_candidate(len(is_open))
    carried = np.bincount(
        flows.arcs.candidate,
        weights=flows.units.sum(axis=1) * flows.arcs.km,
        minlength=len(is_open),
    )
    per_unit = money.logistics + money.channel + money.incentives + money.governance
    standing = np.where(is_open, money.fixed + money.setup, money.closing)
    cost = units * per_unit + carried * money.delivery_per_km + standing
    return units, cost, units * (money.price - money.production) - cost


def _once(candidate: Candidate, action: str) -> float:
    if action == "open":
        return candidate.setup_cost
    return candidate.closing_cost if action == "close" else 0.0


def coverage_rows(scenario: Scenario, plan: Layout) -> list[Row]:
    """Return one row a zone: its nearest open physical outlet today and under the plan."""
    standard = scenario.market.service_standard_km
    demand = potential_demand(scenario)
    near, km = _nearest(scenario, plan)
    _, km_today = _nearest(scenario, scenario.today)
    rows: list[Row] = []
    for n, zone in enumerate(scenario.zones):
        outlet = scenario.candidates[near[n]] if near[n] >= 0 else None
        rows.append(
            {
                "zone": zone.name,
                "zone_en": zone.name_en,
                "region": zone.region,
                "population": zone.population,
                "demand": float(demand[n]),
                "nearest": (outlet.name or outlet.id) if outlet else "",
                "km": float(km[n]) if outlet else None,
                "covered": bool(km[n] <= standard),
                "covered_today": bool(km_today[n] <= standard),
            }
        )
    return rows


def _nearest(scenario: Scenario, layout: Layout) -> tuple[Floats, Floats]:
    """Return each zone's nearest open physical candidate (row, -1 for none) and its road km."""
    columns = scenario.columns
    rows = np.flatnonzero(open_mask(scenario, layout) & ~columns.online)
    km = np.full(len(scenario.zones), np.inf)
    near = np.full(len(scenario.zones), -1)
    by_zone: dict[int, Floats] = {}
    for j in rows:
        at = int(columns.zone_of[j])
        if at not in by_zone:
            by_zone[at] = zone_km(scenario, at)
        closer = by_zone[at] < km
        near[closer], km[closer] = j, by_zone[at][closer]
    return near, km


def comparison_rows(comparison: Comparison) -> "pd.DataFrame":
    """Return the comparison's table with the paired differences from the baseline beside it.

    The regret of a case stands in the row of its contribution, the measure it is about.
    """
    import pandas as pd

    table = comparison.table
    currency = comparison.cases[comparison.baseline][0].currency
    table["unit"] = [unit(name, currency) for name in table["unit"]]
    keys = ["case", "measure"]
    beside = (
        pd.DataFrame(_differences(comparison), columns=list(DIFFERENCE_COLUMNS)),
        pd.DataFrame(_regrets(comparison), columns=list(REGRET_COLUMNS)),
    )
    for part in beside:
        table = table.merge(part, on=keys, how="left")
    return table


DIFFERENCE_COLUMNS = (
    "case",
    "measure",
    "difference_planned",
    "difference",
    "difference_low",
    "difference_high",
    "difference_assumption_low",
    "difference_assumption_high",
    "wins",
    "wins_assumption",
)

REGRET_COLUMNS = ("case", "measure", "best", "regret", "regret_worst")


def _differences(comparison: Comparison) -> Iterator[tuple[str | float, ...]]:
    nan = float("nan")
    for row in comparison.differences:
        ends = (row.assumption.low, row.assumption.high) if row.assumption else (nan, nan)
        seen = row.realised
        last = nan if row.wins_assumption is None else row.wins_assumption
        head = (row.case, row.measure, row.planned)
        yield (*head, seen.mean, seen.low, seen.high, *ends, row.wins, last)


def _regrets(comparison: Comparison) -> Iterator[tuple[str | float, ...]]:
    for row in comparison.regret:
        yield row.case, "profit", row.best, row.mean, row.worst
