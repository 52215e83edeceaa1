"""How many operations a plan may open, by channel type and region."""

from dataclasses import dataclass

from channelsim.domain import checks


@dataclass(frozen=True)
class CountRule:
    """How many operations of a type a plan opens in a region, or for each one of another type."""

    id: str
    """Short unique name."""
    channel_type: str = ""
    """Channel type id; empty: all types."""
    region: str = ""
    """Region of the zones it holds for; empty: everywhere, operations without a place included."""
    least: int = 0
    """Fewest operations open."""
    most: int | None = None
    """Most operations open; empty: no limit."""
    per: str = ""
    """Channel type id whose operations in the region are counted for `ratio`."""
    ratio: float | None = None
    """Most operations open for each open operation of the type `per`; empty: no limit."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        checks.whole("least", self.least, 0)
        checks.whole("most", self.most, 0, "leave it empty for no limit")
        checks.at_least("ratio", self.ratio, 0, "leave it empty for no limit")
        checks.require(
            self.most is None or self.least <= self.most,
            f"least must be <= most, got {self.least} and {self.most}; lower least",
        )
        checks.require(
            bool(self.per) == (self.ratio is not None),
            "per and ratio go together; write both or neither",
        )
