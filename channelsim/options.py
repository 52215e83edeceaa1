"""What arguments and options of commands mean: their types, bounds and help."""

from pathlib import Path
from typing import Annotated

import typer

MOST = 100_000
"""Most runs or draws: more end in no lifetime, or are a slip of the keyboard."""

ScenarioPath = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="Folder, .xlsx workbook or shipped name.")
]
Out = Annotated[
    Path, typer.Option(metavar="DIR", help="Folder for the files; replaced as a whole.")
]
MaybeOut = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder for table, runs and charts.")
]
MaybeAnswers = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder for the answers and their tables.")
]
Runs = Annotated[
    int, typer.Option(min=1, max=MOST, metavar="N", help="Simulated runs of each layout.")
]
Draws = Annotated[
    int,
    typer.Option(min=0, max=MOST, metavar="N", help="Draws of the assumptions from their ranges."),
]
Seed = Annotated[
    int, typer.Option(min=0, max=2**32 - 1, metavar="N", help="Root of all random numbers.")
]
Gap = Annotated[
    float, typer.Option(min=0.0, metavar="SHARE", help="Gap at which the solver may stop.")
]
TimeLimit = Annotated[
    float | None, typer.Option(min=0.0, metavar="S", help="Seconds the solver may take.")
]
Coverage = Annotated[
    float | None, typer.Option(min=0.0, max=1.0, metavar="SHARE", help="Least coverage, 0 to 1.")
]
Conflict = Annotated[
    float | None, typer.Option(min=0.0, max=1.0, metavar="INDEX", help="Most conflict, 0 to 1.")
]
Budget = Annotated[
    float | None, typer.Option(min=0.0, metavar="MONEY", help="Most money per week.")
]
LayoutFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Where to write it: .csv or .geojson.")
]
Objectives = Annotated[
    str, typer.Option(metavar="NAMES", help="Some of profit, cost, coverage, conflict; by commas.")
]
Points = Annotated[
    int, typer.Option(min=2, max=MOST, metavar="N", help="Floors of each objective but the first.")
]
WithinGoals = Annotated[
    bool, typer.Option("--within-goals", help="Keep the goals for what is traded off.")
]
TableFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Where to write the points: .csv.")
]
OneLayout = Annotated[
    str, typer.Option(metavar="LAYOUT", help="File, name in the scenario's layouts, or today.")
]
Layouts = Annotated[
    list[str] | None,
    typer.Argument(metavar="LAYOUT", help="Files, names in the scenario's layouts, or today."),
]
MoreLayouts = Annotated[
    list[str] | None,
    typer.Option("--layouts", metavar="LAYOUT ...", help="The same; the first is the baseline."),
]
Questions = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUESTION", help="Names of variants; all that ask something if none."),
]
Variants = Annotated[str, typer.Option(metavar="NAMES", help="all, or names separated by commas.")]
Reoptimise = Annotated[
    bool, typer.Option("--reoptimise", help="Add each scenario's own recommended layout.")
]
Rounds = Annotated[int, typer.Option(min=1, max=MOST, metavar="N", help="Most rounds.")]
HistoryFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="CSV of sales; the scenario's own if none.")
]
MaybeScenario = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder for the calibrated scenario.")
]
Brief = Annotated[bool, typer.Option("--brief", help="Print answers without their tables.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Show no progress.")]
Mode = Annotated[
    str, typer.Option(metavar="MODE", help="Who decides who buys where: assignment or choice.")
]
