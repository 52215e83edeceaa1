"""What builds and erodes the brand's goodwill in a zone (Nerlove and Arrow 1962)."""

from dataclasses import dataclass, fields

from channelsim.domain import checks


@dataclass(frozen=True)
class Goodwill:
    """Settings of the stock of goodwill that every outlet in a zone draws on.

    The stock moves by G' = (1 - decay) G + decay x target, both in utils and relative to the
    stationary state of today's layout: it is 0 in week 0 and stays there until something changes.

    It is the brand's, in a zone, and slow. `market.goodwill` is a partner's own, at once, and ends
    with its spending; the two add up.
    """

    decay: float = 0.02
    """Share of the stock that fades per week."""
    satisfaction: float = 0.0
    """Utils that goodwill gains in the long run where the mean buyer's score rises by 1; a happy
    buyer scores 1, an unhappy one -penalty."""
    penalty: float = 2.0
    """Happy buyers whose word one unhappy buyer's outweighs."""
    coop: float = 0.0
    """Utils that it gains in the long run per unit of ln(1 + w / base), w the layout's co-op and
    marketing money in the zone and base the money at which its effect bends."""
    advertising: float = 0.0
    """Utils that a campaign for the brand from week 0 on, on top of today's advertising, sustains
    in the long run; its cost is part of the overheads."""
    discount: float = 0.0
    """Utils that it loses in the long run where units sell at a price of nothing instead of the
    listed one; in proportion below."""
    violation: float = 0.0
    """Utils that it loses in the long run where all units are sold below the price floor, from
    outside into another partner's exclusive zone, or are diverted into one."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.within("decay", self.decay, 0, 1, "write a share per week such as 0.02 or 2%")
        checks.positive("decay", self.decay, "write a share per week such as 0.02 or 2%")
        checks.within("penalty", self.penalty, 0, 100)
        for name in ("satisfaction", "coop", "discount", "violation"):
            checks.within(name, getattr(self, name), 0, 10, "write utils")
        checks.within("advertising", self.advertising, -10, 10, "write utils")

    @property
    def moves(self) -> bool:
        """Whether anything moves the stock."""
        still = {"decay", "penalty"}
        return any(getattr(self, f.name) != 0 for f in fields(self) if f.name not in still)
