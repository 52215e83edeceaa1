"""What a plan leaves behind: layout, map data, comparison, runs, workbook, charts, manifest."""

from pathlib import Path
from typing import TYPE_CHECKING

from channelsim.domain.demand import expected_flows
from channelsim.domain.layout import Layout
from channelsim.domain.measures import lifted
from channelsim.domain.scenario import Scenario
from channelsim.errors import OutputRefused
from channelsim.files.geojson import check_geojson_place, layout_geojson, write_geojson
from channelsim.files.layouts import check_layout_place, write_layout
from channelsim.files.manifest import write_manifest
from channelsim.files.output import OutputFolder
from channelsim.report.charts import save_charts, save_comparison_charts
from channelsim.report.layout_map import Lines
from channelsim.report.provenance import manifest_entries
from channelsim.report.rows import comparison_rows
from channelsim.report.runs import write_runs
from channelsim.report.workbook import write_workbook
from channelsim.study.compare import Comparison

if TYPE_CHECKING:
    from channelsim.optimise.recommend import Recommendation


GEOJSON = (".geojson", ".json")


def write_plan(
    recommendation: "Recommendation",
    comparison: Comparison,
    out: str | Path,
    *,
    lines: Lines = (),
    lang: str = "en",
) -> tuple[Path, ...]:
    """Write the files of a plan into a folder, all or none, and return them.

    Parameters
    ----------
    comparison
        Today's layout as the baseline, and the recommended layout as another case.
    lines
        Borders and coasts to draw behind the map, each (N, 2) of longitude and latitude.

    Raises
    ------
    OutputRefused
        If the folder cannot be written or holds files of somebody else.
    BadValue
        If no case of the comparison plays the recommended layout.
    """
    with OutputFolder(out) as folder:
        names = write_plan_files(recommendation, comparison, folder, lines=lines, lang=lang)
    return tuple(Path(out) / name for name in names)


def write_plan_files(
    recommendation: "Recommendation",
    comparison: Comparison,
    folder: Path,
    *,
    lines: Lines = (),
    lang: str = "en",
) -> tuple[str, ...]:
    """Write the files of a plan into an empty folder and return their names in it."""
    scenario, layout = recommendation.scenario, recommendation.layout
    charts = folder / "charts"
    charts.mkdir()
    for name in ("layout.csv", "layout.geojson"):
        write_layout_file(scenario, layout, folder / name)
    write_runs_and_table(comparison, folder)
    pictures = save_charts(recommendation, comparison, charts, lines, lang)
    write_workbook(recommendation, comparison, folder / "plan.xlsx", lang, pictures[0])
    write_manifest(folder, **manifest_entries(comparison, recommendation))
    return file_names(folder)


def check_layout_file(path: Path) -> None:
    """Check that a layout can be written to a file, before the work of finding one.

    Raises
    ------
    OutputRefused
        If its name ends otherwise than a layout's, or another file stands there.
    """
    if path.suffix.lower() == ".csv":
        check_layout_place(path)
    elif path.suffix.lower() in GEOJSON:
        check_geojson_place(path)
    else:
        raise OutputRefused(f"{path} must end in .csv or .geojson; rename it", "unknown_format")


def write_layout_file(scenario: Scenario, layout: Layout, path: Path) -> Path:
    """Write a layout as GeoJSON where the name ends so, else as CSV, and return its path.

    Raises
    ------
    OutputRefused
        If the file cannot be written.
    """
    if path.suffix.lower() not in GEOJSON:
        return write_layout(layout, scenario, path)
    flows = lifted(scenario, layout, expected_flows(scenario, layout))
    return write_geojson(layout_geojson(scenario, layout, flows), path)


def write_comparison(
    comparison: Comparison, out: str | Path, *, lang: str = "en"
) -> tuple[Path, ...]:
    """Write the table, runs and charts of a comparison into a folder, all or none.

    Raises
    ------
    OutputRefused
        If the folder cannot be written or holds files of somebody else.
    """
    with OutputFolder(out) as folder:
        names = write_comparison_files(comparison, folder, lang=lang)
    return tuple(Path(out) / name for name in names)


def write_comparison_files(
    comparison: Comparison, folder: Path, *, lang: str = "en"
) -> tuple[str, ...]:
    """Write the files of a comparison into an empty folder and return their names in it."""
    charts = folder / "charts"
    charts.mkdir()
    write_runs_and_table(comparison, folder)
    save_comparison_charts(comparison, charts, lang)
    write_manifest(folder, **manifest_entries(comparison))
    return file_names(folder)


def write_runs_and_table(comparison: Comparison, folder: Path) -> None:
    """Write `comparison.csv` and `outcome.parquet`."""
    write_table(comparison, folder)
    runs = [run for name in comparison.names for run in comparison.outcomes[name]]
    write_runs(runs, folder / "outcome.parquet")


def write_table(comparison: Comparison, folder: Path) -> None:
    """Write `comparison.csv`."""
    table = comparison_rows(comparison)
    table.to_csv(folder / "comparison.csv", index=False, lineterminator="\n")


def file_names(folder: Path) -> tuple[str, ...]:
    """Return the names of all files in a folder, sorted, with `/` between their parts."""
    return tuple(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()))
