"""Tidslinje on the page: bars of a year, years before and after, read aloud, opened, printed, saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel

from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities, settings
from fardplan_desktop.ui.activities.timeline import BAR_COLUMN, TimelineTable
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName
from tests.ui.activities.conftest import Frame, choose_more, turn


def add(frame: Frame, title: str, start: date | None, end: date | None, status: str = "pagar") -> Activity:
    made, _ = activities.add(frame.workplace, title=title, end=end, status=status)
    after = msgspec.structs.replace(made, start=start)
    if after != made:
        activities.update(frame.workplace, before=made, after=after)
    return after


@pytest.fixture
def page(frame: Frame) -> Frame:
    """Three that lie in 2026, one of them late, and one that ended the year before; the timeline is shown."""
    rutin = add(frame, "Rutin för SIP", date(2026, 2, 1), date(2026, 12, 31))
    activities.check_in(frame.workplace, activity=rutin, status="pagar", forecast=None, comment="",
                        next_on=date(2026, 12, 1))  # fmt: skip
    add(frame, "Utbildning", date(2026, 1, 1), date(2026, 6, 30))
    add(frame, "Kartläggning", date(2025, 1, 1), date(2025, 6, 30), "klar")
    add(frame, "Utan dagar", None, None)
    frame.open()
    switch = frame.find(Segments, "activities_picture")
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Right)
    return frame


def table(page: Frame) -> TimelineTable:
    return page.find(TimelineTable, "activities_timeline")


def told(page: Frame) -> dict[str, str]:
    """Title → the words of the bar."""
    model = table(page).model()
    rows = range(model.rowCount())
    cells = [[str(model.index(row, at).data() or "").replace("\u00a0", " ") for at in (0, BAR_COLUMN)] for row in rows]
    return {title: words for title, words in cells if words}


def test_the_year_s_activities_are_told_with_their_days_and_check_ins(page: Frame) -> None:
    assert told(page) == {
        "Utbildning": "1 jan 2026–30 jun 2026. Slutdatum har passerat.",
        "Rutin för SIP": "1 feb 2026–31 dec 2026. Avstämd 14 september. Planerad avstämning 1 december.",
        "Utan dagar": "Start och slut saknas.",
    }
    assert page.find(QLabel, "timeline_legend").text().startswith("1 utanför 2026.")
    assert not page.shows("activities_table")


def test_the_years_before_and_after_are_one_press_away(page: Frame) -> None:
    page.press("year_before")
    assert page.find(QLabel, "year_shown").text() == "2025"
    assert list(told(page)) == ["Kartläggning", "Utan dagar"]
    page.press("year_after")
    page.press("year_after")
    assert list(told(page)) == ["Utbildning", "Utan dagar"], "what is late goes on until it is ended"


def test_filters_and_text_hold_for_the_timeline_too(page: Frame) -> None:
    turn(page, "filter_late")
    assert list(told(page)) == ["Utbildning"]
    page.find(TextField, "filter_text").setText("finns inte")
    assert page.shows("none_match")
    page.press("filter_clear")
    assert len(told(page)) == 3


def test_a_row_opens_the_activity_and_the_choice_goes_with_to_the_table(page: Frame) -> None:
    shown = table(page)
    shown.setFocus()
    shown.selectRow(shown.rows.row_of(next(each.id for each in page.stored() if each.title == "Utan dagar")))
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert page.find(TextField, "activity_title").text() == "Utan dagar"
    switch = page.find(Segments, "activities_picture")
    QTest.keyClick(switch, Qt.Key.Key_Left)
    assert page.shows("activities_table")
    assert page.find(TextField, "activity_title").text() == "Utan dagar"


def test_an_activity_of_another_year_is_shown_when_it_is_asked_for(page: Frame) -> None:
    other = next(each for each in page.stored() if each.title == "Kartläggning")
    page.open(activity=other.id)
    assert page.find(TextField, "activity_title").text() == "Kartläggning"


def test_a_screen_reader_meets_a_table_whose_cells_say_what_is_drawn(page: Frame) -> None:
    shown = table(page)
    read = QAccessible.queryAccessibleInterface(shown)
    assert read is not None
    assert read.text(QAccessible.Text.Name) == "Tidslinje"
    cells = [read.child(at).text(QAccessible.Text.Name) for at in range(read.childCount())]
    assert any("Planerad avstämning" in cell for cell in cells)
    assert "Försenad, pågår" in cells


@pytest.mark.parametrize("theme", [ThemeName.LIGHT, ThemeName.DARK, ThemeName.HIGH_CONTRAST])
def test_what_is_ended_is_full_and_what_is_late_has_a_flag_in_every_theme(page: Frame, theme: ThemeName) -> None:
    look = Look.of_application()
    look.choose_theme(theme)
    page.press("year_before")
    shown = table(page)
    row = shown.rows.row_of(next(each.id for each in page.stored() if each.title == "Kartläggning"))
    cell = shown.visualRect(shown.model().index(row, BAR_COLUMN))
    picture = shown.viewport().grab(cell).toImage()
    middle = picture.pixelColor(picture.width() // 8, picture.height() // 2)
    assert middle.name() == look.colour("accent").name()
    page.press("year_after")
    late = shown.rows.row_of(next(each.id for each in page.stored() if each.title == "Utbildning"))
    flagged = shown.viewport().grab(shown.visualRect(shown.model().index(late, BAR_COLUMN))).toImage()
    near = range(flagged.width() // 2 - 4, flagged.width() // 2 + 24)
    inks = {flagged.pixelColor(x, y).name() for x in near for y in range(flagged.height())}
    assert QColor(look.colour("warn")).name() in inks
    look.choose_theme(None)


def test_the_timeline_and_the_reminders_are_saved_from_the_menu(
    page: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()))
    settings.set_deliveries_folder(page.workplace, folder=tmp_path)
    for name in ("timeline_save", "reminders_save"):
        choose_more(page, name)
        page.settle()
    assert sorted(opened) == ["Påminnelser Lilla Edets kommun.ics", "Tidslinje Lilla Edets kommun 2026.pdf"]
    assert {each.name for each in tmp_path.iterdir()} >= set(opened)


def test_ctrl_p_prints_the_view_lying_down(page: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "ut.pdf"

    def answer(dialog: QPrintDialog) -> None:
        """The system's dialog, answered at once."""
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(target))
        dialog.done(QDialog.DialogCode.Accepted)

    monkeypatch.setattr("fardplan_desktop.ui.parts.printing.QDialog", SimpleNamespace(open=answer))
    QTest.keyClick(page.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    page.bot.waitUntil(lambda: target.exists() and target.read_bytes().rstrip().endswith(b"%%EOF"))
    document = pypdfium2.PdfDocument(target)
    wide, high = document[0].get_size()
    document.close()
    assert wide > high
