import hashlib
import json
import math

import numpy as np
import pytest

import channelsim
from channelsim.files.manifest import file_entries, manifest, versions, write_manifest
from tests.instances import tiny

ENTRIES = {
    "scenario": tiny(),
    "seed": 7,
    "solver": {"status": "optimal", "objective": 1.5, "bound": math.inf, "gap": math.nan},
    "planned": {"coverage": np.float64(0.9), "cost": 10, "conflict": 0.1, "profit": 5.0},
    "realised": {"today": {"coverage": {"mean": 0.8, "low": 0.7, "high": -math.inf}}},
}


def test_a_manifest_says_from_what_and_with_what():
    found = manifest(files={}, **ENTRIES)
    assert found["scenario"] == {"name": "tiny", "title": "Tiny 小例", "hash": tiny().digest}
    assert (found["seed"], found["planned"]["coverage"]) == (7, 0.9)


def test_what_is_not_finite_is_null():
    found = manifest(files={}, **ENTRIES)
    assert (found["solver"]["bound"], found["solver"]["gap"]) == (None, None)
    assert found["realised"]["today"]["coverage"] == {"mean": 0.8, "low": 0.7, "high": None}
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_further_entries_are_kept():
    assert manifest(files={}, replications=(3, 4), **ENTRIES)["replications"] == [3, 4]


@pytest.mark.parametrize("package", ["python", "highspy", "pulp", "mesa", "numpy"])
def test_versions_name_what_results_depend_on(package):
    assert versions()[package][0].isdigit()


def test_versions_name_channelsim_itself():
    assert versions()["channelsim"] == channelsim.__version__


def test_the_written_manifest_lists_every_other_file(tmp_path):
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "map.png").write_bytes(b"picture")
    (tmp_path / "layout.csv").write_bytes(b"")
    content = json.loads(write_manifest(tmp_path, **ENTRIES).read_text("utf-8"))
    digest = hashlib.sha256(b"picture").hexdigest()
    assert content["files"]["charts/map.png"] == {"sha256": digest, "bytes": 7}
    assert list(content["files"]) == ["charts/map.png", "layout.csv"]


def test_the_same_run_gives_the_same_manifest(tmp_path):
    texts = [write_manifest(tmp_path, **ENTRIES).read_bytes() for _ in range(2)]
    assert texts[0] == texts[1]
    assert file_entries(tmp_path) == {}
