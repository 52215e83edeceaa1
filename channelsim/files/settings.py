"""The settings of a scenario, from scenario.toml or a sheet of keys and values."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from channelsim.errors import Fault
from channelsim.files.encoding import decode
from channelsim.files.grids import Grid
from channelsim.files.nearest import suggestion
from channelsim.files.schema import SETTINGS, TOP_KEYS
from channelsim.files.values import RESET, parse

_PART = r"""(?:[^\s=\[\]#"'.]+|"[^"]*"|'[^']*')"""
_KEY = rf"{_PART}(?:\s*\.\s*{_PART})*"
_SECTION_LINE = re.compile(rf"\s*\[\s*({_KEY})\s*\]")
_ARRAY_LINE = re.compile(rf"\s*\[\[\s*({_KEY})\s*\]\]")
_KEY_LINE = re.compile(rf"\s*({_KEY})\s*=")


class Setting(NamedTuple):
    """The text of one key, and where it stands."""

    text: str
    """Value as text, as a cell would hold it."""
    file: str
    """File or sheet."""
    row: int | None
    """Line or row."""


type Settings = dict[str, Setting]
"""Settings by dotted key, such as `goals.min_coverage`; `cases.2.title` of the second [[cases]]."""


def read_toml(
    path: Path, file: str, faults: list[Fault], arrays: tuple[str, ...] = ()
) -> Settings | None:
    """Return the keys of a TOML file, or None where it cannot be read, with the fault added.

    Parameters
    ----------
    arrays
        Names of the tables that may come several times, as [[name]].
    """
    try:
        text, _ = decode(path.read_bytes())
        content = tomllib.loads(text)
    except OSError as error:
        cure = f"cannot be read ({error.strerror}); check the file and its permissions"
        faults.append(Fault(file, None, None, str(path), cure, "unreadable"))
        return None
    except (ValueError, RecursionError) as error:
        faults.append(_toml_fault(file, str(error)))
        return None
    lines = _key_lines(text, arrays)
    return {
        key: Setting(_as_text(value), file, _line(key, lines))
        for key, value in _flat(content, "", arrays)
    }


def settings_of(grid: Grid, faults: list[Fault]) -> Settings | None:
    """Return the settings of a sheet with the columns key and value, or None without these."""
    headers = [header.casefold() for header in grid.header]
    settings: Settings = {}
    for wanted in ("key", "value"):
        if wanted not in headers:
            cure = f"has no column {wanted!r}; give the sheet the columns key and value"
            faults.append(
                Fault(grid.file, grid.header_row, None, ", ".join(headers), cure, "missing_column")
            )
            return None
    key_at, value_at = headers.index("key"), headers.index("value")
    for number, cells in grid.rows:
        key, value = cells[key_at], cells[value_at]
        if key in settings:
            cure = f"{key!r} stands already in row {settings[key].row}; keep one of them"
            faults.append(Fault(grid.file, number, "key", key, cure, "duplicate"))
        if key:
            settings[key] = Setting(value, grid.file, number)
    return settings


def typed_settings(settings: Settings, faults: list[Fault]) -> dict[str, Any]:
    """Return the values of known keys by dotted key; unknown keys and unfit values are faults.

    An empty value, like a missing key, leaves the default.
    """
    values: dict[str, Any] = {}
    for key, (text, file, row) in settings.items():
        column = SETTINGS.get(key)
        if column is None:
            cure = f"{key!r} is no setting; {suggestion(key, _peers(key))}"
            faults.append(Fault(file, row, key, text, cure, "unknown_key"))
        elif text and text != RESET:
            try:
                values[key] = parse(text, column)
            except ValueError as error:
                faults.append(Fault(file, row, key, text, str(error), "bad_value"))
    return values


def _peers(key: str) -> list[str]:
    section, dot, name = key.rpartition(".")
    within = [known for known in SETTINGS if dot and known.startswith(f"{section}.")]
    if within:
        return within
    return [known for known in SETTINGS if known.endswith(f".{name}") or known in TOP_KEYS] or list(
        SETTINGS
    )


def _toml_fault(file: str, message: str) -> Fault:
    at = re.search(r"\(at line (\d+), column \d+\)", message)
    text = message[: at.start()].strip() if at else message
    cure = f'is no TOML ({text}); write lines such as name = "delta" or budget = 1000'
    return Fault(file, int(at[1]) if at else None, None, "", cure, "toml")


def _flat(
    content: Mapping[str, Any], prefix: str, arrays: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif name in arrays and _are_tables(value):
            for number, part in enumerate(value, start=1):
                yield f"{prefix}{name}.{number}", ""
                yield from _flat(part, f"{prefix}{name}.{number}.")
        else:
            yield f"{prefix}{name}", value


def _are_tables(value: object) -> TypeGuard[list[Mapping[str, Any]]]:
    return isinstance(value, list) and all(isinstance(part, Mapping) for part in value)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        return ", ".join(_as_text(part) for part in value)
    return value.strip() if isinstance(value, str) else str(value)


def _key_lines(text: str, arrays: tuple[str, ...]) -> dict[str, int]:
    lines: dict[str, int] = {}
    section, count = "", dict.fromkeys(arrays, 0)
    for number, line in enumerate(text.splitlines(), start=1):
        if (heading := _ARRAY_LINE.match(line)) and (name := _dotted(heading[1])) in count:
            count[name] += 1
            lines[f"{name}.{count[name]}"] = number
            section = f"{name}.{count[name]}."
        elif heading := _SECTION_LINE.match(line):
            name, dot, rest = _dotted(heading[1]).partition(".")
            section = f"{name}.{count[name]}" if name in count else name
            section += f"{dot}{rest}."
        elif key := _KEY_LINE.match(line):
            lines.setdefault(section + _dotted(key[1]), number)
    return lines


def _line(key: str, lines: Mapping[str, int]) -> int | None:
    """Return the line of a key, or of what holds it where that is written in one line."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key)


def _dotted(key: str) -> str:
    parts = re.findall(_PART, key)
    return ".".join(part.strip("\"'") for part in parts)
