"""Section Säkerhetskopior: the copies, a second place, restoring one, and whether the file is whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.services import safekeeping
from fardplan_desktop.services.safekeeping import Backup
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import Label, body
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.section import Section


class BackupsSection(Section):
    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._session, self._workplace = context, session, session.workplace
        self._copies: tuple[Backup, ...] = ()
        self._none = body("Ingen säkerhetskopia är gjord än. Den första görs av sig själv inom en halvtimme.")
        self._table = TextTable(
            "Säkerhetskopior",
            (Column("Gjord", 0), Column("Plats", 130), Column("Storlek", 110, figures=True)),
            name="backups_table",
            most=6,
        )
        self._shared = Label("", "body", "text2", wrap=True, name="shared_place")
        self._place = Label("", "body", "text2", wrap=True, name="second_place")
        now = Button("Gör kopia nu", "primary", icon="hard-drive", name="backup_now", on_click=self._back_up)
        self._restore = Button(
            "Återställ vald kopia", "destructive", icon="history", name="restore", on_click=self._ask
        )
        check = Button("Kontrollera filen", icon="shield-check", name="check_file", on_click=self._check)
        self._none_place = Button("Sluta kopiera dit", "quiet", name="no_second_place", on_click=self._no_place)
        choose = Button("Välj andra plats …", icon="folder-open", name="choose_place", on_click=self._choose_place)
        pieces = (
            self._none,
            self._table,
            holder(FlowLayout(now, self._restore, check)),
            self._shared,
            self._place,
            holder(FlowLayout(choose, self._none_place)),
        )
        super().__init__("Säkerhetskopior", "section_backups", pieces)
        self.show_stored()

    def show_stored(self) -> None:
        here, there = safekeeping.backups(self._workplace), safekeeping.backups_elsewhere(self._workplace)
        placed = [(each, "Här") for each in here] + [(each, "Andra platsen") for each in there]
        placed.sort(key=lambda each: each[0].at, reverse=True)
        self._copies = tuple(copy for copy, _ in placed)
        self._none.setVisible(not self._copies)
        self._table.setVisible(bool(self._copies))
        self._restore.setVisible(bool(self._copies))
        self._table.show_rows([(_when(copy), word, _size(copy.path)) for copy, word in placed])
        sentence = safekeeping.shared_sentence(self._workplace)
        self._shared.setText(sentence)
        self._shared.setVisible(bool(sentence))
        if self._copies:
            self._table.selectRow(0)
        place = safekeeping.second_place(self._workplace)
        self._none_place.setVisible(place is not None)
        self._place.setText(
            _place_words(place, there)
            if place is not None
            else "Kopiorna ligger på samma disk som filen. Välj en andra plats, till exempel en nätverksmapp."
        )

    def _back_up(self) -> None:
        self._context.jobs.write(
            lambda _work: safekeeping.back_up(self._workplace), self._backed_up, title="Gör säkerhetskopia"
        )

    def _backed_up(self, _copy: Backup) -> None:
        self._context.messages.receipt("Säkerhetskopian är gjord och kontrollerad", icon="hard-drive")
        self._session.tell()

    def _choose_place(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Andra plats för säkerhetskopior")
        if name:
            self.set_place(Path(name))

    def set_place(self, folder: Path | None) -> None:
        self._context.jobs.write(
            lambda _work: safekeeping.set_second_place(self._workplace, folder=folder), lambda _done: self.show_stored()
        )

    def _no_place(self) -> None:
        self.set_place(None)

    def _check(self) -> None:
        self._context.jobs.write(
            lambda _work: safekeeping.check(self._workplace),
            lambda entries: self._context.messages.receipt(
                f"Filen är hel: {numbers_sv.number(entries)} poster i historiken stämmer", icon="shield-check"
            ),
            title="Kontrollerar filen",
        )

    def _ask(self) -> None:
        at = self._table.currentIndex().row()
        if not 0 <= at < len(self._copies):
            return
        copy = self._copies[at]
        self._context.messages.ask(
            f"Återställa kopian från {_when(copy)}?",
            "Det som ändrats efter kopian försvinner ur Färdplan. En kopia av läget nu görs först, "
            "och filen som den är nu läggs bredvid. Paket som skickats efter kopian kan saknas; "
            "nästa paket får därför ett högre nummer.",
            "Återställ",
            lambda: self._put_back(copy),
            destructive=True,
        )

    def _put_back(self, copy: Backup) -> None:
        self._context.jobs.write(
            lambda _work: safekeeping.restore(self._workplace, copy=copy.path),
            lambda _aside: self._reopen(),
            title="Återställer säkerhetskopian",
            failed=self._not_restored,
        )

    def _reopen(self) -> None:
        messages = self._context.messages
        self._session.reopen_asked.emit(self._workplace.store.path)
        messages.receipt("Säkerhetskopian är återställd", icon="history")

    def _not_restored(self, error: WorldError) -> None:
        """The file is as it was, but may have been let go of; and a problem shown before would be swept away."""
        messages = self._context.messages
        self._workplace.store.close()
        self._session.reopen_asked.emit(self._workplace.store.path)
        messages.problem(error)


def _place_words(place: Path, copies: tuple[Backup, ...]) -> str:
    newest = f"Den senaste där är gjord {_when(copies[0])}." if copies else "Ingen kopia ligger där än."
    return f"Varje kopia läggs också i {place}. {newest}"


def _when(copy: Backup) -> str:
    local = copy.at.astimezone()
    return f"{numbers_sv.day(local.date())} {local:%H:%M}"


def _size(path: Path) -> str:
    return f"{numbers_sv.number(path.stat().st_size / 1_000_000, 1)} MB"
