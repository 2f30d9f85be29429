"""The preview of a foreign sheet in small and large windows: nothing cut off, every choice reached by Tab."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fardplan_desktop.domain.sheets import LEAVE, Asked, AskedKind, Option, Sure, Understanding
from fardplan_desktop.domain.tabular import TableContent, TableKind
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.sheet_preview import SheetPreview, state_words
from fardplan_desktop.ui.theme.look import Look

LONG = "Genomförda möten inom samordnad individuell plan där både kommunen och regionen deltog"
OPTIONS = {"m": (Option(LEAVE, "Ta inte med"), Option("SIP04", "SIP04 Genomförda SIP-möten"))}


def asked(number: int, sure: Sure, answer: str = "") -> Asked:
    return Asked(
        key=f"line:{number}", kind=AskedKind.LINE, words=f"{number}. {LONG}", place=f"Blad1 rad {number}", group="m",
        detail="jan–aug 2026 · 8 rutor", answer=answer, sure=sure,
    )  # fmt: skip


def understood(*lines: Asked, notes: tuple[str, ...] = (), differences: tuple[str, ...] = ()) -> Understanding:
    done = not any(line.sure.waits for line in lines)
    content = TableContent(kind=TableKind.COUNTS, source="sip.xlsx", sha256="0" * 64) if done else None
    return Understanding(
        kind=TableKind.COUNTS, source="sip.xlsx", asked=lines, options=OPTIONS, size=8, content=content, notes=notes,
        differences=differences,
    )  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def crowded() -> Understanding:
    lines = [asked(at, Sure.OPEN) for at in range(5)] + [asked(at, Sure.KNOWN, "SIP04") for at in range(5, 60)]
    return understood(*lines, notes=("Inte med, summor: ”Summa”.",), differences=("D2: summan är 8.",))


@pytest.mark.parametrize(("width", "height", "factor"), [(911, 512, 1.0), (1366, 768, 2.0), (640, 480, 1.0)])
def test_it_stays_inside_the_window_and_its_buttons_are_always_seen(
    qtbot: QtBot, window: QWidget, look: Look, width: int, height: int, factor: float
) -> None:
    look.choose_factor(factor)
    window.resize(width, height)
    preview = SheetPreview(crowded(), window)
    preview.open()
    qtbot.waitExposed(preview)
    assert preview.width() <= width
    assert preview.height() <= height
    take = preview.findChild(Button, "preview_take")
    assert take is not None
    assert preview.rect().contains(take.geometry())
    for label in preview.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1
    preview.close()


def test_tab_goes_through_every_question(qtbot: QtBot, window: QWidget) -> None:
    window.resize(911, 512)
    preview = SheetPreview(understood(asked(0, Sure.OPEN), asked(1, Sure.OPEN)), window)
    preview.open()
    preview.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is preview)
    first = preview.focusWidget()
    assert isinstance(first, Combo)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    second = preview.focusWidget()
    assert isinstance(second, Combo)
    assert second.accessibleName().startswith("1. ")
    with qtbot.waitSignal(preview.answered) as told:
        QTest.keyClick(second, Qt.Key.Key_End)
    assert told.args == [{"line:1": "SIP04"}]
    preview.close()


def test_a_suggestion_says_that_it_is_one(window: QWidget) -> None:
    preview = SheetPreview(understood(asked(0, Sure.SUGGESTED, "SIP04")), window)
    confirm = preview.findChild(Button, "confirm_0")
    assert confirm is not None
    assert confirm.text() == "Förslaget stämmer"
    take = preview.findChild(Button, "preview_take")
    assert take is not None
    assert not take.isEnabled()
    preview.close()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "Inget kändes igen av sig självt. Inget återstår att välja."),
        ((asked(0, Sure.KNOWN, "SIP04"),), "1 rad kändes igen. Inget återstår att välja."),
        ((asked(0, Sure.REMEMBERED, "SIP04"), asked(1, Sure.OPEN)), "1 rad kändes igen. 1 sak återstår att välja"),
    ],
)
def test_its_first_sentence_says_how_it_stands(lines: tuple[Asked, ...], words: str) -> None:
    assert state_words(understood(*lines)).startswith(words)


def test_an_answer_leaves_the_list_as_high_as_it_was(qtbot: QtBot, window: QWidget) -> None:
    """A row that is new in an open window counts for nothing before it is shown, and the dialog fell together."""
    window.resize(1366, 768)
    lines = [asked(at, Sure.KNOWN, "SIP04") for at in range(2, 5)]
    preview = SheetPreview(understood(asked(0, Sure.OPEN), asked(1, Sure.OPEN), *lines), window)
    preview.open()
    qtbot.waitExposed(preview)
    before = preview.height()
    preview.show_understanding(understood(asked(0, Sure.KNOWN, "SIP04"), asked(1, Sure.OPEN), *lines))
    assert preview.height() == before
    preview.show_understanding(understood(asked(0, Sure.KNOWN, "SIP04"), asked(1, Sure.KNOWN, "SIP04"), *lines))
    assert preview.height() == before
    preview.close()
