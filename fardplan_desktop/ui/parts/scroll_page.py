"""A page body that scrolls downwards only, with the page padding of the window's width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

_WIDEST = 1480


class ScrollPage(QScrollArea):
    """``content`` is the layout to fill. Content is at most 1480 wide."""

    def __init__(self, *, name: str = "scroll_page", gap: int = 16) -> None:
        super().__init__()
        look = Look.of_application()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner.setProperty("ground", "canvas")
        self.content = QVBoxLayout(inner)
        self.content.setSpacing(look.px(gap))
        self._inner = inner
        self.setWidget(inner)
        self.verticalScrollBar().rangeChanged.connect(self._keep_edge)
        self.set_width(Width.NORMAL)

    def set_width(self, width: Width) -> None:
        """Take the padding of a window width."""
        look = Look.of_application()
        side, above = look.metrics.page_padding(width), look.metrics.page_top(width)
        self.content.setContentsMargins(side, above, side, look.px(14))
        self._inner.setMaximumWidth(look.px(_WIDEST))
        self._keep_edge()

    def _keep_edge(self) -> None:
        """The scroll bar stands in the padding, so that the content ends where the header does."""
        bar = self.verticalScrollBar()
        taken = bar.sizeHint().width() if bar.maximum() > bar.minimum() else 0
        sides = self.content.contentsMargins()
        sides.setRight(max(0, sides.left() - taken))
        self.content.setContentsMargins(sides)
