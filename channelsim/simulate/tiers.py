"""Customer tiers at work: kinds of consumer, one for each pair (segment, tier).

Kinds C = S x T stand in the order segment by segment, the tiers of a segment side by side from the
lowest up. Without tiers C = S, and everything passes through as it is.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.customer_tier import CustomerTier
from channelsim.domain.scenario import Scenario
from channelsim.simulate import cash
from channelsim.simulate.setting import Setting

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

_NONE = (CustomerTier("all", "all"),)


@dataclass(frozen=True, eq=False)
class Tiers:
    """What tiers do, each (T,)."""

    ids: tuple[str, ...]
    """Ids, the lowest first."""
    rise: Floats
    """Chance that a purchase moves up a tier."""
    lapse: Floats
    """Chance that a week without a purchase moves down a tier."""
    service: Floats
    """Service added, 0 to 1."""
    offer: Floats
    """Share off the price."""
    appeal: Floats
    """Utils."""
    cost: Floats
    """Money per customer and week."""

    @classmethod
    def of(cls, case: Scenario) -> Self:
        """Read them off the scenario; without any, everybody is of one tier."""
        rows = case.customer_tiers or _NONE
        names = ("rise", "lapse", "service", "price_offer", "appeal", "cost")
        return cls(
            tuple(row.id for row in rows),
            *(np.array([getattr(row, name) for row in rows], dtype=np.float64) for name in names),
        )

    @property
    def count(self) -> int:
        """T."""
        return len(self.ids)

    @property
    def on(self) -> bool:
        """Whether there is more than one tier, or one that is treated in a way of its own."""
        effects = (self.service, self.offer, self.appeal, self.cost)
        return self.count > 1 or any(effect.any() for effect in effects)

    def kinds(self, values: Floats) -> Floats:
        """Return values by segment (..., S) for every kind: (..., C)."""
        return np.repeat(values, self.count, axis=-1) if self.count > 1 else values

    def by_tier(self, values: Floats | Ints) -> Floats:
        """Return sums over all but the tiers of values by kind (N, C): (T,)."""
        result: Floats = values.sum(axis=0).reshape(-1, self.count).sum(axis=0).astype(np.float64)
        return result

    def weights(self, setting: Setting, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return odds by arc and kind (A, C) at prices and lifts (J,), 0 closed."""
        if not self.on:
            return setting.weights(price, lift, is_open)
        tastes = np.array([s.service_weight for s in setting.case.segments])
        each = [
            setting.weights(price * (1 - offer), lift + appeal, is_open)
            * np.exp(np.outer(setting.more_service(service), tastes))
            for offer, appeal, service in zip(self.offer, self.appeal, self.service, strict=True)
        ]
        return _side_by_side(each)

    def happiness(self, setting: Setting, price: Floats, is_open: Bools, wait: Floats) -> Floats:
        """Return the chance that a purchase makes its buyer happy: (A, C)."""
        each = [setting.happiness(price, is_open, wait, service) for service in self.service]
        return _side_by_side(each)

    def given(self, setting: Setting, sold: Ints, price: Floats) -> Floats:
        """Return what price offers took off the takings of units sold (A, C): (J,) money."""
        off = sold.reshape(len(sold), -1, self.count).sum(axis=1) @ self.offer
        result: Floats = setting.by_outlet(off) * price
        return result


def _side_by_side(by_tier: list[Floats]) -> Floats:
    if len(by_tier) == 1:
        return by_tier[0]
    return np.stack(by_tier, axis=-1).reshape(len(by_tier[0]), -1)


def look_after(channel: "Channel") -> None:
    """Book what customers of some tiers were let off, and pay for looking after them."""
    outlets, tiers = channel.outlets, channel.tiers
    asked = outlets.sold * outlets.price
    off = tiers.given(channel.setting, channel.sales.sold, outlets.price)
    kept = 1 - np.divide(off, asked, out=np.zeros_like(off), where=asked > 0)
    money = channel.deal.money(channel.case, channel.full_price, kept)
    channel.money = channel.bargains.priced(money)
    owners = tiers.by_tier(channel.consumers.adopted)
    channel.governing += cash.accounts(channel.ledger, float(owners @ tiers.cost))
