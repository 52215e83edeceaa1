"""The best layout under every limit, the conflict cap included.

1. Solve without conflict. If that layout holds the cap and conflict has no price, it is the answer
   (where consumers choose: if its own profit is within the gap of the bound).
2. Look at layouts from the best down, on the measure of conflict itself (`ranked`). Where the
   candidates are few, that ends with the proven best, or with the proof that there is none.
3. Else search by the conflict index (`surrogate`). The bound of step 2 holds for what that finds.
"""

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from channelsim.optimise.choice_nodes import Nodes
from channelsim.optimise.conflict_pairs import ConflictTerms
from channelsim.optimise.division import divide
from channelsim.optimise.layout_inputs import LayoutInputs
from channelsim.optimise.plan import Plan, SolveLimits
from channelsim.optimise.ranked import Ranking, better, proven, rank
from channelsim.optimise.search import Search
from channelsim.optimise.surrogate import search_by_index, terms_around

if TYPE_CHECKING:
    from channelsim.domain.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Settled:
    """The best plan, or how close one came."""

    plan: Plan | None
    """The best plan that meets every limit, if one was found."""
    status: str
    """Status of the search: that of the plan, or infeasible or no_solution."""
    terms: ConflictTerms | None = None
    """The conflict terms that nothing met."""
    least_conflict: float = math.nan
    """The least planned conflict found where the cap was not met."""


def settle(
    scenario: "Scenario", inputs: LayoutInputs, nodes: Nodes, limits: SolveLimits
) -> Settled:
    """Return the best layout that meets all limits."""
    search = Search(scenario, inputs, nodes, limits)
    free = search.find()
    if not isinstance(free, Plan):
        return Settled(None, free.status)
    if _answers(search, free):
        return Settled(free, free.status)
    ranking = rank(search, free)
    best, least, lowest = ranking.best, ranking.least, ranking.least_conflict
    impossible = math.isinf(ranking.bound) and ranking.bound < 0
    minds = scenario.goals.max_conflict is not None or scenario.goals.conflict_price > 0
    if minds and not impossible and not proven(best, ranking.bound, limits.gap):
        found, nearest = search_by_index(search, free)
        best, reached = better(best, found), divide(search, nearest).least
        if reached < lowest:
            least, lowest = nearest, reached
    if best is None:
        status = "infeasible" if impossible else "no_solution"
        return Settled(None, status, terms_around(search, least), lowest)
    return _settled(best, ranking, limits)


def _answers(search: Search, free: Plan) -> bool:
    """Whether the best plan without conflict is the answer: it holds the cap, and is the best.

    Where consumers choose, the layout problem may flatter a plan that turns some away.
    """
    if search.scenario.goals.conflict_price or not free.holds_cap:
        return False
    assigned = search.inputs.arcs.odds is None
    return assigned or proven(free, free.bound, search.limits.gap)


def _settled(plan: Plan, ranking: Ranking, limits: SolveLimits) -> Settled:
    bound = max(ranking.bound, plan.objective)
    status = "optimal" if proven(plan, bound, limits.gap) else "feasible"
    return Settled(replace(plan, status=status, bound=bound), status)
