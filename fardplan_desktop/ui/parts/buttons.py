"""Buttons: verb first, one primary a page. They follow the theme by themselves, icon included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMoveEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import Token

Kind = Literal["primary", "secondary", "quiet", "destructive", "small"]

_ICON_TOKEN: Final[dict[Kind, Token]] = {
    "primary": "on_accent",
    "secondary": "text",
    "quiet": "accent",
    "destructive": "bad",
    "small": "accent",
}
_RESTYLED: Final = (QEvent.Type.StyleChange, QEvent.Type.PaletteChange)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Button(QPushButton):
    """A button with words. ``kind``: primary, secondary, quiet (a link), destructive, or small (a link of 13 px).

    ``wide`` fills the width there is.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        *,
        icon: str = "",
        name: str = "",
        wide: bool = False,
        on_click: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._kind, self._icon = kind, icon
        self._ring: _Ring | None = None
        self.setProperty("kind", kind)
        self.setObjectName(name or f"button_{kind}")
        self.setAutoDefault(False)
        across = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self._restyle()
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    @override
    def setText(self, text: str) -> None:
        super().setText(f" {text}" if self._icon and text else text)
        self.setAccessibleName(text)

    @override
    def sizeHint(self) -> QSize:
        height = Look.of_application().px(24 if self._kind == "small" else 34)
        return QSize(super().sizeHint().width(), height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self._restyle()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._kind == "primary":
            self._ring = self._ring or _Ring(self)
            self._ring.surround()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._ring is not None:
            self._ring.hide()

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._move_ring()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._move_ring()

    def _move_ring(self) -> None:
        if self._ring is not None and self.hasFocus():
            self._ring.surround()

    def _restyle(self) -> None:
        if self._icon:
            look = Look.of_application()
            self.setIcon(look.icon(self._icon, _ICON_TOKEN[self._kind], 18))
            self.setIconSize(QSize(look.px(18), look.px(18)))
        self.updateGeometry()


class IconButton(QToolButton):
    """An icon alone: only for Ångra, Gör om, Sök, Stäng and the like. ``text`` is tooltip and accessible name."""

    def __init__(
        self, icon: str, text: str, *, name: str = "", size: int = 34, on_click: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self._icon, self._size = icon, size
        self.setObjectName(name or f"icon_{icon}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.say(text)
        self._restyle()
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def say(self, text: str) -> None:
        """Set what the button does in words."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _pressed_by_enter(self, event):
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        side = Look.of_application().px(self._size)
        return QSize(side, side)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self._restyle()

    def _restyle(self) -> None:
        look = Look.of_application()
        side = 16 if self._size < 30 else 20
        self.setIcon(look.icon(self._icon, "text2", side))
        self.setIconSize(QSize(look.px(side), look.px(side)))


class _Ring(QWidget):
    """The focus ring of a primary button: ``text`` colour outside a gap of 2 px, so it shows on any ground."""

    _OUT = 4

    def __init__(self, button: QPushButton) -> None:
        self._button: QPushButton | None = button
        self._ground = _ground_of(button)
        super().__init__(self._ground)
        button.destroyed.connect(self._let_go)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        above = button.parentWidget()
        while above is not None and above is not self._ground:
            above.installEventFilter(self)
            above = above.parentWidget()

    def surround(self) -> None:
        out, button = self._OUT, self._button
        if button is None:
            return
        corner = button.mapTo(self._ground, QPoint(0, 0))
        self.setGeometry(QRect(corner, button.size()).adjusted(-out, -out, out, out))
        self.raise_()
        self.show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the button lies in has moved, and the button with it."""
        if event.type() == QEvent.Type.Move and self._button is not None and self._button.hasFocus():
            self.surround()
        return False

    def _let_go(self) -> None:
        """The ring lies on the ground and would outlive its button there."""
        self._button = None
        self.deleteLater()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("text"), 2))
        radius = look.px(6) + self._OUT - 1
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()


def _ground_of(button: QWidget) -> QWidget:
    """What the ring is drawn on: the window, or what a scroll area moves, so that the ring moves with the button."""
    ground = button
    above = ground.parentWidget()
    while above is not None and not ground.isWindow():
        area = above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            break
        ground, above = above, area
    return ground


def _pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has focus, as Space does in Qt; a key held down presses it once."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in _ENTER or not plain:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
