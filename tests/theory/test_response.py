"""T19: response to money (Little 1970), its division, and the flat maximum (Tull et al. 1986)."""

import pytest

from channelsim.study import theory_response as played
from channelsim.study.calibrate.adbudg import Judgements, calibrate_adbudg
from scenarios.builder.theory_response import adbudg, dorfman_steiner, spending
from tests.instances import tiny


@pytest.mark.parametrize(
    ("least", "most", "half"), [(0.2, 0.7, 1.5), (0.1, 0.9, 3.0), (0.3, 0.5, 0.5)]
)
def test_sales_rise_from_least_to_most(least, most, half):
    found = played.adbudg(adbudg(least, most, half))
    for spend in (0.5, 1.0, 1.5):
        expected = least + (most - least) * spend / (half + spend)
        assert found[f"units at {spend:g}"] == pytest.approx(expected, rel=1e-9)
    assert found["best spend"] == pytest.approx((30 * (most - least) * half) ** 0.5 - half, 1e-6)


@pytest.mark.parametrize("budget", [40.0, 400.0, 1e6])
@pytest.mark.parametrize("exponents", [(0.34, 0.34), (0.5, 0.2), (0.1, 0.6)])
def test_money_goes_by_elasticity_times_margin_times_sales(exponents, budget):
    """x_i over e_i m_i S_i(x_i), S what the money sells, is the same for all."""
    margins = (2.0, 1.0)
    plan = played.divided(spending(margins, exponents), budget)
    rates = [
        row.value / (exponent * margin * row.lift)
        for row, exponent, margin in zip(plan.rows, exponents, margins, strict=True)
    ]
    assert rates[0] == pytest.approx(rates[1], rel=1e-6)


@pytest.mark.parametrize(
    ("exponent", "part", "kept"),
    [
        (0.1, 0.75, 0.9963), (0.1, 1.25, 0.9973), (0.34, 0.5, 0.9395), (0.34, 0.75, 0.9876),
        (0.34, 1.25, 0.9906), (0.34, 1.5, 0.9664), (0.5, 0.75, 0.9821), (0.5, 1.25, 0.9861),
    ],
)  # fmt: skip
def test_profit_is_flat_about_the_best_spend(exponent, part, kept):
    case = spending((1.5, 1.0), (exponent, exponent))
    plan = played.divided(case)
    assert played.gain(case, plan, part) / played.gain(case, plan, 1) == pytest.approx(
        kept, abs=5e-5
    )


@pytest.mark.parametrize(("elasticity", "exponent"), [(2.0, 0.5), (3.0, 0.5), (2.5, 0.3)])
def test_advertising_over_sales_is_the_ratio_of_elasticities(elasticity, exponent):
    """Dorfman and Steiner 1954; the price is that of a monopoly, c e / (e - 1)."""
    found = played.dorfman_steiner(dorfman_steiner(elasticity, exponent))
    assert found["price"] == pytest.approx(elasticity / (elasticity - 1), rel=1e-5)
    assert found["advertising over sales"] == pytest.approx(found["ratio of elasticities"], 1e-4)


@pytest.mark.parametrize(
    ("least", "most", "delta", "gamma"),
    [(0.2, 0.7, 1.5, 2.0), (0.1, 0.9, 0.8, 1.4), (0.05, 0.5, 2.0, 3.0)],
)
def test_four_judgements_give_littles_curve(least, most, delta, gamma):
    """Little 1970: of 0.2, 0.4, 0.5 and 0.7 come 1.5 and 2, and 0.271429 at half the spend."""

    def curve(x, delta, gamma):
        return least + (most - least) * x**gamma / (delta + x**gamma)

    judged = Judgements(least, curve(1.0, delta, gamma), curve(1.5, delta, gamma), most)
    found = calibrate_adbudg(tiny(), "north", "coop", judged, spend=1.0)
    estimated = [estimate.value for estimate in found.estimates]
    assert estimated == pytest.approx([delta, gamma], rel=1e-6)
    assert curve(0.5, *estimated) == pytest.approx(curve(0.5, delta, gamma), rel=1e-6)
