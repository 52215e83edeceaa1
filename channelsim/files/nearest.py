"""The known name that a misspelt one most likely means."""

import difflib
from collections.abc import Collection


def nearest(name: str, known: Collection[str], cutoff: float = 0.6) -> str | None:
    """Return the known name closest to `name`, or None if none is as similar as `cutoff` (0-1)."""
    folded = {other.casefold(): other for other in known}
    if name.casefold() in folded:
        return folded[name.casefold()]
    unpadded = {other.lstrip("0"): other for other in known if other.startswith("0")}
    if name in unpadded:
        return unpadded[name]
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=cutoff)
    return folded[close[0]] if close else None


def suggestion(name: str, known: Collection[str]) -> str:
    """Return what to write instead of an unknown name, as the end of a sentence."""
    close = nearest(name, known)
    if close is not None:
        return f"did you mean {close!r}?"
    if not known:
        return "there is none to name yet"
    listed = list(known)
    tail = " ..." if len(listed) > 8 else ""
    return f"write one of {', '.join(listed[:8])}{tail}"
