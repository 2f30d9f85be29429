"""Undo after a restart goes to the right place for every kind of record; Ctrl+K goes to what it finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.records import CheckIn, Count, Decision, Meeting, Plan, Record, RuleComment, Unit
from fardplan_desktop.services import activities, deviations
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.parts.buttons import IconButton
from fardplan_desktop.ui.shell.palette import SearchPalette
from tests.journeys.window import Stores, User

Sit = Callable[..., User]
RECORDS: list[tuple[Record, str]] = [
    (Plan(id="p", title="Plan", type="egen-handlingsplan", year=2026), "activities"),
    (CheckIn(id="c", activity="a", date=date(2026, 9, 1), comment="Går bra"), "activities"),
    (Count(measure="SIP04", period="2026-05", n=4), "counts"),
    (Unit(id="u", name="Norr"), "counts"),
    (Meeting(id="m", forum="vvg", date=date(2026, 10, 1)), "meetings"),
    (Decision(id="d", meeting="m", text="Fler SIP"), "meetings"),
    (RuleComment(id="R01/SIP04/2026-05", comment="Systemet byttes"), "reporting"),
]


def put(workplace: Workplace, record: Record) -> None:
    workplace.store.write([Edit(None, record)], label="Ändrat något", signature=workplace.signature)


@pytest.mark.parametrize(("record", "page"), RECORDS, ids=[type(record).__name__ for record, _ in RECORDS])
def test_the_first_undo_goes_to_where_the_record_is(sit: Sit, stores: Stores, record: Record, page: str) -> None:
    workplace = stores.create("1462")
    put(workplace, record)
    path = workplace.store.path
    workplace.store.close()
    user = sit()
    user.program.start(path)
    user.window.undo_asked.emit()
    user.wait(lambda: user.page == page)
    assert "Ångra: Ändrat något? Tryck Ctrl+Z en gång till." in user.receipts
    assert user.workplace.store.get(type(record), record.id) == record
    user.window.undo_asked.emit()
    user.wait(lambda: user.workplace.store.get(type(record), record.id) is None)
    user.wait(lambda: "Ångrat: Ändrat något" in user.receipts)
    redo = user.window.findChild(IconButton, "redo_button")
    assert redo is not None
    user.wait(lambda: redo.accessibleName() == "Gör om: Ändrat något (Ctrl+Y)")
    assert redo.toolTip() == redo.accessibleName()


def test_ctrl_k_finds_records_settings_and_pages_and_remembers_where_one_went(sit: Sit, stores: Stores) -> None:
    workplace = stores.create("1462")
    activity, _ = activities.add(workplace, title="Utbilda i SIP")
    blank = msgspec.structs.replace(
        deviations.blank(workplace), direction="kommun-region", counterpart="vardcentral", category="lakemedel"
    )
    deviations.add(workplace, draft=msgspec.structs.replace(blank, description="Utbildning saknades"))
    path = workplace.store.path
    workplace.store.close()
    user = sit()
    user.program.start(path)

    def ask(text: str) -> SearchPalette:
        QTest.keyClick(user.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        palette = next(each for each in user.window.findChildren(SearchPalette) if each.isVisible())
        QTest.keyClicks(entry(palette), text)
        return palette

    def entry(palette: SearchPalette) -> QWidget:
        found = palette.findChild(QWidget, "search_entry")
        assert found is not None
        return found

    def details(palette: SearchPalette) -> list[tuple[str, str]]:
        return [(hit.words, hit.detail) for hit in palette.hits]

    palette = ask("utbild")
    wanted = [("Utbilda i SIP", "Aktivitet"), ("1462-2026-0001 Läkemedel", "Avvikelse · Händelsebeskrivningen")]
    user.wait(lambda: details(palette) == wanted)
    QTest.keyClick(entry(palette), Qt.Key.Key_Return)
    user.wait(lambda: user.page == "activities")
    heading = user.window.findChild(QLabel, "activity_heading")
    assert heading is not None
    user.wait(lambda: heading.text() == "Utbilda i SIP")
    palette = ask("")
    assert details(palette)[0] == ("Utbilda i SIP", "Aktivitet")
    QTest.keyClick(entry(palette), Qt.Key.Key_Escape)
    palette = ask("skicka peri")
    assert details(palette)[0][0] == "Försegla och skicka perioden"
    QTest.keyClick(entry(palette), Qt.Key.Key_Escape)
    palette = ask("rensning")
    user.wait(lambda: ("Historik och rensning av uppgifter", "Inställning") in details(palette))
    QTest.keyClick(entry(palette), Qt.Key.Key_Return)
    user.wait(lambda: user.page == "settings")
    assert activity.id
