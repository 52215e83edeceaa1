"""What one week shows, by level: the measures of `domain.measures`, and what lies behind them."""

from typing import TYPE_CHECKING

import numpy as np

from channelsim.domain import conflict, customers, measures
from channelsim.domain.columns import Bools, Floats, across, dot
from channelsim.domain.demand import Flows
from channelsim.domain.measures import Measures
from channelsim.simulate import bottlenecks, incentive_use, quarrels, structure
from channelsim.simulate.promotions import misalignment

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel

type Shown = dict[str, Floats]

_UNITS = "units/week"
_MONEY = "money/week"
_SHARE = "share"
_INDEX = "index 0-1"

UNITS = {
    **measures.UNITS,
    **quarrels.UNITS,
    **quarrels.PAIR_UNITS,
    **bottlenecks.UNITS,
    **structure.UNITS,
    **incentive_use.UNITS,
    "score": "1 as expected",
    "tier": "0 A, 1 B, 2 C",
    "bad_reviews": "in a row",
    "boycotts": "partners",
    "terminated": "partners so far",
    "recruited": "operations so far",
    "lost": _UNITS,
    "fill_rate": _SHARE,
    "aware": _SHARE,
    "penetration": _SHARE,
    "owners": "people",
    "customers": "people",
    "churn": "share of former buyers' occasions",
    "customer_value": "money",
    "risen": "people/week",
    "lapsed": "people/week",
    "numeric_distribution": "share of zones",
    "covered": "1 covered, 0 not",
    "below_floor": "share of units",
    "promotion_misalignment": _SHARE,
    "price_dispersion": "share of the mean price",
    "price": "money/unit",
    "happy": "share of buyers",
    "after_sales_wait": "weeks",
    "complaints": "complaints/week",
    "goodwill": "utils",
    "satisfaction": _INDEX,
    "trust": _INDEX,
    "grievance": _INDEX,
    "effort": "1 as planned",
    "attainment": "share of quota",
    "active": "partners",
    "exits": "partners so far",
    "open": "1 open, 0 closed",
    "stock": "units",
    "orders": _UNITS,
    "shipped": _UNITS,
    "asked": _UNITS,
    "diverted": _UNITS,
    "foreign": _UNITS,
    "cash": "money",
    "bullwhip": "variance of orders / of sales",
    "upstream_bullwhip": "variance of orders at the plant / of sales",
    "production_bullwhip": "variance of production / of sales",
    "inventory_turnover": "times a year",
    "stock_alarms": "outlets",
    "lead_time": "weeks",
    "made": _UNITS,
    "maker_stock": "units",
}
"""Unit of every measure that a run records."""


def week_measures(channel: "Channel", viable: float) -> Measures:
    """Return the measures of the week just played, by the definitions of `domain.measures`.

    Parameters
    ----------
    viable
        Share of operations that have reached their reservation so far.
    """
    case, setting, sales, books = channel.case, channel.setting, channel.sales, channel.books
    ready = channel.trading & sales.in_stock
    units = float(books.sold.sum())
    occasions = float(sales.occasions.sum())
    money = channel.money
    return Measures(
        coverage=measures.coverage(setting.near, ready, setting.demand),
        online_reach=float((ready & case.columns.online).any()),
        share=units / occasions if occasions > 0 else 0.0,
        occasions=occasions,
        units=units,
        revenue=dot(books.sold, money.price),
        production=dot(books.sold, money.production),
        **_cost_parts(channel),
        **measures.weigh_conflict(case, _conflict(channel)),
        partner_profit=float(books.profit[~channel.trade.own].sum() + books.passed.sum()),
        viable=viable,
    )


def foreign(channel: "Channel") -> float:
    """Return units sold or diverted into another partner's exclusive zone."""
    sold = across(channel.sales.sold)
    return float(sold[channel.setting.foreign].sum() + channel.brought_in().sum())


def _cost_parts(channel: "Channel") -> dict[str, float]:
    """Return the parts of cost to serve; what contracts pay is what this week earned."""
    case, books = channel.case, channel.books
    money = channel.money_of_sales()
    flows = Flows(channel.setting.arcs, channel.sales.sold.astype(np.float64), money.price)
    parts = measures.cost_parts(case, channel.unspent, channel.trading, flows, money)
    parts["logistics"] += channel.kept
    parts["channel"] += books.channel + _bought_cheaper(channel)
    parts["incentives"] += books.incentives
    parts["governance"] += channel.governing
    return parts


def _bought_cheaper(channel: "Channel") -> float:
    """Return what diverted goods cost the maker: they were bought below their buyer's price."""
    moves, paid = channel.moves, channel.trade.received
    return dot(moves.units, paid[moves.buyer] - paid[moves.seller])


def _conflict(channel: "Channel") -> dict[str, float]:
    setting, sales, standing = channel.setting, channel.sales, channel.standing
    sold = across(sales.sold).astype(np.float64)
    price = channel.outlets.price[setting.arcs.candidate[setting.live]]
    tolerance = channel.case.policy.price_gap_tolerance
    return {
        "price_conflict": conflict.price_conflict(
            setting.rivalry, sold[setting.live], price, setting.demand, tolerance
        ),
        "territory_conflict": conflict.territory_conflict(foreign(channel), float(sold.sum())),
        "customer_conflict": conflict.customer_conflict(
            float(sales.switched.sum()), float(sales.repeat.sum())
        ),
        "goal_conflict": conflict.goal_conflict(
            standing.attainment,
            standing.profit,
            standing.reservation,
            standing.active & ~channel.firms.own,
        ),
    }


def total(channel: "Channel") -> dict[str, float]:
    """Return what lies behind the measures, one figure each."""
    sales, standing, outlets = channel.sales, channel.standing, channel.outlets
    sold, lost = float(channel.books.sold.sum()), float(sales.lost.sum())
    partners = standing.active & ~channel.firms.own
    ready = channel.trading & sales.in_stock
    people = max(float(channel.setting.people.sum()), 1.0)
    return {
        "lost": lost,
        "fill_rate": _ratio(sold, sold + lost, 1.0),
        "aware": float(channel.consumers.aware.sum()) / people,
        "penetration": float(channel.consumers.adopted.sum()) / people,
        "churn": customers.churn(float(sales.deserted.sum()), float(sales.repeat.sum())),
        "customer_value": _customer_value(channel),
        "numeric_distribution": float(channel.setting.available(ready).mean()),
        "below_floor": _below_floor(channel),
        "promotion_misalignment": _misaligned(channel),
        "price_dispersion": _dispersion(channel.books.sold, outlets.price),
        "happy": _ratio(float(sales.happy_buyers.sum()), sold, 0.0),
        "after_sales_wait": _ratio(dot(channel.wait, channel.books.sold), sold, 0.0),
        "complaints": channel.complained,
        "goodwill": _weighted(channel.goodwill.stock, channel.setting.demand),
        "satisfaction": _mean(standing.satisfaction, partners),
        "trust": _mean(standing.trust, partners),
        "grievance": _mean(standing.grievance, partners),
        "attainment": _mean(standing.attainment, partners),
        "effort": _mean(outlets.effort, channel.trading & ~channel.trade.own),
        "active": float(partners.sum()),
        "exits": float(standing.exited.sum()),
        "stock": float(outlets.stock.sum()),
        "orders": float(outlets.ordered.sum()),
        "shipped": float(outlets.shipped.sum()),
        "diverted": float(channel.moves.units.sum()),
        "foreign": foreign(channel),
        "cash": float(channel.maker.balance),
        "score": _mean(channel.governed.score, partners),
        "boycotts": float((channel.protests.active(channel.week) & partners).sum()),
        "terminated": float(channel.governed.terminated.sum()),
        "recruited": float(channel.pipeline.recruited),
        **bottlenecks.total(channel, _below_floor(channel), foreign(channel)),
        **structure.total(channel),
        **incentive_use.total(channel),
        **_supply(channel),
    }


def _supply(channel: "Channel") -> dict[str, float]:
    """Return how goods flow, the bullwhip and turnover over the weeks so far."""
    flow, outlets, margin = channel.flow, channel.outlets, channel.case.policy.alarm_weeks
    shipped = np.maximum(np.minimum(outlets.shipped, outlets.ordered), 0).astype(np.float64)
    alarms = channel.replenishment.alarms(outlets, channel.week, margin)
    return {
        "bullwhip": float(flow.bullwhip[-1]),
        "upstream_bullwhip": flow.upstream_bullwhip,
        "production_bullwhip": flow.production_bullwhip,
        "inventory_turnover": float(flow.turnover[-1]),
        "stock_alarms": float(alarms.sum()),
        "lead_time": _weighted(channel.trade.lead.astype(np.float64), shipped),
        "made": float(channel.maker.made),
        "maker_stock": float(channel.maker.stock),
    }


def zones(channel: "Channel") -> Shown:
    """Return what each zone shows: (Z,) by measure."""
    sales, setting = channel.sales, channel.setting
    sold = across(sales.sold)
    price = channel.money.price[setting.arcs.candidate]
    people = np.maximum(across(setting.people), 1)
    return {
        "units": setting.by_zone(sold),
        "revenue": setting.by_zone(sold * price),
        "lost": setting.by_zone(across(sales.lost)),
        "covered": setting.available(channel.trading & sales.in_stock).astype(np.float64),
        "aware": across(channel.consumers.aware) / people,
        "owners": across(channel.consumers.adopted).astype(np.float64),
        "goodwill": channel.goodwill.stock,
        "price_dispersion": structure.dispersion(channel),
        **bottlenecks.causes(channel),
    }


def partners(channel: "Channel") -> Shown:
    """Return what each partner shows: (P,) by measure."""
    standing, outlets, books = channel.standing, channel.outlets, channel.books
    total = channel.setting.by_partner
    doors = total(channel.trading.astype(np.float64))
    effort = total(np.where(channel.trading, outlets.effort, 0.0))
    return {
        "units": books.units,
        "revenue": total(books.sold * channel.money.price),
        "profit": total(books.profit) + books.passed,
        "effort": np.divide(effort, doors, out=np.zeros_like(doors), where=doors > 0),
        "satisfaction": standing.satisfaction,
        "trust": standing.trust,
        "grievance": standing.grievance,
        "stock": total(outlets.stock) + channel.distributors.stock,
        "orders": total(outlets.ordered) + channel.distributors.ordered,
        "bullwhip": channel.flow.bullwhip[:-1],
        "inventory_turnover": channel.flow.turnover[:-1],
        "attainment": standing.attainment,
        "active": standing.active.astype(np.float64),
        "score": channel.governed.score,
        "tier": standing.tier.astype(np.float64),
        "bad_reviews": channel.governed.bad.astype(np.float64),
        **quarrels.by_partner(channel),
    }


def outlets(channel: "Channel") -> Shown:
    """Return what each outlet shows: (J,) by measure."""
    rows, books = channel.outlets, channel.books
    return {
        "units": books.sold,
        "revenue": books.sold * channel.money.price,
        "profit": books.profit,
        "price": rows.price,
        "effort": rows.effort,
        "after_sales_wait": channel.wait,
        "stock": rows.stock.astype(np.float64),
        "orders": rows.ordered.astype(np.float64),
        "asked": rows.asked,
        "open": channel.trading.astype(np.float64),
    }


def tiers(channel: "Channel") -> Shown:
    """Return what each tier of customers shows: (T,) by measure."""
    sales, by_tier = channel.sales, channel.tiers.by_tier
    deserted, repeat = by_tier(sales.deserted), by_tier(sales.repeat)
    return {
        "customers": by_tier(channel.consumers.adopted),
        "units": by_tier(sales.sold),
        "churn": np.array([customers.churn(*row) for row in zip(deserted, repeat, strict=True)]),
        "risen": by_tier(sales.risen),
        "lapsed": by_tier(sales.lapsed),
    }


def _customer_value(channel: "Channel") -> float:
    """Return what a customer of this week is worth to the maker, money."""
    sales, books = channel.sales, channel.books
    deserted, repeat = float(sales.deserted.sum()), float(sales.repeat.sum())
    owners, sold = channel.tiers.by_tier(channel.consumers.adopted), float(books.sold.sum())
    season = channel.setting.season(channel.week) * channel.setting.growth(channel.week)
    if owners.sum() <= 0 or season <= 0:
        return 0.0
    return customers.customer_value(
        margin=dot(books.sold, channel.money.margin) / sold if sold > 0 else 0.0,
        occasions=(deserted + repeat) / float(owners.sum()) / season,
        lost=customers.churn(deserted, repeat),
        discount=channel.case.economics.discount_rate,
        cost=float(owners @ channel.tiers.cost / owners.sum()),
    )


def _below_floor(channel: "Channel") -> float:
    """Return the share of units below the price floor; a promotion agreed on cuts the floor too."""
    floor = channel.case.policy.price_floor
    if floor is None:
        return 0.0
    sold = channel.books.sold
    return _ratio(float(sold[channel.full_price < floor].sum()), float(sold.sum()), 0.0)


def _misaligned(channel: "Channel") -> float:
    setting, deal = channel.setting, channel.deal
    if not deal.promoted.any():
        return 0.0
    sold = across(channel.sales.sold[setting.live]).astype(np.float64)
    return misalignment(setting.rivalry, sold, deal.cut[setting.arcs.candidate[setting.live]])


def _dispersion(sold: Floats, price: Floats) -> float:
    """Return the coefficient of variation of the prices paid."""
    if sold.sum() <= 0:
        return 0.0
    mean = float(np.average(price, weights=sold))
    return float(np.sqrt(np.average((price - mean) ** 2, weights=sold))) / mean


def _mean(values: Floats, which: Bools) -> float:
    return float(values[which].mean()) if which.any() else 0.0


def _weighted(values: Floats, weights: Floats) -> float:
    return _ratio(dot(values, weights), float(weights.sum()), 0.0)


def _ratio(part: float, whole: float, empty: float) -> float:
    return part / whole if whole > 0 else empty
