"""Sealing the county's draft: the next version of mått och listor, for everyone in the county."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import period_of
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.exchange.codebook_rows import rows_of
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.kinds import CODE_BOOK
from fardplan_desktop.services import codebook_draft, handing_in, letters, sealing, seals
from fardplan_desktop.services.letters import Attachment, Letter
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

FOLDER = "Mått och listor"
"""Beside what else is sealed for the same period, which has the same file name."""


class SealedBook(msgspec.Struct, frozen=True):
    """The version that was sealed, and its files. ``sentences``: what it changes."""

    book: CodeBook
    sentences: tuple[str, ...]
    delivery: Delivery
    file: Path
    card: Path


def seal_draft(workplace: Workplace, *, key: SigningKey, approved_by: str, folder: Path) -> SealedBook:
    """Seal the draft and write it in ``folder``; it is in force from now on (``workplace.renewed``).

    Raises InputProblem when there is no draft, or one that changes nothing or has faults.
    """
    draft = codebook_draft.draft(workplace)
    if draft is None or not draft.differences:
        raise InputProblem("Utkastet ändrar inget.", todo="Gör ändringarna först.")
    if draft.faults:
        raise InputProblem("Utkastet kan inte förseglas än.", " ".join(draft.faults[:3]), "Rätta det och försök igen.")
    sealing.check_words(approved_by, None)
    book = draft.book
    contents = sealing.Contents(
        kind="kodverk",
        audience=workplace.organisation,
        to_all=True,
        period=period_of(workplace.today, book.reporting.type),
        tables={CODE_BOOK: rows_of(book)},
        codebook=book,
    )
    delivery, data = sealing.seal_package(workplace, contents=contents, key=key, approved_by=approved_by)
    told = tuple(each.sentence for each in draft.differences)
    sealing.keep(
        workplace,
        delivery=delivery,
        data=data,
        label=f"Mått och listor version {book.version} förseglad",
        codebook=book,
        facts={"version": book.version, "changes": list(told)},
    )
    codebook_draft.discard(workplace)
    file, card = sealing.write_files(workplace, delivery=delivery, folder=folder, key=key)
    return SealedBook(book, told, delivery, file, card)


def hand_down(
    workplace: Workplace,
    *,
    passphrase: str | None,
    remember: bool,
    approved_by: str,
    folder: Path,
    work: Work | None = None,
) -> SealedBook:
    """Seal the draft with the organisation's key, and leave a mail draft beside it; as ``handing_in.hand_in``."""
    work = work or Work()
    unlocked = handing_in.unlock(workplace, passphrase=passphrase, remember=remember, work=work)
    work.started("Förseglar mått och listor")
    sealed = seal_draft(workplace, key=unlocked.key, approved_by=approved_by, folder=folder / FOLDER)
    save_draft_letter(workplace, sealed=sealed)
    return sealed


def letter(workplace: Workplace, *, sealed: SealedBook) -> Letter:
    """To everyone; the delregions hand it on."""
    number = sealed.book.version
    changes = "\n".join(f"– {each}" for each in sealed.sentences)
    return Letter(
        "Delregioner och kommuner",
        f"Mått och listor version {number} för Färdplanen",
        f"Hej!\n\nHär kommer mått och listor version {number}. Läs in filen i Färdplan: delregionen under Ta emot, "
        "kommunen under Inställningar, Mått och listor. Delregionen skickar den vidare till sina kommuner.\n\n"
        f"Det här ändras:\n{changes}\n\n"
        f"Bifogat: {sealed.delivery.file_name} och vårt avsändarkort.\n\n"
        "Känner ni inte igen vårt sigill? Ring oss på ett nummer ni redan har, så läser vi upp kontrollkoden.\n\n"
        f"{workplace.function}, {workplace.organisation.name}\n",
    )


def save_draft_letter(workplace: Workplace, *, sealed: SealedBook) -> Path:
    """A mail draft beside the package, with package and card attached. Raises WorldError when it cannot be written."""
    files = [
        Attachment(sealed.file.name, packages.delivery_file(workplace.store, sealed.delivery.digest)),
        Attachment(sealed.card.name, seals.kept_card(workplace)),
    ]
    data = letters.draft(letter=letter(workplace, sealed=sealed), attachments=files)
    return save_file(sealed.file.with_suffix(letters.DRAFT_SUFFIX), data)
