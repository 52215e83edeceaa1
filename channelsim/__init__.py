"""Plan and simulate distribution channels.

The public names load when they are first used, so that `import channelsim` costs next to nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Answer": "channelsim.study.question",
    "Assumption": "channelsim.domain.scenario",
    "BadInput": "channelsim.errors",
    "Calibration": "channelsim.study.calibrate.calibration",
    "Channel": "channelsim.simulate.channel",
    "ChannelsimError": "channelsim.errors",
    "ClosedLoop": "channelsim.study.loop.result",
    "Comparison": "channelsim.study.compare",
    "Deliverable": "channelsim.report.job",
    "Estimate": "channelsim.study.calibrate.calibration",
    "Frontier": "channelsim.optimise.frontier",
    "Interval": "channelsim.study.intervals",
    "Judgements": "channelsim.study.calibrate.adbudg",
    "Layout": "channelsim.domain.layout",
    "Measures": "channelsim.domain.measures",
    "NoPlan": "channelsim.errors",
    "Opening": "channelsim.domain.layout",
    "Outcome": "channelsim.domain.outcome",
    "Question": "channelsim.study.question",
    "Recommendation": "channelsim.optimise.recommend",
    "Replanning": "channelsim.study.loop.replan",
    "Sale": "channelsim.domain.history",
    "RollOut": "channelsim.optimise.rollout",
    "SampledPlan": "channelsim.study.uncertainty",
    "Scenario": "channelsim.domain.scenario",
    "Spend": "channelsim.domain.layout",
    "Term": "channelsim.study.terms",
    "TermsChoice": "channelsim.study.terms",
    "Territory": "channelsim.domain.layout",
    "UncertainPlan": "channelsim.optimise.uncertain",
    "ask": "channelsim.study.question",
    "calibrate": "channelsim.study.calibrate.from_history",
    "calibrate_adbudg": "channelsim.study.calibrate.adbudg",
    "calibrate_bass": "channelsim.study.calibrate.bass",
    "calibrate_choice": "channelsim.study.calibrate.choice",
    "calibrate_incentive": "channelsim.study.calibrate.incentive",
    "calibrate_mci": "channelsim.study.calibrate.mci",
    "calibrate_price": "channelsim.study.calibrate.price",
    "channel_efficiency": "channelsim.study.efficiency",
    "check": "channelsim.files.scenario",
    "close_loop": "channelsim.study.loop.close",
    "compare": "channelsim.study.compare",
    "frontier": "channelsim.optimise.frontier",
    "information_regret": "channelsim.study.regret",
    "optimise_terms": "channelsim.study.terms",
    "plan": "channelsim.report.job",
    "planned": "channelsim.domain.measures",
    "read_history": "channelsim.files.history",
    "read_layout": "channelsim.files.layouts",
    "read_questions": "channelsim.report.ask_job",
    "read_scenario": "channelsim.files.scenario",
    "read_variants": "channelsim.files.variants",
    "recommend": "channelsim.optimise.recommend",
    "recommend_under": "channelsim.study.uncertainty",
    "replan": "channelsim.study.loop.replan",
    "rest_point": "channelsim.simulate.rest",
    "roll_out": "channelsim.optimise.rollout",
    "saa": "channelsim.study.uncertainty",
    "season_point": "channelsim.simulate.season",
    "simulate": "channelsim.simulate.run",
    "write_comparison": "channelsim.report.plan_files",
    "write_layout": "channelsim.files.layouts",
    "write_plan": "channelsim.report.plan_files",
    "write_scenario": "channelsim.files.folder",
}
_MODULES = {"theory": "channelsim.study.theory"}
__all__ = list(_HOME | _MODULES)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name not in _HOME:
        raise AttributeError(f"channelsim has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__


class _Front(ModuleType):
    """The module itself, in which `simulate` stays the verb.

    Importing the package `channelsim.simulate` would put the package in the verb's place.
    """

    @property
    def simulate(self) -> Any:
        return __getattr__("simulate")

    @simulate.setter
    def simulate(self, package: ModuleType) -> None:
        """Leave the verb where it is; the package stays reachable by `from ... import`."""


sys.modules[__name__].__class__ = _Front
