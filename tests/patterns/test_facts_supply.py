"""Facts of lead times, batches and information where demand is steady and known.

`test_supply_levers` and `tests/phenomena/test_bullwhip.py` hold what they do to the bullwhip.
"""

from dataclasses import replace

import pytest

from tests.patterns.contrast import higher, shown
from tests.patterns.markets import chain

SHARED = {"policy.information": "inventory"}


def safe(lead, weeks):
    """Dealers who hold what suffices with a chance of 98%, `lead` weeks from the maker."""
    case = chain(lead=lead, weeks=weeks, ordering="R_S")
    kinds = tuple(replace(k, service_level=0.98) for k in case.channel_types)
    return case.replace(channel_types=kinds)


def in_lots(weeks):
    """Dealers far from the maker who order lots of so many weeks."""
    case = chain(lead=6, weeks=4, ordering="s_S")
    return case.replace(
        channel_types=tuple(replace(k, lot_weeks=weeks) for k in case.channel_types)
    )


def found(case):
    """Profit of the whole channel and stock of its outlets, means over weeks: (2, R)."""

    def look(run):
        channel = run.weekly("profit") + run.weekly("partner_profit")
        return [float(channel[8:].mean()), float(run.weekly("stock")[8:].mean())]

    return shown((case, case.today), look).T


def test_half_the_lead_time_saves_stock_and_shared_information_hardly_any(record_property):
    """Cachon and Fisher 2000: half the lead time is worth a fifth of costs, sharing 2%."""
    alone, shared, near = found(safe(6, 4)), found(safe(6, 4).replace(SHARED)), found(safe(3, 2))
    assert higher(near[1], shared[1])
    saved, known = 1 - (near[1] / alone[1]).mean(), 1 - (shared[1] / alone[1]).mean()
    assert saved == pytest.approx(0.21, abs=0.08)
    assert abs(known) < 0.034  # their upper bound on what information is worth
    record_property("stock saved by half the lead time", f"{saved:.1%}")
    record_property("stock saved by sharing", f"{known:.1%}")


def test_half_the_batch_is_worth_more_than_shared_information(record_property):
    """Cachon and Fisher 2000: half the batch is worth a fifth of costs, sharing 2%."""
    alone, shared, half = (
        found(in_lots(8.0)),
        found(in_lots(8.0).replace(SHARED)),
        found(in_lots(4.0)),
    )
    assert higher(shared[0], half[0])
    record_property("channel's profit by half the batch", f"{(half[0] / alone[0]).mean() - 1:+.2%}")
    record_property("by sharing", f"{(shared[0] / alone[0]).mean() - 1:+.2%}")
