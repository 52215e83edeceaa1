"""The last line of every benchmark: its claims as one line of JSON, and the exit code they earn."""

import json
import operator
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import NoReturn

COMPARISONS: dict[str, Callable[[float, float], bool]] = {"<=": operator.le, ">=": operator.ge}


@dataclass(frozen=True)
class Claim:
    """A measured value beside its target, such as `<= 60`."""

    name: str
    value: float
    target: str
    holds: bool


def claim(name: str, value: float, target: str) -> Claim:
    """Hold a value against a target written as a comparison and a number."""
    sign, number = target.split()
    return Claim(name, value, target, COMPARISONS[sign](value, float(number)))


def finish(claims: list[Claim]) -> NoReturn:
    """Print the claims and leave with 0 only if all of them hold."""
    print(json.dumps({"claims": [asdict(c) for c in claims]}))
    raise SystemExit(0 if all(c.holds for c in claims) else 1)
