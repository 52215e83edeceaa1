"""What partners complain of."""

import numpy as np
import pytest

from channelsim.domain.layout import Layout, Territory
from channelsim.simulate.grievance import Memory, grievances
from channelsim.simulate.setting import Setting
from tests.instances import tiny

# arcs of A: flagship-a, north-a, web
FLAGSHIP, NORTH, WEB = 0, 1, 2
NONE = np.zeros(4)


def setting_of(*territories):
    case = tiny()
    layout = Layout.of(c.id for c in case.candidates).replace(territories=territories)
    return Setting.of(case, layout)


def sold(setting, **units):
    by_arc = np.zeros(setting.arcs.arcs)
    for name, value in units.items():
        by_arc[{"flagship": FLAGSHIP, "north": NORTH, "web": WEB}[name]] = value
    return by_arc


def test_who_sells_alone_has_nothing_to_complain_of():
    setting = setting_of()
    felt = grievances(setting, sold(setting, north=5.0), setting.case.columns.price, NONE)
    np.testing.assert_allclose(felt, 0.0, atol=1e-12)


def test_lost_customers_hurt_by_the_share_of_others():
    setting = setting_of()
    price = np.full(5, 100.0)
    felt = grievances(setting, sold(setting, north=6.0, web=2.0), price, NONE)
    np.testing.assert_allclose(felt, [0.25 * 0.75, 0.25 * 0.25, 0.0])


def test_only_the_dearer_is_undercut():
    # the web shop is 10% cheaper: (0.10 - 0.08) / 0.08 of the pain, times its share of 1/4
    setting = setting_of()
    units, price = sold(setting, north=6.0, web=2.0), setting.case.columns.price
    felt = grievances(setting, units, price, NONE)
    assert felt[1] == pytest.approx(0.25 * 0.25 * 0.25 + 0.25 * 0.25)
    assert felt[0] == pytest.approx(0.25 * 0.75)


def test_the_holder_of_a_zone_minds_foreign_goods():
    setting = setting_of(Territory("north", "a", exclusive=True))
    units = sold(setting, north=6.0, flagship=2.0)
    price = np.full(5, 100.0)
    calm = grievances(setting, units, price, NONE)
    hurt = grievances(setting, units, price, np.array([2.0, 0.0, 0.0, 0.0]))
    np.testing.assert_allclose(hurt - calm, [0.0, 0.25 * 0.25, 0.0])


def test_memory_counts_on_newcomers_and_forgets_who_closed():
    setting = setting_of()
    planned = sold(setting, flagship=3.0)
    memory = Memory(setting, sold(setting, north=6.0, web=2.0), planned)
    memory.expect(np.array([True, False, False, False, False]))
    memory.forget(np.array([False, False, False, False, True]))
    np.testing.assert_array_equal(memory.units[:3], [3.0, 6.0, 0.0])


def test_memory_learns_by_the_week():
    setting = setting_of()
    memory = Memory(setting, sold(setting, north=13.0), sold(setting))
    memory.learn(sold(setting, north=26.0), NONE)
    assert memory.units[NORTH] == pytest.approx(14.0)
