"""The meeting paper in the window: preview, meeting, decisions, print."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Decision
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import activities, meetings, papers, settings
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.meetings.page import MeetingsPage
from fardplan_desktop.ui.meetings.preview import PaperPreview
from fardplan_desktop.ui.page import PageSpec
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.parts.printing import print_pages
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.shell.main_window import MainWindow

W = TypeVar("W", bound=QWidget)
T2 = parse_period("2026-T2")


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    seeded = Seeded(1, datetime(2026, 9, 14, 8, 0, tzinfo=UTC))
    made = new_workplace(
        tmp_path / "le.fardplan", "1462", clock=seeded.clock, ids=seeded.ids, random_bytes=seeded.bytes
    )
    settings.set_deliveries_folder(made, folder=tmp_path / "ut")
    return made


@pytest.fixture
def page(qtbot: QtBot, workplace: Workplace) -> MeetingsPage:
    window = MainWindow()
    qtbot.addWidget(window)
    session = Session(workplace, window.jobs, window.messages, T2, window)
    session.changed.connect(window.refresh)
    window.set_pages([PageSpec("meetings", "Mötesunderlag", "printer", lambda ctx: MeetingsPage(ctx, session))])
    window.resize(1366, 768)
    window.show()
    window.go("meetings")
    shown = window.current_page
    assert isinstance(shown, MeetingsPage)
    qtbot.waitUntil(lambda: find(shown, PaperPreview, "paper_preview").pages == 2)
    return shown


def find(page: MeetingsPage, kind: type[W], name: str) -> W:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def press(page: MeetingsPage, name: str) -> None:
    find(page, Button, name).click()


def test_the_page_opens_with_both_pages_of_the_paper_in_preview(page: MeetingsPage) -> None:
    sentence = find(page, QLabel, "page_sentence")
    assert sentence.text() == "Tertial 2 2026 (maj–augusti), två sidor, arbetsmaterial. Inget möte är planerat."
    assert page.pdf.startswith(b"%PDF-")


def test_what_is_in_preview_is_what_the_service_makes(page: MeetingsPage, workplace: Workplace) -> None:
    assert page.pdf == papers.meeting_pdf(workplace, period=T2, as_of=workplace.today)


def test_a_change_elsewhere_makes_the_paper_anew(qtbot: QtBot, page: MeetingsPage, workplace: Workplace) -> None:
    before = page.pdf
    activities.add_joint(workplace)
    page.refresh()
    qtbot.waitUntil(lambda: page.pdf not in (b"", before))


def test_a_new_meeting_is_chosen_at_once_and_stands_on_the_paper(
    qtbot: QtBot, page: MeetingsPage, workplace: Workplace
) -> None:
    press(page, "meeting_new")
    qtbot.waitUntil(lambda: len(meetings.meetings(workplace)) == 1)
    made = meetings.meetings(workplace)[0]
    assert made.date == date(2026, 9, 14)
    expected = papers.meeting_pdf(workplace, period=T2, as_of=date(2026, 9, 14), meeting=made.id)
    qtbot.waitUntil(lambda: page.pdf == expected)


def test_a_decision_is_noted_and_then_ticked_as_done(qtbot: QtBot, page: MeetingsPage, workplace: Workplace) -> None:
    press(page, "meeting_new")
    qtbot.waitUntil(lambda: len(meetings.meetings(workplace)) == 1)
    find(page, TextField, "decision_text").setText("Ta fram en rutin för SIP vid utskrivning")
    find(page, TextField, "decision_responsible").setText("MAS")
    press(page, "decision_add")
    qtbot.waitUntil(lambda: len(meetings.open_decisions(workplace)) == 1)
    qtbot.waitUntil(lambda: page.findChild(CheckBox, "decision_0") is not None)
    find(page, CheckBox, "decision_0").setChecked(True)
    qtbot.waitUntil(lambda: meetings.open_decisions(workplace) == ())
    assert [each.done for each in workplace.store.own(Decision)] == [True]


def test_a_decision_with_a_personal_identity_number_is_not_saved_and_the_text_is_kept(
    qtbot: QtBot, page: MeetingsPage, workplace: Workplace
) -> None:
    press(page, "meeting_new")
    qtbot.waitUntil(lambda: len(meetings.meetings(workplace)) == 1)
    field = find(page, TextField, "decision_text")
    field.setText("Ring 19570428-9999 om planen")
    press(page, "decision_add")
    error = find(page, QLabel, "error_decision_text")
    qtbot.waitUntil(lambda: "personnummer" in error.text())
    assert field.text() == "Ring 19570428-9999 om planen"
    assert meetings.decisions(workplace) == ()


def test_save_as_pdf_writes_the_very_bytes_in_preview_without_asking_where(
    qtbot: QtBot, page: MeetingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "fardplan_desktop.ui.meetings.page.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    pdf = page.pdf
    press(page, "save_paper")
    target = tmp_path / "ut" / "Mötesunderlag Lilla Edets kommun 2026-T2.pdf"
    qtbot.waitUntil(lambda: opened == [str(target)])
    assert target.read_bytes() == pdf


def test_printing_puts_each_page_on_a_sheet_of_its_own(page: MeetingsPage, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "utskrift.pdf"))
    print_pages(printer, papers.preview(page.pdf, 1.0))
    assert len(papers.preview((tmp_path / "utskrift.pdf").read_bytes(), 0.2)) == 2
