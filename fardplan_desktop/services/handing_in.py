"""The last step of reporting as one act: the key if there is none yet, the seal, the files, the approval on record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.deliveries import Delivery
from fardplan_desktop.domain.errors import InputProblem, KeyProblem
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.services import deliveries, seals
from fardplan_desktop.services.deliveries import Preview, Sealed
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.review import Review, review
from fardplan_desktop.services.seals import OwnSeal
from fardplan_desktop.services.workplace import Workplace

LONGEST_FUNCTION = 80
WAYS = (("möte", "Möte"), ("e-post", "E-post"), ("protokoll", "Protokoll"))
"""How an approval may have been given: what the history says, and what the list shows."""


class Standing(msgspec.Struct, frozen=True):
    """How a period stands: what would be sent, what was, and whether the passphrase has to be asked for."""

    preview: Preview
    review: Review
    locked: bool
    seal: OwnSeal | None
    remembered: bool
    """The passphrase is kept by this computer."""

    @property
    def delivery(self) -> Delivery | None:
        """The one that counts."""
        return self.preview.previous


class Approval(msgspec.Struct, frozen=True):
    """Who approved (a function, never a name), which day and how."""

    function: str
    day: date
    way: str


class HandedIn(msgspec.Struct, frozen=True):
    """What was sealed; ``passphrase`` when the key was made now, ``kept`` when this computer remembers it."""

    sealed: Sealed
    seal: OwnSeal
    passphrase: str | None
    kept: bool


def standing(workplace: Workplace, *, period: Period) -> Standing:
    """Raises InputProblem for a period that is not reported."""
    preview = deliveries.preview(workplace, period=period)
    return Standing(
        preview=preview,
        review=review(workplace, preview=preview),
        locked=deliveries.locked(workplace, period=period),
        seal=seals.own_seal(workplace),
        remembered=seals.remembered_passphrase(workplace) is not None,
    )


def check_approval(workplace: Workplace, *, approval: Approval) -> None:
    """Raises InputProblem or PersonalData with a sentence for the field."""
    function = _function(approval)
    if not function or len(function) > LONGEST_FUNCTION:
        raise InputProblem(
            "Skriv vem som har godkänt.", todo=f"En funktion, till exempel Socialchef, högst {LONGEST_FUNCTION} tecken."
        )
    if approval.day > workplace.today:
        raise InputProblem("Dagen för godkännandet ligger i framtiden.", todo="Ändra dagen.")
    refuse_identity([RuleComment(id="", comment=function)])


def hand_in(
    workplace: Workplace,
    *,
    period: Period,
    folder: Path,
    approval: Approval,
    passphrase: str | None,
    remember: bool,
    reason: str | None = None,
    work: Work | None = None,
) -> HandedIn:
    """Seal the period. ``passphrase`` None: the one this computer remembers. At the first sealing it becomes the new
    key's own.

    Raises KeyProblem for a wrong, short or missing passphrase, InputProblem for what stops the seal; nothing is sent.
    """
    work = work or Work()
    check_approval(workplace, approval=approval)
    refuse_identity([RuleComment(id="", comment=reason or "")])
    phrase = passphrase or seals.remembered_passphrase(workplace)
    if not phrase:
        raise KeyProblem("Lösenfrasen saknas.", todo="Skriv lösenfrasen som den står på kuvertbladet.")
    first = seals.own_seal(workplace) is None
    if first:
        work.started("Skapar sigillet")
        seals.make_key(workplace, passphrase=phrase)
    work.started(f"Förseglar {period.name}")
    key = seals.open_seal(workplace, passphrase=phrase)
    kept = remember and seals.remember_passphrase(workplace, passphrase=phrase)
    sealed = deliveries.seal_period(
        workplace, period=period, folder=folder, key=key, approved_by=_function(approval), reason=reason or None
    )
    if not sealed.repeated:
        _note_approval(workplace, sealed.delivery, approval)
    own = seals.own_seal(workplace)
    assert own is not None, "a key has just been used"
    return HandedIn(sealed, own, phrase if first else None, kept)


def mail_text(workplace: Workplace, *, delivery: Delivery) -> str:
    """A draft to the receiver. The kontrollkod is left out: it proves nothing unless it comes another way."""
    own, to = workplace.organisation, workplace.codebook.organisation(delivery.audience)
    period = parse_period(delivery.period)
    number = f"Det är paket nummer {delivery.sequence} från oss"
    correction = ", en rättelse som ersätter det tidigare" if delivery.supersedes else ""
    why = f" Orsak: {delivery.reason}" if delivery.reason else ""
    return (
        f"Ämne: {own.name}, {period.name}, förseglat paket\n\n"
        f"Hej {to.name}!\n\n"
        f"Här kommer vår rapportering för {period.name} ({period.span}). {number}{correction}.{why}\n\n"
        f"Bifogat: {delivery.file_name} och vårt avsändarkort.\n\n"
        "Känner ni inte igen vårt sigill? Ring oss på ett nummer ni redan har, så läser vi upp kontrollkoden.\n\n"
        f"{workplace.function}, {own.name}\n"
    )


def envelope_text(workplace: Workplace, *, passphrase: str, seal: OwnSeal) -> str:
    """The kuvertblad for the safe, as text to be printed."""
    return (
        f"KUVERTBLAD\n{workplace.organisation.name}\n\n"
        f"Sigillet skapat: {seal.created_at[:10]}\n\n"
        f"Lösenfras:\n{passphrase}\n\n"
        f"Kontrollkod (läs upp den när någon ringer och frågar):\n{seal.check_code}\n\n"
        "Skriv ut bladet, lägg det i ett förseglat kuvert i kassaskåpet och radera sedan filen.\n\n"
        "Byter ni dator: flytta Färdplans fil dit och skriv lösenfrasen vid nästa försegling.\n"
        "Byter ni person: den nya öppnar kuvertet. Sigillet är organisationens, inte personens.\n"
        "Har någon obehörig sett lösenfrasen: ring delregionen.\n"
    )


def _note_approval(workplace: Workplace, delivery: Delivery, approval: Approval) -> None:
    function = _function(approval)
    period = parse_period(delivery.period)
    workplace.store.act(
        "approve",
        f"{period.name.capitalize()} godkänd av {function} den {numbers_sv.day(approval.day)} genom {approval.way}",
        f"Delivery:{delivery.digest}",
        {"function": function, "day": approval.day.isoformat(), "way": approval.way},
        workplace.signature,
    )


def _function(approval: Approval) -> str:
    """With ordinary spaces only, as the sealed statement wants its texts."""
    return " ".join(approval.function.split())
