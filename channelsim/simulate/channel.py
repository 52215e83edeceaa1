"""The channel as a Mesa model: who acts in which order in a week.

The ten steps of a week stand as ten methods in a row. Consumers, outlets and partners are arrays;
the manufacturer and each partner are also agents, so that Mesa's agent sets and data collection
see them. Nothing random comes from Mesa: every draw is named in `simulate.streams`.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import mesa
import numpy as np

from channelsim.domain.columns import Bools, Floats, across
from channelsim.domain.economics import UnitMoney, unit_money
from channelsim.domain.incentives import partner_lift
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate import delivery, encounter, opening, review, settlement, start
from channelsim.simulate.after_sales import AfterSales
from channelsim.simulate.asking import Asking, Seen, seen
from channelsim.simulate.bargains import Bargains
from channelsim.simulate.books import Books, remember
from channelsim.simulate.buy_back import BuyBack
from channelsim.simulate.consumers.chosen import chosen
from channelsim.simulate.consumers.engine import Consumers
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.contracts import Contracts
from channelsim.simulate.credit import Credit
from channelsim.simulate.decisions import Decisions
from channelsim.simulate.distributors import Distributors
from channelsim.simulate.divert import Diversion, Moves
from channelsim.simulate.earned import Earned
from channelsim.simulate.events import Events, Happenings
from channelsim.simulate.firms import Outlets, Standing
from channelsim.simulate.flow import Flow
from channelsim.simulate.goodwill import GoodwillStock
from channelsim.simulate.governed import Governed, Roster
from channelsim.simulate.grievance import Memory
from channelsim.simulate.information import Information
from channelsim.simulate.ledger import Ledger
from channelsim.simulate.loading import Loading
from channelsim.simulate.minds import Minds
from channelsim.simulate.pacing import Pace
from channelsim.simulate.partners import Manufacturer, Partner
from channelsim.simulate.plant import Plant
from channelsim.simulate.promotions import Deal, Promotions
from channelsim.simulate.protests import Protests
from channelsim.simulate.record import Recorder
from channelsim.simulate.recruiting import Pipeline
from channelsim.simulate.replenishment import Replenishment
from channelsim.simulate.rival_prices import RivalPrices
from channelsim.simulate.rules import effort, relationship, resolution
from channelsim.simulate.scorecard import Scorecard
from channelsim.simulate.sell_off import SellOff
from channelsim.simulate.setting import Setting
from channelsim.simulate.shortfall import Shortfall
from channelsim.simulate.sites import Sites
from channelsim.simulate.stationary import Stationary
from channelsim.simulate.streams import Streams
from channelsim.simulate.support import Support
from channelsim.simulate.swings import Swings
from channelsim.simulate.terms import all_terms
from channelsim.simulate.tiers import Tiers
from channelsim.simulate.trade import Firms, Trade


class Channel(mesa.Model):
    """One layout of one scenario, played week by week.

    Parameters
    ----------
    case
        Scenario; `scenario` is a word of Mesa's.
    layout
        Layout that replaces today's in week 0.
    seed, replication
        Name all random draws.
    threads
        Pieces that consumers' loops are cut into; any number gives the same bits.
    engine
        Consumers counted by state ("lumped", or "plain" in NumPy) or one by one ("individual").
    record
        Levels to record, of total, zone, partner, outlet, tier and pair.
    agents
        Partner id -> class made from `Partner` that decides for it: see `simulate.minds`.

    Raises
    ------
    BadValue
        If the layout names a candidate or partner that the scenario does not have, or there is no
        such engine, or more people than it can play.
    """

    money: UnitMoney
    """Money per unit and week at the week's prices."""
    rivals: RivalPrices
    """Prices of rival outlets."""
    full_price: Floats
    """(J,) prices before the week's promotions, money per unit."""
    usual_price: Floats
    """(J,) prices asked before week 0, money per unit."""
    _happy_at: tuple[Floats, Bools, Floats] | None
    happening: Happenings
    """What happens this week."""
    deal: Deal
    """The week's promotions."""
    outlets: Outlets
    """State of the outlets."""
    standing: Standing
    """State of the partners."""
    expected: Floats
    """(J,) units that the layout, at the prices asked, lets the maker expect in an average week."""
    consumers: Consumers
    """State of the consumers."""
    sales: Sales
    """What consumers did this week."""
    earned: Earned
    """What contracts earned this week."""
    after_sales: AfterSales
    """What waits for after-sales service."""
    wait: Floats
    """(J,) weeks that this week's buyers find they would wait for it."""
    goodwill: GoodwillStock
    """What the brand is worth to consumers, by zone."""
    books: Books
    """What the week earned."""
    moves: Moves
    """What was diverted this week."""
    complained: float
    """Complaints of this week's buyers."""
    dumped: Floats
    """(P,) units of it that sellers report as sold."""
    trading: Bools
    """(J,) outlets that were open while consumers chose."""
    replenishment: Replenishment
    """Forecasts and orders of the outlets."""
    plant: Plant
    """The maker's production."""
    sites: Sites | None
    """Warehouses and depots between the plant and outlets, None without any."""
    distributors: Distributors
    """Partners who sell on to other partners."""
    kept: float
    """What the maker paid this week for holding finished goods, money."""

    def __init__(
        self,
        case: Scenario,
        layout: Layout,
        *,
        seed: int = 0,
        replication: int = 0,
        threads: int = 1,
        engine: str = "lumped",
        record: tuple[str, ...] = ("total",),
        agents: Mapping[str, type[Partner]] = MappingProxyType({}),
    ) -> None:
        streams = Streams(seed, replication)
        super().__init__(rng=seed)
        self.case, self.layout, self.week, self.streams = case, layout, 0, streams
        self.unspent = layout.replace(incentives=())
        self.setting = Setting.of(case, layout)
        self.trade = Trade.of(case, layout)
        self.firms = Firms.of(case, layout, self.trade)
        self.terms = all_terms(case, self.trade, self.firms)
        self.ledger = Ledger(self.firms.own)
        self.contracts = Contracts(self.terms, self.trade, self.ledger)
        self.credit, self.buy_back = Credit(case, self.trade), BuyBack(case, self.trade)
        self.sell_off = SellOff.of(case, self.trade)
        self.support = Support(case, self.trade, self.firms)
        self.decisions = Decisions(case, self.trade, self.firms, self.terms)
        self.asking = Asking(case, self.setting, self.trade, self.firms, self.terms)
        self.bargains = Bargains(case, self.trade)
        self.promotions = Promotions.of(case, self.trade.title)
        self.tiers = Tiers.of(case)
        self.events, self.swings = Events(case), Swings(case, streams)
        self.happening = self.events.at(-1)
        self.diversion = Diversion(case, self.trade)
        self.shortfall = Shortfall(self.contracts, len(case.partners))
        self.loading = Loading(case, self.trade, self.terms)
        self.governed, self.roster = (
            Governed.of(len(case.partners)),
            Roster.of(len(case.candidates)),
        )
        self.scorecard = Scorecard(case.policy.score_weights, len(case.partners))
        self.information = Information(case.policy, self.trade, self.firms, streams)
        self.flow = Flow(len(case.partners))
        self._begin(engine, threads)
        self.pipeline, self.protests = Pipeline(self), Protests(self)
        self.recorder = Recorder(self, record)
        self.maker = Manufacturer(self, case.economics.supply_capacity, self.plant, self.sites)
        self.minds = Minds(self, agents)
        self.partners = self.minds.partners

    def step(self) -> None:
        """Play one week."""
        self.learn()
        self.govern()
        self.price()
        self.exert()
        self.supply()
        self.divert()
        self.consume()
        self.settle()
        self.relate()
        self.record()
        self.week += 1
        self.running = self.week < self.case.horizon_weeks

    def learn(self) -> None:
        """Observe, a week late: outlets what was asked for, the maker what it is told."""
        self.governing = 0.0
        self.information.spread(self)
        season, precision = self.setting.season(self.week - 1), self.support.precision
        self.replenishment.learn(self.outlets, season, precision)
        self.outlets.new_week()
        self.happening = self.events.at(self.week)

    def govern(self) -> None:
        """Open and close by the layout's calendar; in a review week judge, audit and mediate."""
        opening.follow_calendar(self)
        opening.go_bankrupt(self)
        self.governing += self.support.help(self)
        self.governing += review.govern(self)
        self.bargains.review(self)

    def price(self) -> None:
        """Set each outlet's price by its partner's rule, within the price policy, less what is cut
        in a promotion.
        """
        deal = self.promotions.at(self.week)
        price = self.minds.decide("price", self.asking.prices(seen(self, deal)))
        price = price * self.happening.price
        changed = deal is not self.deal or not np.array_equal(price, self.full_price)
        if changed or self.tiers.offer.any() or self.bargains.on:
            self.money = self.bargains.priced(deal.money(self.case, price))
            self.outlets.price = self.money.price
            self.full_price, self.deal = price, deal
        self.rivals.learn(self.outlets.price, self.outlets.is_open)

    def exert(self) -> None:
        """Train, and set each outlet's effort by its partner's rule; together they lift utility."""
        standing, policy = self.standing, self.case.policy
        learning = policy.training_ceiling, policy.training_decay, policy.training_weeks
        money = self.firms.money_for("training")
        standing.training = effort.trained(standing.training, *money, *learning)
        pace = Pace.of(self) if self.decisions.by_quota else None
        efforts = self.decisions.efforts(self.money, standing, self.support.motivation, pace)
        efforts = self.protests.slackened(efforts, self.week)
        self.outlets.effort = self.minds.decide("exert", efforts)
        skill = standing.training + self.governed.drawn
        lift = self.decisions.lifts(self.outlets.effort, skill)
        heard = self.promotions.heard(self.week, policy.news_lag, self.trade.own)
        self.outlets.lift = lift + heard + self.happening.lift

    def supply(self) -> None:
        """Order, ship what the maker can, and take in what arrives."""
        delivery.deliver(self)

    def divert(self) -> None:
        """Resell goods into other partners' territory where it pays."""
        self.moves = self.diversion.play(self.outlets, self.shortfall.stakes(self))
        seller, count = self.trade.partner[self.moves.seller], len(self.partners)
        np.add.at(self.standing.diverted, seller, self.moves.units)
        self.dumped = np.bincount(seller, self.moves.reported, count).astype(np.float64)
        self.contracts.report(self.dumped)
        self.shortfall.note(self.dumped > 0)

    def consume(self) -> None:
        """Let consumers learn of the brand, choose, find stock or not, and be happy or not."""
        outlets, setting = self.outlets, self.setting
        self.sales = encounter.meet(self)
        self.trading = outlets.is_open.copy()
        outlets.sell(
            setting.by_outlet(across(self.sales.sold)),
            setting.by_outlet(across(self.sales.first_claims)),
            self.trade.capacity,
        )
        self.after_sales.serve(outlets.sold)

    def settle(self) -> None:
        """Pay everybody, and book what the week earned on what consumers bought."""
        self.books = settlement.settle(self)

    def weekly_quota(self, season: float = 1.0) -> Floats:
        """Return what partners are asked to sell in a week of a season: (P,) units."""
        quota = self.setting.by_partner(np.where(self.outlets.is_open, self.expected, 0.0))
        return quota * (self.case.policy.quota_growth * season)

    def relate(self) -> None:
        """Let the week move goodwill, trust and satisfaction; who has had enough leaves.

        A promotion is agreed with the maker: partners do not hold it against one another.
        """
        setting, standing = self.setting, self.standing
        season = setting.season(self.week)
        remember(standing, self.books, self.trade, self.money, self.outlets, season)
        units = across(self.sales.sold).astype(np.float64)
        brought = self.brought_in()
        self.goodwill.learn(self.sales, self.outlets.price, brought, standing.active)
        self.memory.learn(units, brought)
        told = self.asking.gap.told_off(self.full_price, self.outlets.is_open)
        standing.grievance = np.minimum(self.memory.grievances(self.full_price) + told, 1.0)
        excess = relationship.excess(standing.grievance, standing.usual)
        rest = resolution.resting(self.firms.reputation, self.case.policy.transparency)
        standing.trust = relationship.trust(standing.trust, rest, excess)
        standing.satisfaction = relationship.satisfaction(
            standing.profit, standing.reservation, standing.maker
        )
        self.scorecard.note(self)
        self.protests.rise(self, excess)
        opening.let_go(self)

    def record(self) -> None:
        """Write the week down."""
        self.flow.note(self)
        self.recorder.add(self)

    def brought_in(self) -> Floats:
        """Return the diverted units brought into each zone against its exclusive holder: (Z,)."""
        moves = self.moves
        brought = np.zeros(len(self.setting.demand))
        zone = self.case.columns.zone_of[moves.buyer]
        holder = self.setting.holder[zone]
        against = (holder >= 0) & (holder != self.trade.partner[moves.seller])
        np.add.at(brought, zone[against], moves.units[against])
        return brought

    def happiness(self) -> Floats:
        """Return the chance of a happy purchase (A, S), worked out anew only when things change."""
        self.wait = self.after_sales.wait
        now = (self.outlets.price, self.outlets.is_open, self.wait)
        before = self._happy_at
        if before is None or not all(map(np.array_equal, before, now)):
            self._happy_at = (now[0], now[1].copy(), now[2])
            self._happy = self.tiers.happiness(self.setting, *now)
        return self._happy

    def money_of_sales(self) -> UnitMoney:
        """Return money per unit and week, without contracts: what they paid is in the books.

        A shut outlet still costs its set-up if it has traded, and its compensation if the maker
        shut it.
        """
        money, trade = self.money, self.trade
        sunk = np.where(self.recorder.traded > 0, money.setup, 0.0)
        margin = np.where(trade.title, money.price - trade.received, 0.0)
        return replace(
            money,
            channel=margin + money.price * trade.fee_rate,
            incentives=np.zeros_like(money.price),
            closing=sunk + np.where(self.outlets.left, 0.0, money.closing),
        )

    def _begin(self, engine: str, threads: int) -> None:
        """Put everybody where long trading under today's layout has brought them."""
        case, setting, trade = self.case, self.setting, self.trade
        today = np.array([c.open_today for c in case.candidates], dtype=np.bool_)
        reached = np.full(len(case.partners), 1 / case.policy.quota_growth)
        price = self.asking.rest(Seen.before(case.columns.price, reached, today), setting)
        self.rivals = RivalPrices(case, price, today)
        self.usual_price = self.full_price = price
        self.deal = Deal.none(len(price))
        self.money = unit_money(case, price)
        self.decisions.calibrate(self.money, reached)
        old = tuple(term for term in self.terms if not term.signed)
        now = start.outlook(setting.under(case.today), trade, old, self.money, today)
        plan = start.outlook(setting, trade, self.terms, self.money, trade.opens < trade.closes)
        self.expected = plan.sold * (1 + partner_lift(case, self.layout))[trade.partner]
        self.memory = Memory(setting, now.units, plan.units)
        known = setting.by_partner(today.astype(np.float64)) > 0
        sold = np.where(today, now.sold, 0.0)
        self.replenishment = Replenishment(case, trade, sold)
        self.plant = Plant(case, float(sold.sum()))
        self.sites = Sites(case, sold) if case.sites else None
        self.distributors = Distributors(case, self.ledger, self.sites)
        goods = self.replenishment.standing(now.sold, price, today)
        self.outlets = start.outlets(goods, price, now, today, case.columns.season)
        self.standing = start.standing(
            self.firms, now, plan, known, start.borne(case, self.firms, self.streams)
        )
        self.after_sales = AfterSales(case, now.sold)
        law = Stationary.of(setting, price, today, self.after_sales.usual)
        self.goodwill = GoodwillStock(setting, self.firms, law, price, plan.units)
        counts = start.consumers(setting, self.tiers, law, price, today, self.streams)
        self.consumers = chosen(
            engine,
            setting.arcs,
            trade.partner,
            counts,
            self.streams,
            tiers=self.tiers.count,
            threads=threads,
        )
        self._happy_at = None
