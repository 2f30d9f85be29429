"""The head of the page: how the period stands, which measures and values are shown, and how much is filled in."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import PeriodType
from fardplan_desktop.services.count_grid import CountGrid
from fardplan_desktop.ui.counts.grid_words import WHOLE_WORDS
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.parts.work_line import ProgressBar
from fardplan_desktop.ui.theme.metrics import Width

_ALL: Final = "all"
_WHOLE: Final = "whole"


class CountsHead(QWidget):
    """``view_changed`` when other measures or values are to be shown."""

    view_changed = Signal()
    panel_asked = Signal()
    paste_asked = Signal()
    report_asked = Signal()
    ask_asked = Signal()

    def __init__(self, book: CodeBook) -> None:
        super().__init__()
        self._roomy, self._narrow, self._back = True, False, False
        whole = WHOLE_WORDS.get(book.reporting.type, "Hela perioden")
        self._choices: dict[str, tuple[tuple[str, str], ...]] = {
            "choose_measures": (("obligatory", "Obligatoriska mått"), (_ALL, f"Alla {len(book.measures)} mått")),
            "choose_span": (("months", "Månad för månad"), (_WHOLE, whole)),
        }
        self.measures, self.span = (
            Segments(options, label=label, name=name)
            for (name, options), label in zip(self._choices.items(), ("Mått", "Antal för"), strict=True)
        )
        self._by_month = book.reporting.type is PeriodType.MONTH
        if self._by_month:
            self.span.hide()
        self._make_buttons()
        self._bar = ProgressBar()
        self._filled = Label("", "side", "text2", name="filled")
        self._tools = holder(row(self.measures, self.span, None, self._bar, 4, self._filled, gap=16))
        self.setLayout(column(self._words, self._tools, gap=12))
        self.measures.chosen.connect(lambda _key: self.view_changed.emit())
        self.span.chosen.connect(lambda _key: self.view_changed.emit())

    def _make_buttons(self) -> None:
        self.view_button = Button("Visa", icon="sliders-horizontal", name="choose_view", on_click=self._open_menu)
        self.panel_button = Button("Definition", icon="panel-right", name="open_panel", on_click=self.panel_asked.emit)
        self.paste_button = Button(
            "Klistra in från Excel", icon="clipboard-paste", name="paste_excel", on_click=self.paste_asked.emit
        )
        self.report_button = Button("Rapportera", "primary", name="report_period", on_click=self.report_asked.emit)
        self.ask_button = Button("Fråga ansvariga", icon="users", name="ask_colleagues", on_click=self.ask_asked.emit)
        buttons = (self.view_button, self.panel_button, self.ask_button, self.paste_button, self.report_button)
        self._words = PageHead("SIP-uppföljning", "", *buttons)

    @property
    def all_measures(self) -> bool:
        return self.measures.current == _ALL

    @property
    def whole(self) -> bool:
        """The period's own values are entered, not the months'."""
        return self.span.current == _WHOLE

    def choose(self, *, all_measures: bool | None = None, whole: bool | None = None) -> bool:
        """Choose without telling; True when something else is to be shown now."""
        before = self.all_measures, self.whole
        if all_measures is not None:
            self.measures.choose(_ALL if all_measures else "obligatory")
        if whole is not None:
            self.span.choose(_WHOLE if whole else "months")
        return before != (self.all_measures, self.whole)

    def show_way_back(self, back: bool) -> None:
        """Whether one came here from Rapportera, to put something right."""
        self._back = back

    def say(self, grid: CountGrid, words: str) -> None:
        """``words``: how the period stands. In narrow windows how much is filled in stands there instead."""
        progress = grid.progress(whole=self.whole)
        filled = f"{progress.filled} av {progress.of} rutor ifyllda"
        self._words.say(words if self._roomy else filled)
        self._filled.setText(filled)
        self._bar.show_share(progress.filled / progress.of if progress.of else 1.0)
        asked = f"Rapportera {grid.period.name.removesuffix(f' {grid.period.year}')}"
        if self._back:
            asked = "Tillbaka till Rapportera" if self._roomy else "Tillbaka"
        self.report_button.setText("Visa det inskickade" if grid.locked else asked)

    def set_width(self, width: Width, *, floating: bool) -> None:
        """``floating``: the definition lies over the page and needs a button."""
        self._roomy, self._narrow = width >= Width.NORMAL, width is Width.NARROW
        self._tools.setVisible(self._roomy)
        self.view_button.setVisible(not self._roomy)
        self.view_button.setText("Mer" if self._narrow else "Visa")
        self.panel_button.setVisible(floating and not self._narrow)
        self.ask_button.setVisible(self._roomy)
        self.paste_button.setVisible(not self._narrow)
        self.paste_button.setText("Klistra in från Excel" if self._roomy else "Klistra in")

    def menu(self) -> QMenu:
        """The choices that have a line of their own in wider windows, and what has a button where there is room."""
        menu = QMenu(self.view_button)
        menu.setObjectName("view_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Fråga ansvariga", self.ask_asked.emit)
        menu.addSeparator()
        if self._narrow:
            menu.addAction("Definition", self.panel_asked.emit)
            menu.addAction("Klistra in från Excel", self.paste_asked.emit)
            menu.addSeparator()
        for segments in (self.measures,) if self._by_month else (self.measures, self.span):
            for key, words in self._choices[segments.objectName()]:
                action = menu.addAction(words, partial(self._pick, segments, key))
                action.setCheckable(True)
                action.setChecked(key == segments.current)
            menu.addSeparator()
        return menu

    def _open_menu(self) -> None:
        self.menu().popup(self.view_button.mapToGlobal(self.view_button.rect().bottomLeft()))

    def _pick(self, segments: Segments, key: str) -> None:
        segments.choose(key)
        self.view_changed.emit()
