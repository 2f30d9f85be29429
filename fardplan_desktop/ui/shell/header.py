"""The header: whose data, marked when invented, which period, search, undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.ui.parts.buttons import Button, IconButton
from fardplan_desktop.ui.parts.pill import Pill
from fardplan_desktop.ui.parts.text import ElidedLabel
from fardplan_desktop.ui.shell.facts import ShellFacts
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width


class Header(QWidget):
    """Tells what is asked for; shows what it is told."""

    period_chosen = Signal(str)
    search_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    menu_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self._facts = ShellFacts()
        self._width = Width.NORMAL
        self.menu_button = Button("Meny", icon="menu", name="menu_button", on_click=self.menu_asked.emit)
        self._organisation = ElidedLabel("", "card_title", name="organisation")
        self._mark = Pill("", "warn", name="data_mark")
        self._period = _PeriodButton(self.period_chosen.emit)
        self._field = SearchField()
        self._field.clicked.connect(lambda _checked=False: self.search_asked.emit())
        self._search = IconButton("search", "Sök (Ctrl+K)", name="search_button", on_click=self.search_asked.emit)
        self._undo = IconButton("undo-2", "Ångra", name="undo_button", on_click=self.undo_asked.emit)
        self._redo = IconButton("redo-2", "Gör om", name="redo_button", on_click=self.redo_asked.emit)
        self._layout = QHBoxLayout(self)
        left: tuple[QWidget, ...] = (self.menu_button, self._organisation, self._mark)
        right: tuple[QWidget, ...] = (self._period, self._field, self._search, self._undo, self._redo)
        for piece in left:
            self._layout.addWidget(piece)
        self._layout.addStretch(1)
        for piece in right:
            self._layout.addWidget(piece)
        self._gaps = [QWidget(), QWidget()]
        for place, gap in zip((5, 8), self._gaps, strict=True):
            gap.setFixedWidth(Look.of_application().px(1))
            self._layout.insertWidget(place, gap)
        self.show_facts(self._facts)

    def set_width(self, width: Width) -> None:
        look = Look.of_application()
        self._width = width
        roomy = width >= Width.NORMAL
        self.setFixedHeight(look.px(56 if roomy else 48))
        left = look.metrics.page_padding(width)
        self._layout.setContentsMargins(left, 0, look.px(16 if roomy else 8), 0)
        self._layout.setSpacing(look.px(8))
        for gap in self._gaps:
            gap.setVisible(roomy)
        self.menu_button.setVisible(width is Width.NARROW)
        self._field.setVisible(roomy)
        self._search.setVisible(not roomy)
        self.show_facts(self._facts)

    def show_facts(self, facts: ShellFacts) -> None:
        self._facts = facts
        self._organisation.setText(facts.organisation)
        self._mark.setVisible(bool(facts.mark))
        self._period.show_periods(facts.periods, facts.period)
        self._undo.setEnabled(bool(facts.undo))
        self._undo.say(f"Ångra: {facts.undo} (Ctrl+Z)" if facts.undo else "Ångra (Ctrl+Z)")
        self._redo.setEnabled(bool(facts.redo))
        self._redo.say(f"Gör om: {facts.redo} (Ctrl+Y)" if facts.redo else "Gör om (Ctrl+Y)")
        self._fit_mark()

    def _fit_mark(self) -> None:
        """Room goes to the organisation's name first: else the mark is the short one, and then search is narrower."""
        facts = self._facts
        self._mark.show_text(facts.mark)
        shown = [item.widget() for item in map(self._layout.itemAt, range(self._layout.count())) if item is not None]
        needs = [piece.sizeHint().width() for piece in shown if piece is not None and not piece.isHidden()]
        margins = self._layout.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._layout.spacing() * len(needs)
        if sum(needs) > room or self._width < Width.NORMAL:
            room += self._mark.sizeHint().width()
            self._mark.show_text(facts.mark_short or facts.mark)
            room -= self._mark.sizeHint().width()
        widest, least = self._field.sizeHint().width(), self._field.minimumSizeHint().width()
        self._field.setMaximumWidth(max(least, min(widest, widest + room - sum(needs))))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_mark()


class SearchField(QAbstractButton):
    """Looks like a field and opens the search palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search_field")
        self.setText("Sök eller gå till …")
        self.setAccessibleName("Sök eller gå till, Ctrl+K")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(300), look.px(36))

    @override
    def minimumSizeHint(self) -> QSize:
        look = Look.of_application()
        return QSize(look.px(200), look.px(36))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = Look.of_application()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        edge = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(look.colour("focus" if self.hasFocus() else "control"), edge))
        painter.setBrush(look.colour("subtle" if self.underMouse() else "surface"))
        painter.drawRoundedRect(area.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), look.px(6), look.px(6))
        spot = look.icon_rect(look.px(8), area.center().y(), 16)
        painter.drawPixmap(spot.topLeft(), look.pixmap("search", "text2", 16))
        painter.setPen(look.colour("text2"))
        painter.setFont(look.font())
        painter.drawText(area.adjusted(look.px(38), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        self._draw_keycap(painter, area)
        painter.end()

    def _draw_keycap(self, painter: QPainter, area: QRectF) -> None:
        look = Look.of_application()
        width, height = look.px(54), look.px(20)
        cap = QRectF(
            area.right() - width - look.px(10) + 0.5, area.center().y() - height / 2 + 0.5, width - 1, height - 1
        )
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("subtle"))
        painter.drawRoundedRect(cap, look.px(4), look.px(4))
        painter.setPen(look.colour("text2"))
        painter.setFont(look.font("badge"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "Ctrl+K")


class _PeriodButton(Button):
    """The period in force; a press opens the others in a menu."""

    def __init__(self, choose: Callable[[str], object]) -> None:
        super().__init__("", icon="chevron-down", name="period_button", on_click=self._open)
        self._choose = choose
        self._periods: tuple[tuple[str, str], ...] = ()
        self._current = ""
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def show_periods(self, periods: tuple[tuple[str, str], ...], current: str) -> None:
        self._periods, self._current = periods, current
        words = dict(periods).get(current, "")
        QPushButton.setText(self, f"{words} ")
        self.setAccessibleName(f"Period: {words}")
        self.setVisible(bool(periods))
        self.updateGeometry()

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("period_menu")
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words in self._periods:
            action = menu.addAction(words, partial(self._choose, key))
            action.setCheckable(True)
            action.setChecked(key == self._current)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
