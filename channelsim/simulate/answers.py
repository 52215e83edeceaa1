"""How an outlet's units answer its price, in the demand model's own slopes, on live arcs alone.

Under logit the slopes of an outlet j of partner f need no pairs of outlets. With N the occasions of
a zone and segment, s shares, b the price sensitivity and m_k what f earns on a unit of k,

    dq_j/dp_j = -sum b N s_j (1 - s_j),    spill_j = sum b N s_j sum_{k in f, k != j} m_k s_k.

Other forms of demand give theirs by pairs (`domain.forms`).
"""

from dataclasses import dataclass

import numpy as np

from channelsim.domain import checks
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


@dataclass(frozen=True, eq=False)
class Held:
    """How prices answer an outlet's units where all other units stay, each (J,)."""

    held_markup: Floats
    """What the units it sells are worth above cost, money per unit."""
    held_pull: Floats
    """How many times as much its units answer its price as where all other units stay."""


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

    def held(self, weight: Floats, price: Floats, lift: Floats, is_open: Bools) -> Held:
        """Return how prices answer units that change alone, seen as in `at`."""
        slopes = self.setting.choice.slopes_at(weight, price, lift, is_open)
        sold = self._sum(logit_shares(self.arcs, weight[self.setting.live]) * self.occasions)
        return held(slopes, self.setting.case.columns.partner_of, sold)

    def _sum(self, values: Floats) -> Floats:
        """Sum values by arc (A, S) over outlets: (J,)."""
        total = np.bincount(self.arcs.candidate, across(values), len(self.setting.case.candidates))
        return total.astype(np.float64)

    def _by_partner(self, values: Floats) -> Floats:
        """Return for each arc the sum of values (A, S) over its partner's arcs of the zone."""
        rivalry = self.setting.rivalry
        each = [rivalry.spread(column)[rivalry.presence] for column in values.T]
        return np.stack(each, axis=1)


def held(slopes: Slopes, partner: Ints, units: Floats) -> Held:
    """Return how prices answer units that change alone; 0 for what nobody buys.

    Slopes are inverted for all outlets at once.

    Parameters
    ----------
    partner, units
        (J,) partner row, and units of an average week.

    Raises
    ------
    BadValue
        If the same units could sell at any prices.
    """
    count = len(units)
    slope = slopes.by_candidate(count)
    sells = np.flatnonzero(slope.diagonal() < 0)
    among = slope[np.ix_(sells, sells)]
    checks.require(
        np.linalg.matrix_rank(among) == len(sells),
        "pricing is cournot where raising all prices alike loses no sales; "
        "write linear_best_response, or a demand that falls",
    )
    inverse = np.linalg.inv(among)
    own = partner[sells][:, None] == partner[sells]
    markup, pull = np.zeros(count), np.zeros(count)
    markup[sells] = -units[sells] @ (own * inverse)
    pull[sells] = slope[sells, sells] * inverse.diagonal()
    return Held(markup, pull)


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
