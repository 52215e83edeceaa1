from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain.incentives import lift
from channelsim.domain.response import Response
from channelsim.errors import BadValue
from channelsim.study.calibrate.incentive import calibrate_incentive
from tests.instances import tiny

REPETITIONS = 150
SPEND = np.tile([0.0, 50.0, 100.0, 200.0, 400.0, 800.0], 20)


def sales(curve: Response) -> np.ndarray:
    return np.array([1000 * (1 + lift(curve, w)) for w in SPEND])


@pytest.mark.parametrize("form", ["log", "hill", "exponential"])
def test_a_curve_without_noise_is_recovered(form):
    curve = Response("north", "training", form, 0.4, 150.0)
    found = calibrate_incentive(tiny(), "north", "training", SPEND, sales(curve), form=form)
    assert (found["lift"].value, found["scale"].value) == pytest.approx((0.4, 150.0), rel=1e-4)
    assert found.scenario.responses[0] == replace(
        curve, lift=found["lift"].value, scale=found["scale"].value
    )


def test_known_parameters_lie_within_their_intervals():
    random, clean = np.random.default_rng(3), sales(Response("north", "training", "log", 0.4, 150))
    hits = np.zeros(2)
    for _ in range(REPETITIONS):
        noisy = clean * np.exp(random.normal(0, 0.03, len(clean)))
        found = calibrate_incentive(tiny(), "north", "training", SPEND, noisy)
        hits += [found["lift"].holds(0.4), found["scale"].holds(150.0)]
    assert (hits / REPETITIONS >= 0.93).all()


def test_limits_of_spend_stay():
    case = tiny().replace({"responses.north.training.max_spend": 900.0})
    curve = Response("north", "training", "log", 0.4, 150.0)
    found = calibrate_incentive(case, "north", "training", SPEND, sales(curve)).scenario
    assert found.responses[0].max_spend == 900.0


def test_spend_that_does_not_vary_tells_nothing():
    with pytest.raises(BadValue, match="spend must take 3 values or more"):
        calibrate_incentive(tiny(), "north", "training", [100.0] * 20, [1000.0] * 20)


def test_a_power_curve_is_not_estimated():
    with pytest.raises(BadValue, match="form is unknown: 'power'; write one of log, hill"):
        calibrate_incentive(tiny(), "north", "training", SPEND, SPEND + 1, form="power")
