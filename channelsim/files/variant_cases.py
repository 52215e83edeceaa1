"""The cases of a variant: further changes, each with a title, that its question sets side by side.

title = "Crackdown"
question = "What stops diversion?"
measures = ["diverted", "profit"]
baseline = "Audits of 10%"

[changes]
"policy.audit_probability" = 0.1

[[cases]]
title = "Audits of 40%"
[cases.changes]
"policy.audit_probability" = 0.4
"""

from collections.abc import Iterator
from dataclasses import dataclass

from channelsim.domain.scenario import Scenario
from channelsim.errors import Fault
from channelsim.files.layouts import TODAY
from channelsim.files.nearest import suggestion
from channelsim.files.settings import Setting, Settings
from channelsim.files.variant_changes import changed, is_change
from channelsim.words import part_of

CASES = "cases"
_KEYS = ("title", "layout")


@dataclass(frozen=True, eq=False)
class VariantCase:
    """One of the cases that a variant's question sets side by side."""

    title: str
    """Name shown to people."""
    scenario: Scenario
    """The scenario with the variant's changes and its own made, named SCENARIO/VARIANT/TITLE."""
    layout: str
    """Layout to play: `today`, a file in the scenario's `layouts`, or empty for the same as all."""


def variant_cases_of(
    shared: Scenario,
    layout: str,
    baseline: str,
    settings: Settings,
    layouts: list[str],
    faults: list[Fault],
) -> tuple[VariantCase, ...]:
    """Return the cases among a variant's settings, each that has no fault.

    Parameters
    ----------
    shared, layout, baseline
        The scenario with the variant's own changes made, its layout and its title: what cases are
        compared with.
    layouts
        Names of the layout files that there are.
    """
    cases: list[VariantCase] = []
    known = {part_of(baseline): _Same(shared.digest, _bare(layout) or TODAY)}
    for place, own in _each(settings):
        before = len(faults)
        faults.extend(_key_faults(place, own, layouts))
        scenario = changed(shared, own, faults)
        if len(faults) > before:
            continue
        title = own["title"].text
        played = own["layout"].text if "layout" in own else layout
        same = _Same(scenario.digest, _bare(played) or TODAY)
        faults.extend(_doubles(place, part_of(title), same, known))
        known[part_of(title)] = same
        cases.append(VariantCase(title, scenario.replace(name=f"{shared.name}/{title}"), played))
    return tuple(cases)


@dataclass(frozen=True)
class _Same:
    """What makes two cases the same."""

    digest: str
    layout: str


def _each(settings: Settings) -> Iterator[tuple[Setting, Settings]]:
    """Yield where each case begins, and its settings without the head of their keys."""
    number = 1
    while (begin := settings.get(f"{CASES}.{number}")) is not None:
        head = f"{CASES}.{number}."
        own = {k.removeprefix(head): v for k, v in settings.items() if k.startswith(head)}
        yield begin, own
        number += 1


def _key_faults(place: Setting, own: Settings, layouts: list[str]) -> Iterator[Fault]:
    for key, (text, file, row) in own.items():
        if key not in _KEYS and not is_change(key):
            known = [*_KEYS, "[cases.changes]", "[cases.scale]"]
            cure = f"{key!r} is no key of a case; {suggestion(key, known)}"
            yield Fault(file, row or place.row, key, text, cure, "unknown_key")
    if not (own["title"].text if "title" in own else ""):
        cure = "a case has no title; write title = and what sets it apart from the others"
        yield Fault(place.file, place.row, "title", "", cure, "missing_title")
    if "layout" in own:
        yield from layout_faults(own["layout"], layouts)


def layout_faults(setting: Setting, layouts: list[str]) -> Iterator[Fault]:
    """Yield the fault of a layout's name that no file has."""
    text, file, row = setting
    if text not in {"", *layouts, *(_bare(name) for name in layouts)}:
        cure = f"{text!r} is no layout; {suggestion(text, layouts)}"
        yield Fault(file, row, "layout", text, cure, "unknown_reference")


def _doubles(place: Setting, title: str, same: _Same, known: dict[str, _Same]) -> Iterator[Fault]:
    if title in known:
        cure = f"two cases are called {title!r}; give them titles of their own"
        yield Fault(place.file, place.row, "title", title, cure, "duplicate_name")
    twin = next((name for name, other in known.items() if other == same), None)
    if twin not in (None, title):
        cure = f"the case {title!r} is the same as {twin!r}; change something in it or drop it"
        yield Fault(place.file, place.row, None, title, cure, "no_change")


def _bare(layout: str) -> str:
    return layout.removesuffix(".csv")
