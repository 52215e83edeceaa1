"""What must hold of who buys from whom (`domain.distribution`), told with file, row and column."""

from collections.abc import Iterator

from channelsim.errors import Fault
from channelsim.files.sources import Source
from channelsim.files.tables import Row


def supplier_faults(source: Source) -> Iterator[Fault]:
    """Yield suppliers that cannot be, operations that buy nothing from one, and idle depots."""
    firms = _by_id(source, "partners")
    for row in firms.values():
        yield from _seller(row, firms)
    yield from _titles(source, firms)
    yield from _depots(source, firms)


def _seller(row: Row, firms: dict[str, Row]) -> Iterator[Fault]:
    seller = firms.get(row.values.get("supplier", ""))
    if seller is None or {"own", "wholesale_price"} & seller.broken or "own" in row.broken:
        return
    name = seller.values["id"]
    if row.values.get("own"):
        yield _fault(row, "supplier", "the maker's own arm has none; leave it empty")
    elif seller.values.get("own"):
        yield _fault(row, "supplier", f"{name} is the maker's own; leave it empty")
    elif seller.values.get("wholesale_price") is None:
        cure = f"{name} has no wholesale_price; write in its row what it pays for a unit"
        yield _fault(row, "supplier", cure)
    elif row.values["id"] in _sellers(row, firms):
        cure = f"{name} buys from it in turn; leave the supplier of one of them empty"
        yield _fault(row, "supplier", cure)


def _titles(source: Source, firms: dict[str, Row]) -> Iterator[Fault]:
    kinds = _by_id(source, "channel_types")
    for row in _rows(source, "candidates"):
        firm = firms.get(row.values.get("partner", ""))
        kind = kinds.get(row.values.get("channel_type", ""))
        if firm is None or kind is None or not firm.values.get("supplier"):
            continue
        known = not any("wholesale_price" in part.broken for part in (row, kind))
        if known and row.values.get("wholesale_price", kind.values.get("wholesale_price")) is None:
            cure = (
                f"{firm.values['id']} has a supplier, but buys nothing here; give the row or its "
                "type a wholesale_price, or leave supplier empty"
            )
            yield _fault(row, "partner", cure)


def _depots(source: Source, firms: dict[str, Row]) -> Iterator[Fault]:
    sites = _by_id(source, "sites")
    sellers = {name for row in firms.values() if (name := row.values.get("supplier", ""))}
    if not sellers <= firms.keys():  # whom the unknown ones mean is not known
        return
    for row in sites.values():
        if (holder := row.values.get("partner")) in firms and holder not in sellers:
            cure = "nobody buys from it; name it as the supplier of a partner, or leave it empty"
            yield _fault(row, "partner", cure)
    for row in _rows(source, "candidates"):
        site, firm = sites.get(row.values.get("site", "")), firms.get(row.values.get("partner", ""))
        holder = site.values.get("partner") if site else None
        if holder in firms and firm is not None and holder not in _sellers(firm, firms):
            cure = f"{firm.values['id']} does not buy from {holder}, whose depot it is; leave empty"
            yield _fault(row, "site", cure)


def _sellers(row: Row, firms: dict[str, Row]) -> list[str]:
    """Return the ids of those from whom a partner buys, and they, each once."""
    found: list[str] = []
    while (name := row.values.get("supplier", "")) in firms and name not in found:
        found.append(name)
        row = firms[name]
    return found


def _by_id(source: Source, table: str) -> dict[str, Row]:
    return {row.values["id"]: row for row in _rows(source, table) if "id" in row.values}


def _rows(source: Source, table: str) -> list[Row]:
    return source.tables[table].rows if table in source.tables else []


def _fault(row: Row, column: str, cure: str) -> Fault:
    return Fault(row.file, row.number, column, str(row.values.get(column, "")), cure, "bad_value")
