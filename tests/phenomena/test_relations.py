"""Relations: row 8 (boycott and defection), row 10 (the power of the chain)."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from channelsim.domain.layout import Opening
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
def cheaper():
    return with_own_shop(329.0)


@cache
def no_cheaper():
    return with_own_shop(369.0)


@cache
def patient():
    return with_own_shop(329.0, **{"channel_types.distributor.relationship": "exit"})


def weeks_until(run):
    """Return the weeks from the opening to the first of the group's boycott."""
    return int(np.argmax(run.weekly("boycotts")[:, 0] > DEALERS.sum() / 3)) - OPENS


def lowest_effort(run):
    """Return the least effort of dealers after the opening, mean of those who work then."""
    effort = of(run, "effort", DEALERS)[OPENS:]
    return float((effort / of(run, "open", DEALERS)[OPENS:]).min())


def test_dealers_cut_effort_a_quarter_or_two_after_a_cheaper_direct_channel_opens():
    assert all(13 <= weeks_until(run) <= 26 for run in cheaper())
    assert mean(lowest_effort, cheaper()) < 0.5


def test_at_the_dealers_own_price_nobody_minds():
    assert all(run.weekly("boycotts").sum() == 0 for run in no_cheaper())
    assert mean(lowest_effort, no_cheaper()) > 0.9


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
    case = DELTA.replace(
        candidates=tuple(
            replace(c, attraction=c.attraction + attraction) if c.channel_type == "chain" else c
            for c in DELTA.candidates
        )
    )
    if growth is not None:
        case = case.replace({"partners.national-chain.back_margin_growth": growth})
    return stepped(case, weeks=105).bargains.back


def test_the_chains_back_margin_rises_half_a_point_to_a_point_a_year_where_it_is_strong():
    strong = [j for j, share in shares(shipped()).items() if share > 0.26]
    assert len(strong) >= 3
    assert back_margins()[strong] / 2 == pytest.approx(0.0075, abs=0.0025)


def test_it_stays_where_others_sell_three_quarters():
    weak = [j for j, share in shares(shipped()).items() if share < 0.24]
    assert (back_margins()[weak] == 0).all()


def test_a_chain_that_is_strong_nowhere_gets_nothing():
    assert back_margins(attraction=-1.0).max() == 0


def test_a_chain_that_does_not_press_gets_nothing():
    assert back_margins(growth=0.0).max() == 0
