"""The parameters of utility that sales tell: read from a scenario, and written into one.

Sensitivities and appeals are means over all people; what a segment has beyond the mean it keeps,
sensitivities in proportion and appeals in utils.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from channelsim.domain.channel import Appeal
from channelsim.domain.checks import one_of, require
from channelsim.domain.columns import Bools, Floats
from channelsim.domain.reach import Reach
from channelsim.domain.scenario import Scenario
from channelsim.domain.utility import utility

FORMS = ("logit", "huff", "mci")
APPEAL = "appeal "
MOST = 300.0
"""Utils beyond which odds are all or nothing."""
STEP = 1e-5
"""Step of the slopes, share of the parameter: rivals' prices make utility curved."""
_LOGARITHMS = ("huff", "mci")
_SENSITIVITIES = ("distance_sensitivity", "price_sensitivity")


@dataclass(frozen=True, eq=False)
class Design:
    """A market whose choices are to be explained, linear in K parameters about the scenario's."""

    scenario: Scenario
    """The scenario."""
    arcs: Reach
    """The A arcs to what was open."""
    base: Floats
    """(A, S) utils that the scenario gives beyond the outside option."""
    columns: Floats
    """(A, S, K) utils that a unit of each parameter adds."""
    start: Floats
    """(K,) the parameters of the scenario."""

    def shares(self, values: Floats) -> Floats:
        """Return each arc's share of its zone's occasions: (A, S)."""
        odds = np.exp(np.clip(self.base + self.columns @ (values - self.start), -MOST, MOST))
        total = np.zeros((len(self.scenario.zones), odds.shape[1]))
        np.add.at(total, self.arcs.zone, odds)
        result: Floats = odds / (1 + total[self.arcs.zone])
        return result


def design_of(scenario: Scenario, names: tuple[str, ...], is_open: Bools) -> Design:
    """Return the design of some parameters.

    Parameters
    ----------
    is_open
        (J,) what was open when the sales were made.
    """
    arcs = scenario.arcs.only(is_open[scenario.arcs.candidate])
    base = utility(scenario, arcs, scenario.columns.price)
    start = parameters(scenario)
    columns = []
    for name in names:
        step = STEP * max(abs(start[name]), 0.1)
        more = written(scenario, {name: start[name] + step})
        columns.append((utility(more, arcs, more.columns.price) - base) / step)
    return Design(scenario, arcs, base, np.stack(columns, axis=2), values_of(scenario, names))


def parameters(scenario: Scenario) -> dict[str, float]:
    """Return the parameters that a scenario's demand has, by name, those told best first.

    Raises
    ------
    BadValue
        If the market's demand is neither logit, huff nor mci.
    """
    form = scenario.market.demand
    one_of("market.demand", form, FORMS)
    weight = people_share(scenario)
    appeal = {(row.channel_type, row.segment): row.appeal for row in scenario.appeals}
    found = {
        APPEAL + kind.id: sum(
            w * appeal.get((kind.id, s.id), 0.0)
            for w, s in zip(weight, scenario.segments, strict=True)
        )
        for kind in scenario.channel_types
    }  # fmt: skip
    found["distance_sensitivity"] = mean_sensitivity(scenario, "distance_sensitivity")
    if form in _LOGARITHMS:
        power = scenario.market.doors_exponent
        found["doors_exponent"] = 1.0 if power is None else power
    if form != "huff":
        found["price_sensitivity"] = mean_sensitivity(scenario, "price_sensitivity")
    return found


def unit_of(name: str, form: str) -> str:
    """Return a parameter's unit under a form of demand."""
    if form in _LOGARITHMS and name in _SENSITIVITIES:
        return "exponent"
    units = {
        "distance_sensitivity": "utils/km",
        "price_sensitivity": "utils/money",
        "doors_exponent": "exponent",
    }
    return units.get(name, "utils")


def values_of(scenario: Scenario, names: tuple[str, ...]) -> Floats:
    """Return some parameters of a scenario: (K,)."""
    found = parameters(scenario)
    return np.array([found[name] for name in names])


def written(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """Return the scenario with parameters changed.

    Raises
    ------
    BadValue
        If a value is none that the scenario can have.
    """
    for name, value in values.items():
        scenario = _written(scenario, name, value)
    return scenario


def people_share(scenario: Scenario) -> list[float]:
    """Return each segment's share of all people."""
    people = scenario.columns.people.sum(axis=0)
    require(bool(people.sum() > 0), "the zones have no people; write their population")
    return [float(share) for share in people / people.sum()]


def mean_sensitivity(scenario: Scenario, field: str) -> float:
    """Return a field of the segments, meaned over all people."""
    pairs = zip(people_share(scenario), scenario.segments, strict=True)
    return float(sum(weight * getattr(segment, field) for weight, segment in pairs))


def _written(scenario: Scenario, name: str, value: float) -> Scenario:
    if name == "doors_exponent":
        return scenario.replace(market=replace(scenario.market, doors_exponent=value))
    if name in _SENSITIVITIES:
        old = mean_sensitivity(scenario, name)
        new = [getattr(s, name) * value / old if old > 0 else value for s in scenario.segments]
        changes: list[dict[str, Any]] = [{name: one} for one in new]
        rows = zip(scenario.segments, changes, strict=True)
        segments = tuple(replace(segment, **change) for segment, change in rows)
        return scenario.replace(segments=segments)
    kind = name.removeprefix(APPEAL)
    shift = value - parameters(scenario)[name]
    appeal = {(row.channel_type, row.segment): row.appeal for row in scenario.appeals}
    appeal |= {(kind, s.id): appeal.get((kind, s.id), 0.0) + shift for s in scenario.segments}
    appeals = tuple(Appeal(of, to, worth) for (of, to), worth in appeal.items())
    return scenario.replace(appeals=appeals)
