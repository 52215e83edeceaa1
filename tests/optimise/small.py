"""Random small scenarios, and the best layout of one by looking at every one."""

import itertools
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from channelsim.domain.channel import Appeal, Candidate, ChannelType, Contract, Partner, Response
from channelsim.domain.demand import occasions, reach, utility
from channelsim.domain.economics import unit_money
from channelsim.domain.layout import Layout
from channelsim.domain.market import Market, Segment, Zone
from channelsim.domain.measures import coverage, potential_demand, standard_arcs
from channelsim.domain.policy import Economics, Goals
from channelsim.domain.scenario import Scenario


def small_scenario(seed: int, **goals: object) -> Scenario:
    """2-4 zones 22 km apart, up to 7 candidates of 4 partners, and as many limits as come up."""
    rng = np.random.default_rng(seed)
    zones = tuple(
        Zone(f"z{k}", f"Zone {k}", 30 + 0.2 * k, 120, float(rng.integers(2, 12) * 1000))
        for k in range(rng.integers(2, 5))
    )
    kinds = (
        ChannelType("shop", "Shop", 100, reach_km=30, governance_rate=0.01, delivery_cost_per_km=1),
        ChannelType("dealer", "Dealer", 95, wholesale_price=75, reach_km=45),
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
        candidates=tuple(_candidate(rng, k, len(zones)) for k in range(rng.integers(3, 8))),
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
    charge = unit_money(scenario).fixed + unit_money(scenario).setup
    drawn = {
        "min_coverage": float(rng.uniform(0.2, 1)),
        "budget": float(rng.uniform(0.3, 1.1) * charge.sum()),
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
    from dataclasses import replace

    low = [int(rng.random() < 0.1) for _ in kinds]
    high = [int(rng.integers(1, 4)) if rng.random() < 0.2 else None for _ in kinds]
    return tuple(
        replace(k, min_open=n, max_open=m) for k, n, m in zip(kinds, low, high, strict=True)
    )


@dataclass(frozen=True, eq=False)
class Enumerated:
    """Every layout of a small scenario."""

    scenario: Scenario

    def layouts(self):
        """Yield each set of open candidates (J,) that meets every limit but that on conflict."""
        for bits in itertools.product([False, True], repeat=len(self.scenario.candidates)):
            is_open = np.array(bits, dtype=bool)
            if self.meets(is_open):
                yield is_open

    def meets(self, is_open) -> bool:
        """Whether a layout meets every limit but that on conflict."""
        s, goals = self.scenario, self.scenario.goals
        rows = list(zip(s.candidates, is_open.tolist(), strict=True))
        opened = [c for c, live in rows if live]
        shut = [c for c, live in rows if not live]
        once = s.economics.setup_rate
        spent = sum(c.maker_fixed_cost + once * c.setup_cost for c in opened)
        spent += sum(once * c.closing_cost for c in shut if c.open_today)
        new = sum(c.setup_cost for c in opened if not c.open_today)
        covered = coverage(standard_arcs(s), is_open, potential_demand(s))
        number = {k.id: sum(c.channel_type == k.id for c in opened) for k in s.channel_types}
        return (
            all(c.eligible and not c.must_close for c in opened)
            and not any(c.must_open for c in shut)
            and all(k.min_open <= number[k.id] for k in s.channel_types)
            and all(k.max_open is None or number[k.id] <= k.max_open for k in s.channel_types)
            and (goals.max_open is None or len(opened) <= goals.max_open)
            and (goals.budget is None or spent <= goals.budget + 1e-6)
            and (goals.setup_budget is None or new <= goals.setup_budget + 1e-6)
            and covered >= (goals.min_coverage or 0.0) - 1e-9
        )

    def profit(self, is_open, least: float = -np.inf) -> float:
        """Return the best profit of a layout before conflict; anything below `least` may differ."""
        money = unit_money(self.scenario)
        charge = float((money.fixed + money.setup)[is_open].sum() + money.closing[~is_open].sum())
        best = -np.inf
        for holders in self._holders(is_open):
            loose = self._served(is_open, holders, bind=False) - charge
            if loose > max(best, least):
                best = max(best, self._served(is_open, holders, bind=True) - charge)
        return best

    def _holders(self, is_open):
        """Yield the ways to give each zone to one partner; one way, to all, if not exclusive."""
        if not self.scenario.goals.exclusive_territories:
            return iter([None])
        arcs, columns = reach(self.scenario), self.scenario.columns
        choices = []
        for zone in range(len(self.scenario.zones)):
            here = arcs.candidate[arcs.zone_start[zone] : arcs.zone_start[zone + 1]]
            here = here[is_open[here] & ~columns.online[here]]
            choices.append(np.unique(columns.partner_of[here]).tolist() or [-1])
        return itertools.product(*choices)

    def _served(self, is_open, holders, bind: bool) -> float:
        """Return what the best assignment earns, with or without capacities that bind."""
        s, columns = self.scenario, self.scenario.columns
        arcs, money = reach(s), unit_money(s)
        th = np.array([x.online_preference for x in s.segments])
        attraction = np.exp(utility(s, arcs, columns.price))
        use = is_open[arcs.candidate].copy()
        node, units, value = [], [], []
        for a in range(arcs.arcs):
            zone, site = arcs.zone[a], arcs.candidate[a]
            online = columns.online[site]
            if holders is not None and not online and columns.partner_of[site] != holders[zone]:
                use[a] = False
            g = attraction[a]
            full = ((th if online else 1 - th) * occasions(s)[zone] * g / (1 + g)).sum()
            node.append(2 * zone + online)
            units.append(full)
            value.append(full * (money.margin[site] - money.delivery_per_km[site] * arcs.km[a]))
        keep = np.flatnonzero(use & (np.array(value) > 0))
        if not len(keep):
            return 0.0
        node, units, value = (np.array(x)[keep] for x in (node, units, value))
        site = arcs.candidate[keep]
        best = np.zeros(2 * len(s.zones))
        np.maximum.at(best, node, value)
        used = np.bincount(site, units, minlength=len(is_open))
        if not bind or (used <= columns.capacity).all():
            return float(best.sum())
        rows = [(node == n).astype(float) for n in np.unique(node)]
        limits = [1.0] * len(rows)
        for j in np.flatnonzero(np.isfinite(columns.capacity)):
            rows.append(np.where(site == j, units, 0.0))
            limits.append(columns.capacity[j])
        found = linprog(-value, A_ub=np.array(rows), b_ub=limits, bounds=(0, None))
        return -found.fun

    def layout(self, is_open) -> Layout:
        """Return the layout of a set of open candidates."""
        rows = zip(self.scenario.candidates, is_open.tolist(), strict=True)
        return Layout.of(c.id for c, live in rows if live)
