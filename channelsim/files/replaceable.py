"""Whether a folder of results may be replaced: only files that our manifest lists, unchanged."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from channelsim.errors import OutputRefused

MANIFEST = "manifest.json"
_STRAY = {".ds_store", "thumbs.db", "desktop.ini"}


def check_replaceable(path: Path) -> None:
    """Check that nothing of somebody's is lost when the folder is replaced.

    Raises
    ------
    OutputRefused
        If it is no folder, not writable, or holds a file that is not ours as we wrote it.
    """
    if not path.exists():
        return
    if not path.is_dir():
        raise OutputRefused(f"{path} is a file; choose a folder for --out", "not_a_folder")
    if not os.access(path.parent, os.W_OK) or not os.access(path, os.W_OK):
        raise OutputRefused(
            f"{path} cannot be replaced: the folder or the one it lies in is not writable; choose "
            "another --out",
            "not_writable",
        )
    present = {
        file.relative_to(path).as_posix(): file
        for file in path.rglob("*")
        if file.is_file() and not _is_stray(file.name)
    }
    ours = _listed(present.pop(MANIFEST, None))
    foreign = [name for name in present if name not in ours]
    if foreign:
        raise OutputRefused(
            f"{path} holds {_some(foreign)}, which channelsim did not write; move that away or "
            "choose another --out",
            "not_ours",
        )
    changed = [name for name, file in present.items() if file_digest(file) != ours[name]]
    if changed:
        raise OutputRefused(
            f"{path} holds {_some(changed)}, changed since channelsim wrote it; move that away or "
            "choose another --out",
            "changed",
        )


def check_file_replaceable(path: Path, ours: Callable[[str], bool], what: str) -> None:
    """Check that a file about to be replaced is one of the kind that is written.

    Parameters
    ----------
    ours
        Whether a file's text is of that kind.
    what
        Name of the kind.

    Raises
    ------
    OutputRefused
        If another file stands there.
    """
    if not path.is_file():
        return
    try:
        if ours(path.read_text("utf-8-sig")):
            return
    except ValueError:  # neither UTF-8 nor, where it should be, JSON
        pass
    raise OutputRefused(f"{path} holds something else than {what}; choose another name", "not_ours")


def _listed(manifest: Path | None) -> dict[str, str]:
    """Return the files a manifest of ours lists, name -> SHA-256; none if it is not ours."""
    if manifest is None:
        return {}
    try:
        content = json.loads(manifest.read_text("utf-8"))
        if "channelsim" in content["versions"]:
            return {name: entry["sha256"] for name, entry in content["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise OutputRefused(
        f"{manifest.parent} holds a {MANIFEST} that is not channelsim's; choose another --out",
        "not_ours",
    )


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(sorted(names)[:3]) + more


def _is_stray(name: str) -> bool:
    """Whether a file is an operating system's or an office program's own."""
    return name.lower() in _STRAY or name.startswith(("~$", ".~lock.", "._"))


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
