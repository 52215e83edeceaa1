import signal
import subprocess
import sys

import pytest

from channelsim.errors import OutputRefused
from channelsim.files.manifest import write_manifest
from channelsim.files.output import OutputFolder, write_file
from tests.instances import tiny

ENTRIES = {"scenario": tiny(), "seed": 0, "solver": {}, "planned": {}, "realised": {}}


def fill(folder, text="new"):
    (folder / "charts").mkdir()
    (folder / "charts" / "map.png").write_text(text)
    (folder / "layout.csv").write_text(text)
    write_manifest(folder, **ENTRIES)


def break_off(out, error, during=lambda: None):
    """Write results, but for an error at the end."""
    with OutputFolder(out) as folder:
        fill(folder)
        during()
        if error is not None:
            raise error


@pytest.fixture
def out(tmp_path):
    """A place for results."""
    return tmp_path / "runs" / "delta"


@pytest.fixture
def results(out):
    """A place that holds results already."""
    with OutputFolder(out) as folder:
        fill(folder, "old")
    return out


def state(out):
    """What lies beside the results, and what they say."""
    names = sorted(path.name for path in out.parent.iterdir())
    return names, (out / "layout.csv").read_text(), (out / "charts" / "map.png").read_text()


def test_results_appear_when_they_are_complete(out):
    with OutputFolder(out) as folder:
        fill(folder)
        assert not out.exists()
    assert state(out) == (["delta"], "new", "new")


def test_results_replace_our_own_as_a_whole(results):
    with OutputFolder(results) as folder:
        fill(folder)
        (folder / "layout.csv").rename(folder / "layout.txt")
    assert sorted(path.name for path in results.iterdir()) == [
        "charts",
        "layout.txt",
        "manifest.json",
    ]


def test_an_empty_folder_is_taken(out):
    out.mkdir(parents=True)
    with OutputFolder(out) as folder:
        fill(folder)
    assert state(out) == (["delta"], "new", "new")


def test_the_folder_has_the_usual_permissions(out, tmp_path):
    with OutputFolder(out) as folder:
        fill(folder)
    (tmp_path / "plain").mkdir()
    assert out.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_to_results_stays_a_link(results, tmp_path):
    (tmp_path / "link").symlink_to(results)
    with OutputFolder(tmp_path / "link") as folder:
        fill(folder)
    assert (tmp_path / "link").is_symlink()
    assert state(results) == (["delta"], "new", "new")


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, SystemExit])
def test_an_error_leaves_the_old_results_and_no_debris(results, error):
    with pytest.raises(error):
        break_off(results, error())
    assert state(results) == (["delta"], "old", "old")


def test_an_error_leaves_nothing_where_nothing_was(tmp_path):
    with pytest.raises(ValueError, match="no"):
        break_off(tmp_path / "a" / "b", ValueError("no"))
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_between_the_two_renames_puts_the_old_results_back(results, monkeypatch):
    renames = []
    rename = type(results).rename

    def interrupted(self, target):
        renames.append(self.name)
        if len(renames) == 2:
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(type(results), "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        break_off(results, None)
    assert state(results) == (["delta"], "old", "old")


@pytest.mark.parametrize("name", ["notes.txt", "charts/mine.png", ".hidden"])
def test_a_folder_with_somebodys_file_is_refused(results, name):
    (results / name).write_text("mine")
    with pytest.raises(OutputRefused, match=r"which channelsim did not write; move that away or"):
        OutputFolder(results).__enter__()
    assert (results / name).read_text() == "mine"


def test_a_folder_that_is_not_ours_is_refused(out):
    out.mkdir(parents=True)
    (out / "thesis.docx").write_text("mine")
    with pytest.raises(OutputRefused, match=r"holds thesis\.docx, which channelsim did not write"):
        OutputFolder(out).__enter__()


def test_a_result_that_somebody_has_changed_is_not_lost(results):
    (results / "layout.csv").write_text("my remarks")
    with pytest.raises(
        OutputRefused, match=r"holds layout\.csv, changed since channelsim wrote it"
    ):
        OutputFolder(results).__enter__()
    assert (results / "layout.csv").read_text() == "my remarks"


def test_a_file_that_comes_during_the_run_is_not_lost(results):
    with pytest.raises(OutputRefused, match=r"notes\.txt"):
        break_off(results, None, lambda: (results / "notes.txt").write_text("mine"))
    assert (results / "notes.txt").read_text() == "mine"
    assert state(results) == (["delta"], "old", "old")


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "~$plan.xlsx", ".~lock.plan.xlsx#"])
def test_what_a_system_leaves_behind_is_nobodys_work(results, name):
    (results / name).write_text("")
    with OutputFolder(results) as folder:
        fill(folder)
    assert state(results) == (["delta"], "new", "new")


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"versions": {}, "files": {}}'])
def test_another_programs_manifest_is_not_ours(out, text):
    out.mkdir(parents=True)
    (out / "manifest.json").write_text(text)
    with pytest.raises(OutputRefused, match="not channelsim's"):
        OutputFolder(out).__enter__()


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputRefused, match="is a file; choose a folder"):
        OutputFolder(tmp_path / "out").__enter__()


def test_a_folder_inside_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputRefused, match="cannot be written"):
        OutputFolder(tmp_path / "out" / "delta").__enter__()


def test_a_whole_drive_is_refused():
    with pytest.raises(OutputRefused, match="is a whole drive"):
        OutputFolder("/")


@pytest.mark.parametrize("place", [".", "..", "../here/../../runs"])
def test_the_current_folder_is_refused(tmp_path, monkeypatch, place):
    (tmp_path / "runs" / "here").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "runs" / "here")
    with pytest.raises(OutputRefused, match="is the folder you are in, .*; name a folder in it"):
        OutputFolder(place)


def test_a_folder_in_the_current_one_is_taken(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with OutputFolder("plan") as folder:
        fill(folder)
    assert (tmp_path / "plan" / "layout.csv").is_file()


PROGRAM = """
import sys
from channelsim.errors import OutputRefused
from channelsim.files.output import OutputFolder
try:
    with OutputFolder(sys.argv[1]) as folder:
        (folder / "x").write_text("new")
except OutputRefused as refusal:
    sys.exit(refusal.message)
"""


def test_a_place_that_may_not_be_written_is_refused(run_unprivileged, tmp_path):
    tmp_path.chmod(0o500)
    child = run_unprivileged("-c", PROGRAM, tmp_path / "out")
    tmp_path.chmod(0o700)
    assert child.returncode == 1
    assert "cannot be written (Permission denied); close it in other programs" in child.stderr


def test_results_that_may_not_be_moved_are_refused_before_the_work(run_unprivileged, results):
    results.chmod(0o500)
    child = run_unprivileged("-c", PROGRAM, results)
    results.chmod(0o700)
    assert "is not writable; choose another --out" in child.stderr
    assert state(results) == (["delta"], "old", "old")


def test_a_disk_that_is_full_is_told_without_debris(results):
    with pytest.raises(OutputRefused, match="No space left on device.; free some space"):
        break_off(results, OSError(28, "No space left on device"))
    assert state(results) == (["delta"], "old", "old")


def test_an_error_about_another_file_is_passed_on(results):
    with pytest.raises(FileNotFoundError):
        break_off(results, FileNotFoundError(2, "No such file", "elsewhere.csv"))


SLOW = """
import sys, time
from channelsim.files.output import OutputFolder
with OutputFolder(sys.argv[1]) as folder:
    (folder / "layout.csv").write_text("half")
    print("writing", flush=True)
    while True:
        time.sleep(0.01)
"""


@pytest.fixture
def writing(results):
    """A process in the middle of replacing the results."""
    command = [sys.executable, "-c", SLOW, str(results)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdout.readline() == b"writing\n"
        yield child
        child.kill()


def test_ctrl_c_leaves_the_old_results_and_no_debris(writing, results):
    writing.send_signal(signal.SIGINT)
    writing.wait(10)
    assert state(results) == (["delta"], "old", "old")


def test_a_kill_leaves_the_old_results_and_the_next_run_tidies_up(writing, results):
    writing.kill()
    writing.wait(10)
    assert (results / "layout.csv").read_text() == "old"
    with OutputFolder(results) as folder:
        fill(folder)
    assert state(results) == (["delta"], "new", "new")


def test_a_run_beside_another_leaves_its_folder_alone(writing, results):
    with OutputFolder(results) as folder:
        fill(folder)
    (other,) = [path for path in results.parent.iterdir() if path != results]
    assert (other / "layout.csv").read_text() == "half"


def test_results_moved_aside_by_a_killed_run_come_back(results):
    results.rename(results.with_name(".delta.previous"))
    with pytest.raises(ValueError, match="no"):
        break_off(results, ValueError("no"))
    assert state(results) == (["delta"], "old", "old")


def test_a_file_is_replaced_as_a_whole(tmp_path):
    path = tmp_path / "plans" / "plan.csv"
    assert write_file(path, "old") == path
    write_file(path, "新".encode())
    assert (path.read_text("utf-8"), list(path.parent.iterdir())) == ("新", [path])


def test_a_file_that_cannot_be_written_is_refused_and_the_old_one_stays(run_unprivileged, tmp_path):
    (tmp_path / "plan.csv").write_text("old")
    tmp_path.chmod(0o500)
    program = (
        "import sys; from channelsim.files.output import write_file; write_file(sys.argv[1], 'x')"
    )
    child = run_unprivileged("-c", program, tmp_path / "plan.csv")
    tmp_path.chmod(0o700)
    assert "OutputRefused" in child.stderr
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_file_in_the_way_of_a_folder_is_named_as_such(tmp_path):
    (tmp_path / "file").write_text("mine", "utf-8")
    said = "a file stands where a folder is needed"
    with pytest.raises(OutputRefused, match=said), OutputFolder(tmp_path / "file" / "out"):
        pass
