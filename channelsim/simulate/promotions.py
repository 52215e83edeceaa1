"""Promotions at work: what outlets cut off their price in a week, and who pays for it.

An outlet that would ask p asks p (1 - cut). The cut comes off the price that its rule and the price
floor give: a promotion is agreed with the maker, so the floor is cut alike. For every unit sold at
an outlet whose partner buys the goods the maker pays back maker_share x cut x p. Everybody else's
part of the cut follows from the price: commissions and fees are shares of what consumers pay.

Week 0 is the stationary state at undiscounted prices, and quotas and forecasts are the plan's and
the partners' own: nobody plans for a promotion.
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from channelsim.domain.addressed import addressed
from channelsim.domain.columns import Bools, Floats
from channelsim.domain.conflict import Rivalry
from channelsim.domain.economics import UnitMoney, unit_money
from channelsim.domain.promotion import WEEKS, Promotion
from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Deal:
    """What is agreed for one week, each (J,)."""

    promoted: Bools
    """Outlets with a cut or a lift."""
    cut: Floats
    """Share of the price."""
    lift: Floats
    """Utils."""
    paid_back: Floats
    """Share of the undiscounted price that the maker pays back per unit sold, 0 without title."""

    @classmethod
    def none(cls, count: int) -> Self:
        """Return the deal of an ordinary week."""
        return cls(np.zeros(count, dtype=np.bool_), *(np.zeros(count) for _ in range(3)))

    def money(self, case: Scenario, price: Floats, kept: Floats | float = 1.0) -> UnitMoney:
        """Return money per unit and week where outlets would ask `price` (J,), money per unit.

        Parameters
        ----------
        kept
            Share of the price asked that consumers paid in the mean: (J,) or one number.
        """
        money = unit_money(case, price * (1 - self.cut) * kept)
        refund = price * self.paid_back
        return replace(
            money,
            incentives=money.incentives + refund,
            partner_income=money.partner_income + refund,
        )


@dataclass(frozen=True, eq=False)
class Promotions:
    """The deals of a year."""

    deals: tuple[Deal, ...]
    """By week of the year; weeks in which the same promotions hold share one deal."""

    @classmethod
    def of(cls, case: Scenario, title: Bools) -> Self:
        """Work them out; `title` (J,) tells whose partner buys the goods."""
        scopes = {row.id: addressed(case, row.channel) for row in case.promotions}
        rows = sorted(case.promotions, key=lambda row: (scopes[row.id][0], row.price_cut))
        weekly = [tuple(row for row in rows if row.holds(week + 1)) for week in range(WEEKS)]
        known = {
            holding: _deal([(row, scopes[row.id][1]) for row in holding], title)
            for holding in dict.fromkeys(weekly)
        }
        return cls(tuple(known[holding] for holding in weekly))

    def at(self, week: int) -> Deal:
        """Return the deal of a week of a run."""
        return self.deals[week % WEEKS]

    def heard(self, week: int, lag: int, own: Bools) -> Floats:
        """Return the lift of a week where news takes `lag` weeks to reach partners: (J,) utils.

        Until its salespeople know of it an outlet has no more than the lift of the weeks before;
        the maker's own (J,) know at once.
        """
        lift = self.at(week).lift
        known = lift
        for before in range(1, lag + 1):
            known = np.minimum(known, self.at(week - before).lift)
        return np.where(own, lift, known) if lag else lift


def misalignment(rivalry: Rivalry, units: Floats, cut: Floats) -> float:
    """Return how far promotions are out of step, 0 to 1.

    Of all pairs of units that different partners sold in one zone, the share whose prices were cut
    by different shares; the mean over zones, weighted by units. A zone with one seller counts 0.

    Parameters
    ----------
    units
        (A,) units sold by arc.
    cut
        (A,) share that the arc's price was cut by.
    """
    total = float(units.sum())
    if total <= 0 or not cut.any():
        return 0.0
    sold = rivalry.by_zone(rivalry.spread(units))
    pairs = _pairs(rivalry, units)
    alike = sum(_pairs(rivalry, units * (cut == level)) for level in np.unique(cut))
    share = np.divide(pairs - alike, pairs, out=np.zeros_like(sold), where=pairs > 0)
    return float((share * sold).sum() / total)


def _pairs(rivalry: Rivalry, units: Floats) -> Floats:
    """Return the pairs of units (A,) that different partners sold in each zone: (Z,)."""
    by_partner = rivalry.spread(units)
    result: Floats = (rivalry.by_zone(by_partner) ** 2 - rivalry.by_zone(by_partner**2)) / 2
    return result


def _deal(holding: list[tuple[Promotion, Bools]], title: Bools) -> Deal:
    """Return what promotions that hold at once come to: of two for an outlet the later counts."""
    deal = Deal.none(len(title))
    for row, mine in holding:
        deal.promoted[mine] = row.price_cut > 0 or row.lift > 0
        deal.cut[mine] = row.price_cut
        deal.lift[mine] = row.lift
        deal.paid_back[mine & title] = row.maker_share * row.price_cut
    return deal
