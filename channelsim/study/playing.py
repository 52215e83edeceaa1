"""The runs of one case, and what is watched in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from channelsim.domain.layout import Layout
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Scenario
from channelsim.domain.watched import level_of, watched
from channelsim.simulate.run import simulate
from channelsim.study.draws import with_draw

type Case = tuple[Scenario, Layout]
type Tell = Callable[[], None]


class Played(NamedTuple):
    """Runs of a case."""

    runs: tuple[Outcome, ...]
    """Runs, with the levels that were asked for."""
    figures: dict[str, tuple[float, ...]]
    """Measure watched -> its figure, one a run."""


def replicated(
    name: str,
    case: Case,
    replications: int,
    seed: int,
    record: Sequence[str],
    watch: Sequence[str],
    tell: Tell,
) -> Played:
    """Play a case once a replication."""
    scenario, layout = case
    levels = _levels(record, watch)
    runs = (
        simulate(scenario, layout, seed=seed, replication=r, name=name, record=levels)
        for r in range(replications)
    )
    return _played(scenario, runs, record, watch, tell)


def over_draws(
    case: Case, draws: Sequence[dict[str, float]], seed: int, watch: Sequence[str], tell: Tell
) -> Played:
    """Play a case once a draw of the assumptions."""
    scenario, layout = case
    levels = _levels((), watch)
    runs = (simulate(with_draw(scenario, d), layout, seed=seed, record=levels) for d in draws)
    return _played(scenario, runs, (), watch, tell)


def _played(
    scenario: Scenario,
    runs: Iterable[Outcome],
    record: Sequence[str],
    watch: Sequence[str],
    tell: Tell,
) -> Played:
    kept: list[Outcome] = []
    figures: dict[str, list[float]] = {measure: [] for measure in watch}
    for run in runs:
        for measure, found in figures.items():
            found.append(watched(scenario, run, measure))
        kept.append(replace(run, series=tuple(s for s in run.series if s.level in record)))
        tell()
    return Played(tuple(kept), {measure: tuple(found) for measure, found in figures.items()})


def _levels(record: Sequence[str], watch: Sequence[str]) -> tuple[str, ...]:
    """Return the levels to record, each once: those wanted and those that are watched."""
    needed = (level for measure in watch if (level := level_of(measure)))
    return tuple(dict.fromkeys((*record, *needed)))
