from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.event import Event
from channelsim.domain.layout import Layout
from channelsim.domain.promotion import Promotion
from channelsim.domain.site import Site
from channelsim.simulate.run import simulate
from tests.instances import tiny
from tests.simulate.cases import steady

LEVELS = ("total", "zone", "outlet")


def played(case, *open_ids):
    """A week of a layout, all levels recorded."""
    return simulate(case, Layout.of(open_ids), weeks=1, record=LEVELS)


def last(run, measure, level="total"):
    return run.weekly(measure, level)[-1]


@pytest.mark.parametrize(
    ("rows", "breadth"),
    [
        (["web"], 0.0),  # the web shop is nowhere
        (["north-a", "web"], 1500 / 2500),  # A and B
        (["north-a", "flagship-a"], 2 * 1500 / 2500),
        (["north-a", "north-d"], 1.0),
    ],
)
def test_breadth_counts_the_outlets_within_the_standard(rows, breadth):
    assert last(played(tiny(), *rows), "breadth") == pytest.approx(breadth)


@pytest.mark.parametrize(("row", "hands"), [("web", 0.0), ("flagship-a", 0.0), ("north-a", 1.0)])
def test_levels_count_the_partner_between(row, hands):
    assert last(played(tiny(), row), "levels") == hands


def test_a_warehouse_is_one_level_more():
    case = tiny()
    case = case.replace(
        sites=(Site("hub", "Hub"),),
        candidates=tuple(replace(c, site="hub") for c in case.candidates),
    )
    assert last(played(case, "north-a"), "levels") == 2.0


def test_access_is_the_road_to_the_shop():
    run = played(steady(1.0), "north-a", "web")
    shop = run.weekly("units", "outlet")[-1, 1]
    inside = run.weekly("units", "zone")[-1]
    # A lies at the shop's door, B 10 km away; people in C and D buy online alone
    assert 0 < last(run, "access_km") < 10 * inside[1] / shop
    assert last(played(steady(1.0), "web"), "access_km") == 0.0


def test_half_price_sales_disperse_prices_where_they_are_sold():
    case = steady(1.0)
    cut = Promotion("cut", from_week=1, to_week=52, price_cut=0.5, channel="web")
    spread = last(
        played(case.replace(promotions=(cut,)), "north-a", "web"), "price_dispersion", "zone"
    )
    assert spread[:2].min() > 0.1
    assert spread[2:].max() == pytest.approx(0.0, abs=1e-12)  # one price, online


def test_dispersion_of_two_prices_by_hand():
    run = played(steady(1.0), "north-a", "flagship-a")
    assert last(run, "price_dispersion", "zone")[0] == pytest.approx(0.0, abs=1e-12)
    case = steady(1.0).replace(
        candidates=tuple(
            replace(c, price=50.0) if c.id == "flagship-a" else c for c in steady(1.0).candidates
        )
    )
    run = played(case, "north-a", "flagship-a")
    units = run.weekly("units", "outlet")[-1]
    price = np.array([50.0, 100.0])
    mean = units[:2] @ price / units[:2].sum()
    spread = np.sqrt(units[:2] @ (price - mean) ** 2 / units[:2].sum()) / mean
    # both sell in A and B alone; the whole is not far from either
    assert last(run, "price_dispersion", "zone")[0] == pytest.approx(spread, rel=0.2)
    assert last(run, "price_dispersion") == pytest.approx(spread)


def test_depth_below_the_floor():
    case = steady(1.0).replace({"policy.price_floor": 95.0})
    assert last(played(case, "north-a", "web"), "floor_depth") == pytest.approx(5 / 95)  # the web's
    assert last(played(case, "north-a"), "floor_depth") == 0.0
    assert last(played(steady(1.0), "web"), "floor_depth") == 0.0


def test_the_gap_between_online_and_offline():
    assert last(played(steady(1.0), "north-a", "web"), "online_gap") == pytest.approx(0.1)
    assert last(played(steady(1.0), "web"), "online_gap") == 0.0


def both_in_a():
    """North and South next to each other, below list prices of 100."""
    case = steady(1.0)
    return case.replace(
        candidates=tuple(
            replace(c, zone="a", open_today=True) if c.id == "south-c" else c
            for c in case.candidates
        ),
    )


@pytest.mark.parametrize(
    ("channel", "size", "zones"),
    [
        ("dealer", 0.2, 2.0),  # A and B
        ("north-a", 0.2, 0.0),  # nobody fights alone
        ("dealer", 0.05, 0.0),  # within the tolerance
    ],
)
def test_a_price_war_takes_two_who_cut(channel, size, zones):
    case = both_in_a()
    war = Event("war", "price_war", from_week=2, size=size, channel=channel)
    fought = simulate(case.replace(events=(war,)), case.today, weeks=4).weekly("price_wars")
    assert fought[:, 0].tolist() == [0.0, 0.0, zones, zones]


def test_a_promotion_is_no_price_war():
    case = both_in_a()
    cut = Promotion("cut", from_week=1, to_week=52, price_cut=0.5)
    case = case.replace(promotions=(cut,))
    assert simulate(case, case.today, weeks=4).weekly("price_wars").max() == 0.0


@pytest.mark.parametrize(
    ("changes", "weeks"),
    [
        ({}, 1.0),
        ({"policy.information_lag": 4}, 5.0),
        ({"policy.report_weeks": 3}, 2.0),  # news are up to two weeks older
        ({"policy.information_lag": 4, "policy.digitisation": 0.5}, 3.0),
        ({"supply.production": "to_stock", "supply.production_weeks": 3}, 4.0),
    ],
)
def test_the_maker_reacts_after_what_it_sees_and_makes(changes, weeks):
    case = steady(1.0)
    case = case.replace(changes) if changes else case
    assert last(played(case, "north-a"), "reaction_weeks") == weeks
