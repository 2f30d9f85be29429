"""Ctrl+K: type a few letters of a page, of something to do, or of a record, and press Enter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from fardplan_desktop.services.finding import begins, fold
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.text import secondary
from fardplan_desktop.ui.shell.facts import Find, Hit
from fardplan_desktop.ui.theme.look import Look

_HIT: Final = Qt.ItemDataRole.UserRole
_MOST: Final = 18
_MOST_OF_A_KIND: Final = 5
_PAUSE_MS: Final = 120
_KEEPS_OPEN: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class SearchPalette(QFrame):
    """Lies over the page, at the top. ``known`` are pages and actions; records come from ``find`` when they come."""

    taken = Signal(object)
    """A hit, before it acts."""

    def __init__(self, window: QWidget, find: Find) -> None:
        super().__init__(window)
        self._find = find
        self._over = window
        self._known: list[Hit] = []
        self._recent: list[Hit] = []
        self.setObjectName("search_palette")
        self.setAccessibleName("Sök eller gå till")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "dialog")
        self._entry = QLineEdit()
        self._entry.setObjectName("search_entry")
        self._entry.setAccessibleName("Sök eller gå till")
        self._entry.setPlaceholderText("Sök eller gå till …")
        self._entry.setFixedHeight(Look.of_application().px(36))
        self._list = QListWidget()
        self._list.setObjectName("search_hits")
        self._list.setAccessibleName("Träffar")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(_HitDelegate(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = secondary("Inget hittades. Pröva ett kortare ord.", "search_nothing")
        self.setLayout(column(self._entry, self._list, self._nothing, gap=8, margins=(12, 12, 12, 12)))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask_records)
        self._entry.textChanged.connect(self._typed)
        self._list.itemClicked.connect(lambda item: self._take(item))
        self._entry.installEventFilter(self)
        self.hide()

    def open(self, known: Sequence[Hit], recent: Sequence[Hit] = ()) -> None:
        """``recent`` are shown first until something is typed."""
        self._known, self._recent = list(known), list(recent)
        self._entry.clear()
        self._typed("")
        self.place()
        self.show()
        self.raise_()
        self._entry.setFocus()

    def place(self) -> None:
        """Take a place in the middle at the top of the window."""
        look, window = Look.of_application(), self._over
        width = min(look.px(560), window.width() - look.px(24))
        lines = look.px(36) * self._list.count() if self._list.count() else look.px(20)
        height = min(look.px(36 + 32 + 4) + lines, window.height() - look.px(32))
        self.setGeometry(QRect((window.width() - width) // 2, look.px(12), width, height))

    @property
    def hits(self) -> list[Hit]:
        return [self._list.item(line).data(_HIT) for line in range(self._list.count())]

    def _typed(self, text: str) -> None:
        wanted = fold(text).split()
        if wanted:
            self._show(self._matching(wanted))
            self._pause.start()
        else:
            again = {(hit.words, hit.detail) for hit in self._recent}
            self._show([*self._recent, *(hit for hit in self._known if (hit.words, hit.detail) not in again)])

    def _ask_records(self) -> None:
        asked = self._entry.text()
        self._find(asked, lambda hits: self._add(asked, hits))

    def _add(self, asked: str, hits: Sequence[Hit]) -> None:
        """Records that were found; too late ones, for letters since changed, are left out."""
        if asked == self._entry.text() and self.isVisible():
            self._show(self._matching(fold(asked).split()) + list(hits))

    def _matching(self, wanted: Sequence[str]) -> list[Hit]:
        """Pages, things to do and settings, at most so many of each kind."""
        found = [hit for hit in self._known if begins(hit.words, wanted)]
        kinds = Counter[str]()
        kept = []
        for hit in found:
            kinds[hit.detail] += 1
            if kinds[hit.detail] <= _MOST_OF_A_KIND:
                kept.append(hit)
        return kept

    def _show(self, hits: Sequence[Hit]) -> None:
        self._list.clear()
        for hit in hits[:_MOST]:
            item = QListWidgetItem(f"{hit.words}, {hit.detail}")
            item.setData(_HIT, hit)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self.place()

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            hit: Hit = item.data(_HIT)
            self.hide()
            self.taken.emit(hit)
            hit.act()

    def _move(self, by: int) -> None:
        last = self._list.count() - 1
        self._list.setCurrentRow(max(0, min(last, self._list.currentRow() + by)))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in _KEEPS_OPEN:
                self.hide()
            return False
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        acts = {
            Qt.Key.Key_Down: lambda: self._move(1),
            Qt.Key.Key_Up: lambda: self._move(-1),
            Qt.Key.Key_Return: lambda: self._take(self._list.currentItem()),
            Qt.Key.Key_Enter: lambda: self._take(self._list.currentItem()),
            Qt.Key.Key_Escape: self.hide,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            return False
        act()
        return True


class _HitDelegate(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, Look.of_application().px(36))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = Look.of_application()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        view = self.parent()
        if isinstance(view, QListWidget) and view.currentRow() == index.row():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_tint"))
            painter.drawRoundedRect(area, look.px(6), look.px(6))
        hit: Hit = index.data(_HIT)
        spot = look.icon_rect(area.left() + look.px(10), area.center().y(), 20)
        painter.drawPixmap(spot.topLeft(), look.pixmap(hit.icon))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text2"))
        room = painter.fontMetrics().horizontalAdvance(hit.detail) + look.px(24)
        painter.drawText(
            area.adjusted(0, 0, -look.px(12), 0),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            hit.detail,
        )
        words = area.adjusted(look.px(42), 0, -room, 0)
        painter.setFont(look.font())
        painter.setPen(look.colour("text"))
        shown = painter.fontMetrics().elidedText(hit.words, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
