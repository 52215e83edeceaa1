"""Paint the map of a layout."""

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from channelsim.domain.columns import Floats
from channelsim.report.layout_map import LayoutMap, Marker
from channelsim.report.style import FAINT, INK, OTHER, PALETTE, QUIET
from channelsim.words import label

BUBBLE_SHARE = 0.08
BIGGEST_BUBBLE = 900.0
LABELS = 24
LEGEND, TITLE = 3.0, 0.6
GAP = 1.12
NICE = (1.0, 2.0, 5.0)
SHAPES = {"keep": "o", "open": "^", "close": "X"}
WORDS = {"keep": "kept", "open": "opened", "close": "closed"}


def paint_map(axes: Axes, picture: LayoutMap, lang: str = "en") -> None:
    """Paint a map on axes that fill their place in the figure."""
    west, east, south, north = picture.frame
    axes.set(xlim=(west, east), ylim=(south, north), aspect="equal", xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.add_collection(LineCollection(list(picture.lines), colors=FAINT, linewidths=0.6, zorder=1))
    _paint_legend(axes, picture, lang)
    km_per_point = _km_per_point(axes, picture)
    bubbles = _bubble_areas(picture, km_per_point)
    x, y = picture.zones.T
    axes.scatter(x, y, s=bubbles, color="#B8B8B8", alpha=0.55, linewidths=0, zorder=2)
    size = _marker_size(len(picture.markers))
    for marker in sorted(picture.markers, key=lambda m: m.action != "close"):
        _paint_marker(axes, marker, size, km_per_point)
    _paint_names(axes, picture, bubbles, km_per_point)
    _paint_scale(axes, picture)


def map_size(picture: LayoutMap) -> tuple[float, float]:
    """Return inches wide and high that suit the frame, legend included."""
    west, east, south, north = picture.frame
    wide = float(np.clip(0.55 * np.sqrt(len(picture.markers)), 6.4, 10.0))
    high = float(np.clip(wide * (north - south) / (east - west), 3.6, 1.15 * wide))
    return wide + LEGEND, high + TITLE


def _km_per_point(axes: Axes, picture: LayoutMap) -> float:
    """Return kilometres per point (1/72 inch) once the axes keep equal scales."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    axes.apply_aspect()
    wide = axes.get_window_extent().width * 72 / figure.dpi
    return (picture.frame[1] - picture.frame[0]) / wide


def _bubble_areas(picture: LayoutMap, km_per_point: float) -> Floats:
    """Return bubble areas in square points, in proportion to people."""
    west, east, south, north = picture.frame
    room = (east - west) * (north - south) / km_per_point**2
    total, peak = picture.people.sum(), picture.people.max()
    if total <= 0:
        return np.ones(len(picture.people))
    scale = min(BUBBLE_SHARE * room / total, BIGGEST_BUBBLE / peak)
    areas: Floats = np.maximum(picture.people * scale, 1.5)
    return areas


def _marker_size(count: int) -> float:
    """Return the diameter of a marker in points."""
    return float(np.clip(75 / np.sqrt(max(count, 1)), 4.6, 8.5))


def _paint_marker(axes: Axes, marker: Marker, size: float, km_per_point: float) -> None:
    colour = _colour(marker.kind)
    gap = size * GAP * km_per_point
    closed = marker.action == "close"
    axes.plot(
        marker.x + marker.ring[0] * gap,
        marker.y + marker.ring[1] * gap,
        SHAPES[marker.action],
        markersize=size * (1.15 if marker.action == "open" else 0.95),
        markerfacecolor="white" if closed else colour,
        markeredgecolor=colour if closed else (INK if marker.action == "open" else "white"),
        markeredgewidth=(0.05 if marker.action == "keep" else 0.11) * size,
        zorder=5 if marker.action == "open" else 4,
        clip_on=True,
    )


def _colour(kind: int) -> str:
    return PALETTE[kind] if kind < len(PALETTE) else OTHER


def _paint_names(axes: Axes, picture: LayoutMap, bubbles: Floats, km_per_point: float) -> None:
    """Name the largest places, each beside its bubble where it covers nothing else."""
    taken = _marker_boxes(picture, km_per_point)
    halo = [withStroke(linewidth=2, foreground="white", alpha=0.85)]
    reaches = _reaches(picture, bubbles, km_per_point)
    count = 0
    for n in np.argsort(-picture.people, kind="stable"):
        x, y = picture.zones[n]
        if count >= LABELS or not picture.names[n]:
            continue
        for place in _beside(x, y, reaches[n], picture.names[n], km_per_point):
            if _inside(place, picture.frame) and not _collides(place, taken):
                taken = np.vstack([taken, place])
                middle = (place[2] + place[3]) / 2
                text = axes.text(place[0], middle, picture.names[n], fontsize=7, va="center")
                text.set(zorder=6, path_effects=halo)
                count += 1
                break


def _reaches(picture: LayoutMap, bubbles: Floats, km_per_point: float) -> Floats:
    """Return how far from each place its bubble or its markers reach, with a little air: (Z,)."""
    reach = np.sqrt(bubbles / np.pi)
    row_of = {(x, y): row for row, (x, y) in enumerate(picture.zones.tolist())}
    size = _marker_size(len(picture.markers))
    for marker in picture.markers:
        row = row_of[marker.x, marker.y]
        reach[row] = max(reach[row], size * (float(np.hypot(*marker.ring)) * GAP + 0.6))
    air: Floats = (reach + 3) * km_per_point
    return air


def _beside(
    x: float, y: float, reach: float, name: str, km_per_point: float
) -> Iterator[tuple[float, float, float, float]]:
    """Yield where a name may stand: right of its place, left, above, below."""
    wide = sum(7.0 if ord(sign) > 0x2E80 else 4.1 for sign in name) * km_per_point
    high = 9 * km_per_point
    yield x + reach, x + reach + wide, y - high / 2, y + high / 2
    yield x - reach - wide, x - reach, y - high / 2, y + high / 2
    yield x - wide / 2, x + wide / 2, y + reach, y + reach + high
    yield x - wide / 2, x + wide / 2, y - reach - high, y - reach


def _marker_boxes(picture: LayoutMap, km_per_point: float) -> Floats:
    """Return west, east, south and north of every marker: (M, 4)."""
    size = _marker_size(len(picture.markers)) * km_per_point
    rows = [(m.x + m.ring[0] * GAP * size, m.y + m.ring[1] * GAP * size) for m in picture.markers]
    x, y = np.array(rows).reshape(-1, 2).T
    half = size / 2
    return np.column_stack([x - half, x + half, y - half, y + half])


def _inside(box: tuple[float, ...], frame: tuple[float, ...]) -> bool:
    return frame[0] < box[0] and box[1] < frame[1] and frame[2] < box[2] and box[3] < frame[3]


def _collides(box: tuple[float, ...], taken: Floats) -> bool:
    west, east, south, north = taken.T
    across = (box[0] < east) & (west < box[1])
    return bool((across & (box[2] < north) & (south < box[3])).any())


def _paint_scale(axes: Axes, picture: LayoutMap) -> None:
    """Paint a bar of a round number of kilometres in the lower left corner."""
    west, east, south, north = picture.frame
    rough = (east - west) / 5
    power = 10.0 ** np.floor(np.log10(rough))
    km = max(n * power for n in NICE if n * power <= rough)
    x, y = west + 0.02 * (east - west), south + 0.02 * (north - south)
    axes.plot([x, x + km], [y, y], color=INK, linewidth=1.2, solid_capstyle="butt", zorder=6)
    axes.text(x + km / 2, y + 0.008 * (north - south), f"{km:,.0f} km", fontsize=7, ha="center")


def _paint_legend(axes: Axes, picture: LayoutMap, lang: str) -> None:
    handles = list(_handles(picture, lang))
    legend = axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(1.01, 1.0),
        borderaxespad=0,
        handletextpad=0.6,
        labelspacing=0.55,
    )
    for handle, text in zip(handles, legend.get_texts(), strict=True):
        if handle.get_marker() == "":
            text.set(fontweight="bold", position=(-22, 0))


def _handles(picture: LayoutMap, lang: str) -> Iterator[Line2D]:
    yield _heading({"en": "Channel type (today → plan)", "zh": "渠道类型（现状 → 方案）"}[lang])
    for row, (name, (before, after)) in enumerate(zip(picture.kinds, picture.counts, strict=True)):
        yield _handle("o", f"{name} ({before} → {after})", _colour(row), "white")
    if picture.online:
        yield _heading(" ")
        yield _heading({"en": "Online, everywhere", "zh": "线上，覆盖各地"}[lang])
        for name, action in picture.online:
            closed = action == "close"
            face = "white" if closed else OTHER
            word = label(WORDS[action], lang).lower()
            yield _handle(SHAPES[action], f"{name} ({word})", face, OTHER)
    yield _heading(" ")
    yield _heading({"en": "What the plan does", "zh": "方案动作"}[lang])
    for action, shape in SHAPES.items():
        face = "white" if action == "close" else QUIET
        edge = {"keep": "white", "open": INK, "close": QUIET}[action]
        yield _handle(shape, label(WORDS[action], lang), face, edge)
    yield _handle("o", {"en": "People (area)", "zh": "人口（面积）"}[lang], "#D0D0D0", "white", 11)


def _heading(text: str) -> Line2D:
    return Line2D([], [], linestyle="", label=text, marker="")


def _handle(shape: str, text: str, face: str, edge: str, size: float = 7) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="",
        marker=shape,
        label=text,
        markersize=size,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=0.9,
    )
