"""The meeting paper as PDF: two A4 pages, tagged (PDF/UA-1), archivable (PDF/A-2a), the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4

from fardplan_desktop.domain.papers import MeetingPaper
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.archive import DocumentInfo
from fardplan_desktop.reports.cells import clamped
from fardplan_desktop.reports.meeting_back import back_page
from fardplan_desktop.reports.meeting_front import front_page, period_line
from fardplan_desktop.reports.tagged_canvas import TaggedCanvas
from fardplan_desktop.reports.tagged_flowables import TaggedParagraph

SIDE, TOP, BOTTOM = 48.0, 54.0, 46.0
_WIDTH = A4[0] - 2 * SIDE
_ROOM = (_WIDTH, A4[1] - TOP - BOTTOM)


def render_meeting_paper(paper: MeetingPaper, fonts: Path) -> bytes:
    """The PDF of ``paper``; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    pages = (front_page(paper, _ROOM), back_page(paper, _ROOM, fonts))
    target = BytesIO()
    info = DocumentInfo(
        title=f"Mötesunderlag {paper.organisation}, {period_line(paper.period)}",
        author=paper.organisation,
        subject="Arbetsmaterial – får inte spridas",
        dated=paper.as_of,
    )
    canvas = TaggedCanvas(target, info, look.REGULAR)
    for page, body in enumerate(pages, 1):
        _header(canvas, paper, page)
        body.drawOn(canvas, SIDE, A4[1] - TOP - body.height)
        with canvas.artifact("Pagination"):
            versions = clamped(f"{paper.data_version} · {_lists(paper)}", look.MARGIN, _WIDTH * 0.8, 1)
            _margin(canvas, 24, versions, _right(f"Sida {page} av {len(pages)}"))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _header(canvas: TaggedCanvas, paper: MeetingPaper, page: int) -> None:
    """Read aloud once, on the first page; later pages repeat it for the eye, with whose paper it is."""
    profile = TaggedParagraph("Arbetsmaterial – får inte spridas", look.MARK)
    marks = ["Exempeldata – påhittade siffror"] * paper.demo
    if page == 1:
        _margin(canvas, A4[1] - 34, profile, _right(" · ".join(marks)))
        return
    with canvas.artifact("Pagination"):
        _margin(canvas, A4[1] - 34, profile, _right(" · ".join([*marks, paper.organisation])))


def _lists(paper: MeetingPaper) -> str:
    return f"Mått och listor version {paper.codebook_version} ({paper.codebook_sha256[:8]})"


def _right(text: str) -> TaggedParagraph:
    return clamped(text, look.MARGIN_RIGHT, _WIDTH * 0.6, 1)


def _margin(canvas: TaggedCanvas, baseline: float, left: TaggedParagraph, right: TaggedParagraph) -> None:
    """A line in the margin: one text to the left and one to the right; an empty one is not drawn."""
    for line in (left, right):
        if line.getPlainText():
            line.wrap(_WIDTH, 20)
            line.drawOn(canvas, SIDE, baseline)
