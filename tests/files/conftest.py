import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

TINY = Path(__file__).parents[2] / "scenarios" / "tiny"

type Edit = Callable[[str, str, str], Path]


@pytest.fixture
def tiny_folder(tmp_path: Path) -> Path:
    """A copy of scenarios/tiny to spoil."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture
def edit(tiny_folder: Path) -> Edit:
    """Replace a text that stands in a file of the copy, and return the copy."""

    def replace(file: str, old: str, new: str) -> Path:
        path = tiny_folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return tiny_folder

    return replace
