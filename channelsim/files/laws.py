"""The domain's laws between tables (`domain.references`), told with file, row and column."""

from collections.abc import Iterator

from channelsim.domain.market import CHOICE_FORMS, DEMAND_FORMS, Market
from channelsim.errors import Fault
from channelsim.files.ids import Ids, half_known
from channelsim.files.nearest import suggestion
from channelsim.files.schema import SETTINGS
from channelsim.files.sources import SCENARIO, Source
from channelsim.files.suppliers import supplier_faults
from channelsim.files.tables import Row
from channelsim.files.values import RESET, parse


def law_faults(source: Source, ids: Ids) -> Iterator[Fault]:
    """Yield the faults of rows that are sound by themselves, but not beside the others."""
    yield from _places(source, ids)
    yield from supplier_faults(source)
    yield from _tiers(source)
    yield from _demand(source)
    yield from _pairs(source, ids)
    yield from _regions(source)


def _places(source: Source, ids: Ids) -> Iterator[Fault]:
    for row in _rows(source, "candidates"):
        kind = ids["channel_types"].get(row.values.get("channel_type", ""))
        if kind is None or "online" in kind.broken or "zone" in row.broken:
            continue
        name, online, zone = kind.values["id"], kind.values.get("online"), row.values.get("zone")
        if online and zone:
            cure = f"{name} is an online channel type, which has no zone; leave it empty"
            yield _fault(row, "zone", cure, "unused")
        elif not online and not zone:
            cure = f"is empty, but {name} is a physical channel type; name its zone"
            yield _fault(row, "zone", cure, "missing_zone")


def _tiers(source: Source) -> Iterator[Fault]:
    rows = _rows(source, "customer_tiers")
    for at, row in enumerate(rows):
        lapse, rise = _number(row, "lapse"), _number(row, "rise")
        if at == 0 and lapse:
            cure = "this is the lowest tier, from which nobody lapses; leave it empty"
            yield _fault(row, "lapse", cure)
        if at == len(rows) - 1 and rise:
            cure = "this is the highest tier, from which nobody rises; leave it empty"
            yield _fault(row, "rise", cure)
        if at > 0 and lapse == 0:
            cure = "nobody would ever leave this tier; write the chance of lapsing in a week "
            yield _fault(row, "lapse", cure + "without a purchase, such as 0.02")


def _demand(source: Source) -> Iterator[Fault]:
    demand = _setting(source, "market.demand", Market.demand)
    forced = demand in DEMAND_FORMS and demand not in CHOICE_FORMS
    for row in _rows(source, "rivals"):
        if forced and row.values.get("price"):
            cure = f"{demand} demand knows no rival outlets; leave it empty, write a strength"
            yield _fault(row, "price", cure)
    length = _setting(source, "market.space_km", 1.0)
    for row in _rows(source, "candidates"):
        place = _number(row, "position_km")
        if demand == "spatial" and length is not None and place is not None and place > length:
            cure = f"must be <= {length:g}, the market's length; raise market.space_km or lower it"
            yield _fault(row, "position_km", cure)


def _pairs(source: Source, ids: Ids) -> Iterator[Fault]:
    if half_known(source).intersection(("partners", "candidates")):
        return
    known = {*ids["partners"], *ids["candidates"]}
    for row in _rows(source, "pairs"):
        for column in ("first", "second"):
            name = row.values.get(column)
            if name and name not in known:
                cure = f"{name!r} is no partner or candidate; {suggestion(name, known)}"
                yield _fault(row, column, cure, "unknown_reference")


def _regions(source: Source) -> Iterator[Fault]:
    zones = _rows(source, "zones")
    regions = {zone.values.get("region", "") for zone in zones}
    known = "zones" not in source.unread and not any("region" in zone.broken for zone in zones)
    for row in _rows(source, "count_rules"):
        region = row.values.get("region")
        if known and region and region not in regions:
            cure = f"no zone is in {region!r}; write the region of a zone, or leave it empty"
            yield _fault(row, "region", cure, "unknown_reference")


def _rows(source: Source, table: str) -> list[Row]:
    return source.tables[table].rows if table in source.tables else []


def _number(row: Row, column: str) -> float | None:
    """Return a number that is 0 where the cell is empty, or None where it could not be read."""
    if column in row.broken:
        return None
    value: float = row.values.get(column, 0.0)
    return value


def _setting[T](source: Source, key: str, default: T) -> T | None:
    """Return the value of a setting, or None where it is not known."""
    setting = source.settings.get(key)
    if setting is None or setting.text in ("", RESET):
        return None if SCENARIO in source.unread else default
    try:
        value: T = parse(setting.text, SETTINGS[key])
    except ValueError:  # told already
        return None
    return value


def _fault(row: Row, column: str, cure: str, code: str = "bad_value") -> Fault:
    value = row.values.get(column, "")
    return Fault(row.file, row.number, column, str(value), cure, code)
