"""What a manifest says of a comparison and of the recommendation in it."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from channelsim.domain.measures import HEADLINE
from channelsim.report.findings import plan_case
from channelsim.simulate.consumers import chosen
from channelsim.study.compare import Comparison
from channelsim.study.intervals import Interval

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation

PROOF = ("status", "objective", "bound", "gap", "seconds", "mode", "solver")


def manifest_entries(
    comparison: Comparison, recommendation: "Recommendation | None" = None
) -> dict[str, Any]:
    """Return the entries of a manifest, the files apart.

    `planned` is what the recommended layout brings on paper when consumers choose by logit, as in
    every table, and `expected` the same of each layout; `solver` holds the proof, with what the
    solver promises in its own demand mode. `engine` is the engine of consumers: `plain` where numba
    cannot be imported.
    """
    names = comparison.names
    realised, spread = comparison.realised, comparison.assumption
    entries: dict[str, Any] = {
        "scenario": comparison.cases[comparison.baseline][0],
        "seed": comparison.seed,
        "engine": chosen.active(),
        "solver": {},
        "planned": {},
        "realised": {name: _plain(realised[name]) for name in names},
        "assumption": {name: _plain(spread[name]) for name in spread},
        "expected": {name: comparison.planned[name].as_dict() for name in names},
        "cases": {name: comparison.cases[name][0].digest for name in names},
        "baseline": comparison.baseline,
        "replications": comparison.replications,
        "draws": comparison.draws,
        "differences": _differences(comparison),
        "regret": {row.case: asdict(row) for row in comparison.regret},
    }
    if recommendation is not None and recommendation.planned is not None:
        figures = comparison.planned[plan_case(recommendation, comparison)].as_dict()
        promised = recommendation.planned.as_dict()
        proof = {name: getattr(recommendation, name) for name in PROOF}
        entries["scenario"] = recommendation.scenario
        entries["solver"] = proof | {"promised": {name: promised[name] for name in HEADLINE}}
        entries["planned"] = {name: figures[name] for name in (*HEADLINE, *figures)}
    return entries


def _differences(comparison: Comparison) -> dict[str, dict[str, dict[str, Any]]]:
    """Return case -> measure -> difference from the baseline, with both its intervals."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in comparison.differences:
        found.setdefault(row.case, {})[row.measure] = asdict(row)
    return found


def _plain(figures: dict[str, Interval]) -> dict[str, dict[str, float]]:
    return {measure: asdict(interval) for measure, interval in figures.items()}
