"""Effort rules: how hard an outlet sells, 1 as the plan assumes, one row an outlet.

Sales rise with effort e as e^s (s = 0.34: Albers, Mantrala and Sridhar 2010), so effort adds
s ln e to utility. Its cost is quadratic, k e^2 / 2 with k = s q m*, so that e = 1 is best at the
usual income m* per unit. A partner that earns m per unit then solves max_e m q e^s - k e^2 / 2:

    e = (m / m*)^(1 / (2 - s)).

A partner that puts the weight a on the maker's margin M per unit maximises (m + a M) q e^s less
that cost (Jap 1999 on congruent goals). Effort 1 is then best at the usual m* and M* for a partner
of the usual weight 1/2, and a more aligned one does more:

    e = ((m + a M) / (m* + M* / 2))^(1 / (2 - s)).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from channelsim.domain.columns import Floats, Ints
from channelsim.simulate.rules.quota import Goal, Pull, best_effort

LEAST, MOST = 0.2, 3.0
"""Usual bounds of effort: a shop that opens its doors sells something, and a day has its hours."""
LEAST_SKILL = 0.05
USUAL_ALIGNMENT = 0.5
"""Weight on the maker's margin of a partner that exerts effort 1 on the usual terms."""
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
    certain: Floats | None = None
    """The part of income that no quota moves, money per unit; None: all of it."""
    goals: tuple[Goal, ...] = ()
    """Terms with steps of attainment, of the outlets that mind quotas alone."""
    alignment: Floats | float = USUAL_ALIGNMENT
    """Weight on the maker's margin, 0 to 1."""
    maker: Floats | float = 0.0
    """The maker's margin per unit on the terms in force, money."""
    maker_usual: Floats | float = 0.0
    """The maker's margin per unit on the usual terms, money."""
    least: float = LEAST
    """Effort below which nobody goes."""

    def at(self, rows: Ints) -> "Stake":
        """Return what some rows see; goals are shown as they are."""
        mine: dict[str, Any] = {
            name: value[rows] for name, value in vars(self).items() if isinstance(value, np.ndarray)
        }
        return replace(self, **mine)


def none(stake: Stake) -> Floats:
    """Return effort 1, whatever the terms."""
    return np.ones_like(stake.income)


def best_response(stake: Stake) -> Floats:
    """Return the effort that maximises the partner's profit, times its commitment.

    A partner without income per unit in the plan has no stake and stays at 1.
    """
    return _answer(stake, stake.income, stake.usual)


def aligned_best_response(stake: Stake) -> Floats:
    """Return the effort that maximises its profit and, by its alignment, the maker's, times its
    commitment.
    """
    worth = stake.income + stake.alignment * stake.maker
    return _answer(stake, worth, stake.usual + USUAL_ALIGNMENT * stake.maker_usual)


def quota_driven(stake: Stake) -> Floats:
    """Return the effort that maximises profit with the steps of rebates and bonuses ahead, times
    its commitment: it pushes within reach of a step, and gives up where none is.
    """
    paid = stake.usual > 0
    certain = stake.income if stake.certain is None else stake.certain
    usual = np.where(paid, stake.usual, 1.0)
    best = best_effort(Pull(certain, usual, stake.goals, stake.elasticity), MOST)
    return np.where(paid, np.clip(best * stake.commitment, stake.least, MOST), 1.0)


def _answer(stake: Stake, worth: Floats, usual: Floats) -> Floats:
    paid = usual > 0
    ratio = np.divide(worth, usual, out=np.ones_like(worth), where=paid)
    best = np.maximum(ratio, 0.0) ** (1 / (2 - stake.elasticity))
    return np.where(paid, np.clip(best * stake.commitment, stake.least, MOST), 1.0)


RULES: dict[str, Callable[[Stake], Floats]] = {
    "none": none,
    "best_response": best_response,
    "aligned_best_response": aligned_best_response,
    "quota_driven": quota_driven,
}


def commitment(trust: Floats, satisfaction: Floats, start: Floats) -> Floats:
    """Return trust + satisfaction over its value at the start, (P,) (Morgan and Hunt 1994).

    Parameters
    ----------
    start
        (P,) trust + satisfaction at the start; where 0 commitment is 1.
    """
    return np.divide(trust + satisfaction, start, out=np.ones_like(start), where=start > 0)


def trained(
    gain: Floats,
    spend: Floats,
    scale: Floats,
    ceiling: float = TRAINING_CEILING,
    decay: float = TRAINING_DECAY,
    weeks: float = TRAINING_WEEKS,
) -> Floats:
    """Return what training has added to capability after one more week: saturating, forgotten.

    Parameters
    ----------
    gain
        (P,) added so far.
    spend, scale
        (P,) money per week, and the money per week that teaches most of it within `weeks`.
    ceiling, decay, weeks
        Most that can be taught, share forgotten each week, and the weeks it takes.
    """
    pace = np.minimum(spend / (weeks * scale), 1.0)
    result: Floats = (1 - decay) * gain + pace * (ceiling - gain)
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
