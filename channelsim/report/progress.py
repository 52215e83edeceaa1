"""Progress at the prompt, on stderr so that it never mixes with results."""

import sys
from typing import Never, Self

from tqdm import tqdm

DELAY = 2.0


class Bars:
    """A line for a stage of one step; for a stage of many, a bar once it takes two seconds.

    Use it as the `tell` of a job, and as a context that closes the last bar.

    Parameters
    ----------
    quiet
        Whether to show nothing.
    """

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._stage = ""
        self._bar: tqdm[Never] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of a stage are done."""
        if self._quiet:
            return
        if stage != self._stage:
            self.end()
            self._begin(stage, total)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def _begin(self, stage: str, total: int) -> None:
        self._stage = stage
        if total > 1:
            self._bar = tqdm(total=total, desc=stage, unit="run", delay=DELAY, file=sys.stderr)
        else:
            print(f"{stage} ...", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Close the bar, so that other lines can be printed."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
