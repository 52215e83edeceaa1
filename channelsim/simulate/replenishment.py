"""How outlets keep their shelves: each one's forecast and order, by its rules."""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.economics import first_rate
from channelsim.domain.rules import rules_of
from channelsim.domain.scenario import Scenario
from channelsim.simulate.firms import Outlets
from channelsim.simulate.forecaster import Forecaster, Habits
from channelsim.simulate.rules import ordering, rationing
from channelsim.simulate.rules.chosen import Chosen
from channelsim.simulate.rules.relationship import QUARTER
from channelsim.simulate.supply import season_ahead, standing_stock
from channelsim.simulate.trade import Trade
from channelsim.simulate.unit_worth import UnitWorth

_GOLDEN = 0.6180339887498949
_UNCERTAIN = ("R_S", "newsvendor")
"""Rules that ask how uncertain a forecast is."""


class Replenishment:
    """Forecasts and orders of every outlet.

    Parameters
    ----------
    case, trade
        The run's scenario and terms of trade.
    level
        (J,) units that outlets of today sell in an average week.
    """

    turn: Floats
    """(J,) recent sales that the maker goes by where it rations by turn, units a week."""
    cut: Floats
    """(J,) share of the last order that was not delivered."""

    def __init__(self, case: Scenario, trade: Trade, level: Floats) -> None:
        self.trade, self.season = trade, case.columns.season
        names = rules_of(case, "ordering")
        self._rule = Chosen.of(names, ordering.RULES, ordering.Need.at)
        self._waits = np.array([name in ordering.WAITING for name in names], dtype=np.bool_)
        self._read(case)
        uncertain = any(name in _UNCERTAIN for name in names)
        self.forecaster = Forecaster(_habits(case, trade), level, errors=uncertain)
        self.turn, self.cut = level.copy(), np.zeros_like(level)

    def _read(self, case: Scenario) -> None:
        """Read the rules' parameters off partners and channel types: each (J,)."""
        trade = self.trade
        kinds = [case.channel_types[t] for t in case.columns.type_of]
        weeks = trade.lead + trade.review
        need = ordering.up_to(trade.expected, weeks.astype(np.float64), weeks, trade.safety)
        fixed = np.array([np.nan if k.base_stock is None else k.base_stock for k in kinds])
        left = np.array([np.nan if k.salvage is None else k.salvage for k in kinds])
        held = np.maximum(1 - case.economics.holding_rate * trade.review, 0.0)
        self._fixed = np.where(np.isnan(fixed), need, fixed)
        back = np.where(trade.title, first_rate(case, "buy_back"), 0.0)
        self._salvage = trade.stock_value * np.maximum(np.where(np.isnan(left), held, left), back)
        self._worth = UnitWorth.of(case, trade)
        self._uniform = np.full(len(kinds), case.market.swing_law == "uniform")
        self._reserve = np.array([k.reserve_units for k in kinds])
        self._returns = np.array([k.order_returns for k in kinds], dtype=np.bool_)
        self._lot = np.array([k.lot_weeks for k in kinds])
        self._service = np.array([k.service_level for k in kinds])
        inflated = np.array([case.partners[p].inflate for p in trade.partner])
        self._padding = np.where([k.vendor_managed for k in kinds], 0.0, inflated)
        self._pays = case.policy.rationing in rationing.MANIPULABLE

    def learn(self, outlets: Outlets, last_season: float, precision: Floats) -> None:
        """Learn from what was asked for last week.

        Parameters
        ----------
        precision
            (P,) precision of partners' forecasts over the usual: part of what would surprise them
            they have been told, and it teaches them less.
        """
        level, asked = outlets.level, outlets.asked
        if (precision != 1).any():
            foreseen = level * last_season
            asked = foreseen + (asked - foreseen) / np.sqrt(precision)[self.trade.partner]
        outlets.level = self.forecaster.learn(level, asked, last_season, outlets.is_open)

    def remember(self, outlets: Outlets) -> None:
        """Remember what was sold, and what of an order was not delivered, in a week played."""
        self.turn += np.where(outlets.is_open, QUARTER * (outlets.sold - self.turn), 0.0)
        ordered = outlets.ordered > 0
        missed = outlets.ordered - outlets.shipped
        self.cut = np.where(ordered, np.maximum(missed, 0) / np.maximum(outlets.ordered, 1), 0.0)

    def target(self, level: Floats, price: Floats, week: int) -> Floats:
        """Return the stock, on hand and on order, that outlets with a forecast (J,) and a price
        (J,) order up to.
        """
        result: Floats = self._rule(self._need(level, price, week)) + self._reserve
        return result

    def order(self, outlets: Outlets, week: int, ahead: Floats | None = None) -> None:
        """Order where the outlet's turn to order has come, and its rule wants to.

        Turns are staggered by row, so that not every outlet orders in the same week.

        Parameters
        ----------
        ahead
            (J,) average weeks of sales bought ahead of need; None: nothing is.
        """
        need = self._need(outlets.level, outlets.price, week)
        outlets.target = self._rule(need) + self._reserve
        if ahead is not None:
            outlets.target = outlets.target + outlets.level * ahead
        turn = (week + np.arange(len(self._lot))) % self.trade.review == 0
        position = outlets.position
        if self._waits.any():
            turn &= ~self._waits | (position <= ordering.reorder_point(need) + self._reserve)
        gap = ordering.order(outlets.target, position, allow_returns=True)
        wanted = ordering.inflated(np.maximum(gap, 0), self._padding, self.cut, self._pays)
        spare = np.where(self._returns, np.minimum(gap, 0), 0)
        outlets.ordered[:] = np.where(turn & outlets.is_open, wanted + spare, 0)

    def stock_first(self, outlets: Outlets, which: Bools, expected: Floats, week: int) -> None:
        """Fill the shelves of outlets that open (J,): what they are expected to need (J,), at once.

        It is no order: the maker knows what opens and has it ready.
        """
        outlets.level = np.where(which, expected, outlets.level)
        self.forecaster.begin(which, expected)
        self.turn = np.where(which, expected, self.turn)
        factor = self.season[(week - 1) % len(self.season)]
        outlets.asked = np.where(which, expected * factor, outlets.asked)
        first = np.rint(self.target(outlets.level, outlets.price, week)).astype(np.int64)
        first = np.where(which, first, 0)
        outlets.stock += first
        outlets.arrived += first
        outlets.shipped += first
        outlets.filled += first

    def standing(self, level: Floats, price: Floats, which: Bools) -> tuple[Ints, Ints]:
        """Return what outlets that have long sold `level` a week (J,) hold when week 0 begins.

        Those that order in lots lie anywhere between their two levels, spread evenly by row.

        Returns
        -------
        Units on hand (J,), and under way by week of arrival (L + 1, J).
        """

        def full(level: Floats, week: int) -> Floats:
            return self.target(level, price, week)

        stock, transit = standing_stock(self.trade, level, self.season, which, full)
        if self._waits.any():
            at = _GOLDEN * np.arange(len(level)) % 1
            between = full(np.where(which, level, 0.0), 0) - at * self._lot * level
            waiting = self._waits & which
            stock = np.where(waiting, np.rint(between).astype(np.int64), stock)
            transit[:, waiting] = 0
        return stock, transit

    def alarms(self, outlets: Outlets, week: int, margin: float) -> Bools:
        """Return which open outlets end a week below their reorder point: (J,)."""
        ahead = season_ahead(self.season, week + 1, self.trade.lead)
        low = ordering.alarms(outlets.position, outlets.level, ahead, margin)
        result: Bools = low & outlets.is_open
        return result

    def _need(self, level: Floats, price: Floats, week: int) -> ordering.Need:
        trade, weeks = self.trade, self.trade.lead + self.trade.review
        return ordering.Need(
            level=level,
            ahead=season_ahead(self.season, week, weeks),
            weeks=weeks,
            safety=trade.safety,
            sigma=self.forecaster.sigma,
            fixed=self._fixed,
            lot=self._lot,
            service=self._service,
            price=self._worth.price(price),
            cost=trade.stock_value,
            salvage=self._salvage,
            uniform=self._uniform,
            targets=self._worth.targets,
            extra=self._worth.extra(price),
        )


def _habits(case: Scenario, trade: Trade) -> Habits:
    """Read how outlets forecast off their partners."""
    firms = [case.partners[p] for p in trade.partner]
    return Habits(
        names=rules_of(case, "forecasting"),
        window=np.array([f.forecast_window for f in firms], dtype=np.int64),
        weight=np.array([f.forecast_weight for f in firms]),
        rho=np.array([np.nan if f.forecast_rho is None else f.forecast_rho for f in firms]),
        cover=trade.lead + trade.review,
        delay=np.zeros(len(firms), dtype=np.int64),
        swing=trade.swing,
    )
