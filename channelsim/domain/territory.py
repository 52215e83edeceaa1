"""Territories that follow from where partners work, by the custom of the trade."""

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


def lone_dealers(scenario: "Scenario", open_ids: Collection[str]) -> dict[str, str]:
    """Return the zones with just one open partner of a territorial type: zone id -> partner id.

    Parameters
    ----------
    open_ids
        Ids of the open candidates.
    """
    bound = {kind.id for kind in scenario.channel_types if kind.territorial}
    is_open = set(open_ids)
    present: dict[str, set[str]] = {}
    for row in scenario.candidates:
        if row.id in is_open and row.channel_type in bound and row.zone:
            present.setdefault(row.zone, set()).add(row.partner)
    return {zone: next(iter(who)) for zone, who in present.items() if len(who) == 1}
