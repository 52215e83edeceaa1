"""A scenario calibrated to a history of sales: what the history tells, one model after another.

Prices that vary within an outlet tell the price sensitivity, outlets that differ tell appeals and
the sensitivity to distance, and incentive money that varies tells a partner's response. What the
history does not tell stays as it was, and is noted.
"""

from collections.abc import Callable, Sequence

import numpy as np

from channelsim.domain import checks
from channelsim.domain.history import Sale
from channelsim.domain.scenario import Scenario
from channelsim.domain.utility import occasions
from channelsim.errors import BadValue
from channelsim.study.calibrate.attraction import FORMS
from channelsim.study.calibrate.calibration import Calibration, Estimate, checked_level
from channelsim.study.calibrate.cells import Cells
from channelsim.study.calibrate.choice import fitted
from channelsim.study.calibrate.incentive import calibrate_incentive
from channelsim.study.calibrate.price import calibrate_price

type Rows = Sequence[Sale]
type Step = Callable[[Scenario, Rows, float], Calibration]


def calibrate(
    scenario: Scenario, history: Rows | None = None, *, level: float = 0.95
) -> Calibration:
    """Estimate what a history of sales tells, and write it into the scenario.

    Parameters
    ----------
    history
        Sales by week, partner and zone of the outlet; the scenario's own by default.
    level
        Level of the intervals.

    Raises
    ------
    BadValue
        If there is no history, nobody sells in it, or a row is of a partner without a candidate in
        that zone.
    """
    given = tuple(scenario.history if history is None else history)
    rows = tuple(row for row in given if row.sell_out)
    checks.require(bool(given), "there is no history; add history.csv, or pass one")
    checks.require(
        bool(rows), "no row of the history has a sell_out above 0; write the units that were sold"
    )
    checked_level(level)
    estimates: list[Estimate] = []
    notes = _left_out(len(given) - len(rows), len(given))
    now, last = scenario, None
    steps: list[tuple[str, Step]] = [("price", _price), ("choice", _choice)]
    steps += [(f"incentives of {name}", _response(name)) for name in _paid(scenario, rows)]
    for name, step in steps:
        try:
            found = step(now, rows, level)
        except BadValue as error:
            notes.append(f"{name}: not calibrated, {error.message}")
            continue
        prefix = f"{name}: " if name.startswith("incentives") else ""
        estimates += [
            Estimate(prefix + e.name, e.value, e.low, e.high, e.unit) for e in found.estimates
        ]
        notes += found.notes
        now, last = found.scenario, found if name == "choice" else last
    return Calibration(
        model=f"history of {len({row.period for row in rows})} weeks",
        estimates=tuple(estimates),
        scenario=now,
        observed=last.observed if last else (),
        fitted=last.fitted if last else (),
        notes=tuple(dict.fromkeys(notes)),
        level=level,
    )


def _left_out(count: int, of: int) -> list[str]:
    """Return the note on rows without sales, of which logarithms cannot speak."""
    if not count:
        return []
    return [
        f"{count} of {of} rows have no sell_out and are left out: where sales are few, responses "
        "come out too small"
    ]


def _price(scenario: Scenario, rows: Rows, level: float) -> Calibration:
    priced = [row for row in rows if row.price]
    return calibrate_price(
        scenario,
        [row.price or 0.0 for row in priced],
        [row.sell_out or 0.0 for row in priced],
        outlets=[f"{row.partner} {row.zone}" for row in priced],
        level=level,
    )


def _choice(scenario: Scenario, rows: Rows, level: float) -> Calibration:
    """Explain what outlets sold in all; occasions are the scenario's."""
    checks.one_of("market.demand", scenario.market.demand, FORMS)
    place: dict[tuple[str, str], list[int]] = {}
    for j, candidate in enumerate(scenario.candidates):
        place.setdefault((candidate.partner, candidate.zone), []).append(j)
    sold: dict[tuple[str, str], float] = {}
    for row in rows:
        key = (row.partner, row.zone)
        where = row.zone or "online"
        checks.require(
            key in place, f"{row.partner} has no candidate in {where}; add it, or drop its rows"
        )
        sold[key] = sold.get(key, 0.0) + (row.sell_out or 0.0)
    cell_of = np.full(len(scenario.candidates), -1)
    for number, key in enumerate(sold):
        cell_of[place[key]] = number
    is_open = cell_of >= 0
    arcs = scenario.arcs.only(is_open[scenario.arcs.candidate])
    had = float(occasions(scenario).sum()) * len({row.period for row in rows})
    units = np.array(list(sold.values()))
    cells = Cells(
        cell=cell_of[arcs.candidate],
        market=np.zeros(len(units), dtype=np.int64),
        market_of_zone=np.zeros(len(scenario.zones), dtype=np.int64),
        units=units,
        occasions=np.array([had]) if had > units.sum() else None,
    )
    return fitted(scenario, is_open, cells, level)


def _paid(scenario: Scenario, rows: Rows) -> list[str]:
    """Return the partners with incentive money in the history and one response to it."""
    responses = [row.partner for row in scenario.responses]
    paid = {row.partner for row in rows if row.incentives}
    return sorted(name for name in paid if responses.count(name) == 1)


def _response(partner: str) -> Step:
    def step(scenario: Scenario, rows: Rows, level: float) -> Calibration:
        (curve,) = (row for row in scenario.responses if row.partner == partner)
        weeks: dict[int, list[float]] = {}
        for row in rows:
            if row.partner == partner:
                total = weeks.setdefault(row.period, [0.0, 0.0])
                total[0] += row.incentives or 0.0
                total[1] += row.sell_out or 0.0
        spend, units = zip(*weeks.values(), strict=True)
        return calibrate_incentive(scenario, partner, curve.instrument, spend, units, level=level)

    return step
