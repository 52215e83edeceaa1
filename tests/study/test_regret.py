"""What wrong information costs."""

import pytest

from channelsim.domain.layout import Layout
from channelsim.errors import BadValue
from channelsim.study.regret import information_regret, informed, selection_regret
from tests.patterns.markets import hiring
from tests.simulate.cases import steady

CHAIN = {
    "supply.production": "to_stock",
    "supply.production_weeks": 3,
    "supply.safety_weeks": 0.1,
    "supply.holding_rate": 0.01,
}

HIRED = Layout.of(["north-a", "web"])


def test_noise_costs_the_maker_profit():
    case = steady(1).replace(CHAIN | {"policy.information_noise": 0.5})
    found = information_regret(case, case.today, replications=5, weeks=52)
    assert found.regret.low > 0
    assert found.regret.mean == pytest.approx(found.full.mean - found.as_is.mean)
    assert found.unit == "money/week"
    assert str(found).startswith("profit, money/week:")


def test_regret_counts_what_should_fall_the_other_way():
    case = steady(1).replace(CHAIN | {"policy.information_noise": 0.5})
    found = information_regret(case, case.today, measure="logistics", replications=2, weeks=20)
    assert found.regret.mean == pytest.approx(found.as_is.mean - found.full.mean)


def test_a_maker_that_sees_all_regrets_nothing():
    case = informed(steady(1).replace(CHAIN))
    found = information_regret(case, case.today, replications=2, weeks=10)
    assert (found.regret.mean, found.regret.low, found.regret.high) == (0.0, 0.0, 0.0)


def test_an_unknown_measure_is_refused():
    case = steady(1)
    with pytest.raises(BadValue, match="measure is unknown: 'joy'"):
        information_regret(case, case.today, measure="joy")


def test_who_cannot_tell_able_applicants_sells_less():
    case = hiring(recruitment=20.0)
    found = selection_regret(case, HIRED, measure="units", replications=12, weeks=40)
    assert found.regret.low > 0


def test_without_recruits_there_is_no_selection_to_regret():
    found = selection_regret(hiring(), HIRED, measure="units", replications=2, weeks=20)
    assert found.regret.mean == 0.0
