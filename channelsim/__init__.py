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
    "ChannelsimError": "channelsim.errors",
    "Channel": "channelsim.simulate.channel",
    "Comparison": "channelsim.study.compare",
    "Deliverable": "channelsim.report.job",
    "Interval": "channelsim.study.intervals",
    "Layout": "channelsim.domain.layout",
    "Measures": "channelsim.domain.measures",
    "NoPlan": "channelsim.errors",
    "Opening": "channelsim.domain.layout",
    "Outcome": "channelsim.domain.outcome",
    "Question": "channelsim.study.question",
    "Recommendation": "channelsim.optimise.recommend",
    "Scenario": "channelsim.domain.scenario",
    "Spend": "channelsim.domain.layout",
    "Territory": "channelsim.domain.layout",
    "Term": "channelsim.study.terms",
    "TermsChoice": "channelsim.study.terms",
    "ask": "channelsim.study.question",
    "channel_efficiency": "channelsim.study.efficiency",
    "check": "channelsim.files.scenario",
    "compare": "channelsim.study.compare",
    "information_regret": "channelsim.study.regret",
    "optimise_terms": "channelsim.study.terms",
    "plan": "channelsim.report.job",
    "planned": "channelsim.domain.measures",
    "read_layout": "channelsim.files.layouts",
    "read_questions": "channelsim.report.ask_job",
    "read_scenario": "channelsim.files.scenario",
    "read_variants": "channelsim.files.variants",
    "recommend": "channelsim.optimise.recommend",
    "rest_point": "channelsim.simulate.rest",
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
