"""From a pasted text or a file to the store: recognised, shown, and taken in when the user says so.

Shared by the pages that take tables, so that a table is treated alike wherever it is let go.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.tabular import TableContent, TableKind
from fardplan_desktop.services import answers, counts, intake, sheets_in, tables_in
from fardplan_desktop.services.sheets_in import Proposal
from fardplan_desktop.services.tables_in import Import
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.jobs.runner import Jobs
from fardplan_desktop.ui.page import Go
from fardplan_desktop.ui.parts.dash_question import ask_about_dashes
from fardplan_desktop.ui.parts.sheet_preview import SheetPreview
from fardplan_desktop.ui.parts.table_preview import TablePreview
from fardplan_desktop.ui.session import Session

Taken = Callable[[Change], object]


def clipboard_table() -> str:
    """The text on the clipboard. Raises InputProblem when it is no block of rows."""
    text = QGuiApplication.clipboard().text()
    if "\n" not in text.strip():
        raise InputProblem(
            "Det finns ingen tabell att klistra in.",
            "",
            "Markera tabellen med sina rubriker i Excel, tryck Ctrl+C och klistra in igen.",
        )
    return text


def pasted_kind(session: Session) -> TableKind:
    """What the clipboard holds, by its content: counts or deviations, or else a plan. Raises as ``clipboard_table``."""
    return sheets_in.kind_of(session.workplace, text=clipboard_table()) or TableKind.ACTIVITIES


def offer_pasted(
    session: Session,
    kind: TableKind,
    parent: QWidget,
    taken: Taken | None = None,
    *,
    refused: Callable[[WorldError], object],
) -> None:
    """Show what the clipboard's table was understood as. Raises the world error that stops it.

    Lone dashes in a table of our own are asked about first; what stops it after the answer goes to ``refused``.
    """
    text = clipboard_table()

    def look(dash: str) -> None:
        show(session, sheets_in.open_pasted(session.workplace, text=text, kind=kind, dash=dash), parent, taken)

    def answered(dash: str) -> None:
        try:
            look(dash)
        except WorldError as error:
            refused(error)

    try:
        look("")
    except sheets_in.DashesInside:
        ask_about_dashes(parent.window(), answered)


def paste(session: Session, kind: TableKind, parent: QWidget, problem: Callable[[WorldError], object]) -> None:
    """Ctrl+V on a page: ``offer_pasted``, with whatever stops it told by ``problem``."""
    try:
        offer_pasted(session, kind, parent, refused=problem)
    except WorldError as error:
        problem(error)


def offer_file(
    session: Session, jobs: Jobs, path: Path, kind: TableKind, parent: QWidget, taken: Taken | None = None
) -> None:
    """The same for a file, which is read beside the window; what is wrong with it is told in the problem bar."""
    workplace = session.workplace
    jobs.read(
        lambda _work: sheets_in.open_file(workplace, path=path, kind=kind),
        lambda found: show(session, found, parent, taken),
        title=f"Läser {path.name}",
    )


def offer_dropped(session: Session, jobs: Jobs, paths: Sequence[Path], parent: QWidget, go: Go) -> None:
    """Files let go on the window: what is sealed, an answer from a colleague, or a table, each at its own page.

    The one judge. Of tables and answers the first is taken.
    """
    workplace, path = session.workplace, paths[0]

    def judged(kind: TableKind | Literal["sealed"] | None) -> None:
        if kind == "sealed":
            go("intake", files=list(paths))
        elif kind is None:
            go("inquiries", answers=[path])
        else:
            go(kind.value)
            offer_file(session, jobs, path, kind, parent)

    jobs.read(lambda _work: _judged(workplace, path), judged, title=f"Läser {path.name}")


def _judged(workplace: Workplace, path: Path) -> TableKind | Literal["sealed"] | None:
    """What kind of table a file is, or that it is sealed or a folder of such; None for an answer from a colleague.

    Raises InputProblem for what is none of these.
    """
    if intake.is_sealed(path):
        return "sealed"
    if workplace.level is Level.MUNICIPALITY and answers.is_answer(path):
        return None
    kind = sheets_in.kind_of(workplace, path=path)
    if kind is TableKind.COUNTS and workplace.level is not Level.MUNICIPALITY:
        raise InputProblem(f"{path.name} är antal.", "Ett kontor för inga egna antal.", "Låt kommunen läsa in filen.")
    if kind is None:
        raise InputProblem(
            f"{path.name} känns inte igen.",
            "Den har varken aktiviteter, antal eller avvikelser med rubriker.",
            "Ta med rubrikerna, eller släpp filen på den sida där den hör hemma.",
        )
    return kind


def show(session: Session, found: Import | Proposal, parent: QWidget, taken: Taken | None = None) -> None:
    """Open the preview of a table of our own, or of a sheet of another make."""
    if isinstance(found, Proposal):
        _Offer(session, found, parent, taken)
    else:
        offer(session, found, parent, taken)


def offer(session: Session, found: Import, parent: QWidget, taken: Taken | None = None) -> TablePreview:
    """Open the preview; what it shows is stored when the user takes it in, and ``taken`` is told."""
    preview = TablePreview(
        found.content, session.workplace.codebook, parent.window(), outcome=outcome_words(session.workplace, found)
    )
    act = partial(_take, session.workplace, found.content)
    preview.accepted.connect(lambda: session.change(act, done=taken))
    preview.open()
    return preview


def outcome_words(workplace: Workplace, found: Import) -> str:
    """``4 nya, 2 ändrade, 0 oförändrade.`` and what stands at another length of period and would be replaced."""
    words = f"{found.new} nya, {found.replaced} ändrade, {found.unchanged} oförändrade."
    if not found.clashes:
        return words
    return f"{words} {counts.clash_words(workplace.codebook, found.clashes)} Det ersätts."


def _take(workplace: Workplace, content: TableContent) -> Change:
    """What it replaces has been shown."""
    change = tables_in.take_in(workplace, content=content, replace=True).change
    assert change is not None, "only a dry run changes nothing"
    return change


class _Offer(QObject):
    """A proposal and its preview. Answers are reckoned beside the window, and the latest one shows."""

    def __init__(self, session: Session, proposal: Proposal, parent: QWidget, taken: Taken | None) -> None:
        preview = SheetPreview(proposal.understood, parent.window())
        super().__init__(preview)  # lives as long as it
        self._session, self._proposal, self._taken = session, proposal, taken
        self._choices: dict[str, str] = {}
        self._closed = False
        self._preview = preview
        preview.show_understanding(proposal.understood, self._outcome())
        self._preview.finished.connect(self._close)
        self._preview.answered.connect(self._answer)
        self._preview.accepted.connect(self._store)
        self._preview.open()

    def _answer(self, choices: dict[str, str]) -> None:
        self._choices |= choices
        all_of_them = dict(self._choices)
        act = partial(sheets_in.answer, self._session.workplace, proposal=self._proposal, choices=all_of_them)
        self._session.read(act, partial(self._show, all_of_them))

    def _show(self, choices: dict[str, str], proposal: Proposal) -> None:
        if choices == self._choices and not self._closed:
            self._proposal = proposal
            self._preview.show_understanding(proposal.understood, self._outcome())

    def _store(self) -> None:
        act = partial(sheets_in.take_in, self._session.workplace, proposal=self._proposal, replace=True)
        self._session.change(act, done=self._taken)

    def _close(self, _result: int) -> None:
        self._closed = True

    def _outcome(self) -> str:
        found = self._proposal.outcome
        return "" if found is None else outcome_words(self._session.workplace, found)
