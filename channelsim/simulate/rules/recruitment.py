"""Recruitment rules: who applies, how able applicants are, and what screening sees of it.

    applications a year   rate x (1 + ln(1 + trade shows / unit)) x awareness x exp(goodwill)
    capability            table's + 0.15 n - 0.4 max(0.5 - terms, 0)
    signal                capability + 0.25 n' / sqrt(1 + inspection / unit)

n and n' are standard normal; terms is how well the partners that trade fare, 0.5 where they just
earn their reservation profit. Poor terms draw worse applicants, for the able have better
alternatives (adverse selection: Akerlof 1970; Bergen, Dutta and Walker 1992), and money for
inspection buys independent looks (screening: Stiglitz 1975). The sizes are assumed.
"""

import numpy as np

from channelsim.domain.columns import Bools, Floats

SPREAD = 0.15
"""Standard deviation of capability around the partner table's."""
SLIDE = 0.4
"""Capability lost per unit by which terms fall short of fair."""
FAIR_TERMS = 0.5
NOISE = 0.25
"""Standard deviation of what one look shows."""
REPLACEMENT_WEEKS = 12
"""Weeks from an exit to the earliest opening of its replacement."""


def applications(rate: float, shows: float, unit: float, pull: Floats, weeks: float) -> Floats:
    """Return the chance that an idle partner applies within some weeks.

    Parameters
    ----------
    rate
        Applications a year.
    shows, unit
        Money per week for trade shows, and the money that multiplies applications by 1 + ln 2.
    pull
        Factor of the brand's awareness and goodwill where it would open.
    """
    hazard = rate * (1 + np.log1p(shows / unit)) * pull * weeks / 52
    result: Floats = -np.expm1(-hazard)
    return result


def drawn(normal: Floats, terms: float) -> Floats:
    """Return applicants' capability beyond what the partner table says."""
    result: Floats = SPREAD * normal - SLIDE * max(FAIR_TERMS - terms, 0.0)
    return result


def signal(capability: Floats, normal: Floats, inspection: float, unit: float) -> Floats:
    """Return what the maker sees of applicants' capability."""
    result: Floats = capability + NOISE * normal / np.sqrt(1 + inspection / unit)
    return result


def passes(signal: Floats, least: float) -> Bools:
    """Return who shows the least capability."""
    result: Bools = signal >= least
    return result
