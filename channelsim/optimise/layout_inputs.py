"""The arrays of the layout problem: N demand nodes, J candidates, M arcs between them.

`layout_problem` states the mathematics over these arrays; they come from a scenario
(`scenario_inputs`) or, like the instances of the literature, from anywhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, frozen
from channelsim.optimise.opening_rules import OpeningRules
from channelsim.optimise.serving_limits import ServingLimits

ARC_PARTS = ("revenue", "production", "logistics", "channel", "incentives", "governance")


@dataclass(frozen=True, eq=False)
class Arcs:
    """Who can serve which demand node, sorted by node; figures are for the whole of the node."""

    node: Ints
    """(M,) node row, ascending."""
    site: Ints
    """(M,) candidate row."""
    units: Floats
    """(M,) units per week if the candidate serves the whole node."""
    value: Floats
    """(M,) money per week that this earns; negative: a cost."""
    nodes: int
    """N."""
    shared: Bools
    """(N,) nodes whose territory may be made exclusive: physical demand."""
    parts: Mapping[str, Floats] = field(default_factory=dict)
    """Part -> (M,) money per week behind `value`: revenue less the other `ARC_PARTS`."""
    odds: Floats | None = None
    """(M,) odds of each arc against buying elsewhere, where consumers choose by logit among what is
    open (choice mode); None where the planner assigns them."""

    @property
    def count(self) -> int:
        """M."""
        return len(self.node)


@dataclass(frozen=True, eq=False)
class Sites:
    """The candidates."""

    charge: Floats
    """(J,) money per week for having the candidate open rather than closed."""
    capacity: Floats
    """(J,) units per week, inf where unlimited."""
    partner: Ints
    """(J,) partner row."""
    kind: Ints
    """(J,) channel type row."""
    must_open: Bools
    """(J,) candidates that every plan opens."""
    shut: Bools
    """(J,) candidates that no plan opens: ineligible, below the least service or to be closed."""
    setup_once: Floats
    """(J,) one-off money for opening what is not open today."""
    constant: float = 0.0
    """Money per week charged with everything closed: compensation for what is open today."""
    parts: Mapping[str, Floats] = field(default_factory=dict)
    """Part -> (J,) money per week: fixed and set-up if open, closing if closed."""

    @property
    def count(self) -> int:
        """J."""
        return len(self.charge)


@dataclass(frozen=True, eq=False)
class Coverage:
    """Which candidates cover which demand; zones that the same candidates cover are one group."""

    group: Ints
    """(K,) group row of each pair."""
    site: Ints
    """(K,) candidate row of each pair."""
    demand: Floats
    """(G,) occasions per week of each group."""
    total: float
    """Occasions per week of all zones, those out of reach included."""
    least: float
    """Least share of `total` to cover."""


@dataclass(frozen=True, eq=False)
class Foreign:
    """What would be sold from outside into territories, and how much of it is borne.

    It holds for one set of open candidates: who holds what is all that is left to decide.
    """

    units: Floats
    """(N, P) units per week sold into a node by others than its holder."""
    most: float
    """Most units per week in all, inf for no limit."""
    price: float
    """Money charged per unit."""


@dataclass(frozen=True, eq=False)
class Limits:
    """What a plan must meet beside the sites' own flags; None and inf are no limit."""

    coverage: Coverage | None = None
    """Coverage floor."""
    budget: float | None = None
    """Most money per week for charges and least incentive spend."""
    setup_budget: float | None = None
    """Most one-off money."""
    max_open: int | None = None
    """Most candidates open."""
    type_min: Floats = field(default_factory=lambda: np.zeros(0))
    """(T,) fewest open by channel type."""
    type_max: Floats = field(default_factory=lambda: np.zeros(0))
    """(T,) most open by channel type, inf for no limit."""
    supply: float | None = None
    """Most units per week in all."""
    exclusive: bool = False
    """Whether one partner alone serves a shared node."""
    least_spend: Floats = field(default_factory=lambda: np.zeros(0))
    """(P,) incentive money per week that an open partner gets at least."""
    incentive_budget: float = 0.0
    """Most money per week for incentives."""
    foreign: Foreign | None = None
    """Foreign sales, where they count; None: they do not."""
    excluded: tuple[Bools, ...] = ()
    """Sets of open candidates (J,) that are ruled out."""
    rules: OpeningRules = OpeningRules()
    """What may be open together."""
    serving: ServingLimits = ServingLimits()
    """What who serves whom must meet."""


@dataclass(frozen=True, eq=False)
class LayoutInputs:
    """All the arrays of one layout problem."""

    arcs: Arcs
    """Who can serve what."""
    sites: Sites
    """What can be opened."""
    limits: Limits = Limits()
    """What must hold."""
    serve_all: bool = False
    """Whether every node must be served in full, however dear."""

    def without_arcs(self) -> "LayoutInputs":
        """Return the inputs of what the limits alone decide: nothing is served."""
        none = np.zeros(0, dtype=np.int64)
        empty = np.zeros(0)
        arcs = Arcs(none, none, empty, empty, nodes=0, shared=np.zeros(0, dtype=bool))
        limits = replace(self.limits, serving=ServingLimits())
        return replace(self, arcs=arcs, limits=limits, serve_all=False)

    def keeping(self, rows: Ints) -> "LayoutInputs":
        """Return the inputs with some of the arcs, their nodes as before."""
        arcs, limits = self.arcs, self.limits
        kept = replace(
            arcs,
            node=arcs.node[rows],
            site=arcs.site[rows],
            units=arcs.units[rows],
            value=arcs.value[rows],
            parts={},
            odds=None if arcs.odds is None else arcs.odds[rows],
        )
        return replace(
            self, arcs=kept, limits=replace(limits, serving=limits.serving.keeping(rows))
        )

    def limited(self, **limits: Any) -> "LayoutInputs":
        """Return the inputs with some limits replaced."""
        return replace(self, limits=replace(self.limits, **limits))

    def objective_parts(self, is_open: Bools, served: Floats) -> dict[str, float]:
        """Return the objective by part, all positive as in `domain.measures`.

        Parameters
        ----------
        is_open
            (J,) open candidates.
        served
            (M,) share of the node served on each arc.
        """
        by_arc = {name: float(served @ values) for name, values in self.arcs.parts.items()}
        site = self.sites.parts
        fixed = float(site["fixed"][is_open].sum())
        setup = float(site["setup"][is_open].sum() + site["closing"][~is_open].sum())
        return {**by_arc, "fixed": fixed, "setup": setup}

    def profit(self, is_open: Bools, served: Floats) -> float:
        """Return the objective before any price of conflict, money per week."""
        earned = float(served @ self.arcs.value)
        return earned - float(self.sites.charge[is_open].sum()) - self.sites.constant


def plain_inputs(
    charge: Floats,
    capacity: Floats,
    units: Floats,
    value: Floats,
    limits: Limits | None = None,
    serve_all: bool = False,
) -> LayoutInputs:
    """Return the inputs of a location problem from dense tables, each candidate its own partner.

    Parameters
    ----------
    charge, capacity
        (J,) money for opening, most units.
    units, value
        (N, J) units and money of serving all of a node.
    """
    nodes, count = value.shape
    nothing = np.zeros(count, dtype=bool)
    arcs = Arcs(
        node=frozen(np.repeat(np.arange(nodes), count)),
        site=frozen(np.tile(np.arange(count), nodes)),
        units=frozen(units.ravel().astype(np.float64)),
        value=frozen(value.ravel().astype(np.float64)),
        nodes=nodes,
        shared=np.ones(nodes, dtype=bool),
    )
    sites = Sites(
        charge=charge,
        capacity=capacity,
        partner=np.arange(count),
        kind=np.zeros(count, dtype=np.int64),
        must_open=nothing,
        shut=nothing,
        setup_once=np.zeros(count),
    )
    return LayoutInputs(arcs, sites, limits or Limits(), serve_all)
