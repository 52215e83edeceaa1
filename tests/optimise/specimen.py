"""One small problem in which every constraint has something to say."""

from dataclasses import replace

import numpy as np

from channelsim.optimise.conflict_pairs import ConflictPairs, ConflictTerms
from channelsim.optimise.layout_inputs import Arcs, Coverage, Foreign, LayoutInputs, Limits, Sites
from channelsim.optimise.opening_rules import Count, OpeningRules, Together
from channelsim.optimise.serving_limits import Earnings, ServingLimits


def specimen() -> LayoutInputs:
    """A shop (0) and a dealer (1) for node 0, the dealer alone for node 1; 2 shall stay shut."""
    arcs = Arcs(
        node=np.array([0, 0, 1]),
        site=np.array([0, 1, 1]),
        units=np.array([50.0, 40.0, 30.0]),
        value=np.array([500.0, 320.0, 240.0]),
        nodes=2,
        shared=np.array([True, True]),
    )
    sites = Sites(
        charge=np.array([100.0, 20.0, 10.0]),
        capacity=np.array([45.0, np.inf, np.inf]),
        partner=np.array([0, 1, 1]),
        kind=np.array([0, 1, 1]),
        must_open=np.array([False, True, False]),
        shut=np.array([False, False, True]),
        setup_once=np.array([900.0, 0.0, 90.0]),
        constant=5.0,
    )
    limits = Limits(
        coverage=Coverage(
            group=np.array([0, 0, 1]),
            site=np.array([0, 1, 1]),
            demand=np.array([60.0, 30.0]),
            total=100.0,
            least=0.8,
        ),
        budget=130.0,
        setup_budget=1000.0,
        max_open=2,
        type_min=np.array([0.0, 1.0]),
        type_max=np.array([1.0, np.inf]),
        supply=70.0,
        exclusive=True,
        least_spend=np.array([0.0, 4.0]),
        incentive_budget=6.0,
        foreign=Foreign(units=np.array([[4.0, 3.0], [0.0, 6.0]]), most=9.0, price=0.5),
        excluded=(np.array([True, True, False]),),
        rules=specimen_rules(),
        serving=specimen_serving(),
    )
    return LayoutInputs(arcs, sites, limits)


def chosen_specimen() -> LayoutInputs:
    """The same where consumers choose: the shop draws more customers than it has room for."""
    inputs = specimen().limited(exclusive=False, foreign=None)
    return replace(inputs, arcs=replace(inputs.arcs, odds=np.array([19.0, 1.0, 0.5])))


def specimen_rules() -> OpeningRules:
    """What must stay shut pairs badly with the dealer; none of it binds beside that."""
    first, second = np.array([1]), np.array([0, 2])
    return OpeningRules(
        diverting=np.array([[0, 2]]),
        pairs=(
            Together(np.array([2]), np.array([1]), requires=False),
            Together(np.array([0]), np.array([1, 2]), requires=True),
        ),
        counts=(Count(first, 1.0, 2.0), Count(second, per=first, ratio=1.5)),
        most_partners=1.0,
        independent=np.array([1]),
        most_changes=2,
        today=np.array([False, True, True]),
        compliance=np.array([0.0, 0.1, -0.2]),
    )


def specimen_serving() -> ServingLimits:
    """The dealer wants to earn more than its reservation and today's 40; none of it binds."""
    earned = np.array([60.0, 80.0, 60.0])
    return ServingLimits(
        participation=Earnings(
            earned, by_site=np.array([30.0, 25.0, 5.0]), least=np.array([-np.inf, 0.0])
        ),
        no_worse=Earnings(
            earned, by_site=np.array([20.0, 15.0, 5.0]), least=np.array([-np.inf, 40.0])
        ),
        maker_least=100.0,
        min_volume=np.array([30.0, 20.0, 0.0]),
        partner_volume=np.array([0.0, 25.0]),
        min_units=35.0,
        single_source=True,
        neighbours=np.array([[0, 1]]),
        balance=0.5,
    )


def specimen_conflict() -> ConflictTerms:
    """The shop fights the dealer (0, 1); the other pair is a synergy; two pieces."""
    near = ConflictPairs(
        sites=np.array([[0, 1], [0, 2]]),
        weight=np.array([0.2, -0.1]),
        alone=np.array([0.0, 0.01, 0.0]),
        constant=0.03,
    )
    far = ConflictPairs(
        sites=np.array([[0, 1]]), weight=np.array([0.25]), alone=np.zeros(3), constant=0.01
    )
    return ConflictTerms((near, far), cap=0.15, price=1000.0)
