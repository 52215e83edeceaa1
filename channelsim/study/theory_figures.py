"""What the ways of playing the literature's models share."""

type Quantities = dict[str, float]
"""Figure by name, in the paper's own units."""

FREE = 1e-9
"""Wholesale price of who produces for nothing: one must be above 0."""
