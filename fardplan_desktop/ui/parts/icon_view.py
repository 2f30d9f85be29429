"""An icon on its own, beside words that say the same thing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import Token


class IconView(QWidget):
    """Draws icon ``name`` in a token; follows the theme. ``size`` in design px (20, or 16 inline)."""

    def __init__(self, name: str, token: Token = "text2", size: int = 20, *, top: int = 0) -> None:
        super().__init__()
        self._name, self._token, self._size, self._top = name, token, size, top
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, token: Token) -> None:
        self._name, self._token = name, token
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(self._size), look.px(self._size) + look.px(self._top))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.drawPixmap(0, look.px(self._top), look.pixmap(self._name, self._token, self._size))
        painter.end()
