"""The one table of how charts look: a series is told by dash, marker and hatch, and only then by colour.

Blue, red and violet have nearly the same lightness, so a greyscale copy must not depend on them.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

REGULAR = "SourceSans3_400Regular.ttf"
SEMIBOLD = "SourceSans3_600SemiBold.ttf"


class SeriesStyle(NamedTuple):
    """How one series is drawn."""

    colour: str
    dash: tuple[float, ...]
    """On and off in points; empty is a solid line."""
    marker: str
    filled: bool


class ChartStyle(NamedTuple):
    """Colours and sizes of a chart; sizes in points. The window passes its own colours for dark and high contrast."""

    ink: str
    muted: str
    grid: str
    surface: str
    series: tuple[SeriesStyle, ...]
    hatch: str = "////"
    text: float = 8.0
    line: float = 1.5


PRINT = ChartStyle(
    ink="#1B2733",
    muted="#5B6670",
    grid="#D3DCE3",
    surface="#FFFFFF",
    series=(
        SeriesStyle("#0B5C8A", (), "o", True),
        SeriesStyle("#C4500A", (4.0, 2.0), "s", False),
        SeriesStyle("#5B6670", (1.0, 1.5), "^", True),
    ),
)


def typeface(fonts: Path, size: float, *, strong: bool = False) -> FontProperties:
    """Source Sans 3 from the folder ``fonts``, ``size`` in points."""
    return FontProperties(fname=fonts / (SEMIBOLD if strong else REGULAR), size=size)


def text_width(text: str, face: FontProperties) -> float:
    """Points, with a little air for kerning; unhinted, so that it is the same on every machine."""
    font = get_font(str(face.get_file()))
    font.set_size(face.get_size_in_points(), 72)
    font.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    return 1.04 * float(font.get_width_height()[0]) / 64
