"""A distributor between the maker and its dealers moves what the literature says it moves."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain import measures
from channelsim.domain.partner import Partner
from channelsim.domain.site import Site
from channelsim.simulate.run import simulate
from channelsim.study.theory import model
from channelsim.study.theory_chains import in_turn
from tests.patterns.contrast import higher
from tests.patterns.markets import chain

SEEDS = range(4)


def through(case, lead=3, **firm):
    """The same, all that dealers sell passing a distributor, who buys at 40 and holds a depot."""
    passing = Partner("passing", "Passing", wholesale_price=40.0, **firm)
    depot = Site("depot", "Depot", partner="passing", lead_time=lead, stock_weeks=1.0)
    firms = tuple(p if p.own else replace(p, supplier="passing") for p in case.partners)
    return case.replace(partners=(*firms, passing), sites=(depot,))


def last(case, measure, level="total", row=0):
    runs = (
        simulate(case, case.today, seed=3, replication=r, weeks=52, record=("total", "partner"))
        for r in SEEDS
    )
    return np.array([run.weekly(measure, level)[-1, row] for run in runs])


def test_a_distributor_raises_the_bullwhip_of_production():
    # each stage that forecasts and orders amplifies the last (Lee, Padmanabhan and Whang 1997)
    case = chain()
    before, after = (last(c, "production_bullwhip") for c in (case, through(case)))
    assert higher(before, after)


def test_the_bullwhip_rises_from_tier_to_tier():
    case = through(chain())
    dealers, distributor = last(case, "bullwhip"), last(case, "bullwhip", "partner", -1)
    assert higher(dealers, distributor)


def test_a_supplier_between_lengthens_the_channel():
    case = chain()
    direct, longer = (last(c, "levels") for c in (case, through(case)))
    assert higher(direct, longer)


@pytest.mark.parametrize(("supplier", "fewer"), [("first", ""), ("second", "first")])
def test_a_further_distributor_raises_the_price_and_lowers_what_the_channel_earns(supplier, fewer):
    # Spengler 1950: every margin is added to those before it
    case = model("spengler_tiers")
    short, long = (
        in_turn(case.replace({"partners.shop.supplier": name}, idle=True)).rest
        for name in (fewer, supplier)
    )
    assert long.price[0] > 1.05 * short.price[0]
    assert long.channel_profit < 0.8 * short.channel_profit


def test_what_a_distributor_asks_more_than_it_pays_the_maker_loses():
    case = chain()
    plain, passed = (measures.planned(c, c.today) for c in (case, through(case)))
    lost = plain.profit - passed.profit
    assert lost > 0
    assert passed.partner_profit - plain.partner_profit == pytest.approx(lost)
