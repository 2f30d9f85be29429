"""The meeting paper as PDF: two A4 pages, tagged (PDF/UA-1), archivable (PDF/A-2a), the same bytes each time."""

from __future__ import annotations

from pathlib import Path

from fardplan_desktop.domain.papers import MeetingPaper
from fardplan_desktop.reports import sheet
from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.meeting_back import back_page
from fardplan_desktop.reports.meeting_front import front_page


def render_meeting_paper(paper: MeetingPaper, fonts: Path) -> bytes:
    """The PDF of ``paper``; ``fonts`` is the folder of the three Source Sans 3 files (else FileNotFoundError)."""
    look.register(fonts)
    title = f"Mötesunderlag {paper.organisation}, {sheet.period_line(paper.period)}"
    return sheet.render([front_page(paper, sheet.ROOM), back_page(paper, sheet.ROOM, fonts)], paper, title)
