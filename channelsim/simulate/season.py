"""What a season is expected to bring: partners stock by their own rules, then demand swings.

Where goods last for a week alone, weeks have nothing to do with one another, and a season's profits
are a function of the stock and of the factor on demand. They are worked out at evenly spaced
quantiles of the market's swing, without the chance of single consumers: the terms of trade, the
contracts and the sell-off are those of a run. Prices and efforts are those of the rest point.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from channelsim.domain import swings
from channelsim.domain.columns import Bools, Floats, frozen
from channelsim.domain.contract import PERIODS
from channelsim.domain.demand import open_mask
from channelsim.domain.economics import terms_by_candidate, unit_money
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadValue
from channelsim.simulate.buy_back import BuyBack
from channelsim.simulate.earned import TO_PARTNER
from channelsim.simulate.replenishment import Replenishment
from channelsim.simulate.rest import RestPoint, rest_point
from channelsim.simulate.sell_off import SellOff
from channelsim.simulate.terms import Terms, all_terms
from channelsim.simulate.trade import Firms, Trade

STATES = 20_000
"""Quantiles of demand that a season is worked out at."""


@dataclass(frozen=True, eq=False)
class SeasonPoint:
    """A season by state of demand: J candidates, P partners, K states of equal chance."""

    stock: Floats
    """(J,) units that each outlet starts with, by its ordering rule."""
    asked: Floats
    """(K, J) units asked for."""
    sold: Floats
    """(K, J) units sold."""
    partner: Floats
    """(K, P) partners' profits, money; 0 for the maker's own arms."""
    maker: Floats
    """(K,) the maker's profit, money."""

    @property
    def partner_profit(self) -> Floats:
        """Profit expected of each partner: (P,) money."""
        return frozen(self.partner.mean(axis=0))

    @property
    def maker_profit(self) -> float:
        """Profit expected of the maker, money."""
        return float(self.maker.mean())

    @property
    def channel_profit(self) -> float:
        """Profit expected of all together, money."""
        return float(self.partner_profit.sum()) + self.maker_profit


def season_point(
    scenario: Scenario, layout: Layout | None = None, *, states: int = STATES
) -> SeasonPoint:
    """Return what partners stock for a season of one week, and what it brings.

    Parameters
    ----------
    layout
        Today's by default.
    states
        Quantiles of demand.

    Raises
    ------
    BadValue
        If goods of an open outlet keep for more than a week or are not at once there, contracts
        run for longer, or zones' swings are not one.
    """
    layout = scenario.today if layout is None else layout
    is_open = open_mask(scenario, layout)
    trade = Trade.of(scenario, layout)
    _check(scenario, is_open)
    rest = rest_point(scenario, layout)
    stock = Replenishment(scenario, trade, rest.units).target(rest.units, rest.price, 0)
    stock = np.where(is_open, stock, 0.0)
    score = ndtri((np.arange(states) + 0.5) / states)
    market = scenario.market
    factors = swings.factor(score, market.swing, market.swing_law)
    asked = np.outer(factors, rest.units)
    sold = np.minimum(np.minimum(asked, stock), trade.capacity)
    season = _Season(scenario, layout, trade, rest, is_open)
    partner, maker = season.profits(stock, sold)
    return SeasonPoint(
        stock=frozen(stock),
        asked=frozen(asked),
        sold=frozen(sold),
        partner=frozen(partner @ season.of_partner),
        maker=frozen(maker.sum(axis=1)),
    )


class _Season:
    """The terms on which a season's sales are settled."""

    def __init__(
        self, case: Scenario, layout: Layout, trade: Trade, rest: RestPoint, is_open: Bools
    ) -> None:
        self.trade, self.price, self.level, self.is_open = trade, rest.price, rest.units, is_open
        self.money = unit_money(case, rest.price)
        self.terms = all_terms(case, trade, Firms.of(case, layout, trade))
        self.back, self.sell_off = BuyBack(case, trade), SellOff.of(case, trade)
        self.of_partner = np.eye(len(case.partners))[trade.partner]
        self.quota = case.policy.quota_growth * trade.expected @ self.of_partner

    def profits(self, stock: Floats, sold: Floats) -> tuple[Floats, Floats]:
        """Return the profits of outlets' partners and of the maker at each: (K, J) money."""
        trade, price = self.trade, self.price
        to_partner, paid = self._contracts(sold)
        left = stock - sold
        spare = np.maximum(left - self.back.stock_from * self.level, 0.0)
        back = np.where(self.back.agreed, spare, 0.0)
        lost, spoilt = self.sell_off.lost(trade.title, left - back)
        returned = back * trade.wholesale * (1 - self.back.rate)
        spoilt = spoilt + self.sell_off.returned(back) - returned
        margin = np.where(trade.title, price - trade.wholesale, 0.0)
        earned = sold * (margin - price * trade.selling_rate) + to_partner - returned - lost
        money = self.money
        kept = price - margin - money.production - money.logistics - money.governance
        kept = kept - price * trade.fee_rate
        partner = np.where(self.is_open, earned - trade.partner_fixed, 0.0)
        maker = np.where(self.is_open, sold * kept - paid - spoilt - trade.maker_fixed, 0.0)
        own = trade.own
        return np.where(own, 0.0, partner), maker + np.where(own, partner, 0.0)

    def _contracts(self, sold: Floats) -> tuple[Floats, Floats]:
        """Return what contracts bring outlets' partners and cost the maker: (K, J) money each."""
        reached = sold @ self.of_partner
        whole = self.quota[None]
        share = np.divide(reached, whole, out=np.zeros_like(reached), where=whole > 0)
        to_partner, paid = np.zeros_like(sold), np.zeros_like(sold)
        for term in self.terms:
            amount = self._due(term, (reached if term.by_volume else share), sold)
            sign = TO_PARTNER.get(term.instrument, 0.0)
            to_partner = to_partner + sign * amount
            paid = paid + (sign or 1.0) * amount
        return to_partner, paid

    def _due(self, term: Terms, reached: Floats, sold: Floats) -> Floats:
        base = sold * term.unit_base(self.price, self.trade.wholesale)
        base = base + (term.instrument == "franchise_fee") * self.is_open
        each = reached[:, self.trade.partner]
        if np.isfinite(term.cap).any():
            return np.stack([term.due(*row) for row in zip(each, base, strict=True)])
        return term.due(each, base)


def _check(case: Scenario, is_open: Bools) -> None:
    kinds = [case.channel_types[t] for t in case.columns.type_of]
    for row, kind, open_ in zip(case.candidates, kinds, is_open, strict=True):
        if open_ and not (kind.season_weeks == kind.review_weeks == 1 and row.lead_time == 0):
            raise BadValue(
                f"goods of {row.id!r} must last for the week that they are ordered for; write 1 as "
                "season_weeks and review_weeks of its type, and 0 as its lead_time"
            )
    for name in {contract.instrument for contract in case.contracts}:
        for rows in terms_by_candidate(case, name):
            if rows and PERIODS[rows[0].period] > 1:
                raise BadValue(
                    f"{name} must run by the week, got {rows[0].period!r}; write week as its period"
                )
    if len(case.zones) > 1 and case.market.swing_common < 1:
        raise BadValue(
            f"swing_common must be 1 in {len(case.zones)} zones, got {case.market.swing_common:g}; "
            "write 1, or simulate"
        )
