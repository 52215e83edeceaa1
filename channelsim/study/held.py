"""Margins that partners hold: what they add to what goods cost them, whatever that is."""

from dataclasses import replace

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario


def margins_of(case: Scenario, price: Floats) -> Floats:
    """Return what partners add to what goods cost them: (J,) money per unit."""
    wholesale = case.columns.wholesale
    return np.where(np.isnan(wholesale), 0.0, price - np.nan_to_num(wholesale))


def holding(case: Scenario, margin: Floats) -> Scenario:
    """Return a case in which partners ask their wholesale price and a margin (J,)."""
    wholesale = case.columns.wholesale
    price = np.where(np.isnan(wholesale), case.columns.price, np.nan_to_num(wholesale) + margin)
    return case.replace(
        partners=tuple(p if p.own else replace(p, pricing="list") for p in case.partners),
        candidates=tuple(
            replace(c, price=max(float(p), 1e-9))
            for c, p in zip(case.candidates, price, strict=True)
        ),
    )


def buyers(case: Scenario, layout: Layout) -> list[int]:
    """Return the partners who buy the goods and have something open."""
    open_ids = set(layout.open_ids)
    rows = {
        int(partner)
        for c, partner, wholesale in zip(
            case.candidates, case.columns.partner_of, case.columns.wholesale, strict=True
        )
        if c.id in open_ids and not np.isnan(wholesale) and not case.partners[partner].own
    }
    return sorted(rows)
