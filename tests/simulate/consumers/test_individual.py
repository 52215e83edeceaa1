"""What only individuals can do: tastes that spread, memory, and draws that follow a consumer."""

import numpy as np
import pytest
from scipy import stats

from channelsim.errors import BadValue
from channelsim.simulate.consumers.individual import MOST_PEOPLE, IndividualConsumers
from channelsim.simulate.consumers.sales import Sales
from channelsim.simulate.streams import Streams
from tests.simulate.consumers.markets import in_country, reach_of

RESULTS = tuple(name for name in Sales.__dataclass_fields__ if name != "moves")


def _street(people, streams=None, **options):
    """One zone with two outlets of two partners, everybody aware, nobody an owner; what it faces
    where everybody has an occasion every week and all are happy."""
    counts = np.array([0, people, 0, 0, 0, 0])
    consumers = IndividualConsumers(
        reach_of([0, 1]), np.array([0, 1]), counts, streams or Streams(31), **options
    )
    faced = {
        "inform": np.zeros((1, 1)),
        "occasion": np.ones((1, 1)),
        "weight": np.array([[0.8], [1.4]]),
        "inertia": np.zeros(1),
        "aversion": np.zeros(1),
        "happy": np.ones((2, 1)),
        "retry": np.zeros(1),
        "stock": np.full(2, 10 * people),
    }
    return consumers, faced


@pytest.mark.parametrize(
    "options", [{"spread": np.zeros((160, 3))}, {"memory": 1e-300}, {"trace": True}]
)
def test_what_is_off_changes_no_bit(options):
    _, plain, faced = in_country(IndividualConsumers)
    _, other, _ = in_country(IndividualConsumers, **options)
    for week in range(3):
        one, two = plain.step(week, **faced), other.step(week, **faced)
        for name in RESULTS:
            assert np.array_equal(getattr(one, name), getattr(two, name)), name


@pytest.mark.parametrize("spread", [0.5, 2.0])
def test_shares_are_those_of_the_mixed_logit(spread):
    people = 400_000
    consumers, faced = _street(people, spread=np.array([[spread], [-0.3]]))
    sales = consumers.step(0, **faced)
    point, mass = np.polynomial.hermite_e.hermegauss(80)  # integrates over a standard normal
    odds = np.array([[0.8], [1.4]]) * np.exp(np.outer([spread, -0.3], point))
    shares = odds / (1 + odds.sum(axis=0)) @ (mass / mass.sum())
    expected = people * np.append(shares, 1 - shares.sum())
    observed = np.append(sales.sold[:, 0], sales.outside[0, 0])
    assert stats.chisquare(observed, expected).pvalue > 1e-3
    plain = people * np.array([0.8, 1.4, 1.0]) / 3.2
    assert stats.chisquare(observed, plain).pvalue < 1e-9


def test_a_taste_is_kept_for_life():
    """Who likes an outlet goes there again and again, without any inertia."""
    consumers, faced = _street(200_000, spread=np.array([[2.0], [0.0]]), trace=True)
    faced["weight"] = np.array([[1e6], [1e6]])  # nobody stays outside
    consumers.step(0, **faced)
    moves = consumers.step(1, **faced).moves.reshape(2, 2)
    chance = 1 / (1 + np.exp(-2.0 * np.random.default_rng(1).normal(size=10**6)))
    stays = np.mean(chance**2) / np.mean(chance)
    assert moves[0, 0] / moves[0].sum() == pytest.approx(stays, abs=0.01)
    assert stays > 0.65


@pytest.mark.parametrize("memory", [0.0, 0.5, 0.9])
def test_loyalty_grows_as_the_chain_worked_by_hand_says(memory):
    """Of those who bought n times in a row at 0, the share that stays is the logit with inertia
    times 1 + memory + ... + memory^(n - 1)."""
    consumers, faced = _street(300_000, memory=memory, trace=True)
    faced["inertia"] = np.array([0.8])
    faced["weight"] = np.array([[1e6], [1e6]])  # nobody stays outside, and outlets are alike
    consumers.step(0, **faced)
    rows = np.zeros(6)  # share of people by purchases in a row at their outlet
    rows[1] = 1.0
    for week in range(1, 5):
        tie = 0.8 * np.array([sum(memory**i for i in range(n)) for n in range(6)])
        stays = np.exp(tie) / (1 + np.exp(tie))
        repeat = rows @ stays
        moves = consumers.step(week, **faced).moves.reshape(2, 2)
        error = np.sqrt(repeat * (1 - repeat) / 300_000)
        assert abs(np.trace(moves) / 300_000 - repeat) < 4 * error
        rows = np.append(0, rows * stays)[:6]
        rows[1] += 1 - repeat


def test_an_unhappy_purchase_starts_the_row_anew():
    consumers, faced = _street(100_000, memory=0.9, trace=True)
    faced |= {"inertia": np.array([2.0]), "weight": np.array([[1e6], [1e6]])}
    for week, happy in enumerate([1.0, 1.0, 0.0, 1.0]):
        consumers.step(week, **{**faced, "happy": np.full((2, 1), happy)})
    # everybody is happy with the last purchase alone: the tie is that of one
    moves = consumers.step(4, **faced).moves.reshape(2, 2)
    stays = np.exp(2.0) / (1 + np.exp(2.0))
    assert np.trace(moves) / 100_000 == pytest.approx(stays, abs=0.005)


def test_a_longer_memory_brings_more_repeat_purchases():
    repeats = []
    for memory in (0.0, 0.4, 0.8):
        consumers, faced = _street(50_000, memory=memory, trace=True)
        faced["inertia"] = np.array([0.8])
        moves = [consumers.step(week, **faced).moves for week in range(6)][-1]
        repeats.append(np.trace(moves.reshape(2, 2)) / moves.sum())
    assert repeats == sorted(repeats)
    assert repeats[-1] > repeats[0] + 0.1


def test_moves_tell_who_went_from_where_to_where():
    consumers, faced = _street(100, trace=True)
    consumers.step(0, **{**faced, "weight": np.array([[1e9], [0.0]])})
    sales = consumers.step(1, **{**faced, "weight": np.array([[0.0], [1e9]])})
    assert sales.moves.tolist() == [[0], [100], [0], [0]]
    assert sales.switched.tolist() == [[100.0]]


def test_moves_are_not_recorded_unless_asked_for():
    consumers, faced = _street(10)
    assert consumers.step(0, **faced).moves is None


def test_tastes_belong_to_the_replication():
    spread = np.array([[1.0], [-1.0]])
    sold = []
    for streams in (Streams(31, 1), Streams(31, 1), Streams(31, 2)):
        consumers, faced = _street(10_000, streams, spread=spread)
        sold.append(consumers.step(0, **faced).sold[:, 0].tolist())
    assert sold[0] == sold[1] != sold[2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"memory": 1.0}, r"memory must lie in \[0, 1\), got 1.0; write 0 for none"),
        ({"memory": np.nan}, "memory must lie in"),
        ({"spread": np.zeros((3, 1))}, r"spread must have shape \(2, 1\) and lie in"),
        ({"spread": np.full((2, 1), 30.0)}, "give utility per deviation"),
    ],
)
def test_impossible_options_are_refused(options, message):
    with pytest.raises(BadValue, match=message):
        _street(10, **options)


def test_too_many_people_are_refused():
    with pytest.raises(BadValue, match='choose engine="lumped", whose cost does not grow'):
        _street(MOST_PEOPLE + 1)
