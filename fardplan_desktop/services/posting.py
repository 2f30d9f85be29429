"""Small sealed files to one receiver (receipts, feedback, questions): sealed, kept, saved, with a mail draft beside."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.services import handing_over, letters, mailboxes, receipts_in, sealing, seals
from fardplan_desktop.services.letters import Attachment, Letter
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.sealing import Contents
from fardplan_desktop.services.workplace import Workplace


class Posted(msgspec.Struct, frozen=True):
    """A sealed file that is saved and ready to be sent."""

    to: Organisation
    delivery: Delivery
    file: Path
    draft: Path


def post(
    workplace: Workplace,
    *,
    contents: Contents,
    letter: Letter,
    key: SigningKey,
    folder: Path,
    word: str,
    label: str,
    previous: Delivery | None = None,
) -> Posted:
    """Seal to ``contents.audience`` and save file and draft, encrypted when that can be done.

    ``word`` begins the file's name, since each receiver has a row of numbers of its own: ``kvittens_1462_…``. Raises
    WorldError when the folder cannot be written; nothing is sealed then, so that it can be sent from another.
    """
    to = contents.audience
    delivery, data = sealing.seal_package(
        workplace, contents=contents, key=key, approved_by=workplace.function, previous=previous
    )
    name = f"{word}_{to.code}_{delivery.period}_{delivery.sequence:04d}.fardpaket"
    delivery = msgspec.structs.replace(delivery, file_name=name)
    _try_folder(folder / name)
    sealing.keep(workplace, delivery=delivery, data=data, label=label)
    return _save(workplace, delivery=delivery, letter=letter, folder=folder)


def _try_folder(file: Path) -> None:
    """What has once been sealed is not sealed again, so the place is tried first. Raises WorldError."""
    if not file.exists():
        save_file(file, b"").unlink()


def _save(workplace: Workplace, *, delivery: Delivery, letter: Letter, folder: Path) -> Posted:
    to = workplace.codebook.organisation(delivery.audience)
    file = handing_over.of_delivery(workplace, delivery=delivery)
    attached = [Attachment(file.name, file.data)]
    if not _has_our_card(workplace, to):
        attached.append(Attachment(sealing.card_name(workplace), seals.kept_card(workplace)))
    mail = letters.draft(
        letter=letter, attachments=attached, address=mailboxes.mailbox(workplace, code=to.code).address
    )
    draft = (folder / delivery.file_name).with_suffix(letters.DRAFT_SUFFIX)
    return Posted(to, delivery, save_file(folder / file.name, file.data), save_file(draft, mail))


def _has_our_card(workplace: Workplace, to: Organisation) -> bool:
    """Known only upwards, where each package is answered with a receipt."""
    return to.level is not Level.MUNICIPALITY and receipts_in.is_known_to(workplace, receiver=to.code)
