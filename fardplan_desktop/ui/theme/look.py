"""The look in force: theme, text factor, fonts and icons. One object per program, kept on the application itself."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from fardplan_desktop.ui.theme.fonts import load_fonts
from fardplan_desktop.ui.theme.icons import Icons
from fardplan_desktop.ui.theme.metrics import Metrics, Role
from fardplan_desktop.ui.theme.palette import make_palette
from fardplan_desktop.ui.theme.sheet import style_sheet
from fardplan_desktop.ui.theme.tokens import THEMES, Colours, ThemeName, Token

_PROPERTY: Final = "fardplan_look"
_ICON_SCALE: Final = 2.0
"""Icons are drawn at twice the size, which is crisp at every scaling of the screen up to 200 %."""


class Look(QObject):
    """Theme and text factor; ``changed`` after either has been put in force.

    The theme follows the system until ``choose_theme`` is called with a theme. When the system asks for high
    contrast it is followed whatever was chosen.
    """

    changed = Signal()

    def __init__(
        self, application: QApplication, resources: Path, *, theme: ThemeName | None = None, factor: float = 1.0
    ):
        super().__init__(application)
        self._application = application
        self._chosen = theme
        self.icons = Icons(resources / "icons")
        self.metrics = Metrics(factor)
        load_fonts(resources / "fonts")
        application.setStyle("Fusion")
        application.setProperty(_PROPERTY, self)
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._apply)
        hints.accessibility().contrastPreferenceChanged.connect(self._apply)
        self._apply()

    @staticmethod
    def of_application() -> Look:
        """The look of the running application; a widget asks for it when it is made and when it paints."""
        application = QApplication.instance()
        look = application.property(_PROPERTY) if application is not None else None
        if not isinstance(look, Look):
            raise RuntimeError("no Look has been made for this application")
        return look

    @property
    def theme(self) -> ThemeName:
        """The theme in force."""
        hints = self._application.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return ThemeName.HIGH_CONTRAST
        if self._chosen is not None:
            return self._chosen
        return ThemeName.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else ThemeName.LIGHT

    @property
    def chosen_theme(self) -> ThemeName | None:
        """What the user chose; ``None`` follows the system."""
        return self._chosen

    @property
    def colours(self) -> Colours:
        return THEMES[self.theme]

    def choose_theme(self, theme: ThemeName | None) -> None:
        self._chosen = theme
        self._apply()

    def choose_factor(self, factor: float) -> None:
        """Put a text factor of ``TEXT_FACTORS`` in force."""
        self.metrics = Metrics(factor)
        self._apply()

    def px(self, size: float) -> int:
        return self.metrics.px(size)

    def font(self, role: Role = "body", weight: int | None = None) -> QFont:
        return self.metrics.font(role, weight)

    def colour(self, token: Token) -> QColor:
        return QColor(self.colours[token])

    def pixmap(self, name: str, token: Token = "text2", size: int = 20, *, bold: bool = False) -> QPixmap:
        """Icon at a design size (20 in rail and buttons, 16 inline)."""
        return self.icons.pixmap(name, self.colours[token], self.px(size), _ICON_SCALE, bold)

    def icon(self, name: str, token: Token = "text2", size: int = 20) -> QIcon:
        colours = self.colours
        return self.icons.icon(name, colours[token], self.px(size), _ICON_SCALE, disabled=colours.control)

    def icon_rect(self, x: float, middle: float, size: int) -> QRectF:
        """Where an icon of a design size goes when its left edge is ``x`` and its middle height ``middle``."""
        side = self.px(size)
        return QRectF(x, middle - side / 2, side, side)

    def _apply(self) -> None:
        self._application.setPalette(make_palette(self.colours))
        self._application.setFont(self.font())
        self._application.setStyleSheet(style_sheet(self.colours, self.metrics))
        self.changed.emit()
