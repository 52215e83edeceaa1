"""What `recommend_under` returns: one layout, and what it may come to."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from channelsim.domain.columns import Floats
from channelsim.domain.layout import Layout
from channelsim.domain.measures import Measures
from channelsim.optimise.risk import Risk, tail_mean

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class UncertainPlan:
    """One layout for several scenarios; money per week, before incentives."""

    names: tuple[str, ...]
    """Names of the scenarios."""
    probability: Floats
    """(S,) probability of each."""
    risk: Risk
    """What was made best and what might be risked."""
    layout: Layout
    """What to open in all scenarios; who then holds which territory is in `layouts`."""
    layouts: tuple[Layout, ...]
    """The layout of each scenario: the same openings, its own territories and incentives."""
    planned: tuple[Measures, ...]
    """Planned measures in each scenario."""
    worth: Floats
    """(S,) what the layout earns the maker in each scenario."""
    best: Floats
    """(S,) what each scenario's own best layout earns in it; NaN where that was not asked."""
    opens: Floats
    """(J,) share of scenarios, by probability, whose own best layout opens the candidate."""
    candidates: tuple[str, ...]
    """Ids of the J candidates."""
    status: str
    """optimal or feasible."""
    value: float
    """The objective: expected worth, mean worth of the worst scenarios, or minus the regret."""
    bound: float
    """Proven bound on it of every layout within all limits."""
    gap: float
    """|bound - value| / |value|."""
    seconds: float = 0.0
    """Seconds of building and solving."""

    @property
    def expected(self) -> float:
        """Mean worth."""
        return float(self.probability @ self.worth)

    @property
    def tail(self) -> float:
        """Mean worth of the worst 1 - alpha of scenarios: minus the loss's CVaR."""
        return tail_mean(self.worth, self.probability, self.risk.alpha)

    @property
    def regret(self) -> Floats:
        """(S,) what each scenario's own best layout earns beyond this one."""
        return self.best - self.worth

    @property
    def value_of_information(self) -> float:
        """What knowing the scenario before opening anything would be worth on average."""
        return float(self.probability @ self.regret)

    @cached_property
    def table(self) -> "pd.DataFrame":
        """A row a scenario: probability, worth, its own best, regret, and headline measures."""
        import pandas as pd

        shown = ("coverage", "cost", "conflict", "units")
        return pd.DataFrame(
            {
                "scenario": self.names,
                "probability": self.probability,
                "worth": self.worth,
                "best": self.best,
                "regret": self.regret,
                **{name: [getattr(m, name) for m in self.planned] for name in shown},
            }
        )

    @cached_property
    def robustness(self) -> "pd.DataFrame":
        """A row a candidate: whether it opens, and in what share of the scenarios' own plans."""
        import pandas as pd

        opened = set(self.layout.open_ids)
        return pd.DataFrame(
            {
                "candidate": self.candidates,
                "open": [name in opened for name in self.candidates],
                "share": self.opens,
            }
        )

    def summary(self) -> str:
        """Return what is made best, what it comes to and what it risks, as text."""
        worst = int(self.worth.argmin())
        return "\n".join(
            [
                f"{len(self.names)} scenarios: {self.status}, "
                f"{len(self.layout.openings)} of {len(self.candidates)} candidates open",
                f"  expected {self.expected:,.0f} a week, "
                f"worst {1 - self.risk.alpha:.0%} {self.tail:,.0f}, "
                f"least {self.worth[worst]:,.0f} ({self.names[worst]})",
                *self._regrets(),
                f"  {self.risk.objective} {self.value:,.0f}, bound {self.bound:,.0f}, "
                f"gap {self.gap:.2e}, {self.seconds:.1f} s",
            ]
        )

    def _regrets(self) -> list[str]:
        if math.isnan(self.value_of_information):
            return []
        return [
            f"  largest regret {self.regret.max():,.0f}, "
            f"value of information {self.value_of_information:,.0f}"
        ]

    def __str__(self) -> str:
        return self.summary()


def worth_of(risk: Risk, worth: Floats, best: Floats, probability: Floats) -> float:
    """Return the objective at the scenarios' worths (S,): money per week."""
    if risk.objective == "cvar":
        return tail_mean(worth, probability, risk.alpha)
    if risk.objective == "regret":
        return -max(float((best - worth).max()), 0.0)
    return float(probability @ worth)
