"""Facts of price policy, grey goods and conflict that other modules do not hold.

`test_pricing` holds that without monitoring a floor changes little and that loosely tied partners
go below it more, `test_diversion` that certainty and severity deter together alone, and
`test_governance` what exclusive territories do.
"""

from dataclasses import replace

import pytest

from channelsim.domain.channel import Candidate
from channelsim.domain.layout import Layout
from channelsim.domain.partner import Partner
from channelsim.simulate.rest import rest_point
from channelsim.simulate.run import simulate
from tests.patterns.choices import best, dual, posted, values
from tests.patterns.contrast import shown
from tests.patterns.governance_cases import two_towns, with_gap
from tests.patterns.markets import NORTH, SOUTH, pricing_dealers
from tests.patterns.test_conflict_kinds import town

CROWDED = Layout.of(["north-a", "south-c", "web"])
NORTH_A = 1


def dealt(run):
    """North's price, and what both dealers and the whole brand sell in a week."""
    units = run.weekly("units", "partner")
    return [
        run.weekly("price", "outlet")[:, NORTH_A].mean(),
        units[:, [NORTH, SOUTH]].sum(axis=1).mean(),
        run.weekly("units").mean(),
    ]


def test_a_floor_enforced_two_percent_up_costs_hardly_any_volume(record_property):
    """Israeli 2018: prices rise by 2% and volume does not fall; here by less than 1%."""
    free = pricing_dealers()
    before = shown((free, CROWDED), dealt, 26)
    floor = {"price_floor": 1.02 * float(before[:, 0].mean())}
    held = pricing_dealers(**floor, map_monitoring=0.5, map_fine=1e7)
    after = shown((held, CROWDED), dealt, 26)
    price, dealers, brand = (after / before - 1).mean(axis=0)
    assert price == pytest.approx(0.02, abs=0.002)
    assert dealers > -0.01
    assert brand > -0.01
    for name, change in (("price", price), ("dealers' units", dealers), ("units", brand)):
        record_property(name, f"{change:+.1%}")


def at_home(worth):
    """A market of buyers to whom the maker's own shop is worth `worth` - p."""
    case = dual(0.0)
    appeals = tuple(
        replace(a, appeal=worth if a.channel_type == "web" else worth - 1.0) for a in case.appeals
    )
    return case.replace(appeals=appeals)


def own_shop(case, price):
    """What the maker earns through its own shop alone."""
    priced = values(case, {"channel_types.web.price": price})
    return rest_point(priced, Layout.of(["web"])).maker_profit[""]


def apart(rich, poor):
    """What the maker earns in a rich and a poor market that nothing links."""
    return sum(
        own_shop(case, best(lambda p: own_shop(case, p), 1.0, 8.0))  # noqa: B023
        for case in (rich, poor)
    )


def linked(rich, poor, freight=0.3):
    """What it earns where traders carry goods from the poor market into the rich, at cost: they
    are worth 1 less than those of its own shop there.
    """

    def earned(high, low):
        imported = posted(rich, low, low + freight, high)
        return imported.maker_profit[""] + own_shop(poor, low)

    def dear(low):
        return best(lambda p: earned(p, low), low, 8.0)

    low = best(lambda p: earned(dear(p), p), 1.0, 8.0)
    return earned(dear(low), low)


@pytest.mark.parametrize(("worth", "raises"), [(3.0, True), (4.0, True), (6.0, False)])
def test_parallel_imports_may_raise_the_makers_profit(worth, raises, record_property):
    """Ahmadi and Yang 2000: they sell to those for whom its own shop is too dear, unless the
    markets are too far apart.
    """
    rich, poor = at_home(worth), at_home(1.0)
    closed, open_ = apart(rich, poor), linked(rich, poor)
    record_property("profit with imports over without", f"{open_ / closed:.3f}")
    assert (open_ > closed) is raises


def test_grey_goods_stay_below_half_of_authorised_sales(record_property):
    """Antia, Bergen and Dutta 2004: a fifth in some markets, up to a half."""
    case = with_gap(two_towns(), 310.0)
    run = simulate(case, case.today, record=("total", "partner"))
    grey = float(run.weekly("diverted").sum() / run.weekly("units").sum())
    record_property("grey goods over authorised sales", f"{grey:.1%}")
    assert 0 < grey < 0.5


PRICE_ALONE = (1.0, 0.0, 0.0, 0.0)


def index(case, weights=PRICE_ALONE):
    case = case.replace(policy=replace(case.policy, conflict_weights=weights))
    return simulate(case, case.today).realised.conflict


def beside_a_quiet_town(people):
    """Two shops at 100 and 70, and a town of so many people with one shop."""
    case = town([100.0, 70.0])
    quiet = replace(case.zones[0], id="quiet", latitude=40.0, population=people)
    shop = Candidate("alone", "alone", "shop", "quiet", price=100.0, open_today=True)
    return case.replace(
        zones=(*case.zones, quiet),
        partners=(*case.partners, Partner("alone", "Alone", effort="none")),
        candidates=(*case.candidates, shop),
    )


def test_conflict_weighs_what_is_important():
    """Brown and Day 1981: importance x frequency x intensity, summed."""
    case = town([100.0, 70.0])
    found = [index(case, (share, 1.0 - share, 0.0, 0.0)) for share in (0.0, 0.5, 1.0)]
    assert found[0] == 0.0
    assert found[1] == pytest.approx(found[2] / 2)


def test_conflict_grows_with_its_intensity():
    """Brown and Day 1981: how far the one undercuts the other."""
    mild, hard = (index(town([100.0, price])) for price in (85.0, 70.0))
    assert 0 < mild < hard


def test_conflict_grows_with_its_frequency():
    """Brown and Day 1981: among as many again who see no rivals it is half as much."""
    all_, half = (index(beside_a_quiet_town(people)) for people in (0.0, 200_000.0))
    assert half == pytest.approx(all_ / 2, rel=0.02)


def test_a_usual_gap_raises_no_conflict():
    """Brown and Day 1981 count disagreements: gaps up to the tolerance are none."""
    assert index(town([100.0, 95.0])) == 0.0
