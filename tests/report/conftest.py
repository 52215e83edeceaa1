"""A plan of `tiny` and its comparison with today, made by hand."""

from dataclasses import replace

import pytest

from channelsim.domain.layout import Layout, Spend
from channelsim.domain.measures import planned
from channelsim.domain.scenario import Scenario
from channelsim.optimise.recommend import Recommendation, recommend
from channelsim.study.compare import Comparison
from tests.instances import tiny
from tests.report.made import made


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return tiny()


@pytest.fixture(scope="session")
def plan() -> Layout:
    """Keep north-a and web, open south-c; spend on south."""
    opened = Layout.of(["north-a", "web", "south-c"])
    return opened.replace(incentives=(Spend("south", "training", 100.0),))


@pytest.fixture(scope="session")
def comparison(scenario, plan) -> Comparison:
    """Two runs each, 1% below and above 0.9 of what was planned; three draws each."""
    return made({"today": (scenario, scenario.today), "plan": (scenario, plan)})


@pytest.fixture(scope="session")
def recommendation(scenario, plan) -> Recommendation:
    return replace(recommend(scenario), layout=plan, planned=planned(scenario, plan))
