"""What the window's start gives before anything is opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from fardplan_desktop.gui import speak_swedish


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    yield qapp
    QLocale.setDefault(before)
    for words in qapp.findChildren(QTranslator):
        qapp.removeTranslator(words)
        words.deleteLater()


def test_the_menus_and_dialogs_of_qt_are_swedish(application: QApplication) -> None:
    speak_swedish(application)
    for context, english, swedish in (
        ("QWidgetTextControl", "&Copy", "&Kopiera"),
        ("QLineEdit", "&Undo", "&Ångra"),
        ("QPlatformTheme", "Cancel", "Avbryt"),
    ):
        assert QCoreApplication.translate(context, english) == swedish
    assert QLocale().standaloneMonthName(5) == "maj"
