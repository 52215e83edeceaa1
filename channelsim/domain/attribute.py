"""The product as consumers see it: a vector of attributes, each weighed by every segment.

A product with levels x_k beside rivals' r_k is worth sum_k w_sk (x_k - r_k) to segment s, wherever
it is bought (Lancaster 1966; the attributes of a logit's utility: McFadden 1974).
"""

from dataclasses import dataclass

from channelsim.domain import checks


@dataclass(frozen=True)
class Attribute:
    """One attribute of the product, such as energy use or noise."""

    id: str
    """Short unique name."""
    name: str
    """Name shown to people."""
    level: float
    """Level of the product, in the attribute's own unit."""
    name_en: str = ""
    """English name."""
    reference: float = 0.0
    """Level of rivals' products, in the same unit: what is alike tips no choice."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.identifier("id", self.id)
        for name in ("level", "reference"):
            checks.finite(name, getattr(self, name))


@dataclass(frozen=True)
class AttributeWeight:
    """What an attribute is worth to a segment; a missing pair is 0."""

    attribute: str
    """Attribute id."""
    segment: str
    """Segment id."""
    weight: float
    """Utils per unit of the attribute; negative where less is better."""

    def __post_init__(self) -> None:
        checks.filled(self)
        checks.utils("weight", self.weight)
