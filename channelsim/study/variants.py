"""The cases that a comparison of layouts and variants plays."""

from collections.abc import Mapping
from typing import NamedTuple

from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.optimise.recommend import Recommendation, recommend
from channelsim.study.playing import Case


class Setting(NamedTuple):
    """A scenario and the layouts to play in it."""

    scenario: Scenario
    """The scenario, or a variant of it."""
    layouts: Mapping[str, Layout]
    """Layouts by name."""


class Cases(NamedTuple):
    """Cases to compare, and what came of planning each scenario anew."""

    cases: dict[str, Case]
    """Name -> (scenario, layout); `variant: layout` for a layout in a variant."""
    plans: dict[str, Recommendation]
    """Name of the scenario or variant -> its own plan; empty unless re-optimised."""


def variant_cases(
    base: Setting,
    variants: Mapping[str, Setting],
    *,
    reoptimise: bool = False,
    time_limit: float | None = None,
) -> Cases:
    """Return every layout in the scenario and in its variants as a case, the scenario's first.

    Parameters
    ----------
    reoptimise
        Add each scenario's own recommended layout, where there is one, as `plan`, or as `new plan`
        beside a layout of that name.
    time_limit
        Seconds for each recommendation.
    """
    cases: dict[str, Case] = {}
    plans: dict[str, Recommendation] = {}
    for name, (scenario, layouts) in {"": base, **variants}.items():
        prefix = f"{name}: " if name else ""
        cases.update({prefix + key: (scenario, layout) for key, layout in layouts.items()})
        if reoptimise:
            plan = plans[name or scenario.name] = recommend(scenario, time_limit=time_limit)
            if plan.planned is not None:
                own = "new plan" if "plan" in layouts else "plan"
                cases[prefix + own] = (scenario, plan.layout)
    return Cases(cases, plans)
