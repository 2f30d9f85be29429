"""The parts that pages are built of: what they say, what they tell, and how they answer to the keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo, TextArea, TextField
from fardplan_desktop.ui.parts.key_figure import KeyFigureCard
from fardplan_desktop.ui.parts.keys import known_keys
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.problem_list import Problem, ProblemList, walk_keys
from fardplan_desktop.ui.parts.rail_item import RailItem
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.parts.status_text import status_look
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.parts.todo_row import ToDo, ToDoCard
from fardplan_desktop.ui.parts.wizard_steps import WizardSteps
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width
from fardplan_desktop.ui.theme.tokens import ThemeName


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_a_label_never_reads_text_as_markup(qtbot: QtBot) -> None:
    label = Label("<b>Åmål</b> & co")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.accessibleName() == "<b>Åmål</b> & co"


def test_a_wrapping_label_asks_for_one_line_when_the_words_are_few(qtbot: QtBot) -> None:
    few, many = Label("Senast 25 september, 11 dagar kvar", wrap=True), Label("ord " * 80, wrap=True)
    qtbot.addWidget(few)
    qtbot.addWidget(many)
    assert few.sizeHint().height() < 2 * few.fontMetrics().lineSpacing()
    assert many.sizeHint().width() < 720
    assert many.sizeHint().height() > 2 * many.fontMetrics().lineSpacing()


def test_an_icon_button_says_in_words_what_it_does(qtbot: QtBot) -> None:
    button = IconButton("undo-2", "Ångra")
    qtbot.addWidget(button)
    assert (button.toolTip(), button.accessibleName()) == ("Ångra", "Ångra")
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 24


def test_buttons_are_34_high_and_grow_with_the_text(qtbot: QtBot, look: Look) -> None:
    button = Button("Läs in 13 filer", "primary")
    qtbot.addWidget(button)
    narrow = button.sizeHint()
    look.choose_factor(2.0)
    assert narrow.height() == 34
    assert button.sizeHint().height() == 68
    assert button.sizeHint().width() > narrow.width() * 1.7


def test_the_icon_of_a_button_follows_the_theme(qtbot: QtBot, look: Look) -> None:
    button = Button("Spara", icon="download")
    qtbot.addWidget(button)
    before = button.icon().cacheKey()
    look.choose_theme(ThemeName.DARK)
    assert button.icon().cacheKey() != before


def test_a_primary_button_in_focus_has_its_ring_outside(qtbot: QtBot, look: Look) -> None:
    button = Button("Skicka", "primary")
    page = shown(qtbot, holder(column(button, margins=(20, 20, 20, 20)), "canvas"))
    page.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    left = button.mapTo(page, QPoint(-3, button.height() // 2))
    assert page.grab().toImage().pixelColor(left).name() == look.colour("text").name()


def test_segments_move_with_the_arrow_keys_and_tell_only_changes(qtbot: QtBot) -> None:
    segments = Segments([("a", "Antal"), ("u", "Uppskattat"), ("s", "Saknas")], label="Värde", name="state")
    shown(qtbot, segments)
    heard: list[str] = []
    segments.chosen.connect(heard.append)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(segments, key)
    assert heard == ["u", "s"]
    assert segments.accessibleName() == "Värde: Saknas"
    with pytest.raises(KeyError):
        segments.choose("x")


def test_a_click_on_a_segment_chooses_it(qtbot: QtBot) -> None:
    segments = Segments([("a", "Antal"), ("s", "Saknas")], label="Värde", name="state")
    shown(qtbot, segments)
    with qtbot.waitSignal(segments.chosen) as told:
        QTest.mouseClick(segments, Qt.MouseButton.LeftButton, pos=QPoint(segments.width() - 12, 17))
    assert told.args == ["s"]


def test_a_field_shows_its_error_instead_of_the_hint_and_says_it_aloud(qtbot: QtBot) -> None:
    entry = TextField(name="function")
    field = Field("Ansvarig funktion", entry, hint="Skriv funktionen, inte namnet.", optional=True)
    shown(qtbot, field)
    assert entry.accessibleName() == "Ansvarig funktion, valfritt"
    field.show_error("Skriv en funktion, inte en person.")
    assert entry.accessibleDescription() == "Skriv en funktion, inte en person."
    assert entry.property("wrong") == "true"
    visible = [label.text() for label in field.findChildren(QLabel) if label.isVisible()]
    assert visible == ["Ansvarig funktion", "Valfritt", "Skriv en funktion, inte en person."]
    field.show_error("")
    assert entry.accessibleDescription() == "Skriv funktionen, inte namnet."


def test_a_field_is_made_without_a_window_that_flashes(qapp: QApplication) -> None:
    class Windows(QObject):
        shown = 0

        @override
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.shown += event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
            return False

    windows = Windows()
    qapp.installEventFilter(windows)
    Field("Mål", TextField(name="goal"), hint="Vad ska vara annorlunda?", optional=True)
    qapp.removeEventFilter(windows)
    assert windows.shown == 0


def test_inputs_tell_what_the_user_left_behind(qtbot: QtBot) -> None:
    combo = Combo([("A1", "Personcentrerat"), ("A2", "Fast kontakt")], name="method", hint="Välj arbetssätt")
    day, note = DateField(date(2026, 9, 14), name="due"), TextArea("", name="note")
    page = holder(column(combo, day, note))
    shown(qtbot, page)
    assert combo.key == ""
    combo.choose("A2")
    assert (combo.key, combo.currentText()) == ("A2", "Fast kontakt")
    assert day.day == date(2026, 9, 14)
    QTest.keyClick(day, Qt.Key.Key_Delete)
    assert day.day is None
    page.activateWindow()
    note.setFocus()
    qtbot.waitUntil(note.hasFocus)
    with qtbot.waitSignal(note.left):
        combo.setFocus()


def test_a_check_box_answers_a_click_anywhere_on_its_words(qtbot: QtBot) -> None:
    box = CheckBox("Behöver lyftas", name="lift")
    shown(qtbot, box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 5, box.height() // 2))
    assert box.isChecked()


def test_a_key_figure_opens_with_enter_and_is_read_as_a_sentence(qtbot: QtBot) -> None:
    card = KeyFigureCard("Upprättade SIP", "23", "19 samma tertial 2025", [1, None, 3])
    shown(qtbot, card)
    assert card.accessibleName() == "Upprättade SIP: 23. 19 samma tertial 2025"
    with qtbot.waitSignal(card.opened):
        QTest.keyClick(card, Qt.Key.Key_Return)


def test_problems_stand_worst_first_and_ctrl_dot_goes_round(qtbot: QtBot) -> None:
    went: list[str] = []
    problems = ProblemList()
    page = holder(column(problems))
    walk_keys(page, problems.walk, lambda: went.append("inget"))
    shown(qtbot, page)
    following, before = page.findChildren(QShortcut)
    following.activated.emit()
    problems.show_problems(
        [
            Problem("comment", "Avslutade SIP saknas för juli.", "Skriv kommentar", lambda: went.append("juli")),
            Problem("fix", "5 deltog, men bara 4 möten hölls.", "Visa rutan", lambda: went.append("möten")),
        ]
    )
    for _ in range(3):
        following.activated.emit()
    before.activated.emit()
    assert [problem.weight for problem in problems.problems] == ["fix", "comment"]
    assert went == ["inget", "möten", "juli", "möten", "juli"]
    keys = {"Ctrl+.": "Gå till nästa problem", "Ctrl+Skift+.": "Gå till förra problemet"}
    assert keys.items() <= dict(known_keys(page)).items()
    problems.set_compact(True)
    summary = problems.findChild(QWidget, "problem_summary")
    assert summary is not None
    assert [label.text() for label in summary.findChildren(QLabel)] == ["1 att rätta", "1 att kommentera"]
    problems.show_problems(())
    assert problems.isHidden()


def test_a_thing_to_do_has_one_verb_that_goes_there(qtbot: QtBot) -> None:
    went: list[str] = []
    card = ToDoCard("Att göra", "Inget att göra just nu.", name="todo")
    shown(qtbot, card)
    card.show_rows([ToDo("flag", "warn", "Rutin", "Slutdatum har passerat", "Uppdatera", lambda: went.append("rutin"))])
    verb = card.findChild(Button, "todo_0_verb")
    assert verb is not None
    QTest.mouseClick(verb, Qt.MouseButton.LeftButton)
    assert went == ["rutin"]
    card.show_rows(())
    assert "Inget att göra just nu." in [label.text() for label in card.findChildren(QLabel)]


def test_a_page_head_puts_its_buttons_below_when_it_gets_narrow(qtbot: QtBot) -> None:
    primary = Button("Rapportera tertial 2", "primary")
    head = PageHead("SIP-uppföljning", "Maj–augusti 2026", Button("Klistra in från Excel"), primary)
    shown(qtbot, head)
    head.resize(1000, head.height())
    qtbot.waitUntil(lambda: primary.mapTo(head, QPoint(0, 0)).x() > 700)
    head.resize(420, 200)
    qtbot.waitUntil(lambda: primary.mapTo(head, QPoint(0, 0)).y() > 50)


def test_buttons_of_a_page_go_back_beside_the_title_when_they_say_less(qtbot: QtBot) -> None:
    primary, other = Button("Rapportera tertial 3", "primary"), Button("Klistra in från Excel")
    head = PageHead("SIP-uppföljning", "2 av 21 rutor ifyllda", other, primary)
    shown(qtbot, head)
    head.resize(560, head.height())
    qtbot.waitUntil(lambda: primary.mapTo(head, QPoint(0, 0)).y() > 40)
    other.setText("Klistra in")
    qtbot.waitUntil(lambda: primary.mapTo(head, QPoint(0, 0)).y() < 40)


def test_a_choice_without_room_for_its_words_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    box = Combo([("SIP05", "SIP05 Genomförda SIP-möten där den enskilde deltog")], name="choice")
    shown(qtbot, box)
    box.setFixedWidth(200)
    drawn = QStyleOptionComboBox()
    box.initStyleOption(drawn)
    assert drawn.currentText.endswith("…")
    box.setFixedWidth(box.sizeHint().width())
    box.initStyleOption(drawn)
    assert drawn.currentText == box.currentText()


def test_a_row_that_flows_goes_on_to_the_next_line(qtbot: QtBot) -> None:
    buttons = [Button("Läs in filerna") for _ in range(4)]
    flow = FlowLayout(*buttons)
    page = holder(flow)
    shown(qtbot, page)
    assert flow.heightForWidth(2000) == 34
    assert flow.heightForWidth(buttons[0].width() * 2 + 20) == 34 * 2 + 8


def test_the_side_panel_floats_in_narrow_windows_and_escape_closes_it(qtbot: QtBot) -> None:
    note = TextField(name="note")
    panel = Card(note)
    split = WithSidePanel(QWidget(), panel)
    shown(qtbot, split)
    split.resize(700, 400)
    split.set_width(Width.COMPACT)
    assert split.floating
    assert not panel.isVisible()
    split.toggle_panel()
    assert panel.isVisible()
    QTest.keyClick(note, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    split.set_width(Width.NORMAL)
    assert panel.isVisible()


def test_in_a_narrow_window_the_panel_covers_the_page_and_goes_and_comes_with_its_work(qtbot: QtBot) -> None:
    panel = Card(TextField(name="note"))
    page = QWidget()
    split = WithSidePanel(QWidget(), panel, over=page)
    page.setLayout(column(Button("Ny aktivitet", "primary"), split))
    shown(qtbot, page)
    page.resize(600, 300)
    split.set_width(Width.NARROW)
    split.open_panel()
    area = split.findChild(QScrollArea) or page.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(lambda: area.height() == page.height() and area.geometry().right() == page.rect().right())
    split.hide()
    assert not panel.isVisible()
    split.show()
    assert panel.isVisible()
    split.set_width(Width.NORMAL)
    assert area.parentWidget() is split
    assert panel.isVisible()


def test_earlier_steps_of_a_wizard_can_be_asked_for_and_later_ones_not(qtbot: QtBot) -> None:
    steps = WizardSteps(["Kontrollera", "Granska", "Skicka"])
    shown(qtbot, steps)
    steps.show_step(1)
    asked: list[int] = []
    steps.asked.connect(asked.append)
    QTest.mouseClick(steps, Qt.MouseButton.LeftButton, pos=QPoint(steps.width() - 10, 18))
    QTest.mouseClick(steps, Qt.MouseButton.LeftButton, pos=QPoint(10, 18))
    assert asked == [0]
    assert steps.accessibleName() == "Steg 2 av 3: Granska"


def test_a_badge_is_part_of_what_is_read_aloud(qtbot: QtBot) -> None:
    item = RailItem("house", "Avvikelser", name="rail_deviations")
    qtbot.addWidget(item)
    item.show_count(2)
    assert item.accessibleName() == "Avvikelser, 2 att göra"


def test_an_empty_state_shows_its_whole_sentence(qtbot: QtBot) -> None:
    state = EmptyState("list-checks", "Inga aktiviteter ännu. Klistra in handlingsplanen från Excel. " * 2)
    shown(qtbot, state)
    words = state.findChild(QLabel)
    assert words is not None
    assert words.height() >= words.heightForWidth(words.width())


@pytest.mark.parametrize(
    ("word", "icon", "token"),
    [
        ("Pågår", "circle-dot", "accent"),
        ("Pågår delvis", "circle-dot-dashed", "accent"),
        ("Avvaktar beslut", "circle-pause", "warn"),
        ("Integrerad i ordinarie arbete", "git-merge", "ok"),
        ("Risk", "▲", "warn"),
        ("Nytt ord", "circle", "text2"),
    ],
)
def test_a_status_has_its_own_shape_and_colour(word: str, icon: str, token: str) -> None:
    assert (status_look(word).icon, status_look(word).token) == (icon, token)


def test_an_unknown_outcome_of_intake_is_a_refusal() -> None:
    assert status_look("Sigillet stämmer inte", refusal=True).icon == "file-x"


def test_files_dropped_anywhere_on_the_page_are_told_as_paths(qtbot: QtBot, tmp_path: Path) -> None:
    area = DropArea()
    shown(qtbot, area)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.fardplan")), QUrl("https://example.org/b")])
    actions, no_key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), actions, data, Qt.MouseButton.LeftButton, no_key)
    area.dragEnterEvent(entered)
    with qtbot.waitSignal(area.dropped) as told:
        area.dropEvent(QDropEvent(QPointF(5, 5), actions, data, Qt.MouseButton.LeftButton, no_key))
    assert told.args == [[tmp_path / "a.fardplan"]]
