"""Sammanställning: the members added up, with what every number rests on."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import MUNICIPALITIES
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.services import compilation, lineage, lineage_words
from fardplan_desktop.services.compilation import Against, Comparison, Compilation
from fardplan_desktop.services.lineage import Trail
from fardplan_desktop.ui.compilation.figure_table import FigureTable, Opens
from fardplan_desktop.ui.compilation.joint_view import JointView
from fardplan_desktop.ui.compilation.lines import (
    BEFORE,
    NOW,
    YEAR_AGO,
    Table,
    measure_table,
    members_table,
    rates_table,
    sums_table,
)
from fardplan_desktop.ui.compilation.origin_desk import OriginDesk
from fardplan_desktop.ui.compilation.same_set_lines import SAME_NOW, SAME_THEN, same_set_table, told
from fardplan_desktop.ui.compilation.tallies_view import TalliesView
from fardplan_desktop.ui.compilation.tools import ALL, JOINT, MEMBERS, RATES, SUMS, TALLIES, Tools
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import Faces, column, holder
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.side_panel import WithSidePanel
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width


class _Found(msgspec.Struct, frozen=True):
    comparison: Comparison
    trail: Trail


class CompilationPage(Page):
    """``go("compilation", measure="SIP08")`` opens with that measure chosen, ``joint=True`` with joint activities."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._workplace = session.workplace
        self._book = session.workplace.codebook
        self._found: _Found | None = None
        self._compiled: dict[str, Compilation] = {}
        self._asked = 0
        self._wanted = ""
        self._focus_wanted = False
        self._copy = Button("Kopiera tabellen", "primary", icon="copy", name="copy_table", on_click=self._copy_table)
        coverage = Button(
            "Inlämningsläge", icon="grid-3x3", name="go_coverage", on_click=lambda: context.go("coverage")
        )
        self._head = PageHead("Sammanställning", "Kommunernas tal räknas ihop.", coverage, self._copy)
        self._tools = Tools(self._book, self.context.look)
        self._tools.changed.connect(self._show)
        self._make_views()
        # Large text in a small window: the page scrolls before the table gets too low to read in.
        self._scroll = ScrollPage(name="compilation_scroll", gap=12)
        self._scroll.content.addWidget(self._head)
        self._scroll.content.addWidget(self._tools)
        self._scroll.content.addWidget(self._body, 1)
        self.setLayout(column(self._scroll))
        self.set_width(Width.NORMAL)
        self._show()

    def _make_views(self) -> None:
        self._sums = FigureTable("Summor", name="sums_table")
        self._members = FigureTable("Per kommun", name="members_table")
        self._rates = FigureTable("Per 1 000 invånare", name="rates_table")
        self._tallies = TalliesView(self._book)
        for table in (self._sums, self._members, self._rates):
            table.cell_chosen.connect(self._show_origin)
            table.clicked.connect(lambda _index: self._open_origin())
            table.opened.connect(lambda _row: self._enter_origin())
        self._tallies.chosen.connect(lambda wanted: self._show_wanted(Opens(NOW, wanted)))
        self._tallies.opened.connect(self._enter_origin)
        self._origin = OriginDesk(self.context, self._workplace).panel
        self._origin.close_button.clicked.connect(lambda _checked=False: self._leave_origin())
        self._origin.left.connect(self._leave_origin)
        faces = Faces()
        work = holder(faces)  # first of all: a face put in without a parent would show as a window
        self._split = WithSidePanel(work, self._origin, name="compilation_split", beside=340, over=self)
        shortcut(self._split, "F4", lineage_words.QUESTION, self._enter_origin, only_inside=True)
        self._intake = Button(
            "Ta emot paket", "primary", name="compilation_intake", on_click=partial(self.context.go, "intake")
        )
        self._empty = EmptyState("sigma", _NOTHING, self._intake, name="compilation_empty")
        self._views_stack, self._stack = faces, Faces()
        self._body = holder(self._stack)
        self._body.setMinimumHeight(self.context.look.px(_LEAST_HEIGHT))
        self._joint = JointView(self.context, self._session)
        for face in (self._split, self._empty, self._joint):
            self._stack.addWidget(face)
        self._faces = {
            SUMS: _carded(self._sums),
            MEMBERS: _carded(self._members),
            RATES: _carded(self._rates),
            TALLIES: self._tallies,
        }
        for shown in self._faces.values():
            faces.addWidget(shown)

    # -- what the shell calls -----------------------------------------------------------------

    @override
    def arrive(self, **argument: object) -> None:
        self._wanted = str(argument.get("measure") or "")
        if argument.get("joint"):
            self._tools.choose(JOINT)
        self._load()

    @override
    def refresh(self, change: object = None) -> None:
        """Hidden, it reads when it is shown again."""
        if self.isVisible():
            self._load()

    @override
    def set_period(self, period: str) -> None:
        self.refresh()

    @override
    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)
        self._split.set_width(width)
        self._tallies.arrange(width)
        for table in (self._sums, self._members, self._rates):
            table.set_tight(width < Width.NORMAL)
        self._show_tools()

    @override
    def focus_work(self) -> None:
        """What is not read yet gets the focus when it is there."""
        self._focus_wanted = self._found is None
        self._table_shown().setFocus()

    @override
    def print_view(self) -> bool:
        if self._tools.view == JOINT:
            self._joint.print_matrix()
        return self._tools.view == JOINT

    # -- reading ------------------------------------------------------------------------------

    def _load(self) -> None:
        self._asked += 1
        workplace, period = self._workplace, self._session.period
        self.context.jobs.read(
            lambda _work: _Found(compilation.compare(workplace, period=period), lineage.trail(workplace)),
            partial(self._loaded, self._asked),
            title="Räknar ihop perioden",
        )

    def _loaded(self, asked: int, found: _Found) -> None:
        if asked != self._asked:
            return  # A later reading is on its way.
        self._found, comparison = found, found.comparison
        self._compiled = {NOW: comparison.now, BEFORE: comparison.before, YEAR_AGO: comparison.year_ago}
        self._show()
        if self._wanted:
            self._choose(self._wanted)
            self._wanted = ""
        if self._focus_wanted and self.isVisible():
            self.focus_work()

    # -- what is shown ------------------------------------------------------------------------

    def _show(self) -> None:
        found = self._found
        received = found.comparison.now.received if found else ()
        view = self._tools.view
        joint = view == JOINT  # Answers hold from period to period, so they are there when no package is.
        self._stack.setCurrentWidget(self._joint if joint else self._split if received else self._empty)
        self._views_stack.setCurrentWidget(self._faces.get(view, self._tallies))
        self._show_tools()
        self._tools.setVisible(found is not None)
        self._copy.setVisible(bool(received) or joint)
        empty = found is not None and not received and not joint
        self._empty.setVisible(empty)
        height = QSizePolicy.Policy.Preferred if empty else QSizePolicy.Policy.Ignored  # It asks for no room unseen.
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self._head.say(_sentence(self._book, found.comparison) if found else "Kommunernas tal räknas ihop.")
        if joint:
            self._joint.read()
        elif found is not None and received:
            self._fill(view, found)

    def _fill(self, view: str, found: _Found) -> None:
        if view == SUMS:
            _fill(self._sums, self._sums_content(found.comparison), 250)
        elif view == MEMBERS:
            one = self._tools.measure.key
            table = (
                members_table(self._book, found.comparison)
                if one == ALL
                else measure_table(self._book, found.comparison, one)
            )
            _fill(self._members, table, 190)
        elif view == RATES:
            rates = compilation.rates(self._workplace, compiled=found.comparison.now, measure=self._tools.rate.key)
            _fill(self._rates, rates_table(self._book, found.comparison.now, rates, self._tools.rate.key), 190)
        else:
            self._tallies.show_compilation(found.comparison.now)
        self._show_origin()

    def _sums_content(self, found: Comparison) -> Table:
        """Over everyone, or over the same set when that is asked for."""
        breakdowns, against = self._tools.breakdowns.isChecked(), Against(self._tools.against.key)
        if not self._tools.same.isChecked():
            return sums_table(self._book, found, breakdowns=breakdowns)
        same = compilation.same_set(self._workplace, found=found, against=against)
        self._compiled |= {SAME_NOW: same.now, SAME_THEN: same.then}
        self._tools.same_told.setText(told(same, against))
        return same_set_table(self._book, same, breakdowns=breakdowns)

    def _show_tools(self) -> None:
        self._tools.dress()
        self._origin.close_button.setVisible(self._split.floating)

    def _table_shown(self) -> QWidget:
        if self._tools.view == JOINT:
            return self._joint.table
        if self._found is not None and not self._found.comparison.now.received:
            return self._intake
        tables = {SUMS: self._sums, MEMBERS: self._members, RATES: self._rates}
        return tables.get(self._tools.view, self._tools.views)

    def _choose(self, measure: str) -> None:
        keys = [line.key for line in self._sums.lines]
        wanted = ("figure", measure, "", "")
        if wanted in keys:
            self._sums.selectRow(keys.index(wanted))

    # -- where a figure comes from ------------------------------------------------------------

    def _show_origin(self) -> None:
        table = self._table_shown()
        opens = table.opens if isinstance(table, FigureTable) else None
        if opens is not None:
            self._show_wanted(opens)
        elif not (isinstance(table, FigureTable) and table.currentIndex().isValid()):
            self._origin.show_nothing()  # What was chosen in another view does not belong to this one.

    def _show_wanted(self, opens: Opens) -> None:
        if self._found is None:
            return
        opened = lineage.origin(
            self._workplace, compiled=self._compiled[opens.side], trail=self._found.trail, wanted=opens.wanted
        )
        if opens.side in (SAME_NOW, SAME_THEN):
            opened = msgspec.structs.replace(opened, note=f"{_ONLY_BOTH} {opened.note}".strip())
        self._origin.show_origin(opened, opens.member)

    def _open_origin(self) -> None:
        """A click shows it, over the page when there is no room beside."""
        if self._split.floating:
            self._split.open_panel()

    def _enter_origin(self) -> None:
        """By keyboard one goes into it, and back with Esc."""
        self._show_origin()
        self._split.open_panel()
        self._origin.take_focus()

    def _leave_origin(self) -> None:
        self._split.close_panel()
        table = self._table_shown()
        if table is self._tools.views:
            self._tallies.take_focus()
        else:
            table.setFocus()

    def _copy_table(self) -> None:
        table = self._table_shown()
        whole = self._joint if self._tools.view == JOINT else self._tallies
        text = table.as_text() if isinstance(table, FigureTable) else whole.as_text()
        QGuiApplication.clipboard().setText(text)
        self.context.messages.receipt("Tabellen är kopierad och kan klistras in i Excel", icon="copy")


_MOST_NAMED = 5
_LEAST_HEIGHT = 200
"""Of the table, in design px: its head and four rows."""
_ONLY_BOTH = "Bara de kommuner som har uppgift i båda perioderna."
_NOTHING = "Inga paket är inlästa för perioden. När kommunernas paket har lästs in räknas de ihop här."


def _sentence(book: CodeBook, found: Comparison) -> str:
    now = found.now
    delivered = numbers_sv.of(len(now.received), len(now.members), MUNICIPALITIES)
    text = f"{now.period.name.capitalize()}: {delivered} har lämnat in{_unchecked(now)}."
    text += _division(book, found)
    missing = sorted((each.short for each in now.missing), key=numbers_sv.sort_key)
    if not missing or not now.received or (len(missing) > _MOST_NAMED and _unchecked(now)):
        return text
    rest = f" och {len(missing) - _MOST_NAMED} till" if len(missing) > _MOST_NAMED else ""
    return f"{text} Saknas: {', '.join(missing[:_MOST_NAMED])}{rest}."


def _unchecked(now: Compilation) -> str:
    """What the county cannot answer for itself; empty when there is nothing such."""
    totals = f", {len(now.unchecked)} endast i summor" if now.unchecked else ""
    return totals + (f", {len(now.vouched_for)} med sigill som ni inte har kontrollerat" if now.vouched_for else "")


def _fill(table: FigureTable, content: Table, least: int) -> None:
    table.set_lines(content.columns, content.lines, least=least)


def _carded(table: QWidget) -> Card:
    card = Card(gap=0, margins=(1, 1, 1, 1))
    card.pieces.addWidget(table, 1)
    return card


def _division(book: CodeBook, found: Comparison) -> str:
    """A delregion's earlier periods that are shown with the division of a later day."""
    periods = (found.now.period, found.before.period, found.year_ago.period)
    noted = [each for each in periods if book.division_note(each.end)]
    if not noted or found.now.organisation.level is not Level.DELREGION:
        return ""
    return f" {', '.join(each.name for each in noted).capitalize()}: {book.division_note(noted[0].end)}."
