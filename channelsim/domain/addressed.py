"""Rows addressed to a channel: the id of a candidate, a partner or a channel type; empty: all."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario

type Owner = tuple[str, str, str]
"""Candidate id, partner id and channel type id of one outlet."""


def addressed(scenario: "Scenario", channel: str) -> tuple[int, Bools]:
    """Return how specific a channel is (3 a candidate, 2 a partner, 1 a type, 0 everybody), and
    its outlets (J,).
    """
    columns, each = scenario.columns, np.arange(len(scenario.candidates))
    for rank, index, rows in (
        (3, columns.candidate_index, each),
        (2, columns.partner_index, columns.partner_of),
        (1, columns.type_index, columns.type_of),
    ):
        if channel in index:
            return rank, rows == index[channel]
    return 0, each >= 0


def meanings(
    channel: str, outlets: Sequence[Owner], partners: Collection[str], types: Collection[str]
) -> dict[str, frozenset[str]]:
    """Return what a row's channel may stand for: kind -> ids of the outlets.

    Parameters
    ----------
    outlets
        Every candidate with its partner and channel type.
    partners, types
        Ids of the partners and of the channel types.
    """
    known = {
        "candidate": {outlet[0] for outlet in outlets},
        "partner": partners,
        "channel type": types,
    }
    return {
        kind: frozenset(outlet[0] for outlet in outlets if outlet[place] == channel)
        for place, (kind, ids) in enumerate(known.items())
        if channel in ids
    }


def ambiguity(channel: str, found: dict[str, frozenset[str]]) -> str | None:
    """Return what is wrong with a channel whose meanings are different outlets, or None.

    An operation that is the only one of its type may well bear the type's name.
    """
    if len(set(found.values())) < 2:
        return None
    kinds = " and a ".join(found)
    return f"{channel!r} is a {kinds} that stand for different outlets; rename one of them"
