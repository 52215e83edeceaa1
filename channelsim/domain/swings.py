"""Swings of demand: the factor on a week's occasions that all consumers of a zone share.

With x standard normal, sd the standard deviation, Phi the normal distribution,

    normal    max(1 + sd x, 0)
    uniform   1 + sd sqrt(3) (2 Phi(x) - 1)

both of mean 1, but for what the normal law's cut adds.
"""

import numpy as np
from scipy.special import ndtr

from channelsim.domain.columns import Floats

LAWS = ("normal", "uniform")
"""Names of the laws, the default first."""
WIDEST = 3**-0.5
"""Standard deviation of the uniform law that begins at 0."""


def factor(score: Floats, spread: float, law: str | None) -> Floats:
    """Return the factors on occasions at standard normal scores, in the scores' shape.

    Parameters
    ----------
    spread
        Standard deviation, share of the mean.
    law
        Name of the law; None: normal.
    """
    if law == "uniform":
        width: Floats = spread / WIDEST * (2 * ndtr(score) - 1)
        return 1 + width
    return np.maximum(1 + spread * score, 0.0)
