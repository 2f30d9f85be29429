"""The record table: heights, alignment, keyboard, the frozen first column."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.parts.frozen_column import FrozenColumn
from fardplan_desktop.ui.parts.record_table import RecordTable


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    model = QStandardItemModel(20, 3)
    model.setHorizontalHeaderLabels(["Aktivitet", "Status", "Antal"])
    for row in range(20):
        number = QStandardItem(str(row))
        number.setTextAlignment(Qt.AlignmentFlag.AlignRight)
        for column, item in enumerate((QStandardItem(f"Rutin {row}"), QStandardItem("Pågår"), number)):
            model.setItem(row, column, item)
    made = RecordTable("Aktiviteter", name="activities", status_columns={1})
    model.setParent(made)
    made.setModel(model)
    made.set_widths(0, 150, 90)
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_rows_are_36_high_the_head_38_and_tight_rows_28(table: RecordTable) -> None:
    assert (table.rowHeight(0), table.horizontalHeader().height()) == (36, 38)
    table.set_tight(True)
    assert table.rowHeight(0) == 28


def test_enter_opens_the_row_and_arrows_choose_another(qtbot: QtBot, table: RecordTable) -> None:
    chosen: list[int] = []
    table.row_chosen.connect(chosen.append)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert (chosen[-1], told.args) == (1, [1])


def test_down_goes_to_the_first_row_that_can_be_chosen_past_a_heading(table: RecordTable) -> None:
    model = table.model()
    assert isinstance(model, QStandardItemModel)
    for column in range(3):
        model.item(0, column).setFlags(Qt.ItemFlag.NoItemFlags)
    table.setSpan(0, 0, 1, 3)
    table.setCurrentIndex(QModelIndex())
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 2


def test_figures_are_drawn_to_the_right_and_words_to_the_left(table: RecordTable) -> None:
    image = table.viewport().grab().toImage()
    ground = image.pixelColor(table.columnWidth(0) - 2, 10)

    def inked(left: int, right: int) -> list[int]:
        return [x for x in range(left, right) if any(image.pixelColor(x, y) != ground for y in range(4, 32))]

    first, last = table.columnWidth(0), table.columnViewportPosition(2)
    assert inked(0, first)[0] in range(14, 22)
    assert inked(last, last + 90)[-1] in range(last + 70, last + 80)


def test_the_first_column_takes_the_room_that_is_left_and_stays_in_sight(qtbot: QtBot, table: RecordTable) -> None:
    assert table.columnWidth(0) == table.viewport().width() - 240
    table.resize(300, 300)
    assert table.columnWidth(0) == 220
    frozen = table.findChild(FrozenColumn)
    assert isinstance(frozen, QWidget)
    assert not frozen.isVisible()
    table.horizontalScrollBar().setValue(80)
    qtbot.waitUntil(frozen.isVisible)
    image = frozen.grab().toImage()
    assert len({image.pixelColor(x, 56).name() for x in range(16, 60)}) > 3
