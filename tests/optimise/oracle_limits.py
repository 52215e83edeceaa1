"""Limits on who serves whom, worked out from the scenario's fields in plain Python.

Each row says: the sum of coefficients times what is served on the arcs used is at most a number.
"""

import numpy as np
from scipy.optimize import linprog


def partner_income(scenario, candidate, kind) -> float:
    """Money that an independent partner keeps of a unit; contracts are rebates of a type."""
    price = kind.price if candidate.price is None else candidate.price
    bought = kind.wholesale_price is not None
    buy = kind.wholesale_price if bought else price
    rebate = 0.0
    for row in sorted(scenario.contracts, key=lambda r: r.attainment_from):
        if row.channel_type == kind.id and row.attainment_from <= 1.0:
            rebate = row.rate * buy
    held = scenario.economics.holding_rate * kind.stock_weeks * buy if bought else 0.0
    return price - buy + rebate - price * kind.selling_cost_rate - held


def serving_rows(every, is_open, used):
    """Yield each limit on who serves whom as coefficients by arc used, and the most."""
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
        maker, partners = _today(every)
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
    partners = {c.partner for c in every.candidates if c.open_today}
    names = [name for name in _independent(every.scenario) if name in partners]
    earned, shares = best_served(every, used, ())
    maker = earned - every.charge(is_open)
    income = {name: -np.dot(_minus_income(every, used, name), shares) for name in names}
    return maker, {name: income[name] - _fixed(every, is_open, name) for name in names}


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
