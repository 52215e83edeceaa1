"""How much stock terms of trade make partners want, and how much they let them finance.

A unit too few costs a partner its margin, c_u = (1 - share) p - w; a unit too many what it cannot
give back, c_o = (1 - buy-back) w. With demand spread exponentially the newsvendor (Arrow, Harris
and Marschak 1951) stocks -ln(1 - r) times the mean, at the critical ratio r = c_u / (c_u + c_o).
Safety stock is the type's, times that over the same at the usual ratio (Cachon and Lariviere 2005
on how revenue sharing with a lower wholesale price, and buy-back, raise stock):

    factor = ln(1 - r) / ln(1 - r*).
"""

import numpy as np

from channelsim.domain.columns import Floats
from channelsim.domain.economics import first_rate
from channelsim.domain.scenario import Scenario

_LEAST, _MOST = 0.01, 0.99
MOST_STOCK = 4.0
"""Most that terms multiply safety stock by: shelves end somewhere (assumption)."""


def stock_factor(ratio: Floats, usual: Floats) -> Floats:
    """Return safety stock over the usual at critical ratios (J,), 0 to 1: (J,)."""
    now, then = (np.log1p(-np.clip(r, _LEAST, _MOST)) for r in (ratio, usual))
    return np.minimum(now / then, MOST_STOCK)


def critical_ratio(price: Floats, wholesale: Floats, shared: Floats, back: Floats) -> Floats:
    """Return c_u / (c_u + c_o), 0 where a sale earns nothing: (J,).

    Parameters
    ----------
    price, wholesale
        (J,) money per unit.
    shared, back
        (J,) share of takings paid to the maker, and share of the wholesale price paid back.
    """
    few = np.maximum((1 - shared) * price - wholesale, 0.0)
    many = (1 - back) * wholesale
    return np.divide(few, few + many, out=np.ones_like(price), where=few + many > 0)


def wanted(case: Scenario) -> Floats:
    """Return safety stock over the channel type's by candidate: (J,), 1 on the usual terms."""
    columns = case.columns
    usual = [case.channel_types[t].usual_critical_ratio for t in columns.type_of]
    shared, back = first_rate(case, "revenue_share"), first_rate(case, "buy_back")
    if not shared.any() and not back.any() and all(ratio is None for ratio in usual):
        return np.ones(len(usual))
    wholesale = np.where(np.isnan(columns.wholesale), columns.price, columns.wholesale)
    zero = np.zeros_like(wholesale)
    plain = critical_ratio(columns.price, wholesale, zero, zero)
    known = np.array([np.nan if ratio is None else ratio for ratio in usual])
    now = critical_ratio(columns.price, wholesale, shared, back)
    factor = stock_factor(now, np.where(np.isnan(known), plain, known))
    return np.where(np.isnan(columns.wholesale), 1.0, factor)
