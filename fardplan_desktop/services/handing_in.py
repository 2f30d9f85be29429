"""The last step of reporting as one act: the key if there is none yet, the seal, the files, the approval on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.services import (
    approvals,
    bundles,
    deliveries,
    handing_over,
    letters,
    mailboxes,
    receipts_in,
    seal_changes,
    seals,
)
from fardplan_desktop.services.approvals import Approval
from fardplan_desktop.services.deliveries import Preview, Sealed
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.letters import Attachment, Letter
from fardplan_desktop.services.review import Review, review
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.seals import OwnSeal
from fardplan_desktop.services.workplace import Workplace

SAFE_CHANNEL = (
    "Skicka helst med SDK (Säker digital kommunikation) till mottagarens funktionsadress, annars till en "
    "funktionsbrevlåda som fler än en läser.",
    "Vanlig e-post bara när inget i paketet är en personuppgift. Det som skickas blir allmän handling.",
)
"""Advice on how to send (domain model 5.1)."""
ZIP_COPY = (
    "Stoppar e-posten filen? Bifoga en kopia som slutar på .zip i stället: många filter släpper bara igenom kända "
    "namn. Innehållet är detsamma, och mottagaren läser in det likadant."
)


class ToSeal(msgspec.Struct, frozen=True, kw_only=True):
    """How a period stands, whatever is sealed of it, and whether the passphrase has to be asked for."""

    period: Period
    audience: Organisation
    delivery: Delivery | None
    """The one that counts."""
    changed: bool
    """False: the same as what was sealed last."""
    locked: bool
    seal: OwnSeal | None
    remembered: bool
    """The passphrase is kept by this computer."""
    can_encrypt: bool
    """The receiver's card has told what to encrypt to."""
    approver: str
    """The function that approved last, whatever the period; empty before the first."""


class Standing(ToSeal, frozen=True, kw_only=True):
    """A municipality's own period, with what would be sent."""

    preview: Preview
    review: Review


S = TypeVar("S", bound=ToSeal)


class Unlocked(msgspec.Struct, frozen=True):
    """The open key; ``made``: the passphrase, when the key was made now; ``kept`` when this computer remembers it."""

    key: SigningKey
    seal: OwnSeal
    made: str | None
    kept: bool


class HandedIn(msgspec.Struct, frozen=True):
    """What was sealed; ``passphrase`` when the key was made now, ``kept`` when this computer remembers it."""

    sealed: Sealed
    seal: OwnSeal
    passphrase: str | None
    kept: bool


def standing(workplace: Workplace, *, period: Period) -> Standing:
    """Raises InputProblem for a period that is not reported."""
    preview = deliveries.preview(workplace, period=period)
    return to_seal(
        workplace,
        Standing,
        period=period,
        audience=preview.audience,
        delivery=preview.previous,
        changed=preview.changed,
        preview=preview,
        review=review(workplace, preview=preview),
    )


def to_seal(
    workplace: Workplace, kind: Callable[..., S], *, audience: Organisation, period: Period, **given: object
) -> S:
    """The standing of that kind, with what is known of our seal and of the receiver's."""
    return kind(
        audience=audience,
        period=period,
        locked=deliveries.locked(workplace, period=period),
        seal=seals.own_seal(workplace),
        remembered=seals.remembered_passphrase(workplace) is not None,
        can_encrypt=handing_over.reader_of(workplace, code=audience.code) is not None,
        approver=next((each.approved_by for each in deliveries.sent(workplace)), ""),
        **given,
    )


def hand_in(
    workplace: Workplace,
    *,
    period: Period,
    folder: Path,
    approval: Approval,
    passphrase: str | None,
    remember: bool,
    reason: str | None = None,
    encrypt: bool = True,
    work: Work | None = None,
) -> HandedIn:
    """Seal the period. ``passphrase`` None: the one this computer remembers. At the first sealing it becomes the new
    key's own. ``encrypt``: when it can be done.

    Raises KeyProblem for a wrong, short or missing passphrase, InputProblem for what stops the seal; nothing is sent.
    """
    work = work or Work()
    approval = approvals.check(workplace, approval=approval)
    refuse_identity([RuleComment(id="", comment=reason or "")])
    unlocked = unlock(workplace, passphrase=passphrase, remember=remember, work=work)
    work.started(f"Förseglar {period.name}")
    sealed = deliveries.seal_period(
        workplace,
        period=period,
        folder=folder,
        key=unlocked.key,
        approved_by=approval.function,
        reason=reason or None,
        encrypt=encrypt,
    )
    if not sealed.repeated:
        approvals.record(workplace, delivery=sealed.delivery, approval=approval)
    return HandedIn(sealed, unlocked.seal, unlocked.made, unlocked.kept)


def unlock(workplace: Workplace, *, passphrase: str | None, remember: bool, work: Work) -> Unlocked:
    """The key to seal with; None: the passphrase this computer remembers. The first time the key is made.

    Raises KeyProblem for a wrong, short or missing passphrase.
    """
    phrase = passphrase or seals.remembered_passphrase(workplace)
    if not phrase:
        raise KeyProblem("Lösenfrasen saknas.", todo="Skriv lösenfrasen som den står på kuvertbladet.")
    first = seals.own_seal(workplace) is None
    if first:
        work.started("Skapar sigillet")
        seals.make_key(workplace, passphrase=phrase)
    key = seals.open_seal(workplace, passphrase=phrase)
    kept = remember and seals.remember_passphrase(workplace, passphrase=phrase)
    own = seals.own_seal(workplace)
    assert own is not None, "a key has just been opened"
    return Unlocked(key, own, phrase if first else None, kept)


def letter(workplace: Workplace, *, delivery: Delivery) -> Letter:
    """To the receiver. The kontrollkod is left out: it proves nothing unless it comes another way."""
    own, to = workplace.organisation, workplace.codebook.organisation(delivery.audience)
    period = parse_period(delivery.period)
    number = f"Det är paket nummer {delivery.sequence} från oss"
    correction = ", en rättelse som ersätter det tidigare" if delivery.supersedes else ""
    why = f" Orsak: {delivery.reason}" if delivery.reason else ""
    bundled = delivery.kind == Level.DELREGION.wire
    inside = f"{bundles.who_is_in(workplace, delivery=delivery)}\n\n" if bundled else ""
    return Letter(
        to.name,
        f"{own.name}, {period.name}, förseglat paket",
        f"Hej {to.name}!\n\n"
        f"Här kommer vår rapportering för {period.name} ({period.span}). {number}{correction}.{why}\n\n"
        f"{inside}"
        f"{_attached(workplace, delivery)}\n\n"
        f"{_changed_seal(workplace, delivery.audience)}"
        f"{workplace.function}, {own.name}\n",
    )


def _changed_seal(workplace: Workplace, audience: str) -> str:
    if seal_changes.rotation_to_send(workplace, audience=audience) is None:
        return ""
    name = seal_changes.rotation_name(workplace)
    return f"Vi har bytt sigill. Läs in {name} tillsammans med paketet, så känner ni igen det nya.\n\n"


def _attached(workplace: Workplace, delivery: Delivery) -> str:
    """The card goes along until the receiver has answered with a receipt."""
    if receipts_in.is_known_to(workplace, receiver=delivery.audience):
        return f"Bifogat: {delivery.file_name}."
    return (
        f"Bifogat: {delivery.file_name} och vårt avsändarkort.\n\n"
        "Känner ni inte igen vårt sigill? Ring oss på ett nummer ni redan har, så läser vi upp kontrollkoden."
    )


def save_draft(workplace: Workplace, *, sealed: Sealed) -> Path:
    """A mail draft beside the package, with package and card attached. Raises WorldError when it cannot be written."""
    file = handing_over.of_delivery(workplace, delivery=sealed.delivery, encrypt=sealed.encrypted)
    files = [Attachment(file.name, file.data)]
    if sealed.with_card:
        files.append(Attachment(sealed.card.name, seals.kept_card(workplace)))
    change = seal_changes.rotation_to_send(workplace, audience=sealed.delivery.audience)
    if change is not None:
        files.append(Attachment(seal_changes.rotation_name(workplace), change))
    address = mailboxes.mailbox(workplace, code=sealed.delivery.audience).address
    data = letters.draft(letter=letter(workplace, delivery=sealed.delivery), attachments=files, address=address)
    return save_file(beside(sealed, letters.DRAFT_SUFFIX), data)


def beside(sealed: Sealed, ending: str) -> Path:
    """The package's own name with another ending, in the same folder."""
    return sealed.file.with_name(sealed.delivery.file_name).with_suffix(ending)
