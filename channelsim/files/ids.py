"""The ids that rows may refer to, and the tables of which not all are known."""

from collections.abc import Mapping

from channelsim.files.schema import TABLES
from channelsim.files.sources import Source
from channelsim.files.tables import Row

type Ids = Mapping[str, Mapping[str, Row]]
"""Table -> id -> row."""
_NAMED = tuple(name for name, spec in TABLES.items() if spec.key == ("id",))


def ids_of(source: Source) -> dict[str, dict[str, Row]]:
    """Return each table's rows by id, whether or not the rest of the row is sound."""
    return {
        name: {
            row.values["id"]: row
            for row in (source.tables[name].rows if name in source.tables else ())
            if "id" in row.values
        }
        for name in _NAMED
    }


def half_known(source: Source) -> frozenset[str]:
    """Return the tables of which some or all rows or ids could not be read.

    A name that such a table lacks may be one of those; the fault is told of the table, not of the
    name.
    """
    lacking = {name for name, spec in TABLES.items() if spec.required and name not in source.tables}
    nameless = {
        name
        for name in _NAMED
        if name in source.tables
        and (
            any("id" not in row.values for row in source.tables[name].rows)
            or (TABLES[name].required and not source.tables[name].rows)
        )
    }
    return source.unread | lacking | nameless
