"""Bargaining at work: what partners have got off the listed wholesale price.

At reviews each partner with bargaining power and the maker divide what both earn on a unit, each
keeping what it would earn alone: the partner its reservation profit, the maker its mean margin on
the customers whom its other outlets would win. A chain's back margin grows by itself, city by
city. Both are paid on the units sold, as a discount.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, dot
from channelsim.domain.economics import UnitMoney
from channelsim.domain.scenario import Scenario
from channelsim.simulate.ledger import MAKER
from channelsim.simulate.rules import bargaining
from channelsim.simulate.trade import Trade

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


class Bargains:
    """Discounts in force.

    Parameters
    ----------
    case, trade
        The run's scenario and terms of trade.
    """

    discount: Floats
    """(J,) off the listed wholesale price, money per unit."""
    back: Floats
    """(J,) back margin, share of the wholesale price."""

    def __init__(self, case: Scenario, trade: Trade) -> None:
        self.case, self.trade = case, trade
        able = trade.title & ~trade.own
        self.power = np.array([p.bargaining_power for p in case.partners])
        growth = np.array([p.back_margin_growth for p in case.partners])
        self.growth = np.where(able, growth[trade.partner], 0.0)
        self.able = able
        self.back = np.zeros(len(able))
        self.discount = np.zeros(len(able))

    @property
    def on(self) -> bool:
        """Whether anybody bargains."""
        return bool(self.power.any() or self.growth.any())

    def review(self, channel: "Channel") -> None:
        """Bargain anew in a review week."""
        weeks = self.case.policy.review_weeks
        if not self.on or channel.week == 0 or channel.week % weeks:
            return
        agreed = self._agreed(channel)[self.trade.partner]
        share = _city_share(channel)
        self.back = bargaining.back_margin(self.back, share, self.growth, weeks)
        wholesale = self.trade.wholesale
        off = np.where(self.able, agreed + self.back * wholesale, 0.0)
        self.discount = np.minimum(off, wholesale)

    def priced(self, money: UnitMoney) -> UnitMoney:
        """Return money per unit with the discounts in force."""
        if not self.discount.any():
            return money
        return replace(
            money,
            incentives=money.incentives + self.discount,
            partner_income=money.partner_income + self.discount,
        )

    def pay(self, channel: "Channel") -> Floats:
        """Pay the discounts on this week's units; return what each outlet got: (J,) money."""
        amount: Floats = channel.outlets.sold * self.discount
        channel.ledger.pay("discount", MAKER, channel.ledger.account[self.trade.partner], amount)
        return amount

    def _agreed(self, channel: "Channel") -> Floats:
        """Return the discounts that partners and the maker agree on: (P,) money per unit."""
        setting, money = channel.setting, channel.money
        units = setting.by_outlet(channel.memory.units)
        bought = np.where(self.able & channel.outlets.is_open, units, 0.0)
        sold = setting.by_partner(bought)

        def per_unit(total: Floats) -> Floats:
            by_partner = setting.by_partner(total)
            return np.divide(by_partner, sold, out=np.zeros_like(sold), where=sold > 0)

        fixed = np.where(bought > 0, money.partner_fixed, 0.0)
        income = per_unit(bought * (money.partner_income - self.discount) - fixed)
        margin = per_unit(bought * (money.margin + self.discount))
        asked = np.where(bought > 0, money.reservation, 0.0)
        alone = per_unit(asked + money.reservation_rate * money.price * bought)
        maker_alone = _recaptured(channel) * _mean(units, money.margin + self.discount)
        off = bargaining.discount(income, margin, maker_alone, alone, self.power)
        return np.where(sold > 0, off, 0.0)


def _recaptured(channel: "Channel") -> Floats:
    """Return the share of each partner's customers that the maker would keep without it: (P,)."""
    setting = channel.setting
    rivalry, count = setting.rivalry, len(setting.case.partners)
    sold = rivalry.spread(channel.memory.units[setting.live])
    demand = np.maximum(setting.demand, 1e-9)[rivalry.zone]
    share = np.minimum(sold / demand, 1.0)
    total = np.minimum(rivalry.by_zone(sold)[rivalry.zone] / demand, 1.0)
    kept = sold * bargaining.recaptured(share, total)
    units = np.bincount(rivalry.partner, sold, count)
    won = np.bincount(rivalry.partner, kept, count)
    return np.divide(won, units, out=np.zeros(count), where=units > 0)


def _city_share(channel: "Channel") -> Floats:
    """Return the share of the partner in the units that shops sell in each outlet's own city, for
    what is sold online no shop can move elsewhere: (J,).
    """
    setting, columns = channel.setting, channel.case.columns
    rivalry, count = setting.rivalry, len(channel.case.partners)
    offline = ~columns.online[setting.arcs.candidate[setting.live]]
    share = rivalry.shares(channel.memory.units[setting.live] * offline)
    table = rivalry.zone * count + rivalry.partner
    wanted = columns.zone_of * count + columns.partner_of
    if not len(table):
        return np.zeros(len(wanted))
    at = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    found = (columns.zone_of >= 0) & (table[at] == wanted)
    return np.where(found, share[at], 0.0)


def _mean(units: Floats, values: Floats) -> float:
    total = float(units.sum())
    return max(dot(units, values) / total, 0.0) if total > 0 else 0.0
