"""What the verbs of Ta emot do: call and compare, ask for a new file, ask the sender, put away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.services import attachments, intake, letters, mailboxes, opening, settings, trust
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.services.opening import Opener
from fardplan_desktop.ui.calling.call_card import CallCard
from fardplan_desktop.ui.intake import words
from fardplan_desktop.ui.intake.ask_card import AskCard
from fardplan_desktop.ui.intake.batch import Batch
from fardplan_desktop.ui.intake.unlock_card import UnlockCard
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.layouts import column
from fardplan_desktop.ui.parts.letter_card import LetterCard
from fardplan_desktop.ui.session import Session


class ReadIn(Protocol):
    def __call__(self, paths: Sequence[Path], *, accept_jump: bool = False) -> None: ...


class VerbActs(msgspec.Struct, frozen=True):
    """What the page does when a verb asks for it."""

    read_in: ReadIn
    read_from: Callable[[str], object]
    """Read in what waits with the seal of this key id, as soon as it has been judged anew."""
    judge_again: Callable[[], object]
    show: Callable[[], object]


class Verbs(QWidget):
    """Holds the card that is open, one at a time. ``asks`` while that card has a primary button of its own."""

    opened = Signal()
    closed = Signal()

    def __init__(self, context: PageContext, session: Session, batch: Batch, acts: VerbActs) -> None:
        super().__init__()
        self.setObjectName("intake_verbs")
        self._context, self._session, self._batch, self._acts = context, session, batch, acts
        self._call = CallCard(context, session)
        self._call.trusted.connect(lambda key: acts.read_from(key.keyid))
        self._ask = AskCard()
        self._letter = LetterCard(name="intake_letter")
        self._unlock = UnlockCard(self._open_with)
        self._cards = (self._call, self._ask, self._letter, self._unlock)
        for card in self._cards:
            card.closed.connect(self._put_away)
        self.setLayout(column(*self._cards, gap=0))
        self.hide()

    @property
    def asks(self) -> bool:
        return not self.isHidden() and self._letter.isHidden()

    def act(self, result: FileResult) -> None:
        """Do the verb of this line."""
        verb = result.verdict.verb
        self._put_away()
        if verb == words.READ_IN:
            self._acts.read_in((result.path,))
        elif verb == words.CALL:
            self._open_call(result)
        elif verb == words.NEW_FILE:
            self._ask_for_new_file(result)
        elif verb == words.CALL_SENDER:
            self._ask_sender(result)
        elif verb == words.UPDATE:
            self._write(
                letters.newer_version(self._session.workplace, verdict=result.verdict, file_name=result.path.name)
            )
        elif verb == words.UNLOCK:
            self.show()
            self._unlock.ask_for_passphrase()
            self.opened.emit()
        elif verb == words.AGAIN:
            self._acts.judge_again()
        elif verb == words.CLOSE:
            self._batch.put_away(result.path)
            self._acts.show()
        else:
            self._context.go("codebook")

    def details(self, result: FileResult) -> list[tuple[str, str]]:
        """Everything that is known of the file."""
        known = {each.keyid: each for each in trust.senders(self._session.workplace)}
        verdict = result.verdict
        replaced = intake.replaced_counts(self._session.workplace, verdict=verdict)
        return words.details(result, self._session.workplace.codebook, known.get(verdict.keyid), replaced)

    def attachments(self, result: FileResult) -> tuple[str, ...]:
        """The PDFs that may be saved: those of a package that has been read in."""
        return attachments.names(self._session.workplace, digest=result.verdict.digest)

    def save_attachment(self, result: FileResult, name: str) -> None:
        folder = settings.deliveries_folder(self._session.workplace) / "Bilagor"

        def saved(path: Path) -> None:
            self._context.messages.receipt(f"Sparad: {path}", icon="download")

        self._context.jobs.write(
            lambda _work: attachments.save(
                self._session.workplace, digest=result.verdict.digest, name=name, folder=folder
            ),
            saved,
        )

    def _open_call(self, result: FileResult) -> None:
        try:
            found = trust.candidate_for(
                self._session.workplace,
                verdict=result.verdict,
                package=result.path,
                cards=self._batch.cards,
                opener=self._batch.opener,
            )
        except WorldError as error:
            self._context.messages.problem(error)
            return
        self.show()
        self._call.ask_for(found)
        self.opened.emit()

    def _open_with(self, passphrase: str) -> None:
        self._context.jobs.write(
            lambda _work: opening.opener(self._session.workplace, passphrase=passphrase),
            self._opened,
            failed=lambda error: self._unlock.show_error(error.sentence),
        )

    def _opened(self, opener: Opener | None) -> None:
        self._batch.opener = opener
        self._unlock.close_card()
        self._acts.judge_again()

    def _ask_sender(self, result: FileResult) -> None:
        def read_anyway() -> None:
            self._ask.close_ask()
            self._acts.read_in((result.path,), accept_jump=True)

        def write() -> None:
            self._ask.close_ask()
            self._ask_for_new_file(result)

        verdict = result.verdict
        self.show()
        if verdict.code == words.JUMP:
            self._ask.ask(verdict.issuer_name, verdict.message, "Läs in ändå", read_anyway)
        else:
            self._ask.ask(verdict.issuer_name, verdict.message, words.NEW_FILE, write)
        self.opened.emit()

    def _ask_for_new_file(self, result: FileResult) -> None:
        name = visible(result.path.name)
        # An address is given only to whom the seal itself names.
        code = result.verdict.issuer_code if result.verdict.trust == "checked" else ""
        address = mailboxes.mailbox(self._session.workplace, code=code).address
        self._write(letters.new_file(self._session.workplace, verdict=result.verdict, file_name=name), address)

    def _write(self, letter: Letter, address: str = "") -> None:
        self.show()
        self._letter.show_letter(letter.to, letter.subject, letter.body, address)
        self._context.messages.receipt(f"Text till {letter.to} är kopierad", icon="copy")
        self.opened.emit()

    def _put_away(self) -> None:
        for card in self._cards:
            card.hide()
        self.hide()
        self.closed.emit()
