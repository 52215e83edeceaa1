import pytest

from channelsim.report.progress import Bars


def test_a_stage_of_one_step_is_a_line(capsys):
    with Bars() as tell:
        tell("Finding the layout", 0, 1)
        tell("Finding the layout", 1, 1)
    assert capsys.readouterr().err == "Finding the layout ...\n"


def test_results_stay_free_of_progress(capsys):
    with Bars() as tell:
        tell("Simulating", 1, 3)
    assert capsys.readouterr().out == ""


def test_a_quick_stage_shows_no_bar(capsys):
    with Bars() as tell:
        for done in range(1, 4):
            tell("Simulating", done, 3)
    assert "%" not in capsys.readouterr().err


def test_a_slow_stage_shows_a_bar(capsys, monkeypatch):
    monkeypatch.setattr("channelsim.report.progress.DELAY", 0.0)
    with Bars() as tell:
        for done in range(1, 4):
            tell("Simulating", done, 3)
    assert "Simulating: 100%" in capsys.readouterr().err


@pytest.mark.parametrize("total", [1, 3])
def test_quiet_shows_nothing(capsys, total):
    with Bars(quiet=True) as tell:
        tell("Simulating", 1, total)
    assert capsys.readouterr().err == ""
