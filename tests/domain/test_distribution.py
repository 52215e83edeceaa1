"""Who buys from whom on `tiny`: south from north, and north from a wholesaler."""

from dataclasses import replace

import numpy as np
import pytest

from channelsim.domain import measures
from channelsim.domain.contract import Contract
from channelsim.domain.economics import distributor_profit
from channelsim.domain.partner import Partner
from channelsim.domain.site import Site
from channelsim.errors import BadValue
from tests.instances import tiny

NORTH_A, SOUTH_C, WEB = 1, 2, 4
NORTH, SOUTH, BIG = 1, 2, 3


def two_tiers():
    """South buys at 70 from north, north at 60 from big, big at 55 from the maker."""
    return bought(north=("big", 60.0), south=("north", None), big=("", 55.0))


def bought(base=None, **suppliers):
    base = base or tiny()
    big = (Partner("big", "Big"),) if "big" in suppliers else ()
    rows = []
    for row in (*base.partners, *big):
        supplier, price = suppliers.get(row.id, ("", None))
        rows.append(replace(row, supplier=supplier, wholesale_price=price))
    return base.replace(partners=tuple(rows))


def test_the_goods_of_a_dealer_pass_all_who_sell_on_the_nearest_first():
    chains = two_tiers().distribution
    south = chains.operation == SOUTH_C
    assert chains.partner[south].tolist() == [NORTH, BIG]
    assert chains.nearest[south].tolist() == [0, 1]
    assert chains.depth.tolist() == [0, 1, 2, 1, 0]


def test_each_distributor_earns_what_it_asks_less_what_it_pays():
    chains = two_tiers().distribution
    assert chains.margin[chains.operation == SOUTH_C].tolist() == [10.0, 5.0]
    assert chains.received[[NORTH_A, SOUTH_C]].tolist() == [55.0, 55.0]
    units = np.zeros(5)
    units[SOUTH_C], units[NORTH_A] = 4.0, 2.0
    assert chains.earned(units).tolist() == [0.0, 40.0, 0.0, 30.0]


def test_a_partners_own_wholesale_price_goes_before_its_types():
    wholesale = two_tiers().columns.wholesale
    assert wholesale[NORTH_A] == 60.0
    assert wholesale[SOUTH_C] == 70.0
    assert np.isnan(wholesale[WEB])


def test_the_channel_earns_the_same_however_a_price_is_divided_between_tiers():
    one, many = bought(south=("north", None), north=("", 60.0)), two_tiers()
    direct = bought(north=("", 60.0))
    earned = [m.profit + m.partner_profit for m in (planned(c) for c in (direct, one, many))]
    assert earned == pytest.approx([earned[0]] * 3)


def test_what_a_distributor_earns_the_maker_does_not():
    direct, one = bought(north=("", 60.0)), bought(south=("north", None), north=("", 60.0))
    units = planned_units(direct)[SOUTH_C]
    assert planned(direct).profit - planned(one).profit == pytest.approx(10.0 * units)
    assert planned(one).partner_profit - planned(direct).partner_profit == pytest.approx(10 * units)


def test_a_distributor_finances_the_credit_of_those_who_buy_from_it():
    credit = Contract("credit", 0.0, partner="south", payment_lag=4)
    case = bought(south=("north", None), north=("", 60.0))
    case = case.replace(contracts=(*case.contracts, credit))
    units = np.zeros(5)
    units[SOUTH_C] = 1.0
    cost = case.economics.holding_rate * 4 * 70.0
    assert distributor_profit(case, units)[NORTH] == pytest.approx(10.0 - cost)
    assert case.tariff.financed[SOUTH_C] == 0.0


def planned(case):
    return measures.planned(case, case.today)


def planned_units(case):
    return measures.expected_flows(case, case.today).by_candidate(5)


@pytest.mark.parametrize(
    ("suppliers", "message"),
    [
        ({"south": ("nobody", None)}, "supplier 'nobody', which is unknown; write the id of"),
        ({"south": ("maker", None)}, "'maker', which is the maker's own; leave supplier empty"),
        ({"south": ("north", None)}, "has no wholesale_price; write in north's row what it pays"),
        ({"maker": ("north", None), "north": ("", 60.0)}, "is the maker's own, but has a supplier"),
        (
            {"south": ("north", 65.0), "north": ("south", 60.0)},
            "south has the supplier 'north', which buys from it in turn; leave the supplier",
        ),
        ({"south": ("south", 65.0)}, "which buys from it in turn"),
    ],
)
def test_a_supplier_that_cannot_be_is_refused(suppliers, message):
    with pytest.raises(BadValue, match=message):
        bought(**suppliers)


def test_who_takes_no_title_has_no_supplier():
    agents = tiny().replace({"channel_types.dealer.wholesale_price": None})
    with pytest.raises(
        BadValue, match="south-c buys nothing, but its partner south has a supplier"
    ):
        bought(agents, south=("north", None), north=("", 60.0))


def test_a_depot_is_of_somebody_who_sells_on():
    with pytest.raises(BadValue, match="hub belongs to 'north', from whom nobody buys"):
        tiny().replace(sites=(Site("hub", "Hub", partner="north"),))


def test_an_outlet_orders_from_no_strangers_depot():
    case = two_tiers().replace(sites=(Site("hub", "Hub", partner="north"),))
    with pytest.raises(BadValue, match="north-a orders from hub, a depot of north, from whom"):
        case.replace({"candidates.north-a.site": "hub"})
