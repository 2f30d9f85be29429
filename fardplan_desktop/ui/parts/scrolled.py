"""Something tall inside a dialog: as high as it needs to be while there is room, then it scrolls downwards."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.look import Look

_AROUND = 200
"""Design px of a dialog's own heading, buttons and margins, and of the window around it."""


class Scrolled(QScrollArea):
    """Holds ``inner`` within what the window ``parent`` lies in leaves room for."""

    def __init__(self, inner: QWidget, parent: QWidget | None, *, name: str) -> None:
        super().__init__()
        look = Look.of_application()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room = look.px(480) if parent is None else parent.window().height() - look.px(_AROUND)
        self._most = max(room, look.px(140))
        self._inner = inner
        self.setWidget(inner)
        inner.installEventFilter(self)

    @override
    def sizeHint(self) -> QSize:
        needed = self._inner.sizeHint()
        layout = self._inner.layout()
        high = needed.height()
        if layout is not None and layout.hasHeightForWidth() and self.width() > 1:
            high = layout.heightForWidth(self.viewport().width())
        return QSize(needed.width(), min(high, self._most))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False
