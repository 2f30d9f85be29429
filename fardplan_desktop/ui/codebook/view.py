"""A list of sections beside the table of the chosen one; in a narrow window a choice above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from fardplan_desktop.ui.codebook.forms import Deed
from fardplan_desktop.ui.codebook.sections import Section
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

_LIST_WIDTH = 290
_MOST = 500
"""Rows; the page scrolls, never the table."""
Shown = tuple[Section, tuple[Deed, ...]]


class SectionView(QWidget):
    """``do`` is told which deed was asked for, and the id of the chosen row ("" for none)."""

    def __init__(self, do: Callable[[Deed, str], object]) -> None:
        super().__init__()
        self._do = do
        self._shown: list[Shown] = []
        self._key = ""
        self._list = TextTable(
            "Delar av mått och listor", (Column("Del", 0), Column("Antal", 62, figures=True)), name="codebook_sections",
            most=_MOST, least=120, tight=True,
        )  # fmt: skip
        self._list.row_chosen.connect(self._chosen)
        self._choice = Combo([("", "")], name="codebook_choice")
        self._choice.picked.connect(self.choose)
        self._choice_field = Field("Visa", self._choice)
        self._heading = Label("", "card_title", name="codebook_heading", wrap=True)
        self._buttons = FlowLayout()
        self._verbs = holder(self._buttons)
        self._table = TextTable("Mått och listor", (Column("", 0),), name="codebook_table", most=_MOST)
        self._table.row_chosen.connect(lambda _row: self._allow())
        right = holder(column(self._choice_field, self._heading, self._verbs, self._table, None, gap=10))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Look.of_application().px(16))
        self._left = holder(column(self._list, None, gap=0))
        self._grid.addWidget(self._left, 0, 0)
        self._grid.addWidget(right, 0, 1)
        self._grid.setColumnStretch(1, 1)
        self._list.setFixedWidth(Look.of_application().px(_LIST_WIDTH))

    def show_sections(self, shown: Sequence[Shown]) -> None:
        """These; the one that was chosen stays so while it is there."""
        self._shown = list(shown)
        self._list.show_rows([(each.label, str(len(each.rows))) for each, _ in shown])
        self._choice.set_options([(each.key, f"{each.label} ({len(each.rows)})") for each, _ in shown])
        known = [each.key for each, _ in shown]
        self.choose(self._key if self._key in known else known[0])

    def choose(self, key: str) -> None:
        """Show this section; one that is not there is passed over."""
        at = next((at for at, (each, _) in enumerate(self._shown) if each.key == key), None)
        if at is None:
            return
        self._key = key
        self._choice.choose(key)
        self._list.selectRow(at)
        section, deeds = self._shown[at]
        self._heading.setText(section.label)
        self._table.show_rows([texts for _, texts in section.rows], section.columns)
        self._table.setAccessibleName(section.label)
        clear(self._buttons)
        for deed in deeds:
            self._buttons.addWidget(
                Button(deed.words, "quiet", name=f"deed_{deed.name}", on_click=partial(self._ask, deed))
            )
        self._verbs.setVisible(bool(deeds))
        self._allow()

    def set_width(self, width: Width) -> None:
        narrow = width is Width.NARROW
        self._left.setVisible(not narrow)
        self._choice_field.setVisible(narrow)

    def take_focus(self) -> None:
        (self._choice if self._left.isHidden() else self._list).setFocus()

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self._shown) and self._shown[row][0].key != self._key:
            self.choose(self._shown[row][0].key)

    def _ask(self, deed: Deed) -> None:
        self._do(deed, self._row())

    def _row(self) -> str:
        section = next(each for each, _ in self._shown if each.key == self._key)
        at = self._table.currentIndex().row()
        return section.rows[at][0] if 0 <= at < len(section.rows) else ""

    def _allow(self) -> None:
        """What is about a row can be asked for when one is chosen."""
        _, deeds = next(pair for pair in self._shown if pair[0].key == self._key)
        for deed in deeds:
            button = self._verbs.findChild(Button, f"deed_{deed.name}")
            if button is not None:
                button.setEnabled(not deed.of_row or bool(self._row()))
