"""The main window. It is given pages, facts and callables, and tells what the user asks for by signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget
from typing_extensions import override

from fardplan_desktop.ui.jobs.progress_view import ProgressView
from fardplan_desktop.ui.jobs.runner import Jobs
from fardplan_desktop.ui.messages.door import Messages, Receipt
from fardplan_desktop.ui.messages.problem_bar import ProblemBar
from fardplan_desktop.ui.page import Page, PageContext, PageSpec
from fardplan_desktop.ui.parts.card import Line
from fardplan_desktop.ui.parts.drop_area import local_paths
from fardplan_desktop.ui.parts.guarded import not_saved, withheld_in
from fardplan_desktop.ui.parts.keys import keys_sheet, shortcut
from fardplan_desktop.ui.parts.layouts import column, holder
from fardplan_desktop.ui.parts.responsive import WidthWatch
from fardplan_desktop.ui.parts.work_line import WorkLine
from fardplan_desktop.ui.shell.facts import Action, Find, Hit, ShellFacts, find_nothing
from fardplan_desktop.ui.shell.header import Header
from fardplan_desktop.ui.shell.page_stack import PageStack
from fardplan_desktop.ui.shell.palette import SearchPalette
from fardplan_desktop.ui.shell.rail import Rail
from fardplan_desktop.ui.shell.status_line import StatusLine
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

_RECENT: Final = 4
SMALLEST: Final = (640, 480)


class MainWindow(QMainWindow):
    """Rail, header, work line, problems, page and status line.

    Make it, then ``set_pages``, ``show_facts`` and ``go``. A change of the text factor builds everything anew:
    pages are made again by their factories.
    """

    undo_asked = Signal()
    redo_asked = Signal()
    period_chosen = Signal(str)
    page_shown = Signal(str)
    files_dropped = Signal(list)
    """Paths that were let go where no page takes files of its own."""

    def __init__(self, *, find: Find = find_nothing, version: str = "") -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("Färdplan")
        self.setMinimumSize(*SMALLEST)
        self.messages = Messages(self, version=version)
        self.jobs = Jobs(self.messages.failure, self)
        self._find = find
        self._specs: tuple[PageSpec, ...] = ()
        self._actions: tuple[Action, ...] = ()
        self._settings: tuple[Hit, ...] = ()
        self._recent: list[Hit] = []
        self._facts = ShellFacts()
        self._counts: dict[str, int] = {}
        self._closing = self._closed = False
        self.setAcceptDrops(True)
        self._progress: ProgressView | None = None
        self._look = Look.of_application()
        self._factor = self._look.metrics.factor
        self._watch = WidthWatch(self)
        self._build()
        self._watch.changed.connect(self._set_width)
        self._look.changed.connect(self._look_changed)
        self.messages.receipt_given.connect(self._show_receipt)
        self.messages.problem_met.connect(lambda error: self._problems.show_problem(error))
        self.jobs.writes_ended.connect(self._writes_ended)

    def set_pages(self, specs: Sequence[PageSpec], actions: Sequence[Action] = ()) -> None:
        """The places of the rail, top to bottom, and what can be done from anywhere."""
        self._specs, self._actions = tuple(specs), tuple(actions)
        self._build()

    def show_facts(self, facts: ShellFacts) -> None:
        self._facts = facts
        self._header.show_facts(facts)
        self._status.show_facts(facts)
        self._stack.set_period(facts.period)
        self.setWindowTitle(f"{facts.organisation} – Färdplan" if facts.organisation else "Färdplan")

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Badges of the rail: page name → things to do."""
        self._counts = dict(counts)
        self._rail.show_counts(self._counts)

    def go(self, name: str, /, **argument: object) -> None:
        """Show a page, with arguments for it. A text that was not saved stays in its field, and that is said."""
        left = self.current_page
        waiting = withheld_in(left) if left is not None else []
        self._stack.go(name, **argument)
        if waiting and left is not self.current_page:
            self.messages.receipt(not_saved(waiting[0]), icon="circle-alert")

    def refresh(self, change: object = None) -> None:
        """Stored data have changed: every page that has been made is told."""
        self._stack.refresh(change)

    def renew_pages(self) -> None:
        """What the pages were made of is another now: they are made anew, none while something in it is half done."""
        self._stack.renew()

    @property
    def current_page(self) -> Page | None:
        return self._stack.current

    @property
    def page_names(self) -> list[str]:
        """Every page of the rail, in its order."""
        return [spec.name for spec in self._specs]

    @property
    def width_class(self) -> Width:
        return self._watch.width

    def _build(self) -> None:
        """Make the frame anew from what is known."""
        self._rail = Rail(self._specs)
        self._header = Header()
        self._work = WorkLine()
        self._problems = ProblemBar()
        self._stack = PageStack(self._specs, self._make_page)
        self._status = StatusLine()
        if self._progress is None:
            self._progress = ProgressView(self.jobs, self._work)
        self._progress.show_on(self._work)
        right = column(self._header, Line(), self._work, self._problems, self._stack, Line(), self._status, gap=0)
        right.setStretchFactor(self._stack, 1)
        self._rail_edge = Line(standing=True)
        whole = QHBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for piece in (self._rail, self._rail_edge):
            whole.addWidget(piece)
        whole.addLayout(right, 1)
        root = holder(whole, "canvas", "root")
        self._wire(root)
        before = self.takeCentralWidget()
        if before is not None:
            before.hide()  # its shortcuts must be silent at once
            before.deleteLater()
        self.setCentralWidget(root)
        root.show()
        self._make_palette(root)
        self._set_width(self._watch.width)
        self.show_facts(self._facts)
        self.show_counts(self._counts)

    def _wire(self, root: QWidget) -> None:
        self._rail.chosen.connect(self.go)
        self._rail.help_asked.connect(self._show_keys)
        self._stack.shown.connect(self._rail.show_current)
        self._stack.shown.connect(self.page_shown)
        self._header.period_chosen.connect(self.period_chosen)
        self._header.search_asked.connect(self._search)
        self._header.undo_asked.connect(self.undo_asked)
        self._header.redo_asked.connect(self.redo_asked)
        self._header.menu_asked.connect(self._open_menu)
        shortcut(root, "F1", "Visa tangenterna", self._show_keys)
        shortcut(root, "Ctrl+K", "Sök eller gå till", self._search)
        shortcut(root, "Ctrl+Z", "Ångra", self.undo_asked.emit)
        shortcut(root, "Ctrl+Y", "Gör om", self.redo_asked.emit)
        shortcut(root, "Ctrl+S", "Visa att allt är sparat", self._say_saved)
        shortcut(root, "Ctrl+P", "Skriv ut det som visas", self._print)
        for number, spec in enumerate(self._specs[:9], start=1):
            shortcut(root, f"Alt+{number}", f"Gå till {spec.title}", partial(self.go, spec.name))
        for action in self._actions:
            if action.keys:
                shortcut(root, action.keys, action.words, action.act)

    def _make_page(self, spec: PageSpec) -> Page:
        context = PageContext(spec.name, spec.title, spec.icon, self._look, self.messages, self.jobs, self.go)
        return spec.make(context)

    def _set_width(self, width: Width) -> None:
        self._rail_edge.setVisible(width > Width.NARROW)
        for part in (self._rail, self._header, self._stack, self._status):
            part.set_width(width)

    def _look_changed(self) -> None:
        if self._look.metrics.factor == self._factor:
            return
        self._factor = self._look.metrics.factor
        page = self.current_page
        self._watch.look_again()
        self._build()
        if page is not None:
            self.go(page.name)

    def _show_receipt(self, receipt: Receipt) -> None:
        self._status.receipt.show_receipt(receipt.text, receipt.undo, receipt.icon)

    def _say_saved(self) -> None:
        self.messages.receipt("Allt är redan sparat")

    def _print(self) -> None:
        page = self.current_page
        if page is None or not page.print_view():
            self.messages.receipt("Den här sidan skrivs ut under Mötesunderlag", icon="printer")

    def _show_keys(self) -> None:
        keys_sheet(self)

    def _open_menu(self) -> None:
        button = self._header.menu_button
        self._rail.menu(self).popup(button.mapToGlobal(button.rect().bottomLeft()))

    def search_in(self, find: Find, settings: Sequence[Hit] = ()) -> None:
        """Where Ctrl+K looks for records, and what else it knows of than pages and things to do."""
        self._find, self._settings, self._recent = find, tuple(settings), []
        self._palette.deleteLater()
        self._make_palette(self._root)

    def _make_palette(self, root: QWidget) -> None:
        self._root = root
        self._palette = SearchPalette(root, self._find)
        self._palette.taken.connect(self._remember)

    def _remember(self, hit: Hit) -> None:
        """The latest first, each once."""
        rest = [each for each in self._recent if (each.words, each.detail) != (hit.words, hit.detail)]
        self._recent = [hit, *rest][:_RECENT]

    def _search(self) -> None:
        pages = [Hit(spec.title, "Sida", spec.icon, partial(self.go, spec.name)) for spec in self._specs]
        acts = [Hit(action.words, action.keys or "Åtgärd", action.icon, action.act) for action in self._actions]
        self._palette.open([*pages, *acts, *self._settings], self._recent)

    def _writes_ended(self) -> None:
        if self._closing:
            self.close()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._palette.isVisible():
            self._palette.place()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(local_paths(event.mimeData()))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for writes that are on their way; the window closes by itself when they are done."""
        page, field = self.current_page, self.focusWidget()
        if page is not None and not self._closing:
            page.leave()
            if field is not None:
                field.clearFocus()  # A field saves itself on leaving; later would be after the last write.
        if self.jobs.writing:
            self._closing = True
            self.messages.receipt("Sparar det sista, fönstret stängs strax", icon="hard-drive")
            event.ignore()
            return
        self.jobs.close()
        if not self._closed:
            self._closed = True  # Closing may be asked for again; a closed window is not built anew.
            self._look.changed.disconnect(self._look_changed)
        super().closeEvent(event)
