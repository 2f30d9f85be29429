"""Work with a panel at its side: beside it when there is room, over the page from the right when there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.layouts import row
from fardplan_desktop.ui.parts.text import set_style
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width


class WithSidePanel(QWidget):
    """``work`` fills the room; ``panel`` (a Card) stands beside it, or floats when ``open_panel`` is called.

    ``over`` is the page that this lies in: in a narrow window the panel covers it whole, since beside its head there
    is no height. Give it the width class of the window with ``set_width``. ``floating`` tells whether a button for it
    is needed.
    """

    def __init__(
        self,
        work: QWidget,
        panel: QWidget,
        *,
        name: str = "with_side_panel",
        beside: int = 270,
        over: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._beside = beside
        self._floating = False
        self._panel = panel
        self._ground: QWidget = over or self
        self._back_with_it = False
        self._scroll = QScrollArea()
        self._scroll.setObjectName(f"{name}_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(panel)
        self._scroll.viewport().setAutoFillBackground(False)
        self._layout: QHBoxLayout = row(gap=16)
        self._layout.addWidget(work, 1)
        self._layout.addWidget(self._scroll)
        self.setLayout(self._layout)
        self._scroll.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        if over is not None:
            over.installEventFilter(self)

    @property
    def floating(self) -> bool:
        return self._floating

    def set_width(self, width: Width) -> None:
        look = Look.of_application()
        wide = width is Width.WIDE
        self._scroll.setFixedWidth(look.px(max(360, self._beside) if wide else self._beside))
        floating = width < Width.NORMAL
        home = self._ground if width is Width.NARROW else self
        if floating and not (self._floating and self._scroll.parentWidget() is home):
            self._layout.removeWidget(self._scroll)
            self._scroll.setParent(home)
            self._scroll.hide()
        elif not floating and self._floating:
            self._layout.addWidget(self._scroll)
            self._scroll.show()
        self._floating = floating
        if floating:
            self._place()
        # Over the page it covers what lies under it, also beside its scroll bar.
        set_style(self._scroll, "ground", "canvas" if floating else "none")

    def open_panel(self) -> None:
        """Show a floating panel and give it focus; beside the work it is always there."""
        if self._floating:
            self._place()
            self._scroll.show()
        self._panel.setFocus()

    def show_top(self) -> None:
        """For another record: what it is called stands at the top of the panel."""
        self._scroll.verticalScrollBar().setValue(0)

    def close_panel(self) -> None:
        if self._floating:
            self._scroll.hide()

    def toggle_panel(self) -> None:
        if self._floating and self._scroll.isVisible():
            self.close_panel()
        else:
            self.open_panel()

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Focus is in sight, also where it is put by a sentence of error; the mouse is where the user looks."""
        if now is not None and self._panel.isAncestorOf(now) and not QApplication.mouseButtons():
            QTimer.singleShot(0, self, self._show_focus)  # When what was opened around it has its place.

    def _show_focus(self) -> None:
        now = self._panel.focusWidget()
        if now is not None and now.hasFocus():
            self._scroll.ensureWidgetVisible(now, 0, Look.of_application().px(32))

    def _place(self) -> None:
        home = self._scroll.parentWidget() or self
        width = min(self._scroll.width(), home.width())
        self._scroll.setGeometry(QRect(home.width() - width, 0, width, home.height()))
        self._scroll.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._floating:
            self._place()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """What covers the page goes with the work it belongs to, and comes back with it."""
        super().hideEvent(event)
        if self._scroll.parentWidget() is self._ground is not self:
            self._back_with_it = self._scroll.isVisibleTo(self._ground)
            self._scroll.hide()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._back_with_it and self._floating:
            self._place()
            self._scroll.show()
        self._back_with_it = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground:
            if event.type() == QEvent.Type.Resize and self._floating:
                self._place()
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return self._floating
        return False
