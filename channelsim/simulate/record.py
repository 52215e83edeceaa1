"""The record of a run: weekly series by level, and the realised measures of the whole."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain import measures
from channelsim.domain.columns import Floats, frozen
from channelsim.domain.conflict import customer_conflict, territory_conflict
from channelsim.domain.measures import COST_PARTS, Measures
from channelsim.domain.outcome import Series
from channelsim.errors import BadValue
from channelsim.simulate import weekly
from channelsim.simulate.quarrels import Pairs

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

LEVELS = ("total", "zone", "partner", "outlet", "tier", "pair")
MEANS = (
    "coverage",
    "online_reach",
    "occasions",
    "units",
    "revenue",
    "production",
    *COST_PARTS,
    "price_conflict",
    "goal_conflict",
    "partner_profit",
)
"""Measures of a run that are the mean of its weeks; the others are ratios of sums."""
_LOOK = {
    "zone": weekly.zones,
    "partner": weekly.partners,
    "outlet": weekly.outlets,
    "tier": weekly.tiers,
}


class Recorder:
    """Writes weeks down.

    Parameters
    ----------
    channel
        The run.
    levels
        Levels to record, of total, zone, partner, outlet, tier and pair.

    Raises
    ------
    BadValue
        If a level is unknown.
    """

    def __init__(self, channel: "Channel", levels: tuple[str, ...]) -> None:
        unknown = [level for level in levels if level not in LEVELS]
        if unknown:
            raise BadValue(
                f"record must name levels of {', '.join(LEVELS)}; got {unknown[0]!r}; drop it"
            )
        case = channel.case
        self.names = {
            "total": ("total",),
            "zone": tuple(z.id for z in case.zones),
            "partner": tuple(p.id for p in case.partners),
            "outlet": tuple(c.id for c in case.candidates),
            "tier": channel.tiers.ids,
        }
        self.levels = levels
        self.pairs = Pairs(self.names["partner"])
        self.rows: dict[tuple[str, str], list[Floats]] = {}
        self.sums = dict.fromkeys(("foreign", "switched", "repeat"), 0.0)
        self.traded = np.zeros(len(case.candidates))
        self.profit = np.zeros(len(case.candidates))
        self.reservation = np.zeros(len(case.candidates))

    def add(self, channel: "Channel") -> None:
        """Write the week just played down."""
        sales = channel.sales
        self.sums["foreign"] += weekly.foreign(channel)
        self.sums["switched"] += float(sales.switched.sum())
        self.sums["repeat"] += float(sales.repeat.sum())
        self.traded += channel.trading
        self.profit += np.where(channel.trading, channel.books.profit, 0.0)
        self.reservation += channel.books.reservation
        week = weekly.week_measures(channel, self.viable(channel)).as_dict()
        for name, value in (week | weekly.total(channel)).items():
            self.rows.setdefault(("total", name), []).append(np.array([value]))
        if "pair" in self.levels:
            self.pairs.add(channel)
        for level, look in _LOOK.items():
            if level in self.levels:
                for name, values in look(channel).items():
                    self.rows.setdefault((level, name), []).append(values.copy())

    def viable(self, channel: "Channel") -> float:
        """Return the share of operations that have earned their reservation profit so far.

        Counted are those that are open or whose partner left; who left was not viable.
        """
        left = channel.outlets.left & (self.traded > 0)
        asks = channel.money.reservation + channel.money.reservation_rate > 0
        counted = asks & (channel.outlets.is_open | left)
        reached = (self.profit >= self.reservation) & ~left
        return float(reached[counted].mean()) if counted.any() else 1.0

    def realised(self, channel: "Channel") -> Measures:
        """Return the measures over all weeks played."""
        mean = {name: float(np.mean(self.rows["total", name])) for name in MEANS}
        units = float(np.sum(self.rows["total", "units"]))
        occasions = float(np.sum(self.rows["total", "occasions"]))
        kinds = {
            "price_conflict": mean.pop("price_conflict"),
            "territory_conflict": territory_conflict(self.sums["foreign"], units),
            "customer_conflict": customer_conflict(self.sums["switched"], self.sums["repeat"]),
            "goal_conflict": mean.pop("goal_conflict"),
        }
        return Measures(
            **mean,
            **measures.weigh_conflict(channel.case, kinds),
            share=units / occasions if occasions > 0 else 0.0,
            viable=self.viable(channel),
        )

    def series(self) -> tuple[Series, ...]:
        """Return what was recorded, week by week."""
        pairs = self.pairs.series() if "pair" in self.levels else ()
        return (*self._others(), *pairs)

    def _others(self) -> tuple[Series, ...]:
        return tuple(
            Series(
                level=level,
                names=self.names[level],
                measure=measure,
                unit=weekly.UNITS[measure],
                values=frozen(np.array(values, dtype=np.float64).reshape(len(values), -1)),
            )
            for (level, measure), values in self.rows.items()
            if level in self.levels
        )
