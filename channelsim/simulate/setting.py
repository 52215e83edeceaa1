"""What stays as it is while a layout is played: who reaches what, what it is worth, who is told."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from channelsim.domain.columns import Bools, Floats, Ints, across, frozen
from channelsim.domain.conflict import Rivalry, foreign_arcs
from channelsim.domain.demand import Choice, Reach, choice_of, open_mask
from channelsim.domain.layout import Layout
from channelsim.domain.measures import exclusive_holders, potential_demand, standard_arcs
from channelsim.domain.scenario import Scenario
from channelsim.simulate.contagion import hearing
from channelsim.simulate.free_riding import FreeRiding
from channelsim.simulate.governed import may_join
from channelsim.simulate.rules import complaints, resolution

WEEKS_A_YEAR = 52


@dataclass(frozen=True, eq=False)
class Tastes:
    """Segments' constants as consumers use them, each (S,)."""

    price_sensitivity: Floats
    """Utils lost per unit of money."""
    inertia: Floats
    """Utils."""
    aversion: Floats
    """Utils."""
    retry: Floats
    """Probability."""
    innovation: Floats
    """Chance per week."""
    imitation: Floats
    """Chance per week and share of owners."""
    happy_base: Floats
    """Probability."""
    happy_service_loss: Floats
    """Probability."""
    happy_price_loss: Floats
    """Probability."""
    happy_wait_loss: Floats
    """Probability per week."""
    complain: Floats
    """Share of the unhappy."""
    purchase_rate: Floats
    """Occasions per person and week."""

    @classmethod
    def of(cls, case: Scenario) -> "Tastes":
        """Read them off the segments."""
        names = cls.__dataclass_fields__
        return cls(
            **{name: frozen(np.array([getattr(s, name) for s in case.segments])) for name in names}
        )._registered(case)

    def _registered(self, case: Scenario) -> "Tastes":
        """Return the same where partners register the customers they win."""
        policy = case.policy
        if policy.protection == 0:
            return self
        kept = resolution.turned_away(
            self.purchase_rate, policy.protection, policy.protection_weeks
        )
        return replace(
            self,
            inertia=resolution.registered(self.inertia, kept),
            aversion=np.minimum(resolution.registered(self.aversion, kept), 0.0),
        )


@dataclass(frozen=True, eq=False)
class Setting:
    """The market and the map of one run."""

    case: Scenario
    """Scenario."""
    layout: Layout
    """Layout played."""
    arcs: Reach
    """Who reaches what."""
    near: Reach
    """Arcs within the service standard."""
    live: Ints
    """Arcs of outlets that are open today, at any time under the layout, or as a replacement."""
    rivalry: Rivalry
    """Which partners meet in which zone, on the live arcs."""
    demand: Floats
    """(Z,) potential demand."""
    people: Ints
    """(Z, S) whole people."""
    holder: Ints
    """(Z,) partner row that holds the zone exclusively, -1 where none does."""
    foreign: Bools
    """(A,) arcs on which a sale is foreign."""
    choice: Choice
    """How consumers choose."""
    free_riding: FreeRiding
    """What outlets gain by the service that others show."""
    tastes: Tastes
    """The segments' constants."""
    hearing: csr_array | None
    """(Z, Z) weights of each zone's sources of word of mouth; None: itself alone."""

    @classmethod
    def of(cls, case: Scenario, layout: Layout) -> "Setting":
        """Work them out once a run."""
        columns, arcs = case.columns, case.arcs
        holder = exclusive_holders(case, layout)
        used = open_mask(case, layout) | open_mask(case, case.today)
        if case.policy.recruitment > 0:
            used |= may_join(case, layout)
        live = used[arcs.candidate]
        return cls(
            case=case,
            layout=layout,
            arcs=arcs,
            near=standard_arcs(case),
            live=frozen(np.flatnonzero(live)),
            rivalry=Rivalry.of(arcs.only(live), columns.partner_of, columns.model),
            demand=potential_demand(case),
            people=np.rint(columns.people).astype(np.int64),
            holder=holder,
            foreign=foreign_arcs(arcs, columns.partner_of, columns.zone_of, holder),
            choice=choice_of(case),
            free_riding=FreeRiding(case),
            tastes=Tastes.of(case),
            hearing=hearing(case),
        )

    def under(self, layout: Layout) -> "Setting":
        """Return the same setting with the territories of another layout."""
        columns, holder = self.case.columns, exclusive_holders(self.case, layout)
        foreign = foreign_arcs(self.arcs, columns.partner_of, columns.zone_of, holder)
        return replace(self, holder=holder, foreign=foreign)

    def season(self, week: int) -> float:
        """Return the season factor of a week."""
        return float(self.case.columns.season[week % WEEKS_A_YEAR])

    def growth(self, week: int) -> float:
        """Return a week's occasions over those of week 0, but for the season."""
        return float((1 + self.case.market.growth) ** (week / WEEKS_A_YEAR))

    def by_outlet(self, values: Floats | Ints) -> Floats:
        """Sum values by arc (A,) over outlets: (J,)."""
        return np.bincount(self.arcs.candidate, values, minlength=len(self.case.candidates))

    def by_zone(self, values: Floats | Ints) -> Floats:
        """Sum values by arc (A,) over zones: (Z,)."""
        return np.bincount(self.arcs.zone, values, minlength=len(self.case.zones))

    def by_partner(self, values: Floats | Ints) -> Floats:
        """Sum values by outlet (J,) over partners: (P,)."""
        partner = self.case.columns.partner_of
        return np.bincount(partner, values, minlength=len(self.case.partners))

    def inform(self, adopted: Ints) -> Floats:
        """Return the chance that an unaware consumer hears of the brand: (Z, S) (Bass 1969).

        1 - exp(-(p + advertising + q x share of owners where it hears from)), owners (Z, S).
        """
        people = across(self.people)
        share = np.divide(across(adopted), people, out=np.zeros(len(people)), where=people > 0)
        if self.hearing is not None:
            share = self.hearing @ share
        tastes = self.tastes
        hazard = tastes.innovation + self.case.market.advertising
        result: Floats = -np.expm1(-(hazard + np.outer(share, tastes.imitation)))
        return result

    def weights(self, price: Floats, lift: Floats, is_open: Bools) -> Floats:
        """Return odds by arc (A, S) at the prices and lifts (J,) of the week, 0 closed."""
        return self.choice.weights(price, lift, is_open, self.free_riding.factor(is_open))

    def dearer(self, price: Floats, is_open: Bools) -> Bools:
        """Return the arcs whose price is above the zone's cheapest open one of the same model by
        more than the tolerance: (A,).
        """
        at, starts, models = self.arcs.candidate, self.arcs.zone_start[:-1], self.case.columns.model
        least = np.full(len(at), np.inf)
        for model in np.unique(models):
            sold = models == model
            offers = np.append(np.where(is_open & sold, price, np.inf)[at], np.inf)
            cheapest = np.minimum.reduceat(offers, starts)[self.arcs.zone]
            least = np.where(sold[at], cheapest, least)
        result: Bools = (price[at] - least) / price[at] > self.case.policy.price_gap_tolerance
        return result

    def more_service(self, added: float) -> Floats:
        """Return by how much service added raises each arc's, which ends at 1: (A,)."""
        return np.minimum(added, 1 - self.case.columns.service[self.arcs.candidate])

    def happiness(
        self, price: Floats, is_open: Bools, wait: Floats | None = None, added: float = 0.0
    ) -> Floats:
        """Return the probability that a purchase makes its buyer happy: (A, S).

        Parameters
        ----------
        price, is_open, wait
            (J,) consumer prices, open outlets, and weeks of waiting for after-sales service, none
            by default.
        added
            Service added to the outlets' own.
        """
        tastes, at = self.tastes, self.arcs.candidate
        lack = 1 - self.case.columns.service[at] - self.more_service(added)
        chance = tastes.happy_base - np.outer(lack, tastes.happy_service_loss)
        chance = chance - np.outer(self.dearer(price, is_open), tastes.happy_price_loss)
        if wait is not None:
            chance = chance - np.outer(wait[at], tastes.happy_wait_loss)
        settled = self.case.policy.complaints_settled
        return complaints.recovered(np.clip(chance, 0.0, 1.0), tastes.complain, settled)

    def available(self, ready: Bools) -> Bools:
        """Return the zones with a ready outlet (J,) within the standard: (Z,)."""
        covered = np.zeros(len(self.demand), dtype=np.bool_)
        covered[self.near.zone[ready[self.near.candidate]]] = True
        return covered
