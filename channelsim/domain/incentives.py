"""Response curves: how much a partner's sales rise with incentive money, as a planner believes."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, row_of
from channelsim.domain.response import Response

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


def slope(response: Response, spend: float) -> float:
    """Return the rise of `lift` with the next unit of money; infinite at 0 for an exponent < 1."""
    u = max(spend, 0.0) / response.scale
    height = response.lift / response.scale
    if response.form == "log":
        return height / (1 + u)
    if response.form == "exponential":
        return height * float(np.exp(-u))
    a = response.exponent
    if u == 0:
        steep = 1.0 if a == 1 else float("inf")
        return height * steep if height > 0 else 0.0
    return height * a * float(u ** (a - 1)) / (1 if response.form == "power" else (1 + u**a) ** 2)


def partner_lift(scenario: "Scenario", layout: "Layout") -> Floats:
    """Return the relative rise of each partner's sales under the layout's incentives: (P,).

    Raises
    ------
    BadValue
        If the layout spends on a partner the scenario does not have.
    """
    total = np.zeros(len(scenario.partners))
    curves = {(r.partner, r.instrument): r for r in scenario.responses}
    for spend in layout.incentives:
        row = row_of(scenario.columns.partner_index, spend.partner, "partner")
        curve = curves.get((spend.partner, spend.instrument))
        if curve is not None:
            total[row] += lift(curve, spend.value)
    return total
