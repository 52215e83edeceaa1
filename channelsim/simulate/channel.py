"""The channel as a Mesa model: who acts in which order in a week.

The ten steps of a week stand as ten methods in a row. Consumers, outlets and partners are arrays;
the manufacturer and each partner are also agents, so that Mesa's agent sets and data collection
see them. Nothing random comes from Mesa: every draw is named in `simulate.streams`.
"""

from dataclasses import replace

import mesa
import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.economics import UnitMoney, unit_money
from channelsim.domain.incentives import partner_lift
from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario
from channelsim.simulate import cash, opening, review, start, supply
from channelsim.simulate.after_sales import AfterSales
from channelsim.simulate.books import Books, remember
from channelsim.simulate.consumers.lumped import LumpedConsumers
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.contracts import Contracts, Earned
from channelsim.simulate.decisions import Decisions
from channelsim.simulate.divert import Moves, divert
from channelsim.simulate.firms import Outlets, Standing
from channelsim.simulate.flow import Flow
from channelsim.simulate.goodwill import GoodwillStock
from channelsim.simulate.grievance import Memory
from channelsim.simulate.information import Information
from channelsim.simulate.ledger import Ledger
from channelsim.simulate.partners import Manufacturer, Partner
from channelsim.simulate.plant import Plant
from channelsim.simulate.promotions import Deal, Promotions
from channelsim.simulate.record import Recorder
from channelsim.simulate.replenishment import Replenishment
from channelsim.simulate.rules import effort, governance, relationship
from channelsim.simulate.setting import Setting
from channelsim.simulate.sites import Sites
from channelsim.simulate.stationary import Stationary
from channelsim.simulate.streams import Purpose, Streams
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
    record
        Levels to record, of total, zone, partner, outlet and tier.

    Raises
    ------
    BadValue
        If the layout names a candidate or partner that the scenario does not have.
    """

    money: UnitMoney
    """Money per unit and week at the week's prices."""
    full_price: Floats
    """(J,) prices before the week's promotions, money per unit."""
    deal: Deal
    """The week's promotions."""
    outlets: Outlets
    """State of the outlets."""
    standing: Standing
    """State of the partners."""
    expected: Floats
    """(J,) units that the layout, at the prices asked, lets the maker expect in an average week."""
    consumers: LumpedConsumers
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
    trading: Bools
    """(J,) outlets that were open while consumers chose."""
    replenishment: Replenishment
    """Forecasts and orders of the outlets."""
    plant: Plant
    """The maker's production."""
    sites: Sites | None
    """Warehouses between the plant and outlets, None without any."""
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
        record: tuple[str, ...] = ("total",),
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
        self.decisions = Decisions(case, self.trade, self.firms, self.terms)
        self.promotions = Promotions.of(case, self.trade.title)
        self.tiers = Tiers.of(case)
        self.information = Information(case.policy, self.trade, self.firms, streams)
        self.flow = Flow(len(case.partners))
        self._begin(threads)
        self.recorder = Recorder(self, record)
        self.maker = Manufacturer(self, case.economics.supply_capacity, self.plant, self.sites)
        self.partners = [Partner(self, row) for row in range(len(case.partners))]

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

    def learn(self) -> None:
        """Observe, a week late: outlets what was asked for, the maker what it is told."""
        self.governing = 0.0
        if self.week > 0:
            news = self.information.report(self.outlets, self.week - 1, self.sites)
            self.maker.learn(news)
            self.replenishment.remember(self.outlets)
            if self.sites is not None:
                self.sites.learn(self.outlets, self.setting.season(self.week - 1))
        self.replenishment.learn(self.outlets, self.setting.season(self.week - 1))
        self.outlets.new_week()

    def govern(self) -> None:
        """Open and close by the layout's calendar; in a review week judge, audit and mediate."""
        opening.follow_calendar(self)
        policy = self.case.policy
        if self.week > 0 and self.week % policy.review_weeks == 0:
            review.judge(self.standing)
            self.governing += review.mediate(self.standing, self.firms, policy, self.ledger)
            self.governing -= review.audit(
                self.standing, self.firms, policy, self.ledger, self.streams, self.week
            )

    def price(self) -> None:
        """Set each outlet's price by its partner's rule, held at the price floor, less what is cut
        in a promotion.
        """
        price, deal = self.decisions.prices(self.standing.reached), self.promotions.at(self.week)
        changed = deal is not self.deal or not np.array_equal(price, self.full_price)
        if changed or self.tiers.offer.any():
            self.money = deal.money(self.case, price)
            self.outlets.price = self.money.price
            self.full_price, self.deal = price, deal

    def exert(self) -> None:
        """Train, and set each outlet's effort by its partner's rule; together they lift utility."""
        standing = self.standing
        standing.training = effort.trained(standing.training, *self.firms.money_for("training"))
        self.outlets.effort = self.decisions.efforts(self.money, standing)
        lift = self.decisions.lifts(self.outlets.effort, standing.training)
        self.outlets.lift = lift + self.deal.lift

    def supply(self) -> None:
        """Order, ship what the maker can, and take in what arrives."""
        priority = governance.priority(self.standing.tier)
        priority = priority * governance.bought_priority(*self.firms.money_for("priority_supply"))
        self.replenishment.order(self.outlets, self.week)
        room, rule = self.maker.room(self.week), self.case.policy.rationing
        turn = self.replenishment.turn
        if self.sites is not None:
            self.sites.serve(self.outlets, self.trade, priority, turn, self.week)
        supply.ship(self.outlets, self.trade, priority, room, self.week, rule, turn, self.sites)
        supply.receive(self.outlets, self.week)

    def divert(self) -> None:
        """Resell surplus into other partners' territory where it pays."""
        self.moves = divert(self.case, self.trade, self.outlets)
        seller = self.trade.partner[self.moves.seller]
        np.add.at(self.standing.diverted, seller, self.moves.units)

    def consume(self) -> None:
        """Let consumers learn of the brand, choose, find stock or not, and be happy or not."""
        outlets, setting = self.outlets, self.setting
        tastes, season = setting.tastes, setting.season(self.week)
        occasion = np.minimum(tastes.purchase_rate * season * setting.growth(self.week), 1.0)
        kinds, tiers = self.tiers.kinds, self.tiers
        weight = tiers.weights(setting, outlets.price, outlets.lift, outlets.is_open)
        stock = np.where(outlets.is_open, np.minimum(outlets.stock, self.trade.capacity), 0)
        self.sales = self.consumers.step(
            self.week,
            inform=kinds(setting.inform(self.consumers.adopted)),
            occasion=kinds(np.broadcast_to(occasion, setting.people.shape)),
            weight=self.goodwill.raised(weight),
            inertia=kinds(tastes.inertia),
            aversion=kinds(tastes.aversion),
            happy=self._happiness(),
            retry=kinds(tastes.retry),
            stock=stock,
            rise=np.tile(tiers.rise, len(tastes.retry)),
            lapse=np.tile(tiers.lapse, len(tastes.retry)),
        )
        self.trading = outlets.is_open.copy()
        outlets.sell(
            setting.by_outlet(self.sales.sold.sum(axis=1)),
            setting.by_outlet(self.sales.first_claims.sum(axis=1)),
            self.trade.capacity,
        )
        self.after_sales.serve(outlets.sold)

    def settle(self) -> None:
        """Pay everybody, and book what the week earned on what consumers bought."""
        outlets, trade, ledger = self.outlets, self.trade, self.ledger
        economics, active = self.case.economics, self.standing.active
        cash.goods(ledger, trade, outlets.shipped, self.maker.make(outlets), economics.unit_cost)
        self.kept = cash.keeping(ledger, self.case, self.maker.stock)
        self.governing += cash.digitised(ledger, self.case)
        refund = cash.promotion(ledger, trade, outlets, self.full_price * self.deal.paid_back)
        deals = cash.diverted(ledger, trade, self.moves) + refund
        deals -= cash.ordering(ledger, trade, outlets, self.case)
        if self.tiers.on:
            self._look_after()
        cash.sales(ledger, trade, outlets, self.money, self._carried())
        cash.running(ledger, trade, outlets, economics.holding_rate)
        spent = cash.spend(ledger, self.firms, active) + float(refund.sum())
        quota = self.setting.by_partner(np.where(outlets.is_open, self.expected, 0.0))
        quota *= self.case.policy.quota_growth * self.setting.season(self.week)
        self.earned = self.contracts.play(self.week, outlets, self.money.price, quota, active)
        self.books = Books.of(
            trade, outlets, self.money, self.earned, deals, quota, spent, economics.holding_rate
        )

    def relate(self) -> None:
        """Let the week move goodwill, trust and satisfaction; who has had enough leaves."""
        setting, standing = self.setting, self.standing
        season = setting.season(self.week)
        remember(standing, self.books, self.trade, self.money, self.outlets, season)
        units = self.sales.sold.sum(axis=1).astype(np.float64)
        brought = self.brought_in()
        self.goodwill.learn(self.sales, self.outlets.price, brought, standing.active)
        self.memory.learn(units, brought)
        standing.grievance = self.memory.grievances(self.outlets.price)
        excess = relationship.excess(standing.grievance, standing.usual)
        standing.trust = relationship.trust(standing.trust, self.firms.reputation, excess)
        standing.satisfaction = relationship.satisfaction(
            standing.profit, standing.reservation, standing.maker
        )
        opening.let_go(self)

    def record(self) -> None:
        """Write the week down."""
        by_partner, outlets = self.setting.by_partner, self.outlets
        ordered, sold = by_partner(outlets.ordered), by_partner(outlets.sold)
        asked = ordered.sum() if self.sites is None else self.sites.upstream(outlets.ordered)
        self.flow.add(ordered, sold, by_partner(outlets.stock), self.maker.made, float(asked))
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

    def money_of_sales(self) -> UnitMoney:
        """Return money per unit and week, without contracts: what they paid is in the books.

        A shut outlet still costs its set-up if it has traded, and its compensation if the maker
        shut it.
        """
        money, trade = self.money, self.trade
        sunk = np.where(self.recorder.traded > 0, money.setup, 0.0)
        margin = np.where(trade.title, money.price - trade.wholesale, 0.0)
        return replace(
            money,
            channel=margin + money.price * trade.fee_rate,
            incentives=np.zeros_like(money.price),
            closing=sunk + np.where(self.outlets.left, 0.0, money.closing),
        )

    def _begin(self, threads: int) -> None:
        """Put everybody where long trading under today's layout has brought them."""
        case, setting, trade = self.case, self.setting, self.trade
        today = np.array([c.open_today for c in case.candidates], dtype=np.bool_)
        reached = np.full(len(case.partners), 1 / case.policy.quota_growth)
        price = self.decisions.prices(reached)
        self.full_price, self.deal = price, Deal.none(len(price))
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
        goods = self.replenishment.standing(now.sold, price, today)
        self.outlets = start.outlets(goods, price, now, today, case.columns.season)
        self.standing = start.standing(self.firms, now, plan, known, self._borne())
        self.after_sales = AfterSales(case, now.sold)
        law = Stationary.of(setting, price, today, self.after_sales.usual)
        self.goodwill = GoodwillStock(setting, self.firms, law, price, plan.units)
        counts = start.consumers(setting, self.tiers, law, price, today, self.streams)
        self.consumers = LumpedConsumers(
            setting.arcs, trade.partner, counts, self.streams, threads, self.tiers.count
        )
        self._happy_at: tuple[Floats, Bools, Floats] | None = None

    def _borne(self) -> Ints:
        """Return how long each partner would already have borne a loss, spread evenly: (P,).

        Those who will leave came to it at different times, so they do not leave in one week.
        """
        luck = self.streams.uniform(Purpose.EXIT, 0, self.firms.key)
        return np.floor(luck * self.case.policy.exit_weeks).astype(np.int64)

    def _happiness(self) -> Floats:
        """Return the chance of a happy purchase (A, S), worked out anew only when things change."""
        self.wait = self.after_sales.wait
        now = (self.outlets.price, self.outlets.is_open, self.wait)
        before = self._happy_at
        if before is None or not all(map(np.array_equal, before, now)):
            self._happy_at = (now[0], now[1].copy(), now[2])
            self._happy = self.tiers.happiness(self.setting, *now)
        return self._happy

    def _look_after(self) -> None:
        """Book what customers of some tiers were let off, and pay for looking after them."""
        outlets, tiers = self.outlets, self.tiers
        asked = outlets.sold * outlets.price
        off = tiers.given(self.setting, self.sales.sold, outlets.price)
        kept = 1 - np.divide(off, asked, out=np.zeros_like(off), where=asked > 0)
        self.money = self.deal.money(self.case, self.full_price, kept)
        self.governing += cash.accounts(
            self.ledger, float(tiers.by_tier(self.consumers.adopted) @ tiers.cost)
        )

    def _carried(self) -> float:
        """Return delivery to consumers, money."""
        arcs = self.setting.arcs
        per_unit = arcs.km * self.money.delivery_per_km[arcs.candidate]
        return float((self.sales.sold.sum(axis=1) * per_unit).sum())
