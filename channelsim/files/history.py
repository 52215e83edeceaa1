"""A history of sales in a file of its own, read against the scenario it is of."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from channelsim.domain.history import Sale
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadInput, Fault
from channelsim.files.assemble import raise_errors
from channelsim.files.grids import read_csv
from channelsim.files.references import repeated, unknown_references
from channelsim.files.rows import objects_of
from channelsim.files.schema import TABLES
from channelsim.files.tables import Table, table_of

HISTORY = TABLES["history"]


def read_history(path: str | Path, scenario: Scenario) -> tuple[Sale, ...]:
    """Return the sales in a CSV file with the columns period, partner, zone, sell_in, sell_out,
    stock, returns, revenue, incentives.

    Raises
    ------
    BadInput
        With all faults of the file: file, row and column, unknown ids included.
    """
    faults: list[Fault] = []
    grid = read_csv(Path(path), str(path), HISTORY.columns, faults)
    if grid is None:
        cure = "holds no rows; write a header and one row a week, partner and zone"
        raise BadInput(faults or [Fault(str(path), None, None, "", cure, "missing_rows")])
    table = table_of(grid, HISTORY, faults)
    rows: Sequence[Sale] = objects_of(table, faults)
    faults.extend(repeated(table))
    faults.extend(_unknown(table, scenario))
    raise_errors(faults)
    return tuple(rows)


def _unknown(table: Table, scenario: Scenario) -> Iterator[Fault]:
    partners = {row.id: None for row in scenario.partners}
    yield from unknown_references(table, "partner", "partner", partners)
    zones = {row.id: None for row in scenario.zones}
    yield from unknown_references(table, "zone", "zone", zones)
