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
    engine: str = "lumped",
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
    engine
        lumped: consumers are counted by state, at a cost that does not grow with them. plain: so
        they are, in NumPy, which is what lumped does where numba cannot be imported. individual:
        each is played, up to 200 million. The law of the outcome is the same.

    Raises
    ------
    BadValue
        If the layout does not fit, a level or an engine is unknown, or weeks or people are off.
    """
    horizon = scenario.horizon_weeks if weeks is None else weeks
    if horizon < 1:
        raise BadValue(f"weeks must be >= 1, got {horizon}; play at least one week")
    channel = Channel(
        scenario,
        layout,
        seed=seed,
        replication=replication,
        threads=threads,
        engine=engine,
        record=record,
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
