"""Questions of tiny, whose cases a stand-in plays with figures that everybody knows."""

from dataclasses import replace

import pytest

from channelsim.domain.layout import Layout
from channelsim.domain.measures import Measures
from channelsim.domain.outcome import Outcome
from channelsim.errors import BadValue
from channelsim.study import playing
from channelsim.study.question import Question, ask
from tests.instances import tiny

TINY = tiny()
FINES = {"as is": 0.0, "low": 10.0, "high": 20.0}
CASES = {
    name: (TINY.replace({"policy.fine": fine}) if fine else TINY, TINY.today)
    for name, fine in FINES.items()
}
QUESTION = Question("fines", "罚款 · Fines", "Which fine is best?", CASES)


def stand_in(profit):
    """Return a simulator whose profit is a function of fine, replication and, in draws, of price
    sensitivity.
    """

    def run(scenario, layout, *, seed, replication=0, name="layout", record):
        values = dict.fromkeys(Measures.__dataclass_fields__, 0.0)
        draw = scenario.segments[0].price_sensitivity
        revenue = profit(scenario.policy.fine, replication, draw)
        return Outcome(
            scenario.name, name, seed, replication, (), Measures(**{**values, "revenue": revenue})
        )

    return run


@pytest.fixture
def asked(monkeypatch):
    """Ask the question of a stand-in."""

    def answer(profit, question=QUESTION, **options):
        monkeypatch.setattr(playing, "simulate", stand_in(profit))
        return ask(question, **{"replications": 3, "draws": 4} | options)

    return answer


def test_the_case_of_the_best_mean_is_best(asked):
    answer = asked(lambda fine, r, _: 1000 + (fine == 10) * 5 - (fine == 20) * 3 + r)
    assert answer.ranking == ("low", "as is", "high")
    assert (answer.best, answer.rivals) == ("low", ())


def test_less_is_better_where_the_measure_says_so(asked):
    question = replace(QUESTION, measures=("cost_share",))
    assert asked(lambda fine, r, _: 1000.0, question).best == "as is"


def test_a_case_that_the_noise_hides_is_a_rival(asked):
    # the difference between low and high swings by run: +4, -1, -1
    answer = asked(lambda fine, r, _: 1000 + (fine > 0) * 50 + (fine == 10) * (4 if r == 0 else -1))
    assert (answer.best, answer.rivals) == ("low", ("high",))


def test_a_case_that_the_assumptions_turn_round_is_a_rival(asked):
    answer = asked(lambda fine, r, draw: 1000 + r + fine * (0.0105 - draw) * 1e4)
    assert answer.best == "high"
    assert answer.rivals == ("as is", "low")


def test_a_newcomer_is_new_in_part():
    # the web shop opens: what it sells less what the dealer loses is new to the brand
    opened = Layout.of(["north-a", "web"])
    question = Question(
        "web", "Web", "New?", {"shut": (TINY, Layout.of(["north-a"])), "open": (TINY, opened)},
        measures=("units",), newcomer="web",
    )  # fmt: skip
    short = {k: (s.replace(horizon_weeks=4), layout) for k, (s, layout) in question.cases.items()}
    answer = ask(replace(question, cases=short), replications=2, draws=2)
    (gain,) = answer.gains
    change = answer.comparison.difference("open", "units").realised.mean
    assert gain.case == "open"
    assert gain.units * gain.new.mean == pytest.approx(change, rel=0.05)
    assert 0 < gain.new.mean < 1
    assert "are new to the brand" in " ".join(str(answer).split())


def test_without_a_newcomer_there_is_no_gain(asked):
    assert asked(lambda fine, r, _: 1000.0).gains == ()


def test_one_case_is_no_question():
    with pytest.raises(BadValue, match="needs two to compare"):
        Question("q", "Q", "Which?", {"as is": (TINY, TINY.today)})


def test_a_question_needs_a_measure():
    with pytest.raises(BadValue, match="names no measures"):
        replace(QUESTION, measures=())


def test_an_unknown_measure_is_refused_before_the_first_run(asked):
    with pytest.raises(BadValue, match="joy"):
        asked(lambda *_: 1 / 0, replace(QUESTION, measures=("joy",)))
