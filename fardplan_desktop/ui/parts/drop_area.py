"""A page that takes files anywhere on it: a dashed edge while dragging, the paths when they are let go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.look import Look


class DropArea(QWidget):
    """Base of a page or panel that accepts files and folders; ``dropped`` tells a list of ``Path``."""

    dropped = Signal(list)

    def __init__(self, invitation: str = "Släpp filerna här", *, name: str = "drop_area") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAcceptDrops(True)
        self._overlay = _Overlay(invitation, self)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            self._overlay.setGeometry(self.rect())
            self._overlay.raise_()
            self._overlay.show()
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._overlay.hide()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._overlay.hide()
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay.setGeometry(self.rect())


def local_paths(data: QMimeData) -> list[Path]:
    """The files and folders on this computer that the dragged or pasted data points at."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class _Overlay(QWidget):
    def __init__(self, invitation: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._invitation = invitation
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = look.colour("surface")
        ground.setAlphaF(0.85)
        painter.setBrush(ground)
        painter.setPen(QPen(look.colour("control"), 2, Qt.PenStyle.DashLine))
        inset = look.px(8)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), look.px(8), look.px(8))
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("card_title"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._invitation)
        painter.end()
