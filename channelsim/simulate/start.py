"""Week 0: the stationary state of today's layout, before the layout to be played replaces it.

Owners. Let e_k be the weight of outlet k in a cell (zone, segment), E their sum, h_k the chance of
a happy purchase, L = exp(inertia) and a = exp(aversion). An owner who last bought at k has the
buying weight W = E + e_k (L - 1) if happy and W' = E + e_k (a - 1) if not, and buys at an occasion
with probability W / (1 + W). In the stationary law of this chain purchases at k and its owners are

    F_k ~ e_k / (1 - e_k ((L - 1) h_k / W + (a - 1) (1 - h_k) / W'))
    happy owners ~ F_k h_k (1 + W) / W,   unhappy owners ~ F_k (1 - h_k) (1 + W') / W'.

Of the aware, 1 - exp(-purchase rate x E / (1 + E) x trading weeks) own the product.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints, across
from channelsim.domain.demand import logit_shares, occasions
from channelsim.domain.economics import UnitMoney, reservation
from channelsim.domain.scenario import Scenario
from channelsim.simulate.consumers.start import counts_from_shares
from channelsim.simulate.earned import TO_PARTNER
from channelsim.simulate.firms import Outlets, Standing
from channelsim.simulate.grievance import grievances
from channelsim.simulate.rules import relationship
from channelsim.simulate.setting import Setting
from channelsim.simulate.streams import Purpose, Streams
from channelsim.simulate.terms import SPANS, Terms
from channelsim.simulate.tiers import Tiers
from channelsim.simulate.trade import Firms, Trade

if TYPE_CHECKING:
    from channelsim.simulate.stationary import Stationary


def consumers(
    setting: Setting,
    tiers: Tiers,
    law: "Stationary",
    price: Floats,
    is_open: Bools,
    streams: Streams,
) -> Ints:
    """Return the counts of consumers by state, drawn from the stationary law.

    Parameters
    ----------
    price, is_open
        (J,) consumer prices and open outlets of long trading.
    """
    aware = np.broadcast_to(setting.case.columns.awareness[:, None], setting.people.shape)
    people, owners, pleased = setting.people, law.owners, law.pleased
    if tiers.count > 1:
        share = tier_shares(setting, tiers, price, is_open)
        people, aware, owners = _by_kind(setting, share, aware, owners)
        pleased = tiers.kinds(pleased)
    return counts_from_shares(setting.arcs, people, aware, owners, pleased, streams)


def tier_shares(setting: Setting, tiers: Tiers, price: Floats, is_open: Bools) -> Floats:
    """Return the share of owners in each tier under long trading: (Z, S, T).

    With b_t the chance of buying in a week, tiers are a birth-death chain with the stationary law
    share_{t+1} / share_t = b_t rise_t / ((1 - b_{t+1}) lapse_{t+1}).
    """
    weight = tiers.weights(setting, price, np.zeros_like(price), is_open)
    total = sum_by_zone(setting, weight)
    buys = tiers.kinds(setting.tastes.purchase_rate) * total / (1 + total)
    buys = buys.reshape(*setting.people.shape, tiers.count)
    up, down = buys[:, :, :-1] * tiers.rise[:-1], (1 - buys[:, :, 1:]) * tiers.lapse[1:]
    share = np.concatenate(
        [np.ones_like(buys[:, :, :1]), np.cumprod(up / np.maximum(down, 1e-12), axis=2)], axis=2
    )
    result: Floats = share / share.sum(axis=2, keepdims=True)
    return result


def _by_kind(
    setting: Setting, share: Floats, aware: Floats, owners: Floats
) -> tuple[Ints, Floats, Floats]:
    """Return people (Z, C), the aware among them (Z, C), and owners of each outlet (A, C), shares.

    Who has never bought is of the lowest tier.

    Parameters
    ----------
    share
        (Z, S, T) share of owners in each tier.
    aware, owners
        (Z, S) and (A, S), shares of all people of the zone and segment.
    """
    everybody, zone = setting.people[:, :, None], setting.arcs.zone
    own = sum_by_zone(setting, owners)[:, :, None] * share
    people = np.rint(everybody * own).astype(np.int64)
    people[:, :, 0] = setting.people - people[:, :, 1:].sum(axis=2)
    part = np.divide(everybody * own, people, out=np.zeros_like(own), where=people > 0)
    part = np.minimum(part, 1.0)
    known = np.ones_like(own)
    told = aware * setting.people - people[:, :, 1:].sum(axis=2)
    known[:, :, 0] = np.clip(told / np.maximum(people[:, :, 0], 1), part[:, :, 0], 1.0)
    among = np.divide(
        owners,
        sum_by_zone(setting, owners)[zone],
        out=np.zeros_like(owners),
        where=owners > 0,
    )
    by_kind = among[:, :, None] * part[zone]
    flat = len(share), -1
    return people.reshape(flat), known.reshape(flat), by_kind.reshape(len(owners), -1)


def owner_shares(setting: Setting, weight: Floats, happy: Floats) -> tuple[Floats, Floats]:
    """Return the owners of each outlet as a share of all people, and the happy ones among them.

    Parameters
    ----------
    weight, happy
        (A, S) choice weights, and chances of a happy purchase.
    """
    tastes, zone = setting.tastes, setting.arcs.zone
    total = sum_by_zone(setting, weight)
    pull, push = np.expm1(tastes.inertia), np.expm1(tastes.aversion)
    glad = np.maximum(total[zone] + weight * pull, 1e-300)
    sore = np.maximum(total[zone] + weight * push, 1e-300)
    stay = weight * (pull * happy / glad + push * (1 - happy) / sore)
    bought = weight / (1 - stay)
    content = bought * happy * (1 + glad) / glad
    owners = content + bought * (1 - happy) * (1 + sore) / sore
    everybody = sum_by_zone(setting, owners)
    rate = tastes.purchase_rate * total / (1 + total)
    own = setting.case.columns.awareness[:, None] * -np.expm1(
        -rate * setting.case.market.trading_weeks
    )
    scale = np.divide(own, everybody, out=np.zeros_like(own), where=everybody > 0)
    pleased = np.divide(content, owners, out=np.zeros_like(owners), where=owners > 0)
    return np.minimum(owners * scale[zone], 1.0), np.clip(pleased, 0.0, 1.0)


def sum_by_zone(setting: Setting, values: Floats) -> Floats:
    """Sum values by arc (A, S) over zones: (Z, S)."""
    return np.stack([setting.by_zone(column) for column in values.T], axis=1)


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a layout is expected to bring in an average week."""

    units: Floats
    """(A,) units by arc."""
    sold: Floats
    """(J,) units, within capacity."""
    profit: Floats
    """(P,) money."""
    reservation: Floats
    """(P,) money."""
    maker: Floats
    """(P,) the maker's margin on its sales, money."""
    attainment: Floats
    """(P,) units over quota."""
    grievance: Floats
    """(P,) 0 to 1."""


def outlook(
    setting: Setting, trade: Trade, terms: tuple[Terms, ...], money: UnitMoney, is_open: Bools
) -> Outlook:
    """Return what a set of open outlets (J,) is expected to bring."""
    price = money.price
    weight = setting.weights(price, np.zeros_like(price), is_open)
    units = logit_shares(setting.arcs, weight) * occasions(setting.case)[setting.arcs.zone]
    by_arc: Floats = across(units)
    sold = np.minimum(setting.by_outlet(by_arc), trade.capacity)
    reached = np.full(len(setting.case.partners), 1 / setting.case.policy.quota_growth)
    profit = _profit(setting, trade, terms, money, sold, reached[trade.partner])
    asked = reservation(money, sold)
    foreign = setting.by_zone(by_arc * setting.foreign)
    return Outlook(
        units=by_arc,
        sold=sold,
        profit=setting.by_partner(np.where(is_open, profit, 0.0)),
        reservation=setting.by_partner(np.where(is_open, asked, 0.0)),
        maker=setting.by_partner(sold * money.margin),
        attainment=reached,
        grievance=grievances(setting, by_arc, price, foreign),
    )


def _profit(
    setting: Setting,
    trade: Trade,
    terms: tuple[Terms, ...],
    money: UnitMoney,
    sold: Floats,
    reached: Floats,
) -> Floats:
    """Return the profit of each outlet's partner in an average week: (J,) money."""
    price = money.price
    held = sold * (trade.safety + (trade.review - 1) / 2) * trade.wholesale
    income = np.where(trade.title, sold * (price - trade.wholesale), 0.0)
    income -= setting.case.economics.holding_rate * held + sold * price * trade.selling_rate
    for term in terms:
        weeks = np.array(SPANS)[term.span]
        base = sold * weeks * term.unit_base(price, trade.wholesale)
        base += term.instrument == "franchise_fee"
        so_far = setting.by_partner(sold)[trade.partner] * weeks if term.by_volume else reached
        income += TO_PARTNER.get(term.instrument, 0.0) * term.due(so_far, base) / weeks
    result: Floats = income - trade.partner_fixed
    return result


def outlets(
    goods: tuple[Ints, Ints], price: Floats, today: Outlook, is_open: Bools, season: Floats
) -> Outlets:
    """Return the outlets of today's layout.

    Parameters
    ----------
    goods
        Units of long trading on hand (J,), and under way (L + 1, J).
    """
    count = len(price)
    stock, transit = goods
    flows = [np.zeros(count, dtype=np.int64) for _ in Outlets.FLOWS]
    return Outlets(
        is_open=is_open.copy(),
        left=np.zeros(count, dtype=np.bool_),
        price=price.copy(),
        effort=np.ones(count),
        lift=np.zeros(count),
        stock=stock,
        transit=transit,
        level=np.where(is_open, today.sold, 0.0),
        target=np.zeros(count),
        asked=np.where(is_open, today.sold, 0.0) * season[-1],
        **dict(zip(Outlets.FLOWS, flows, strict=True)),
    )


def borne(case: Scenario, firms: Firms, streams: Streams) -> Ints:
    """Return how long each partner would already have borne a loss, spread evenly: (P,).

    Those who will leave came to it at different times, so they do not leave in one week.
    """
    luck = streams.uniform(Purpose.EXIT, 0, firms.key)
    weeks = relationship.endures(case.policy.exit_weeks, firms.long_term)
    return np.floor(luck * weeks).astype(np.int64)


def standing(firms: Firms, today: Outlook, plan: Outlook, known: Bools, borne: Ints) -> Standing:
    """Return every partner's standing: today's where it trades today, else the plan's.

    Parameters
    ----------
    known
        (P,) who trades today.
    borne
        (P,) weeks that a partner below its reservation today has borne already.
    """

    def begun(name: str) -> Floats:
        here: Floats = getattr(today, name)
        planned: Floats = getattr(plan, name)
        return np.where(known, here, planned)

    count = len(known)
    profit, asked, maker = begun("profit"), begun("reservation"), begun("maker")
    satisfaction = relationship.satisfaction(profit, asked, maker)
    zeros = [np.zeros(count) for _ in range(4)]
    return Standing(
        active=known.copy(),
        exited=np.zeros(count, dtype=np.bool_),
        trust=firms.reputation.copy(),
        satisfaction=satisfaction,
        start=firms.reputation + satisfaction,
        profit=profit,
        reservation=asked,
        maker=maker,
        attainment=begun("attainment"),
        reached=begun("attainment"),
        grievance=begun("grievance"),
        usual=begun("grievance"),
        patience=np.where(known & (profit < asked), borne, 0),
        training=zeros[0],
        tier=np.ones(count, dtype=np.int64),
        reviewed_units=zeros[1],
        reviewed_quota=zeros[2],
        diverted=zeros[3],
    )
