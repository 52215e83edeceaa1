"""How an outlet's units answer its price, in the demand model's own slopes, on live arcs alone.

Under logit the slopes of an outlet j of partner f need no pairs of outlets. With N the occasions of
a zone and segment, s shares, b the price sensitivity and m_k what f earns on a unit of k,

    dq_j/dp_j = -sum b N s_j (1 - s_j),    spill_j = sum b N s_j sum_{k in f, k != j} m_k s_k.

Other forms of demand give theirs by pairs (`domain.forms`).
"""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, across
from channelsim.domain.demand import Slopes, logit_shares, occasions
from channelsim.domain.forms.logit import Logit
from channelsim.domain.utility import price_marginal
from channelsim.simulate.setting import Setting


@dataclass(frozen=True, eq=False)
class Answer:
    """How units answer prices, each (J,)."""

    units: Floats
    """Units of an average week."""
    slope: Floats
    """d units / d own price, units per unit of money."""
    spill: Floats
    """What the partner's other outlets gain per unit of money that this one asks more, money."""
    share: Floats
    """Share of the occasions in its reach that it wins, units weighted."""


class Answers:
    """Works out answers at given prices.

    Parameters
    ----------
    setting
        The run's market.
    """

    def __init__(self, setting: Setting) -> None:
        live = np.zeros(setting.arcs.arcs, dtype=np.bool_)
        live[setting.live] = True
        self.setting, self.arcs = setting, setting.arcs.only(live)
        self.occasions = occasions(setting.case)[self.arcs.zone]
        self.sensitivity = setting.tastes.price_sensitivity

    def at(
        self, weight: Floats, price: Floats, lift: Floats, is_open: Bools, margin: Floats
    ) -> Answer:
        """Return the answers where outlets ask `price` (J,).

        Parameters
        ----------
        weight
            (A, S) odds of choosing each outlet at these prices, whatever moves them, 0 closed.
        lift, is_open, margin
            (J,) utils, open outlets, and what the partner earns on a unit, money.
        """
        share = logit_shares(self.arcs, weight[self.setting.live])
        units = share * self.occasions
        sold, at = self._sum(units), self.arcs.candidate
        won = np.divide(self._sum(units * share), sold, out=np.zeros_like(sold), where=sold > 0)
        if not isinstance(self.setting.choice, Logit):
            slopes = self.setting.choice.slopes_at(weight, price, lift, is_open)
            own, spill = by_outlet(slopes, self.setting.case.columns.partner_of, margin)
            return Answer(sold, own, spill, won)
        marginal = price_marginal(self.setting.case, price)[at]
        pull = units * self.sensitivity
        pull *= marginal[:, None]
        earned = margin[at][:, None] * share
        spill = self._sum(pull * (self._by_partner(earned) - earned))
        return Answer(sold, self._sum(pull * share) - self._sum(pull), spill, won)

    def _sum(self, values: Floats) -> Floats:
        """Sum values by arc (A, S) over outlets: (J,)."""
        total = np.bincount(self.arcs.candidate, across(values), len(self.setting.case.candidates))
        return total.astype(np.float64)

    def _by_partner(self, values: Floats) -> Floats:
        """Return for each arc the sum of values (A, S) over its partner's arcs of the zone."""
        rivalry = self.setting.rivalry
        each = [rivalry.spread(column)[rivalry.presence] for column in values.T]
        return np.stack(each, axis=1)


def by_outlet(slopes: Slopes, partner: Ints, margin: Floats) -> tuple[Floats, Floats]:
    """Return each outlet's own slope, and what a price does to the partner's other outlets.

    Parameters
    ----------
    partner, margin
        (J,) partner row, and what the partner earns on a unit, money.
    """
    of, by = slopes.arcs.candidate[slopes.of], slopes.arcs.candidate[slopes.by]
    value, count = across(slopes.value), len(partner)
    same = of == by
    mine = ~same & (partner[of] == partner[by])
    own = np.bincount(by[same], value[same], count).astype(np.float64)
    spill = np.bincount(by[mine], margin[of[mine]] * value[mine], count).astype(np.float64)
    return own, spill
