"""The layout problem as a mixed-integer program.

Nodes n, candidates j with partner f(j) and type k(j), arcs (n, j), pairs (j, i) of candidates of
different partners, groups g of zones covered by the same candidates.

    open_j      in {0, 1}   candidate j is open
    serve_nj    in [0, 1]   share of node n that j serves
    covered_g   in [0, 1]   group g has an open candidate within the standard
    both_ji     in [0, 1]   j and i are both open
    conflict    free        the conflict index: the largest of its pieces r
    holds_nf    in {0, 1}   partner f holds the territory of node n
    engaged_f   in [0, 1]   partner f has something open

    maximise   sum v_nj serve_nj - sum F_j open_j - constant
               - price x conflict - price x sum u_nf holds_nf

    assign           sum_j serve_nj <= 1                           (= 1 if all must be served)
    link             serve_nj <= open_j
    capacity         sum_n a_nj serve_nj <= q_j open_j             where it can bind
    supply           sum a_nj serve_nj <= Q
    must_open        open_j = 1
    stay_shut        open_j = 0
    type_min         sum_{k(j) = k} open_j >= least_k
    type_max         sum_{k(j) = k} open_j <= most_k
    max_open         sum open_j <= most
    budget           sum F_j open_j + constant + sum m_f engaged_f <= B
    setup_budget     sum S_j open_j <= B0
    engaged          open_j <= engaged_f(j)                        where the least spend m_f > 0
    least_spend      sum m_f engaged_f <= incentive budget
    coverage_floor   sum d_g covered_g >= alpha D
    covered          covered_g <= sum_j open_j within the standard
    both_open        both_ji >= open_j + open_i - 1                where some h_ji > 0
    either_open      both_ji <= open_j, both_ji <= open_i          where some h_ji < 0, a synergy
    conflict_index   c + sum h_j open_j + sum h_ji both_ji <= conflict           for each piece r
    conflict_cap     conflict <= kappa
    one_holder       sum_f holds_nf <= 1
    territory        sum_{f(j) = f} serve_nj <= holds_nf
    foreign_cap      sum u_nf holds_nf <= U                        where foreign sales count
    excluded         sum_{j in E} (1 - open_j) + sum_{j not in E} open_j >= 1    for layouts E

Every constraint above is one function of its name here, with a golden file of that name.
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from pulp import LpAffineExpression, LpVariable, lpSum_vars_coefs

from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_variables import LayoutProblem, contested, variables

type Row = tuple[str, LpAffineExpression]


def build(
    inputs: LayoutInputs,
    conflict: ConflictTerms | None = None,
    constraints: Iterable[str] | None = None,
    *,
    profit: bool = True,
) -> LayoutProblem:
    """Return the layout problem of some inputs.

    Parameters
    ----------
    conflict
        What conflict costs or may not exceed; nothing by default.
    constraints
        Names of the constraints to build; all by default.
    profit
        Whether the objective counts profit; without it, only the price of conflict is left.
    """
    model = variables(inputs, conflict)
    charged = _price_of_conflict(model) + _price_of_foreign_sales(model)
    model.problem.setObjective(_profit(model) * float(profit) - charged)
    for name in CONSTRAINTS if constraints is None else constraints:
        for row, expression in CONSTRAINTS[name](model):
            model.problem.addConstraint(expression, row)
    return model


def _sum(variables: Iterable[LpVariable], weights: Iterable[float]) -> LpAffineExpression:
    return lpSum_vars_coefs((v, w) for v, w in zip(variables, weights, strict=True) if w)


def _ones(variables: Iterable[LpVariable]) -> LpAffineExpression:
    return lpSum_vars_coefs((v, 1.0) for v in variables)


def _profit(model: LayoutProblem) -> LpAffineExpression:
    inputs = model.inputs
    earned = _sum(model.serve, inputs.arcs.value.tolist())
    return earned - _sum(model.open, inputs.sites.charge.tolist()) - inputs.sites.constant


def _price_of_conflict(model: LayoutProblem) -> LpAffineExpression:
    if model.conflict is None or model.level is None or not model.conflict.price:
        return LpAffineExpression.empty()
    return lpSum_vars_coefs([(model.level, model.conflict.price)])


def _price_of_foreign_sales(model: LayoutProblem) -> LpAffineExpression:
    foreign = model.inputs.limits.foreign
    if foreign is None or not foreign.price:
        return LpAffineExpression.empty()
    return _foreign_units(model) * foreign.price


def _foreign_units(model: LayoutProblem) -> LpAffineExpression:
    foreign = model.inputs.limits.foreign
    if foreign is None:
        return LpAffineExpression.empty()
    units = foreign.units
    return _sum(model.holds.values(), [units[key].item() for key in model.holds])


def _by_node(model: LayoutProblem) -> Iterator[tuple[int, slice]]:
    arcs = model.inputs.arcs
    start = np.searchsorted(arcs.node, np.arange(arcs.nodes + 1)).tolist()
    for node in range(arcs.nodes):
        yield node, slice(start[node], start[node + 1])


def assign(model: LayoutProblem) -> Iterator[Row]:
    """Serve no more of a node than there is."""
    for node, here in _by_node(model):
        total = _ones(model.serve[here])
        if model.inputs.serve_all:
            yield f"assign_{node}", total == 1
        elif here.stop - here.start > 1:
            yield f"assign_{node}", total <= 1


def link(model: LayoutProblem) -> Iterator[Row]:
    """Serve only from what is open."""
    arcs = model.inputs.arcs
    sites = arcs.site.tolist()
    for row, (serve, site) in enumerate(zip(model.serve, sites, strict=True)):
        yield f"link_{row}", lpSum_vars_coefs(((serve, 1.0), (model.open[site], -1.0))) <= 0


def capacity(model: LayoutProblem) -> Iterator[Row]:
    """Sell no more than the capacity of what is open, where demand could exceed it."""
    arcs, most = model.inputs.arcs, model.inputs.sites.capacity
    total = np.bincount(arcs.site, arcs.units, minlength=len(most))
    order = np.argsort(arcs.site, kind="stable")
    start = np.searchsorted(arcs.site[order], np.arange(len(most) + 1))
    for site in np.flatnonzero(total > most).tolist():
        here = order[start[site] : start[site + 1]]
        used = _sum((model.serve[m] for m in here.tolist()), arcs.units[here].tolist())
        yield f"capacity_{site}", used - most[site].item() * model.open[site] <= 0


def supply(model: LayoutProblem) -> Iterator[Row]:
    """Sell no more than the maker can deliver."""
    most, units = model.inputs.limits.supply, model.inputs.arcs.units
    if most is not None and len(units):
        yield "supply", _sum(model.serve, units.tolist()) <= most


def must_open(model: LayoutProblem) -> Iterator[Row]:
    """Open what every plan must open."""
    for site in np.flatnonzero(model.inputs.sites.must_open).tolist():
        yield f"must_open_{site}", model.open[site] + 0 == 1


def stay_shut(model: LayoutProblem) -> Iterator[Row]:
    """Leave shut what is not eligible, gives too little service or must close."""
    for site in np.flatnonzero(model.inputs.sites.shut).tolist():
        yield f"stay_shut_{site}", model.open[site] + 0 == 0


def _of_kind(model: LayoutProblem, kind: int) -> LpAffineExpression:
    return _ones(model.open[j] for j in np.flatnonzero(model.inputs.sites.kind == kind).tolist())


def type_min(model: LayoutProblem) -> Iterator[Row]:
    """Open at least so many of a channel type."""
    for kind, least in enumerate(model.inputs.limits.type_min.tolist()):
        if least > 0:
            yield f"type_min_{kind}", _of_kind(model, kind) >= least


def type_max(model: LayoutProblem) -> Iterator[Row]:
    """Open at most so many of a channel type."""
    for kind, most in enumerate(model.inputs.limits.type_max.tolist()):
        if np.isfinite(most):
            yield f"type_max_{kind}", _of_kind(model, kind) <= most


def max_open(model: LayoutProblem) -> Iterator[Row]:
    """Open at most so many candidates."""
    most = model.inputs.limits.max_open
    if most is not None:
        yield "max_open", _ones(model.open) <= most


def budget(model: LayoutProblem) -> Iterator[Row]:
    """Spend no more per week on fixed cost, set-up, closing and least incentives."""
    inputs, most = model.inputs, model.inputs.limits.budget
    if most is not None:
        spent = _sum(model.open, inputs.sites.charge.tolist()) + _least_spend(model)
        yield "budget", spent <= most - inputs.sites.constant


def setup_budget(model: LayoutProblem) -> Iterator[Row]:
    """Spend no more once on opening what is not open today."""
    most = model.inputs.limits.setup_budget
    if most is not None:
        yield "setup_budget", _sum(model.open, model.inputs.sites.setup_once.tolist()) <= most


def _least_spend(model: LayoutProblem) -> LpAffineExpression:
    least = model.inputs.limits.least_spend
    return _sum(model.engaged.values(), [least[f].item() for f in model.engaged])


def engaged(model: LayoutProblem) -> Iterator[Row]:
    """Count a partner as engaged when anything of its is open."""
    for site, partner in enumerate(model.inputs.sites.partner.tolist()):
        if partner in model.engaged:
            yield f"engaged_{site}", model.open[site] - model.engaged[partner] <= 0


def least_spend(model: LayoutProblem) -> Iterator[Row]:
    """Keep the least spend of engaged partners within the incentive budget."""
    if model.engaged:
        yield "least_spend", _least_spend(model) <= model.inputs.limits.incentive_budget


def coverage_floor(model: LayoutProblem) -> Iterator[Row]:
    """Cover at least the floor."""
    cover = model.inputs.limits.coverage
    if cover is not None:
        # with no demand at all, nothing can be covered: 0 >= floor then says so
        least = cover.least * cover.total if cover.total > 0 else cover.least
        yield "coverage_floor", _sum(model.covered, cover.demand.tolist()) >= least


def covered(model: LayoutProblem) -> Iterator[Row]:
    """Count a group as covered only with something open within the standard."""
    cover = model.inputs.limits.coverage
    if cover is None:
        return
    start = np.searchsorted(cover.group, np.arange(len(cover.demand) + 1))
    for group, variable in enumerate(model.covered):
        near = cover.site[start[group] : start[group + 1]].tolist()
        yield f"covered_{group}", variable - _ones(model.open[j] for j in near) <= 0


def both_open(model: LayoutProblem) -> Iterator[Row]:
    """Count a pair in conflict as open together when both are."""
    for (a, b), both in model.both.items():
        if model.conflict is not None and model.conflict.signs[a, b].conflict:
            total = lpSum_vars_coefs(((model.open[a], 1.0), (model.open[b], 1.0), (both, -1.0)))
            yield f"both_open_{a}_{b}", total <= 1


def either_open(model: LayoutProblem) -> Iterator[Row]:
    """Count a synergy only when both are open."""
    for (a, b), both in model.both.items():
        if model.conflict is not None and model.conflict.signs[a, b].synergy:
            yield f"either_open_{a}_{b}_a", both - model.open[a] <= 0
            yield f"either_open_{a}_{b}_b", both - model.open[b] <= 0


def conflict_index(model: LayoutProblem) -> Iterator[Row]:
    """Set the conflict index to the largest of its pieces, at least."""
    if model.conflict is None or model.level is None:
        return
    for piece, pairs in enumerate(model.conflict.pieces):
        alone = _sum(model.open, pairs.alone.tolist())
        both = [model.both[a, b] for a, b in pairs.sites.tolist()]
        total = alone + _sum(both, pairs.weight.tolist()) - model.level
        yield f"conflict_index_{piece}", total <= -pairs.constant


def conflict_cap(model: LayoutProblem) -> Iterator[Row]:
    """Keep the conflict index within its cap."""
    if model.conflict is not None and model.level is not None and model.conflict.cap is not None:
        yield "conflict_cap", model.level + 0 <= model.conflict.cap


def one_holder(model: LayoutProblem) -> Iterator[Row]:
    """Let one partner hold a territory."""
    by_node: dict[int, list[LpVariable]] = {}
    for (node, _), variable in model.holds.items():
        by_node.setdefault(node, []).append(variable)
    for node, rivals in by_node.items():
        yield f"one_holder_{node}", _ones(rivals) <= 1


def territory(model: LayoutProblem) -> Iterator[Row]:
    """Let only the holder of a territory serve it."""
    if not model.holds:
        return
    for node, partners in contested(model.inputs):
        for partner, arcs in partners.items():
            total = _ones(model.serve[m] for m in arcs.tolist())
            yield f"territory_{node}_{partner}", total - model.holds[node, partner] <= 0


def foreign_cap(model: LayoutProblem) -> Iterator[Row]:
    """Divide the territories so that no more is sold from outside into another's."""
    foreign = model.inputs.limits.foreign
    if foreign is not None and np.isfinite(foreign.most):
        yield "foreign_cap", _foreign_units(model) <= foreign.most


def excluded(model: LayoutProblem) -> Iterator[Row]:
    """Open none of the layouts that are ruled out."""
    for row, is_open in enumerate(model.inputs.limits.excluded):
        sign = np.where(is_open, -1.0, 1.0).tolist()
        yield f"excluded_{row}", _sum(model.open, sign) >= 1.0 - float(is_open.sum())


CONSTRAINTS: dict[str, Callable[[LayoutProblem], Iterator[Row]]] = {
    rule.__name__: rule
    for rule in (
        assign,
        link,
        capacity,
        supply,
        must_open,
        stay_shut,
        type_min,
        type_max,
        max_open,
        budget,
        setup_budget,
        engaged,
        least_spend,
        coverage_floor,
        covered,
        both_open,
        either_open,
        conflict_index,
        conflict_cap,
        one_holder,
        territory,
        foreign_cap,
        excluded,
    )
}
