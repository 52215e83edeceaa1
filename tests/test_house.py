"""The lock, the wheel and the set-up that every command of the Makefile starts with."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements" / "locked.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture
def interpreter(tmp_path):
    """Make a stand-in for a Python interpreter that runs these lines of shell."""

    def make(name: str, lines: str) -> Path:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)
        return path

    return make


def make_venv(folder: Path, *interpreters: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", "requirements/venv.sh", folder, *interpreters]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_lock_holds_names_versions_and_hashes_only():
    line = re.compile(
        r"[a-z0-9-]+(\[[a-z]+\])?==\S+( ; [^\\]+?)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    )
    assert [text for text in LOCK.splitlines() if not line.fullmatch(text)] == []


@pytest.mark.parametrize(
    "requirement",
    [
        *PROJECT["dependencies"],
        *PROJECT["optional-dependencies"]["dev"],
        *PROJECT["optional-dependencies"]["zh"],
    ],
)
def test_lock_satisfies_the_project(requirement):
    wanted = Requirement(requirement)
    (version,) = re.findall(rf"^{wanted.name}(?:\[\w+\])?==(\S+)", LOCK, re.MULTILINE)
    assert version in wanted.specifier


def test_wheel_carries_the_scenarios(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    carried = {name for name in zipfile.ZipFile(wheel).namelist() if "/scenarios/" in name}
    scenarios = (ROOT / "scenarios").glob("*/scenario.toml")
    assert carried >= {f"channelsim/{path.relative_to(ROOT).as_posix()}" for path in scenarios}
    assert "channelsim/scenarios/tiny/scenario.toml" in carried


def test_setup_says_in_one_sentence_that_python_is_too_old(interpreter, tmp_path):
    result = make_venv(tmp_path / "venv", interpreter("python3", "exit 1"), tmp_path / "absent")
    assert result.returncode == 1
    assert re.fullmatch(r"channelsim needs Python 3\.12 or newer, .*\n", result.stderr)


def test_setup_names_the_missing_venv_module(interpreter, tmp_path):
    bare = interpreter("python3", 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.12;; esac')
    result = make_venv(tmp_path / "venv", bare)
    assert result.returncode == 1
    assert "apt-get install python3.12-venv" in result.stderr


def test_setup_takes_the_first_interpreter_that_will_do(interpreter, tmp_path):
    old = interpreter("old", "exit 1")
    new = interpreter("new", f'[ "$2" = venv ] && echo "$*" > {tmp_path}/said; exit 0')
    assert make_venv(tmp_path / "venv", old, new).returncode == 0
    assert (tmp_path / "said").read_text() == f"-m venv --clear {tmp_path}/venv\n"


def test_setup_keeps_an_environment_that_works(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    assert make_venv(tmp_path, tmp_path / "absent").returncode == 0
