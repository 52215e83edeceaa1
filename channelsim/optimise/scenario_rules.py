"""What a scenario asks of what is open together, as limits of the layout problem."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Floats, Ints, frozen
from channelsim.domain.measures import own_mask
from channelsim.domain.reach import zone_km
from channelsim.optimise.layout_inputs import Arcs, Sites
from channelsim.optimise.opening_rules import Count, OpeningRules, Together

if TYPE_CHECKING:
    from channelsim.domain.count_rule import CountRule
    from channelsim.domain.pair import Pair
    from channelsim.domain.scenario import Scenario


def opening_rules(scenario: "Scenario", arcs: Arcs, sites: Sites) -> OpeningRules:
    """Return what the goals and tables of a scenario ask of what is open together.

    Parameters
    ----------
    arcs
        The arcs of the layout problem.
    """
    goals, policy = scenario.goals, scenario.policy
    none = np.zeros((0, 2), dtype=np.int64)
    own = np.array([p.own for p in scenario.partners], dtype=bool)
    return OpeningRules(
        diverting=_diverting(scenario, arcs, sites) if goals.diversion_proof else none,
        pairs=tuple(_together(scenario, pair) for pair in scenario.pairs),
        counts=tuple(_count(scenario, rule) for rule in scenario.count_rules),
        most_partners=policy.span_of_control * policy.sales_heads if goals.within_span else None,
        independent=frozen(np.flatnonzero(~own)),
        most_changes=goals.max_changes,
        today=frozen(np.array([c.open_today for c in scenario.candidates], dtype=bool)),
        compliance=_compliance(scenario),
    )


def _diverting(scenario: "Scenario", arcs: Arcs, sites: Sites) -> Ints:
    """Return the pairs of candidates between which goods would pay to divert, the cheaper first.

    Goods go from i to j, physical operations of two independent partners that buy them, where

        w_j - w_i > freight km_ij + chance of being caught x fine / units

    with the units of a deal at most what j sells in a week (Antia, Bergen and Dutta 2004).
    """
    columns, policy = scenario.columns, scenario.policy
    buy, at, partner = columns.wholesale, columns.zone_of, columns.partner_of
    able = np.flatnonzero(~np.isnan(buy) & ~own_mask(scenario) & (at >= 0) & ~sites.shut)
    sold = np.bincount(arcs.site, arcs.units, minlength=sites.count)
    deal = np.minimum(sold, sites.capacity)
    fine = np.divide(
        policy.caught * policy.fine, deal, out=np.full(len(deal), np.inf), where=deal > 0
    )
    found: list[tuple[int, int]] = []
    for dear in able.tolist():
        km = zone_km(scenario, int(at[dear]))[at[able]]
        kept = buy[able] + scenario.market.freight_per_km * km + fine[dear]
        rivals = able[(partner[able] != partner[dear]) & (kept < buy[dear])]
        found.extend((cheap, dear) for cheap in rivals.tolist())
    return frozen(np.array(sorted(found), dtype=np.int64).reshape(-1, 2))


def _together(scenario: "Scenario", pair: "Pair") -> Together:
    first, second = (_named(scenario, name) for name in (pair.first, pair.second))
    return Together(first, second, pair.kind == "requires")


def _named(scenario: "Scenario", name: str) -> Ints:
    """Return the candidates of a partner, or the one of this id."""
    rows = [j for j, c in enumerate(scenario.candidates) if name in (c.id, c.partner)]
    return np.array(rows, dtype=np.int64)


def _count(scenario: "Scenario", rule: "CountRule") -> Count:
    return Count(
        sites=_of(scenario, rule.channel_type, rule.region),
        least=float(rule.least),
        most=np.inf if rule.most is None else float(rule.most),
        per=_of(scenario, rule.per, rule.region) if rule.per else np.zeros(0, dtype=np.int64),
        ratio=np.inf if rule.ratio is None else rule.ratio,
    )


def _of(scenario: "Scenario", kind: str, region: str) -> Ints:
    """Return the candidates of a type in a region; empty names are all."""
    regions = {zone.id: zone.region for zone in scenario.zones}
    rows = [
        j
        for j, c in enumerate(scenario.candidates)
        if kind in ("", c.channel_type) and (not region or regions.get(c.zone) == region)
    ]
    return np.array(rows, dtype=np.int64)


def _compliance(scenario: "Scenario") -> Floats | None:
    least = scenario.goals.min_compliance
    if least is None:
        return None
    aligned = np.array([p.alignment for p in scenario.partners], dtype=np.float64)
    beyond = aligned[scenario.columns.partner_of] - least
    return frozen(np.where(own_mask(scenario), 0.0, beyond))
