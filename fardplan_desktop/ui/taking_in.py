"""From a pasted text or a file to the store: recognised, shown, and taken in when the user says so.

Shared by the pages that take tables, so that a table is treated alike wherever it is let go.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.tabular import TableContent, TableKind
from fardplan_desktop.services import tables_in
from fardplan_desktop.services.tables_in import Import
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.jobs.runner import Jobs
from fardplan_desktop.ui.parts.dash_question import ask_about_dashes
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


def offer_pasted(
    session: Session,
    kind: TableKind,
    parent: QWidget,
    taken: Taken | None = None,
    *,
    refused: Callable[[WorldError], object],
) -> None:
    """Show what the clipboard's table was understood as. Raises the world error that stops it.

    Lone dashes among counts are asked about first; what stops it after the answer goes to ``refused``.
    """
    text = clipboard_table()

    def look(dash: str) -> None:
        content = tables_in.paste_table(session.workplace, text=text, kind=kind, dash=dash)
        offer(session, tables_in.take_in(session.workplace, content=content, dry_run=True), parent, taken)

    def answered(dash: str) -> None:
        try:
            look(dash)
        except WorldError as error:
            refused(error)

    if kind is TableKind.COUNTS and tables_in.has_dashes(tables_in.read_block(text)):
        # Tried with one answer before the question is put: a table with other faults is refused at once.
        tables_in.paste_table(session.workplace, text=text, kind=kind, dash="saknas")
        ask_about_dashes(parent.window(), answered)
    else:
        look("")


def offer_file(
    session: Session, jobs: Jobs, path: Path, kind: TableKind, parent: QWidget, taken: Taken | None = None
) -> None:
    """The same for a file, which is read beside the window; what is wrong with it is told in the problem bar."""
    workplace = session.workplace
    jobs.read(
        lambda _work: tables_in.add_table(workplace, path=path, kind=kind, dry_run=True),
        lambda found: offer(session, found, parent, taken),
        title=f"Läser {path.name}",
    )


def offer(session: Session, found: Import, parent: QWidget, taken: Taken | None = None) -> TablePreview:
    """Open the preview; what it shows is stored when the user takes it in, and ``taken`` is told."""
    outcome = f"{found.new} nya, {found.replaced} ändrade, {found.unchanged} oförändrade."
    preview = TablePreview(found.content, session.workplace.codebook, parent.window(), outcome=outcome)
    act = partial(_take, session.workplace, found.content)
    preview.accepted.connect(lambda: session.change(act, done=taken))
    preview.open()
    return preview


def _take(workplace: Workplace, content: TableContent) -> Change:
    change = tables_in.take_in(workplace, content=content).change
    assert change is not None, "only a dry run changes nothing"
    return change
