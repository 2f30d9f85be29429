"""What a user does with the deviations page, and what can be seen there."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from PySide6.QtWidgets import QLabel, QWidget

from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviations
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.deviations.listing import DeviationTable
from fardplan_desktop.ui.deviations.page import DeviationsPage
from fardplan_desktop.ui.parts.inputs import Combo, TextArea, TextField
from fardplan_desktop.ui.shell.main_window import MainWindow

W = TypeVar("W", bound=QWidget)


def find(where: QWidget, kind: type[W], name: str) -> W:
    found = where.findChild(kind, name)
    assert found is not None, name
    return found


def page_of(window: MainWindow, **argument: object) -> DeviationsPage:
    window.go("deviations", **argument)
    page = window.current_page
    assert isinstance(page, DeviationsPage)
    return page


def pick(where: QWidget, name: str, key: str) -> None:
    """Choose in a list as the user does: the field is left when the choice is made."""
    box = find(where, Combo, f"deviation_{name}")
    box.choose(key)
    box.picked.emit(key)


def write(where: QWidget, name: str, text: str) -> None:
    """Write in a field and leave it."""
    box = where.findChild(QWidget, f"deviation_{name}")
    assert isinstance(box, TextArea | TextField)
    box.replace(text)
    box.left.emit()


def error(where: QWidget, name: str) -> str:
    return find(where, QLabel, f"error_deviation_{name}").text()


def fill(page: DeviationsPage) -> None:
    pick(page, "direction", "kommun-region")
    pick(page, "counterpart", "vardcentral")
    pick(page, "category", "lakemedel")


def registered(workplace: Workplace, **given: object) -> Deviation:
    draft = msgspec.structs.replace(deviations.blank(workplace), **given)
    return deviations.add(workplace, draft=draft)[0]


def stored(workplace: Workplace) -> Deviation:
    return deviations.deviations(workplace)[0]


def numbers(page: DeviationsPage) -> list[str]:
    model = find(page, DeviationTable, "deviation_table").model()
    return [str(model.index(row, 0).data())[-4:] for row in range(model.rowCount())]
