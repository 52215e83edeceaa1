from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py").read_text("utf-8")

ONE_SKIP = """
import pytest

def test_passes():
    pass

@pytest.mark.parametrize("row", [1])
def test_skips(row):
    pytest.skip("no data here")

@pytest.mark.xfail(reason="known")
def test_expected_to_fail():
    assert False
"""


@pytest.fixture
def run_suite(pytester, monkeypatch):
    """Run a one-file suite under this conftest with the given list of allowed skips."""

    def run(source: str, allowed: str, ci: str | None = "true") -> pytest.RunResult:
        monkeypatch.delenv("CI", raising=False)
        if ci is not None:
            monkeypatch.setenv("CI", ci)
        pytester.makeconftest(CONFTEST)
        pytester.maketxtfile(allowed_skips=allowed)
        pytester.makepyfile(test_inner=source)
        return pytester.runpytest_subprocess()

    return run


def test_ci_fails_on_a_skip_that_is_not_listed(run_suite):
    result = run_suite(ONE_SKIP, allowed="# nothing")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["test_inner.py::test_skips?1? | no data here"])


@pytest.mark.parametrize("entry", ["test_inner.py", "test_inner.py::test_skips"])
def test_ci_passes_a_listed_skip(run_suite, entry):
    result = run_suite(ONE_SKIP, allowed=f"{entry} | no data here")
    assert result.ret == pytest.ExitCode.OK


@pytest.mark.parametrize(
    "line",
    [
        "test_inner.py::test_skips | another reason",  # listed for something else
        "test_inner.py::test_skip | no data here",  # the beginning of a name is not the test
    ],
)
def test_ci_fails_where_the_entry_does_not_fit(run_suite, line):
    assert run_suite(ONE_SKIP, allowed=line).ret == pytest.ExitCode.TESTS_FAILED


def test_ci_fails_on_a_module_skipped_whole(run_suite):
    source = "import pytest\npytest.skip('no such tool', allow_module_level=True)"
    result = run_suite(source, allowed="")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["test_inner.py | no such tool"])


def test_outside_ci_a_skip_is_a_skip(run_suite):
    assert run_suite(ONE_SKIP, allowed="", ci=None).ret == pytest.ExitCode.OK


def test_unprivileged_child_cannot_write_to_a_read_only_folder(run_unprivileged, tmp_path):
    tmp_path.chmod(0o500)
    child = run_unprivileged("-c", f"open({str(tmp_path / 'new')!r}, 'w')")
    assert "PermissionError" in child.stderr


def test_unprivileged_child_writes_where_its_owner_may(run_unprivileged, tmp_path):
    child = run_unprivileged("-c", f"open({str(tmp_path / 'new')!r}, 'w').write('here')")
    assert (child.returncode, (tmp_path / "new").read_text()) == (0, "here")


IMPORTS_NUMBA = """
import subprocess, sys
import pytest

def test_here_and_in_a_child_process():
    with pytest.raises(ImportError):
        import numba
    child = subprocess.run([sys.executable, "-c", "import numba"], capture_output=True, text=True)
    assert "hidden by --without-numba" in child.stderr
"""


def test_numba_can_be_hidden(pytester, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    pytester.makeconftest(CONFTEST)
    inner = pytester.mkpydir("inner")
    (inner / "conftest.py").write_text("try:\n    import numba\nexcept ImportError:\n    pass\n")
    (inner / "test_inner.py").write_text(IMPORTS_NUMBA)
    result = pytester.runpytest_subprocess("--without-numba", "inner")
    assert result.ret == pytest.ExitCode.OK


def test_numba_must_be_hidden_on_the_command_line(pytester, monkeypatch):
    monkeypatch.delenv("FOLDER_THAT_HIDES_NUMBA", raising=False)
    monkeypatch.setenv("PYTEST_ADDOPTS", "--without-numba")
    pytester.makeconftest(CONFTEST)
    result = pytester.runpytest_subprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*numba is not hidden; write --without-numba on*"])
