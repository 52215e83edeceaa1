import numpy as np
import pandas as pd
import pytest

from channelsim.domain.layout import Layout
from channelsim.domain.measures import UNITS, Measures, planned
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Assumption
from channelsim.errors import BadValue
from channelsim.study import playing as module
from channelsim.study.compare import compare
from tests.instances import tiny

TINY = tiny()
PLAN = Layout.of(["north-a", "south-c", "web"])
CASES = {"today": (TINY, TINY.today), "plan": (TINY, PLAN)}
PROFITS = {"today": (10.0, 20.0, 30.0), "plan": (12.0, 25.0, 29.0), "bold": (50.0, 0.0, 20.0)}
"""Profit of each case in replications 0, 1 and 2 of the stand-in simulator."""


def measures_of(profit: float) -> Measures:
    """Return measures that are all 0 but for this profit and a fixed cost of 1000 - profit."""
    values = {**dict.fromkeys(Measures.__dataclass_fields__, 0.0), "revenue": 1000.0}
    return Measures(**{**values, "fixed": 1000.0 - profit})


class StandIn:
    """A simulator whose every figure is known: profit by name and replication, or, in a draw
    (recording nothing), 1000 x price sensitivity, and twice that in layouts with south-c.
    """

    def __init__(self):
        self.calls = []

    def __call__(self, scenario, layout, *, seed, replication=0, name="layout", record):
        self.calls.append((name, layout, seed, replication, record))
        if record:
            profit = PROFITS[name][replication]
        else:
            factor = 2000 if "south-c" in layout.open_ids else 1000
            profit = factor * scenario.segments[0].price_sensitivity
        return Outcome(scenario.name, name, seed, replication, (), measures_of(profit))


@pytest.fixture
def simulator(monkeypatch):
    stand_in = StandIn()
    monkeypatch.setattr(module, "simulate", stand_in)
    return stand_in


@pytest.fixture
def compared(simulator):
    """Return today and plan over three replications."""
    return compare(CASES, replications=3)


@pytest.fixture
def drawn(simulator):
    """Return today and plan over one replication and eight draws of the price sensitivity."""
    return compare(CASES, replications=1, draws=8, seed=5)


def test_runs_of_one_replication_share_the_seed(simulator):
    """Every case meets the same consumers: seed and replication are the same, the layout is not."""
    compare(CASES, replications=2, seed=7)
    assert [(name, seed, r) for name, _, seed, r, _ in simulator.calls] == [
        ("today", 7, 0),
        ("today", 7, 1),
        ("plan", 7, 0),
        ("plan", 7, 1),
    ]


def test_each_case_plays_its_own_layout(simulator):
    compare(CASES, replications=1)
    assert [layout for _, layout, *_ in simulator.calls] == [TINY.today, PLAN]


def test_outcomes_record_what_was_asked_for(simulator):
    compare(CASES, replications=1, record=["outlet"])
    assert {record for *_, record in simulator.calls} == {("outlet",)}


def test_draws_record_nothing(simulator):
    compare(CASES, replications=1, draws=3)
    assert [record for *_, record in simulator.calls].count(()) == 2 * 3


def test_every_case_is_drawn_alike(drawn):
    """Plan earns twice what today earns in each draw, so both saw the same sensitivities."""
    today, plan = (np.array([m.profit for m in drawn.drawn[c]]) for c in ("today", "plan"))
    assert plan == pytest.approx(2 * today)
    assert len(set(today)) == 8
    assert ((today >= 8) & (today <= 12)).all()


def test_the_draws_are_of_the_baselines_assumptions(simulator):
    other = TINY.replace(assumptions=())
    cases = {"today": (other, TINY.today), "plan": (TINY, PLAN)}
    assert compare(cases, replications=1, draws=2).drawn == {}
    assert set(compare(cases, replications=1, draws=2, baseline="plan").drawn) == {"today", "plan"}


def test_a_case_without_the_assumption_stays_as_it_is(simulator):
    other = TINY.replace(assumptions=())
    result = compare({"today": CASES["today"], "plan": (other, PLAN)}, replications=1, draws=3)
    assert [m.profit for m in result.drawn["plan"]] == pytest.approx([20.0] * 3)


def test_realised_figures_have_replication_intervals(compared):
    """10, 20, 30: mean 20, standard error 10 / sqrt(3), t 4.3027."""
    interval = compared.realised["today"]["profit"]
    assert interval.mean == pytest.approx(20)
    assert interval.high == pytest.approx(20 + 43.02653 / 3**0.5)


def test_differences_are_paired(compared):
    """2, 5, -1: mean 2, standard deviation 3, standard error 3 / sqrt(3): far below today's own."""
    interval = compared.difference("plan", "profit").realised
    assert interval.mean == pytest.approx(2)
    assert interval.high - 2 == pytest.approx(4.302653 * 3**0.5)


def test_the_planned_difference_is_that_of_the_plans(compared):
    gained = planned(TINY, PLAN).profit - planned(TINY, TINY.today).profit
    assert compared.difference("plan", "profit").planned == pytest.approx(gained)


def test_plans_are_those_of_the_domain(compared):
    assert compared.planned == {"today": planned(TINY, TINY.today), "plan": planned(TINY, PLAN)}


def test_a_case_wins_the_replications_in_which_it_is_better(compared):
    assert compared.difference("plan", "profit").wins == pytest.approx(2 / 3)


def test_of_a_cost_less_is_better(compared):
    """Fixed cost is 1000 - profit: lower just where the profit is higher."""
    assert compared.difference("plan", "cost").wins == pytest.approx(2 / 3)


def test_a_tie_is_no_win(compared):
    assert compared.difference("plan", "coverage").wins == 0.0


def test_without_draws_there_is_nothing_to_say_about_assumptions(compared):
    difference = compared.difference("plan", "profit")
    assert compared.assumption == {}
    assert (difference.assumption, difference.wins_assumption) == (None, None)


def test_differences_over_draws_are_paired(drawn):
    """Plan less today is 1000 x the sensitivity itself: within 8 to 12, always better."""
    difference = drawn.difference("plan", "profit")
    assert 8 <= difference.assumption.low <= difference.assumption.high <= 12
    assert difference.wins_assumption == 1.0


def test_intervals_over_draws_are_kept_apart(drawn):
    today, plan = drawn.assumption["today"]["profit"], drawn.assumption["plan"]["profit"]
    assert 8 <= today.low <= today.high <= 12
    assert (plan.low, plan.high) == pytest.approx((2 * today.low, 2 * today.high))


def test_regret_is_the_loss_against_the_best_of_each_replication(simulator):
    """The best are bold, plan, today with 50, 25, 30: today loses 40, 5, 0, plan 38, 0, 1 and
    bold 0, 25, 10.
    """
    result = compare({**CASES, "bold": (TINY, PLAN)}, replications=3)
    today, plan, bold = result.regret
    assert (today.mean, today.worst, today.best) == pytest.approx((15, 40, 1 / 3))
    assert (plan.mean, plan.worst, plan.best) == pytest.approx((13, 38, 1 / 3))
    assert (bold.mean, bold.worst, bold.best) == pytest.approx((35 / 3, 25, 1 / 3))


def test_regret_is_over_the_draws_where_there_are_any(drawn):
    """Plan earns twice today's: today's regret is today's own profit."""
    today, plan = drawn.regret
    assert today.mean == pytest.approx(drawn.assumption["today"]["profit"].mean)
    assert (plan.best, plan.mean, plan.worst) == (1.0, 0.0, 0.0)


def test_the_tail_of_a_case_is_its_worst_runs(compared):
    assert compared.tail_mean("today", share=0.7) == pytest.approx(15.0)  # of 10, 20 and 30
    assert compared.tail_mean("today", "cost", share=0.4) == pytest.approx(990.0)


def test_the_tail_is_over_the_draws_where_there_are_any(drawn):
    worst = min(drawn.drawn_values("plan", "profit"))
    assert drawn.tail_mean("plan") == pytest.approx(worst)


def test_cases_that_are_equally_good_are_both_best(simulator):
    """Two cases with one layout and no draws of their own earn the same in every draw."""
    result = compare({"today": CASES["today"], "plan": CASES["today"]}, replications=1, draws=2)
    assert [r.best for r in result.regret] == [1.0, 1.0]


def test_the_baseline_comes_first(simulator):
    result = compare(CASES, replications=1, baseline="plan")
    assert result.names == ("plan", "today")
    assert result.difference("today", "profit").realised.mean == pytest.approx(-2)


def test_differences_cover_every_other_case_and_measure(compared):
    pairs = [(d.case, d.measure, d.unit) for d in compared.differences]
    assert pairs == [("plan", measure, UNITS[measure]) for measure in Measures.names()]


def test_one_case_alone_has_no_differences(simulator):
    result = compare({"today": CASES["today"]}, replications=2)
    assert result.differences == ()
    assert [r.worst for r in result.regret] == [0.0]


def test_the_table_sets_planned_beside_realised(compared):
    table = compared.table
    (row,) = table[(table.case == "today") & (table.measure == "profit")].to_dict("records")
    assert row["planned"] == planned(TINY, TINY.today).profit
    assert row["realised"] == pytest.approx(20)
    assert row["low"] < 20 < row["high"]
    assert row["unit"] == "money/week"
    assert pd.isna(row["assumption_low"])


def test_the_table_has_a_row_a_case_and_measure(drawn):
    table = drawn.table
    assert len(table) == 2 * len(Measures.names())
    assert not table[["assumption_low", "assumption_high"]].isna().any(axis=None)


def test_a_comparison_knows_its_size(compared):
    assert (compared.replications, compared.names) == (3, ("today", "plan"))


def test_progress_counts_every_run(simulator):
    told = []
    compare(CASES, replications=2, draws=3, progress=lambda *done: told.append(done))
    assert told == [(n, 2 * (2 + 3)) for n in range(1, 11)]


@pytest.mark.parametrize(
    ("cases", "options", "message"),
    [
        ({}, {}, "there is nothing to compare; pass at least one case"),
        (
            CASES,
            {"replications": 0},
            "replications must be >= 1, got 0; ask for at least one run",
        ),
        (
            CASES,
            {"draws": -1},
            "draws must be >= 0, got -1; ask for 0 to leave assumptions alone",
        ),
        (
            CASES,
            {"baseline": "tomorrow"},
            "the baseline 'tomorrow' is no case; write one of today, plan",
        ),
    ],
)
def test_a_comparison_that_cannot_be_is_refused(simulator, cases, options, message):
    with pytest.raises(BadValue) as caught:
        compare(cases, **options)
    assert caught.value.message == message
    assert simulator.calls == []


def test_a_range_beyond_what_is_allowed_is_told_before_the_first_run(simulator):
    wild = Assumption("segments.everyone.retry", 0.5, 0.4, 3.0)
    scenario = TINY.replace(assumptions=(wild,))
    with pytest.raises(BadValue, match=r"^assumption segments\.everyone\.retry: "):
        compare({"today": (scenario, TINY.today)}, draws=10)
    assert simulator.calls == []


@pytest.mark.parametrize(("case", "measure"), [("tomorrow", "profit"), ("plan", "joy")])
def test_an_unknown_difference_is_told(compared, case, measure):
    with pytest.raises(BadValue) as caught:
        compared.difference(case, measure)
    assert caught.value.message.startswith(
        f"no difference of {case!r} in {measure!r}; write one of the cases today, plan and one of "
        "the measures coverage, online_reach"
    )


@pytest.fixture(scope="module")
def played():
    """Return today and plan of tiny, played by the simulator itself."""
    return compare(CASES, replications=8, draws=3, seed=11)


def test_every_run_of_the_simulator_is_kept(played):
    assert [len(runs) for runs in played.outcomes.values()] == [8, 8]
    assert [(run.layout, run.seed, run.replication) for run in played.outcomes["plan"]] == [
        ("plan", 11, r) for r in range(8)
    ]


def test_replications_differ(played):
    seen = {(run.realised.units, run.realised.profit) for run in played.outcomes["today"]}
    assert len(seen) == 8


def test_a_case_compared_with_itself_differs_in_nothing():
    same = compare({"one": CASES["plan"], "other": CASES["plan"]}, replications=2, draws=2)
    for difference in same.differences:
        assert (difference.realised.low, difference.realised.high) == (0.0, 0.0)
        assert (difference.assumption.low, difference.assumption.high) == (0.0, 0.0)


def test_common_random_numbers_narrow_the_difference(played):
    """Paired, the gain in units varies less than two independent runs would."""
    units = {c: [run.realised.units for run in runs] for c, runs in played.outcomes.items()}
    paired = np.var(np.subtract(units["plan"], units["today"]))
    assert paired < np.var(units["plan"]) + np.var(units["today"])


def test_a_partner_more_sells_more_than_noise(played):
    """south-c brings customers whom only the web shop reached: planned +330 units a week."""
    gained = played.difference("plan", "units")
    assert gained.planned == pytest.approx(1300 - 61_100 / 63)
    assert gained.realised.low > 0
    assert (gained.wins, gained.wins_assumption) == (1.0, 1.0)


def test_the_comparison_repeats_bit_by_bit(played):
    again = compare(CASES, replications=8, draws=3, seed=11)
    pd.testing.assert_frame_equal(again.table, played.table, check_exact=True)


def test_intervals_of_shares_end_at_none_and_all():
    cases = {"today": (TINY.replace(horizon_weeks=2), TINY.today)}
    seen = compare(cases, replications=2).realised["today"]
    assert 0 <= seen["coverage"].low <= seen["coverage"].high <= 1
    assert 0 <= seen["conflict"].low <= seen["conflict"].high <= 1


@pytest.mark.parametrize("number", ["replications", "draws"])
def test_half_a_run_is_refused(number):
    with pytest.raises(BadValue, match=f"{number} must be a whole number, got 1.5"):
        compare(CASES, **{number: 1.5})


def test_a_comparison_prints_as_its_summary(compared):
    text = str(compared)
    assert text == compared.summary()
    assert text.startswith("Coverage\n")
    assert len(text.splitlines()) == 4 * 5 + 5 + 1


def test_a_comparison_is_one_short_line_where_it_is_listed(drawn):
    assert repr(drawn) == ("Comparison(cases=('today', 'plan'), replications=1, draws=8, seed=5)")


def test_draws_are_counted(compared, drawn):
    assert (compared.draws, drawn.draws) == (0, 8)
