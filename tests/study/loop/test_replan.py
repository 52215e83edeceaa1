from functools import cache

import pytest

from channelsim.domain.event import Event
from channelsim.domain.layout import Layout, Opening
from channelsim.errors import BadValue, NoPlan
from channelsim.study.loop.replan import changed, changes, compensation, live, replan, standing
from tests.instances import tiny

PAIR = Layout((Opening("flagship-a", 0, 13), Opening("north-a")))


def invaded():
    """Return tiny where a strong rival enters a and b in week 4: its flagship no longer pays."""
    entries = tuple(Event(f"rival {z}", "rival_entry", 4, size=4.0, zone=z) for z in "ab")
    return tiny().replace(
        {
            "goals.min_coverage": None,
            "goals.incentive_budget": 0.0,
            "candidates.flagship-a.closing_cost": 7_800.0,
        },
        horizon_weeks=52,
        events=entries,
    )


@cache
def followed():
    return replan(invaded(), 13, replications=3)


def test_a_network_planned_anew_follows_its_market():
    assert followed().gain.low > 0
    assert all(sum(h.closed) > 0 for h in followed().histories)


def test_the_flagship_closes_and_its_compensation_is_counted():
    (closed,) = (o for o in followed().histories[0].layout.openings if o.close_week)
    assert closed.candidate == "flagship-a"
    rest = 1 - closed.close_week / 52
    assert followed().histories[0].switching == pytest.approx(7_800 / 156 * rest)


def test_a_quiet_market_is_left_as_it_was_planned():
    quiet = replan(tiny().replace(horizon_weeks=26), 13, replications=2)
    assert [h.opened + h.closed for h in quiet.histories] == [(0, 0), (0, 0)]
    assert quiet.gain.mean == 0


def test_dearer_closing_keeps_the_network():
    dear = invaded().replace({"candidates.flagship-a.closing_cost": 7_800_000.0})
    (history,) = replan(dear, 13, replications=1).histories
    assert "flagship-a" in {o.candidate for o in live(history.layout)}


def test_the_table_and_text_tell_every_review():
    assert followed().table["week"].tolist() == [13, 26, 39] * 3
    assert "every 13 weeks" in str(followed())
    assert str(followed()).startswith("Tiny 小例: contribution over 52 weeks, ")


def test_what_is_open_costs_its_closing_and_its_sunk_set_up():
    flagship, north, south, *_ = standing(tiny(), PAIR).candidates
    assert (flagship.open_today, flagship.eligible) == (False, False)
    assert (north.open_today, north.closing_cost) == (True, 3_120.0)
    assert (south.open_today, south.eligible) == (False, True)


def test_changes_are_openings_and_closings():
    layout = Layout.of(["north-a", "web"])
    up, down = changes(layout, ("web", "south-c"))
    assert (up, down) == (("south-c",), (Opening("north-a"),))
    assert changed(layout, up, down, 26).openings == (
        Opening("north-a", 0, 26), Opening("web"), Opening("south-c", 26),
    )  # fmt: skip


def test_what_was_closed_is_not_opened_again():
    assert changes(PAIR, ("flagship-a", "north-a")) == ((), ())


def test_runs_compensate_what_was_open_before():
    case = tiny().replace({"candidates.*.closing_cost": 156.0})
    assert (compensation(case, "north-a"), compensation(case, "south-c")) == (0.0, 1.0)


def test_wrong_weeks_and_clashing_limits_are_told():
    with pytest.raises(BadValue, match="every_weeks must be >= 1"):
        replan(tiny(), 0)
    with pytest.raises(NoPlan):
        replan(tiny().replace({"goals.max_open": 0}))
