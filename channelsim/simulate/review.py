"""A review week: the maker judges its partners, audits those who may divert, settles conflicts."""

import numpy as np

from channelsim.domain.columns import Bools
from channelsim.domain.policy import Policy
from channelsim.simulate.firms import Standing
from channelsim.simulate.ledger import MAKER, SERVICES, Ledger
from channelsim.simulate.rules import diversion, governance, relationship
from channelsim.simulate.streams import Purpose, Streams
from channelsim.simulate.trade import Firms


def judge(standing: Standing) -> None:
    """Sort partners into tiers by what they sold of their quota since the last review."""
    quota = standing.reviewed_quota
    reached = np.divide(standing.reviewed_units, quota, out=np.ones_like(quota), where=quota > 0)
    standing.reached = reached
    standing.tier = governance.tiers(reached)
    standing.reviewed_units[:] = 0.0
    standing.reviewed_quota[:] = 0.0


def audit(
    standing: Standing, firms: Firms, policy: Policy, ledger: Ledger, streams: Streams, week: int
) -> float:
    """Fine those whose diversion since the last review is found; return the fines, money."""
    luck = streams.uniform(Purpose.AUDIT, week, firms.key)
    found = diversion.found(luck, policy.audit_probability, policy.review_weeks)
    fined = found & (standing.diverted > 0) & ~firms.own
    fines = np.where(fined, policy.fine, 0.0)
    ledger.pay("fine", ledger.account, MAKER, fines)
    standing.diverted[:] = 0.0
    return float(fines.sum())


def mediate(standing: Standing, firms: Firms, policy: Policy, ledger: Ledger) -> float:
    """Settle the conflicts that have become cases, if the policy pays for it; return the cost."""
    if policy.mediation_cost == 0:
        return 0.0
    excess = relationship.excess(standing.grievance, standing.usual)
    case: Bools = governance.cases(excess, standing.active & ~firms.own)
    standing.trust = governance.mediated(standing.trust, firms.reputation, case)
    cost = float(case.sum()) * policy.mediation_cost
    ledger.pay("mediation", MAKER, SERVICES, cost)
    return cost
