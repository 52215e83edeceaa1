"""Build the shipped scenarios: python -m scenarios.builder [DATA] [OUT]."""

import sys
from collections.abc import Iterator
from pathlib import Path

from channelsim.domain.layout import Layout, Opening
from channelsim.domain.scenario import Scenario
from channelsim.files.backdrop import BACKDROP
from channelsim.files.folder import write_scenario
from channelsim.files.layouts import write_layout
from channelsim.files.output import write_file
from scenarios.builder import america, china, chinese, delta, delta_layouts, theory
from scenarios.builder.assumed import with_assumptions
from scenarios.builder.backdrop import backdrop
from scenarios.builder.places import read_cities, read_counties

HERE = Path(__file__).parents[1]
DATA = HERE.parents[1] / "shared" / "data"


def scenarios(data: Path) -> Iterator[tuple[Scenario, Layout]]:
    """Yield every scenario with today's layout."""
    cities = read_cities(data)
    the_delta = delta.build(cities)
    for bare in (the_delta, delta.benchmark(the_delta), china.build(cities)):
        scenario = with_assumptions(bare, "assumptions_china.csv")
        yield scenario, chinese.today(scenario)
    counties = with_assumptions(america.build(read_counties(data)), "assumptions_us.csv")
    yield counties, america.today(counties)


def main(data: Path = DATA, out: Path = HERE) -> None:
    """Write every scenario's tables and layouts: today's, and those of the delta's questions."""
    theory.write(out)
    for scenario, today in scenarios(data):
        folder = write_scenario(scenario, out / scenario.name)
        write_layout(today, scenario, folder / "layouts" / "today.csv")
        if scenario.name != "us_counties":
            write_file(folder / BACKDROP, backdrop(data, scenario))
        if scenario.name == "yangtze_delta":
            streamed = today.replace(openings=(*today.openings, Opening("live_stream")))
            write_layout(streamed, scenario, folder / "layouts" / "live_stream.csv")
            for name, layout in delta_layouts.layouts(scenario, today):
                write_layout(layout, scenario, folder / "layouts" / f"{name}.csv")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
