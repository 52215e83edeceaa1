"""One restrained look for every chart: colours safe for the colour-blind, legible in print.

Colours are those of Okabe and Ito (2008).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from channelsim.domain.measures import UNITS
from channelsim.words import label, unit

PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#F0E442")
OTHER = "#5A5A5A"
INK = "#222222"
QUIET = "#8C8C8C"
FAINT = "#D9D9D9"
TODAY = "#7F7F7F"
PLAN = PALETTE[0]
DPI = 160
LONGEST_NAME = 60
LATIN = "DejaVu Sans"
CJK = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Serif CJK SC",
)


@contextmanager
def house_style() -> Iterator[None]:
    """Draw within the house's style.

    Chinese fonts seldom come in bold; that their usual weight stands in for it is nobody's concern.
    """
    notices = logging.getLogger("matplotlib.font_manager")
    before = notices.level
    notices.setLevel(logging.ERROR)
    try:
        with _looks():
            yield
    finally:
        notices.setLevel(before)


@contextmanager
def _looks() -> Iterator[None]:
    with mpl.rc_context(
        {
            "font.family": [LATIN, *cjk_family()],
            "font.size": 9,
            "axes.titlesize": 9.5,
            "axes.titlelocation": "left",
            "axes.labelsize": 8.5,
            "axes.edgecolor": QUIET,
            "axes.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.linewidth": 0.6,
            "text.color": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "xtick.labelsize": 8,
            "ytick.labelsize": 8,
            "xtick.major.width": 0.6,
            "ytick.major.width": 0.6,
            "legend.frameon": False,
            "legend.fontsize": 8,
            "figure.constrained_layout.use": True,
        }
    ):
        yield


@cache
def cjk_family() -> tuple[str, ...]:
    """Return the family of one font with Chinese glyphs, installed or bundled, or nothing."""
    if not any(family in font_manager.get_font_names() for family in CJK):
        _add_bundled()
    known = set(font_manager.get_font_names())
    return tuple(family for family in CJK if family in known)[:1]


def _add_bundled() -> None:
    if find_spec("noto_cjk_sans_otc") is not None:
        from noto_cjk_sans_otc import FONT_PATH

        font_manager.fontManager.addfont(str(FONT_PATH))


def shown(name: str, english: str = "", lang: str = "en") -> str:
    """Return the first of a name's wordings that the fonts can draw, with no markup in it.

    English comes first unless Chinese is asked for; signs without a glyph are left out, and names
    that would burst a chart are cut.
    """
    order = (name, english) if lang == "zh" else (english, name)
    wordings = [" ".join(text.split()) for text in order if text.strip()]
    fitting = [text for text in wordings if _drawable(text)]
    text = fitting[0] if fitting else "".join(c for t in wordings[:1] for c in t if _drawable(c))
    short = text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
    return short.replace("$", r"\$")


def save(figure: Figure, path: Path) -> Path:
    """Write a figure as PNG and return its path."""
    figure.savefig(path, dpi=DPI, facecolor="white")
    return path


def headline(figure: Figure, title: str, note: str = "") -> None:
    """Put a title over a figure, and a quiet line of explanation under it."""
    figure.suptitle(title, x=0.012, ha="left", fontsize=11, fontweight="bold")
    if note:
        figure.supxlabel(note, x=0.012, ha="left", fontsize=7.5, color=QUIET)


def measure_axis(axis: Any, measure: str, peak: float, currency: str, lang: str = "en") -> str:
    """Format an axis for a measure and return its label, with the unit.

    Parameters
    ----------
    peak
        Largest magnitude shown, which sets thousands or millions of money.
    """
    kind = UNITS[measure]
    name = label(measure, lang)
    axis.set_major_locator(MaxNLocator(5))
    if kind.startswith("share"):
        axis.set_major_formatter(PercentFormatter(1, decimals=None))
        return name
    if kind == "money/week":
        scale, word = money_scale(peak, lang)
        axis.set_major_formatter(FuncFormatter(lambda v, _: f"{v / scale:,.6g}"))
        return f"{name}, {word}{unit(kind, currency, lang)}"
    axis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.6g}"))
    return f"{name}, {unit(kind, currency, lang)}"


def money_scale(peak: float, lang: str = "en") -> tuple[float, str]:
    """Return what to divide money by so that `peak` reads well, and the word for it."""
    if lang == "zh":
        return (1e4, "万") if peak >= 1e5 else (1.0, "")
    if peak >= 2e6:
        return 1e6, "million "
    return (1e3, "thousand ") if peak >= 2e4 else (1.0, "")


def _drawable(text: str) -> bool:
    signs = glyphs((LATIN, *cjk_family()))
    return all(ord(sign) in signs for sign in text)


@cache
def glyphs(families: tuple[str, ...]) -> frozenset[int]:
    """Return the code points that font families can draw between them."""
    fonts = [font_manager.findfont(family) for family in families]
    return frozenset(c for path in fonts for c in font_manager.get_font(path).get_charmap())
