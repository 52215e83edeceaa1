"""The ten questions of the delta run, and print answers with both intervals."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from channelsim.domain.measures import planned
from channelsim.report.ask_job import read_questions
from channelsim.simulate.run import simulate
from channelsim.study.question import Answer, Question, ask

ROOT = Path(__file__).parents[2] / "scenarios" / "yangtze_delta"
TEN = {
    "unplanned": 3,
    "cost_down": 3,
    "live_stream": 4,
    "one_price": 3,
    "crackdown": 4,
    "smooth_quota": 3,
    "mix": 3,
    "tail_or_train": 3,
    "see_sellout": 4,
    "service_or_price": 3,
}
WEEKS = {"see_sellout": 26, "crackdown": 52, "smooth_quota": 52, "tail_or_train": 52}
"""Weeks played where a few show nothing: quotas end and reviews add up within a year."""
FEW_WEEKS = 3


@cache
def asked() -> dict[str, Question]:
    return read_questions(ROOT)


@cache
def answered(name: str) -> Answer:
    """Return the answer after some weeks, from two runs and two draws a case."""
    question = asked()[name]
    cases = {
        title: (scenario.replace(horizon_weeks=WEEKS.get(name, FEW_WEEKS)), layout)
        for title, (scenario, layout) in question.cases.items()
    }
    short = Question(
        name, question.title, question.text, cases, question.measures, question.newcomer
    )
    return ask(short, replications=2, draws=2)


def test_all_ten_are_there():
    assert {name: len(asked()[name].cases) for name in TEN} == TEN


@pytest.mark.parametrize("name", TEN)
def test_each_has_titles_in_both_languages_and_one_sentence(name):
    question = asked()[name]
    assert re.fullmatch(r".*[一-鿿].* · [A-Z][ -~]+", question.title)
    assert question.text[-1] == "?"
    assert not re.search(r"[.?!] [A-Z]", question.text)
    assert all(re.fullmatch(r"[ -~]+", title) for title in question.cases)


@pytest.mark.parametrize("name", TEN)
def test_each_prints_an_answer_with_both_intervals(name):
    text = str(answered(name))
    assert f"\n{asked()[name].text}\n" in text
    said = " ".join(text[text.index("\nAnswer: ") :].split())
    moved = re.search(
        r" ±[\d,.]+.*; [+-][\d,.]+ to [+-][\d,.]+.* over the assumptions' ranges", said
    )
    assert moved


@pytest.mark.parametrize("name", TEN)
def test_the_answer_is_of_the_table(name):
    """Every difference that the answer states stands in the row of its case and measure."""
    text = str(answered(name))
    table, said = text.split("\nAnswer: ")
    changes = re.findall(r"[+-][\d,.]+ ±[\d,.]+\d", " ".join(said.split()))
    assert changes
    assert all(change in table for change in changes)


def test_dumping_ends_with_linear_pay_and_begins_at_year_end():
    """A year of one run each: the cliff is filled in its last weeks, linear pay has none.

    Only Shanghai's dealer, who lacks weeks of what any buyer takes, begins before the last five.
    """
    question = asked()["smooth_quota"]
    runs = {
        title: simulate(scenario, layout, weeks=52, record=("total",))
        for title, (scenario, layout) in question.cases.items()
    }
    weekly = {title: run.weekly("diverted")[:, 0] for title, run in runs.items()}
    assert weekly["Yearly cliff"][-5:].sum() > 0.8 * weekly["Yearly cliff"].sum() > 0
    assert not weekly["Linear pay"].any()
    by_quarter = weekly["Quarterly cliff"].reshape(4, 13).sum(axis=1)
    assert np.count_nonzero(by_quarter) == 4
    spent = {title: run.realised.incentives for title, run in runs.items()}
    assert spent["Linear pay"] == pytest.approx(spent["Yearly cliff"], rel=0.05)


def test_more_audits_and_a_higher_fine_divert_less():
    question = asked()["crackdown"]
    diverted = {
        title: simulate(scenario, layout, weeks=52, record=("total",)).weekly("diverted").sum()
        for title, (scenario, layout) in question.cases.items()
    }
    assert list(diverted.values())[-1] == min(diverted.values()) < max(diverted.values())


def test_a_model_of_its_own_ends_price_conflict_with_the_live_stream():
    question = asked()["live_stream"]
    conflict = {
        title: simulate(scenario, layout, weeks=4, record=()).realised.price_conflict
        for title, (scenario, layout) in question.cases.items()
    }
    assert conflict["A model of its own"] <= conflict["No live-stream"] < conflict["Open"]


def test_an_equal_cost_is_equal():
    """Twice the service and the discount both cost 2 yuan on every unit sold in the shops."""
    cases = asked()["service_or_price"].cases
    base, service, price = (scenario for scenario, _ in cases.values())
    for before, served, cheaper in zip(
        base.channel_types, service.channel_types, price.channel_types, strict=True
    ):
        cost = served.fulfilment_cost - before.fulfilment_cost
        assert cost == before.price - cheaper.price == (0 if before.online else 2)
        if before.wholesale_price is not None:
            assert before.wholesale_price - cheaper.wholesale_price == 2


def test_the_saving_is_passed_on_as_the_file_says():
    """Freight and commission fall by 10%; prices by what is saved on a unit, to a few tenths."""
    cases = asked()["cost_down"].cases
    base, kept, passed = (scenario for scenario, _ in cases.values())
    assert passed.contracts == kept.contracts != base.contracts
    assert passed.candidates == kept.candidates
    rates = {c.channel_type: c.rate for c in base.contracts if c.instrument == "commission"}
    freight = {t.id: [] for t in base.channel_types}
    for candidate in base.candidates:
        freight[candidate.channel_type].append(candidate.supply_cost)
    for before, after in zip(base.channel_types, passed.channel_types, strict=True):
        if before.id == "live_stream":  # not open
            continue
        commission = rates.get(before.id, 0.0) * before.price
        saved = (commission + before.fulfilment_cost + np.mean(freight[before.id])) / 10
        assert before.price - after.price == pytest.approx(saved, abs=0.5)


def test_unplanned_layouts_cost_no_more_than_the_plan():
    scenario, _ = asked()["unplanned"].cases["Planned"]
    for _, layout in asked()["unplanned"].cases.values():
        figures = planned(scenario, layout.replace(incentives=()))
        money = sum(spend.value for spend in layout.incentives)
        assert figures.fixed + figures.setup + money <= scenario.goals.budget + 1


def test_both_mixes_spend_alike():
    cases = asked()["mix"].cases
    spent = [
        sum(s.value for s in cases[name][1].incentives) for name in ("Rebates alone", "Best mix")
    ]
    assert spent == pytest.approx([20_000, 20_000], abs=1)
