"""The parts every print is set from: clamped texts, cells, plain tables, and a fit to the height of a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, TableStyle

from fardplan_desktop.analysis.numbers_sv import number
from fardplan_desktop.domain.papers import PaperValue
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.tagged_flowables import Stack, TaggedParagraph
from fardplan_desktop.reports.values import remark, spelled

PADDING = 4.0
_NARROWEST = 2.5  # points a letter: no text of this many letters fits, so no more of it is measured
_SHAPES = {"●": look.GREEN, "▲": look.ORANGE, "■": look.RED}
_Command = tuple[str, tuple[int, int], tuple[int, int], *tuple[Any, ...]]
_NO_BREAK = "\N{NO-BREAK SPACE}"


def heading(text: str) -> TaggedParagraph:
    return TaggedParagraph(escape(text), look.HEADING, "H2")


def clamped(text: str, style: ParagraphStyle, width: float, lines: int, tag: str = "P") -> TaggedParagraph:
    """A paragraph of at most ``lines`` lines at ``width`` points; a longer text ends with … after a whole word."""
    longest = round(lines * width / _NARROWEST)

    def kept(letters: int) -> TaggedParagraph:
        return TaggedParagraph(shaped(text if letters == len(text) else _cut(text, letters)), style, tag)

    if len(text) <= longest and _lines(kept(len(text)), width) <= lines:
        return kept(len(text))
    letters = range(1, min(longest, len(text)))
    fitting = bisect_right(letters, lines, key=lambda count: _lines(kept(count), width))
    return kept(max(fitting, 1))


def shaped(text: str) -> str:
    """Markup in which the forecast's shape has its colour and stays with its word; the word says the same."""
    markup = escape(text)
    for shape, colour in _SHAPES.items():
        markup = markup.replace(f"{shape} ", shape + _NO_BREAK).replace(shape, f'<font color="{colour}">{shape}</font>')
    return markup


def count(value: int, *, strong: bool = False) -> TaggedParagraph:
    """A number to the right; zero is printed, in grey."""
    text = number(value)
    if not value:
        text = f'<font color="{look.GREY}">{text}</font>'
    return TaggedParagraph(f"<b>{text}</b>" if strong else text, look.NUMBER)


def value_cell(value: PaperValue, *, strong: bool = False, tight: bool = False) -> TaggedParagraph:
    """The value to the right, words in grey, and in small under it what it does not hold."""
    text = spelled(value)
    if not value.applicable or value.number is None:
        text = f'<font color="{look.GREY}">{text}</font>'
    elif strong:
        text = f"<b>{text}</b>"
    if remark(value):
        text += f'<br/><font size="8" color="{look.GREY}">{remark(value)}</font>'
    return TaggedParagraph(text, look.NUMBER_TIGHT if tight else look.NUMBER)


def widest_word(text: str, style: ParagraphStyle) -> float:
    """Points that the longest unbreakable piece of ``text`` takes."""
    pieces = text.replace("● ", "●_").replace("▲ ", "▲_").replace("■ ", "■_").split(" ")
    return max(stringWidth(piece, style.fontName, style.fontSize) for piece in pieces)


def table_style(*, total: bool = False, row_padding: float = 2.2, side: float = PADDING) -> TableStyle:
    """Thin rules under rows, a tinted head, figures in line; ``total`` sets the last row apart."""
    commands: list[_Command] = [
        ("FONTNAME", (0, 0), (-1, -1), look.REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), side),
        ("RIGHTPADDING", (0, 0), (-1, -1), side),
        ("TOPPADDING", (0, 0), (-1, -1), row_padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), row_padding + 0.8),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(look.TINT)),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(look.BLUE)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(look.RULE)),
    ]
    if total:
        commands.append(("LINEABOVE", (0, -1), (-1, -1), 0.9, HexColor(look.BLUE)))
    return TableStyle(commands)


def fitted(
    build: Callable[[tuple[int, ...]], list[Flowable]],
    most: Sequence[int],
    least: Sequence[int],
    size: tuple[float, float],
) -> Stack:
    """The fullest page that fits ``size``: ``build`` is asked with fewer and fewer rows of its lists.

    ``most`` and ``least`` are how many rows each list may have; the list with most to spare gives way first.
    """
    counts = list(most)
    while True:
        page = Stack(build(tuple(counts)))
        if page.wrap(*size)[1] <= size[1]:
            return page
        spare = [now - floor for now, floor in zip(counts, least, strict=True)]
        if max(spare) <= 0:
            raise ValueError("the page's fixed parts are higher than the page")
        counts[spare.index(max(spare))] -= 1


def _lines(paragraph: TaggedParagraph, width: float) -> int:
    return round(paragraph.wrap(width, 10_000)[1] / paragraph.style.leading)


def _cut(text: str, letters: int) -> str:
    """The whole words among the first letters, or the letters themselves when they are of one word."""
    head, space, _ = text[: letters + 1].rpartition(" ")
    return (head if space else text[:letters]).rstrip(" ,.;:–") + "…"
