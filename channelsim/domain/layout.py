"""A layout: what is open when, who holds which territory, and how incentive money is spent."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from channelsim.domain import checks
from channelsim.domain.response import INSTRUMENTS


@dataclass(frozen=True)
class Opening:
    """A candidate that is open from `open_week` until before `close_week`."""

    candidate: str
    """Candidate id."""
    open_week: int = 0
    """First week open."""
    close_week: int | None = None
    """First week closed again; None: open to the end."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.whole("open_week", self.open_week, 0)
        checks.whole("close_week", self.close_week, 1, "leave close_week empty to stay open")
        if self.close_week is not None:
            checks.require(
                self.close_week > self.open_week,
                f"close_week must be > open_week, got {self.close_week} and {self.open_week}; "
                "leave close_week empty to stay open",
            )


@dataclass(frozen=True)
class Territory:
    """A zone that a partner has been assigned."""

    partner: str
    """Partner id."""
    zone: str
    """Zone id."""
    exclusive: bool = False
    """Whether no other partner may be assigned the zone: sales there by others are foreign."""


@dataclass(frozen=True)
class Spend:
    """Incentive money for one partner through one instrument."""

    partner: str
    """Partner id."""
    instrument: str
    """Instrument."""
    value: float
    """Money per week."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.one_of("instrument", self.instrument, INSTRUMENTS)
        checks.at_least("value", self.value, 0)
        checks.money(self, "value")


@dataclass(frozen=True)
class Layout:
    """Openings, territories and incentive spend."""

    openings: tuple[Opening, ...] = ()
    """What is open, each candidate once."""
    territories: tuple[Territory, ...] = ()
    """Who has been assigned which zone; an exclusive zone is one partner's alone."""
    incentives: tuple[Spend, ...] = ()
    """Incentive money beyond the contracts."""

    def __post_init__(self) -> None:
        _once("candidate", [opening.candidate for opening in self.openings])
        _once("territory", [f"{t.partner} in {t.zone}" for t in self.territories])
        _once("incentive", [f"{s.partner}, {s.instrument}" for s in self.incentives])
        exclusive = {t.zone for t in self.territories if t.exclusive}
        _once("exclusive zone", [t.zone for t in self.territories if t.zone in exclusive])

    @classmethod
    def of(cls, candidates: Iterable[str]) -> "Layout":
        """Return the layout that has just these candidates open throughout."""
        checks.require(
            not isinstance(candidates, str),
            f"candidates must be a list, got {candidates!r}; write [{candidates!r}]",
        )
        return cls(tuple(Opening(candidate) for candidate in candidates))

    @property
    def open_ids(self) -> tuple[str, ...]:
        """Ids of the candidates open at any time."""
        return tuple(opening.candidate for opening in self.openings)

    def replace(self, **changes: object) -> "Layout":
        """Return a layout with these fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def _once(what: str, names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        checks.require(name not in seen, f"{what} {name} is named twice; keep one row")
        seen.add(name)
