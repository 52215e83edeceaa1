"""Variants: named changes of a scenario, one TOML file each; strategy teams compare them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from channelsim.domain import watched
from channelsim.domain.scenario import Scenario
from channelsim.errors import Fault
from channelsim.files.assemble import assemble, raise_errors
from channelsim.files.inherited import Found, files_in, with_way_out
from channelsim.files.layouts import TODAY, layout_files
from channelsim.files.nearest import suggestion
from channelsim.files.settings import Setting, Settings, read_toml
from channelsim.files.variant_cases import CASES, VariantCase, layout_faults, variant_cases_of
from channelsim.files.variant_changes import changed, is_change
from channelsim.words import AS_IS

_KEYS = ("title", "question", "layout", "measures", "baseline", "newcomer")
_MEASURES = ("profit",)


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
    measures: tuple[str, ...] = _MEASURES
    """Measures that answer the question, that which decides first."""
    cases: tuple[VariantCase, ...] = ()
    """Further changes that the question sets side by side; empty: the variant against the scenario
    itself."""
    baseline: str = AS_IS
    """Title of what the cases are compared with, the scenario with the variant's own changes."""
    newcomer: str = ""
    """Channel type of whose sales the answer says how much is new to the brand; empty: none."""


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
        settings = read_toml(found.path, found.file, told, (CASES,))
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
    faults.extend(_answer_faults(file, settings, scenario))
    varied = changed(scenario, settings, faults)
    text = {key: settings[key].text if key in settings else "" for key in _KEYS}
    title = text["title"] or name
    named = varied.replace(name=f"{scenario.name}/{name}", title=title)
    baseline = text["baseline"] or AS_IS
    cases = variant_cases_of(named, text["layout"], baseline, settings, layouts, faults)
    if len(faults) > before:
        return None
    return Variant(
        name=name,
        title=title,
        question=text["question"],
        scenario=named,
        layout=text["layout"],
        measures=_listed(text["measures"]) or _MEASURES,
        cases=cases,
        baseline=baseline,
        newcomer=text["newcomer"],
    )


def _key_faults(file: str, settings: Settings, layouts: list[str]) -> Iterator[Fault]:
    for key, (text, _, row) in settings.items():
        if key not in _KEYS and not is_change(key) and not _of_a_case(key, settings):
            known = [*_KEYS, "[changes]", "[scale]", "[[cases]]"]
            cure = f"{key!r} is no key of a variant; {suggestion(key, known)}"
            yield Fault(file, row, key, text, cure, "unknown_key")
    if "layout" in settings:
        yield from layout_faults(settings["layout"], layouts)
    if "layout" not in settings and not any(map(_varies, settings)):
        cure = "changes nothing; write paths and values under [changes], or a layout"
        yield Fault(file, None, None, "", cure, "no_change")


def _varies(key: str) -> bool:
    return is_change(key) or key.partition(".")[0] == CASES


def _of_a_case(key: str, settings: Settings) -> bool:
    """Return whether a key belongs to one of [[cases]], not to a table [cases]."""
    table, _, rest = key.partition(".")
    return table == CASES and f"{CASES}.{rest.partition('.')[0]}" in settings and rest[:1].isdigit()


def _answer_faults(file: str, settings: Settings, scenario: Scenario) -> Iterator[Fault]:
    """Yield what keeps a variant's question from being asked and answered."""
    known = watched.names(scenario)
    for measure in _listed(_text(settings, "measures")):
        if measure not in known:
            cure = f"{measure!r} is no measure; {suggestion(measure, list(known))}"
            yield _key_fault(settings["measures"], "measures", measure, cure)
    newcomer, kinds = _text(settings, "newcomer"), [t.id for t in scenario.channel_types]
    if newcomer and newcomer not in kinds:
        cure = f"{newcomer!r} is no channel type; {suggestion(newcomer, kinds)}"
        yield _key_fault(settings["newcomer"], "newcomer", newcomer, cure)
    has_cases = f"{CASES}.1" in settings
    if has_cases and not _text(settings, "question"):
        cure = "has cases but no question; write question = and what they are to answer"
        yield Fault(file, None, "question", "", cure, "missing_question")
    if "baseline" in settings and not has_cases:
        cure = "names what cases are compared with but has none; add [[cases]] or drop it"
        yield _key_fault(settings["baseline"], "baseline", _text(settings, "baseline"), cure)


def _text(settings: Settings, key: str) -> str:
    return settings[key].text if key in settings else ""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _key_fault(setting: Setting, key: str, text: str, cure: str) -> Fault:
    return Fault(setting.file, setting.row, key, text, cure, "bad_value")
