"""The brand's goodwill in each zone: a stock in utils that every outlet there draws on.

After Nerlove and Arrow (1962), with the decay d of the scenario's `[goodwill]`,

    G' = (1 - d) G + d (X - X_today + coop x ln(1 + w / base) + advertising)
    X  = satisfaction x (happy - penalty x unhappy) / units
         + mean brand fit of the channel types that sold
         - discount x depth of the prices paid below the listed ones
         - violation x share of units below the price floor, foreign or diverted into the zone

Word of mouth moves with satisfaction, and bad weighs more than good (Anderson 1998); discounts
erode brands in the long run (Mela, Gupta and Lehmann 1997), and a brand is known by the shops that
carry it (Jacoby and Mazursky 1984). X_today is what today's layout leads
one to expect, so G is 0 until something changes. A week without buyers leaves X as it was. A zone
that buys nothing today is measured by the mean of all zones; where no zone does, X_today is 0.

Consumers choose by weights x exp(G): G is added to the utility of every outlet in the zone.
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats, across
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.rules import effort
from channelsim.simulate.setting import Setting
from channelsim.simulate.stationary import Stationary
from channelsim.simulate.trade import Firms


class GoodwillStock:
    """Goodwill of the brand by zone.

    Parameters
    ----------
    setting, firms
        The run's market and partners.
    law
        What consumers do under today's layout.
    price
        (J,) consumer price at the start, money per unit.
    planned
        (A,) units that the layout is expected to sell in an average week: where partners' co-op
        money goes.
    """

    stock: Floats
    """(Z,) utils, relative to the start."""
    today: Floats
    """(Z,) X under today's layout, utils."""

    def __init__(
        self, setting: Setting, firms: Firms, law: Stationary, price: Floats, planned: Floats
    ) -> None:
        self.setting, self.firms, self.planned = setting, firms, planned
        self.stock = np.zeros(len(setting.demand))
        self._news = np.zeros_like(self.stock)
        self._fits = bool(fit(setting).any())
        bought = law.purchases(setting)
        self.today = usual(setting, across(bought), across(bought * law.happy), price)

    def raised(self, weight: Floats) -> Floats:
        """Return weights by arc (A, S) with goodwill at work."""
        if not self.stock.any():
            return weight
        result: Floats = weight * np.exp(self.stock)[self.setting.arcs.zone][:, None]
        return result

    def learn(self, sales: Sales, price: Floats, brought: Floats, active: Bools) -> None:
        """Move the stock by a week.

        Parameters
        ----------
        price
            (J,) consumer price, money per unit.
        brought
            (Z,) diverted units brought in against the zone's holder.
        active
            (P,) partners still there.
        """
        setting, terms = self.setting, self.setting.case.goodwill
        if not (terms.moves or self._fits):
            return
        units = across(sales.sold).astype(np.float64)
        happy = across(sales.happy_buyers).astype(np.float64)
        felt, sold = experience(setting, units, happy, price, brought), setting.by_zone(units)
        mean = np.divide(felt, sold, out=np.zeros_like(sold), where=sold > 0)
        self._news = np.where(sold > 0, mean - self.today, self._news)
        promoted = terms.coop * promotion(setting, self.firms, self.planned, active)
        target = self._news + promoted + terms.advertising
        self.stock = (1 - terms.decay) * self.stock + terms.decay * target


def experience(
    setting: Setting, units: Floats, happy: Floats, price: Floats, brought: Floats
) -> Floats:
    """Return what a week's buyers make of the brand in each zone: (Z,) utils x units.

    Parameters
    ----------
    units, happy
        (A,) units sold, and how many of them made their buyer happy.
    price
        (J,) consumer price, money per unit.
    brought
        (Z,) diverted units brought in against the zone's holder.
    """
    terms, case = setting.case.goodwill, setting.case
    at = setting.arcs.candidate
    score = happy - terms.penalty * (units - happy)
    depth = np.maximum(1 - price / case.columns.price, 0.0)[at]
    floor = 0.0 if case.policy.price_floor is None else case.policy.price_floor
    amiss = setting.by_zone(units * (setting.foreign | (price < floor)[at])) + brought
    felt = setting.by_zone(terms.satisfaction * score - terms.discount * units * depth)
    felt = felt + setting.by_zone(units * fit(setting)[at])
    result: Floats = felt - terms.violation * np.minimum(amiss, setting.by_zone(units))
    return result


def fit(setting: Setting) -> Floats:
    """Return what the brand gains in the long run by being sold at each outlet: (J,) utils."""
    kinds = np.array([kind.brand_fit for kind in setting.case.channel_types])
    result: Floats = kinds[setting.case.columns.type_of]
    return result


def usual(setting: Setting, units: Floats, happy: Floats, price: Floats) -> Floats:
    """Return what buyers make of the brand in each zone under today's layout: (Z,) utils.

    Parameters
    ----------
    units, happy, price
        As for `experience`.
    """
    before, sold = setting.under(setting.case.today), setting.by_zone(units)
    felt = experience(before, units, happy, price, np.zeros_like(sold))
    mean = float(felt.sum() / sold.sum()) if sold.sum() > 0 else 0.0
    return np.divide(felt, sold, out=np.full_like(felt, mean), where=sold > 0)


def promotion(setting: Setting, firms: Firms, units: Floats, active: Bools) -> Floats:
    """Return ln(1 + w / base), summed over co-op and marketing money: (Z,).

    A partner's money and the money at which it bends go where it is expected to sell.

    Parameters
    ----------
    units
        (A,) units that the layout is expected to sell in an average week.
    active
        (P,) partners still there.
    """
    partner = setting.case.columns.partner_of[setting.arcs.candidate]
    sold = np.bincount(partner, units, len(active))[partner]
    part = np.divide(units, sold, out=np.zeros_like(units), where=sold > 0)
    total: Floats = np.zeros(len(setting.demand))
    for instrument in ("coop", "marketing"):
        spend, scale = firms.money_for(instrument)
        money = setting.by_zone(part * np.where(active, spend, 0.0)[partner])
        base = setting.by_zone(part * scale[partner])
        total = total + effort.goodwill(1.0, money, np.where(base > 0, base, 1.0))
    return total
