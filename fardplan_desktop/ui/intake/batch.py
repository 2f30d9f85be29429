"""The files that lie in Ta emot: what has been dropped, what became of each, what is left to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import intake
from fardplan_desktop.services.intake import FileResult, Judged
from fardplan_desktop.services.opening import Opener
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.intake.words import rank, ready


class Batch(QObject):
    """Nothing here touches the store; ``judging`` and ``reading`` give the work that does.

    ``became`` tells what has become of each file as it is read in, from the thread that reads.
    """

    became = Signal(object)

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workplace = workplace
        self._expected = ""
        self.results: dict[Path, FileResult] = {}
        self.cards: tuple[Path, ...] = ()
        self.opener: Opener | None = None
        """What opens files encrypted to us, once the passphrase has been given."""

    @property
    def new_code_book(self) -> bool:
        """Another version of mått och listor has been read in here than the one files are judged by."""
        read = (each.verdict for each in self.results.values() if each.stored and each.verdict.kind == "kodverk")
        return any(each.codebook_version > self.workplace.codebook.version for each in read)

    @property
    def in_order(self) -> list[FileResult]:
        return sorted(self.results.values(), key=rank)

    @property
    def ready(self) -> tuple[Path, ...]:
        return tuple(path for path, each in self.results.items() if ready(each))

    @property
    def waiting(self) -> tuple[Path, ...]:
        """Everything that is not read in; judged together, since a correction leans on what it corrects."""
        return tuple(path for path, each in self.results.items() if not each.stored)

    def judging(self, added: Sequence[Path] = ()) -> Callable[[Work], Judged]:
        """Look through what waits and what is added, files and folders."""
        paths = (*self.waiting, *added)

        return lambda work: intake.judge(self.workplace, paths=paths, opener=self.opener, work=work)

    def reading(self, paths: Sequence[Path], *, accept_jump: bool = False) -> Callable[[Work], tuple[FileResult, ...]]:
        """Read these in; a known sender's card among the files may tell what to encrypt to."""
        lying = (*paths, *self.cards)
        return lambda work: intake.receive(
            self.workplace, paths=lying, accept_jump=accept_jump, opener=self.opener, work=work, told=self.became.emit
        )

    def note_judged(self, judged: Judged) -> None:
        self.results.update({each.path: each for each in judged.results})
        self.cards = tuple(dict.fromkeys((*self.cards, *judged.cards)))

    def note_read(self, result: FileResult) -> None:
        self.results[result.path] = result

    def expect(self, keyid: str) -> None:
        """A sender has become known by a call: what waits with that seal goes in when it has been judged anew."""
        self._expected = keyid

    def of_new_sender(self) -> tuple[Path, ...]:
        """What is ready from the sender that was called; asked once."""
        keyid, self._expected = self._expected, ""
        return tuple(path for path in self.ready if keyid and self.results[path].verdict.keyid == keyid)

    def put_away(self, path: Path) -> None:
        self.results.pop(path, None)
