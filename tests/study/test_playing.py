"""The runs of one case, with the levels asked for and what is watched."""

import numpy as np

from channelsim.study.compare import compare
from channelsim.study.playing import over_draws, replicated
from tests.instances import tiny

TINY = tiny().replace(horizon_weeks=3)
CASE = (TINY, TINY.today)
WATCH = ("lost", "units.web")


def test_replications_keep_the_levels_asked_for_and_no_more():
    told = []
    played = replicated("today", CASE, 2, 5, ("zone",), WATCH, lambda: told.append(1))
    assert [run.replication for run in played.runs] == [0, 1]
    assert {series.level for run in played.runs for series in run.series} == {"zone"}
    assert {name: len(found) for name, found in played.figures.items()} == {
        "lost": 2,
        "units.web": 2,
    }
    assert len(told) == 2


def test_draws_are_watched_too():
    path = TINY.assumptions[0].path
    played = over_draws(CASE, [{path: 0.008}, {path: 0.012}], 5, WATCH, lambda: None)
    assert played.runs[0].series == ()
    cheap, dear = played.figures["units.web"]
    assert cheap > dear


def test_what_is_watched_is_compared_like_any_measure():
    cases = {"today": CASE, "dear": (TINY.replace({"channel_types.web.price": 120.0}), CASE[1])}
    found = compare(cases, replications=3, draws=3, watch=("units.web", "profit"))
    assert found.watch == ("units.web",)
    change = found.difference("dear", "units.web")
    expected = np.subtract(found.values("dear", "units.web"), found.values("today", "units.web"))
    assert change.realised.mean == expected.mean() < 0
    assert change.assumption is not None
    assert change.is_told
    turned = found.against("dear").difference("today", "units.web")
    assert turned.realised.mean == -change.realised.mean
    row = found.table.query("case == 'dear' and measure == 'units.web'").iloc[0]
    assert (row.unit, row.realised) == ("units/week", found.realised["dear"]["units.web"].mean)
    assert np.isnan(row.planned)
