"""Two partners or candidates that a plan may not have together, or only together."""

from dataclasses import dataclass

from channelsim.domain import checks

KINDS = ("incompatible", "requires")


@dataclass(frozen=True)
class Pair:
    """What the opening of one partner or candidate says of another's."""

    id: str
    """Short unique name."""
    kind: str
    """incompatible: not both have something open; requires: the first has nothing open unless the
    second has."""
    first: str
    """Partner or candidate id."""
    second: str
    """Partner or candidate id."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        checks.one_of("kind", self.kind, KINDS)
        checks.require(
            self.first != self.second,
            f"first and second are both {self.first!r}; name two partners or candidates",
        )
