"""Markets in which the levers are pulled: `steady`, with what each family of levers needs."""

import math
from dataclasses import replace

import numpy as np

from channelsim.domain.channel import Appeal
from channelsim.domain.contract import Contract
from channelsim.domain.layout import Layout
from channelsim.domain.response import Response
from channelsim.simulate.channel import Channel
from tests.simulate.cases import steady

NORTH, SOUTH = 1, 2
BONUS = Contract("bonus", 40_000.0, partner="north", period="year", attainment_from=1.0)


def pricing_dealers(north=None, south=None, **policy):
    """`steady` with South in A too, an own elasticity of about -5, and nobody who leaves.

    Both dealers buy at 50 and respond best, below 90, unless `north` and `south` say otherwise.
    """
    case = steady(10.0)
    cheap = {"pricing": "logit_best_response", "alignment": 0.1}
    own = {"north": cheap if north is None else north, "south": cheap if south is None else south}
    quiet = {"exit_trust": 0.0, "exit_weeks": 999, "review_weeks": 4}
    return case.replace(
        segments=tuple(replace(s, price_sensitivity=0.1) for s in case.segments),
        appeals=(
            Appeal("dealer", "everyone", 10.0),
            Appeal("flagship", "everyone", 10.0),
            Appeal("web", "everyone", 9.0 - math.log(4)),
        ),
        partners=tuple(replace(p, **own.get(p.id, {})) for p in case.partners),
        candidates=tuple(
            replace(c, zone="a", open_today=True) if c.id == "south-c" else c
            for c in case.candidates
        ),
        channel_types=tuple(
            replace(k, wholesale_price=50.0) if k.id == "dealer" else k for k in case.channel_types
        ),
        policy=replace(case.policy, **{**quiet, **policy}),
    )


def working_dealers(people=1.0):
    """`steady` with two dealers of 15 a unit, whose effort 1 is worth that, and a web shop."""
    case = steady(people)
    return case.replace(
        responses=(),
        channel_types=tuple(replace(k, usual_income=15.0) for k in case.channel_types),
        candidates=tuple(
            replace(c, open_today=c.open_today or c.id == "south-c") for c in case.candidates
        ),
    )


def under_quota(growth, **policy):
    case = working_dealers()
    partners = tuple(p if p.own else replace(p, effort="quota_driven") for p in case.partners)
    policy = replace(case.policy, quota_growth=growth, **policy)
    case = case.replace(partners=partners, contracts=(BONUS,), policy=policy)
    return case, case.today


def pushed(run):
    """How much harder North works in a year's last quarter than in its first."""
    weekly = run.weekly("effort", "partner")[:, NORTH]
    return float(weekly[39:52].mean() - weekly[:13].mean())


def patient_dealers(**policy):
    """`steady` ten times as large, in which nobody leaves."""
    case = steady(10.0)
    quiet = {"exit_trust": 0.0, "exit_weeks": 999, "review_weeks": 4}
    return case.replace(policy=replace(case.policy, **{**quiet, **policy}))


def overlapping(**policy):
    """North and South both in A: South is new there, undercuts North and takes its customers."""
    case = patient_dealers(**policy)
    south = tuple(
        replace(c, zone="a", price=80.0) if c.id == "south-c" else c for c in case.candidates
    )
    return case.replace(candidates=south)


def c_tier(**policy):
    """North, below 85% of a quota that South reaches, may be dismissed."""
    case = patient_dealers(quota_growth=1.3, **policy)
    return case.replace(responses=(Response("north", "training", "log", 0.1, 100.0),))


def hiring(**policy):
    """North is dismissed; forty idle dealers could take its place in A."""
    case = patient_dealers(quota_growth=1.5, terminate_after=1, least_capability=0.0, **policy)
    north, south = case.partners[NORTH], case.candidates[2]
    firms = tuple(replace(north, id=f"new{i}", name="New", capability=0.5) for i in range(40))
    spots = tuple(
        replace(south, id=f"spot{i}", partner=f"new{i}", zone="a", reservation_profit=400.0)
        for i in range(40)
    )
    return case.replace(partners=(*case.partners, *firms), candidates=(*case.candidates, *spots))


def recruits(case, weeks=40, replications=20):
    """Capability beyond the table's of those who took the place, and when, by replication."""
    drawn, when = [], []
    for replication in range(replications):
        channel = Channel(case, Layout.of(["north-a", "web"]), replication=replication)
        for _ in range(weeks):
            channel.step()
        joined = channel.roster.joins[channel.roster.joins < weeks + 1]
        when.append(float(joined.min()) if len(joined) else float(weeks))
        drawn.append(float(channel.governed.drawn.sum()))
    return np.array(drawn), np.array(when)


def chain(lead=2, weeks=3, **partner):
    """Return a market with a maker that makes to stock, and dealers `lead` weeks away."""
    case = steady(1).replace({"supply.production": "to_stock", "supply.production_weeks": weeks})
    case = case.replace(
        candidates=tuple(replace(c, lead_time=lead) for c in case.candidates),
        channel_types=tuple(replace(k, stock_weeks=0.5) for k in case.channel_types),
        partners=tuple(replace(p, **partner) for p in case.partners),
    )
    return case.replace({"supply.safety_weeks": 0.5})
