import json
from pathlib import Path

import numpy as np
import pytest

from channelsim.domain.incentives import lift
from channelsim.errors import BadValue
from channelsim.study.calibrate.adbudg import Judgements, adbudg, calibrate_adbudg
from tests.instances import tiny

GOLDEN = Path(__file__).parents[4] / "shared" / "theory" / "golden.json"
CONCAVE = Judgements(none=1.0, now=1.5, half_more=1.6, most=2.0)
REPETITIONS = 300


@pytest.mark.skipif(not GOLDEN.is_file(), reason="needs ../shared/theory/golden.json")
def test_littles_curve_is_reproduced():
    golden = json.loads(GOLDEN.read_text("utf-8"))["T19_response"]["adbudg"]
    assert adbudg(Judgements(0.2, 0.4, 0.5, 0.7)) == pytest.approx(
        (golden["delta"], golden["gamma"]), abs=1e-9
    )


def test_a_concave_curve_passes_through_all_judgements():
    found = calibrate_adbudg(tiny(), "north", "training", CONCAVE, spend=100.0).scenario
    curve = found.responses[0]
    rises = [lift(curve, spend) for spend in (0.0, 100.0, 150.0, 1e12)]
    assert rises == pytest.approx([0.0, 0.5, 0.6, 1.0], abs=1e-6)


def test_an_s_shaped_curve_is_made_concave_and_told():
    found = calibrate_adbudg(tiny(), "north", "coop", Judgements(0.2, 0.4, 0.5, 0.7), spend=100.0)
    curve = found.scenario.responses[-1]
    assert lift(curve, 100.0) == pytest.approx(1.0)  # 0.4 is twice 0.2
    assert found.notes[0].startswith("the curve is S-shaped (exponent 2)")


def test_judgements_without_doubt_leave_none():
    (delta, _) = calibrate_adbudg(tiny(), "north", "training", CONCAVE, spend=100.0).estimates
    assert delta.low == delta.value == delta.high


def test_known_parameters_lie_within_their_intervals():
    random = np.random.default_rng(2)
    hits = np.zeros(2)
    for _ in range(REPETITIONS):
        judged = Judgements(*(np.array([0.2, 0.4, 0.5, 0.7]) + random.normal(0, 0.004, 4)))
        found = calibrate_adbudg(tiny(), "north", "coop", judged, spend=1.0, doubt=0.004)
        hits += [e.holds(v) for e, v in zip(found.estimates, (1.5, 2.0), strict=True)]
    assert (hits / REPETITIONS >= 0.93).all()


def test_judgements_that_do_not_rise_are_refused():
    with pytest.raises(BadValue, match="must rise from none .* judge again"):
        Judgements(0.2, 0.5, 0.4, 0.7)
