"""Before a joint plan is sealed: what it changes since the last time, who approves; then the letter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import JointPlan
from fardplan_desktop.services import handing_in, joint_sealing, settings
from fardplan_desktop.services.joint_sealing import SealedPlan
from fardplan_desktop.ui.page import PageContext
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.card import Card
from fardplan_desktop.ui.parts.field import Field
from fardplan_desktop.ui.parts.guarded import may_save
from fardplan_desktop.ui.parts.inputs import TextField
from fardplan_desktop.ui.parts.layouts import FlowLayout, holder
from fardplan_desktop.ui.parts.text import Label, secondary
from fardplan_desktop.ui.sealing_desk import SealingDesk
from fardplan_desktop.ui.session import Session

_MOST = 12
"""Changes that are listed; the rest are counted."""
_TO_ALL = (
    "Planen förseglas för alla som hör till er och sparas med ett mejlutkast. De läser in filen och tar ställning."
)


class JointSealCard(Card):
    """``ended`` when the user is done with it."""

    ended = Signal()

    def __init__(self, context: PageContext, session: Session) -> None:
        super().__init__(gap=10, name="joint_seal_card")
        self._context, self._session = context, session
        self._desk = SealingDesk(context, session)
        self._plan: JointPlan | None = None
        self._folder: Path | None = None
        self._heading = Label("", "card_title", name="joint_seal_heading", wrap=True)
        self._changes = Label("", wrap=True, name="joint_seal_changes")
        self._told = secondary("", "joint_seal_told", wrap=True)
        self._approved = TextField(name="joint_approved_by", longest=80)
        self._field = Field("Godkänd av", self._approved, hint="En funktion, aldrig ett namn.")
        self._go = Button("", "primary", icon="lock", name="joint_seal_go", on_click=self._press)
        self._open = Button("Öppna mappen", icon="folder-open", name="joint_seal_folder", on_click=self._show_folder)
        self._leave = Button("Avbryt", "quiet", name="joint_seal_leave", on_click=self.ended.emit)
        buttons = holder(FlowLayout(self._go, self._open, self._leave))
        for piece in (self._heading, self._changes, self._told, self._field, buttons):
            self.pieces.addWidget(piece)
        self.hide()

    def open(self, plan: JointPlan) -> None:
        """Ask about this plan, as it is written now."""
        self._plan, self._folder = plan, None
        told = joint_sealing.preview(self._session.workplace, plan=plan.id).changes.sentences
        rest = [f"… och {len(told) - _MOST} till"] if len(told) > _MOST else []
        lines = [f"– {each}" for each in told[:_MOST]] + rest
        self._heading.setText(f"Försegla ”{plan.title}”" if told else f"Spara ”{plan.title}” igen")
        self._changes.setText("\n".join(lines) or "Inget har ändrats sedan sist, så samma fil skrivs en gång till.")
        self._told.setText(_TO_ALL)
        self._approved.setText("")
        self._field.setVisible(bool(told))
        self._field.show_error("")
        self._go.setText("Försegla planen" if told else "Spara filen")
        self._leave.setText("Avbryt")
        self._go.show()
        self._open.hide()
        self.show()
        (self._approved if told else self._go).setFocus()

    def _press(self) -> None:
        plan = self._plan
        if plan is None or not may_save([self._approved]):
            return
        again = self._field.isHidden()
        approved = self._approved.text().strip()
        if not again and not approved:
            self._field.show_error("Skriv vem som har godkänt planen, till exempel Styrgruppen.")
            return
        workplace = self._session.workplace
        folder = settings.deliveries_folder(workplace) / joint_sealing.FOLDER

        def act(work: Work, passphrase: str | None, remember: bool) -> SealedPlan:
            key = handing_in.unlock(workplace, passphrase=passphrase, remember=remember, work=work).key
            if again:
                sealed = joint_sealing.write_again(workplace, plan=plan.id, folder=folder, key=key)
            else:
                sealed = joint_sealing.seal_plan(workplace, plan=plan.id, folder=folder, key=key, approved_by=approved)
            joint_sealing.save_draft_letter(workplace, sealed=sealed)
            return sealed

        self._desk.seal("Spara filen" if again else "Försegla planen", act, self._sealed, self)

    def _sealed(self, sealed: SealedPlan) -> None:
        self._folder = sealed.file.parent
        self._heading.setText(f"”{sealed.plan.title}” är förseglad")
        self._changes.setText(
            f"Filen {sealed.file.name}, avsändarkortet och ett mejlutkast ligger i {sealed.file.parent}."
        )
        self._told.setText("Öppna utkastet och skicka det till dem som ska ta ställning till planen.")
        self._field.hide()
        self._go.hide()
        self._open.show()
        self._leave.setText("Stäng")
        self._context.messages.receipt("Gemensam plan förseglad", icon="lock")
        self._session.tell()
        self._open.setFocus()

    def _show_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
