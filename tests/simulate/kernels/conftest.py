"""The kernels' tests need numba: without it each of their files is skipped."""

from pathlib import Path

import pytest


class _NeedsNumba(pytest.Module):
    def collect(self):
        pytest.importorskip("numba", reason="needs numba")
        return super().collect()


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module:
    return _NeedsNumba.from_parent(parent, path=module_path)
