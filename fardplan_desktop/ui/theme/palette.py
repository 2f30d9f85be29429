"""Tokens as a ``QPalette``, so that menus, file dialogs and everything we do not style follow the theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from fardplan_desktop.ui.theme.tokens import Colours, Token

_Role = QPalette.ColorRole

_ROLES: tuple[tuple[QPalette.ColorRole, Token], ...] = (
    (_Role.Window, "canvas"),
    (_Role.WindowText, "text"),
    (_Role.Base, "surface"),
    (_Role.AlternateBase, "canvas"),
    (_Role.Text, "text"),
    (_Role.PlaceholderText, "text2"),
    (_Role.Button, "surface"),
    (_Role.ButtonText, "text"),
    (_Role.BrightText, "on_accent"),
    (_Role.Highlight, "accent"),
    (_Role.HighlightedText, "on_accent"),
    (_Role.Accent, "accent"),
    (_Role.Link, "accent"),
    (_Role.LinkVisited, "accent"),
    (_Role.ToolTipBase, "surface"),
    (_Role.ToolTipText, "text"),
    (_Role.Light, "surface"),
    (_Role.Midlight, "subtle"),
    (_Role.Mid, "border"),
    (_Role.Dark, "control"),
    (_Role.Shadow, "canvas"),
)


def make_palette(colours: Colours) -> QPalette:
    """The palette of one theme; disabled text is ``control``."""
    palette = QPalette()
    for role, token in _ROLES:
        palette.setColor(role, QColor(colours[token]))
    for role in (_Role.Text, _Role.WindowText, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.control))
    return palette
