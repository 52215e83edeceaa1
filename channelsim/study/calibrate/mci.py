"""Huff and MCI exponents from observed shares, by log-centred least squares.

    ln(share_ij / s_i) = sum_k b_k ln(x_kij / x_ki) + error   (Nakanishi & Cooper 1974),

with s_i and x_ki the geometric means over what zone i bought: the outside option and whatever a
zone has in common fall out. What the scenario says of appeal, attraction and service is held.
"""

from collections.abc import Mapping

import numpy as np

from channelsim.domain import checks
from channelsim.domain.columns import Floats, Ints
from channelsim.domain.scenario import Scenario
from channelsim.study.calibrate.attraction import (
    Design,
    design_of,
    parameters,
    people_share,
    written,
)
from channelsim.study.calibrate.calibration import Calibration, checked_level, estimates_of
from channelsim.study.calibrate.choice import opened
from channelsim.study.calibrate.least_squares import centred, linear

FORMS = ("huff", "mci")
EXPONENTS = ("doors_exponent", "distance_sensitivity", "price_sensitivity")


def calibrate_mci(
    scenario: Scenario, shares: Mapping[tuple[str, str], float], *, level: float = 0.95
) -> Calibration:
    """Estimate the exponents of doors, distance and, under mci, price from shares.

    Parameters
    ----------
    shares
        (zone, candidate) -> share of the zone, or units: only ratios within a zone count.
    level
        Level of the intervals.

    Raises
    ------
    BadValue
        If the demand is neither huff nor mci, a share is 0 or of what does not reach the zone, an
        id is unknown, or the shares do not tell an exponent.
    """
    checks.one_of("market.demand", scenario.market.demand, FORMS)
    is_open = opened(scenario, {candidate for _, candidate in shares})
    possible = tuple(name for name in EXPONENTS if name in parameters(scenario))
    design = design_of(scenario, possible, is_open)
    rows, seen = _rows(design, shares)
    zone = np.unique(design.arcs.zone[rows], return_inverse=True)[1]
    weight = np.array(people_share(scenario))
    columns = centred(np.einsum("ask,s->ak", design.columns[rows], weight), zone)
    told = _told(columns)
    names = tuple(possible[k] for k in told)
    data = centred(np.log(seen) - design.base[rows] @ weight, zone)
    absorbed = int(zone.max()) + 1
    fit = linear(columns[:, told], data, absorbed=absorbed)
    values = design.start[told] + fit.values
    return Calibration(
        model=f"{scenario.market.demand}, log-centred least squares",
        estimates=estimates_of(
            names, ("exponent",) * len(names), values, fit.covariance, checked_level(level),
            fit.freedom,
        ),
        scenario=written(scenario, dict(zip(names, np.maximum(values, 0).tolist(), strict=True))),
        observed=tuple(seen.tolist()),
        fitted=tuple((seen * np.exp(columns[:, told] @ fit.values - data)).tolist()),
        notes=_notes(possible, dict(zip(names, values.tolist(), strict=True))),
        level=level,
    )  # fmt: skip


def _notes(possible: tuple[str, ...], found: dict[str, float]) -> tuple[str, ...]:
    silent = [n for n in possible if n not in found]
    odd = [n for n, value in found.items() if value < 0]
    return (
        *(f"{name}: the shares do not tell it; it stays what it was" for name in silent),
        *(f"{name}: estimated below 0, which no scenario holds; written as 0" for name in odd),
    )


def _rows(design: Design, shares: Mapping[tuple[str, str], float]) -> tuple[Ints, Floats]:
    """Return the arcs that shares are given of, and the shares."""
    scenario, arcs = design.scenario, design.arcs
    pairs = zip(arcs.zone.tolist(), arcs.candidate.tolist(), strict=True)
    at = {
        (scenario.zones[z].id, scenario.candidates[j].id): row for row, (z, j) in enumerate(pairs)
    }
    for key, share in shares.items():
        checks.positive("share", share, "leave out what sells nothing: it has no logarithm")
        checks.require(
            key in at,
            f"{key[1]} sells to {key[0]}, which it does not reach; widen its type's reach_km",
        )
    return np.array([at[key] for key in shares]), np.array(list(shares.values()), dtype=np.float64)


def _told(columns: Floats) -> list[int]:
    """Return the columns that are linearly independent, the first of each tie."""
    kept: list[int] = []
    for column in range(columns.shape[1]):
        trial = [*kept, column]
        if np.linalg.matrix_rank(columns[:, trial]) == len(trial):
            kept = trial
    checks.require(bool(kept), "the shares tell no exponent; add outlets that differ within a zone")
    return kept
