"""Ta emot: drop files or a folder, see what came, read in what is good, sort out the rest."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.progress import Cancelled, Event, Started, Step
from fardplan_desktop.services import intake, settings
from fardplan_desktop.services.intake import FileResult, Judged
from fardplan_desktop.ui.intake import words
from fardplan_desktop.ui.intake.batch import Batch
from fardplan_desktop.ui.intake.file_list import FileList
from fardplan_desktop.ui.intake.file_row import RowActs
from fardplan_desktop.ui.intake.receipts_card import ReceiptsCard
from fardplan_desktop.ui.intake.recent_card import RecentCard
from fardplan_desktop.ui.intake.verbs import VerbActs, Verbs
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button, Kind
from fardplan_desktop.ui.parts.drop_area import DropArea
from fardplan_desktop.ui.parts.empty_state import EmptyState
from fardplan_desktop.ui.parts.keys import shortcut
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

_EMPTY = {
    Level.MUNICIPALITY: "Det som länet och delregionen skickar läses in här: mått och listor, planer, svar.",
    Level.DELREGION: "Paketen från kommunerna läses in här, och det som länet skickar.",
    Level.COUNTY: "Paketen från delregionerna läses in här.",
}
_INVITATION = "Släpp filer eller en mapp här, så granskas de. Inget läses in förrän ni säger till."


class IntakePage(Page):
    """``go("intake", files=[path])`` looks at files; what lies here stays while the program is open."""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session = session
        self._batch = Batch(session.workplace, self)
        self._batch.became.connect(self._became, Qt.ConnectionType.QueuedConnection)
        self._busy = False
        self._later: list[Path] | None = None
        self._total = 0
        self._make_head()
        self._make_parts()
        area = DropArea("Släpp filerna här", name="intake_drop")
        area.dropped.connect(self._dropped)
        self._whole = column(self._head, self._scroll, gap=8)
        self._whole.setStretchFactor(self._scroll, 1)
        area.setLayout(self._whole)
        self.setLayout(column(area, gap=0))
        shortcut(self, "Ctrl+.", "Gå till nästa fil att göra något åt", lambda: self._list.step(1))
        shortcut(self, "Ctrl+Shift+.", "Gå till förra filen att göra något åt", lambda: self._list.step(-1))
        self.set_width(Width.NORMAL)
        self._show_recent()
        self._show()

    def _make_head(self) -> None:
        self._files = Button("Välj filer …", icon="file-text", name="intake_files", on_click=self._choose_files)
        self._folder = Button("Välj mapp …", icon="folder-open", name="intake_folder", on_click=self._choose_folder)
        self._read = Button("", "primary", icon="download", name="intake_read", on_click=self._read_ready)
        self._go_on = Button(
            "Visa inlämningsläge", "primary", name="intake_coverage", on_click=lambda: self.context.go("coverage")
        )
        self._head = PageHead("Ta emot", "", self._files, self._folder, self._read, self._go_on)

    def _make_parts(self) -> None:
        known = settings.inbox_folder(self._session.workplace)
        kind: Kind = "quiet" if known else "primary"
        buttons = [
            Button("Välj filer …", kind, name="intake_first_files", on_click=self._choose_files),
            Button("Välj mapp …", "quiet", name="intake_first_folder", on_click=self._choose_folder),
        ]
        if known:
            say = f"Se efter i {visible(known.name or str(known))}"
            again = Button(say, "primary", name="intake_first_again", on_click=lambda: self.take([known]))
            buttons.insert(0, again)
        self._empty = EmptyState("inbox", _INVITATION, *buttons, name="intake_empty")
        acts = VerbActs(self._read_in, self._batch.expect, partial(self.take, ()), self._show)
        self._verbs = Verbs(self.context, self._session, self._batch, acts)
        self._verbs.opened.connect(self._card_opened)
        self._verbs.closed.connect(self._card_closed)
        verbs = self._verbs
        self._list = FileList(RowActs(verbs.act, verbs.details, verbs.attachments, verbs.save_attachment))
        self._recent = RecentCard(self._session.workplace.codebook)
        self._scroll = ScrollPage(name="intake_scroll")
        waiting = ReceiptsCard(self.context, self._session)
        for piece in (verbs, waiting, self._empty, self._list, self._recent):
            self._scroll.content.addWidget(piece)
        waiting.read()
        self._scroll.content.addStretch(1)

    # -- what the shell calls -----------------------------------------------------------------

    @override
    def arrive(self, **argument: object) -> None:
        files = argument.get("files")
        if isinstance(files, list):
            self.take([each for each in files if isinstance(each, Path)])
        if argument.get("choose"):
            QTimer.singleShot(0, self, self._choose_files)  # When the page behind the dialog is shown.

    @override
    def refresh(self, change: object = None) -> None:
        """A sender that became known, or other mått och listor, changes what is said of the waiting files."""
        self._batch.workplace = self._session.workplace
        self._show_recent()
        touched = change.kinds if isinstance(change, Change) else frozenset({"Trust"})
        if touched & {"Trust", "CodeBook"} and self._batch.waiting:
            self.take(())

    @override
    def set_width(self, width: Width) -> None:
        look = self.context.look
        side, above = look.metrics.page_padding(width), look.metrics.page_top(width)
        self._whole.setContentsMargins(0, above, 0, 0)
        self._head.setContentsMargins(side, 0, side, 0)
        self._scroll.set_width(width)
        margins = self._scroll.content.contentsMargins()
        margins.setTop(look.px(4))
        self._scroll.content.setContentsMargins(margins)
        self._list.set_width(width)

    @override
    def focus_work(self) -> None:
        if self._batch.results:
            self._list.take_focus()
        else:
            self._empty.setFocus()

    # -- taking files -------------------------------------------------------------------------

    def take(self, paths: Sequence[Path]) -> None:
        """Look through these files and folders together with what already waits. Nothing is read in."""
        if self._busy:
            self._later = [*(self._later or ()), *paths]
            return
        self._set_busy(True)
        job = self.context.jobs.read(
            self._batch.judging(paths), self._judged, title="Granskar filer", failed=self._stopped
        )
        job.changed.connect(self._progress)

    def _judged(self, judged: Judged) -> None:
        self._batch.note_judged(judged)
        self._show()
        self._set_busy(False)
        self._list.take_focus()
        if not self._batch.results:
            self.context.messages.problem(_nothing_found(cards=bool(judged.cards)))
        self._note_refused(judged)
        known = self._batch.of_new_sender()
        if known:
            self._read_in(known)

    def _note_refused(self, judged: Judged) -> None:
        """What was refused stands in Inlämningsläge at once; nothing of it is read in."""
        refused = [each for each in judged.results if each.verdict.outcome == "refused"]
        if refused and not self._session.workplace.read_only:
            self.context.jobs.write(lambda _work: intake.note_refused(self._session.workplace, refused), self._noted)

    def _noted(self, new: bool) -> None:
        if new:
            self._session.tell(Change("Fil avvisad", frozenset({"Refused"})))

    def _progress(self, event: Event) -> None:
        if isinstance(event, Started):
            self._total = event.total
        elif isinstance(event, Step) and self._busy:
            self._head.say(f"Granskar {event.done + 1} av {words.files(self._total)} …")

    def _stopped(self, error: WorldError) -> None:
        self._show()
        self._set_busy(False)
        self.context.messages.failure(error)

    # -- reading in ---------------------------------------------------------------------------

    def _read_ready(self) -> None:
        self._read_in(self._batch.ready)

    def _read_in(self, paths: Sequence[Path], *, accept_jump: bool = False) -> None:
        self._set_busy(True)
        self.context.jobs.write(
            self._batch.reading(paths, accept_jump=accept_jump),
            self._has_read,
            title="Läser in",
            failed=self._read_stopped,
        )

    def _became(self, result: FileResult) -> None:
        """One more is done: said in its line, and nowhere that could make the lines move."""
        self._batch.note_read(result)
        self._list.show_result(result)

    def _has_read(self, results: tuple[FileResult, ...]) -> None:
        self._set_busy(False)
        stored = sum(each.stored for each in results)
        self._say_how_it_stands()
        self._show_buttons()
        self._list.take_focus()
        if stored:
            said = f"{words.files(stored)} {'inläst' if stored == 1 else 'inlästa'}"
            self.context.messages.receipt(said, icon="inbox")
            self._tell(said)

    def _tell(self, said: str) -> None:
        self._session.tell(
            Change(said, frozenset({"Delivery"} | ({"CodeBook"} if self._batch.new_code_book else set())))
        )

    def _read_stopped(self, error: WorldError) -> None:
        """What was read in before it stopped is whole, and stands in the list as such; the rest waits as before."""
        self._set_busy(False)
        self._say_how_it_stands()
        self._show_buttons()
        if isinstance(error, Cancelled):
            stopped = "Inläsningen avbröts. Det som hann läsas in ligger kvar"
            self.context.messages.receipt(stopped, icon="circle-slash")
        else:
            self.context.messages.problem(error)
        self._tell("Inläsningen avbröts")

    # -- what is shown ------------------------------------------------------------------------

    def _show_recent(self) -> None:
        self._recent.show_deliveries(intake.recent(self._session.workplace))

    def _show(self) -> None:
        self._empty.setVisible(not self._batch.results)
        self._list.show_results(self._batch.in_order, len(self._batch.cards))
        self._say_how_it_stands()
        self._show_buttons()

    def _say_how_it_stands(self) -> None:
        found = self._batch.results
        self._head.say(words.summary(found.values()) if found else _EMPTY[self._session.workplace.level])
        self._read.setText(f"Läs in {words.files(len(self._batch.ready))}")

    def _show_buttons(self) -> None:
        """One primary button at a time: an open card has its own."""
        found, number = bool(self._batch.results), len(self._batch.ready)
        for button in (self._files, self._folder):
            button.setVisible(found)
        self._read.setVisible(bool(number) and not self._verbs.asks)
        found &= self._session.workplace.level is not Level.MUNICIPALITY
        self._go_on.setVisible(found and not number and not self._verbs.asks)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._list.set_busy(busy)
        for button in (self._files, self._folder, self._read):
            button.setEnabled(not busy)
        if self._later is not None and not busy:
            later, self._later = self._later, None
            self.take(later)

    def _card_opened(self) -> None:
        self._show_buttons()
        self._scroll.verticalScrollBar().setValue(0)

    def _card_closed(self) -> None:
        self._show_buttons()
        self._list.take_focus()

    # -- choosing -----------------------------------------------------------------------------

    def _choose_files(self) -> None:
        if paths := _ask_for_files(self):
            self.take(paths)

    def _choose_folder(self) -> None:
        start = settings.inbox_folder(self._session.workplace)
        if name := QFileDialog.getExistingDirectory(self, "Välj mappen med paketen", str(start or "")):
            self._dropped([Path(name)])

    def _dropped(self, paths: Sequence[Path]) -> None:
        """Take them; a folder alone is remembered, so that the next time it is one press away."""
        self.take(paths)
        if len(paths) == 1 and os.path.isdir(paths[0]) and not self._session.workplace.read_only:
            folder = paths[0].absolute()
            self.context.jobs.write(lambda _work: settings.set_inbox_folder(self._session.workplace, folder=folder))


def _nothing_found(*, cards: bool) -> InputProblem:
    if cards:
        what, todo = "Det är ett avsändarkort.", "Släpp paketet också, så används kortet när ni ringer och jämför."
    else:
        what, todo = "Här finns inga filer att läsa in.", "Välj mappen där paketen ligger."
    return InputProblem(what, "", todo)


def _ask_for_files(parent: QWidget) -> list[Path]:
    kinds = "Paket och avsändarkort (*.fardpaket *.age *.zip *.nyckelkort *.nyckelbyte *.sparr);;Alla filer (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, "Välj paket", "", kinds)
    return [Path(name) for name in names]
