"""Plan and simulate distribution channels."""

__version__ = "0.1.0"
