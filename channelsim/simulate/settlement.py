"""The settlement of a week: who pays whom, and what it earned on what consumers bought."""

from typing import TYPE_CHECKING

from channelsim.domain.columns import Floats
from channelsim.simulate import after_sales, cash, encounter
from channelsim.simulate.books import Books
from channelsim.simulate.tiers import look_after

if TYPE_CHECKING:
    from channelsim.simulate.channel import Channel


def settle(channel: "Channel") -> Books:
    """Pay everybody, and return the week's books."""
    returned, back = channel.buy_back.take(channel)
    gone, spoilt = channel.sell_off.take(channel, channel.outlets.cleared)
    _pay_for_goods(channel)
    conceded, deals = _pay_deals(channel)
    channel.governing -= channel.asking.floor.enforce(channel)
    if channel.tiers.on:
        look_after(channel)
    _pay_for_sales(channel)
    rate, financed = channel.case.economics.holding_rate, channel.credit.financed(channel.outlets)
    cash.running(channel.ledger, channel.trade, channel.outlets, rate, financed)
    margin = channel.credit.carry(channel.ledger, channel.distributors.from_maker) + spoilt
    kept = 1 - channel.buy_back.rate
    margin -= float((back * channel.trade.received * kept).sum())
    passed = channel.distributors.earned(channel, back * kept)
    spent = cash.spend(channel.ledger, channel.firms, channel.standing.active)
    quota = channel.weekly_quota(channel.setting.season(channel.week))
    channel.earned = channel.contracts.play(
        channel.week, channel.outlets, channel.money.price, quota, channel.standing.active
    )
    return Books.of(
        channel.trade,
        channel.outlets,
        channel.money,
        channel.earned,
        deals - returned - gone,
        channel.dumped,
        quota,
        spent + conceded,
        rate,
        financed,
        margin,
        passed,
    )


def _pay_for_goods(channel: "Channel") -> None:
    shipped, trade, made = channel.outlets.shipped, channel.trade, channel.maker.make
    due = channel.credit.due(channel.week, shipped * trade.wholesale)
    unit_cost = channel.case.economics.unit_cost
    seller = channel.distributors.seller
    cash.goods(channel.ledger, trade, shipped, made(channel.outlets), unit_cost, due, seller)
    channel.distributors.buy(channel.outlets)
    channel.kept = cash.keeping(channel.ledger, channel.case, channel.maker.stock)
    channel.governing += cash.informed(channel.ledger, channel.case)


def _pay_deals(channel: "Channel") -> tuple[float, Floats]:
    """Pay for promotions, bargained discounts, diverted goods and the placing of orders.

    Returns
    -------
    What the maker conceded in promotions and discounts, and what outlets earned by all four (J,),
    money.
    """
    ledger, trade = channel.ledger, channel.trade
    paid_back = channel.full_price * channel.deal.paid_back
    refund = cash.promotion(ledger, trade, channel.outlets, paid_back)
    off = channel.bargains.pay(channel)
    deals = cash.diverted(ledger, trade, channel.moves) + refund + off
    deals -= cash.ordering(ledger, trade, channel.outlets, channel.case)
    return float(refund.sum() + off.sum()), deals


def _pay_for_sales(channel: "Channel") -> None:
    carried = encounter.delivered(channel)
    cash.sales(channel.ledger, channel.trade, channel.outlets, channel.money, carried)
    channel.complained, cost = after_sales.complaints(channel)
    channel.governing += cost
