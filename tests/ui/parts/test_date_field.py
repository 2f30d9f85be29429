"""A day in a form, by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import TextField


@pytest.fixture(params=[None, date(2026, 9, 14)], ids=["empty", "filled"])
def form(request: pytest.FixtureRequest, qtbot: QtBot) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    for field in (TextField(name="before"), DateField(request.param, name="day"), TextField(name="after")):
        layout.addWidget(field)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


def day_of(form: QWidget) -> DateField:
    found = form.findChild(DateField, "day")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("key", "names"), [(Qt.Key.Key_Tab, ("before", "day", "after")), (Qt.Key.Key_Backtab, ("after", "day", "before"))]
)
def test_tab_comes_to_a_day_once_and_goes_on(form: QWidget, key: Qt.Key, names: tuple[str, ...]) -> None:
    first = form.findChild(TextField, names[0])
    assert first is not None
    first.setFocus()
    for name in names[1:]:
        QTest.keyClick(form.focusWidget(), key)
        assert form.focusWidget().objectName() == name


@pytest.mark.parametrize("typed", ["2027-01-31", "20270131", "31/1 2027", "31 januari 2027"])
def test_a_day_is_typed_over_what_stands_there(form: QWidget, typed: str) -> None:
    day, after = day_of(form), form.findChild(TextField, "after")
    assert after is not None
    day.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(day, typed)
    after.setFocus()
    assert (day.day, day.text()) == (date(2027, 1, 31), "2027-01-31")


def test_what_is_no_day_stays_to_be_mended_and_changes_nothing(qtbot: QtBot) -> None:
    day = DateField(date(2026, 9, 14), name="day")
    field = Field("Klar senast", day, hint="Dagen då aktiviteten ska vara klar.")
    qtbot.addWidget(field)
    field.show()
    qtbot.waitActive(field)
    day.selectAll()
    QTest.keyClicks(day, "2026-02-30")
    with qtbot.assertNotEmitted(day.left):
        QTest.keyClick(day, Qt.Key.Key_Return)
    assert field.error == "Dagen kan inte läsas. Skriv den som 2026-09-14."
    assert (day.text(), day.day) == ("2026-02-30", date(2026, 9, 14))
    day.selectAll()
    QTest.keyClicks(day, "2026-03-01")
    with qtbot.waitSignal(day.left):
        QTest.keyClick(day, Qt.Key.Key_Return)
    assert (field.error, day.day) == ("", date(2026, 3, 1))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_arrows_step_a_day_and_the_calendar_opens_where_it_was_proposed(qtbot: QtBot) -> None:
    day = DateField(name="day")
    day.propose(date(2026, 12, 31))
    qtbot.addWidget(day)
    day.show()
    QTest.keyClick(day, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = day.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 12, 31)
    with qtbot.waitSignal(day.left):
        calendar.activated.emit(calendar.selectedDate())
    assert not calendar.isVisible()
    QTest.keyClick(day, Qt.Key.Key_Up)
    assert day.day == date(2027, 1, 1)
