"""Gemensamma aktiviteter: what each municipality has answered and how it goes, as in their latest packages."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.numbers_sv import of
from fardplan_desktop.domain.joint import ANSWER_WORDS, NOT_DELIVERED, UNANSWERED, Group, JointMatrix, JointRow
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import joint_matrix, papers, settings
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.inputs import Combo
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.printing import PRINT_SCALE, Picture, ask_printer, print_pages
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.session import Session

_FIRST, _ANSWERED, _MEMBER = 300, 110, 190
_MOST = 60
"""Rows before the table scrolls by itself."""
_CHOOSE = "Välj en rad för att läsa alla svar på den gemensamma aktiviteten."


class JointView(QWidget):
    """Reads when it is shown; the county chooses a delregion, or sees how many have answered in each."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__()
        self.setObjectName("joint_view")
        self._context, self._session = context, session
        self._asked = 0
        self._matrix: JointMatrix | None = None
        self._said = Label("", "small", "text2", wrap=True, name="joint_matrix_said")
        self._group = Combo([("", "Alla delregioner")], name="joint_group")
        self._group.setAccessibleName("Delregion")
        self._group.picked.connect(lambda _key: self._show())
        printing = Button("Skriv ut", icon="printer", name="joint_print", on_click=self.print_matrix)
        saving = Button("Spara som PDF", icon="download", name="joint_save", on_click=self._save)
        self.table = TextTable(
            "Gemensamma aktiviteter", [Column("Gemensam aktivitet")], name="joint_matrix", most=_MOST
        )
        self.table.row_chosen.connect(self._tell)
        self._detail = Label(_CHOOSE, "side", "text2", wrap=True, name="joint_detail")
        page = ScrollPage(name="joint_matrix_scroll", gap=8)
        page.content.setContentsMargins(0, 0, 0, 0)
        page.content.addWidget(holder(FlowLayout(self._group, printing, saving, gap=12)))
        page.content.addWidget(self._said)
        page.content.addWidget(Card(self.table, gap=0, margins=(1, 1, 1, 1)))
        page.content.addWidget(self._detail)
        page.content.addStretch(1)
        self.setLayout(column(page, gap=0))

    def read(self) -> None:
        """The chosen period's matrix, beside the window."""
        self._asked += 1
        workplace, period = self._session.workplace, self._session.period
        self._context.jobs.read(
            lambda _work: joint_matrix.matrix(workplace, period=period), partial(self._loaded, self._asked)
        )

    def as_text(self) -> str:
        """For pasting into a workbook: tabs between cells."""
        if self._matrix is None:
            return ""
        columns, rows = _table(self._matrix, self._chosen(self._matrix))
        lines = [[each.head for each in columns], *rows]
        return "".join("\t".join(line) + "\n" for line in lines)

    def print_matrix(self) -> None:
        """Ask for a printer and print all of it."""
        ask_printer(self.window(), self._print, landscape=True)

    def _loaded(self, asked: int, found: JointMatrix) -> None:
        if asked != self._asked:
            return  # A later reading is on its way.
        self._matrix = found
        chosen = self._group.key
        self._group.set_options([("", "Alla delregioner"), *((each.name, each.name) for each in found.groups)], chosen)
        self._group.setVisible(len(found.groups) > 1)
        self._show()

    def _chosen(self, found: JointMatrix) -> Group | None:
        """Whose municipalities are shown; None for how many in each delregion."""
        if len(found.groups) == 1:
            return found.groups[0]
        return next((each for each in found.groups if each.name == self._group.key), None)

    def _show(self) -> None:
        found = self._matrix
        if found is None:
            return
        group = self._chosen(found)
        columns, rows = _table(found, group)
        self.table.set_status_columns(range(2, len(columns)) if group else ())
        self.table.show_rows(rows, columns)
        told = f"{of(found.delivered, len(found.members))} kommuner har lämnat in."
        self._said.setText(" ".join([told, *found.remarks]))
        self._detail.setText(_CHOOSE if rows else "Inga gemensamma aktiviteter gäller ännu.")

    def _tell(self, at: int) -> None:
        found = self._matrix
        if found is not None and 0 <= at < len(found.rows):
            self._detail.setText(_all_answers(found, found.rows[at], self._chosen(found)))

    def _print(self, printer: QPrinter) -> None:
        workplace, period = self._session.workplace, self._session.period

        def draw(_work: Work) -> list[Picture]:
            return papers.preview(joint_matrix.joint_pdf(workplace, period=period), PRINT_SCALE)

        self._context.jobs.read(draw, partial(print_pages, printer), title="Skriver ut")

    def _save(self) -> None:
        workplace, period = self._session.workplace, self._session.period
        folder = settings.deliveries_folder(workplace)
        save = partial(joint_matrix.save_joint_pdf, workplace, period=period, folder=folder)
        self._context.jobs.write(lambda _work: save(), self._saved)

    def _saved(self, path: Path) -> None:
        self._context.messages.receipt(f"Sparad: {path.name}", icon="download")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _table(found: JointMatrix, group: Group | None) -> tuple[list[Column], list[list[str]]]:
    if group is None:
        heads = [Column(each.name, 240) for each in found.groups]
        parts = [frozenset(code for code, _ in each.members) for each in found.groups]
        rows = [[_name(line), _answered(line, frozenset(line.cells)), *(_answered(line, part) for part in parts)]
                for line in found.rows]  # fmt: skip
    else:
        members = frozenset(code for code, _ in group.members)
        heads = [Column(short, _MEMBER) for _, short in group.members]
        rows = [[_name(line), _answered(line, members), *(_cell(line, code) for code, _ in group.members)]
                for line in found.rows]  # fmt: skip
    return [Column("Gemensam aktivitet", _FIRST), Column("Har svarat", _ANSWERED), *heads], rows


def _name(line: JointRow) -> str:
    return f"{line.joint.task.title} (avslutad)" if line.joint.ended else line.joint.task.title


def _answered(line: JointRow, members: frozenset[str]) -> str:
    asked = sum(code in members for code in line.cells)
    return of(sum(line.count(answer, members) for answer in ANSWER_WORDS), asked) if asked else "Inte tillfrågade"


def _cell(line: JointRow, code: str) -> str:
    """``Följer, pågår ▲``: the forecast's shape alone where there is little room; the row tells it in words."""
    cell = line.cells.get(code)
    if cell is None:
        return "Inte tillfrågad"
    status = f"{cell.status[:1].lower()}{cell.status[1:]}" if cell.status else ""
    said = ", ".join(part for part in (cell.word, status) if part)
    return f"{said} {cell.forecast[:1]}".strip()


def _all_answers(found: JointMatrix, line: JointRow, group: Group | None) -> str:
    """The row in words: who answers what, with standing and reason."""
    members = group.members if group else found.members
    answered = _answered(line, frozenset(code for code, _ in members))
    said = [f"{line.joint.task.title} ({line.source}): {answered} har svarat."]
    for word in (*ANSWER_WORDS.values(), UNANSWERED, NOT_DELIVERED):
        told = []
        for code, short in members:
            cell = line.cells.get(code)
            if cell is not None and cell.word == word:
                more = "; ".join(part for part in (cell.standing, cell.reason) if part)
                told.append(f"{short} ({more})" if more else short)
        if told:
            said.append(f"{word}: {', '.join(told)}.")
    return "\n".join(said)
