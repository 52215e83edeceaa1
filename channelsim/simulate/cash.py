"""Cash of a week between consumers, maker, partners and third parties, entered in the ledger."""

import numpy as np

from channelsim.domain.columns import Bools, Floats, Ints
from channelsim.domain.economics import UnitMoney
from channelsim.domain.scenario import Scenario
from channelsim.simulate.divert import Moves
from channelsim.simulate.firms import Outlets
from channelsim.simulate.ledger import (
    CARRIERS,
    CONSUMERS,
    LANDLORDS,
    LENDERS,
    MAKER,
    MEDIA,
    SERVICES,
    SUPPLIERS,
    Accounts,
    Ledger,
)
from channelsim.simulate.trade import Firms, Trade


def found(ledger: Ledger, trade: Trade, opening: Bools) -> None:
    """Pay for setting up the outlets that open (J,)."""
    ledger.pay("set-up", MAKER, SERVICES, np.where(opening, trade.setup_cost, 0.0))


def wind_up(ledger: Ledger, trade: Trade, back: Ints, compensated: Bools, seller: Accounts) -> None:
    """Buy back the units of outlets that close (J,), and compensate those the maker closes (J,).

    Parameters
    ----------
    seller
        Account of who sold them the goods: the maker's, or one an outlet (J,).
    """
    send_back(ledger, trade, back, seller)
    account = ledger.account[trade.partner]
    cost = np.where(compensated, trade.closing_cost, 0.0)
    ledger.pay("compensation", MAKER, account, cost)


def send_back(ledger: Ledger, trade: Trade, back: Ints, seller: Accounts) -> None:
    """Pay for units (J,) that go back what they cost; `seller` as for `wind_up`."""
    ledger.pay("returns", seller, ledger.account[trade.partner], back * trade.wholesale)


def goods(
    ledger: Ledger,
    trade: Trade,
    shipped: Ints,
    made: int,
    unit_cost: float,
    due: Floats,
    seller: Accounts,
) -> None:
    """Pay for production, line haul and what partners owe their sellers by now (J,), money."""
    ledger.pay("production", MAKER, SUPPLIERS, made * unit_cost)
    ledger.pay("line haul", MAKER, CARRIERS, shipped * trade.supply_cost)
    ledger.pay("wholesale", ledger.account[trade.partner], seller, due)


def diverted(ledger: Ledger, trade: Trade, moves: Moves) -> Floats:
    """Pay for diverted goods; return what it earned each outlet against buying anew: (J,) money."""
    account, wholesale = ledger.account[trade.partner], trade.wholesale
    paid, freight = moves.units * moves.price, moves.units * moves.freight
    ledger.pay("diverted goods", account[moves.buyer], account[moves.seller], paid)
    ledger.pay("freight", account[moves.seller], CARRIERS, freight)
    gained = paid - freight - moves.units * wholesale[moves.seller]
    saved = moves.units * wholesale[moves.buyer] - paid
    count = len(wholesale)
    result: Floats = np.bincount(moves.seller, gained, count)
    return result + np.bincount(moves.buyer, saved, count)


def sales(ledger: Ledger, trade: Trade, outlets: Outlets, money: UnitMoney, carried: float) -> None:
    """Pay for what consumers bought.

    Parameters
    ----------
    money
        Money per unit at the prices that consumers paid.
    carried
        Delivery to consumers, money.
    """
    account, takings = ledger.account[trade.partner], outlets.sold * money.price
    ledger.pay("retail", CONSUMERS, np.where(trade.title, account, MAKER), takings)
    ledger.pay("fees", MAKER, SERVICES, takings * trade.fee_rate)
    ledger.pay("governance", MAKER, SERVICES, outlets.sold * money.governance)
    ledger.pay("fulfilment", MAKER, CARRIERS, outlets.sold * trade.fulfilment)
    ledger.pay("delivery", MAKER, CARRIERS, carried)
    ledger.pay("selling", account, SERVICES, takings * trade.selling_rate)


def promotion(ledger: Ledger, trade: Trade, outlets: Outlets, paid_back: Floats) -> Floats:
    """Pay partners back the maker's share of a promotion; return what each got: (J,) money.

    Parameters
    ----------
    paid_back
        (J,) money per unit sold.
    """
    amount: Floats = outlets.sold * paid_back
    ledger.pay("promotion", MAKER, ledger.account[trade.partner], amount)
    return amount


def accounts(ledger: Ledger, cost: float) -> float:
    """Pay for looking after customers of some tiers; return the cost, money."""
    ledger.pay("key accounts", MAKER, SERVICES, cost)
    return cost


def running(
    ledger: Ledger, trade: Trade, outlets: Outlets, holding_rate: float, financed: Floats
) -> None:
    """Pay fixed costs, and the partners' holding of stock that credit does not finance (J,), money.

    What the maker's own outlets hold is part of its overheads, in plans and runs alike.
    """
    account = ledger.account[trade.partner]
    ledger.pay("rent", MAKER, LANDLORDS, np.where(outlets.is_open, trade.maker_fixed, 0.0))
    ledger.pay("rent", account, LANDLORDS, np.where(outlets.is_open, trade.partner_fixed, 0.0))
    holding = holding_rate * outlets.stock * trade.stock_value - holding_rate * financed
    ledger.pay("holding", account, LENDERS, np.where(trade.title, holding, 0.0))


def ordering(ledger: Ledger, trade: Trade, outlets: Outlets, case: Scenario) -> Floats:
    """Pay for placing and handling orders; return what each outlet's cost: (J,) money."""
    cost = case.supply.order_cost * (1 - case.policy.digitisation)
    amount: Floats = np.where(outlets.ordered > 0, cost, 0.0)
    ledger.pay("ordering", ledger.account[trade.partner], SERVICES, amount)
    return amount


def keeping(ledger: Ledger, case: Scenario, stock: int) -> float:
    """Pay for holding the maker's finished goods, where a rate is given; return it, money."""
    cost = case.supply.holding_rate * case.economics.unit_cost * stock
    ledger.pay("finished goods", MAKER, LENDERS, cost)
    return cost


def informed(ledger: Ledger, case: Scenario) -> float:
    """Pay for digital ordering and reporting, and for market research; return the cost, money."""
    digital = case.supply.digitisation_cost * case.policy.digitisation
    ledger.pay("digitisation", MAKER, SERVICES, digital)
    ledger.pay("market research", MAKER, SERVICES, case.policy.market_research)
    return digital + case.policy.market_research


def spend(ledger: Ledger, firms: Firms, active: Bools) -> float:
    """Spend the layout's weekly money on active partners, and return the sum."""
    total = 0.0
    for instrument, payee in SPENT_ON.items():
        if instrument in firms.spend:
            amount = float(firms.spend[instrument][active].sum())
            ledger.pay(instrument, MAKER, payee, amount)
            total += amount
    return total


SPENT_ON = {
    **{"training": SERVICES, "coop": MEDIA, "marketing": MEDIA, "priority_supply": CARRIERS},
    **{"technical_support": SERVICES, "after_sales_support": SERVICES},
}
"""Who is paid in the end with the money of each instrument that is spent week by week."""
