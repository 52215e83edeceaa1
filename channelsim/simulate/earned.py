"""What contracts earned in a week: by whom, and what of it counts as channel margin."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.simulate.terms import Terms

TO_PARTNER = {
    **dict.fromkeys(("rebate", "commission", "coop", "bonus", "quantity_discount"), 1.0),
    **dict.fromkeys(("royalty", "revenue_share", "franchise_fee"), -1.0),
}
"""What the partner earns by each instrument; marketing goes to media."""
IN_CHANNEL = {"commission": 1.0, "royalty": -1.0, "quantity_discount": 1.0, "revenue_share": -1.0}
"""What counts as channel margin; the others are incentives (`domain.economics`), but for the
franchise fee, which comes off the fixed cost of whoever trades."""


@dataclass(frozen=True, eq=False)
class Earned:
    """What contracts earned in one week, booked on sell-out."""

    partner: Floats
    """(J,) by the partner, money."""
    channel: float
    """Commissions and quantity discounts less royalties and shares of revenue, money."""
    incentives: float
    """Rebates, co-op, marketing and bonuses, money."""
    fees: float = 0.0
    """Franchise fees of the outlets open, money: part of the fixed cost, not of the others."""

    @classmethod
    def of(cls, booked: Iterable[tuple[Terms, Floats]], outlets: int) -> Self:
        """Add up what terms earned every outlet, each (J,) money."""
        partner, channel, incentives, fees = np.zeros(outlets), 0.0, 0.0, 0.0
        for terms, amount in booked:
            instrument, total = terms.instrument, float(amount.sum())
            partner += TO_PARTNER.get(instrument, 0.0) * amount
            usual = instrument in IN_CHANNEL and not terms.signed
            fee = instrument == "franchise_fee"
            channel += IN_CHANNEL[instrument] * total if usual else 0.0
            incentives += 0.0 if usual or fee else total
            fees += total if fee else 0.0
        return cls(partner, channel, incentives, fees)
