"""The one style sheet, generated from tokens and metrics. Widgets are picked out by the properties ``role``,
``ink``, ``kind`` and ``ground`` that the parts set, never by a style sheet of their own.
"""

from __future__ import annotations

from fardplan_desktop.ui.theme.metrics import FONT_FAMILY, Metrics, type_scale
from fardplan_desktop.ui.theme.tokens import Colours

_INKS = ("text", "text2", "accent", "on_accent", "ok", "warn", "bad", "control")


def style_sheet(colours: Colours, metrics: Metrics) -> str:
    """The application's style sheet for one theme and text factor."""
    parts = (_grounds, _labels, _buttons, _fields, _tables, _scroll_bars, _floating)
    return "\n".join(part(colours, metrics) for part in parts)


def _grounds(c: Colours, m: Metrics) -> str:
    return f"""
QMainWindow, *[ground="canvas"] {{ background: {c.canvas}; }}
*[ground="surface"] {{ background: {c.surface}; }}
*[ground="none"] {{ background: transparent; border: none; }}
*[ground="line"] {{ background: {c.border}; border: none; }}
*[ground="card"] {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: {m.px(8)}px; }}
*[ground="tint"] {{ background: {c.accent_tint}; border: none; border-radius: {m.px(4)}px; }}
*[ground="bad"] {{ background: {c.bad_bg}; border: none; border-bottom: 1px solid {c.border}; }}
*[ground="warn"] {{ background: {c.warn_bg}; border: none; border-bottom: 1px solid {c.border}; }}
*[ground="dialog"] {{ background: {c.surface}; border: 1px solid {c.control}; }}
"""


def _labels(c: Colours, m: Metrics) -> str:
    roles = "\n".join(
        f'*[role="{role}"] {{ font-size: {m.px(size)}px; font-weight: {weight}; }}'
        for role, (size, weight) in type_scale().items()
    )
    inks = "\n".join(f'QLabel[ink="{ink}"] {{ color: {getattr(c, ink)}; }}' for ink in _INKS)
    weights = '*[weight="600"] { font-weight: 600; }'
    keycap = f"""
QLabel[role="keycap"] {{ font-size: {m.px(12)}px; font-weight: 600; color: {c.text2}; background: {c.subtle};
    border: 1px solid {c.border}; border-radius: {m.px(4)}px; padding: 0 {m.px(6)}px; }}"""
    base = f'* {{ font-family: "{FONT_FAMILY}"; }}\nQLabel {{ background: transparent; }}'
    return "\n".join((base, roles, inks, weights, keycap))


def _buttons(c: Colours, m: Metrics) -> str:
    pad, quiet = m.px(14), m.px(8)
    return f"""
QPushButton {{ font-size: {m.px(15)}px; font-weight: 600; padding: 0 {pad}px; border-radius: {m.px(6)}px;
    border: 1px solid {c.control}; background: {c.surface}; color: {c.text}; }}
QPushButton:hover {{ background: {c.subtle}; }}
QPushButton:pressed {{ background: {c.accent_tint}; }}
QPushButton:focus {{ border: 2px solid {c.focus}; padding: 0 {pad - 1}px; }}
QPushButton:disabled {{ color: {c.control}; border-color: {c.border}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; border-color: {c.accent}; color: {c.on_accent}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
    background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 1px solid {c.accent}; padding: 0 {pad}px; }}
QPushButton[kind="primary"]:disabled {{ background: {c.subtle}; border-color: {c.control}; color: {c.control}; }}
QPushButton[kind="destructive"] {{ color: {c.bad}; }}
QPushButton[kind="quiet"], QPushButton[kind="small"] {{
    border-color: transparent; background: transparent; color: {c.accent}; padding: 0 {quiet}px; }}
QPushButton[kind="small"] {{ font-size: {m.px(13)}px; padding: 0 {m.px(4)}px; border-radius: {m.px(4)}px; }}
QPushButton[kind="quiet"]:hover, QPushButton[kind="small"]:hover {{ color: {c.accent_hover}; background: {c.subtle}; }}
QPushButton[kind="quiet"]:focus {{ border-color: {c.focus}; padding: 0 {quiet - 1}px; }}
QPushButton[kind="small"]:focus {{ border-color: {c.focus}; padding: 0 {m.px(4) - 1}px; }}
QPushButton[kind="quiet"]:disabled, QPushButton[kind="small"]:disabled {{
    color: {c.control}; border-color: transparent; }}
QToolButton {{ border: none; border-radius: {m.px(6)}px; background: transparent; }}
QToolButton:hover {{ background: {c.subtle}; }}
QToolButton:focus {{ border: 2px solid {c.focus}; }}
"""


def _fields(c: Colours, m: Metrics) -> str:
    pad = m.px(10)
    kinds = "QLineEdit, QComboBox, QSpinBox"
    focused = "QLineEdit:focus, QComboBox:focus, QSpinBox:focus"
    return f"""
{kinds}, QPlainTextEdit {{ font-size: {m.px(15)}px; background: {c.surface}; color: {c.text};
    border: 1px solid {c.control}; border-radius: {m.px(6)}px; padding: 0 {pad}px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; placeholder-text-color: {c.text2}; }}
{focused} {{ border: 2px solid {c.focus}; padding: 0 {pad - 1}px; }}
QPlainTextEdit {{ padding: {m.px(4)}px {m.px(6)}px; }}
QPlainTextEdit:focus {{ border: 2px solid {c.focus}; padding: {m.px(4) - 1}px {m.px(6) - 1}px; }}
*[wrong="true"] {{ border-color: {c.bad}; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QPlainTextEdit:disabled,
QLineEdit:read-only, QPlainTextEdit:read-only {{ color: {c.text2}; background: {c.canvas}; border-color: {c.border}; }}
QLineEdit[kind="search"] {{ padding-left: {m.px(36)}px; padding-right: {m.px(66)}px; }}
QLineEdit[kind="cell"], QLineEdit[kind="cell"]:focus {{ border: none; border-radius: 0; padding: 0 {m.px(10)}px; }}
QComboBox::drop-down {{ border: none; width: {m.px(30)}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.control}; outline: none;
    selection-background-color: {c.accent_tint}; selection-color: {c.text}; padding: {m.px(4)}px; }}
QComboBox {{ padding-left: {pad + 2}px; }}
QComboBox:focus {{ padding-left: {pad + 1}px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
"""


def _tables(c: Colours, m: Metrics) -> str:
    return f"""
QTableView, QListView, QTreeView {{ background: {c.surface}; color: {c.text}; border: none; outline: none;
    gridline-color: transparent; font-size: {m.px(15)}px; selection-background-color: {c.accent_tint};
    selection-color: {c.text}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
"""


def _scroll_bars(c: Colours, m: Metrics) -> str:
    return f"""
QScrollBar {{ background: transparent; }}
QScrollBar:vertical {{ width: {m.px(12)}px; }}
QScrollBar:horizontal {{ height: {m.px(12)}px; }}
QScrollBar::handle {{ background: {c.control}; border-radius: {m.px(4)}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {m.px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {m.px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _floating(c: Colours, m: Metrics) -> str:
    """Tooltips are plain text: Qt would read markup in others' words, and open the files its images name."""
    return f"""
QToolTip {{ qproperty-textFormat: PlainText; background: {c.surface}; color: {c.text};
    border: 1px solid {c.control}; padding: {m.px(4)}px {m.px(8)}px; font-size: {m.px(13)}px; }}
QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.control}; padding: {m.px(4)}px;
    font-size: {m.px(15)}px; }}
QMenu::item {{ padding: {m.px(6)}px {m.px(24)}px {m.px(6)}px {m.px(12)}px; border-radius: {m.px(4)}px; }}
QMenu::item:selected {{ background: {c.accent_tint}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.control}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: {m.px(4)}px {m.px(8)}px; }}
QDialog {{ background: {c.surface}; border: 1px solid {c.control}; }}
QCalendarWidget QAbstractItemView:enabled {{ selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
"""
