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
    outside_n   in [0, 1]   share of node n that buys elsewhere      where consumers choose
    away_j, short   >= 0    units that j, and the maker, turn away   where consumers choose
    sole_nj     in {0, 1}   j is the one source of node n
    root_nf     in {0, 1}   flow over the territory of f springs from node n
    spring_nf   >= 0        how much of it; flow_nmf >= 0 goes from node n to its neighbour m
    works_f     in {0, 1}   partner f serves some territory
    mean        >= 0        mean workload of those that do, at most; part_f >= 0 is f's, or less
                            where it serves none

    maximise   sum v_nj serve_nj - sum F_j open_j - constant
               - price x conflict - price x sum u_nf holds_nf
               - sum l_j away_j - l short             where consumers choose, l the least unit value

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
    engaged          open_j <= engaged_f(j)                        where some limit counts f
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
    shares           outside_n + sum_j serve_nj = 1
    chosen_open      g_nj wL open_j <= serve_nj <= g_nj wU open_j
    chosen_odds      wL (1 - open_j) <= outside_n - serve_nj / g_nj <= wU (1 - open_j)
    tangent          outside_n >= 2 a - a^2 (1 + sum_j g_nj open_j)              for shares a
    perspective      serve_nj / g_nj >= 2 a open_j - a^2 (1 + sum_i g_ni open_i)
    turned_away      sum_n a_nj serve_nj - q_j open_j <= away_j <= e_j open_j
    diversion_proof  open_j + open_i <= 1                  where w_i - w_j > tau_ji + pi phi / a_i
    incompatible     open_j + open_i <= 1                  for j of one side, i of the other
    requires         open_j <= sum open_i                  for j of one side, over i of the other
    count_least      sum_{k(j) = k, j in region} open_j >= least
    count_most       sum_{k(j) = k, j in region} open_j <= most
    count_ratio      sum_{k(j) = k, j in region} open_j <= ratio x sum_{k(j) = per} open_j
    within_span      sum engaged_f <= span x heads         over independent f
    max_changes      sum_{j open today} (1 - open_j) + sum_{others} open_j <= most
    compliance       sum (alignment_f(j) - least) open_j >= 0                    likewise
    participation    sum_{f(j) = f} e_nj serve_nj - sum_{f(j) = f} c_j open_j >= 0       reservation
    no_worse         sum_{f(j) = f} e_nj serve_nj - sum_{f(j) = f} c_j open_j >= today_f
    maker_no_worse   sum v_nj serve_nj - sum F_j open_j - constant >= today
    min_volume       sum_n a_nj serve_nj >= l_j open_j
    partner_volume   sum_{f(j) = f} a_nj serve_nj >= l_f engaged_f
    min_share        sum a_nj serve_nj >= share x occasions
    sole_source      serve_nj <= sole_nj                            where a node has one source
    one_source       sum_j sole_nj <= 1
    one_root         sum_n root_nf <= 1                             where territories hang together
    from_root        spring_nf <= N_f root_nf
    kept_flow        spring_nf + sum_m flow_mnf - sum_m flow_nmf = holds_nf       over neighbours
    held_flow        spring_nf + sum_m flow_mnf <= N_f holds_nf
    works            W_f <= U_f works_f        W_f = sum_{f(j) = f} a_nj serve_nj over territories
    balance          W_f <= (1 + b) part_f
    part_most       part_f <= mean
    mean_part        mean - part_f <= max U (1 - works_f)
    mean_workload    sum part_f <= sum W_f
    excluded         sum_{j in E} (1 - open_j) + sum_{j not in E} open_j >= 1    for layouts E

Where the planner assigns demand, `assign`, `link` and `capacity` say who serves whom. Where
consumers choose, `shares` to `turned_away` do, with g the odds against buying elsewhere, w the
bounds on outside_n (`chosen`) and e_j the most that j can turn away; away and short then count off
the units in `supply`. Those turned away are charged at the least that they could have brought, so
that a bound on the objective stays one.

Every constraint above is one function of its name under `constraints`, with a golden file of its
name.
"""

from collections.abc import Callable, Iterable, Iterator

from pulp import LpAffineExpression, lpSum_vars_coefs

from channelsim.optimise.chosen import Chosen
from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.constraints import (
    choosing,
    coverage,
    earnings,
    holding,
    money,
    openings,
    serving,
    shape,
    together,
    volume,
)
from channelsim.optimise.constraints import conflict as conflicts
from channelsim.optimise.constraints.expressions import Row, weighted
from channelsim.optimise.constraints.holding import foreign_units
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.layout_variables import LayoutProblem, variables


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


def _profit(model: LayoutProblem) -> LpAffineExpression:
    inputs = model.inputs
    earned = weighted(model.serve, inputs.arcs.value.tolist())
    open_ = weighted(model.open, inputs.sites.charge.tolist())
    return earned - open_ - inputs.sites.constant - _turned_away(model)


def _turned_away(model: LayoutProblem) -> LpAffineExpression:
    """Return the least that those who are turned away would have brought."""
    if not model.away and not model.short:
        return LpAffineExpression.empty()
    least, sites = Chosen.of(model.inputs).least_value, model.inputs.arcs.site
    lost = weighted(model.away.values(), [least[j].item() for j in model.away])
    each = float(least[sites].min()) if len(sites) else 0.0
    return lost + weighted(model.short, [each] * len(model.short))


def _price_of_conflict(model: LayoutProblem) -> LpAffineExpression:
    if model.conflict is None or model.level is None or not model.conflict.price:
        return LpAffineExpression.empty()
    return lpSum_vars_coefs([(model.level, model.conflict.price)])


def _price_of_foreign_sales(model: LayoutProblem) -> LpAffineExpression:
    foreign = model.inputs.limits.foreign
    if foreign is None or not foreign.price:
        return LpAffineExpression.empty()
    return foreign_units(model) * foreign.price


_SERVING = (
    earnings.participation,
    earnings.no_worse,
    earnings.maker_no_worse,
    volume.min_volume,
    volume.partner_volume,
    volume.min_share,
    shape.sole_source,
    shape.one_source,
    shape.one_root,
    shape.from_root,
    shape.kept_flow,
    shape.held_flow,
    shape.works,
    shape.balance,
    shape.part_most,
    shape.mean_part,
    shape.mean_workload,
)
"""What limits who serves whom (`serving_limits`)."""

CONSTRAINTS: dict[str, Callable[[LayoutProblem], Iterator[Row]]] = {
    rule.__name__: rule
    for rule in (
        serving.assign,
        serving.link,
        serving.capacity,
        serving.supply,
        openings.must_open,
        openings.stay_shut,
        openings.type_min,
        openings.type_max,
        openings.max_open,
        money.budget,
        money.setup_budget,
        money.engaged,
        money.least_spend,
        coverage.coverage_floor,
        coverage.covered,
        conflicts.both_open,
        conflicts.either_open,
        conflicts.conflict_index,
        conflicts.conflict_cap,
        holding.one_holder,
        holding.territory,
        holding.foreign_cap,
        choosing.shares,
        choosing.chosen_open,
        choosing.chosen_odds,
        choosing.tangent,
        choosing.perspective,
        choosing.turned_away,
        together.diversion_proof,
        together.incompatible,
        together.requires,
        together.count_least,
        together.count_most,
        together.count_ratio,
        together.within_span,
        together.max_changes,
        together.compliance,
        *_SERVING,
        openings.excluded,
    )
}

SERVING_LIMITS = tuple(rule.__name__ for rule in _SERVING)
"""Names of the constraints on who serves whom (`serving_limits`)."""
