"""What partners see of their quotas with some of a period to go: the goals of effort rules."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from channelsim.domain.columns import Floats, Ints
from channelsim.simulate.rules.quota import Goal
from channelsim.simulate.supply import season_ahead
from channelsim.simulate.terms import SPANS, Terms
from channelsim.simulate.trade import Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

SURPRISE = 0.1
"""Standard deviation of a period's sales over their forecast when it begins (assumption), of who
names none."""
_LEAST = 1e-6


@dataclass(frozen=True, eq=False)
class Pace:
    """How far every partner is in each kind of period, each (periods of `SPANS`, P)."""

    done: Floats
    """Units sold so far, share of the period's quota."""
    ahead: Floats
    """Units still to come at effort 1 by its own forecast, share of the period's quota."""
    quota: Floats
    """The period's whole quota, units."""
    spread: Floats
    """Standard deviation of what is still to come, units; NaN for `SURPRISE`."""

    @classmethod
    def of(cls, channel: "Channel") -> Self:
        """Look at a run before the week's sales."""
        outlets, contracts, setting = channel.outlets, channel.contracts, channel.setting
        elasticity = channel.case.policy.effort_elasticity
        at_one = outlets.level / np.maximum(outlets.effort, _LEAST) ** elasticity
        to_come = setting.by_partner(np.where(outlets.is_open, at_one, 0.0))
        asked = channel.weekly_quota()
        left = np.array([weeks - channel.week % weeks for weeks in SPANS])
        season = season_ahead(channel.case.columns.season, channel.week, left)[:, None]
        quota = contracts.quota + asked * season
        whole = np.where(quota > 0, quota, 1.0)
        spread = channel.firms.sales_spread * np.sqrt(left)[:, None]
        return cls(contracts.units / whole, to_come * season / whole, quota, spread)

    @classmethod
    def begun(cls, units: Floats, quota: Floats, spread: Floats) -> Self:
        """Return where partners stand as a period begins.

        Parameters
        ----------
        units, quota
            (P,) units a week at effort 1, and quota.
        spread
            (P,) standard deviation of a week's sales, units; NaN for `SURPRISE`.
        """
        weeks = np.array(SPANS)[:, None]
        ahead = np.divide(units, quota, out=np.zeros_like(units), where=quota > 0)
        whole = np.broadcast_to(ahead, (len(weeks), len(units)))
        return cls(np.zeros_like(whole), whole, quota * weeks, spread * np.sqrt(weeks))

    def goal(self, term: Terms, price: Floats, trade: Trade, rows: Ints) -> Goal:
        """Return a term's steps as the partners of some outlets see them."""
        at = term.span[rows], trade.partner[rows]
        done, ahead, quota = self.done[at], np.maximum(self.ahead[at], _LEAST), self.quota[at]
        spread, whole = self.spread[at], np.maximum(quota, _LEAST)
        usual = SURPRISE * np.sqrt(ahead * (done + ahead))
        noise = np.where(np.isnan(spread), usual, spread / whole)
        jumps, steps = np.diff(term.rates[rows], axis=1), term.steps[rows]
        sums = np.bincount(term.group, term.lump, minlength=len(term.cap))
        sum_of_money = sums[term.group[rows]]
        part = np.divide(sum_of_money, quota, out=np.zeros_like(quota), where=quota > 0)
        return Goal(
            done=done,
            ahead=ahead,
            noise=np.maximum(noise, _LEAST),
            steps=np.where(steps > 0, steps, -np.inf),
            per_unit=jumps * term.unit_base(price, trade.wholesale)[rows, None],
            lump=jumps * part[:, None],
        )


def outlook(channel: "Channel", span: int, left: int) -> tuple[Floats, Floats]:
    """Return the units that partners expect to have sold at the end of a period, and its quota.

    The rest of the period brings what they forecast now.

    Parameters
    ----------
    span
        Place of the period in `SPANS`.
    left
        Weeks that it still lasts, this one included.

    Returns
    -------
    Units and quota, (P,) each.
    """
    season = sum(channel.setting.season(channel.week + ahead) for ahead in range(left))
    outlets, by_partner = channel.outlets, channel.setting.by_partner
    rest = by_partner(np.where(outlets.is_open, outlets.level, 0.0)) * season
    quota = channel.contracts.quota[span] + channel.weekly_quota(season)
    return channel.contracts.units[span] + rest, quota
