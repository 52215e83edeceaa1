"""Results on disk: whole or not at all, and never at the cost of what lies there already."""

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from channelsim.errors import OutputRefused
from channelsim.files.replaceable import check_replaceable

_DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG}


class OutputFolder:
    """A folder of results that appears only when it is complete.

    `with OutputFolder(path) as folder:` hands out an empty folder beside `path`. Left without an
    error it takes the place of `path`, as a whole; left by an error or Ctrl-C it is deleted and
    `path` stays as it was. Results that a manifest lists as ours are replaced; any other file there
    is somebody's work, and the folder is refused.

    Parameters
    ----------
    path
        Where the results shall stand.

    Raises
    ------
    OutputRefused
        If `path` is the current folder or holds it; on entry if it cannot be written or holds
        anything that is not ours.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(os.path.realpath(path))
        if not self.path.name:
            raise OutputRefused(f"{path} is a whole drive; choose a folder in it", "not_a_folder")
        if _holds_current(self.path):
            raise OutputRefused(
                f"{path} is the folder you are in, which results would replace; name a folder in "
                "it, such as --out plan",
                "current_folder",
            )
        self._partial = self.path.with_name(f".{self.path.name}.partial-{os.getpid()}")
        self._previous = self.path.with_name(f".{self.path.name}.previous")
        self._made: list[Path] = []

    def __enter__(self) -> Path:
        with _refusing(self.path):
            self._made = [place for place in self.path.parents if not place.exists()]
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._recover()
            check_replaceable(self.path)
            shutil.rmtree(self._partial, ignore_errors=True)
            self._partial.mkdir()
        return self._partial

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                with _refusing(self.path):
                    self._publish()
        finally:
            self._tidy()
        if isinstance(error, OSError) and self._concerns(error):
            raise _refusal(self.path, error) from error

    def _tidy(self) -> None:
        """Delete what was made and is not needed: the unfinished folder, empty parents."""
        shutil.rmtree(self._partial, ignore_errors=True)
        with contextlib.suppress(OSError):
            for place in self._made:
                place.rmdir()

    def _concerns(self, error: OSError) -> bool:
        name = error.filename
        inside = isinstance(name, str) and Path(name).is_relative_to(self._partial)
        return inside or error.errno in _DISK_ERRORS

    def _publish(self) -> None:
        """Swap the new folder in; whatever happens, one of the two stands at the path."""
        check_replaceable(self.path)
        if not self.path.exists():
            self._partial.rename(self.path)
            return
        shutil.rmtree(self._previous, ignore_errors=True)
        try:
            self.path.rename(self._previous)
            self._partial.rename(self.path)
        except BaseException:
            if not self.path.exists() and self._previous.exists():
                self._previous.rename(self.path)
            raise
        shutil.rmtree(self._previous, ignore_errors=True)

    def _recover(self) -> None:
        """Put right what a killed run left: results moved aside, folders half written."""
        if self._previous.exists():
            if self.path.exists():
                shutil.rmtree(self._previous, ignore_errors=True)
            else:
                self._previous.rename(self.path)
        for debris in self.path.parent.glob(f".{self.path.name}.partial-*"):
            if not _alive(debris.name.rpartition("-")[2]):
                shutil.rmtree(debris, ignore_errors=True)


def write_file(path: str | Path, content: str | bytes) -> Path:
    """Write a file beside its place and move it there: the old stays until the new is whole.

    Raises
    ------
    OutputRefused
        If it cannot be written.
    """
    target = Path(os.path.realpath(path))
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    data = content.encode() if isinstance(content, str) else content
    with _refusing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_bytes(data)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return Path(path)


def _holds_current(path: Path) -> bool:
    """Whether the current folder lies in a path; it would be gone when the path is replaced."""
    try:
        return Path(os.path.realpath(Path.cwd())).is_relative_to(path)
    except OSError:  # the current folder exists no more
        return False


def _alive(pid: str) -> bool:
    if sys.platform == "win32" or not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return int(pid) != os.getpid()


def _refusal(path: Path, error: OSError) -> OutputRefused:
    cures = {
        errno.EEXIST: "a file stands where a folder is needed; choose another place",
        errno.ENOTDIR: "a file stands where a folder is needed; choose another place",
        errno.EISDIR: "a folder stands there; name a file in it",
        errno.ENAMETOOLONG: "choose a shorter name",
        errno.ENOSPC: "free some space or choose another disk",
        errno.EACCES: "close it in other programs, or choose a place that you may write to",
    }
    cure = cures.get(error.errno or 0, "choose a place that you may write to")
    return OutputRefused(f"{path} cannot be written ({error.strerror}); {cure}", "not_writable")


@contextlib.contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refusal(path, error) from error
