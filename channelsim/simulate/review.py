"""A review week: the maker judges its partners, audits those who may divert, settles conflicts.

Every week cases taken up come nearer to their settlement, and idle partners apply for places that
others have left.
"""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats
from channelsim.domain.policy import Policy
from channelsim.simulate import opening, recruiting
from channelsim.simulate.contracts import Contracts
from channelsim.simulate.firms import Standing
from channelsim.simulate.governed import Governed
from channelsim.simulate.ledger import MAKER, SERVICES, Ledger
from channelsim.simulate.rules import diversion, governance, relationship, resolution
from channelsim.simulate.scorecard import Scorecard
from channelsim.simulate.streams import Purpose, Streams
from channelsim.simulate.trade import Firms

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


def govern(channel: "Channel") -> float:
    """Do the week's governance, and return what it costs the maker less fines, money."""
    standing, firms, governed = channel.standing, channel.firms, channel.governed
    policy, ledger, week = channel.case.policy, channel.ledger, channel.week
    reviewing = week > 0 and week % policy.review_weeks == 0
    if reviewing:
        judge(standing, channel.scorecard, policy, governed, firms)
    cost = mediate(standing, firms, policy, ledger, governed, reviewing)
    if reviewing:
        cost -= audit(
            standing, firms, policy, ledger, channel.streams, week, governed, channel.contracts
        )
        opening.dismiss(
            channel,
            governance.ended(governed.bad, policy.terminate_after, _judged(standing, firms)),
        )
    return cost + recruiting.recruit(channel)


def judge(
    standing: Standing, card: Scorecard, policy: Policy, governed: Governed, firms: Firms
) -> None:
    """Score partners on what they did since the last review, and sort them into tiers."""
    quota = standing.reviewed_quota
    reached = np.divide(standing.reviewed_units, quota, out=np.ones_like(quota), where=quota > 0)
    standing.reached = reached
    governed.score = governance.score(card.criteria(reached), policy.score_weights)
    standing.tier = governance.tiers(governed.score)
    judged = _judged(standing, firms) & (quota > 0)
    governed.bad = governance.bad_reviews(governed.bad, standing.tier, judged)
    standing.reviewed_units[:] = 0.0
    standing.reviewed_quota[:] = 0.0


def audit(
    standing: Standing,
    firms: Firms,
    policy: Policy,
    ledger: Ledger,
    streams: Streams,
    week: int,
    governed: Governed,
    contracts: Contracts,
) -> float:
    """Fine those whose diversion since the last review is found; return the fines, money."""
    luck = streams.uniform(Purpose.AUDIT, week, firms.key)
    found = diversion.found(luck, policy.caught, policy.review_weeks)
    fined = found & (standing.diverted > 0) & ~firms.own
    fine = diversion.penalty(policy.fine, policy.repeat_surcharge, governed.offences)
    fines = np.where(fined, fine, 0.0)
    ledger.pay("fine", ledger.account, MAKER, fines)
    if policy.forfeit:
        contracts.forfeit(fined)
    governed.offences += fined
    standing.diverted[:] = 0.0
    return float(fines.sum())


def mediate(
    standing: Standing,
    firms: Firms,
    policy: Policy,
    ledger: Ledger,
    governed: Governed,
    reviewing: bool,
) -> float:
    """Take up and settle conflicts that have become cases, if the policy pays for it; return the
    cost, money.
    """
    if policy.mediation_cost == 0:
        return 0.0
    excess = relationship.excess(standing.grievance, standing.usual)
    able: Bools = standing.active & ~firms.own & (governed.settling == 0)
    case = governance.cases(excess, able & reviewing)
    governed.settling, settled = resolution.waits(governed.settling, case, policy.mediation_weeks)
    settled &= standing.active
    rest = resolution.resting(firms.reputation, policy.transparency)
    standing.trust = governance.mediated(standing.trust, rest, settled)
    cost = float(case.sum()) * policy.mediation_cost
    ledger.pay("mediation", MAKER, SERVICES, cost)
    return cost + _redress(standing, policy, ledger, settled)


def _redress(standing: Standing, policy: Policy, ledger: Ledger, settled: Bools) -> float:
    """Compensate who was harmed; return the cost, money. It is remembered as a week's profit is."""
    paid: Floats = np.where(settled, policy.redress, 0.0)
    ledger.pay("redress", MAKER, ledger.account, paid)
    standing.profit = standing.profit + relationship.YEAR * paid
    return float(paid.sum())


def _judged(standing: Standing, firms: Firms) -> Bools:
    judged: Bools = standing.active & ~firms.own
    return judged
