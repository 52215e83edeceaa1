import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from channelsim import __version__, cli
from channelsim.files.folder import write_scenario
from channelsim.files.layouts import read_layout, write_layout
from channelsim.files.scenario import read_scenario
from tests.instances import tiny

ROOT = Path(__file__).parents[1]
RUN = [sys.executable, "-c", "from channelsim.cli import main; main()"]
SOLD = {"maker,a": 300, "north,a": 420, "south,c": 260, "north,d": 150, "maker,": 400}
"""Partner and zone -> units a week."""
QUICK = ["--replications", "2", "--draws", "0"]


@pytest.fixture(scope="module")
def scenario():
    return tiny().replace(horizon_weeks=4)


@pytest.fixture(scope="module")
def folder(scenario, tmp_path_factory):
    return write_scenario(scenario, tmp_path_factory.mktemp("scenario") / "tiny")


@pytest.fixture
def faulty(scenario, tmp_path):
    """`tiny` with two faults in one file and one in another."""
    place = write_scenario(scenario, tmp_path / "faulty")
    for name, old, new in (
        ("candidates.csv", "south-c,south", "south-c,nobody"),
        ("candidates.csv", "600", "-5"),
        ("zones.csv", "31", "310"),
    ):
        file = place / name
        text = file.read_text("utf-8-sig")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
    return place


@pytest.fixture
def channelsim(monkeypatch, capfd):
    """Run the command line in this process: exit code, output, errors."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["channelsim", *map(str, arguments)])
        with pytest.raises(SystemExit) as ending:
            cli.main()
        captured = capfd.readouterr()
        return ending.value.code or 0, captured.out, captured.err

    return run


def process(*arguments, **options):
    """Run the command line in a process of its own."""
    return subprocess.run(
        [*RUN, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **options,
    )


def test_help_names_every_command(channelsim):
    code, out, _ = channelsim("--help")
    assert code == 0
    commands = ("plan", "check", "recommend", "frontier", "simulate", "compare", "ask", "theory")
    for command in (*commands, "loop", "calibrate"):
        assert re.search(rf"^  {command} +[A-Z].*\.$", out, re.MULTILINE)


def test_help_takes_no_time():
    def seconds():
        begin = time.perf_counter()
        assert process("--help").returncode == 0
        return time.perf_counter() - begin

    assert min(seconds() for _ in range(5)) <= 0.4


@pytest.mark.parametrize(
    "command",
    ["plan", "check", "recommend", "frontier", "simulate", "compare", "loop", "calibrate"],
)
def test_every_command_explains_its_options(channelsim, command):
    code, out, _ = channelsim(command, "--help")
    assert code == 0
    options = re.findall(r"^  --\S+.*$", out, re.MULTILINE)
    assert all(re.search(r"\S  +[A-Za-z]", option) for option in options)


def test_the_version_is_shown(channelsim):
    assert channelsim("--version") == (0, f"channelsim {__version__}\n", "")


def test_plan_writes_its_files_and_says_what_it_found(folder, tmp_path):
    done = process("plan", folder, "--out", tmp_path / "out", *QUICK)
    assert done.returncode == 0
    assert (tmp_path / "out" / "plan.xlsx").is_file()
    first, *rest = done.stdout.splitlines()
    assert first.startswith("Open 3 and keep 2 operations: coverage from ")
    assert rest[-1].startswith(f"Written to {tmp_path / 'out'}: ")
    assert done.stderr.splitlines()[0] == "Finding the layout ..."


def test_quiet_says_nothing_but_the_result(folder, tmp_path):
    done = process("plan", folder, "--out", tmp_path / "out", *QUICK, "--quiet")
    assert done.returncode == 0
    assert done.stdout.startswith("Open 3")
    assert done.stderr == ""


def test_bad_input_lists_every_fault_and_exits_with_2(faulty, tmp_path):
    done = process("plan", faulty, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert sum("candidates.csv row" in line for line in lines) == 2
    assert sum("zones.csv row" in line for line in lines) == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_limits_that_clash_exit_with_3_in_plain_words(folder, tmp_path, scenario):
    poor = write_scenario(scenario.replace({"goals.budget": 1.0}), tmp_path / "poor")
    done = process("plan", poor, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "goals.budget allows at most 1 CNY a week" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to a process")
def test_an_interruption_ends_with_130_and_writes_nothing(folder, tmp_path):
    command = [*RUN, "plan", str(folder), "--out", str(tmp_path / "out"), "--replications", "9999"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == "Finding the layout ...\n"
        while "Simulating" not in running.stderr.readline(80):
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        assert running.wait(timeout=30) == 130
    assert rest.rstrip().endswith("Interrupted; nothing was written.")
    assert "Traceback" not in rest
    assert list(tmp_path.iterdir()) == []


def test_debug_shows_where_an_error_arose():
    done = process("recommend", "nowhere", "--debug")
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert "BadInput" in done.stderr


def test_an_unforeseen_error_is_one_line(channelsim, monkeypatch, folder):
    def broken(*_):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("channelsim.files.scenario.check", broken)
    code, _, err = channelsim("check", folder)
    assert code == 1
    assert err == "channelsim failed (ZeroDivisionError: division by zero); --debug shows where.\n"


def test_an_interruption_while_starting_is_no_traceback(channelsim, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "app", interrupted)
    assert channelsim("check", "tiny")[0] == 130


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["plan", "x"], "Missing option '--out'"),
        (["plam"], "Did you mean 'plan'?"),
        (["plan", "x", "--out", "o", "--replications", "0"], "--replications"),
        (["plan", "x", "--out", "o", "--replications", "100001"], "100000"),
        (["simulate", "x", "--replications", "100001"], "100000"),
        (["compare", "x", "--draws", "100001"], "100000"),
        (["recommend", "x", "--min-coverage", "92"], "--min-coverage"),
        (["compare", "x", "--draws", "many"], "--draws"),
        (["recommend", "nowhere"], "nowhere: there is no such folder or workbook"),
    ],
)
def test_wrong_words_exit_with_2_and_say_which(channelsim, arguments, words):
    code, _, err = channelsim(*arguments)
    assert code == 2
    assert words in err


def test_check_finds_nothing_wrong_with_a_sound_scenario(channelsim, folder):
    code, out, _ = channelsim("check", folder)
    assert code == 0
    assert out.endswith(f"{folder} can be used.\n")


def test_check_lists_every_fault(channelsim, faulty):
    code, out, _ = channelsim("check", faulty)
    assert code == 2
    assert len([line for line in out.splitlines() if " row " in line]) == 3
    assert "can be used" not in out


def test_recommend_shows_the_proof_and_writes_the_layout(channelsim, folder, tmp_path):
    code, out, _ = channelsim("recommend", folder, "--out", tmp_path / "best.csv")
    assert code == 0
    assert "proven optimal" in out
    assert out.endswith(f"Written to {tmp_path / 'best.csv'}\n")


def test_recommend_lets_consumers_choose(channelsim, folder):
    code, out, _ = channelsim("recommend", folder, "--mode", "choice")
    assert code == 0
    assert "counted by the solver in choice mode" in out


def test_frontier_shows_the_points_and_writes_them(channelsim, folder, tmp_path):
    out_file = tmp_path / "front.csv"
    code, out, _ = channelsim(
        "frontier", folder, "--objectives", "profit,conflict", "--out", out_file
    )
    assert code == 0
    assert "6 points (pareto, every layout looked at" in out
    assert out.splitlines()[-1] == f"Written to {out_file}"
    assert len(out_file.read_text("utf-8-sig").splitlines()) == 7


def test_recommend_under_limits_that_clash_exits_with_3(channelsim, folder, tmp_path):
    out_file = tmp_path / "best.csv"
    code, out, err = channelsim("recommend", folder, "--budget", "1", "--out", out_file)
    assert code == 3
    assert "goals.budget" in out
    assert err == "Finding the layout ...\n"
    assert not out_file.exists()


def test_simulate_shows_every_measure(channelsim, folder):
    code, out, _ = channelsim("simulate", folder, "--layout", "today", "--quiet")
    assert code == 0
    assert "Territory conflict" in out
    assert out.endswith("Simulated: 1 replication, seed 0\n")


def test_simulate_refuses_a_layout_of_unknown_candidates(channelsim, folder, tmp_path):
    (tmp_path / "bad.csv").write_text("kind,candidate\nopen,nowhere-x\n")
    code, _, err = channelsim("simulate", folder, "--layout", tmp_path / "bad.csv")
    assert code == 2
    assert "nowhere-x" in err


@pytest.mark.parametrize("form", [["--layouts", "today", "FILE"], ["today", "FILE"]])
def test_compare_takes_its_layouts_either_way(channelsim, folder, scenario, tmp_path, form):
    file = write_layout(scenario.today, scenario, tmp_path / "same.csv")
    words = [file if word == "FILE" else word for word in form]
    code, out, _ = channelsim("compare", folder, *words, *QUICK, "--quiet")
    assert code == 0
    assert out.count("\n  today ") == out.count("\n  same ") == 5


def test_compare_draws_the_assumptions_unless_told_otherwise(channelsim, folder):
    code, out, _ = channelsim("compare", folder, "--replications", "2", "--quiet")
    assert code == 0
    assert "\nOver assumptions: the middle 95% of 20 draws " in out


def test_compare_writes_where_asked(channelsim, folder, tmp_path):
    code, out, _ = channelsim("compare", folder, *QUICK, "--out", tmp_path / "out", "--quiet")
    assert code == 0
    assert (tmp_path / "out" / "outcome.parquet").is_file()
    assert out.endswith(f"Written to {tmp_path / 'out'}\n")


def test_a_folder_that_cannot_be_written_exits_with_2(folder, tmp_path, run_unprivileged):
    tmp_path.chmod(0o555)
    try:
        done = run_unprivileged(*RUN[1:], "plan", folder, "--out", tmp_path / "out", *QUICK)
    finally:
        tmp_path.chmod(0o755)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_without_chinese_shows_question_marks(scenario, tmp_path):
    place = write_scenario(scenario, tmp_path / "小例")
    done = process("check", place, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert done.stdout.endswith("/?? can be used.\n")


@pytest.fixture
def asking(scenario, tmp_path):
    """`tiny` with a question of two cases and a variant that asks nothing."""
    place = write_scenario(scenario, tmp_path / "asking")
    (place / "variants").mkdir()
    case = '[[cases]]\ntitle = "降价 · Cheaper"\n[cases.changes]\n'
    case += '"channel_types.dealer.price" = 95\n'
    text = f'title = "价格 · Price"\nquestion = "Which price?"\n{case}'
    (place / "variants" / "price.toml").write_text(text, "utf-8")
    (place / "variants" / "mute.toml").write_text('[changes]\n"policy.fine" = 1\n', "utf-8")
    return place


def test_questions_are_answered_with_both_intervals(channelsim, asking):
    code, out, _ = channelsim("ask", asking, "--replications", "3", "--draws", "3", "--quiet")
    assert code == 0
    assert out.startswith("价格 · Price\nWhich price?\n")
    said = " ".join(out.split())
    assert re.search(r"Answer: .* ±[\d,.]+; [+-][\d,.]+ to [+-][\d,.]+ over the assum", said)


def test_brief_answers_have_no_tables(channelsim, asking):
    code, out, _ = channelsim("ask", asking, "price", *QUICK, "--brief", "--quiet")
    assert (code, out.splitlines()[2][:8]) == (0, "Answer: ")


def test_a_variant_that_asks_nothing_is_refused_by_name(channelsim, asking):
    code, _, err = channelsim("ask", asking, "mute", *QUICK)
    assert code == 2
    assert "variants/mute.toml, question: asks nothing; write question =" in err


def test_answers_are_written_where_asked(channelsim, asking, tmp_path):
    for _ in range(2):  # the second time in the place of the first
        code, out, _ = channelsim("ask", asking, *QUICK, "--out", tmp_path / "out", "--quiet")
        assert code == 0
    assert out.endswith(f"Written to {tmp_path / 'out'}\n")
    assert "Which price?" in (tmp_path / "out" / "answers.txt").read_text("utf-8")
    assert (tmp_path / "out" / "price" / "comparison.csv").is_file()


def test_cases_are_compared_as_variants_too(channelsim, asking):
    code, out, _ = channelsim("compare", asking, "--variants", "price", *QUICK, "--quiet")
    assert code == 0
    assert "price/Cheaper: today" in out


def test_loop_shows_its_rounds_and_writes_the_chosen_layout(channelsim, folder, scenario, tmp_path):
    out = tmp_path / "chosen.csv"
    code, text, _ = channelsim("loop", folder, "--max-rounds", 2, "--replications", 2, "--out", out)
    assert code == 0
    assert re.match(r"Tiny 小例: (agreed|cycle|budget) after 2 rounds; ", text)
    assert read_layout(out, scenario).openings
    assert text.endswith(f"Written to {out}\n")


def test_calibrate_writes_a_scenario_with_its_history(channelsim, folder, tmp_path):
    rows = [f"{week},{place},{units}" for week in range(3) for place, units in SOLD.items()]
    history = tmp_path / "sales.csv"
    history.write_text("period,partner,zone,sell_out\n" + "\n".join(rows), "utf-8")
    out = tmp_path / "calibrated"
    code, text, _ = channelsim("calibrate", folder, "--history", history, "--out", out)
    assert code == 0
    assert text.startswith("tiny: history of 3 weeks\nestimate ")
    assert "distance_sensitivity" in text
    assert len(read_scenario(out).history) == 3 * len(SOLD)


def test_calibrate_without_a_history_exits_with_2(channelsim, folder):
    code, _, errors = channelsim("calibrate", folder)
    assert code == 2
    assert errors == "there is no history; add history.csv, or pass one\n"
