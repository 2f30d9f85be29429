"""Fields of text. Each is guarded while it is typed in: see ``guarded``."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QMimeData, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QToolButton
from typing_extensions import override

from fardplan_desktop.analysis.guard import Span
from fardplan_desktop.ui.parts.guarded import Guard, Watch, copied, copy
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.look import Look


class TextField(QLineEdit):
    """One line of text. ``left`` when the user leaves it and its text may be saved."""

    left = Signal()

    def __init__(
        self, text: str = "", *, name: str, hint: str = "", longest: int = 500, watch: Watch = Watch.EVERYTHING
    ) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(longest)
        self.setFixedHeight(Look.of_application().px(36))
        self.guard = Guard(self, self.text, watch)
        self.guard.know(text)
        self._note: _Note | None = None
        self.guard.told.connect(self._mark)
        self.textChanged.connect(self.guard.look)
        self.editingFinished.connect(self._leave)

    def show_stored(self, text: str) -> None:
        """A text that is saved as it stands."""
        self.guard.know(text)
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def replace(self, text: str) -> None:
        """Another text in place of what stands there, as if the user had written it."""
        self.setText(text)

    def offer_clearing(self) -> None:
        """A cross at the right that empties the field, while there is something in it."""
        self.setClearButtonEnabled(True)
        self._show_cross()

    def _show_cross(self) -> None:
        """Our own: Qt's is a dark disc whatever the theme."""
        cross = self.findChild(QToolButton)
        if isinstance(cross, QToolButton):  # Its action would show it also while the field is empty.
            cross.setIcon(Look.of_application().icon("x", "text2", 16))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isClearButtonEnabled():
            self._show_cross()

    def _leave(self) -> None:
        if self.guard.may_leave():
            self.left.emit()

    def _mark(self) -> None:
        self.update()
        if self.guard.alone:
            self._note = self._note or _Note(self)
            self._note.say(self.guard.sentence)
            self.setAccessibleDescription(self.guard.sentence)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            self._copy(cut=event.matches(QKeySequence.StandardKey.Cut))
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in menu.actions():
            if action.objectName() in ("edit-copy", "edit-cut"):
                action.triggered.disconnect()
                action.triggered.connect(partial(self._copy, cut=action.objectName() == "edit-cut"))
        menu.popup(event.globalPos())

    def _copy(self, _checked: bool = False, *, cut: bool) -> None:
        if self.selectedText() and self.echoMode() is QLineEdit.EchoMode.Normal:
            copy(self.selectedText())
            if cut and not self.isReadOnly():
                self.del_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        asked = self.guard.contacts if self.guard.question else ()
        if self.guard.marks or asked:
            painter = QPainter(self)
            painter.setClipRect(self.rect().adjusted(3, 3, -3, -3))
            for span in (*self.guard.marks, *asked):
                self._underline(painter, span, "bad" if span in self.guard.marks else "warn")
            painter.end()

    def _underline(self, painter: QPainter, span: Span, token: Literal["bad", "warn"]) -> None:
        """A zigzag of two pixels: a shape, not a colour alone."""
        metrics, text, look = self.fontMetrics(), self.text(), Look.of_application()
        # Qt draws the caret in a rectangle that begins five pixels before it.
        origin = self.cursorRect().x() + 5 - metrics.horizontalAdvance(text[: self.cursorPosition()])
        left = origin + metrics.horizontalAdvance(text[: span.start])
        right = origin + metrics.horizontalAdvance(text[: span.end])
        low, step = self.height() / 2 + metrics.ascent() / 2 + look.px(4), look.px(3)
        points = [QPointF(x, low + (at % 2) * -step) for at, x in enumerate(range(left, right + step, step))]
        painter.setPen(QPen(look.colour(token), 2))
        painter.drawPolyline(QPolygonF(points))


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab goes to the next field. ``left`` when the user leaves it and it may be saved."""

    left = Signal()

    def __init__(
        self, text: str = "", *, name: str, hint: str = "", lines: int = 3, watch: Watch = Watch.EVERYTHING
    ) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        look = Look.of_application()
        self.setFont(look.font())
        self.setMinimumHeight(lines * self.fontMetrics().lineSpacing() + look.px(24))
        self.setMaximumHeight(self.minimumHeight() * 2)
        self.guard = Guard(self, self.toPlainText, watch)
        self.guard.know(text)
        self.guard.told.connect(self._mark)
        self.textChanged.connect(self.guard.look)

    def show_stored(self, text: str) -> None:
        """A text that is saved as it stands."""
        self.guard.know(text)
        if self.toPlainText() != text:
            self.setPlainText(text)

    def replace(self, text: str) -> None:
        """Another text in place of what stands there, as if the user had written it."""
        self.setPlainText(text)

    def _mark(self) -> None:
        look = Look.of_application()
        found: list[QTextEdit.ExtraSelection] = []
        asked = self.guard.contacts if self.guard.question else ()
        text = self.toPlainText()
        for span in (*self.guard.marks, *asked):
            style = QTextCharFormat()
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            style.setUnderlineColor(look.colour("bad" if span in self.guard.marks else "warn"))
            style.setBackground(look.colour("bad_bg" if span in self.guard.marks else "warn_bg"))
            selection = QTextEdit.ExtraSelection()
            selection.format = style
            cursor = QTextCursor(self.document())
            cursor.setPosition(_units(text[: span.start]))
            cursor.setPosition(_units(text[: span.end]), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            found.append(selection)
        self.setExtraSelections(found)

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        return copied(self.textCursor().selection().toPlainText())

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.guard.may_leave():
            self.left.emit()


class _Note(Label):
    """Lies under a field that stands alone, over what is there."""

    def __init__(self, box: QLineEdit) -> None:
        super().__init__("", "small", "bad", name=f"note_{box.objectName()}", wrap=True, parent=box.window())
        self._box = box
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "dialog")
        self.setMargin(Look.of_application().px(6))

    def say(self, sentence: str) -> None:
        self.setText(sentence)
        window, gap = self._box.window(), Look.of_application().px(4)
        under = self._box.mapTo(window, self._box.rect().bottomLeft())
        width = min(self.sizeHint().width() + gap * 4, window.width() - gap * 2)
        left = max(gap, min(under.x(), window.width() - gap - width))
        self.setGeometry(left, under.y() + gap, width, self.heightForWidth(width))
        self.setVisible(bool(sentence) and self._box.isVisible())
        self.raise_()


def _units(text: str) -> int:
    """The length as Qt counts it: a character beyond the first 65,536 takes two."""
    return len(text.encode("utf-16-le")) // 2
