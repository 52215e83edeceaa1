"""What a plan does with every candidate: keep it, open it, close it or leave it out."""

from collections import Counter
from collections.abc import Mapping

from channelsim.domain.layout import Layout
from channelsim.domain.scenario import Scenario


def actions(scenario: Scenario, today: Layout, plan: Layout) -> dict[str, str]:
    """Return candidate id -> keep, open, close or out, in the order of the candidates."""
    before, after = set(today.open_ids), set(plan.open_ids)
    word = {
        (True, True): "keep",
        (False, True): "open",
        (True, False): "close",
        (False, False): "out",
    }
    return {c.id: word[c.id in before, c.id in after] for c in scenario.candidates}


def moves(done: Mapping[str, str]) -> str:
    """Return the actions in words, such as `open 20, close 3 and keep 57 operations`."""
    count = Counter(done.values())
    parts = [f"{name} {count[name]}" for name in ("open", "close", "keep") if count[name]]
    if not parts:
        return "open nothing"
    text = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{text} {'operation' if sum(count.values()) - count['out'] == 1 else 'operations'}"
