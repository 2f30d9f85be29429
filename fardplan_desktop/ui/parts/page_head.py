"""The head of a page: title, one sentence that says how it stands, one secondary and one primary button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.text import Label, title
from fardplan_desktop.ui.theme.look import Look


class PageHead(QWidget):
    """Buttons go under the sentence when title and buttons no longer fit on one line."""

    def __init__(self, heading: str, sentence: str = "", *buttons: Button, name: str = "page_head") -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = title(heading)
        self._sentence = Label(sentence, "body", "text2", name="page_sentence", wrap=True)
        self._words = holder(column(self._title, self._sentence, gap=2))
        self._buttons = holder(FlowLayout(*buttons))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Look.of_application().px(16))
        self._grid.setVerticalSpacing(Look.of_application().px(8))
        self._grid.setColumnStretch(0, 1)
        self._below: bool | None = None
        self._arrange(below=False)
        # Only now have they a parent; before, they would show as windows of their own.
        self._sentence.setVisible(bool(sentence))
        self._buttons.setVisible(bool(buttons))
        self._buttons.installEventFilter(self)

    def say(self, sentence: str) -> None:
        """Change the sentence under the title."""
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))

    def set_heading(self, heading: str) -> None:
        self._title.setText(heading)

    def _arrange(self, *, below: bool) -> None:
        if below == self._below:
            return
        self._below = below
        self._grid.addWidget(self._words, 0, 0)
        where = (1, 0) if below else (0, 1)
        across = Qt.AlignmentFlag(0) if below else Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._buttons, *where, across)

    def _room_needed(self) -> int:
        """Title and buttons on one line, and about thirty letters for the sentence."""
        words = max(self._title.sizeHint().width(), Look.of_application().px(240))
        return words + self._buttons.sizeHint().width() + self._grid.horizontalSpacing()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(below=self.width() < self._room_needed())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Buttons may come, go or say something else without the head being another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange(below=self.width() < self._room_needed())
        return False

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(Look.of_application().px(200), super().minimumSizeHint().height())
