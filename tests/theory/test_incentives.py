"""T20: pay for effort unseen: a commission (Holmstrom and Milgrom 1987), and a quota bonus."""

import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from channelsim.study.theory_response import commission, pushed
from scenarios.builder.theory_response import commissioned, quota_bonus


@pytest.mark.parametrize(
    ("aversion", "cost", "spread"), [(0.5, 1.0, 1.0), (0.25, 2.0, 1.0), (0.2, 1.0, 1.5)]
)
def test_the_commission_falls_with_risk_and_with_what_effort_costs(aversion, cost, spread):
    rate = 1 / (1 + aversion * cost * spread**2)
    found = commission(commissioned(aversion, cost, spread))
    assert found["commission"] == pytest.approx(rate, rel=1e-3)
    assert found["effort"] == pytest.approx(rate / cost, rel=1e-3)
    assert found["surplus"] == pytest.approx(rate / (2 * cost), rel=1e-5)


@pytest.mark.parametrize(
    ("quota", "printed"), [(0.0, 0.647), (1.0, 0.779), (2.0, 0.142), (3.0, 0.009)]
)
def test_a_quota_bonus_pulls_near_its_quota_and_is_given_up_far_from_it(quota, printed):
    assert pushed(quota_bonus(), quota) == pytest.approx(printed, abs=5e-4)


@pytest.mark.parametrize(("bonus", "spread"), [(2.0, 1.0), (1.0, 0.5), (1.5, 2.0)])
@pytest.mark.parametrize("quota", [0.5, 1.0, 1.8])
def test_effort_earns_most_of_bonus_less_cost(bonus, spread, quota):
    def worth(effort):
        return bonus * norm.cdf((effort - quota) / spread) - effort**2 / 2

    grid = max((i / 100 for i in range(1, 300)), key=worth)
    around = (grid - 0.02, grid + 0.02)
    best = minimize_scalar(lambda e: -worth(e), bounds=around, method="bounded").x
    assert pushed(quota_bonus(bonus, spread), quota) == pytest.approx(best, abs=1e-3)
