"""Section Kända avsändare: whom we believe and how we know; a sender is added by a call, and revoked after one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.numbers_sv import SortKey
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.services import comparing, intake, key_changes, seals, trust
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.services.key_changes import KeyChange
from fardplan_desktop.services.trust import Candidate
from fardplan_desktop.ui.calling.call_card import CallCard
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import body
from fardplan_desktop.ui.parts.text_table import Column, TextTable
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.ask_dialog import AskDialog, Entry
from fardplan_desktop.ui.settings.section import Section

_NONE = "Inga kända avsändare än. De läggs till här, eller under Ta emot, med Ring och jämför."
_NONE_BELOW = (
    "Inga kända avsändare än. Lägg till delregionens och länets avsändarkort, så kan kvittenser, återkoppling, "
    "gemensamma planer och nya mått och listor läsas in."
)
_STATES = {"active": "Känd", "replaced": "Utbytt", "revoked": "Spärrad"}
_LONGEST = 8000
"""A card's contents are some 1 300 letters."""


class SendersSection(Section):
    """Who we take packages from, and how we know that their seal is theirs."""

    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._session, self._workplace = context, session, session.workplace
        below = self._workplace.level is Level.MUNICIPALITY
        self._none = body(_NONE_BELOW if below else _NONE, name="senders_none")
        columns = (
            Column("Avsändare", 0), Column("Läge", 160), Column("Jämförd", 100), Column("Hur", 90),
            Column("Av", 190), Column("Vår kod hos dem", 130), Column("Kontrollkod", 320),
        )  # fmt: skip
        self._table = TextTable("Kända avsändare", columns, name="senders_table", most=10, least=190)
        self._call = CallCard(context, session)
        self._text = TextField(name="senders_text", longest=_LONGEST, watch=Watch.NOTHING)
        self._text.returnPressed.connect(self._add_text)
        hint = "QR-kodens text eller innehållet i ett avsändarkort. En spärr från ett kuvertblad går också."
        self._field = Field("Lägg till: klistra in text", self._text, hint=hint)
        verbs = FlowLayout(
            Button("Ring och jämför", name="senders_add", icon="shield-check", on_click=self._add_text),
            Button("Välj fil …", name="senders_file", icon="file-text", on_click=self._choose_file),
            Button("Spärra avsändare …", name="senders_stop", on_click=self._ask_stop),
        )
        self._verbs = holder(verbs)
        self._call.closed.connect(self.show_stored)
        pieces = (self._none, self._table, self._call, self._field, self._verbs)
        super().__init__("Kända avsändare", "section_senders", pieces)
        self.show_stored()

    def show_stored(self) -> None:
        senders = trust.senders(self._workplace)
        ours = comparing.compared_ours(self._workplace)
        calling = not self._call.isHidden()  # A call is one screen: the rest gives way.
        self._none.setVisible(not senders and not calling)
        self._table.setVisible(bool(senders) and not calling)
        self._field.setVisible(not calling)
        self._verbs.setVisible(not calling)
        self._table.show_rows([_line(each, each.org_code in ours) for each in sorted(senders, key=_by_name)])

    # -- a sender becomes known ---------------------------------------------------------------

    def _add_text(self) -> None:
        text = self._text.text().strip()
        self._field.show_error("" if text else "Klistra in texten först, eller välj en fil.")
        if not text:
            self._text.setFocus()
            return

        def act() -> KeyChange | Candidate:
            return key_changes.take_text(self._workplace, text=text) or trust.candidate_of_text(
                self._workplace, text=text
            )

        self._context.jobs.write(lambda _work: act(), self._read, failed=self._unread)

    def _choose_file(self) -> None:
        kinds = "Avsändarkort, byten, spärrar och paket (*.nyckelkort *.nyckelbyte *.sparr *.fardpaket *.age);;Alla (*)"
        name, _ = QFileDialog.getOpenFileName(self, "Välj avsändarkort", "", kinds)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """A card opens the call; a change of seal or a revocation is taken in as it is."""

        def act() -> FileResult | Candidate:
            judged = intake.judge(self._workplace, paths=[path]).results
            if judged and judged[0].verdict.kind in key_changes.KINDS:
                return intake.receive(self._workplace, paths=[path])[0]
            return trust.candidate(self._workplace, path=path)

        self._context.jobs.write(lambda _work: act(), self._read, failed=self._unread)

    def _read(self, found: KeyChange | FileResult | Candidate) -> None:
        self._field.show_error("")
        self._text.clear()
        if isinstance(found, Candidate):
            self._call.ask_for(found)
            self.show_stored()
            return
        if found.verdict.outcome == "refused":
            self._field.show_error(found.verdict.message)
            return
        self._context.messages.receipt(found.verdict.message, icon="shield-check")
        self._session.tell(Change(found.verdict.message, frozenset({"Trust"})))

    def _unread(self, error: WorldError) -> None:
        self._field.show_error(error.sentence)
        self._text.setFocus()

    # -- a sender is believed no more ---------------------------------------------------------

    def _ask_stop(self) -> None:
        senders = trust.senders(self._workplace)
        row = self._table.currentIndex().row()
        if not 0 <= row < len(senders) or senders[row].status == "revoked":
            self._context.messages.receipt("Välj först den avsändare i listan som ska spärras", icon="info")
            self._table.setFocus()
            return
        key = senders[row]

        def go(dialog: AskDialog, typed: dict[str, str]) -> None:
            def stopped(ended: TrustedKey) -> None:
                dialog.accept()
                said = f"Sigillet för {ended.org_name} är spärrat"
                self._context.messages.receipt(said, icon="shield-check")
                self._session.tell(Change(said, frozenset({"Trust"})))

            self._context.jobs.write(
                lambda _work: key_changes.revoke_sender(
                    self._workplace, key_id=key.keyid, reason=typed["reason"], checked_by=typed["function"]
                ),
                stopped,
                failed=dialog.refused,
            )

        text = (
            f"När {key.org_name} har ringt, eller svarat på ett nummer ni redan har, och sagt det. Det som är inläst "
            "gäller. Inget nytt läses in förrän ett nytt sigill har jämförts. Det går inte att ångra."
        )
        entries = [Entry("reason", "Varför", "Till exempel stulen dator."), Entry("function", "Vem sa det? Funktion")]
        AskDialog(f"Spärra {key.org_name}", text, "Spärra avsändaren", entries, go, self).open()


def _by_name(key: TrustedKey) -> SortKey:
    return numbers_sv.sort_key(key.org_name)


def _line(key: TrustedKey, compared_ours: bool) -> tuple[str, ...]:
    by = key.checked_by or key.entered_by
    state = _STATES[key.status] + (f" {key.ended_at}" if key.ended_at else "")
    ours = "Jämförd" if compared_ours else "Inte jämförd"
    return key.org_name, state, key.entered_at[:10], key.method, by, ours, seals.check_code_of(key)
