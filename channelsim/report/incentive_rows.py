"""What incentive money is expected to bring, partner by partner and instrument by instrument.

With m_p the contribution before fixed cost that partner p's expected sales bring, and lift l_p(w)
of its sales at a spend of w money per week, the gain is m_p l_p(w) - w and the gain of the next
unit of money m_p l_p'(w) - 1.
"""

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.demand import Flows, expected_flows
from channelsim.domain.economics import unit_money
from channelsim.domain.incentives import lift, slope
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.report.rows import Row


def incentive_rows(scenario: Scenario, plan: Layout, flows: Flows | None = None) -> list[Row]:
    """Return one row for each partner and instrument with a response curve or a spend.

    Parameters
    ----------
    flows
        Planned sales before incentives; the logit's by default.
    """
    spends = {(s.partner, s.instrument): s.value for s in plan.incentives}
    curves = {(r.partner, r.instrument): r for r in scenario.responses}
    partners = {p.id: p for p in scenario.partners}
    brings = _brought(scenario, flows or expected_flows(scenario, plan))
    rows: list[Row] = []
    for key in dict.fromkeys([*spends, *curves]):
        partner, instrument = key
        spend, curve = spends.get(key, 0.0), curves.get(key)
        base = float(brings[scenario.columns.partner_index[partner]])
        rows.append(
            {
                "partner": partners[partner].name,
                "instrument": instrument,
                "spend": spend,
                "lift": lift(curve, spend) if curve else 0.0,
                "gain": base * lift(curve, spend) - spend if curve else -spend,
                "marginal": base * slope(curve, spend) - 1 if curve else None,
            }
        )
    return rows


def _brought(scenario: Scenario, flows: Flows) -> Floats:
    """Return what each partner's planned sales bring the maker before fixed cost: (P,)."""
    columns = scenario.columns
    money = unit_money(scenario)
    units = flows.units.sum(axis=1)
    at = flows.arcs.candidate
    margin = units * (money.margin[at] - flows.arcs.km * money.delivery_per_km[at])
    total: Floats = np.bincount(columns.partner_of[at], margin, minlength=len(scenario.partners))
    return total
