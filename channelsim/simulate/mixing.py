"""Fewer rounds to a rest point, by mixing the last answers.

Where answers g(x) close in on a rest point x = g(x) by a share each round, that share tells where
they will end. With r_k = g(x_k) - x_k,

    x_(k+1) = g(x_k) - sum_i c_i (g(x_i) - g(x_(i-1))),   c least squares of r_k on r_i - r_(i-1)

(Anderson 1965). It is done near rest alone, while rounds close in: far from it, or where they move
apart, answers follow one another as they come, so that the rest point is the one that they lead to.
"""

import numpy as np

from channelsim.domain.columns import Floats

DEPTH = 4
"""Most changes that are mixed."""
NEAR = 1e-2
"""Move of a round, share of the price, below which answers are mixed."""
FARTHEST = 3.0
"""Most that mixing adds to a round's answer, over what rounds would cover that went on closing in
as the last did."""
WIDEST = 0.9
"""Most that it adds in any case, share of the price."""
_SINGULAR = 1e-12


class Mixing:
    """The points from which answers go on."""

    def __init__(self) -> None:
        self._answers: list[Floats] = []
        self._moves: list[Floats] = []
        self._size = np.inf

    def next(self, at: Floats, answer: Floats) -> Floats:
        """Return the point that follows one and the answer to it, each (N,) and above 0."""
        move, before = answer - at, self._size
        self._size = size = _size(move, at)
        if size > NEAR or size >= before:
            self._answers, self._moves = [], []
            if size > NEAR:
                return answer
        self._answers = [*self._answers[-DEPTH:], answer]
        self._moves = [*self._moves[-DEPTH:], move]
        mixed = self._mixed()
        most = min(FARTHEST * size / max(1 - size / before, _SINGULAR), WIDEST)
        return mixed if _size(mixed - answer, at) <= most else answer

    def _mixed(self) -> Floats:
        if len(self._moves) < 2:
            return self._answers[-1]
        turns, steps = np.diff(self._moves, axis=0).T, np.diff(self._answers, axis=0).T
        scale = float(np.abs(turns).max()) or 1.0
        weights = np.linalg.lstsq(turns / scale, self._moves[-1] / scale, rcond=_SINGULAR)[0]
        result: Floats = self._answers[-1] - steps @ weights
        return result


def _size(move: Floats, at: Floats) -> float:
    return float(np.abs(move / at).max(initial=0.0))
