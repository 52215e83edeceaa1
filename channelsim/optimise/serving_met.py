"""Whether what is served meets the limits on it, where consumers choose and none is left to."""

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.serving_limits import Earnings

TOLERANCE = 1e-6
"""By how much a limit may be missed, as for the solver, relative to what is asked."""


def met(inputs: LayoutInputs, is_open: Bools, served: Floats) -> bool:
    """Return whether shares served (M,) of a layout (J,) meet the limits on who serves whom."""
    limits, sites, arcs = inputs.limits.serving, inputs.sites, inputs.arcs
    count = int(sites.partner.max(initial=-1)) + 1
    units = np.bincount(arcs.site, served * arcs.units, minlength=sites.count)
    by_partner = np.bincount(sites.partner, units, minlength=count)
    engaged = np.bincount(sites.partner, is_open, minlength=count) > 0
    return (
        _reached(units[is_open], limits.min_volume[is_open] if len(limits.min_volume) else 0.0)
        and _reached(by_partner[engaged], limits.partner_volume[:count][engaged])
        and _reached(units.sum(), limits.min_units)
        and _reached(inputs.profit(is_open, served), limits.maker_least)
        and _earned(inputs, is_open, served, limits.participation)
        and _earned(inputs, is_open, served, limits.no_worse)
    )


def _earned(inputs: LayoutInputs, is_open: Bools, served: Floats, wanted: Earnings | None) -> bool:
    if wanted is None:
        return True
    partner, count = inputs.sites.partner, len(wanted.least)
    sold = np.bincount(partner[inputs.arcs.site], served * wanted.by_arc, minlength=count)
    fixed = np.bincount(partner, np.where(is_open, wanted.by_site, 0.0), minlength=count)
    return _reached(sold - fixed, wanted.least)


def _reached(value: Floats | float, least: Floats | float) -> bool:
    """Return whether values are at least what is asked, where anything is."""
    gap = np.asarray(least) - np.asarray(value)
    near = TOLERANCE * (1 + np.abs(np.where(np.isfinite(least), least, 0.0)))
    return bool((gap <= near).all())
