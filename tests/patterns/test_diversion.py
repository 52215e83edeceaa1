"""What stops 窜货 and what does not, under common random numbers.

Directions: deterrence needs certainty with severity (Becker 1968; Antia, Bergen and Dutta 2004 for
grey markets); goods flow where the gap exceeds the cost of moving them (Bergen, Heide and Dutta
1998); quotas with cliffs push sales to the end of the year (Oyer 1998).
"""

import numpy as np
import pytest

from channelsim.domain.layout import Territory
from channelsim.simulate.run import simulate
from tests.patterns.contrast import LOWERS, RAISES, assert_moves
from tests.patterns.governance_cases import pushing, realised, two_towns, with_gap

HARSH = {"audit_probability": 0.4, "detection": 0.7, "fine": 60_000.0}
MILD = {"audit_probability": 0.1, "detection": 0.7, "fine": 20_000.0, "forfeit": True}


def diverted(case):
    return realised(case, "diverted")


def gap(**policy):
    return with_gap(two_towns(**policy), 268.0)


def test_more_audit_lowers_arbitrage():
    rare, often = (gap(audit_probability=p, fine=3_000.0) for p in (0.02, 0.5))
    assert_moves(LOWERS, diverted(rare), diverted(often))


def test_a_higher_fine_without_audit_does_not():
    low, high = (diverted(gap(fine=fine)) for fine in (100.0, 1e6))
    assert low.min() > 0
    np.testing.assert_array_equal(low, high)


def test_audits_without_a_fine_do_not():
    few, many = (diverted(gap(audit_probability=p)) for p in (0.0, 1.0))
    np.testing.assert_array_equal(few, many)


def test_a_higher_fine_with_audits_lowers_it():
    low, high = (gap(audit_probability=0.2, fine=fine) for fine in (100.0, 20_000.0))
    assert_moves(LOWERS, diverted(low), diverted(high))


@pytest.mark.parametrize("wholesale", [230.0, 240.0])  # fetches at most 223
def test_a_gap_below_freight_moves_nothing(wholesale):
    assert diverted(with_gap(two_towns(), wholesale)).max() == 0


def test_a_gap_above_freight_and_expected_fine_moves_goods_and_one_below_does_not():
    case = two_towns(audit_probability=0.2, fine=3_000.0)
    narrow, wide = (with_gap(case, wholesale) for wholesale in (255.0, 300.0))
    assert diverted(narrow).max() == 0
    assert diverted(wide).min() > 0


def test_dumping_comes_in_the_last_five_weeks_of_the_year_and_fills_the_quota():
    case = pushing(two_towns(**MILD))
    run = simulate(case, case.today, record=("total", "partner"))
    weekly = run.weekly("diverted")[:, 0]
    assert weekly[:47].sum() == 0
    assert weekly[47:].sum() > 100
    quiet = simulate(two_towns(**MILD), case.today, record=("total", "partner"))
    reached = [r.weekly("attainment", "partner")[-1, 0] for r in (quiet, run)]
    assert reached[0] < 0.97 < reached[1]


def test_dumping_earns_the_higher_rebate():
    mild = two_towns(**MILD)
    paid = [realised(case, "incentives") * 52 for case in (mild, pushing(mild))]  # of both dealers
    assert_moves(RAISES, *paid)
    assert (paid[1] - paid[0]).mean() == pytest.approx(19_500, rel=0.15)


def test_todays_audits_do_not_deter_dumping_and_a_crackdown_does():
    mild, harsh = (diverted(pushing(two_towns(**policy))) for policy in (MILD, HARSH))
    assert_moves(LOWERS, mild, harsh)
    assert harsh.mean() < 0.2 * mild.mean()  # 16,800 deters all but those who lack very little


def test_a_heavy_fine_without_audits_does_not_deter_it():
    unseen = diverted(pushing(two_towns(fine=1e6, forfeit=True)))
    np.testing.assert_array_equal(unseen, diverted(pushing(two_towns())))


def test_without_a_cliff_nobody_dumps():
    case = two_towns(**MILD)
    linear = case.replace(contracts=tuple(c for c in case.contracts if c.attainment_from == 0))
    assert diverted(pushing(linear)).max() == 0


def test_who_is_far_from_its_quota_does_not_dump():
    assert diverted(pushing(two_towns(quota_growth=1.3))).max() == 0


def test_goods_dumped_into_an_exclusive_territory_are_territory_conflict():
    case = pushing(two_towns(**MILD))
    held = case.today.replace(territories=(Territory("li", "east", True),))
    before, after = (realised(case, "territory_conflict", x) for x in (case.today, held))
    assert before.max() == 0
    assert_moves(RAISES, before, after)
