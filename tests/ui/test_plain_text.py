"""Nothing that others have written is read as markup: Qt guesses, and would open the files that an image names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.services import activities, deviations
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.program import Program
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.evil import MARKUP
from tests.journeys.window import Stores

UI = Path(__file__).parents[2] / "fardplan_desktop" / "ui"


def tip_of(widget: QWidget, at: QPoint) -> QLabel:
    """The tooltip that comes when the pointer rests there."""
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    (tip,) = (each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel") and each.isVisible())
    assert isinstance(tip, QLabel)
    return tip


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_tooltip_shows_markup_as_it_is_written(qtbot: QtBot) -> None:
    button = Button("Öppna", name="x")
    button.setToolTip(MARKUP)
    table = TextTable("Tabell", (Column("Text"),), name="table", most=4, least=40)
    table.show_rows([(MARKUP,)])
    for widget, target in ((button, button), (table, table.viewport())):
        qtbot.addWidget(widget)
        widget.show()
        tip = tip_of(target, QPoint(8, 8))
        assert (tip.text(), tip.textFormat()) == (MARKUP, Qt.TextFormat.PlainText)
        tip.hide()


def read_as_markup(window: MainWindow) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            yield f"{widget.objectName()}: {widget.text()}"
        if isinstance(widget, QTextEdit) or "<" in widget.whatsThis():
            yield widget.objectName()


def shown(window: MainWindow) -> Iterator[str]:
    """Every text of labels and tables."""
    for label in window.findChildren(QLabel):
        yield label.text()
    for view in window.findChildren(QAbstractItemView):
        model, top = view.model(), QModelIndex()
        if model is not None:
            for row in range(min(model.rowCount(top), 30)):
                for column in range(model.columnCount(top)):
                    yield str(model.index(row, column, top).data() or "")


def test_pages_show_texts_as_they_are_written(qtbot: QtBot, tmp_path: Path) -> None:
    """Received rows are shown by the same tables and labels as our own."""
    edet = new_workplace(tmp_path / "1462.fardplan", "1462")
    cafe, _ = activities.add(edet, title=MARKUP, responsible=MARKUP, status="pagar", status_note=MARKUP)
    activities.check_in(edet, activity=cafe, status="pagar", forecast="enligt-plan", comment=MARKUP)
    deviations.add(edet, draft=replace(deviations.blank(edet), summary=MARKUP, counterpart_org=MARKUP))
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    program = Program(window, Stores(tmp_path))
    program.enter(edet)
    for name in ("activities", "deviations"):
        window.go(name)
        qtbot.waitUntil(lambda: not window.jobs._running, timeout=15_000)
        assert list(read_as_markup(window)) == [], name
        assert any(MARKUP in text for text in shown(window)), name
    program.close()


def test_labels_are_made_in_one_place_and_nothing_else_reads_markup() -> None:
    reads = re.compile(
        r"\b(?:QLabel|QTextBrowser|QTextEdit|QMessageBox|QErrorMessage|QProgressDialog)\(|\.setHtml\(|RichText|insertHtml"
    )
    found = {str(path.relative_to(UI)) for path in UI.rglob("*.py") if reads.search(path.read_text(encoding="utf-8"))}
    assert found == set()
