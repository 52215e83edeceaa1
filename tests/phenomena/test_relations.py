"""Relations: row 8 (boycott and defection), row 10 (the power of the chain).

Assumed is that dealers act as a group, one to two quarters after the opening, for eight weeks at
the least effort; and that a chain gets 0.75 points a year where it sells over a quarter. Who joins,
what it costs both sides, and where and when a chain is strong enough are what the runs show.
"""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from channelsim.domain.layout import Opening
from channelsim.simulate.channel import Channel
from tests.phenomena.delta import (
    DELTA,
    KIND,
    OFFLINE,
    TODAY,
    ZONE,
    mean,
    of,
    play,
    shipped,
    stepped,
)

OPENS = 20
"""Week in which the maker opens its own online shop."""
DEALERS = np.isin([c.id for c in DELTA.candidates], TODAY.open_ids) & (KIND == "distributor")
CHAINS = np.isin([c.id for c in DELTA.candidates], TODAY.open_ids) & (KIND == "chain")


def with_own_shop(price, **kinds):
    """Play the delta without its own online shop until it opens at a price."""
    case = DELTA.replace({"channel_types.own_online.price": price, **kinds})
    closed = {"open_today": False, "must_open": False}
    case = case.replace(
        candidates=tuple(
            replace(c, **closed) if c.id == "own_online" else c for c in case.candidates
        )
    )
    layout = case.today.replace(openings=(*case.today.openings, Opening("own_online", OPENS)))
    return play(case, layout, weeks=78)


@cache
def opened_at(price):
    return with_own_shop(price)


@cache
def patient():
    return with_own_shop(329.0, **{"channel_types.distributor.relationship": "exit"})


def joined(run):
    """Return which outlets of dealers work less than half as hard as planned some week: (M,)."""
    effort, working = (run.weekly(x, "outlet")[OPENS:, DEALERS] for x in ("effort", "open"))
    return ((effort < 0.5) & (working > 0)).any(axis=0)


def dearer_by(run):
    """Return how much more those who join asked before the opening than those who do not, money."""
    price, joins = run.weekly("price", "outlet")[OPENS - 1, DEALERS], joined(run)
    return price[joins].mean() - price[~joins].mean()


def lowest_effort(run):
    """Return the least effort of dealers after the opening, mean of those who work then."""
    effort = of(run, "effort", DEALERS)[OPENS:]
    return float((effort / of(run, "open", DEALERS)[OPENS:]).min())


def dealers_units(run):
    return of(run, "units", DEALERS)[OPENS:].sum()


def profit(run):
    return run.realised.profit


def test_most_dealers_cut_effort_after_a_much_cheaper_direct_channel_opens():
    assert mean(lambda run: joined(run).mean(), opened_at(329.0)) > 0.5
    assert mean(lowest_effort, opened_at(329.0)) < 0.5


def test_the_cheaper_it_is_the_more_of_them_join():
    count = [mean(lambda run: joined(run).sum(), opened_at(p)) for p in (329.0, 345.0, 369.0)]
    assert count[0] > 2 * count[1] > 0 == count[2]


@pytest.mark.parametrize("price", [329.0, 345.0])
def test_those_whom_it_undercuts_most_join(price):
    assert all(dearer_by(run) > 5 for run in opened_at(price))


def test_it_costs_dealers_a_tenth_of_what_they_would_sell_and_the_maker_profit():
    """Against dealers who bear the same shop without a boycott: 10.7% and 1.0%."""
    lost = 1 - mean(dealers_units, opened_at(329.0)) / mean(dealers_units, patient())
    assert 0.05 <= lost <= 0.15
    assert mean(profit, opened_at(329.0)) < mean(profit, patient())


def test_at_the_dealers_own_price_nobody_minds():
    assert all(run.weekly("boycotts").sum() == 0 for run in opened_at(369.0))
    assert mean(lowest_effort, opened_at(369.0)) > 0.9


def test_dealers_who_know_no_boycott_go_on_selling():
    assert all(run.weekly("boycotts").sum() == 0 for run in patient())
    assert mean(lowest_effort, patient()) > 0.9


def test_today_nobody_boycotts():
    assert all(run.weekly("boycotts").sum() == 0 for run in shipped())


def shares(runs):
    """Return each chain's mean share of what the shops of its city sold: by candidate row."""

    def share(run, j):
        city = OFFLINE & (ZONE[j] == ZONE)
        return run.weekly("units", "outlet")[:, j].sum() / of(run, "units", city).sum()

    return {j: mean(lambda run, j=j: share(run, j), runs) for j in np.flatnonzero(CHAINS)}


@cache
def back_margins(attraction=0.0, growth=None):
    """Return what two years add to each chain's back margin, share of the wholesale price."""
    return pressed(attraction, growth).bargains.back


@cache
def pressed(attraction=0.0, growth=None):
    """Return a run of two years with chains that attract more."""
    case = DELTA.replace(
        candidates=tuple(
            replace(c, attraction=c.attraction + attraction) if c.channel_type == "chain" else c
            for c in DELTA.candidates
        )
    )
    if growth is not None:
        case = case.replace({"partners.national-chain.back_margin_growth": growth})
    return stepped(case, weeks=105)


def by_quarter(chain, *openings):
    """Return how much a chain's back margin rises in each quarter of two years, where shops open
    or close at the end of the first.
    """
    named = {opening.candidate for opening in openings}
    kept = tuple(opening for opening in TODAY.openings if opening.candidate not in named)
    channel = Channel(DELTA, TODAY.replace(openings=(*kept, *openings)))
    row, back = [c.id for c in DELTA.candidates].index(chain), [0.0]
    for week in range(105):
        channel.step()
        if week and week % 13 == 0:
            back.append(float(channel.bargains.back[row]))
    return np.diff(back)


def test_back_margins_rise_where_the_chain_sells_over_a_quarter():
    strong = [j for j, share in shares(shipped()).items() if share > 0.26]
    assert len(strong) >= 3
    assert (back_margins()[strong] > 0).all()


def test_they_rise_further_the_larger_its_share():
    """Where it is strong for part of the two years they rise in part of them."""
    by_share = shares(shipped())
    shared, risen = list(by_share.values()), back_margins()[list(by_share)]
    assert np.corrcoef(shared, risen)[0, 1] > 0.5


def test_the_more_chains_attract_the_more_they_get():
    got = [back_margins(attraction)[CHAINS].sum() for attraction in (-1.0, -0.3, 0.0)]
    assert 0 == got[0] < got[1] < got[2]


def test_it_stops_when_new_shops_take_its_share():
    """In Hangzhou an agent and a franchise open: the first reviews still see the year before."""
    shops = (f"{kind}-hangzhou" for kind in ("agent", "franchise"))
    risen = by_quarter("chain-hangzhou", *(Opening(shop, 52) for shop in shops))
    assert (risen[1:3] > 0).all()
    assert (risen[5:] == 0).all()


def test_it_starts_when_a_dealer_gives_up():
    """In Nanjing, where the chain sold a little less than a quarter."""
    risen = by_quarter("chain-nanjing", Opening("distributor-nanjing-2", 0, 52))
    assert (risen[:3] == 0).all()
    assert (risen[5:] > 0).all()


def test_after_two_years_it_costs_the_maker_2_to_6_percent_of_its_margin_on_a_unit():
    """About 4 yuan on a unit of 279, of which production leaves it 99."""
    channel = pressed()
    units, off = channel.outlets.sold[CHAINS], channel.bargains.discount[CHAINS]
    a_unit = float(units @ off / units.sum())
    margin = channel.case.columns.wholesale[CHAINS][0] - channel.case.economics.unit_cost
    assert 0.02 < a_unit / margin < 0.06


def test_a_chain_that_is_strong_nowhere_gets_nothing():
    assert back_margins(attraction=-1.0).max() == 0


def test_a_chain_that_does_not_press_gets_nothing():
    assert back_margins(growth=0.0).max() == 0
