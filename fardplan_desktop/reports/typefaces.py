"""One typeface in three weights, four sizes, five colours: the look of every print."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

INK = "#1B2733"
BLUE = "#0B5C8A"
GREY = "#5B6670"
GREEN = "#2E7D4F"
ORANGE = "#C4500A"
RED = "#A3262A"
RULE = "#C4CED6"
TINT = "#EEF3F7"
LIGHT_BLUE = "#A9C8DC"
WHITE = "#FFFFFF"

REGULAR = "SourceSans3"
SEMIBOLD = "SourceSans3-SemiBold"
BOLD = "SourceSans3-Bold"

_FILES = {
    "SourceSans3_400Regular.ttf": REGULAR,
    "SourceSans3_600SemiBold.ttf": SEMIBOLD,
    "SourceSans3_700Bold.ttf": BOLD,
}


def _style(
    size: float,
    leading: float,
    *,
    face: str = REGULAR,
    colour: str = INK,
    before: float = 0,
    after: float = 0,
    indent: float = 0,
    right: bool = False,
) -> ParagraphStyle:
    return ParagraphStyle(
        "", fontName=face, fontSize=size, leading=leading, textColor=HexColor(colour), bulletFontName=REGULAR,
        spaceBefore=before, spaceAfter=after, leftIndent=indent, alignment=TA_RIGHT if right else TA_LEFT,
    )  # fmt: skip


TITLE = _style(20, 24, face=BOLD, after=4)
LEAD = _style(10, 13.5)
LARGE = _style(22, 28)
HEADING = _style(13, 16, face=SEMIBOLD, colour=BLUE, before=11, after=4)
BODY = _style(10, 13.2, after=2.5)
ITEM = _style(9.5, 12.4, after=3)
CELL = _style(9, 11)
NUMBER = _style(9, 11, right=True)
CELL_TIGHT = _style(8.5, 10.6)
PART = _style(9, 11, indent=8)
NUMBER_TIGHT = _style(8.5, 10.6, right=True)
HEAD = _style(8.5, 10, face=SEMIBOLD)
HEAD_NUMBER = _style(8.5, 10, face=SEMIBOLD, right=True)
HEAD_SMALL = _style(8, 9.4, face=SEMIBOLD, right=True)
NOTE = _style(8.5, 10.8, colour=GREY, before=3)
MARGIN = _style(8.5, 11, colour=GREY)
MARK = _style(8.5, 11, face=SEMIBOLD)
MARGIN_RIGHT = _style(8.5, 11, colour=GREY, right=True)


def register(fonts: Path) -> None:
    """Make the faces known to ReportLab from the files in ``fonts``; FileNotFoundError names the one that lacks."""
    for file, name in _FILES.items():
        path = fonts / file
        if not path.is_file():
            raise FileNotFoundError(path)
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD)


def face_of_file(path: str) -> str:
    """The registered name of a font file; KeyError for a file that is not ours."""
    return _FILES[Path(path).name]
