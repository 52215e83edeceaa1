"""The bullwhip: row 7."""

from dataclasses import replace
from functools import cache

from tests.phenomena.delta import DELTA, KIND, WEEKS, mean, of, play, shipped

DISTRIBUTORS = KIND == "distributor"


@cache
def replacing_what_was_sold():
    """Play distributors that order each week what they sold, whatever they expect."""
    return play(
        DELTA.replace(
            {
                "channel_types.distributor.ordering": "base_stock",
                "channel_types.distributor.review_weeks": 1,
            }
        )
    )


@cache
def making_to_stock(information, weeks):
    """Play a maker that makes for stock, within some weeks, what partners let it see."""
    supply = replace(DELTA.supply, production="to_stock", production_weeks=weeks)
    policy = replace(DELTA.policy, information=information)
    return play(DELTA.replace(supply=supply, policy=policy), replications=3)


def amplified(runs):
    """Return the variance of distributors' orders over that of their sales, by four weeks: their
    fortnightly rhythm cancels out.
    """

    def months(run, measure):
        return of(run, measure, DISTRIBUTORS).reshape(WEEKS // 4, 4).sum(axis=1)

    return mean(lambda run: months(run, "orders").var() / months(run, "units").var(), runs)


def amplified_by_the_maker(runs):
    return mean(lambda run: run.weekly("production_bullwhip")[-1, 0], runs)


def test_distributors_orders_vary_1_5_to_4_times_as_much_as_sales():
    assert 1.5 <= amplified(shipped()) <= 4


def test_without_forecasts_and_batches_orders_follow_sales():
    assert amplified(replacing_what_was_sold()) < 1.5


def taken_off(weeks):
    """Return what sell-out data takes off the maker's bullwhip, share."""
    told, seen = (amplified_by_the_maker(making_to_stock(i, weeks)) for i in ("orders", "sell_out"))
    return 1 - seen / told


def test_sell_out_data_takes_a_third_off_for_a_maker_that_makes_within_the_week():
    assert 0.28 <= taken_off(0) <= 0.39


def test_the_longer_the_maker_takes_the_more_sell_out_data_takes_off():
    """Orders are forecast over the weeks that making takes: two thirds at one, more at three."""
    assert taken_off(0) < taken_off(1) < taken_off(3) < 0.8
