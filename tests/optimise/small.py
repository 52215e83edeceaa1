"""Random small scenarios with every kind of limit."""

from dataclasses import replace

import numpy as np

from channelsim.domain.channel import Appeal, Candidate, ChannelType
from channelsim.domain.contract import Contract
from channelsim.domain.market import Market, Segment, Zone
from channelsim.domain.partner import Partner
from channelsim.domain.policy import Economics, Goals
from channelsim.domain.response import Response
from channelsim.domain.scenario import Scenario


def small_scenario(seed: int, *, count: int | None = None, **goals: object) -> Scenario:
    """2-4 zones 22 km apart, up to 7 candidates of 4 partners, and as many limits as come up.

    Every fifth has territorial dealers.
    """
    rng = np.random.default_rng(seed)
    zones = tuple(
        Zone(f"z{k}", f"Zone {k}", 30 + 0.2 * k, 120, float(rng.integers(2, 12) * 1000))
        for k in range(rng.integers(2, 5))
    )
    kinds = (
        ChannelType("shop", "Shop", 100, reach_km=30, governance_rate=0.01, delivery_cost_per_km=1),
        ChannelType(
            "dealer", "Dealer", 95, wholesale_price=75, reach_km=45, territorial=seed % 5 == 0
        ),
        ChannelType("web", "Web", 80, online=True, fee_rate=0.1, fulfilment_cost=8),
    )
    segments = (
        Segment("thrifty", "Thrifty", 0.6, 0.1, 0.012, 0.03, online_preference=0.4),
        Segment("rich", "Rich", 0.4, 0.05, 0.006, 0.02, online_preference=0.1),
    )
    appeals = tuple(
        Appeal(k.id, s.id, float(rng.uniform(0.2, 1.8))) for k in kinds for s in segments
    )
    partners = (
        Partner("maker", "Maker", own=True),
        *(Partner(f"p{k}", f"Partner {k}") for k in range(3)),
    )
    scenario = Scenario(
        name=f"small-{seed}",
        zones=zones,
        segments=segments,
        channel_types=kinds,
        appeals=appeals,
        partners=partners,
        candidates=tuple(
            _candidate(rng, k, len(zones)) for k in range(count or rng.integers(3, 8))
        ),
        economics=Economics(40),
        contracts=(Contract("rebate", 0.03, channel_type="dealer", base="purchases"),),
        responses=tuple(
            Response(f"p{k}", "training", "log", 0.1, float(rng.uniform(20, 200))) for k in range(3)
        ),
        market=Market(service_standard_km=float(rng.choice([5, 30]))),
    )
    wanted = {**_goals(rng, scenario), **goals}
    kinds = _with_counts(rng, kinds)
    return scenario.replace(goals=Goals(**wanted), channel_types=kinds)


def _candidate(rng: np.random.Generator, row: int, zones: int) -> Candidate:
    kind = ["shop", "dealer", "dealer", "web"][rng.integers(4)]
    own = "maker" if kind == "shop" else f"p{rng.integers(3)}"
    flag = rng.choice(["", "must_open", "must_close", "shut"], p=[0.85, 0.06, 0.05, 0.04])
    return Candidate(
        id=f"c{row}",
        partner=own,
        channel_type=kind,
        zone="" if kind == "web" else f"z{rng.integers(zones)}",
        capacity=None if rng.random() < 0.4 else float(rng.integers(20, 400)),
        maker_fixed_cost=float(rng.integers(0, 5000)),
        partner_fixed_cost=float(rng.integers(0, 500)),
        setup_cost=float(rng.integers(0, 50_000)),
        closing_cost=float(rng.integers(0, 20_000)),
        reservation_profit=0.0 if kind == "shop" else float(rng.integers(0, 1500)),
        supply_cost=float(rng.uniform(0, 6)),
        price=float(rng.integers(70, 120)),
        eligible=flag != "shut",
        open_today=bool(rng.random() < 0.4),
        must_open=flag == "must_open",
        must_close=flag == "must_close",
    )


def _goals(rng: np.random.Generator, scenario: Scenario) -> dict[str, object]:
    once = scenario.economics.setup_rate
    charge = sum(c.maker_fixed_cost + once * c.setup_cost for c in scenario.candidates)
    drawn = {
        "min_coverage": float(rng.uniform(0.2, 1)),
        "budget": float(rng.uniform(0.3, 1.1) * charge),
        "setup_budget": float(rng.integers(0, 150_000)),
        "max_open": int(rng.integers(1, 6)),
        "exclusive_territories": True,
        "max_conflict": float(rng.uniform(0.02, 0.3)),
        "conflict_price": float(rng.integers(1000, 50_000)),
    }
    likely = [0.5, 0.4, 0.25, 0.3, 0.2, 0.3, 0.15]
    chosen = rng.random(len(drawn)) < likely
    return {name: value for (name, value), take in zip(drawn.items(), chosen, strict=True) if take}


def _with_counts(
    rng: np.random.Generator, kinds: tuple[ChannelType, ...]
) -> tuple[ChannelType, ...]:
    low = [int(rng.random() < 0.1) for _ in kinds]
    high = [int(rng.integers(1, 4)) if rng.random() < 0.2 else None for _ in kinds]
    return tuple(
        replace(k, min_open=n, max_open=m) for k, n, m in zip(kinds, low, high, strict=True)
    )
