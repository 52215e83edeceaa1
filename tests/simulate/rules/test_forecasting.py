"""Forecasts worked out by hand, and the bullwhip that the literature derives from them."""

import numpy as np
import pytest

from channelsim.simulate.forecaster import Forecaster, Habits
from channelsim.simulate.rules import forecasting, ordering

SERIES, WEEKS, WARM_UP = 400, 4000, 100


def sight(**changes):
    rows = {
        "level": 10.0,
        "seen": 20.0,
        "window": 3,
        "weight": 0.2,
        "mean": 12.0,
        "rho": 0.5,
        "cover": 2,
        "delay": 0,
    }
    rows = {name: np.array([value]) for name, value in (rows | changes).items()}
    return forecasting.Sight(past=np.array([[20.0], [11.0], [8.0], [1.0]]), **rows)


def habits(name, *, window=4, rho=np.nan, cover=1, delay=0, rows=1):
    return Habits(
        names=[name] * rows,
        window=np.full(rows, window),
        weight=np.full(rows, 0.2),
        rho=np.full(rows, rho),
        cover=np.full(rows, cover),
        delay=np.full(rows, delay),
    )


def test_smoothing_moves_a_fifth_of_the_way():
    assert forecasting.smoothed(np.array([10.0]), np.array([20.0]), 1.0) == [12.0]
    assert forecasting.exponential_smoothing(sight()) == [12.0]


def test_a_peak_week_is_seen_as_an_average_one():
    assert forecasting.smoothed(np.array([10.0]), np.array([20.0]), 2.0) == [10.0]


def test_a_week_without_season_teaches_nothing():
    assert forecasting.smoothed(np.array([10.0]), np.array([0.0]), 0.0) == [10.0]


@pytest.mark.parametrize(("window", "mean"), [(1, 20.0), (2, 15.5), (3, 13.0), (4, 10.0)])
def test_a_moving_average_looks_back_over_its_window(window, mean):
    assert forecasting.moving_average(sight(window=window)) == [mean]


@pytest.mark.parametrize(
    ("rho", "cover", "delay", "forecast"),
    [
        (0.0, 2, 0, 12.0),  # nothing lasts: the mean
        (0.5, 1, 0, 16.0),  # half of the 8 above the mean
        (0.5, 2, 0, 15.0),  # 4 in the first week, 2 in the second
        (0.5, 2, 1, 13.5),  # a week later
        (1.0, 3, 0, 20.0),  # a random walk stays
        (-0.5, 1, 0, 8.0),  # what was high will be low
    ],
)
def test_ar1_follows_what_lasts(rho, cover, delay, forecast):
    assert forecasting.ar1(sight(rho=rho, cover=cover, delay=delay)) == pytest.approx([forecast])


def demand(rho):
    rng = np.random.default_rng(5)
    shocks = rng.normal(0, 1000 * np.sqrt(1 - rho**2), (WEEKS, SERIES))
    flow = np.empty_like(shocks)
    flow[0] = shocks[0] / np.sqrt(1 - rho**2)
    for week in range(1, WEEKS):
        flow[week] = rho * flow[week - 1] + shocks[week]
    return np.rint(flow + 100_000).astype(np.int64)


def amplification(name, cover, rho, window=4, known=np.nan):
    """Play forecast and order-up-to without safety stock; return Var(orders) / Var(demand)."""
    flow = demand(rho)
    level = np.full(SERIES, 100_000.0)
    forecaster = Forecaster(habits(name, window=window, rho=known, cover=cover, rows=SERIES), level)
    weeks, none, every = np.full(SERIES, cover), np.zeros(SERIES), np.ones(SERIES, dtype=bool)
    position = np.full(SERIES, cover * 100_000)
    orders = np.empty_like(flow)
    for week, asked in enumerate(flow):
        position = position - asked
        level = forecaster.learn(level, asked, 1.0, every)
        target = ordering.up_to(level, weeks.astype(float), weeks, none)
        orders[week] = ordering.order(target, position, allow_returns=True)
        position = position + orders[week]
    return orders[WARM_UP:].var(axis=0).mean() / flow[WARM_UP:].var(axis=0).mean()


@pytest.mark.parametrize(
    ("cover", "window", "rho", "published"),
    [(1, 4, 0.0, 1.625), (2, 4, 0.0, 2.5), (4, 6, 0.0, 3.2222), (3, 10, 0.5, 1.77924)],
)
def test_moving_averages_amplify_as_chen_drezner_ryan_and_simchi_levi_2000(
    cover, window, rho, published
):
    ratio = amplification("moving_average", cover, rho, window=window)
    assert ratio == pytest.approx(published, rel=0.01)


@pytest.mark.parametrize(
    ("cover", "rho", "published"), [(1, 0.5, 1.75), (2, 0.5, 2.3125), (3, 0.7, 3.32985)]
)
def test_optimal_forecasts_amplify_as_lee_padmanabhan_and_whang_1997(cover, rho, published):
    assert amplification("ar1", cover, rho, known=rho) == pytest.approx(published, rel=0.01)


def test_a_correlation_that_is_found_amplifies_like_a_known_one():
    assert amplification("ar1", 2, 0.5) == pytest.approx(2.3125, rel=0.01)


@pytest.mark.parametrize(("cover", "weight"), [(1, 0.2), (3, 0.2)])
def test_smoothing_amplifies_as_chen_ryan_and_simchi_levi_2000(cover, weight):
    derived = 1 + 2 * cover * weight + 2 * (cover * weight) ** 2 / (2 - weight)
    assert amplification("exponential_smoothing", cover, 0.0) == pytest.approx(derived, rel=0.01)


def ahead(seen, rho, cover, delay=0):
    """Forecast AR(1) demand of mean 0, on top of a base that keeps it above 0."""
    row = np.ravel(seen) + 100_000
    same = {"mean": 100_000.0, "rho": rho, "cover": cover, "delay": delay}
    fixed = {name: np.full(len(row), value) for name, value in same.items()}
    rest = {"level": row, "window": row, "weight": row, "past": row[None]}
    found = forecasting.ar1(forecasting.Sight(seen=row, **fixed, **rest)) - 100_000
    return found.reshape(np.shape(seen))


@pytest.mark.parametrize(
    ("lead", "makers_lead", "rho", "blind", "told"),
    [(1, 2, 0.5, 12.055, 10.332), (2, 3, 0.7, 47.191, 32.113)],
)
def test_seeing_sell_out_lowers_the_makers_error_as_lee_so_and_tang_2000(
    lead, makers_lead, rho, blind, told
):
    sold = demand(rho).astype(float) - 100_000
    shock = 1000**2 * (1 - rho**2)
    target = (lead + 1) * ahead(sold, rho, lead + 1)
    orders = sold[1:] + np.diff(target, axis=0)
    weeks, last = makers_lead + 1, len(orders) - makers_lead - 1
    total = sum(orders[1 + i : 1 + i + last] for i in range(weeks))
    # orders on what is sold: each week's sales, and what the partner's target moves by in all
    known = sold[1 : 1 + last]
    moved = (lead + 1) * (ahead(ahead(known, rho, 1, makers_lead), rho, lead + 1))
    informed = weeks * ahead(known, rho, weeks) + moved - target[1 : 1 + last]
    by_orders = weeks * ahead(orders[:last], rho, weeks)
    assert (total - informed).var() / shock == pytest.approx(told, rel=0.01)
    assert (total - by_orders).var() / shock == pytest.approx(blind, rel=0.01)


def test_who_knows_demand_stays_with_it():
    assert forecasting.known(sight()) == [10.0]


@pytest.mark.parametrize(
    ("delay", "beyond"),
    [
        (1, (0.5 + 0.25) * 8 + 2 * (0.25 - 1) * 8),  # two weeks of demand, and its change
        (0, (1 + 0.5) * 8 + 2 * (0.5 * 8 - 3)),  # the first order is sure
    ],
)
def test_orders_echo_demand_and_its_change(delay, beyond):
    one = {name: np.array([value]) for name, value in (("now", 8.0), ("before", 3.0))}
    found = forecasting.echoed(
        **one, rho=np.array([0.5]), echo=2.0, cover=np.array([2]), delay=np.array([delay])
    )
    assert found == pytest.approx([beyond])


def test_demand_is_found_in_its_echo():
    # 13 is 9 and twice the change from 7
    assert forecasting.origin(np.array([13.0]), np.array([7.0]), 2.0) == [9.0]
