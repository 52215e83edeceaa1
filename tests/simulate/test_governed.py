"""Who could take another's place, and who is to be open."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.layout import Layout
from channelsim.simulate.governed import Roster, may_join
from tests.instances import tiny

SOUTH_C = 2


def test_only_idle_independent_partners_could_join():
    case = tiny()
    assert np.flatnonzero(may_join(case, case.today)).tolist() == [SOUTH_C]
    assert not may_join(case, Layout.of(["south-c"])).any()


@pytest.mark.parametrize("bar", [{"eligible": False}, {"must_close": True}])
def test_what_may_not_open_could_not_join(bar):
    case = tiny()
    case = case.replace(candidates=tuple(replace(c, **bar) for c in case.candidates))
    assert not may_join(case, case.today).any()


def test_who_is_barred_stays_shut_and_who_joins_opens_in_its_week():
    roster = Roster.of(3)
    roster.barred[0] = True
    roster.joins[1] = 5
    planned = np.array([True, False, True])
    assert roster.due(planned, 4).tolist() == [False, False, True]
    assert roster.due(planned, 5).tolist() == [False, True, True]
