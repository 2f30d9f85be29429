"""Section Sigill: our kontrollkod, the card that others know us by, the papers, and what to do when it is lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QFileDialog

from fardplan_desktop.domain.changes import Change
from fardplan_desktop.host import preferences
from fardplan_desktop.services import comparing, key_files, seal_changes, seals
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.seal_changes import EndedSeal
from fardplan_desktop.services.seals import OwnSeal
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.check_code import CheckCode
from fardplan_desktop.ui.parts.inputs import CheckBox
from fardplan_desktop.ui.parts.layouts import FlowLayout, column, holder
from fardplan_desktop.ui.parts.text import body, secondary, strong
from fardplan_desktop.ui.seal_papers import SealPapers
from fardplan_desktop.ui.sealing_desk import SealingDesk
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.ask_dialog import AskDialog, Entry
from fardplan_desktop.ui.settings.section import Section

_NONE = "Ni har inget sigill än. Det skapas när ni förseglar första gången, eller nu om någon ska jämföra er kod."
_OLD = Entry("old", "Lösenfras som gäller nu", "Den står på kuvertbladet.", secret=True)
_OWN = "Minst 14 tecken. Skriv en egen om ni hellre vill."
_REASON = "Till exempel ny dator. En kort rad, inga namn."


class SealSection(Section):
    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._session, self._workplace = context, session, session.workplace
        self._papers = SealPapers(self, context, self._workplace)
        self._none = body(_NONE, name="seal_none")
        self._code = CheckCode(name="own_check_code")
        self._made = secondary("", "seal_made", wrap=True)
        self._own = holder(column(strong("Er kontrollkod"), self._code, self._made, self._make_verbs(), gap=8))
        self._ended = body("", name="seal_ended")
        self._hand_out = Button("Spara spärren …", name="seal_save_stop", on_click=self._save_stop)
        self._make = Button("Skapa sigill …", icon="badge-check", name="seal_make", on_click=self._make_seal)
        self._change = Button("Spara sigillbyte …", name="seal_save_change", on_click=self._save_change)
        read = Button("Läs in nyckelfil …", name="seal_read_key", on_click=self._choose_key_file)
        self._remember = CheckBox("Spara lösenfrasen på den här datorn", name="seal_remember")
        self._remember.setChecked(preferences.load().remember_passphrase)
        self._remember.toggled.connect(self._choose_remember)
        last = holder(FlowLayout(self._make, read, self._change, self._hand_out))
        super().__init__("Sigill", "section_seal", (self._none, self._own, self._ended, last, self._remember))
        self.show_stored()

    def _make_verbs(self) -> FlowLayout:
        return FlowLayout(
            Button("Spara avsändarkort …", icon="badge-check", name="seal_card", on_click=self._papers.save_card),
            Button("Skriv ut avsändarkort", icon="printer", name="seal_print_card", on_click=self._papers.print_card),
            Button("Kuvertblad …", icon="file-text", name="seal_envelope", on_click=self._ask_envelope),
            Button("Spara nyckelfil …", icon="key-round", name="seal_key", on_click=self._save_key),
            Button("Byt lösenfras …", name="seal_passphrase", on_click=self._ask_passphrase),
            Button("Byt sigill …", name="seal_change", on_click=self._ask_change),
            Button("Spärra sigill …", name="seal_stop", on_click=self._ask_stop),
        )

    def show_stored(self) -> None:
        seal = seals.own_seal(self._workplace)
        self._none.setVisible(seal is None)
        self._make.setVisible(seal is None)
        self._change.setVisible(seal_changes.rotation_file(self._workplace) is not None)
        self._own.setVisible(seal is not None)
        if seal is not None:
            self._code.show_code(seal.check_code)
            self._made.setText(f"Skapat {seal.created_at[:10]}. Läs upp koden när en mottagare ringer. {self._known()}")
        ended = seal_changes.ended_seals(self._workplace)
        self._ended.setVisible(bool(ended))
        self._ended.setText("\n".join(f"Tidigare sigill, {each.ended_at}: {each.why}." for each in ended[:3]))
        self._hand_out.setVisible(bool(ended) and ended[0].revocation is not None)

    def _known(self) -> str:
        compared = comparing.compared_ours(self._workplace)
        names = [self._workplace.codebook.organisation(code).name for code in compared]
        return f"Har jämfört den: {', '.join(names)}." if names else "Ingen har sagt att de har jämfört den än."

    def _make_seal(self) -> None:
        SealingDesk(self._context, self._session).make_seal(self._papers.offer_envelope, self)

    # -- papers and files ---------------------------------------------------------------------

    def _ask_envelope(self) -> None:
        remembered = seals.remembered_passphrase(self._workplace)
        if remembered is not None:
            self._papers.offer_envelope(remembered)
            return

        def go(dialog: AskDialog, typed: dict[str, str]) -> None:
            def right(_key: object) -> None:
                dialog.accept()
                self._papers.offer_envelope(typed["old"])

            self._context.jobs.write(
                lambda _work: seals.open_seal(self._workplace, passphrase=typed["old"]), right, failed=dialog.refused
            )

        AskDialog(
            "Kuvertblad", "Bladet skrivs med lösenfrasen, så den prövas först.", "Gå vidare", [_OLD], go, self
        ).open()

    def _save_key(self) -> None:
        code = self._workplace.organisation.code
        name, _ = QFileDialog.getSaveFileName(self, "Spara nyckelfil", f"nyckel_{code}")
        if name:
            self._context.jobs.write(
                lambda _work: save_file(Path(name), key_files.key_file(self._workplace).encode("ascii")),
                lambda file: self._context.messages.receipt(
                    f"{file.name} är sparad. Den är låst med lösenfrasen: lägg den i kassaskåpet", icon="key-round"
                ),
            )

    def _choose_key_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Läs in nyckelfil")
        if not name:
            return

        def go(dialog: AskDialog, typed: dict[str, str]) -> None:
            self._context.jobs.write(
                lambda _work: key_files.read_key_file(self._workplace, path=Path(name), passphrase=typed["old"]),
                partial(self._done, dialog, "Sigillet är inläst från nyckelfilen", ""),
                failed=dialog.refused,
            )

        AskDialog("Läs in nyckelfil", f"Öppna {Path(name).name} med dess lösenfras.", "Läs in", [_OLD], go, self).open()

    # -- when something has happened ----------------------------------------------------------

    def _ask_passphrase(self) -> None:
        def go(dialog: AskDialog, typed: dict[str, str]) -> None:
            self._context.jobs.write(
                lambda _work: seal_changes.change_passphrase(self._workplace, old=typed["old"], new=typed["new"]),
                partial(self._done, dialog, "Lösenfrasen är bytt", typed["new"]),
                failed=dialog.refused,
            )

        text = "Den gamla öppnar inget mer här. Sigillet är detsamma, så ingen annan behöver få veta något."
        AskDialog("Byt lösenfras", text, "Byt lösenfras", [_OLD, self._new()], go, self).open()

    def _ask_change(self) -> None:
        def go(dialog: AskDialog, typed: dict[str, str]) -> None:
            def act() -> OwnSeal:
                return seal_changes.change_seal(
                    self._workplace, passphrase=typed["old"], new_passphrase=typed["new"], reason=typed["reason"]
                )

            said = "Sigillet är bytt. Bytet följer med nästa paket av sig självt"
            self._context.jobs.write(
                lambda _work: act(), partial(self._done, dialog, said, typed["new"]), failed=dialog.refused
            )

        text = "Det gamla sigillet går i god för det nya. Mottagarna läser in bytet som en fil, utan att ringa."
        entries = [Entry("reason", "Varför", _REASON), _OLD, self._new()]
        AskDialog("Byt sigill", text, "Byt sigill", entries, go, self).open()

    def _ask_stop(self) -> None:
        def go(dialog: AskDialog, typed: dict[str, str]) -> None:
            def stopped(ended: EndedSeal) -> None:
                self._done(dialog, "Sigillet är spärrat här", "", ended)
                self._save_stop()

            self._context.jobs.write(
                lambda _work: seal_changes.revoke_seal(self._workplace, reason=typed["reason"]),
                stopped,
                failed=dialog.refused,
            )

        text = (
            "När lösenfrasen kan ha setts av någon obehörig, eller datorn är borta. Det går inte att ångra. Ni får en "
            "fil att skicka till mottagarna: ring dem också. Vid nästa försegling skapas ett nytt sigill."
        )
        AskDialog("Spärra sigill", text, "Spärra sigill", [Entry("reason", "Varför", _REASON)], go, self).open()

    def _save_stop(self) -> None:
        files = seal_changes.revocation_files(self._workplace)
        if not files:
            return
        first, *earlier = files
        name, _ = QFileDialog.getSaveFileName(self, "Spara spärren", first, "Spärr (*.sparr)")
        if not name:
            return

        def save() -> Path:
            for each in earlier:
                save_file(Path(name).with_name(each), files[each])
            return save_file(Path(name), files[first])

        also = f" med {len(earlier)} för tidigare sigill. Skicka alla och ring" if earlier else ". Skicka den och ring"
        self._context.jobs.write(
            lambda _work: save(),
            lambda file: self._context.messages.receipt(f"{file.name} är sparad{also}", icon="send"),
        )

    def _save_change(self) -> None:
        """For whoever is to have it before the next package, which it goes along with by itself."""
        suggested = seal_changes.rotation_name(self._workplace)
        name, _ = QFileDialog.getSaveFileName(self, "Spara sigillbytet", suggested, "Sigillbyte (*.nyckelbyte)")
        data = seal_changes.rotation_file(self._workplace)
        if name and data is not None:
            self._context.jobs.write(
                lambda _work: save_file(Path(name), data),
                lambda file: self._context.messages.receipt(f"{file.name} är sparad. Skicka den till mottagarna"),
            )

    def _new(self) -> Entry:
        return Entry("new", "Ny lösenfras", _OWN, value=seals.new_passphrase(self._workplace), secret=True)

    def _done(self, dialog: AskDialog, said: str, passphrase: str = "", _made: object = None) -> None:
        dialog.accept()
        self._context.messages.receipt(said, icon="shield-check")
        self._session.tell(Change(said, frozenset({"Key"})))
        if passphrase:
            self._papers.offer_envelope(passphrase)

    def _choose_remember(self, on: bool) -> None:
        preferences.save(msgspec.structs.replace(preferences.load(), remember_passphrase=on))
        if on:
            self._context.messages.receipt("Lösenfrasen sparas vid nästa försegling")
            return
        self._context.jobs.write(
            lambda _work: seals.forget_passphrase(self._workplace),
            lambda _none: self._context.messages.receipt("Lösenfrasen finns inte längre på den här datorn"),
        )
