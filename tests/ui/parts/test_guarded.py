"""The guard at typing: what is marked, what is asked, and that nothing leaves the field until it may."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.parts.entries import Entries
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch, may_save, not_saved, withheld_in
from fardplan_desktop.ui.parts.inputs import TextArea, TextField
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName

NUMBER = "19640823-3234"
PHONE = "0303-23 80 00"


class Form:
    """A field of text among others, and what has left it."""

    def __init__(self, qtbot: QtBot, box: TextField | TextArea) -> None:
        self.page, self.box = QWidget(), box
        self.field, self.other = Field("Kommentar", box), TextField(name="other")
        layout = QVBoxLayout(self.page)
        layout.addWidget(self.field)
        layout.addWidget(self.other)
        qtbot.addWidget(self.page)
        self.page.resize(600, 300)
        self.page.show()
        self.saved: list[str] = []
        box.left.connect(lambda: self.saved.append(self.text))
        self._qtbot = qtbot

    @property
    def text(self) -> str:
        return self.box.text() if isinstance(self.box, TextField) else self.box.toPlainText()

    def type(self, text: str) -> None:
        self.page.activateWindow()
        self.box.setFocus()
        self._qtbot.waitUntil(self.box.hasFocus)
        if isinstance(self.box, TextField):
            if not self.box.hasSelectedText():
                self.box.end(False)
        elif not self.box.textCursor().hasSelection():
            self.box.moveCursor(QTextCursor.MoveOperation.End)
        for sign in text:
            self.box.insert(sign) if isinstance(self.box, TextField) else self.box.insertPlainText(sign)

    def leave(self) -> None:
        self.other.setFocus()
        self._qtbot.waitUntil(self.other.hasFocus)

    def press(self, answer: str) -> None:
        button = self.page.findChild(QPushButton, f"question_{self.box.objectName()}_{answer}")
        assert button is not None
        button.click()

    @property
    def asks(self) -> bool:
        question = self.page.findChild(QWidget, f"question_{self.box.objectName()}")
        return question is not None and question.isVisible()


@pytest.fixture(params=["field", "area"])
def form(request: pytest.FixtureRequest, qtbot: QtBot) -> Form:
    return Form(qtbot, TextField(name="box") if request.param == "field" else TextArea(name="box"))


def test_a_number_is_marked_while_it_is_typed_and_the_text_does_not_leave_until_it_is_changed(form: Form) -> None:
    form.type(f"Ring {NUMBER[:-1]}")
    assert form.field.error == ""
    form.type(NUMBER[-1])
    assert form.field.error == "Ser ut som ett personnummer. Skriv ”den enskilde” i stället."
    assert form.box.accessibleDescription() == form.field.error
    assert [(span.start, span.end) for span in form.box.guard.marks] == [(5, 18)]
    form.leave()
    assert form.saved == []
    assert form.text == f"Ring {NUMBER}"
    form.box.selectAll()
    form.type("Ring den enskilde")
    assert form.field.error == ""
    form.leave()
    assert form.saved == ["Ring den enskilde"]


@pytest.mark.parametrize(
    ("number", "words"),
    [("19140168-2396", "samordningsnummer"), ("19800906-K148", "reservnummer för en person"), (NUMBER, "personnummer")],
)
def test_the_reason_names_the_kind_of_number(form: Form, number: str, words: str) -> None:
    form.type(number)
    assert form.field.error.startswith(f"Ser ut som ett {words}.")


def test_a_telephone_number_is_asked_about_before_it_is_saved_and_once_only(form: Form, qtbot: QtBot) -> None:
    form.type(f"Växeln {PHONE}")
    assert not form.asks
    form.leave()
    assert form.asks
    assert form.saved == []
    assert form.box.accessibleDescription() == "Telefonnummer till en funktion?"
    form.press("keep")
    assert form.saved == [f"Växeln {PHONE}"]
    assert not form.asks
    form.type(" svarar dygnet runt")
    form.leave()
    assert form.saved[-1] == f"Växeln {PHONE} svarar dygnet runt"


def test_what_was_asked_about_is_taken_away_on_request(form: Form) -> None:
    form.type(f"Ring {PHONE} eller sip@kommunen.se snarast")
    form.leave()
    assert form.box.accessibleDescription() == "Telefonnummer och e-postadress till en funktion?"
    form.press("remove")
    assert form.saved == ["Ring eller snarast"]


def test_another_telephone_number_is_asked_about_again(form: Form) -> None:
    form.box.show_stored(f"Växeln {PHONE}")
    form.type(" eller 08-12 34 56 78")
    form.leave()
    assert form.saved == []
    assert form.box.accessibleDescription() == "Telefonnummer till en funktion?"


def test_a_stored_text_is_not_asked_about(form: Form) -> None:
    form.box.show_stored(f"Växeln {PHONE}")
    form.type("!")
    form.leave()
    assert len(form.saved) == 1


@pytest.mark.parametrize("theme", list(ThemeName))
def test_the_mark_is_a_shape_under_the_very_place_in_every_theme(form: Form, look: Look, theme: ThemeName) -> None:
    look.choose_theme(theme)
    before = form.page.grab().toImage()
    form.box.show_stored("utan nummer  ")
    form.type(NUMBER)
    if isinstance(form.box, TextArea):
        (mark,) = form.box.extraSelections()
        assert mark.cursor.selectedText() == NUMBER
        assert mark.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
        assert mark.format.underlineColor() == look.colour("bad")
    else:
        image, box = form.box.grab().toImage(), form.box
        assert box.guard.marks
        ink = look.colour("bad")
        places = [
            x for x in range(6, image.width() - 6) for y in range(image.height() * 2 // 3, image.height() - 5)
            if image.pixelColor(x, y) == ink
        ]  # fmt: skip
        scale = image.devicePixelRatio()
        start = box.fontMetrics().horizontalAdvance("utan nummer  ") * scale
        assert places
        assert min(places) >= start
    assert form.page.grab().toImage() != before


def test_what_is_copied_of_a_number_is_kept_out_of_the_clipboard_history(form: Form, qtbot: QtBot) -> None:
    for text, remembered in (("den enskilde", True), (NUMBER, False)):
        form.box.clear()
        form.type(text)
        form.box.selectAll()
        QTest.keyClick(form.box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        copied = QGuiApplication.clipboard().mimeData()
        assert copied.text() == text
        assert any("ExcludeClipboard" in each for each in copied.formats()) is not remembered


def test_a_field_without_a_form_says_why_under_itself(qtbot: QtBot) -> None:
    page, box = QWidget(), TextField(name="filter")
    box.setParent(page)
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    QTest.keyClicks(box, f"{PHONE} {NUMBER}")
    note = page.findChild(Label, "note_filter")
    assert note is not None
    assert note.isVisible()
    assert note.text() == box.accessibleDescription() == "Ser ut som ett personnummer. Skriv ”den enskilde” i stället."
    assert note.geometry().top() >= box.geometry().bottom()
    assert page.rect().contains(note.geometry())
    assert not box.guard.contacts
    box.clear()
    assert not note.isVisible()
    assert box.accessibleDescription() == ""


def test_a_reference_number_and_a_passphrase_may_look_like_anything(qtbot: QtBot) -> None:
    box = TextField(name="reference", watch=Watch.NOTHING)
    qtbot.addWidget(box)
    QTest.keyClicks(box, NUMBER)
    assert not box.guard.withheld


def test_a_page_knows_which_of_its_texts_wait(form: Form) -> None:
    assert withheld_in(form.page) == []
    form.type(NUMBER)
    assert withheld_in(form.page) == [form.box]
    assert not_saved(form.box) == (
        "Texten i Kommentar är inte sparad, den ser ut att innehålla ett personnummer. Den står kvar i fältet."
    )
    assert may_save([form.other])
    form.leave()
    assert not may_save([form.other, form.box])
    assert form.box.hasFocus()


def test_an_entry_of_a_form_holds_the_text_back_however_it_is_left(qtbot: QtBot) -> None:
    entry = Entries("activity").area("goal", "Mål")
    qtbot.addWidget(entry.widget)
    told: list[str] = []
    entry.left.connect(told.append)
    entry.show(f"Ring {PHONE}")
    entry.write(f"Ring {PHONE} om {NUMBER}")
    assert entry.changed
    assert entry.withheld
    assert not entry.may_save()
    entry.write(f"Ring {PHONE} igen")
    assert not entry.withheld
    assert told == []
