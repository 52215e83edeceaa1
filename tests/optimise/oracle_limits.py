"""Limits on who serves whom, worked out from the scenario's fields in plain Python.

Each row says: the sum of coefficients times what is served on the arcs used is at most a number.
"""

import itertools

import numpy as np
from scipy.optimize import linprog


def partner_income(scenario, candidate, kind) -> float:
    """Money that an independent partner keeps of a unit; contracts are rebates of a type."""
    price = kind.price if candidate.price is None else candidate.price
    paid = _paid(candidate, kind)
    bought, buy = paid is not None, price if paid is None else paid
    rebate = 0.0
    for row in sorted(scenario.contracts, key=lambda r: r.attainment_from):
        if row.channel_type == kind.id and row.attainment_from <= 1.0:
            rebate = row.rate * buy
    held = scenario.economics.holding_rate * kind.stock_weeks * buy if bought else 0.0
    return price - buy + rebate - price * kind.selling_cost_rate - held


def _paid(candidate, kind):
    return kind.wholesale_price if candidate.wholesale_price is None else candidate.wholesale_price


def rules_hold(every, is_open) -> bool:
    """Whether what is open may be open together."""
    scenario, goals = every.scenario, every.scenario.goals
    rows = list(zip(every.candidates, every.kinds, is_open, strict=True))
    opened = [c for c, _, live in rows if live]
    independent = set(_independent(scenario))
    theirs = [c for c in opened if c.partner in independent]
    changed = sum(c.open_today != live for c, _, live in rows)
    if goals.max_changes is not None and changed > goals.max_changes:
        return False
    if goals.within_span:
        heads, span = scenario.policy.sales_heads, scenario.policy.span_of_control
        if len({c.partner for c in theirs}) > heads * span + 1e-9:
            return False
    if goals.min_compliance is not None and theirs:
        aligned = {p.id: p.alignment for p in scenario.partners}
        mean = sum(aligned[c.partner] for c in theirs) / len(theirs)
        if mean < goals.min_compliance - 1e-9:
            return False
    if goals.diversion_proof and _goods_move(every, is_open):
        return False
    present = {c.id for c in opened} | {c.partner for c in opened}
    for pair in scenario.pairs:
        one, other = pair.first in present, pair.second in present
        if one and (other if pair.kind == "incompatible" else not other):
            return False
    return all(_count_holds(scenario, rule, opened) for rule in scenario.count_rules)


def _count_holds(scenario, rule, opened) -> bool:
    region = {z.id: z.region for z in scenario.zones}
    here = [c for c in opened if not rule.region or region.get(c.zone) == rule.region]
    count = sum(not rule.channel_type or c.channel_type == rule.channel_type for c in here)
    if count < rule.least or (rule.most is not None and count > rule.most):
        return False
    per = sum(c.channel_type == rule.per for c in here)
    return rule.ratio is None or count <= rule.ratio * per + 1e-9


def _goods_move(every, is_open) -> bool:
    scenario, policy = every.scenario, every.scenario.policy
    independent = set(_independent(scenario))
    zone = {z.id: row for row, z in enumerate(scenario.zones)}
    able = [
        j
        for j, (c, kind) in enumerate(zip(every.candidates, every.kinds, strict=True))
        if is_open[j] and c.zone and c.partner in independent and _paid(c, kind) is not None
    ]
    for i in able:
        for j in able:
            a, b = every.candidates[i], every.candidates[j]
            if a.partner == b.partner:
                continue
            week = sum(arc.total for arc in every.arcs if arc.site == j)
            week = week if b.capacity is None else min(week, b.capacity)
            if not week:
                continue
            freight = scenario.market.freight_per_km * every.km[zone[b.zone]][i]
            fine = policy.audit_probability * policy.detection * policy.fine / week
            gap = _paid(b, every.kinds[j]) - _paid(a, every.kinds[i])
            if gap > freight + fine:
                return True
    return False


def serving_rows(every, is_open, used, today=None):
    """Yield each limit on who serves whom as coefficients by arc used, and the most.

    `today` is what today's layout earns the maker and partners; by default as the maker assigns.
    """
    scenario, goals = every.scenario, every.scenario.goals
    if goals.participation:
        for partner in _independent(scenario):
            wanted, fixed = [], 0.0
            for c, live in zip(every.candidates, is_open, strict=True):
                if live and c.partner == partner:
                    fixed += c.partner_fixed_cost + c.reservation_profit
            for arc in used:
                c, kind = every.candidates[arc.site], every.kinds[arc.site]
                price = kind.price if c.price is None else c.price
                each = partner_income(scenario, c, kind) - c.reservation_rate * price
                wanted.append(-each * arc.total if arc.partner == partner else 0.0)
            yield wanted, -fixed
    if goals.no_worse_than_today:
        maker, partners = today or _today(every)
        yield [-arc.value for arc in used], -maker - every.charge(is_open)
        for partner, least in partners.items():
            yield _minus_income(every, used, partner), -least - _fixed(every, is_open, partner)
    for j, (c, live) in enumerate(zip(every.candidates, is_open, strict=True)):
        if live and c.min_volume:
            yield [-arc.total if arc.site == j else 0.0 for arc in used], -c.min_volume
    for partner in scenario.partners:
        present = any(
            live and c.partner == partner.id
            for c, live in zip(every.candidates, is_open, strict=True)
        )
        if present and partner.min_volume:
            least = -partner.min_volume
            yield [-arc.total if arc.partner == partner.id else 0.0 for arc in used], least
    if goals.min_share:
        occasions = sum(
            z.population * z.awareness * z.shares.get(g.id, g.share) * g.purchase_rate
            for z in scenario.zones
            for g in scenario.segments
        )
        yield [-arc.total for arc in used], -goals.min_share * occasions


def _independent(scenario):
    return [p.id for p in scenario.partners if not p.own]


def _fixed(every, is_open, partner) -> float:
    rows = zip(every.candidates, is_open, strict=True)
    return sum(c.partner_fixed_cost for c, live in rows if live and c.partner == partner)


def _minus_income(every, used, partner):
    return [
        -partner_income(every.scenario, every.candidates[arc.site], every.kinds[arc.site])
        * arc.total
        * (arc.partner == partner)
        for arc in used
    ]


def _today(every) -> tuple[float, dict[str, float]]:
    """What today's layout earns the maker and each independent partner open today."""
    is_open = [c.open_today for c in every.candidates]
    used = [arc for arc in every.arcs if is_open[arc.site]]
    earned, shares = best_served(every, used, ())
    return earned - every.charge(is_open), earned_by_partners(every, is_open, used, shares)


def earned_by_partners(every, is_open, used, shares) -> dict[str, float]:
    """Return what independent partners with something open earn from shares of the arcs used."""
    partners = {c.partner for c, live in zip(every.candidates, is_open, strict=True) if live}
    names = [name for name in _independent(every.scenario) if name in partners]
    income = {name: -np.dot(_minus_income(every, used, name), shares) for name in names}
    return {name: income[name] - _fixed(every, is_open, name) for name in names}


def hangs_together(every, holders) -> bool:
    """Whether each partner's zones can all be reached from one of them by short steps."""
    scenario, step = every.scenario, every.scenario.goals.contiguous_km
    if step is None:
        return True
    for partner in set(holders) - {""}:
        zones = {z for z, holder in enumerate(holders) if holder == partner}
        seen, new = set(), {min(zones)}
        while new:
            seen |= new
            new = {
                z
                for z in zones - seen
                if any(every.road(scenario.zones[z], scenario.zones[n]) <= step for n in seen)
            }
        if seen != zones:
            return False
    return True


def sourcings(every, used):
    """Yield the arcs used for each way to give every zone one physical source; else all of them."""
    if not every.scenario.goals.single_source:
        yield used
        return
    zones = sorted({arc.zone for arc in used if not arc.online})
    online = [arc for arc in used if arc.online]
    here = [[arc for arc in used if arc.zone == z and not arc.online] for z in zones]
    for chosen in itertools.product(*here):
        yield sorted([*online, *chosen], key=lambda arc: (arc.zone, arc.site))


def balance_rows(every, used):
    """Yield for each partner with a zone: its sales there less its part of all are at most 0."""
    within = every.scenario.goals.max_imbalance
    partners = sorted({arc.partner for arc in used if not arc.online})
    for partner in partners if within is not None else ():
        part = (1 + within) / len(partners)
        row = [((arc.partner == partner) - part) * arc.total for arc in used]
        yield [0.0 if arc.online else cell for arc, cell in zip(used, row, strict=True)], 0.0


def best_served(every, used, limits):
    """Return what the best assignment on the arcs used earns, and its shares; None if none."""
    limits = list(limits)
    if not used:
        return None if any(most < -1e-9 for _, most in limits) else (0.0, [])
    nodes = sorted({arc.node for arc in used})
    rows = [[float(arc.node == node) for arc in used] for node in nodes]
    most = [1.0] * len(nodes)
    for j, c in enumerate(every.candidates):
        if c.capacity is not None:
            rows.append([arc.total if arc.site == j else 0.0 for arc in used])
            most.append(c.capacity)
    rows += [row for row, _ in limits]
    most += [limit + 1e-9 * abs(limit) for _, limit in limits]
    value = np.array([arc.value for arc in used])
    found = linprog(-value, A_ub=np.array(rows), b_ub=most, bounds=(0, None))
    return (-found.fun, found.x.tolist()) if found.status == 0 else None
