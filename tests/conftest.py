"""What tests share: headless charts, repeatable examples, an unprivileged child, CI's skip rule."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import hypothesis
import matplotlib as mpl
import pytest

mpl.use("Agg")

HIDING = "--without-numba"
HIDDEN = "FOLDER_THAT_HIDES_NUMBA"

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # started in the background by a shell
    signal.signal(signal.SIGINT, signal.default_int_handler)

hypothesis.settings.register_profile(
    "repeatable", derandomize=True, deadline=None, print_blob=True, database=None
)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture
def run_unprivileged() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python with the given arguments as somebody whom file permissions bind.

    Root passes every permission check, so root's child gives up its capabilities first: it stays
    the owner of its files and may do with them what their owner's mode says, no more. Changing
    the user instead would lock it out of an interpreter that lies in root's home.
    """
    prefix: list[str] = []
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("run as root without setpriv: no unprivileged child to be had")
        prefix = [setpriv, "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [*prefix, sys.executable, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


class SkipRule:
    """Fail a run in which a test was skipped that the list does not allow for the reason given."""

    def __init__(self, allowed: list[list[str]]) -> None:
        self.allowed = allowed
        self.refused: list[str] = []

    def permits(self, nodeid: str, reason: str) -> bool:
        """Whether an entry names the test, its class or its file, and gives this reason."""
        return any(
            reason == why and (nodeid == entry or nodeid.startswith((f"{entry}::", f"{entry}[")))
            for entry, why in self.allowed
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.note(report)

    def note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Remember a skip that the list does not allow; an expected failure is no skip."""
        if not report.skipped or hasattr(report, "wasxfail"):
            return
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        if not self.permits(report.nodeid, reason):
            self.refused.append(f"{report.nodeid} | {reason}")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.refused and session.exitstatus in (
            pytest.ExitCode.OK,
            pytest.ExitCode.NO_TESTS_COLLECTED,
        ):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.refused:
            terminalreporter.section("skipped, but not in tests/allowed_skips.txt", red=True)
            for line in self.refused:
                terminalreporter.line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Hide numba at once if asked to: the next conftests load before options are parsed."""
    parser.addoption(HIDING, action="store_true", help="run as if numba were not installed")
    if HIDING in sys.argv or os.environ.get(HIDDEN):
        hide_numba()


def hide_numba() -> None:
    """Put a numba that cannot be imported before the real one, here and in child processes."""
    if folder := os.environ.get(HIDDEN):  # by the process whose worker this is
        sys.path.insert(0, folder)
        return
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    Path(folder, "numba.py").write_text(f'raise ModuleNotFoundError("hidden by {HIDING}")\n')
    sys.path.insert(0, folder)
    os.environ[HIDDEN] = folder
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = folder + (os.pathsep + before if before else "")


def pytest_configure(config: pytest.Config) -> None:
    """Under CI a skipped test fails the run unless `allowed_skips.txt` lists it."""
    if config.getoption(HIDING) and ("numba" in sys.modules or HIDDEN not in os.environ):
        raise pytest.UsageError(f"numba is not hidden; write {HIDING} on pytest's command line")
    if os.environ.get("CI"):
        lines = (Path(__file__).parent / "allowed_skips.txt").read_text("utf-8").splitlines()
        entries = [line.split(" | ", 1) for line in lines if line and not line.startswith("#")]
        config.pluginmanager.register(SkipRule(entries))
