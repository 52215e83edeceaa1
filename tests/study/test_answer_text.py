"""What an answer claims: no more than both intervals say, and with the table's own figures."""

import re

import pytest

from channelsim.study.question import ask
from tests.study.test_question import QUESTION, asked  # noqa: F401

LOW = 10


def answer_of(text):
    """Return the answer in one line."""
    return " ".join(text[text.index("Answer: ") :].split())


@pytest.mark.parametrize(
    ("profit", "options", "said"),
    [
        # both intervals exclude 0, and the other cases are behind
        (
            lambda fine, r, _: 1000 + (fine == LOW) * (50 + r),
            {},
            [
                "low does best: maker's contribution from 1,000 to 1,051 CNY/week (+51 ±2.5; ",
                "both intervals exclude 0.",
            ],
        ),
        (
            lambda fine, r, draw: 1000 + fine * (draw - 0.0095) * 1e4 + r * (fine == LOW) / 10,
            {},
            [
                "high does best",
                "0 is excluded between runs, but not over the assumptions' ranges (better in 50",
            ],
        ),
        (
            lambda fine, r, _: 1000 + (fine == LOW) * (5 if r else -4),
            {},
            ["no case is told from as is; at best low: ", "0 is not excluded between runs."],
        ),
        (
            lambda fine, r, _: 1000 - fine,
            {},
            [
                "nothing does better than as is, maker's contribution 1,000 ±0 CNY/week.",
                " low: -10 ±0 CNY/week; -10 to -10 over the assumptions' ranges; both intervals",
                " high: -20 ±0",
            ],
        ),
        (
            lambda fine, r, _: 1000.0,
            {},
            ["none of the cases moves maker's contribution: 1,000 ±0 CNY/week in all of them."],
        ),
        (
            lambda fine, r, _: 1000 + fine,
            {"replications": 1, "draws": 0},
            ["no case is told from as is; at best high: ", "one run a case has no interval, ask"],
        ),
        (
            lambda fine, r, _: 1000 + fine,
            {"replications": 1},
            ["high does best: ", "one run a case shows no noise, 0 is excluded over the assump"],
        ),
        (
            lambda fine, r, _: 1000 + fine + r * (fine == LOW) / 10,
            {"draws": 0},
            ["0 is excluded between runs, nothing is said about the assumptions' ranges."],
        ),
        (
            lambda fine, r, _: 1000 + (fine > 0) * 50 + (fine == LOW) * (4 if r == 0 else -1),
            {},
            ["low does best: ", "; no clear lead over high."],
        ),
    ],
)
def test_an_answer_claims_what_the_intervals_say(asked, profit, options, said):  # noqa: F811
    text = answer_of(str(asked(profit, **options)))
    for part in said:
        assert part in text


def test_the_answers_figures_are_the_tables():
    cases = {k: (s.replace(horizon_weeks=3), layout) for k, (s, layout) in QUESTION.cases.items()}
    cheap, today = cases["low"]
    cases["low"] = cheap.replace({"channel_types.dealer.price": 95.0}), today
    text = str(ask(type(QUESTION)("q", "Q", "Which?", cases), replications=3, draws=3))
    table, answer = text.split("Answer: ")
    answer = " ".join(answer.split())
    line = next(row for row in table.splitlines() if row.startswith("  low"))
    for figure in re.findall(r"[+-][\d,.]+ ±[\d,.]+|[+-][\d,.]+ to [+-][\d,.]+", answer)[:2]:
        assert figure in line


def test_title_and_question_stand_first(asked):  # noqa: F811
    assert str(asked(lambda *_: 1.0)).startswith("罚款 · Fines\nWhich fine is best?\n\nMaker's")


def test_in_short_there_is_no_table(asked):  # noqa: F811
    lines = asked(lambda fine, r, _: 1000 + fine).in_short().splitlines()
    assert lines[:2] == ["罚款 · Fines", "Which fine is best?"]
    assert lines[2].startswith("Answer: high does best")
    assert all(len(line) <= 100 for line in lines)
    assert all(line.startswith("    ") for line in lines[3:])
