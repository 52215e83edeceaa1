"""The manifest of a folder of results: what was computed, from what, with what, to which files."""

import importlib.metadata
import json
import math
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import channelsim
from channelsim.domain.scenario import Scenario
from channelsim.files.output import write_file
from channelsim.files.replaceable import MANIFEST, file_digest

PACKAGES = ("highspy", "mesa", "numba", "numpy", "pandas", "pulp", "pydantic", "scipy")


def manifest(
    *,
    scenario: Scenario,
    seed: int,
    solver: Mapping[str, Any],
    planned: Mapping[str, float],
    realised: Mapping[str, Mapping[str, Mapping[str, float]]],
    files: Mapping[str, Mapping[str, Any]],
    **more: Any,
) -> dict[str, Any]:
    """Return the manifest as plain values fit for JSON; NaN and infinity become null.

    Parameters
    ----------
    solver
        status, objective, bound, gap, seconds, mode.
    planned
        coverage, cost, conflict, profit of the recommended layout; further measures are kept.
    realised
        Layout -> measure -> mean, low, high.
    files
        Name -> sha256, bytes (`file_entries`).
    more
        Further entries, such as `replications`.
    """
    content = {
        "scenario": {"name": scenario.name, "title": scenario.title, "hash": scenario.digest},
        "seed": seed,
        "versions": versions(),
        "solver": solver,
        "planned": planned,
        "realised": realised,
        **more,
        "files": files,
    }
    plain: dict[str, Any] = _plain(content)
    return plain


def versions() -> dict[str, str]:
    """Return the versions of channelsim, Python and the packages that results depend on."""
    found = {"channelsim": channelsim.__version__, "python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def file_entries(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the SHA-256 and size of every file in a folder, the manifest apart, by name."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: {"sha256": file_digest(found[name]), "bytes": found[name].stat().st_size}
        for name in sorted(found)
        if found[name].is_file() and name != MANIFEST
    }


def write_manifest(folder: str | Path, **entries: Any) -> Path:
    """Write `manifest.json` for all files that a folder holds; call it last.

    Parameters
    ----------
    entries
        As in `manifest`, but for `files`.
    """
    place = Path(folder)
    content = manifest(files=file_entries(place), **entries)
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    return write_file(place / MANIFEST, text + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if hasattr(value, "item") and not isinstance(value, str):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
