"""Layouts of the delta that its questions compare: planned and unplanned, and divided money.

- planned: what the optimiser recommends within the scenario's goals;
- random: what is free to open, drawn at random, each opened if the budgets still hold;
- greedy: the same, what would sell most if it were alone first, whatever it takes from others;
- rebate_only, best_mix: today's openings with the incentive budget, all of it as rebates and
  commissions in proportion to partners' sales, or divided by the optimiser;
- train_tail: today's openings, and training for the partners of least capability;
- town_flagships: today's openings, and a flagship in every middling town with a dealer.

Random and greedy spend the planned layout's incentive money as rebate_only does.
"""

from collections.abc import Iterable, Iterator

import numpy as np

from channelsim.domain.demand import expected_flows, open_mask
from channelsim.domain.layout import Layout, Opening, Spend, Territory
from channelsim.domain.measures import planned
from channelsim.domain.scenario import Scenario
from channelsim.domain.territory import lone_dealers
from channelsim.optimise.incentives import allocate
from channelsim.optimise.recommend import recommend

SEED = 2024
TAIL = 0.6
"""Capability below which partners open today are trained."""
TRAINING = "training"
MIDDLING = "T2"
"""Tier of the towns in which flagships about break even today."""


def layouts(scenario: Scenario, today: Layout) -> Iterator[tuple[str, Layout]]:
    """Yield every layout by name."""
    plan = recommend(scenario).layout
    money = sum(spend.value for spend in plan.incentives)
    free = [c.id for c in scenario.candidates if c.eligible and not c.must_open]
    drawn = np.random.default_rng(SEED).permutation(free).tolist()
    by_sales = sorted(free, key=_alone(scenario).__getitem__, reverse=True)
    yield "planned", plan
    for name, order in (("random", drawn), ("greedy", by_sales)):
        opened = _within_budgets(scenario, order, money)
        yield name, opened.replace(incentives=_in_proportion(scenario, opened, money))
    budget = scenario.goals.incentive_budget
    yield "rebate_only", today.replace(incentives=_in_proportion(scenario, today, budget))
    mask, flows = open_mask(scenario, today), expected_flows(scenario, today)
    mix = allocate(scenario, mask, flows, budget)
    yield "best_mix", today.replace(incentives=_rounded(mix.spend))
    yield "train_tail", today.replace(incentives=tuple(_training(scenario, today)))
    yield "town_flagships", _with_town_flagships(scenario, today)


def _within_budgets(scenario: Scenario, order: Iterable[str], incentives: float) -> Layout:
    """Return what must open, and in this order what else both budgets still hold."""
    goals = scenario.goals
    assert goals.budget is not None
    assert goals.setup_budget is not None
    rows = {c.id: c for c in scenario.candidates}
    opened, once = [c.id for c in scenario.candidates if c.must_open], 0.0
    for name in order:
        more = 0.0 if rows[name].open_today else rows[name].setup_cost
        figures = planned(scenario, Layout.of([*opened, name]))
        weekly = figures.fixed + figures.setup + incentives
        if once + more <= goals.setup_budget and weekly <= goals.budget:
            opened, once = [*opened, name], once + more
    held = sorted(lone_dealers(scenario, opened).items())
    chosen = set(opened)
    return Layout(
        openings=tuple(Opening(c.id) for c in scenario.candidates if c.id in chosen),
        territories=tuple(Territory(partner, zone, True) for zone, partner in held),
    )


def _alone(scenario: Scenario) -> dict[str, float]:
    """Return what each candidate would sell if it were the only one, units per week."""
    return {c.id: planned(scenario, Layout.of([c.id])).units for c in scenario.candidates}


def _in_proportion(scenario: Scenario, layout: Layout, money: float) -> tuple[Spend, ...]:
    """Return money as rebates, or commissions where the goods are not bought, by planned sales."""
    partners = [p.id for p in scenario.partners]
    own = {p.id for p in scenario.partners if p.own}
    title = {t.id for t in scenario.channel_types if t.takes_title}
    units = expected_flows(scenario, layout).by_candidate(len(scenario.candidates))
    sales = dict.fromkeys(partners, 0.0)
    buys: dict[str, bool] = {}
    for c, sold, price in zip(scenario.candidates, units, scenario.columns.price, strict=True):
        sales[c.partner] += float(sold * price) * (c.partner not in own)
        buys[c.partner] = buys.get(c.partner, False) or c.channel_type in title
    total = sum(sales.values())
    shares = (
        (name, "rebate" if buys[name] else "commission", sold / total)
        for name, sold in sales.items()
        if sold > 0
    )
    return _rounded(Spend(name, instrument, money * part) for name, instrument, part in shares)


def _training(scenario: Scenario, layout: Layout) -> Iterator[Spend]:
    """Yield for each partner of the tail the money that teaches most of it within a year."""
    opened = set(layout.open_ids)
    active = {c.partner for c in scenario.candidates if c.id in opened}
    scale = {r.partner: r.scale for r in scenario.responses if r.instrument == TRAINING}
    for partner in scenario.partners:
        if partner.id in active and not partner.own and partner.capability < TAIL:
            yield Spend(partner.id, TRAINING, round(scale[partner.id], 2))


def _with_town_flagships(scenario: Scenario, layout: Layout) -> Layout:
    """Return the layout with a flagship in every middling town with a dealer and without one."""
    opened = set(layout.open_ids)
    towns = (z.id for z in scenario.zones if z.tier == MIDDLING)
    added = tuple(
        Opening(f"flagship-{town}")
        for town in towns
        if f"distributor-{town}" in opened and f"flagship-{town}" not in opened
    )
    return layout.replace(openings=(*layout.openings, *added))


def _rounded(rows: Iterable[Spend]) -> tuple[Spend, ...]:
    return tuple(Spend(r.partner, r.instrument, round(r.value, 2)) for r in rows if r.value >= 0.01)
