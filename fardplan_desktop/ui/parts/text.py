"""Labels by role. Plain text only: what comes from files and from other people is never read as markup."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.metrics import Role
from fardplan_desktop.ui.theme.tokens import Token

_LINE: Final = 70


class Label(QLabel):
    """A text in one role ("body", "small", "card_title" …) and one ink (a token)."""

    def __init__(
        self,
        text: str,
        role: Role = "body",
        ink: Token = "text",
        *,
        name: str = "",
        wrap: bool = False,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("ink", ink)
        if bold:
            self.setProperty("weight", "600")
        self.setWordWrap(wrap)
        self.setObjectName(name)
        self.setText(text)

    def set_ink(self, ink: Token) -> None:
        set_style(self, "ink", ink)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    @override
    def sizeHint(self) -> QSize:
        """A wrapping label asks for one line, or for lines of 70 characters, where Qt would ask for a square."""
        if not self.wordWrap():
            return super().sizeHint()
        metrics = self.fontMetrics()
        widest = max((text_width(metrics, line) for line in self.text().splitlines()), default=0)
        width = min(widest, metrics.horizontalAdvance("n") * _LINE) + 2
        return QSize(width, self.heightForWidth(width))


class ElidedLabel(Label):
    """A label on one line that ends in … when there is no room; the whole text is in the tooltip then."""

    def __init__(
        self, text: str, role: Role = "body", ink: Token = "text", *, name: str = "", bold: bool = False
    ) -> None:
        super().__init__(text, role, ink, name=name, bold=bold)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


def title(text: str, name: str = "page_title") -> Label:
    return Label(text, "page_title", name=name)


def card_title(text: str, name: str = "") -> Label:
    return Label(text, "card_title", name=name)


def body(text: str, name: str = "", *, wrap: bool = True) -> Label:
    return Label(text, "body", name=name, wrap=wrap)


def strong(text: str, name: str = "") -> Label:
    return Label(text, "strong", name=name)


def secondary(text: str, name: str = "", *, wrap: bool = False) -> Label:
    """13 px in the secondary ink: the line under something."""
    return Label(text, "small", "text2", name=name, wrap=wrap)


def set_style(widget: QWidget, key: str, value: object) -> None:
    """Change a property that the style sheet reads, and have the widget drawn anew."""
    if widget.property(key) == value:
        return
    widget.setProperty(key, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def text_width(metrics: QFontMetrics, text: str) -> int:
    """Room for ``text`` on one line, one pixel to spare against rounding."""
    return metrics.horizontalAdvance(text) + 1
