"""A dialog of a few fields and one verb, for what is done to seals: the passphrase is told wrong at its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QLineEdit, QWidget

from fardplan_desktop.domain.errors import KeyProblem, WorldError
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.dialog import Dialog
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch, may_save
from fardplan_desktop.ui.parts.inputs import TextField

_LOST = (
    "Fel igen. Titta på kuvertbladet i kassaskåpet. Finns det inte: spärra sigillet här och ring dem som tar emot era "
    "paket. Ett nytt skapas när ni förseglar nästa gång."
)
_TRIES = 2


class Entry(msgspec.Struct, frozen=True):
    """A field: ``secret`` is a passphrase, shown when it has been made for the user (``value``)."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    secret: bool = False


class AskDialog(Dialog):
    """``go`` gets what was typed by name, and does it; it ends with ``accept`` or ``refused``."""

    def __init__(
        self,
        heading: str,
        text: str,
        verb: str,
        entries: Sequence[Entry],
        go: Callable[[AskDialog, dict[str, str]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(heading, parent.window(), name="ask_dialog")
        self._go, self._wrong = go, 0
        self.add_text(text)
        self._secrets = [each.name for each in entries if each.secret]
        self._entries: dict[str, TextField] = {}
        self._fields: dict[str, Field] = {}
        for each in entries:
            entry = TextField(name=f"ask_{each.name}", watch=Watch.NOTHING if each.secret else Watch.EVERYTHING)
            entry.setText(each.value)
            if each.secret and not each.value:
                entry.setEchoMode(QLineEdit.EchoMode.Password)
            entry.returnPressed.connect(self._press)
            self._entries[each.name], self._fields[each.name] = entry, Field(each.label, entry, hint=each.hint)
            self.content.addWidget(self._fields[each.name])
        act = Button(verb, "primary", name="ask_go", on_click=self._press)
        self.set_buttons(act, Button("Avbryt", name="ask_cancel", on_click=self.reject), safe=act)
        first = next((each for each in self._entries.values() if not each.text()), None)
        if first is not None:
            first.setFocus()

    def refused(self, error: WorldError) -> None:
        """A problem with a passphrase stands at it, every other at the first field."""
        name = next(iter(self._secrets if isinstance(error, KeyProblem) else self._fields), next(iter(self._fields)))
        self._wrong += isinstance(error, KeyProblem)
        told = _LOST if self._wrong >= _TRIES and isinstance(error, KeyProblem) else error.sentence
        self._fields[name].show_error(told)
        self._entries[name].setFocus()

    def _press(self) -> None:
        empty = [name for name, entry in self._entries.items() if not entry.text().strip()]
        for name, field in self._fields.items():
            field.show_error("Fyll i det här." if name in empty else "")
        if empty:
            self._entries[empty[0]].setFocus()
        elif may_save(list(self._entries.values())):
            self._go(self, {name: entry.text() for name, entry in self._entries.items()})
