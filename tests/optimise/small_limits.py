"""Random small scenarios under the limits of real channel plans."""

from dataclasses import replace

import numpy as np

from channelsim.domain.count_rule import CountRule
from channelsim.domain.pair import Pair
from channelsim.domain.scenario import Scenario
from tests.optimise.small import small_scenario

LIMITS = (
    "participation",
    "no_worse_than_today",
    "min_margin",
    "min_volume",
    "partner_volume",
    "min_share",
    "diversion_proof",
    "pairs",
    "count_rules",
    "within_span",
    "min_compliance",
    "max_changes",
    "single_source",
    "contiguous_km",
    "max_imbalance",
)
"""Limits that are drawn."""


def limited_scenario(seed: int, names: tuple[str, ...], **goals: object) -> Scenario:
    """A small scenario with these limits, drawn so that they bind now and then."""
    rng = np.random.default_rng((seed, 7))
    scenario = small_scenario(seed, **goals)
    for name in names:
        scenario = _DRAWN[name](rng, scenario)
    return scenario


def some_limits(seed: int, among: tuple[str, ...] = LIMITS) -> tuple[str, ...]:
    """Two to four limits to be combined."""
    rng = np.random.default_rng((seed, 8))
    return tuple(rng.choice(among, rng.integers(2, 5), replace=False).tolist())


def _with_goals(scenario: Scenario, **goals: object) -> Scenario:
    return scenario.replace(goals=replace(scenario.goals, **goals))


def _participation(rng, scenario):
    scale = rng.uniform(0.2, 2)
    rows = tuple(
        replace(
            c,
            reservation_profit=scale * c.reservation_profit,
            reservation_rate=float(rng.choice([0, 0.02])),
        )
        for c in scenario.candidates
    )
    return _with_goals(scenario.replace(candidates=rows), participation=True)


def _no_worse(rng, scenario):
    return _with_goals(scenario, no_worse_than_today=True)


def _min_margin(rng, scenario):
    # dealers buy at 75 and sell at 70 to 120; what must open is left out of it
    must = tuple(replace(c, must_open=False) for c in scenario.candidates)
    return _with_goals(scenario.replace(candidates=must), min_margin=float(rng.uniform(0, 0.3)))


def _min_volume(rng, scenario):
    rows = tuple(
        replace(c, min_volume=float(rng.integers(1, 120)) if rng.random() < 0.5 else 0.0)
        for c in scenario.candidates
    )
    return scenario.replace(candidates=rows)


def _partner_volume(rng, scenario):
    rows = tuple(
        replace(p, min_volume=float(rng.integers(1, 200)) if rng.random() < 0.5 else 0.0)
        for p in scenario.partners
    )
    return scenario.replace(partners=rows)


def _min_share(rng, scenario):
    return _with_goals(scenario, min_share=float(rng.uniform(0.02, 0.4)))


def _diversion_proof(rng, scenario):
    rows = tuple(
        replace(c, wholesale_price=float(rng.integers(60, 78))) if c.channel_type == "dealer" else c
        for c in scenario.candidates
    )
    changes = {
        "market.freight_per_km": float(rng.choice([0.0, 0.1])),
        "policy.audit_probability": float(rng.choice([0.0, 0.2])),
        "policy.fine": float(rng.integers(1, 5_000)),
    }
    asked = scenario.replace(candidates=rows).replace(changes, idle=True)
    return _with_goals(asked, diversion_proof=True)


def _pairs(rng, scenario):
    names = [*(c.id for c in scenario.candidates), *(p.id for p in scenario.partners)]
    drawn = [rng.choice(names, 2, replace=False).tolist() for _ in range(2)]
    kinds = rng.choice(["incompatible", "requires"], 2).tolist()
    rows = zip(kinds, drawn, strict=True)
    return scenario.replace(
        pairs=tuple(Pair(f"r{k}", kind, *ab) for k, (kind, ab) in enumerate(rows))
    )


def _count_rules(rng, scenario):
    zones = tuple(
        replace(z, region="north" if row % 2 else "south") for row, z in enumerate(scenario.zones)
    )
    least = int(rng.random() < 0.4)
    rules = (
        CountRule("some", str(rng.choice(["", "dealer"])), "north", least, least + 1),
        CountRule("few", "dealer", per="shop", ratio=float(rng.choice([1, 1.5]))),
    )
    return scenario.replace(zones=zones, count_rules=rules[: rng.integers(1, 3)])


def _within_span(rng, scenario):
    heads = float(rng.integers(1, 3))
    changes = {"policy.sales_heads": heads, "policy.span_of_control": 1.0}
    return _with_goals(scenario.replace(changes), within_span=True)


def _min_compliance(rng, scenario):
    rows = tuple(replace(p, alignment=float(rng.uniform(0, 1))) for p in scenario.partners)
    least = float(rng.uniform(0.2, 0.8))
    return _with_goals(scenario.replace(partners=rows), min_compliance=least)


def _max_changes(rng, scenario):
    return _with_goals(scenario, max_changes=int(rng.integers(1, 4)))


def _single_source(rng, scenario):
    return _with_goals(scenario, single_source=True)


def _contiguous(rng, scenario):
    # zones lie 22 km apart by crow, 29 by road
    step = float(rng.choice([1.0, 30.0]))
    return _with_goals(scenario, exclusive_territories=True, contiguous_km=step)


def _balance(rng, scenario):
    most = float(rng.choice([0.0, 0.1, 0.5]))
    return _with_goals(scenario, exclusive_territories=True, max_imbalance=most)


_DRAWN = {
    "participation": _participation,
    "no_worse_than_today": _no_worse,
    "min_margin": _min_margin,
    "min_volume": _min_volume,
    "partner_volume": _partner_volume,
    "min_share": _min_share,
    "diversion_proof": _diversion_proof,
    "pairs": _pairs,
    "count_rules": _count_rules,
    "within_span": _within_span,
    "min_compliance": _min_compliance,
    "max_changes": _max_changes,
    "single_source": _single_source,
    "contiguous_km": _contiguous,
    "max_imbalance": _balance,
}
