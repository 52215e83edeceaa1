"""Contract terms and the stock they make partners hold: directions that the literature gives."""

from dataclasses import replace

from channelsim.domain.contract import Contract
from tests.patterns.contrast import rises
from tests.simulate.cases import steady

NORTH = 1


def thin(*rows, resources=9.0, **changes):
    """A small market of dealers with little safety stock, under some contract terms."""
    case = steady(0.05).replace(changes) if changes else steady(0.05)
    case = case.replace(
        channel_types=tuple(
            replace(k, stock_weeks=0.3, usual_critical_ratio=0.3) for k in case.channel_types
        ),
        partners=tuple(replace(p, resources_weeks=resources) for p in case.partners),
        contracts=rows,
        policy=replace(case.policy, exit_weeks=1_000_000, exit_trust=0.0),
    )
    return case, case.today


def stock(run):
    return float(run.weekly("stock", "partner")[13:, NORTH].mean())


def fill_rate(run):
    return float(run.weekly("fill_rate")[13:].mean())


BACK = Contract("buy_back", 0.8, channel_type="dealer", period="quarter", stock_from=6.0)
SHARED = Contract("revenue_share", 0.35, channel_type="dealer")


def test_buy_back_raises_stock_and_fill_rate():
    """Pasternack 1985: a part of the price back makes a retailer stock more."""
    assert rises(thin(), thin(BACK), stock)
    assert rises(thin(), thin(BACK), fill_rate, weeks=104)


def test_revenue_sharing_with_a_lower_wholesale_price_raises_stock_and_fill_rate():
    """Cachon and Lariviere 2005: at the same margin less is at risk in a unit unsold."""
    shared = thin(SHARED, **{"channel_types.dealer.wholesale_price": 35.0})
    assert rises(thin(), shared, stock)
    assert rises(thin(), shared, fill_rate, weeks=104)


def test_longer_credit_raises_stock_where_money_is_short():
    """Petersen and Rajan 1997: trade credit finances what the poor could not stock."""

    def on_credit(weeks):
        case, _ = thin(Contract("credit", 0.0, "", "dealer", payment_lag=weeks), resources=0.0)
        case = case.replace(
            channel_types=tuple(replace(k, stock_weeks=3.0) for k in case.channel_types)
        )
        return case, case.today

    assert rises(on_credit(1), on_credit(3), stock)


def test_a_franchise_fee_with_goods_at_cost_leaves_the_partner_the_whole_margin():
    """Moorthy 1987: a two-part tariff moves effort to that of the integrated channel."""
    case, _ = thin()
    kinds = tuple(replace(k, usual_income=20.0) for k in case.channel_types)
    case = case.replace(channel_types=kinds)
    cheap = case.replace({"channel_types.dealer.wholesale_price": 40.0})
    fee = Contract("franchise_fee", 100.0, channel_type="dealer")
    two_part = cheap.replace(contracts=(fee,))
    assert rises(
        (case, case.today),
        (two_part, two_part.today),
        lambda run: float(run.weekly("effort", "partner")[:, NORTH].mean()),
    )
