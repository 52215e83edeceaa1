import json
from pathlib import Path

import numpy as np
import pytest

from channelsim.errors import BadValue
from channelsim.study.calibrate.bass import bass_adoptions, calibrate_bass
from tests.instances import tiny

GOLDEN = Path(__file__).parents[4] / "shared" / "theory" / "golden.json"
REPETITIONS = 300

needs_golden = pytest.mark.skipif(not GOLDEN.is_file(), reason="needs ../shared/theory/golden.json")


@needs_golden
def test_the_durables_of_1969_are_recovered_from_their_adoptions():
    rows = json.loads(GOLDEN.read_text("utf-8"))["T10_bass"].values()
    rows = [row for row in rows if isinstance(row, dict) and "m_thousands" in row]
    assert len(rows) == 11
    for row in rows:
        truth = (row["p"], row["q"], row["m_thousands"])
        peak = round(row["t_peak"])
        found = calibrate_bass(tiny(), bass_adoptions(*truth, peak + 5))
        assert [e.value for e in found.estimates] == pytest.approx(truth, rel=1e-4)


@needs_golden
def test_adoptions_peak_when_and_as_high_as_published():
    row = json.loads(GOLDEN.read_text("utf-8"))["T10_bass"]["home freezers"]
    yearly = bass_adoptions(row["p"], row["q"], row["m_thousands"], 30)
    assert np.argmax(yearly) == int(row["t_peak"])
    assert yearly.max() == pytest.approx(row["peak"], rel=0.01)


def test_known_parameters_lie_within_their_intervals():
    random = np.random.default_rng(1)
    clean = bass_adoptions(0.03, 0.38, 1e6, 15)
    hits = np.zeros(3)
    for _ in range(REPETITIONS):
        series = np.maximum(clean + random.normal(0, 2000, len(clean)), 0)
        found = calibrate_bass(tiny(), series).estimates
        hits += [e.holds(v) for e, v in zip(found, (0.03, 0.38, 1e6), strict=True)]
    assert (hits / REPETITIONS >= 0.93).all()


def test_the_scenario_is_the_market_at_launch():
    found = calibrate_bass(tiny(), bass_adoptions(0.03, 0.38, 50_000, 15)).scenario
    assert sum(zone.population for zone in found.zones) == pytest.approx(50_000)
    assert found.segments[0].innovation == pytest.approx(0.03 / 52)
    assert found.segments[0].imitation == pytest.approx(0.38 / 52)
    assert {zone.awareness for zone in found.zones} == {0.0}


@pytest.mark.parametrize(
    ("series", "cure"),
    [
        ([1.0, 2.0, 3.0], "adoptions must be 4 periods or more, got 3; add periods"),
        ([0.0] * 6, "adoptions are all 0; write the new adopters of each period"),
        ([1.0, -2.0, 3.0, 4.0], "write people, 0 where nobody adopted"),
    ],
)
def test_what_is_no_diffusion_is_refused(series, cure):
    with pytest.raises(BadValue, match=cure):
        calibrate_bass(tiny(), series)
