"""The limits of a plan that may be relaxed, each by slack on its rows of the layout problem."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.opening_rules import OpeningRules
from channelsim.optimise.serving_limits import ServingLimits

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


@dataclass(frozen=True)
class Limit:
    """A limit that may be relaxed, by slack on its rows."""

    path: str
    """Path of the limit in the scenario, such as goals.min_coverage."""
    asked: float
    """What it asks for."""
    rows: tuple[str, ...]
    """Names of its rows."""
    floor: bool = False
    """Whether it asks for at least something, so that slack lowers it."""
    scale: float = 1.0
    """Slack in the row's unit that changes the limit by 1."""
    unit: str = ""
    """Unit in which it is told."""
    digits: int = 0
    """Decimals in which it is told."""
    hint: str = ""
    """What else would help."""
    lacking: str = ""
    """What some of its owners cannot do if it is not met; empty: it has a figure of its own."""
    owners: tuple[str, ...] = ()
    """Name of who a row is about, row by row."""
    typical: float = 0.0
    """What slack is relative to where nothing is asked in figures, in the row's unit."""

    @property
    def weight(self) -> float:
        """Cost of a unit of slack, relative to what was asked."""
        return 1 / (self.scale * max(abs(self.asked), self.typical, 1e-3))

    def relaxed(self, slack: float) -> float:
        """Return the limit relaxed by so much, rounded to a figure that still suffices.

        Of a limit without a figure of its own, what is lacking, negative.
        """
        change = slack / self.scale
        moved, grid = self.asked + (-change if self.floor else change), 10.0**self.digits
        if self.floor:
            least = -math.inf if self.lacking and self.unit else 0.0
            return max(math.floor(moved * grid + 1e-6) / grid, least)
        return math.ceil(moved * grid - 1e-6) / grid

    def short(self, slacks: tuple[float, ...]) -> list[str]:
        """Return the owners of the rows with slack, each once."""
        most = max(slacks, default=0.0)
        rows = zip(self.owners, slacks, strict=True)
        return list(dict.fromkeys(owner for owner, slack in rows if slack > 1e-6 * most))


def limits_of(
    scenario: "Scenario", inputs: LayoutInputs, terms: ConflictTerms | None
) -> Iterator[Limit]:
    """Yield the limits of a scenario that may be relaxed."""
    goals, limits, money = scenario.goals, inputs.limits, f" {scenario.currency}"
    if limits.coverage is not None:
        total, least = limits.coverage.total or 1.0, limits.coverage.least
        more = "or add candidates where none is near"
        rows = ("coverage_floor",)
        yield Limit("goals.min_coverage", least, rows, True, total, digits=4, hint=more)
    if terms is not None and terms.cap is not None:
        yield Limit("goals.max_conflict", goals.max_conflict or 0.0, ("conflict_cap",), digits=4)
    if limits.budget is not None:
        yield Limit("goals.budget", limits.budget, ("budget",), unit=f"{money} a week")
    if limits.setup_budget is not None:
        yield Limit("goals.setup_budget", limits.setup_budget, ("setup_budget",), unit=money)
    if limits.max_open is not None:
        yield Limit("goals.max_open", limits.max_open, ("max_open",))
    if limits.rules.most_changes is not None:
        yield Limit("goals.max_changes", limits.rules.most_changes, ("max_changes",))
    if limits.least_spend.any():
        most = limits.incentive_budget
        yield Limit("goals.incentive_budget", most, ("least_spend",), unit=f"{money} a week")
    yield from _site_limits(scenario, inputs)
    yield from _rule_limits(scenario, limits.rules)
    yield from _count_limits(scenario)
    yield from _earnings_limits(scenario, limits.serving)
    yield from _volume_limits(scenario, limits.serving)
    yield from _shape_limits(scenario, inputs)


def _site_limits(scenario: "Scenario", inputs: LayoutInputs) -> Iterator[Limit]:
    for row, kind in enumerate(scenario.channel_types):
        more = f"or add eligible candidates of type {kind.id}"
        path, rows = f"channel_types.{kind.id}.min_open", (f"type_min_{row}",)
        yield Limit(path, kind.min_open, rows, True, hint=more)
        if kind.max_open is not None:
            path, rows = f"channel_types.{kind.id}.max_open", (f"type_max_{row}",)
            yield Limit(path, kind.max_open, rows)
    flagged = inputs.sites.must_open.nonzero()[0].tolist()
    if flagged:
        yield Limit(
            "candidates.*.must_open",
            len(flagged),
            tuple(f"must_open_{j}" for j in flagged),
            floor=True,
            lacking="open",
            owners=tuple(scenario.candidates[j].id for j in flagged),
            hint="drop must_open there",
        )


def _rule_limits(scenario: "Scenario", rules: OpeningRules) -> Iterator[Limit]:
    names = [c.id for c in scenario.candidates]
    if len(rules.diverting):
        yield Limit(
            "goals.diversion_proof",
            0.0,
            tuple(f"diversion_proof_{i}_{j}" for i, j in rules.diverting.tolist()),
            lacking="be kept from opening together",
            owners=tuple(f"{names[i]} and {names[j]}" for i, j in rules.diverting.tolist()),
            typical=1.0,
            hint="drop goals.diversion_proof, or bring their wholesale prices closer",
        )
    for row, (pair, sides) in enumerate(zip(scenario.pairs, rules.pairs, strict=True)):
        ends = [(i, j) for i in sides.first.tolist() for j in sides.second.tolist()]
        apart = tuple(f"incompatible_{row}_{i}_{j}" for i, j in ends)
        needs = tuple(f"requires_{row}_{i}" for i in sides.first.tolist())
        yield Limit(
            f"pairs.{pair.id}",
            0.0,
            needs if sides.requires else apart,
            lacking=f"have {pair.second} beside it" if sides.requires else "be kept apart",
            owners=tuple(
                names[i] if sides.requires else f"{names[i]} and {names[j]}"
                for i, j in ([(i, i) for i in sides.first.tolist()] if sides.requires else ends)
            ),
            typical=1.0,
            hint=f"drop the pair {pair.id}",
        )
    if rules.most_partners is not None:
        heads, span = scenario.policy.sales_heads, scenario.policy.span_of_control
        yield Limit("policy.sales_heads", heads, ("within_span",), scale=span, digits=1)
    if rules.compliance is not None:
        yield Limit(
            "goals.min_compliance",
            scenario.goals.min_compliance or 0.0,
            ("compliance",),
            lacking="comply enough on average",
            owners=("what opens",),
            hint="lower goals.min_compliance",
        )


def _count_limits(scenario: "Scenario") -> Iterator[Limit]:
    for row, rule in enumerate(scenario.count_rules):
        path = f"count_rules.{rule.id}"
        if rule.least:
            yield Limit(f"{path}.least", rule.least, (f"count_least_{row}",), True)
        if rule.most is not None:
            yield Limit(f"{path}.most", rule.most, (f"count_most_{row}",))
        if rule.ratio is not None:
            yield Limit(
                f"{path}.ratio",
                rule.ratio,
                (f"count_ratio_{row}",),
                lacking=f"be kept to {rule.ratio:g} for each {rule.per}",
                owners=(rule.channel_type or "operations",),
                hint=f"raise {path}.ratio",
            )


def _earnings_limits(scenario: "Scenario", serving: ServingLimits) -> Iterator[Limit]:
    money, names = f" {scenario.currency} a week", tuple(p.id for p in scenario.partners)
    count = range(len(names))
    if serving.participation is not None:
        yield Limit(
            "goals.participation",
            0.0,
            tuple(f"participation_{f}" for f in count),
            floor=True,
            unit=money,
            lacking="earn the reservation profit",
            owners=names,
            typical=max(sum(c.reservation_profit for c in scenario.candidates), 1.0),
            hint="drop goals.participation, or lower candidates.*.reservation_profit there",
        )
    if serving.no_worse is not None:
        today = serving.no_worse.least
        yield Limit(
            "goals.no_worse_than_today",
            0.0,
            ("maker_no_worse", *(f"no_worse_{f}" for f in count)),
            floor=True,
            unit=money,
            lacking="earn as much as today",
            owners=("the maker", *names),
            typical=max(abs(serving.maker_least), float(abs(today[today > -math.inf]).sum()), 1.0),
            hint="drop goals.no_worse_than_today",
        )


def _volume_limits(scenario: "Scenario", serving: ServingLimits) -> Iterator[Limit]:
    rows = (
        ("candidates", "min_volume", serving.min_volume, scenario.candidates),
        ("partners", "partner_volume", serving.partner_volume, scenario.partners),
    )
    for table, name, least, owners in rows:
        if least.any():
            yield Limit(
                f"{table}.*.min_volume",
                0.0,
                tuple(f"{name}_{row}" for row in range(len(owners))),
                floor=True,
                unit=" units a week",
                lacking="sell the least volume",
                owners=tuple(owner.id for owner in owners),
                typical=float(least.sum()),
                hint="lower min_volume there",
            )
    if serving.min_units > 0:
        share = scenario.goals.min_share or 0.0
        scale = serving.min_units / share
        yield Limit("goals.min_share", share, ("min_share",), True, scale, digits=4)


def _shape_limits(scenario: "Scenario", inputs: LayoutInputs) -> Iterator[Limit]:
    serving, names = inputs.limits.serving, tuple(p.id for p in scenario.partners)
    if serving.neighbours is not None:
        yield Limit(
            "goals.contiguous_km",
            0.0,
            tuple(f"one_root_{f}" for f in range(len(names))),
            lacking="have a territory in one piece",
            owners=names,
            typical=1.0,
            hint="raise goals.contiguous_km",
        )
    if serving.balance is not None:
        yield Limit(
            "goals.max_imbalance",
            0.0,
            tuple(f"balance_{f}" for f in range(len(names))),
            floor=True,
            unit=" units a week",
            lacking="keep to workloads near the mean",
            owners=names,
            typical=float(inputs.arcs.units.max(initial=1.0)),
            hint="raise goals.max_imbalance",
        )
    if serving.single_source:
        count = inputs.arcs.nodes
        yield Limit(
            "goals.single_source",
            0.0,
            tuple(f"one_source_{n}" for n in range(count)),
            lacking="be served from one source",
            owners=("some zones",) * count,
            typical=1.0,
            hint="drop goals.single_source",
        )
