"""Where things stand when the room changes: edges that stay level, a ring that follows, words that are not cut."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.key_figure import KeyFigureCard
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.problem_list import Problem, ProblemList
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.text import Label


def show(qtbot: QtBot, widget: QWidget, width: int, height: int) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()


def test_the_content_of_a_page_ends_at_the_same_place_with_and_without_a_scroll_bar(qtbot: QtBot) -> None:
    page = ScrollPage()
    card = Card(Label("Ett kort"))
    page.content.addWidget(card)
    page.content.addStretch(1)
    show(qtbot, page, 800, 300)
    without = card.mapTo(page, card.rect().topRight()).x()
    card.setMinimumHeight(900)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: card.mapTo(page, card.rect().topRight()).x() == without)


def test_the_ring_follows_when_what_the_button_lies_in_is_moved(qtbot: QtBot) -> None:
    button = Button("Granska", "primary")
    above, inner = Label("Läget"), holder(row(button, None))
    window = holder(column(above, inner, None))
    show(qtbot, window, 400, 300)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    before = inner.y()
    above.setFixedHeight(120)
    qtbot.waitUntil(lambda: inner.y() > before)
    ring = next(child for child in window.children() if type(child).__name__ == "_Ring")
    assert isinstance(ring, QWidget)
    assert ring.geometry().center() == button.geometry().translated(inner.pos()).center()


def test_the_ring_goes_with_its_button_and_what_it_lay_in_may_still_be_moved(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget(window)
    button = Button("Försegla", "primary")
    inner.setLayout(column(button))
    window.show()
    button.setFocus()
    qtbot.waitUntil(lambda: any(type(child).__name__ == "_Ring" for child in window.children()))
    with qtbot.waitSignal(button.destroyed):
        button.deleteLater()
    with qtbot.captureExceptions() as exceptions:
        inner.move(40, 60)
        qtbot.waitUntil(lambda: not any(type(child).__name__ == "_Ring" for child in window.children()))
    assert exceptions == []


def test_key_figures_beside_each_other_begin_at_the_same_height(qtbot: QtBot) -> None:
    short = KeyFigureCard("Upprättade SIP", "306", "14 av 15 kommuner")
    long = KeyFigureCard("Den enskilde deltog", "88 %", "739 av 842 möten,\n14 av 15 kommuner")
    window = holder(row(short, long))
    show(qtbot, window, 420, 240)
    tops = [card.findChildren(Label)[1].y() for card in (short, long)]
    assert tops[0] == tops[1]


def test_a_long_problem_begins_on_the_line_of_its_word(qtbot: QtBot) -> None:
    problems = ProblemList()
    problems.show_problems([Problem("note", "Ett tal som inte stämmer med de andra. " * 4, "Visa rutan", lambda: None)])
    show(qtbot, problems, 420, 300)
    word, sentence = problems.findChildren(Label)
    assert sentence.height() > 2 * word.height()
    assert word.y() == sentence.y()
