"""Section Efter återställningen: what the restored file has forgotten lies in the sealed files; take it back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import opening, reclaiming, settings
from fardplan_desktop.services.reclaiming import Reclaimed
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import body
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.section import Section

_WHY = (
    "Filen är återställd från en kopia. Paket som förseglades efter kopian finns hos mottagaren men inte här, och "
    "nästa rättelse skulle peka på fel paket. Ta tillbaka dem ur mappen där de sparades, ur skickad e-post, eller be "
    "mottagaren om sin fil. Siffror som skrevs efter kopian måste skrivas in igen."
)
_OFFICE = "Paket som lästes in efter kopian läses in igen under Ta emot. De som redan finns hoppas över."


class RestoredSection(Section):
    """Shown until somebody says that it is done."""

    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._session, self._workplace = context, session, session.workplace
        self._phrase = TextField(name="reclaim_passphrase", watch=Watch.NOTHING)
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        field = Field("Lösenfras, om filerna är krypterade", self._phrase, hint="Den står på kuvertbladet.")
        take = Button("Ta tillbaka ur mapp …", "primary", icon="folder-open", name="reclaim", on_click=self._choose)
        done = Button("Det är gjort", "quiet", name="reclaim_done", on_click=self._hide)
        pieces: list[QWidget] = [body(_WHY), field, holder(FlowLayout(take, done))]
        if self._workplace.level is not Level.MUNICIPALITY:
            again = Button("Till Ta emot", name="reclaim_intake", on_click=lambda: context.go("intake"))
            pieces += [body(_OFFICE), holder(FlowLayout(again))]
        super().__init__("Efter återställningen", "section_restored", pieces)
        self.show_stored()

    def show_stored(self) -> None:
        self.setVisible(reclaiming.is_open(self._workplace))

    def reclaim(self, paths: Sequence[Path]) -> None:
        """Take back what lies under ``paths``."""
        phrase = self._phrase.text()

        def work(_work: Work) -> Reclaimed:
            opener = opening.opener(self._workplace, passphrase=phrase) if phrase else None
            return reclaiming.reclaim(self._workplace, paths=paths, opener=opener)

        self._context.jobs.write(work, self._reclaimed, title="Tar tillbaka förseglade filer")

    def _choose(self) -> None:
        start = str(settings.deliveries_folder(self._workplace))
        name = QFileDialog.getExistingDirectory(self, "Mappen med de förseglade filerna", start)
        if name:
            self.reclaim([Path(name)])

    def _reclaimed(self, found: Reclaimed) -> None:
        self._phrase.clear()
        number = len(found.deliveries)
        taken = "Inget paket togs tillbaka" if not number else f"{number} paket tillbaka"
        said = f"{taken}, {found.known} fanns redan, {found.others} andra filer"
        self._context.messages.receipt(said, icon="history")
        self._session.tell(Change(said, frozenset({"Delivery"})))

    def _hide(self) -> None:
        self._context.jobs.write(lambda _work: reclaiming.close(self._workplace), lambda _done: self._session.tell())
