"""The changes of a variant: new values under [changes], factors on what stands under [scale]."""

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from channelsim.domain.paths import is_whole
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadValue, Fault, UnknownPath
from channelsim.files.path_columns import value_for
from channelsim.files.settings import Setting, Settings

CHANGES, SCALE = "changes.", "scale."


class Change(NamedTuple):
    """The change of the values at one path, and where it is written."""

    new: Callable[[Any], Any]
    """From the old value to the new."""
    setting: Setting
    """Text, file and line."""


def is_change(key: str) -> bool:
    """Return whether a key of a variant is a path to change."""
    return key.startswith((CHANGES, SCALE))


def changed(scenario: Scenario, settings: Settings, faults: list[Fault]) -> Scenario:
    """Return the scenario with the changes among some settings made; what is unfit is a fault."""
    changes = _changes(scenario, settings, faults)
    try:
        return scenario.changed({path: change.new for path, change in changes.items()})
    except (BadValue, UnknownPath) as error:
        alone = dict(_unsound(scenario, changes))
        for path, cure in alone.items():
            faults.append(_fault(path, changes[path].setting, cure))
        if not alone:  # each change is sound, together they are not
            file = next(iter(changes.values())).setting.file
            faults.append(Fault(file, None, None, "", error.message, error.code))
        return scenario


def _changes(scenario: Scenario, settings: Settings, faults: list[Fault]) -> dict[str, Change]:
    found: dict[str, Change] = {}
    for key, setting in settings.items():
        if not is_change(key):
            continue
        kind, _, path = key.partition(".")
        try:
            new = (
                partial(_constant, value_for(path, setting.text))
                if kind == "changes"
                else _factor(scenario, path, setting.text)
            )
        except (UnknownPath, ValueError) as error:
            faults.append(_fault(path, setting, str(error)))
            continue
        if path in found:
            cure = f"{path} stands under [changes] and under [scale]; keep one of them"
            faults.append(_fault(path, setting, cure))
        found[path] = Change(new, setting)
    return found


def _factor(scenario: Scenario, path: str, text: str) -> Callable[[Any], Any]:
    """Return the change that multiplies what stands at a path.

    Raises
    ------
    UnknownPath
        If the path leads nowhere.
    ValueError
        If the text is no positive number.
    """
    try:
        factor = float(text)
    except ValueError:
        factor = math.nan
    if not (math.isfinite(factor) and factor > 0):
        raise ValueError(f"{text!r} is no positive number; write a factor such as 0.9")
    return partial(_times, path, factor, is_whole(scenario, path))


def _times(path: str, factor: float, whole: bool, old: Any) -> Any:
    if old is None:
        return old
    if isinstance(old, bool) or not isinstance(old, int | float):
        raise UnknownPath(f"{path} leads to {old!r}, no number; set it under [changes]")
    return round(old * factor) if whole else old * factor


def _constant(value: Any, _: Any) -> Any:
    return value


def _unsound(scenario: Scenario, changes: Mapping[str, Change]) -> Iterator[tuple[str, str]]:
    """Yield the changes that the scenario refuses by themselves, with the cure."""
    for path, change in changes.items():
        try:
            scenario.changed({path: change.new})
        except (BadValue, UnknownPath) as error:
            yield path, error.message


def _fault(path: str, setting: Setting, cure: str) -> Fault:
    return Fault(setting.file, setting.row, path, setting.text, cure, "bad_change")
