"""What a week earned, booked on what consumers bought: filling shelves earns nobody anything."""

from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.economics import UnitMoney, reservation
from channelsim.simulate.earned import Earned
from channelsim.simulate.firms import Outlets, Standing
from channelsim.simulate.rules import relationship
from channelsim.simulate.trade import Trade

_LEAST_SEASON = 0.05
"""A week with less season than this says nothing about an average week."""


@dataclass(frozen=True, eq=False)
class Books:
    """One week's results."""

    sold: Floats
    """(J,) units."""
    profit: Floats
    """(J,) the partner's profit, money."""
    reservation: Floats
    """(J,) its reservation profit, money."""
    units: Floats
    """(P,) units sold."""
    reported: Floats
    """(P,) units reported as sold: with what was diverted to fill a quota."""
    quota: Floats
    """(P,) units."""
    channel: float
    """Commissions, discounts and credit less royalties, shares and returns, money."""
    incentives: float
    """Rebates, co-op, marketing, bonuses, refunds and incentive money spent, money."""
    passed: Floats
    """(P,) what distributors earned on goods that other partners sold, money."""

    @classmethod
    def of(
        cls,
        trade: Trade,
        outlets: Outlets,
        money: UnitMoney,
        earned: Earned,
        deals: Floats,
        dumped: Floats,
        quota: Floats,
        spent: float,
        holding_rate: float,
        financed: Floats,
        margin: float,
        passed: Floats,
    ) -> "Books":
        """Close a week's books.

        Parameters
        ----------
        money
            Money per unit at the week's prices.
        deals
            (J,) what diversion and the refunds of promotions earned, money.
        dumped
            (P,) units diverted to fill a quota.
        quota
            (P,) units.
        spent
            Incentive money and refunds spent this week.
        financed
            (J,) stock that the maker finances by credit, money.
        margin
            What credit cost the maker, less what it kept of goods bought back, and what it lost on
            goods that outlasted their season, money.
        passed
            (P,) what distributors earned on goods that other partners sold, money.
        """
        sold = outlets.sold.astype(np.float64)
        takings = sold * money.price
        holding = holding_rate * outlets.stock * trade.stock_value - holding_rate * financed
        income = np.where(trade.title, takings - sold * trade.wholesale - holding, 0.0)
        fixed = np.where(outlets.is_open, trade.partner_fixed, 0.0)
        return cls(
            sold=sold,
            profit=income + earned.partner + deals - takings * trade.selling_rate - fixed,
            reservation=np.where(outlets.is_open, reservation(money, sold), 0.0),
            units=(units := np.bincount(trade.partner, sold, len(quota))),
            reported=units + dumped,
            quota=quota,
            channel=earned.channel + margin,
            incentives=earned.incentives + spent,
            passed=passed,
        )


def remember(
    standing: Standing,
    books: Books,
    trade: Trade,
    money: UnitMoney,
    outlets: Outlets,
    season: float,
) -> None:
    """Let partners remember the week as one of average season."""
    standing.reviewed_units += books.reported
    standing.reviewed_quota += books.quota
    if season < _LEAST_SEASON:
        return
    partner, count = trade.partner, len(standing.trust)
    fixed = np.where(outlets.is_open, money.partner_fixed, 0.0)
    profit = (books.profit + fixed) / season - fixed
    floor = np.where(outlets.is_open, money.reservation, 0.0)
    asked = (books.reservation - floor) / season + floor
    reached = np.divide(
        books.reported, books.quota, out=standing.attainment.copy(), where=books.quota > 0
    )
    news = {
        "profit": (np.bincount(partner, profit, count), relationship.YEAR),
        "reservation": (np.bincount(partner, asked, count), relationship.YEAR),
        "maker": (
            np.bincount(partner, books.sold * money.margin, count) / season,
            relationship.YEAR,
        ),
        "attainment": (reached, relationship.QUARTER),
    }
    for name, (value, weight) in news.items():
        old = getattr(standing, name)
        new = relationship.remembered(old, value, weight)
        setattr(standing, name, np.where(standing.active, new, old))
    below = relationship.patience(standing.patience, standing.profit, standing.reservation)
    standing.patience = np.where(standing.active & (standing.reservation > 0), below, 0)
