"""Mail drafts to function mailboxes, one for each: reminders and requests for a new file. Nothing is sent."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from fardplan_desktop.domain.figures import DeliveryFact
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services import letters, mailboxes, settings
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A letter ready to be opened in a mail program. ``address`` is empty when the function mailbox is not known."""

    organisation: Organisation
    letter: Letter
    address: str
    name: str
    """Of its file, without suffix."""


def reminders(workplace: Workplace, *, period: Period, organisations: Sequence[Organisation]) -> tuple[Draft, ...]:
    """One for each: each is filed by itself and answered by itself, and nobody sees who else is late."""
    return tuple(
        _draft(
            workplace,
            each,
            letters.reminder(workplace, period=period, organisations=[each]),
            f"Påminnelse {each.short} {period.id}",
        )
        for each in organisations
    )


def new_file(workplace: Workplace, *, period: Period, organisation: Organisation, refused: DeliveryFact) -> Draft:
    """Asks for a new file in the place of one that was refused: what is wrong with it, and what to do."""
    letter = letters.new_file_for(
        workplace,
        to=organisation.name,
        period=period.id,
        file_name=refused.file_name,
        code=refused.code,
        message=refused.message,
    )
    return _draft(workplace, organisation, letter, f"Ny fil {organisation.short} {period.id}")


def readdressed(workplace: Workplace, *, draft: Draft) -> Draft:
    """The same draft to the mailbox that is known now."""
    address = mailboxes.mailbox(workplace, code=draft.organisation.code).address
    return msgspec.structs.replace(draft, address=address)


def folder(workplace: Workplace, *, period: Period) -> Path:
    """Where the drafts of a period lie: one folder in the organisation's own."""
    return settings.deliveries_folder(workplace) / f"Utkast {period.id}"


def save(workplace: Workplace, *, drafts: Sequence[Draft], folder: Path) -> tuple[Path, ...]:
    """Write each as a file that a mail program opens unsent; the same name again for the same matter.

    Raises WorldError when the folder cannot be written.
    """
    return tuple(
        save_file(
            folder / f"{each.name}{letters.DRAFT_SUFFIX}",
            letters.draft(letter=each.letter, address=each.address),
        )
        for each in drafts
    )


def _draft(workplace: Workplace, to: Organisation, letter: Letter, name: str) -> Draft:
    address = mailboxes.mailbox(workplace, code=to.code).address
    return Draft(organisation=to, letter=letter, address=address, name=name)
