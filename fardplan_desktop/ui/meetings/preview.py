"""The paper as it will be printed: its pages under each other, as wide as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.theme.look import Look

Picture = tuple[int, int, bytes]
"""Width, height and RGB bytes of a rendered page."""

_GAP = 16


class PaperPreview(QWidget):
    """Draws the rendered pages; they were made by the very file that is printed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper_preview")
        self._pages: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def pages(self) -> int:
        return len(self._pages)

    def show_pages(self, pictures: Sequence[Picture], meaning: str) -> None:
        """``meaning`` is read aloud instead of the picture."""
        self._pages = [
            QImage(data, width, height, width * 3, QImage.Format.Format_RGB888).copy()
            for width, height, data in pictures
        ]
        self.setAccessibleName(meaning)
        self.updateGeometry()
        self.update()

    def _page_width(self, room: int) -> int:
        return min(room, Look.of_application().px(760))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        across = self._page_width(width)
        gap = Look.of_application().px(_GAP)
        return sum(page.height() * across // page.width() + gap for page in self._pages)

    @override
    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, max(200, self.heightForWidth(width)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, max(200, self.heightForWidth(max(self.width(), 200))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        across, top = self._page_width(self.width()), 0
        ratio = self.devicePixelRatioF()
        for page in self._pages:
            height = page.height() * across // page.width()
            small = page.scaled(
                int(across * ratio),
                int(height * ratio),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            small.setDevicePixelRatio(ratio)
            painter.drawImage(0, top, small)
            painter.setPen(look.colour("border"))
            painter.drawRect(0, top, across - 1, height - 1)
            top += height + look.px(_GAP)
        painter.end()
