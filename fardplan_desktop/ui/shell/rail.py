"""The rail: every place of the program as icon and word, with badges for what there is to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from fardplan_desktop.ui.page import PageSpec
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import clear, column, holder, row
from fardplan_desktop.ui.parts.rail_item import RailItem
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width


class Rail(QWidget):
    """``chosen`` tells the name of the page that is asked for; ``help_asked`` when Hjälp is pressed."""

    chosen = Signal(str)
    help_asked = Signal()

    def __init__(self, specs: Sequence[PageSpec]) -> None:
        super().__init__()
        self._specs = [spec for spec in specs if spec.in_rail]
        self._items: dict[str, RailItem] = {}
        self._counts: dict[str, int] = {}
        self._current = ""
        self.setObjectName("rail")
        self.setAccessibleName("Sidor")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "surface")
        self._column = QVBoxLayout()
        self._column.setSpacing(Look.of_application().px(2))
        area = QScrollArea()
        area.setObjectName("rail_scroll")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder(self._column, "surface"))
        self.setLayout(column(area, gap=0))

    def set_width(self, width: Width) -> None:
        """184 with icon and word, 104 with the icon above, or gone when the window is narrow (the header has Meny)."""
        look = Look.of_application()
        compact = width is Width.COMPACT
        self.setVisible(width > Width.NARROW)
        self.setFixedWidth(look.px(104 if compact else 184))
        clear(self._column)
        side = look.px(4 if compact else 8)
        self._column.setContentsMargins(side, look.px(6 if compact else 0), side, look.px(6 if compact else 8))
        if not compact:
            self._column.addWidget(_brand())
        self._items = {}
        for spec in (spec for spec in self._specs if not spec.at_foot):
            self._add(spec, compact)
        self._column.addStretch(1)
        for spec in (spec for spec in self._specs if spec.at_foot):
            self._add(spec, compact)
        if not compact:
            helper = RailItem("circle-question-mark", "Hjälp", name="rail_help", plain=True)
            helper.clicked.connect(lambda _checked=False: self.help_asked.emit())
            self._column.addWidget(helper)
        self.show_current(self._current)
        self.show_counts(self._counts)

    def show_current(self, name: str) -> None:
        self._current = name
        for item_name, item in self._items.items():
            item.setChecked(item_name == name)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Page name → number of things to do there."""
        self._counts = dict(counts)
        for name, item in self._items.items():
            item.show_count(self._counts.get(name, 0))

    def item(self, name: str) -> RailItem:
        return self._items[name]

    def menu(self, parent: QWidget) -> QMenu:
        """The same places as a menu, for narrow windows."""
        menu = QMenu(parent)
        menu.setObjectName("rail_menu")
        look = Look.of_application()
        for spec in self._specs:
            count = self._counts.get(spec.name, 0)
            words = f"{spec.title} ({count})" if count else spec.title
            action = menu.addAction(look.icon(spec.icon), words, self._ask(spec.name))
            action.setCheckable(True)
            action.setChecked(spec.name == self._current)
        menu.addAction(look.icon("circle-question-mark"), "Hjälp", self.help_asked.emit)
        return menu

    def _add(self, spec: PageSpec, compact: bool) -> None:
        item = RailItem(spec.icon, spec.title, name=f"rail_{spec.name}", compact=compact)
        item.clicked.connect(lambda _checked=False: self.chosen.emit(spec.name))
        self._items[spec.name] = item
        self._column.addWidget(item)

    def _ask(self, name: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(name)


def _brand() -> QWidget:
    layout: QHBoxLayout = row(IconView("route", "accent", 24), Label("Färdplan", "brand"), None, gap=10)
    layout.setContentsMargins(Look.of_application().px(12), 0, 0, 0)
    brand = holder(layout, name="brand")
    brand.setFixedHeight(Look.of_application().px(56))
    return brand
