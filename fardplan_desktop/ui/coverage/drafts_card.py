"""Drafts that have just been made: whom each is to, its address, and ways to send it with one's own mail program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.services import mailboxes
from fardplan_desktop.services.drafts import Draft
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import Watch
from fardplan_desktop.ui.parts.icon_view import IconView
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, clear, column, holder, row
from fardplan_desktop.ui.parts.scrolled import Scrolled
from fardplan_desktop.ui.parts.text import Label, secondary
from fardplan_desktop.ui.theme.look import Look

_NO_ADDRESS = "adress saknas"
_HINT = "En funktionsbrevlåda som fler än en läser. Den gäller tills länet har skickat adresserna i mått och listor."
_MOST_LINES = 3


class DraftActs(msgspec.Struct, frozen=True):
    """What the page does for the card."""

    open_draft: Callable[[Draft, Path], object]
    copy: Callable[[Draft], object]
    show_folder: Callable[[Path], object]
    set_address: Callable[[Draft, str], object]
    """Raises InputProblem for what is no address."""


class DraftsCard(Card):
    """Hidden until ``show_drafts``. ``turned`` when it is shown or put away."""

    turned = Signal()

    def __init__(self, acts: DraftActs) -> None:
        self._acts = acts
        self._drafts: list[tuple[Draft, Path]] = []
        self._writing: Draft | None = None
        self._warned = ""
        self._heading = Label("", "card_title", name="drafts_heading", wrap=True)
        head = row(IconView("mail", "ok", top=1), gap=12)
        head.addWidget(self._heading, 1)
        self._where = secondary("", "drafts_where", wrap=True)
        self._lines = column(gap=2)
        self._list = Scrolled(holder(self._lines), None, name="drafts_list")
        self._make_address()
        self._folder = Button("Öppna mappen", icon="folder-open", name="drafts_folder", on_click=self._show_folder)
        close = Button("Stäng", "quiet", name="drafts_close", on_click=self.put_away)
        foot = holder(FlowLayout(self._folder, close))
        super().__init__(
            head,
            self._where,
            self._list,
            self._address_box,
            foot,
            gap=8,
            name="drafts",
        )
        self.pieces.addStretch(1)
        self.hide()

    def _make_address(self) -> None:
        self._address = TextField(name="draft_address", longest=120, watch=Watch.NOTHING)
        self._address_field = Field("Funktionsbrevlåda", self._address, hint=_HINT)
        save = Button("Spara adressen", name="draft_address_save", on_click=self._save_address)
        self._address_box = holder(column(self._address_field, holder(FlowLayout(save)), gap=6))
        self._address.returnPressed.connect(self._save_address)
        self._address_box.hide()

    def show_drafts(self, what: str, drafts: Sequence[tuple[Draft, Path]]) -> None:
        """``what`` is said of them all: ``3 påminnelser är klara att skicka``."""
        self._drafts = list(drafts)
        self._writing = None
        self._address_box.hide()
        self._heading.setText(what)
        self._where.setText(
            f"Utkasten ligger i {drafts[0][1].parent}. Färdplan skickar ingenting själv: öppna mejlet, kontrollera "
            "mottagaren och skicka."
        )
        clear(self._lines)
        for at, (draft, path) in enumerate(self._drafts):
            self._lines.addWidget(self._line(at, draft, path))
        height = min(len(self._drafts), _MOST_LINES) * Look.of_application().px(42)
        self._list.setFixedHeight(height)
        self.show()
        self.turned.emit()
        first = self.findChild(Button, "open_draft_0")
        if first is not None:
            first.setFocus()

    def put_away(self) -> None:
        self.hide()
        self.turned.emit()

    def _line(self, at: int, draft: Draft, path: Path) -> QWidget:
        name = draft.organisation.name
        words = Label(f"{name}, {draft.address or _NO_ADDRESS}", name=f"draft_{at}", wrap=True)
        buttons = [
            Button("Öppna mejlet", "small", icon="mail", name=f"open_draft_{at}",
                   on_click=partial(self._acts.open_draft, draft, path)),
            Button("Kopiera texten", "small", name=f"copy_draft_{at}", on_click=partial(self._acts.copy, draft)),
        ]  # fmt: skip
        if not draft.address:
            write = Button("Skriv adress", "small", name=f"write_address_{at}", on_click=partial(self._ask, draft))
            buttons.insert(0, write)
        line = row(gap=8)
        line.addWidget(words, 1)
        for button in buttons:
            button.setAccessibleName(f"{button.text().strip()}, {name}")
            line.addWidget(button)
        return holder(line)

    def _ask(self, draft: Draft) -> None:
        self._writing = draft
        self._address_field.caption().setText(f"Funktionsbrevlåda för {draft.organisation.name}")
        self._address.clear()
        self._warned = ""
        self._address_field.show_error("")
        self._address_box.show()
        self._address.setFocus()

    def _save_address(self) -> None:
        """What looks like a person's address is warned of once; pressing again keeps it."""
        text = self._address.text().strip()
        warning = mailboxes.warning(text)
        if self._writing is None:
            return
        if warning and self._warned != text:
            self._warned = text
            self._address_field.show_error(f"{warning} Spara igen om det ändå är rätt.")
            return
        try:
            self._acts.set_address(self._writing, text)
        except InputProblem as problem:
            self._address_field.show_error(problem.sentence)

    def _show_folder(self) -> None:
        self._acts.show_folder(self._drafts[0][1].parent)
