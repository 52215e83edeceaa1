"""The scorecard of a review: what partners did since the last one, criterion by criterion."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, across

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

_COUNTS = ("units", "happy", "in_order", "shipped", "open_weeks", "stocked_weeks")


class Scorecard:
    """Counts since the last review, by partner (P,).

    Parameters
    ----------
    weights
        Weights of sales, coverage, price discipline, service and reporting.
    partners
        P.
    """

    def __init__(self, weights: tuple[float, ...], partners: int) -> None:
        self.beyond_sales = any(weights[1:])
        self.counts: dict[str, Floats] = {name: np.zeros(partners) for name in _COUNTS}

    def note(self, channel: "Channel") -> None:
        """Count the week just played, if any criterion but sales has a weight."""
        if not self.beyond_sales:
            return
        setting, sales, outlets = channel.setting, channel.sales, channel.outlets
        bought = across(sales.sold)
        happy = setting.by_outlet(across(sales.happy_buyers))
        away = setting.by_outlet(np.where(setting.foreign, bought, 0))
        trading = channel.trading.astype(np.float64)
        lawful = np.where(self._above_floor(channel), channel.books.sold - away, 0.0)
        week = {
            "units": channel.books.sold + outlets.moved_out,
            "happy": happy,
            "in_order": lawful,
            "shipped": outlets.shipped,
            "open_weeks": trading,
            "stocked_weeks": trading * sales.in_stock,
        }
        for name, values in week.items():
            self.counts[name] += setting.by_partner(values)

    def criteria(self, attainment: Floats) -> tuple[Floats, ...]:
        """Return the five criteria of each partner, (P,) each, and begin to count anew."""
        seen = self.counts
        ordered, units = seen["shipped"], seen["units"]
        result = (
            attainment,
            _share(seen["stocked_weeks"], seen["open_weeks"]),
            _share(seen["in_order"], units),
            _share(seen["happy"], units),
            _share(np.minimum(ordered, units), np.maximum(ordered, units)),
        )
        self.counts = {name: np.zeros_like(units) for name in _COUNTS}
        return result

    @staticmethod
    def _above_floor(channel: "Channel") -> Bools:
        floor = channel.case.policy.price_floor
        above: Bools = channel.full_price >= (-np.inf if floor is None else floor)
        return above


def _share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, 1 where there is nothing to judge."""
    return np.divide(part, whole, out=np.ones_like(whole), where=whole > 0)
