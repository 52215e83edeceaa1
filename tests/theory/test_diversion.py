"""T18: where reselling gains nothing the simulator diverts nothing, and where it gains it does."""

import pytest

from channelsim.domain.market import Distance, Season
from channelsim.simulate.run import simulate
from channelsim.study.theory import model
from channelsim.study.theory_models import proof

KM = 100.0
SEASONS = tuple(Season(week, 1.6 if week <= 8 else 0.5) for week in range(1, 53))
"""Few buy after the eighth week, so that dealers have more than they need."""


def diverted(case, cost):
    """Return the units that dealers resell in half a year where freight is `cost` a unit."""
    roads = (Distance("town", "village", KM), Distance("village", "town", KM))
    played = case.replace(
        {
            "zones.*.population": 4e4,
            "channel_types.dealer.diversion": "arbitrage",
            "channel_types.dealer.stock_weeks": 2.0,
            "market.freight_per_km": cost / KM,
        },
        seasons=SEASONS,
        distances=roads,
        horizon_weeks=26,
    )
    return simulate(played, played.today, seed=1).weekly("diverted").sum()


@pytest.mark.parametrize("cost", [0.5, 1.0, 1.5])
def test_prices_a_reselling_cost_apart_divert_nothing(cost):
    assert diverted(proof(model("diversion"), cost), cost) == 0


@pytest.mark.parametrize("cost", [0.5, 1.0, 1.5])
def test_prices_farther_apart_divert(cost):
    """Without the threat the maker would ask half of what each region would pay at most."""
    free = {"candidates.good0.wholesale_price": 5.0, "candidates.good1.wholesale_price": 3.0}
    assert diverted(model("diversion").replace(free), cost) > 1000
