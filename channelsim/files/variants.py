"""Variants: named changes of a scenario, one TOML file each; strategy teams compare them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from channelsim.domain.scenario import Scenario
from channelsim.errors import BadValue, Fault, UnknownPath
from channelsim.files.assemble import assemble, raise_errors
from channelsim.files.inherited import Found, files_in, with_way_out
from channelsim.files.layouts import TODAY, layout_files
from channelsim.files.nearest import suggestion
from channelsim.files.path_columns import value_for
from channelsim.files.settings import Setting, Settings, read_toml

_CHANGES = "changes."
_KEYS = ("title", "question", "layout")


@dataclass(frozen=True, eq=False)
class Variant:
    """A named change of a scenario."""

    name: str
    """Name of its file, without .toml."""
    title: str
    """Name shown to people; the name where the file gives none."""
    question: str
    """What it is to answer."""
    scenario: Scenario
    """The scenario with its changes made, named SCENARIO/VARIANT."""
    layout: str
    """Layout to play: `today`, a file in the scenario's `layouts`, or empty for the same as all."""


def read_variants(path: str | Path) -> dict[str, Variant]:
    """Return the variants of a scenario folder, by name, those it inherits included.

    Raises
    ------
    BadInput
        With all faults of the scenario and its variants.
    """
    faults: list[Fault] = []
    source, scenario = assemble(path, faults)
    variants = {}
    if scenario is not None:
        variants = variants_of(source.path, scenario, faults)
    raise_errors(faults)
    return variants


def variants_of(folder: Path, scenario: Scenario, faults: list[Fault]) -> dict[str, Variant]:
    """Return the variants in a scenario's folder, each that has no fault."""
    variants = {}
    files = variant_files(folder, faults)
    layouts = [TODAY, *(found.path.name for found in layout_files(folder, []).values())]
    for name, found in files.items():
        told: list[Fault] = []
        settings = read_toml(found.path, found.file, told)
        if settings is not None:
            variant = _variant(name, found.file, settings, scenario, layouts, told)
            if variant is not None:
                variants[name] = variant
        faults.extend(with_way_out(found, told))
    return variants


def variant_files(scenario: Path, faults: list[Fault]) -> dict[str, Found]:
    """Return the variant files of a scenario by name, inherited ones included."""
    return files_in(scenario, "variants", ".toml", faults)


def _variant(
    name: str,
    file: str,
    settings: Settings,
    scenario: Scenario,
    layouts: list[str],
    faults: list[Fault],
) -> Variant | None:
    before = len(faults)
    faults.extend(_key_faults(file, settings, layouts))
    changed = _changed(scenario, settings, faults)
    if len(faults) > before:
        return None
    text = {key: settings[key].text if key in settings else "" for key in _KEYS}
    title = text["title"] or name
    named = changed.replace(name=f"{scenario.name}/{name}", title=title)
    return Variant(name, title, text["question"], named, text["layout"])


def _key_faults(file: str, settings: Settings, layouts: list[str]) -> Iterator[Fault]:
    for key, (text, _, row) in settings.items():
        if key not in _KEYS and not key.startswith(_CHANGES):
            cure = f"{key!r} is no key of a variant; {suggestion(key, [*_KEYS, '[changes]'])}"
            yield Fault(file, row, key, text, cure, "unknown_key")
    layout = settings.get("layout")
    if layout is not None and layout.text not in {"", *layouts, *(p[:-4] for p in layouts)}:
        cure = f"{layout.text!r} is no layout; {suggestion(layout.text, layouts)}"
        yield Fault(file, layout.row, "layout", layout.text, cure, "unknown_reference")
    if layout is None and not any(key.startswith(_CHANGES) for key in settings):
        cure = "changes nothing; write paths and values under [changes], or a layout"
        yield Fault(file, None, None, "", cure, "no_change")


def _changed(scenario: Scenario, settings: Settings, faults: list[Fault]) -> Scenario:
    changes: dict[str, Any] = {}
    places: dict[str, Setting] = {}
    for key, setting in settings.items():
        if key.startswith(_CHANGES):
            path = key.removeprefix(_CHANGES)
            places[path] = setting
            try:
                changes[path] = value_for(path, setting.text)
            except (UnknownPath, ValueError) as error:
                faults.append(_change_fault(path, setting, str(error)))
    try:
        return scenario.replace(changes)
    except (BadValue, UnknownPath) as error:
        alone = dict(_unsound(scenario, changes))
        for path, cure in alone.items():
            faults.append(_change_fault(path, places[path], cure))
        if not alone:  # each change is sound, together they are not
            file = next(iter(places.values())).file
            faults.append(Fault(file, None, None, "", error.message, error.code))
        return scenario


def _unsound(scenario: Scenario, changes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the changes that the scenario refuses by themselves, with the cure."""
    for path, value in changes.items():
        try:
            scenario.replace({path: value})
        except (BadValue, UnknownPath) as error:
            yield path, error.message


def _change_fault(path: str, setting: Setting, cure: str) -> Fault:
    return Fault(setting.file, setting.row, path, setting.text, cure, "bad_change")
