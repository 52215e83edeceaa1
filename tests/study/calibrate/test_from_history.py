from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.demand import expected_flows
from channelsim.domain.history import Sale
from channelsim.domain.incentives import lift
from channelsim.domain.layout import Layout
from channelsim.errors import BadValue
from channelsim.study.calibrate.from_history import calibrate
from tests.instances import tiny

TRUTH = tiny().replace({"segments.everyone.distance_sensitivity": 0.1})
EVERYTHING = Layout.of(c.id for c in TRUTH.candidates)


def history(case, weeks=60):
    """Return sales that follow demand, north's training and, elastically, south's prices."""
    random, rows = np.random.default_rng(9), []
    units = expected_flows(case, EVERYTHING).by_candidate(5)
    curve = case.responses[0]
    for week in range(weeks):
        spend = [0.0, 100.0, 300.0, 900.0][week % 4]
        for c, sold in zip(case.candidates, units, strict=True):
            more = 1 + lift(curve, spend) if c.partner == "north" else 1.0
            price = 90.0 * np.exp(random.normal(0, 0.1)) if c.partner == "south" else 90.0
            now = sold * more * (price / 90.0) ** -2 * np.exp(random.normal(0, 0.01))
            paid = spend / 2 if c.partner == "north" else None
            rows.append(
                Sale(week, c.partner, c.zone, sell_out=now, revenue=now * price, incentives=paid)
            )
    return rows


def merged(rows):
    """Return the same with one row a week, partner and zone, as the table's key has it."""
    found = {}
    for row in rows:
        key = (row.period, row.partner, row.zone)
        found[key] = row
    return tuple(found.values())


FOUND = calibrate(tiny(), merged(history(TRUTH)))


def test_price_choice_and_incentives_are_estimated():
    names = {one.name for one in FOUND.estimates}
    assert names >= {"elasticity", "distance_sensitivity", "incentives of north: lift"}


def test_the_elasticity_of_the_history_is_found():
    assert FOUND["elasticity"].holds(-2.0)


def test_the_response_of_the_history_is_found():
    assert FOUND["incentives of north: lift"].holds(0.1)
    assert FOUND.scenario.responses[0].lift == FOUND["incentives of north: lift"].value


def test_the_scenario_keeps_what_the_history_does_not_tell():
    assert FOUND.scenario.responses[1] == tiny().responses[1]
    assert FOUND.scenario.economics == tiny().economics


def test_a_scenario_brings_its_own_history():
    case = tiny().replace(history=merged(history(TRUTH)))
    assert calibrate(case).estimates == FOUND.estimates


def test_without_a_history_the_cure_is_told():
    with pytest.raises(BadValue, match=r"there is no history; add history\.csv"):
        calibrate(tiny())


def test_a_history_without_sales_is_told_apart():
    rows = [replace(row, sell_out=0.0) for row in merged(history(TRUTH, weeks=2))]
    with pytest.raises(BadValue, match="no row of the history has a sell_out above 0"):
        calibrate(tiny(), rows)


def test_rows_without_sales_are_left_out_and_counted():
    rows = merged(history(TRUTH))
    idle = [replace(row, sell_out=0.0) if row.period == 3 else row for row in rows]
    count = sum(row.period == 3 for row in rows)
    assert calibrate(tiny(), idle).notes[0].startswith(f"{count} of {len(rows)} rows have no sell")


def test_what_cannot_be_estimated_is_noted():
    rows = [replace(row, revenue=None, incentives=None) for row in merged(history(TRUTH))]
    found = calibrate(tiny(), rows)
    assert any(note.startswith("price: not calibrated") for note in found.notes)
    assert not any(one.name.startswith("incentives") for one in found.estimates)


def test_the_estimates_are_told_in_text():
    assert "elasticity" in str(FOUND)
    assert str(FOUND).startswith("tiny: history of 60 weeks")
