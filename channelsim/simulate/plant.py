"""The maker's plant: its forecast of demand, what it starts to make, and what gets finished."""

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.rules import FAMILIES
from channelsim.domain.scenario import Scenario
from channelsim.simulate.forecaster import Forecaster, Habits
from channelsim.simulate.foresight import Foresight
from channelsim.simulate.information import News, lag_of
from channelsim.simulate.rules import production
from channelsim.simulate.sites import TOLD
from channelsim.simulate.supply import season_ahead


class Plant:
    """Production under the scenario's plan.

    Parameters
    ----------
    case
        The run's scenario.
    sold
        Units that today's outlets sell in an average week, all together.
    """

    finished: int
    """Units that got finished this week."""

    def __init__(self, case: Scenario, sold: float) -> None:
        self.supply, self.season = case.supply, case.columns.season
        self.ahead = self.supply.production == "to_stock"
        self.finished, self._needs = 0, 0.0
        self._shows_needs = case.policy.information == "inventory"
        self._level = np.array([sold])
        self._forecaster = _forecaster(case, self._level)
        weeks = self.supply.production_weeks
        self._under_way = np.zeros(weeks + 1, dtype=np.int64)
        if self.ahead:
            for age in range(1, weeks + 1):
                self._under_way[weeks - age] = round(sold * float(self.season[-age]))

    @property
    def level(self) -> float:
        """Forecast of demand in an average week, units."""
        return float(self._level[0])

    @property
    def under_way(self) -> int:
        """Units in production."""
        return int(self._under_way.sum())

    def first_stock(self) -> int:
        """Return the finished goods of long trading, units."""
        if not self.ahead:
            return 0
        asked = self.level * float(self.season[-1])
        held = self._base(-1) - asked - self.under_way
        return max(round(held), 0)

    def learn(self, news: News) -> None:
        """Learn from a week that the maker is told of."""
        factor = float(self.season[news.week % len(self.season)])
        seen = np.array([news.demand])
        self._level = self._forecaster.learn(self._level, seen, factor, np.array([True]))
        self._needs = news.needs

    def run(self, week: int, stock: int) -> None:
        """Start production for the weeks ahead, and finish what is due, with `stock` finished."""
        slots = len(self._under_way)
        started = self.start(week, stock)
        self._under_way[(week + slots - 1) % slots] += started
        self.finished = int(self._under_way[week % slots])
        self._under_way[week % slots] = 0

    def start(self, week: int, stock: int) -> int:
        """Return the units to start this week by the plan."""
        capacity = self.supply.production_capacity
        outlook = production.Outlook(
            level=self.level,
            ahead=self._weeks_ahead(week),
            safety=self.supply.safety_weeks,
            known_needs=self._needs,
            position=stock + self.under_way,
            capacity=np.inf if capacity is None else capacity,
        )
        return production.RULES[self.supply.production](outlook)

    def _base(self, week: int) -> float:
        return self.level * (self._weeks_ahead(week, known=False) + self.supply.safety_weeks)

    def _weeks_ahead(self, week: int, *, known: bool = True) -> float:
        """Return the season over the weeks to cover; needs that are known stand for the first."""
        weeks = self.supply.production_weeks + 1
        sure = 1 if known and self._shows_needs and self._needs > 0 else 0
        count: Floats = season_ahead(self.season, week + sure, np.array([weeks - sure]))
        return float(count[0])


def _forecaster(case: Scenario, level: Floats) -> Forecaster | Foresight:
    """Return who forecasts what reaches the plant: by what it sees, or by how it comes about."""
    echo, told = case.supply.forecast_echo, case.policy.information in TOLD
    if echo == 0:
        return Forecaster(_habits(case), level)
    return Foresight(_habits(case), level, echo, told=told)


def _habits(case: Scenario) -> Habits:
    supply = case.supply
    rho = np.nan if supply.forecast_rho is None else supply.forecast_rho
    return Habits(
        names=(supply.forecasting or FAMILIES["forecasting"][0],),
        window=np.array([supply.forecast_window]),
        weight=np.array([supply.forecast_weight]),
        rho=np.array([rho]),
        cover=np.array([supply.production_weeks + 1]),
        delay=np.array([lag_of(case.policy)]),
    )
