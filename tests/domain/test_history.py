import pytest

from channelsim.domain.history import Sale
from channelsim.errors import BadValue
from tests.instances import tiny


def test_the_price_is_what_a_unit_brought():
    assert Sale(0, "north", "a", sell_out=50, revenue=4500).price == 90.0


@pytest.mark.parametrize("row", [Sale(0, "n", sell_out=0, revenue=0), Sale(0, "n", sell_out=5)])
def test_without_sales_or_revenue_no_price_is_known(row):
    assert row.price is None


def test_sales_below_nothing_are_refused():
    with pytest.raises(BadValue, match="sell_out must be >= 0, got -5; leave it empty where it is"):
        Sale(0, "north", sell_out=-5)


def test_a_history_does_not_change_the_digest():
    assert tiny().replace(history=(Sale(0, "north", "a", sell_out=5),)).digest == tiny().digest


def test_an_unknown_partner_is_refused():
    with pytest.raises(BadValue, match="history: partner 'nobody' is unknown"):
        tiny().replace(history=(Sale(0, "nobody"),))
