"""Historik under Inställningar: everything that has been done, found, told and put back."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView, QWidget

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.records import Count, Plan
from fardplan_desktop.services import activities, plans
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.parts.inputs import Combo
from tests.ui.settings.conftest import Open, Settings


def what(opened: Settings) -> list[str]:
    return [row[1] for row in opened.cells("history_table")]


def choose(opened: Settings, row: int) -> None:
    table = opened.child("history_table")
    assert isinstance(table, QTableView)
    table.selectRow(row)


def told(opened: Settings) -> list[str]:
    return [each.text() for each in opened.page.findChildren(QLabel, "history_line") if each.isVisible()]


def put(workplace: Workplace, number: int) -> None:
    cell = Count(measure="SIP04", period="2026-05", n=number, comment=f"Övning {number}")
    before = workplace.store.get(Count, cell.id)

    workplace.store.write([Edit(before, cell)], label=f"Ändrat antal {number}", signature=workplace.signature)


def test_it_is_filtered_on_kind_and_on_text(workplace: Workplace, open_settings: Open) -> None:
    activities.add(workplace, title="Utbilda i SIP")
    put(workplace, 4)
    opened = open_settings()
    assert len(what(opened)) == 3
    box = opened.child("history_kind")
    assert isinstance(box, Combo)
    box.choose("Activity")
    box.picked.emit("Activity")
    assert what(opened) == ["Ny aktivitet"]
    box.choose("")
    box.picked.emit("")
    text = opened.child("history_text")
    assert isinstance(text, QLineEdit)
    text.setText("ÖVNING 4")
    opened.qtbot.waitUntil(lambda: what(opened) == ["Ändrat antal 4"])
    text.setText("finns inte")
    opened.qtbot.waitUntil(lambda: opened.has("history_none"))
    assert opened.text("history_none") == "Inget i historiken passar."


def test_two_hundred_are_shown_and_then_two_hundred_more(workplace: Workplace, open_settings: Open) -> None:
    for number in range(205):
        put(workplace, number)
    opened = open_settings()
    assert len(what(opened)) == 200
    opened.click("history_more")
    assert len(what(opened)) == 205
    assert what(opened)[-1] == "Ändrat antal 0"
    assert not opened.has("history_more")


def test_an_entry_is_told_in_words_and_its_record_put_back(workplace: Workplace, open_settings: Open) -> None:
    plan, _ = plans.add(workplace, title="Plan 2026", type="egen-handlingsplan", year=2026)
    plans.update(workplace, before=plan, after=msgspec.structs.replace(plan, title="Handlingsplan 2026"))
    opened = open_settings()
    choose(opened, 0)
    opened.qtbot.waitUntil(lambda: told(opened) == ["Plan: Plan 2026 → Handlingsplan 2026"])
    choose(opened, 1)
    opened.qtbot.waitUntil(lambda: told(opened) == ["Lades in. Plan: Plan 2026, År: 2026"])
    opened.click("history_restore")
    assert workplace.store.get(Plan, plan.id) == plan
    assert what(opened)[0].startswith("Plan: återställt till 14 sep 2026")


def test_an_act_is_told_but_is_nothing_to_go_back_to(workplace: Workplace, open_settings: Open) -> None:
    workplace.store.act("restore", "Säkerhetskopia återställd", "Store:1462", {}, workplace.signature)
    opened = open_settings()
    choose(opened, 0)
    assert what(opened) == ["Säkerhetskopia återställd"]
    assert not opened.child("history_table").isHidden()
    assert told(opened) == []
    assert not [each for each in opened.page.findChildren(QWidget, "history_restore") if each.isVisible()]
