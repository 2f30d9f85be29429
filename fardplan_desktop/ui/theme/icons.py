"""Lucide icons, tinted to a colour when loaded and kept: one pixmap per name, colour, size and scale."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_Key = tuple[str, str, int, float, bool]


class Icons:
    """The icons of one folder (``resources/icons``)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[_Key, QPixmap] = {}
        self._icons: dict[_Key, QIcon] = {}

    def pixmap(self, name: str, colour: str, size: int, scale: float = 1.0, bold: bool = False) -> QPixmap:
        """Icon ``name`` drawn in ``colour`` (#RRGGBB), ``size`` logical px on a screen of ``scale`` device px each."""
        key = (name, colour, size, scale, bold)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(*key)
        return self._pixmaps[key]

    def icon(self, name: str, colour: str, size: int, scale: float = 1.0, *, disabled: str = "") -> QIcon:
        """The same as a ``QIcon``; ``disabled`` is the colour when the control is off."""
        key = (name, colour + disabled, size, scale, False)
        if key not in self._icons:
            icon = QIcon(self.pixmap(name, colour, size, scale))
            if disabled:
                icon.addPixmap(self.pixmap(name, disabled, size, scale), QIcon.Mode.Disabled)
            self._icons[key] = icon
        return self._icons[key]

    def _draw(self, name: str, colour: str, size: int, scale: float, bold: bool) -> QPixmap:
        stroke = "2" if bold or size <= 16 else "1.75"
        tinted = self._source(name).replace("currentColor", colour)
        tinted = tinted.replace('stroke-width="2"', f'stroke-width="{stroke}"', 1)
        pixmap = QPixmap(round(size * scale), round(size * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(tinted.encode())).render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]
