"""A source of settings and tables as a `Scenario`, or every reason why it is none."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from channelsim.domain.channel import ChannelType
from channelsim.domain.market import Segment, Zone
from channelsim.domain.policy import Economics
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadInput, BadValue, Fault
from channelsim.files.based_on import read_merged
from channelsim.files.references import reference_faults
from channelsim.files.rows import objects_of, problems_of, validated
from channelsim.files.schema import SECTIONS, TABLES, TOP_KEYS, columns_of
from channelsim.files.settings import Settings, typed_settings
from channelsim.files.sources import SCENARIO, Source, locate

_ANY = Scenario(
    name="any",
    zones=(Zone("any", "any", 0.0, 0.0, 0.0),),
    segments=(Segment("any", "any", 1.0, 0.0, 0.0, 0.0),),
    channel_types=(ChannelType("any", "any", 1.0),),
    appeals=(),
    partners=(),
    candidates=(),
    economics=Economics(0.0),
)


def assemble(path: str | Path, faults: list[Fault]) -> tuple[Source, Scenario | None]:
    """Return the source at a path and its scenario, None where a fault stands in the way.

    Raises
    ------
    BadInput
        If there is nothing at the path.
    """
    source = read_merged(locate(path), faults)
    values = typed_settings(source.settings, faults)
    parts: dict[str, Any] = {
        **_top(source, values, faults),
        **{section: _section(source, section, values, faults) for section in SECTIONS},
    }
    for name, table in source.tables.items():
        parts[TABLES[name].target] = objects_of(table, faults)
    faults.extend(reference_faults(source))
    if any(fault.severity == "error" for fault in faults):
        return source, None
    return source, _guarded(source, {"appeals": (), **parts}, faults)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults by file, as the files were read, and row; notes last."""
    found = list(faults)
    files = list(dict.fromkeys(fault.file for fault in found))
    place = {file: number for number, file in enumerate(files)}
    return sorted(found, key=lambda f: (f.severity == "note", place[f.file], f.row or 0))


def _guarded(source: Source, parts: Mapping[str, Any], faults: list[Fault]) -> Scenario | None:
    try:
        return Scenario(**parts)
    except BadValue as error:  # a law of the domain that no check of rows covers
        faults.append(Fault(str(source.path), None, None, "", error.message, error.code))
        return None


def _top(source: Source, values: Mapping[str, Any], faults: list[Fault]) -> dict[str, Any]:
    found = {key: values[key] for key in TOP_KEYS if key in values}
    place = source.path.resolve()
    found.setdefault("name", place.name if place.is_dir() else place.stem)

    def build(changed: Mapping[str, Any]) -> object:
        return replace(_ANY, **changed)

    columns = columns_of(Scenario)
    for key, cure in problems_of(build, columns, found).items():
        faults.append(_setting_fault(source.settings, key or "", source.file, cure))
    return found


def _section(source: Source, section: str, values: Mapping[str, Any], faults: list[Fault]) -> Any:
    row = SECTIONS[section]
    prefix = f"{section}."
    found = {k.removeprefix(prefix): v for k, v in values.items() if k.startswith(prefix)}
    unread = {k for k in source.settings if k.startswith(prefix)} - set(values)
    try:
        return validated(row, found)
    except ValidationError:
        pass

    def build(changed: Mapping[str, Any]) -> object:
        return validated(row, changed)

    for key, cure in problems_of(build, columns_of(row), found).items():
        dotted = prefix + (key or "")
        told = SCENARIO in source.unread and dotted not in source.settings
        if not told and (dotted not in unread or not source.settings[dotted].text):
            faults.append(_setting_fault(source.settings, dotted, source.file, cure))
    return None


def _setting_fault(settings: Settings, key: str, file: str, cure: str) -> Fault:
    setting = settings.get(key)
    if setting is None:
        cure = cure.replace("is empty;", "is missing;")
        return Fault(file, None, key.rstrip("."), "", cure, "missing_key")
    return Fault(setting.file, setting.row, key, setting.text, cure, "bad_value")


def raise_errors(faults: list[Fault]) -> None:
    """Raise the faults that stand in the way, if there are any.

    Raises
    ------
    BadInput
        With all of them.
    """
    errors = [fault for fault in in_order(faults) if fault.severity == "error"]
    if errors:
        raise BadInput(errors)
