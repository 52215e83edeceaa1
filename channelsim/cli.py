"""The command line: parse, call one public function, print."""

import sys
from io import TextIOWrapper
from traceback import print_exc
from typing import Annotated

import typer

from channelsim import __version__
from channelsim.errors import ChannelsimError
from channelsim.options import (
    Brief,
    Budget,
    Conflict,
    Coverage,
    Draws,
    Gap,
    HistoryFile,
    LayoutFile,
    Layouts,
    MaybeAnswers,
    MaybeOut,
    MaybeScenario,
    Mode,
    MoreLayouts,
    Objectives,
    OneLayout,
    Out,
    Points,
    Questions,
    Quiet,
    Reoptimise,
    Rounds,
    Runs,
    ScenarioPath,
    Seed,
    TableFile,
    TimeLimit,
    Variants,
    WithinGoals,
)

BROKEN, NO_PLAN, INTERRUPTED = 1, 3, 130

app = typer.Typer(
    epilog="Exit codes: 0 success, 2 bad input, 3 no layout meets the limits, 130 interrupted.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line and turn errors into messages and exit codes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal without Chinese shows question marks instead of failing
            stream.reconfigure(errors="replace")
    arguments = sys.argv[1:]
    try:
        app([word for word in arguments if word != "--debug"], prog_name="channelsim")
    except (KeyboardInterrupt, SystemExit) as ending:
        if isinstance(ending, SystemExit) and ending.code != INTERRUPTED:
            raise
        print("\nInterrupted; nothing was written.", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except Exception as error:
        if "--debug" in arguments:
            print_exc()
        sys.exit(_told(error))


def _told(error: Exception) -> int:
    """Print what went wrong and return the exit code for it."""
    if isinstance(error, ChannelsimError):
        print(error, file=sys.stderr)
        return error.exit_code
    kind = type(error).__name__
    print(f"channelsim failed ({kind}: {error}); --debug shows where.", file=sys.stderr)
    return BROKEN


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"channelsim {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
) -> None:
    """Plan and simulate distribution channels: which to open where, and what then happens."""
    del version, debug  # `main` looks for --debug, for it catches what a command raises


@app.command(short_help="Do the whole job and write the files.")
def plan(
    scenario: ScenarioPath,
    out: Out,
    replications: Runs = 20,
    draws: Draws = 20,
    seed: Seed = 0,
    gap: Gap = 1e-4,
    time_limit: TimeLimit = None,
    quiet: Quiet = False,
) -> None:
    """Do the whole job: check, recommend, simulate, compare with today, write the files."""
    from channelsim.report.job import plan as run
    from channelsim.report.progress import Bars

    with Bars(quiet) as tell:
        deliverable = run(
            scenario,
            out,
            replications=replications,
            draws=draws,
            seed=seed,
            gap=gap,
            time_limit=time_limit,
            tell=tell,
        )
    print(deliverable)


@app.command()
def check(scenario: ScenarioPath) -> None:
    """List everything that is wrong with a scenario's files."""
    from channelsim.files.scenario import check as run

    faults = run(scenario)
    for fault in faults:
        print(fault)
    if any(fault.severity == "error" for fault in faults):
        raise typer.Exit(ChannelsimError.exit_code)
    print(f"{scenario} can be used.")


@app.command()
def recommend(
    scenario: ScenarioPath,
    min_coverage: Coverage = None,
    max_conflict: Conflict = None,
    budget: Budget = None,
    out: LayoutFile = None,
    gap: Gap = 1e-4,
    time_limit: TimeLimit = None,
    mode: Mode = "assignment",
    quiet: Quiet = False,
) -> None:
    """Find the layout that earns most within the goals.

    Goals given here replace the scenario's own.
    """
    from channelsim.report.job import recommend_file
    from channelsim.report.progress import Bars

    with Bars(quiet) as tell:
        best = recommend_file(
            scenario,
            out,
            min_coverage=min_coverage,
            max_conflict=max_conflict,
            budget=budget,
            gap=gap,
            time_limit=time_limit,
            mode=mode,
            tell=tell,
        )
    print(best)
    if best.planned is None:
        raise typer.Exit(NO_PLAN)
    if out is not None:
        print(f"Written to {out}")


@app.command()
def frontier(
    scenario: ScenarioPath,
    objectives: Objectives = "cost,coverage,conflict",
    points: Points = 10,
    within_goals: WithinGoals = False,
    out: TableFile = None,
    gap: Gap = 1e-4,
    time_limit: TimeLimit = None,
    quiet: Quiet = False,
) -> None:
    """Show what coverage, cost and conflict cost one another.

    The scenario's goals for what is traded off are laid aside, unless they shall hold.
    """
    from channelsim.report.frontier_job import frontier_file
    from channelsim.report.progress import Bars

    with Bars(quiet) as tell:
        found = frontier_file(
            scenario,
            objectives,
            out,
            points=points,
            within_goals=within_goals,
            gap=gap,
            time_limit=time_limit,
            tell=tell,
        )
    print(found)
    if out is not None:
        print(f"Written to {out}")


@app.command()
def simulate(
    scenario: ScenarioPath,
    layout: OneLayout = "today",
    replications: Runs = 1,
    seed: Seed = 0,
    out: MaybeOut = None,
    quiet: Quiet = False,
) -> None:
    """Play a layout week by week and show what emerges."""
    compare(scenario, [layout], replications=replications, draws=0, seed=seed, out=out, quiet=quiet)


@app.command(short_help="Set layouts and variants side by side.")
def compare(
    scenario: ScenarioPath,
    layout: Layouts = None,
    layouts: MoreLayouts = None,
    variants: Variants = "",
    reoptimise: Reoptimise = False,
    replications: Runs = 20,
    draws: Draws = 20,
    seed: Seed = 0,
    out: MaybeOut = None,
    time_limit: TimeLimit = None,
    quiet: Quiet = False,
) -> None:
    """Play layouts and variants on the same consumers and set them side by side."""
    from channelsim.report.compare_job import compare_files
    from channelsim.report.progress import Bars

    with Bars(quiet) as tell:
        compared = compare_files(
            scenario,
            [*(layouts or []), *(layout or [])] or ["today"],
            variants,
            out,
            reoptimise=reoptimise,
            replications=replications,
            draws=draws,
            seed=seed,
            time_limit=time_limit,
            tell=tell,
        )
    print(compared)


@app.command(short_help="Answer the questions that variants ask.")
def ask(
    scenario: ScenarioPath,
    question: Questions = None,
    replications: Runs = 20,
    draws: Draws = 20,
    seed: Seed = 0,
    brief: Brief = False,
    out: MaybeAnswers = None,
    quiet: Quiet = False,
) -> None:
    """Answer the questions of a scenario's variants: which case does best, and how sure that is."""
    from channelsim.report.ask_job import ask_files
    from channelsim.report.progress import Bars
    from channelsim.study.question import Answer

    with Bars(quiet) as tell:

        def show(answer: Answer) -> None:
            tell.end()
            print(answer.in_short() if brief else answer, end="\n\n\n", flush=True)

        ask_files(
            scenario,
            question or [],
            out,
            replications=replications,
            draws=draws,
            seed=seed,
            tell=tell,
            show=show,
        )
    if out is not None:
        print(f"Written to {out}")


@app.command(short_help="Plan and play in turn until they agree.")
def loop(
    scenario: ScenarioPath,
    max_rounds: Rounds = 10,
    replications: Runs = 5,
    seed: Seed = 0,
    out: LayoutFile = None,
    gap: Gap = 1e-4,
    time_limit: TimeLimit = None,
    quiet: Quiet = False,
) -> None:
    """Plan, play, learn what the plan got wrong and plan again until the layout repeats; then
    choose among all layouts visited.
    """
    from channelsim.report.progress import Bars
    from channelsim.report.study_jobs import loop_file

    with Bars(quiet) as tell:
        closed = loop_file(
            scenario,
            out,
            max_rounds=max_rounds,
            replications=replications,
            seed=seed,
            gap=gap,
            time_limit=time_limit,
            tell=tell,
        )
    print(closed)
    if out is not None:
        print(f"Written to {out}")


@app.command(short_help="Estimate a scenario from a history of sales.")
def calibrate(
    scenario: ScenarioPath, history: HistoryFile = None, out: MaybeScenario = None
) -> None:
    """Estimate price, choice and incentive response from a history of sales."""
    from channelsim.report.study_jobs import calibrate_file

    print(calibrate_file(scenario, history, out))
    if out is not None:
        print(f"Written to {out}")


@app.command()
def theory() -> None:
    """Print the literature's figures beside ours: it takes two minutes or so."""
    from channelsim.study.theory import table

    print(table())
