"""T12 and T13: where people go and what shops ask in space (Huff, Hotelling, Salop)."""

import pytest

from channelsim.simulate.rest import rest_point
from channelsim.study import theory_models as played
from channelsim.study.theory import model
from scenarios.builder.theory import salop

CITIES = ((30.0, 90_000, 10_000, 22.5), (40.0, 40_000, 10_000, 80 / 3), (12.0, 5_000, 5_000, 6.0))


@pytest.mark.parametrize("power", [2.0, 1.0, 0.5])
def test_huff_shares(power):
    case = model("huff")
    path = "segments.all.distance_sensitivity"
    case = case.changed({path: lambda _: power}, idle=True)
    pull = [1000 / 4**power, 500 / 2**power, 250 / 1**power]
    expected = [one / sum(pull) for one in pull]
    assert played.patronage(case, case.today) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("road", "large", "small", "at"), CITIES)
def test_trade_parts_at_converses_breakpoint(road, large, small, at):
    case = model("huff").replace(
        {"candidates.far.doors": large, "candidates.middle.doors": small},
    )
    assert played.parted(case, at, road) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("travel", ["linear", "quadratic"])
@pytest.mark.parametrize("rate", [0.5, 0.9, 1.5])
def test_hotelling_firms_at_the_ends_ask_cost_and_the_rate(rate, travel):
    values = {"segments.all.distance_sensitivity": rate, "market.travel": travel}
    case = model("hotelling").changed(
        {path: lambda _, v=v: v for path, v in values.items()}, idle=True
    )
    rest = rest_point(case)
    assert rest.price == pytest.approx([1 + rate] * 2, rel=1e-6)
    assert rest.partner_profit == pytest.approx([rate / 2] * 2, rel=1e-6)


@pytest.mark.parametrize("count", [3, 4, 6])
def test_salop_firms_ask_cost_and_their_part_of_the_rate(count):
    rest = rest_point(salop(count))
    assert rest.price == pytest.approx([1 + 1 / count] * count, rel=1e-6)
    assert rest.partner_profit == pytest.approx([1 / count**2] * count, rel=1e-6)
