"""The frame every A4 print stands in, lying or standing: margins, what it is, whose, versions, page x of y."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Protocol

from reportlab.lib.pagesizes import A4

from fardplan_desktop.domain.periods import Period, PeriodType
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.archive import DocumentInfo
from fardplan_desktop.reports.cells import clamped
from fardplan_desktop.reports.tagged_canvas import TaggedCanvas
from fardplan_desktop.reports.tagged_flowables import Stack, TaggedParagraph

SIDE, TOP, BOTTOM = 48.0, 54.0, 46.0
WIDTH = A4[0] - 2 * SIDE
ROOM = (WIDTH, A4[1] - TOP - BOTTOM)
"""What a page has for its own, in points."""
LANDSCAPE_ROOM = (A4[1] - 2 * SIDE, A4[0] - TOP - BOTTOM)
"""The same when the page lies down."""
_WORKING = "Arbetsmaterial – får inte spridas"


class Paper(Protocol):
    """What every paper says of itself, in the margins and in the file's own description."""

    @property
    def organisation(self) -> str: ...
    @property
    def as_of(self) -> date: ...
    @property
    def demo(self) -> bool: ...
    @property
    def data_version(self) -> str:
        """``Dataversion 3fa9c1d2``."""
        ...

    @property
    def codebook_version(self) -> int: ...
    @property
    def codebook_sha256(self) -> str: ...


def render(
    pages: Sequence[Stack], paper: Paper, title: str, room: tuple[float, float] = ROOM, *, mark: str = _WORKING
) -> bytes:
    """The PDF of pages that have been fitted to ``room``; the same pages give the same bytes.

    ``mark`` says on every page how it may be spread.
    """
    target = BytesIO()
    info = DocumentInfo(title=title, author=paper.organisation, subject=mark, dated=paper.as_of)
    canvas = TaggedCanvas(target, info, look.REGULAR)
    lists = f"Mått och listor version {paper.codebook_version} ({paper.codebook_sha256[:8]})"
    width, top = room[0], room[1] + BOTTOM
    canvas.setPageSize((width + 2 * SIDE, top + TOP))
    for page, body in enumerate(pages, 1):
        _header(canvas, paper, page, room, mark)
        body.drawOn(canvas, SIDE, top - body.height)
        with canvas.artifact("Pagination"):
            versions = clamped(f"{paper.data_version} · {lists}", look.MARGIN, width * 0.8, 1)
            _margin(canvas, 24, width, versions, _right(f"Sida {page} av {len(pages)}", width))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def period_line(period: Period) -> str:
    """``tertial 2 2026 (maj–augusti)``; a month is its own name."""
    return period.name if period.type is PeriodType.MONTH else f"{period.name} ({period.span})"


def _header(canvas: TaggedCanvas, paper: Paper, page: int, room: tuple[float, float], mark: str) -> None:
    """Read aloud once, on the first page; later pages repeat it for the eye, with whose paper it is."""
    profile = TaggedParagraph(mark, look.MARK)
    width, baseline = room[0], room[1] + BOTTOM + TOP - 34
    marks = ["Exempeldata – påhittade siffror"] * paper.demo
    if page == 1:
        _margin(canvas, baseline, width, profile, _right(" · ".join(marks), width))
        return
    with canvas.artifact("Pagination"):
        _margin(canvas, baseline, width, profile, _right(" · ".join([*marks, paper.organisation]), width))


def _right(text: str, width: float) -> TaggedParagraph:
    return clamped(text, look.MARGIN_RIGHT, width * 0.6, 1)


def _margin(canvas: TaggedCanvas, baseline: float, width: float, left: TaggedParagraph, right: TaggedParagraph) -> None:
    """A line in the margin: one text to the left and one to the right; an empty one is not drawn."""
    for line in (left, right):
        if line.getPlainText():
            line.wrap(width, 20)
            line.drawOn(canvas, SIDE, baseline)
