"""Mått och listor: sections to the left, their tables to the right; the county changes its draft and seals it here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from typing_extensions import override

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_edits import Step
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.services import (
    codebook_draft,
    codebook_sealing,
    codebook_versions,
    deliveries,
    seals,
    settings,
)
from fardplan_desktop.services.codebook_draft import ONLY_THE_COUNTY, Draft
from fardplan_desktop.services.codebook_sealing import SealedBook
from fardplan_desktop.ui.codebook.forms import Deed, deeds
from fardplan_desktop.ui.codebook.seal_dialog import SealDialog, Wish
from fardplan_desktop.ui.codebook.sections import Section, sections
from fardplan_desktop.ui.codebook.step_dialog import Failed, StepDialog
from fardplan_desktop.ui.codebook.view import SectionView
from fardplan_desktop.ui.page import Page, PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.layouts import column, holder, row
from fardplan_desktop.ui.parts.letter_card import LetterCard
from fardplan_desktop.ui.parts.page_head import PageHead
from fardplan_desktop.ui.parts.scroll_page import ScrollPage
from fardplan_desktop.ui.parts.text import Label
from fardplan_desktop.ui.parts.text_table import Column
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.theme.metrics import Width

DRAFT, VERSIONS = "draft", "versions"


class CodeBookPage(Page):
    """``go("codebook", section="alder")`` shows a section: a list's id, or measures, memberships, reporting …"""

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(context)
        self._session, self._workplace = session, session.workplace
        self._may = codebook_draft.may_draft(self._workplace)
        self._draft: Draft | None = None
        self._read = Button("Läs in en fil …", icon="download", name="codebook_read", on_click=self._choose_file)
        self._hand_on = Button("Spara filen …", icon="upload", name="codebook_hand_on", on_click=self._save_file)
        self._discard = Button("Kasta utkastet", "destructive", name="codebook_discard", on_click=self._throw_away)
        self._seal = Button("", "primary", icon="lock", name="codebook_seal_open", on_click=self._open_seal)
        self._head = PageHead(context.title, "", self._read, self._hand_on, self._discard, self._seal)
        self._faults = Label("", "body", "bad", wrap=True, name="codebook_faults")
        told = row(IconView("circle-alert", "bad", 16, top=3), gap=8)
        told.addWidget(self._faults, 1)
        self._told = holder(told)
        self._letter = LetterCard(name="codebook_letter")
        self._view = SectionView(self._do)
        self._scroll = ScrollPage(name="codebook_scroll")
        for piece in (self._head, self._letter, self._told, self._view):
            self._scroll.content.addWidget(piece)
        self._scroll.content.addStretch(1)
        self.setLayout(column(self._scroll, gap=0))
        self._letter.hide()
        self.set_width(Width.NORMAL)
        self.refresh()

    @override
    def arrive(self, **argument: object) -> None:
        if argument.get("section"):
            self._view.choose(str(argument["section"]))

    @override
    def refresh(self, change: object = None) -> None:
        if isinstance(change, Change) and not change.kinds & {"CodeBook", "CodeBookDraft"}:
            return
        self._workplace = self._session.workplace
        self._take_draft()
        draft = self._draft
        self._head.say(self._sentence())
        self._read.setVisible(self._workplace.level is not Level.COUNTY)
        self._hand_on.setVisible(self._workplace.level is not Level.MUNICIPALITY and self._sealed_file() is not None)
        self._discard.setVisible(draft is not None)
        self._seal.setVisible(draft is not None and bool(draft.differences))
        if draft is not None:
            self._seal.setText(f"Försegla version {draft.book.version} …")
            self._seal.setEnabled(draft.sealable)
        self._faults.setText("\n".join(draft.faults) if draft else "")
        self._told.setVisible(bool(draft and draft.faults))
        self._view.show_sections(self._sections(draft.book if draft else self._workplace.codebook))

    @override
    def set_width(self, width: Width) -> None:
        self._scroll.set_width(width)
        self._view.set_width(width)

    @override
    def focus_work(self) -> None:
        self._view.take_focus()

    # -- what is shown ------------------------------------------------------------------------

    def _take_draft(self) -> None:
        try:
            self._draft = codebook_draft.draft(self._workplace) if self._may else None
        except InputProblem as problem:
            self._draft = None
            self.context.messages.problem(problem)

    def _sentence(self) -> str:
        book = self._workplace.codebook
        since = f"Version {book.version} från {numbers_sv.day(book.valid_from)} · {book.sha256[:8]}."
        if not self._may:
            hand_on = " Skicka filen vidare till kommunerna som den är." if self._sealed_file() else ""
            return f"{since} {ONLY_THE_COUNTY}{hand_on if self._workplace.level is Level.DELREGION else ''}"
        if self._draft is None:
            return f"{since} Ändra något, så börjar ett utkast till version {book.version + 1}."
        number = len(self._draft.steps)
        return (
            f"{since} Utkast till version {book.version + 1} med {number} {'ändring' if number == 1 else 'ändringar'}."
        )

    def _sections(self, book: CodeBook) -> list[tuple[Section, tuple[Deed, ...]]]:
        shown = [(each, deeds(each.key) if self._may else ()) for each in sections(book)]
        if self._draft is not None and self._draft.steps:
            steps = tuple((str(at), (", ".join(one.sentences),)) for at, one in enumerate(self._draft.steps))
            section = Section(DRAFT, "Ändringar i utkastet", (Column("Ändring", 0),), steps)
            shown.insert(0, (section, (_TAKE_BACK,)))
        before = codebook_versions.versions(self._workplace)
        if before:
            rows = tuple(("", (str(each.number), sentence)) for each in before for sentence in each.sentences)
            columns = (Column("Version", 80), Column("Ändrade", 0))
            shown.append((Section(VERSIONS, "Tidigare ändringar", columns, rows), ()))
        return shown

    # -- what is done -------------------------------------------------------------------------

    def _do(self, deed: Deed, row: str) -> None:
        if deed.form is None:
            self._session.change(partial(codebook_draft.take_back, self._workplace, at=int(row)))
            return
        book = self._draft.book if self._draft else self._workplace.codebook
        StepDialog(deed.form(book, row, self._workplace.today), self.window(), self._take).open()

    def _take(self, step: Step, done: Callable[[], object], failed: Failed) -> None:
        act = partial(codebook_draft.change, self._workplace, step=step)
        self._session.change(act, done=lambda _change: done(), failed=failed)

    def _throw_away(self) -> None:
        self._session.change(partial(codebook_draft.discard, self._workplace))

    def _open_seal(self) -> None:
        if self._draft is None:
            return
        new = "" if seals.own_seal(self._workplace) else seals.new_passphrase(self._workplace)
        asks = seals.remembered_passphrase(self._workplace) is None
        SealDialog(self._draft, self.window(), self._seal_it, asks=asks, new=new).open()

    def _seal_it(self, wish: Wish, dialog: SealDialog) -> None:
        workplace, folder = self._workplace, settings.deliveries_folder(self._workplace)

        def sealed(book: SealedBook) -> None:
            dialog.accept()
            self._sealed(book)

        self.context.jobs.write(
            lambda work: codebook_sealing.hand_down(
                workplace,
                passphrase=wish.passphrase,
                remember=wish.remember,
                approved_by=wish.approved_by,
                folder=folder,
                work=work,
            ),
            sealed,
            title="Förseglar mått och listor",
            failed=dialog.show_error,
        )

    def _sealed(self, book: SealedBook) -> None:
        letter = codebook_sealing.letter(self._workplace, sealed=book)
        self._letter.show_letter(letter.to, letter.subject, letter.body)
        self._letter.show()
        said = f"Version {book.book.version} är förseglad och ligger med ett mejlutkast i {book.file.parent}"
        self.context.messages.receipt(said, icon="lock")
        self._session.tell(Change(said, frozenset({"CodeBook", "Delivery"})))

    def _sealed_file(self) -> Delivery | None:
        return codebook_versions.to_hand_on(self._workplace)

    def _save_file(self) -> None:
        """As it was sealed, for those who are to read it in."""
        delivery = self._sealed_file()
        assert delivery is not None, "the button is shown when there is a file"
        name, _ = QFileDialog.getSaveFileName(self, "Spara filen med mått och listor", delivery.file_name)
        if name:
            self.context.jobs.write(
                lambda _work: deliveries.save_copy(self._workplace, delivery=delivery, path=Path(name)),
                lambda file: self.context.messages.receipt(f"{file.name} är sparad", icon="download"),
            )

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            "Läs in mått och listor",
            "",
            "Paket och avsändarkort (*.fardpaket *.age *.zip *.nyckelkort);;Alla filer (*)",
        )
        if name:
            self.context.go("intake", files=[Path(name)])


_TAKE_BACK = Deed("take_back", "Ta tillbaka", None)
