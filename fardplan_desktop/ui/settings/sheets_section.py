"""Section Tabeller från andra: what is remembered of how they were understood, and a way to forget it."""

from __future__ import annotations

from fardplan_desktop.services import sheets_in
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import body, secondary
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.section import Section


class SheetsSection(Section):
    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._workplace = context, session.workplace
        self._said = body("", name="sheets_said", wrap=True)
        about = secondary(
            "När en inklistrad eller inläst tabell har andra namn än mått och listor väljer ni vad de betyder. "
            "Valen visas som ”som förra gången” nästa gång, och kan ändras där.",
            wrap=True,
        )
        self._forget = Button("Glöm valen", icon="trash-2", name="sheets_forget", on_click=self._forget_all)
        super().__init__("Tabeller från andra", "section_sheets", (self._said, about, holder(FlowLayout(self._forget))))
        self.show_stored()

    def show_stored(self) -> None:
        known = sheets_in.remembered(self._workplace)
        choices = "1 val" if known == 1 else f"{known} val"
        self._said.setText(f"{choices} är sparade." if known else "Inga val är sparade.")
        self._forget.setVisible(bool(known))

    def _forget_all(self) -> None:
        self._context.jobs.write(lambda _work: sheets_in.forget(self._workplace), self._forgotten)

    def _forgotten(self, _nothing: None) -> None:
        self._context.messages.receipt("Valen är glömda, nästa tabell frågar på nytt", icon="trash-2")
        self.show_stored()
