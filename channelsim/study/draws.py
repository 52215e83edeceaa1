"""Draws of the assumptions within their low-high ranges, the same for every variant.

A draw is a Latin hypercube sample (McKay, Beckman and Conover 1979), uniform on each range. It is
applied as a factor draw / value, so that a path that stands for many numbers keeps their
proportions and a variant keeps its own change; an assumption of value 0 is added instead.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from scipy.stats import qmc

from channelsim.domain.paths import is_whole
from channelsim.domain.scenario import Assumption, Scenario
from channelsim.errors import BadValue, UnknownPath

type Change = Callable[[Any], Any]

SHARE_PATHS = "segments."


def draw_assumptions(scenario: Scenario, count: int, seed: int) -> list[dict[str, float]]:
    """Return `count` draws, each path -> drawn value, of the assumptions that have a range."""
    ranged = [a for a in scenario.assumptions if a.low < a.high]
    if not ranged or count == 0:
        return []
    unit = qmc.LatinHypercube(d=len(ranged), rng=seed).random(count)
    return [
        {a.path: a.low + (a.high - a.low) * float(u) for a, u in zip(ranged, row, strict=True)}
        for row in unit
    ]


def with_draw(scenario: Scenario, draw: dict[str, float]) -> Scenario:
    """Return the scenario under one draw of its assumptions; segment shares are kept summing to 1.

    Raises
    ------
    UnknownPath
        If an assumption's path leads nowhere in this scenario, or to no number.
    BadValue
        If a drawn value is not allowed at its path.
    """
    known = {a.path: a for a in scenario.assumptions}
    changes: dict[str, Change] = {
        path: partial(_moved, known[path], value, is_whole(scenario, path))
        for path, value in draw.items()
        if path in known and value != known[path].value
    }
    shares = {path: new for path, new in changes.items() if _is_share(path)}
    rest = {path: new for path, new in changes.items() if path not in shares}
    try:
        changes = {**rest, **dict(_normalised(scenario, shares))}
        return scenario.changed(changes, idle=True) if changes else scenario
    except BadValue as error:
        raise _blamed(scenario, rest, error) from error


def _blamed(scenario: Scenario, changes: Mapping[str, Change], error: BadValue) -> BadValue:
    """Return the error with the path of the assumption that is at fault, if it is one alone."""
    for path, new in changes.items():
        try:
            scenario.changed({path: new}, idle=True)
        except BadValue as own:
            return BadValue(
                f"assumption {path}: its range allows a value that is refused: {own.message}; "
                "narrow low and high",
                code="bad_range",
            )
    return error


def _is_share(path: str) -> bool:
    return path.startswith(SHARE_PATHS) and path.endswith(".share")


def _normalised(scenario: Scenario, shares: Mapping[str, Change]) -> Iterator[tuple[str, Change]]:
    if not shares:
        return
    drawn = {
        s.id: shares.get(f"{SHARE_PATHS}{s.id}.share", _same)(s.share) for s in scenario.segments
    }
    total = sum(drawn.values())
    for segment in scenario.segments:
        value = drawn[segment.id] / total
        if value != segment.share:
            yield f"{SHARE_PATHS}{segment.id}.share", partial(_constant, value)


def _moved(assumption: Assumption, drawn: float, whole: bool, old: Any) -> Any:
    if old is None:
        return old
    if isinstance(old, bool) or not isinstance(old, int | float):
        raise UnknownPath(f"assumption {assumption.path} leads to {old!r}; write a number's path")
    new = old + drawn if assumption.value == 0 else old * drawn / assumption.value
    return round(new) if whole else new


def _constant(value: Any, _: Any) -> Any:
    return value


def _same(value: Any) -> Any:
    return value
