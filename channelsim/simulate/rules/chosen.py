"""Rules by name: each row of an array follows the rule that its scenario names for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from channelsim.domain.columns import Floats, Ints, frozen


@dataclass(frozen=True, eq=False)
class Chosen[Seen]:
    """Which rows follow which rule of a family."""

    rules: tuple[tuple[Callable[[Seen], Floats], Ints], ...]
    """Each rule in use with its rows."""
    rows: int
    """N."""
    at: Callable[[Seen, Ints], Seen] | None = None
    """How to show a rule its own rows alone; None: it sees all."""

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        family: Mapping[str, Callable[[Seen], Floats]],
        at: Callable[[Seen, Ints], Seen] | None = None,
    ) -> "Chosen[Seen]":
        """Look up the rule of each row by name; `at` spares dear rules the rows of others."""
        named = np.array(names, dtype=object)
        used = tuple(
            (family[name], frozen(np.flatnonzero(named == name)))
            for name in family
            if name in names
        )
        return cls(used, len(named), at)

    def __call__(self, seen: Seen) -> Floats:
        """Return what each row's rule makes of what it sees: (N,)."""
        if len(self.rules) == 1:
            return self.rules[0][0](seen).copy()  # a rule may show what it was shown
        result = np.zeros(self.rows)
        for rule, rows in self.rules:
            result[rows] = rule(seen)[rows] if self.at is None else rule(self.at(seen, rows))
        return result
