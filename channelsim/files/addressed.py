"""Whom promotions and events are for: each channel must stand for one set of outlets."""

from collections.abc import Iterator

from channelsim.domain.addressed import Owner, ambiguity, meanings
from channelsim.errors import Fault
from channelsim.files.ids import Ids
from channelsim.files.nearest import suggestion
from channelsim.files.sources import Source

OWNERS = ("candidates", "partners", "channel_types")
"""Tables whose ids name a channel."""
_ADDRESSED = ("promotions", "events")


def channel_faults(source: Source, ids: Ids) -> Iterator[Fault]:
    """Yield a fault for every row whose channel is unknown or ambiguous."""
    tables = [source.tables[name] for name in _ADDRESSED if name in source.tables]
    rows = [row for table in tables for row in table.rows]
    outlets = [_owner(name, row.values) for name, row in ids["candidates"].items()] if rows else []
    known = dict.fromkeys(name for table in OWNERS for name in ids[table])
    for row in rows:
        channel = row.values.get("channel", "")
        cure = None
        if channel and channel not in known:
            cure = f"{channel!r} is no candidate, partner or channel type; "
            cure += suggestion(channel, known)
        elif channel:
            found = meanings(channel, outlets, ids["partners"], ids["channel_types"])
            cure = ambiguity(channel, found)
        if cure:
            yield Fault(row.file, row.number, "channel", channel, cure, "unknown_reference")


def _owner(candidate: str, values: dict[str, str]) -> Owner:
    return candidate, values.get("partner", ""), values.get("channel_type", "")
