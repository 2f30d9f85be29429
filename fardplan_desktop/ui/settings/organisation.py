"""Section Organisation: whose store this is, and the function that changes are signed by."""

from __future__ import annotations

from fardplan_desktop.services import settings
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.text import Label, secondary
from fardplan_desktop.ui.session import Session
from fardplan_desktop.ui.settings.section import Section, fact


class OrganisationSection(Section):
    def __init__(self, context: PageContext, session: Session) -> None:
        self._context, self._session, self._workplace = context, session, session.workplace
        self._function = TextField(self._workplace.function, name="settings_function", longest=80)
        self._function.left.connect(self._save)
        self._field = Field(
            "Din funktion",
            self._function,
            hint="Står i historiken i stället för namn, till exempel Verksamhetsutvecklare.",
        )
        own = self._workplace.organisation
        told = f"{own.name}, {own.code}" if own.code.isdigit() else own.name
        name = Label(told, name="settings_organisation", wrap=True)
        path = secondary(f"Uppgifterna ligger i {self._workplace.store.path}", wrap=True)
        super().__init__("Organisation", "section_organisation", (fact("Vi är", name), self._field, path))

    def _save(self) -> None:
        typed = " ".join(self._function.text().split())
        if typed == self._workplace.function:
            return
        self._context.jobs.write(
            lambda _work: settings.set_function(self._workplace, function=typed),
            lambda _none: self._saved(),
            failed=lambda error: self._field.show_error(error.sentence),
        )

    def _saved(self) -> None:
        self._field.show_error("")
        self._context.messages.receipt("Funktionen är sparad")
        self._session.tell()
