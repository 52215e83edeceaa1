"""Response curves: how much a partner's sales rise with incentive money, as a planner believes."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.channel import Response
from channelsim.domain.columns import Floats

if TYPE_CHECKING:
    from channelsim.domain.layout import Layout
    from channelsim.domain.scenario import Scenario


def lift(response: Response, spend: float) -> float:
    """Return the relative rise of sales at a spend in money per week (forms: `Response`)."""
    u = max(spend, 0.0) / response.scale
    if response.form == "log":
        return response.lift * float(np.log1p(u))
    if response.form == "exponential":
        return response.lift * float(-np.expm1(-u))
    raised = u**response.exponent if u > 0 else 0.0
    return response.lift * (raised if response.form == "power" else raised / (1 + raised))


def partner_lift(scenario: "Scenario", layout: "Layout") -> Floats:
    """Return the relative rise of each partner's sales under the layout's incentives: (P,)."""
    total = np.zeros(len(scenario.partners))
    curves = {(r.partner, r.instrument): r for r in scenario.responses}
    for spend in layout.incentives:
        curve = curves.get((spend.partner, spend.instrument))
        row = scenario.columns.partner_index.get(spend.partner)
        if curve is not None and row is not None:
            total[row] += lift(curve, spend.value)
    return total
