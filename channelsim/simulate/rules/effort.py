"""Effort rules: how hard an outlet sells, 1 as the plan assumes, one row an outlet.

Sales rise with effort e as e^s (s = 0.34: Albers, Mantrala and Sridhar 2010), so effort adds
s ln e to utility. Its cost is quadratic, k e^2 / 2 with k = s q m*, so that e = 1 is best at the
usual income m* per unit. A partner that earns m per unit then solves max_e m q e^s - k e^2 / 2:

    e = (m / m*)^(1 / (2 - s)).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats

LEAST, MOST = 0.2, 3.0
"""Bounds of effort: a shop that opens its doors sells something, and a day has its hours."""
LEAST_SKILL = 0.05
TRAINING_CEILING = 0.25
"""Most that training adds to capability."""
TRAINING_DECAY = 0.01
"""Share of what was trained that is forgotten each week."""
TRAINING_WEEKS = 52.0
"""Weeks of spending at a partner's scale that teach 1 - 1/e of what can be taught."""


@dataclass(frozen=True, eq=False)
class Stake:
    """What an effort rule sees, each (J,)."""

    income: Floats
    """The partner's income per unit on the terms in force, money per unit."""
    usual: Floats
    """The income per unit for which it exerts effort 1, money per unit."""
    commitment: Floats
    """Its trust and satisfaction relative to the start, 1 at the start."""
    elasticity: float
    """s, rise of utility per unit of the logarithm of effort."""


def none(stake: Stake) -> Floats:
    """Return effort 1, whatever the terms."""
    return np.ones_like(stake.income)


def best_response(stake: Stake) -> Floats:
    """Return the effort that maximises the partner's profit, times its commitment.

    A partner without income per unit in the plan has no stake and stays at 1.
    """
    paid = stake.usual > 0
    ratio = np.divide(stake.income, stake.usual, out=np.ones_like(stake.income), where=paid)
    best = np.maximum(ratio, 0.0) ** (1 / (2 - stake.elasticity))
    return np.where(paid, np.clip(best * stake.commitment, LEAST, MOST), 1.0)


RULES: dict[str, Callable[[Stake], Floats]] = {"none": none, "best_response": best_response}


def commitment(trust: Floats, satisfaction: Floats, start: Floats) -> Floats:
    """Return trust + satisfaction over its value at the start, (P,) (Morgan and Hunt 1994).

    Parameters
    ----------
    start
        (P,) trust + satisfaction at the start; where 0 commitment is 1.
    """
    return np.divide(trust + satisfaction, start, out=np.ones_like(start), where=start > 0)


def trained(gain: Floats, spend: Floats, scale: Floats) -> Floats:
    """Return what training has added to capability after one more week: saturating, forgotten.

    Parameters
    ----------
    gain
        (P,) added so far.
    spend, scale
        (P,) money per week, and the money per week that teaches most of it within a year.
    """
    pace = np.minimum(spend / (TRAINING_WEEKS * scale), 1.0)
    result: Floats = (1 - TRAINING_DECAY) * gain + pace * (TRAINING_CEILING - gain)
    return result


def goodwill(rate: float, spend: Floats, scale: Floats) -> Floats:
    """Return rate x ln(1 + spend / scale), utils (Ataman, van Heerde and Mela 2010)."""
    result: Floats = rate * np.log1p(spend / scale)
    return result


def lift(effort: Floats, skill: Floats, elasticity: float, goodwill: Floats) -> Floats:
    """Return what effort, skill and goodwill add to utility, utils.

    Parameters
    ----------
    skill
        Capability over capability at the start: a trained hand does more in an hour.
    """
    result: Floats = elasticity * np.log(effort * np.maximum(skill, LEAST_SKILL)) + goodwill
    return result
