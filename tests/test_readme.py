"""What the README shows is what a new user gets: its Python and its commands run as written."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
RUN = [sys.executable, "-c", "from channelsim.cli import main; main()"]
QUICK = {"plan": ["--replications", "2"], "compare": ["--replications", "2", "--draws", "2"]}


def commands() -> list[list[str]]:
    """Every line that begins with `channelsim`, words without the comment."""
    lines = re.findall(r"^channelsim .*", README, re.MULTILINE)
    return [shlex.split(line, comments=True)[1:] for line in lines]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_a_command_runs_as_written(words, tmp_path):
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    shutil.copytree(ROOT / "scenarios" / "tiny", tmp_path / "my_scenario")
    done = subprocess.run(
        [*RUN, *words, *QUICK.get(words[0], [])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_python_runs_as_written():
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "proven optimal" in done.stdout


def test_all_four_commands_are_found():
    assert sorted(words[0] for words in commands()) == ["check", "compare", "plan", "plan"]
