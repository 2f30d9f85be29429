"""Section Mått och listor: which version we use and where it is read; and the population read from a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.tabular import TableKind, TableProblems
from fardplan_desktop.services import reference, tables_in
from fardplan_desktop.services.codebook_draft import ONLY_THE_COUNTY
from fardplan_desktop.services.tables_in import Import
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import Label, body, secondary
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.section import Section


class CodeBookSection(Section):
    """Which version we use; the whole of it is a page of its own."""

    def __init__(self, context: PageContext, session: Session) -> None:
        self._session = session
        self._facts = Label("", name="codebook_version", wrap=True)
        show = Button("Visa mått och listor", icon="clipboard-list", name="codebook_show")
        show.clicked.connect(lambda: context.go("codebook"))
        ours = session.workplace.level is Level.COUNTY
        about = "Ni bestämmer mått och listor. De ändras på sidan Mått och listor." if ours else ONLY_THE_COUNTY
        pieces = (self._facts, secondary(about, wrap=True), holder(FlowLayout(show)))
        super().__init__("Mått och listor", "section_codebook", pieces)
        self.show_stored()

    def show_stored(self) -> None:
        book = self._session.workplace.codebook
        self._facts.setText(
            f"Version {book.version} · gäller från {numbers_sv.day(book.valid_from)} · {book.sha256[:8]}"
        )


class PopulationSection(Section):
    """Population figures ship empty; they are read from a file that names its source."""

    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._session, self._workplace = context, session, session.workplace
        self._said = body("", name="population_said")
        self._faults = Label("", "small", "bad", wrap=True, name="population_faults")
        read = Button("Läs in folkmängd …", icon="file-spreadsheet", name="population_read", on_click=self._choose)
        about = secondary("Behövs för jämförelser per 1 000 invånare. Tabellen ska ange sin källa.", wrap=True)
        pieces = (self._said, about, self._faults, holder(FlowLayout(read)))
        super().__init__("Folkmängd", "section_population", pieces)
        self._faults.hide()
        self.show_stored()

    def show_stored(self) -> None:
        years = reference.population_years(self._workplace)
        if not years:
            self._said.setText("Ingen folkmängd är inläst.")
        else:
            self._said.setText(
                "\n".join(f"{each.year}: {each.municipalities} kommuner. Källa: {each.source}" for each in years)
            )

    def read_file(self, path: Path) -> None:
        """All of the table or nothing."""
        self._context.jobs.write(
            lambda _work: tables_in.add_table(self._workplace, path=path, kind=TableKind.POPULATION),
            self._taken_in,
            title=f"Läser {path.name}",
            failed=self._refused,
        )

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Läs in folkmängd", "", "Tabeller (*.csv *.xlsx)")
        if name:
            self.read_file(Path(name))

    def _taken_in(self, taken: Import) -> None:
        self._faults.hide()
        self._context.messages.receipt(taken.sentence, icon="file-spreadsheet")
        self._session.tell(taken.change)

    def _refused(self, error: WorldError) -> None:
        faults = error.detail if isinstance(error, TableProblems) else ""
        self._faults.setText("\n".join(text for text in (error.what, faults or error.why, error.todo) if text))
        self._faults.show()
