"""Play a layout week by week and say what emerged."""

from channelsim.domain.layout import Layout
from channelsim.domain.outcome import Outcome
from channelsim.domain.scenario import Scenario
from channelsim.errors import BadValue
from channelsim.simulate.channel import Channel


def simulate(
    scenario: Scenario,
    layout: Layout,
    *,
    seed: int = 0,
    replication: int = 0,
    weeks: int | None = None,
    name: str = "layout",
    record: tuple[str, ...] = ("total", "zone", "partner"),
    threads: int = 1,
) -> Outcome:
    """Simulate a layout of a scenario, starting from today's, and return the outcome.

    Parameters
    ----------
    seed, replication
        Name all random draws: runs that share them face the same consumers.
    weeks
        Weeks to play; the scenario's horizon by default.
    name
        The layout's name in the outcome.
    record
        Levels to record by week, of total, zone, partner, outlet, tier (of customers) and pair
        (of partners: who does what to whom).
    threads
        Pieces that consumers' loops are cut into; any number gives the same bits.

    Raises
    ------
    BadValue
        If the layout does not fit the scenario, a level is unknown or weeks is below 1.
    """
    horizon = scenario.horizon_weeks if weeks is None else weeks
    if horizon < 1:
        raise BadValue(f"weeks must be >= 1, got {horizon}; play at least one week")
    channel = Channel(
        scenario, layout, seed=seed, replication=replication, threads=threads, record=record
    )
    for _ in range(horizon):
        channel.step()
    return Outcome(
        scenario=scenario.name,
        layout=name,
        seed=seed,
        replication=replication,
        series=channel.recorder.series(),
        realised=channel.recorder.realised(channel),
    )
