"""Whom we believe: a sender's key is enrolled by typing two groups of its kontrollkod, heard from the sender."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.errors import KeyProblem, Refusal
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.domain.verdicts import TrustedKey, Verdict
from fardplan_desktop.exchange import keys
from fardplan_desktop.exchange.card import read_card
from fardplan_desktop.exchange.key_statements import statement_type
from fardplan_desktop.exchange.key_text import read_key_text
from fardplan_desktop.exchange.rotation import ROTATION_TYPE, claimed_rotation
from fardplan_desktop.exchange.verify import open_package, read_package_file
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.intake_desk import Desk
from fardplan_desktop.services.opening import Opener
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored
from fardplan_desktop.store import packages


class WrongGroups(KeyProblem):
    """What was heard is not the kontrollkod: it was misheard, or the key is somebody else's."""


class Candidate(msgspec.Struct, frozen=True):
    """A key that says whose it is. Nothing is believed until the kontrollkod has been compared."""

    organisation: Organisation
    key_id: str
    public: bytes
    check_code: str
    age_recipient: str | None = None
    """What to encrypt to; told by cards alone."""


def candidate(workplace: Workplace, *, path: Path, opener: Opener | None = None) -> Candidate:
    """The key in a card, in a change of key (the new one), or in a package whose seal is whole; else raises Refusal."""
    data = Desk(workplace, opener).plain(read_package_file(path))
    if statement_type(data) == ROTATION_TYPE:
        rotation = claimed_rotation(data)
        return _claimed(workplace, rotation.org_code, rotation.new_public, rotation.new_age_recipient)
    if data.startswith(b"{"):
        card = read_card(data)
        return _claimed(workplace, card.org_code, card.public, card.age_recipient)
    opened = open_package(data, None)
    return _claimed(workplace, opened.statement.predicate.issuer.code, opened.public, None)


def candidate_of_text(workplace: Workplace, *, text: str) -> Candidate:
    """The key in a pasted text: what a printed card's QR code says, the contents of a card, or a key line that begins
    with the organisation's code. Raises Refusal."""
    if text.lstrip().startswith("{"):
        card = read_card(text.strip().encode())
        return _claimed(workplace, card.org_code, card.public, card.age_recipient)
    claimed = read_key_text(text)
    return _claimed(workplace, claimed.org_code, claimed.public, None)


def _claimed(workplace: Workplace, code: str, public: bytes, recipient: str | None) -> Candidate:
    organisation = workplace.codebook.find(code)
    if organisation is None:
        raise Refusal(
            "E14", "Avsändaren finns inte i mått och listor.", "", "Fråga den som skickade filen.", detail=code[:20]
        )
    return Candidate(organisation, keys.keyid_of(public), public, keys.check_code(public), recipient)


def candidate_for(
    workplace: Workplace, *, verdict: Verdict, package: Path, cards: Sequence[Path], opener: Opener | None = None
) -> Candidate:
    """The key of a refused package: from the sender's card if one of the cards has it, else from the package itself.

    Raises Refusal when the package does not say whose it is.
    """
    for path in cards:
        try:
            found = candidate(workplace, path=path)
        except Refusal:
            continue  # A card that cannot be used is passed over: the package itself may do.
        if found.key_id == verdict.keyid:
            return found
    return candidate(workplace, path=package, opener=opener)


def asked_groups(workplace: Workplace) -> tuple[int, int]:
    """Which two of the six groups (0–5, in order) the sender is asked to read aloud; drawn anew for each call."""
    first, second = workplace.random_bytes(2)
    pairs = [(i, j) for i in range(6) for j in range(i + 1, 6)]
    return pairs[(first * 256 + second) % len(pairs)]


def trust(
    workplace: Workplace,
    *,
    candidate: Candidate,
    heard: str,
    asked: tuple[int, int] | None = None,
    checked_by: str = "",
    method: str = "telefon",
) -> TrustedKey:
    """Believe the key from now on. ``heard``: two different groups, ``NNNNN NNNNN``; those ``asked`` for, if given.

    Raises KeyProblem, enrolling nothing, when they are not the key's own, and for a key that has ended: that cannot be
    undone. ``checked_by``: the function of the person at the sender who read them aloud. A key that the sender had
    before this one gives way to it.
    """
    keys.check_public(candidate.public)
    refuse_identity([RuleComment(id="", comment=checked_by)])
    known = senders(workplace)
    _refuse_anothers(candidate, known)
    _refuse_ended(candidate, known)
    groups = candidate.check_code.split()
    right = keys.matches_groups(candidate.check_code, heard)
    if asked is not None:
        right = right and heard.replace("-", " ").split() == [groups[asked[0]], groups[asked[1]]]
    if not right:
        raise WrongGroups(
            "Siffrorna stämmer inte.",
            "Kontrollkoden i filen är en annan än den som lästes upp.",
            f"Låt {candidate.organisation.name} läsa upp koden igen. Stämmer den inte då heller, läs inte in filen.",
        )
    key = TrustedKey(
        keyid=candidate.key_id,
        org_level=candidate.organisation.level,
        org_code=candidate.organisation.code,
        org_name=candidate.organisation.name,
        public=candidate.public,
        status="active",
        method=method,
        entered_by=workplace.function,
        entered_at=stamp(workplace.clock()),
        checked_by=checked_by.strip(),
        age_recipient=candidate.age_recipient or _told_before(candidate, known),
    )
    displaced = _was_displaced(candidate, known)
    stored.hand_over(
        workplace.store,
        ended=[
            _given_way(workplace, each, displaced)
            for each in known
            if each.org_code == key.org_code and each.status == "active" and each.keyid != key.keyid
        ],
        new=key,
        label=f"{candidate.organisation.name} är känd avsändare",
        facts={},
        signature=workplace.signature,
    )
    return key


def _told_before(candidate: Candidate, known: Sequence[TrustedKey]) -> str | None:
    """What a card of the same key has said of encryption, when the key is compared anew from something that cannot."""
    return next((each.age_recipient for each in known if each.keyid == candidate.key_id), None)


def _refuse_anothers(candidate: Candidate, known: Sequence[TrustedKey]) -> None:
    """A pasted key proves nothing of who has it: without this a sender could be shut out by another that names its."""
    other = next((each for each in known if each.keyid == candidate.key_id), None)
    if other is not None and other.org_code != candidate.organisation.code:
        raise KeyProblem(
            f"Sigillet är redan känt: det är {other.org_name} som har det.",
            "Två avsändare har aldrig samma sigill.",
            f"Läs inte in. Be {candidate.organisation.name} om sitt eget avsändarkort.",
        )


def _refuse_ended(candidate: Candidate, known: Sequence[TrustedKey]) -> None:
    ended = next((each for each in known if each.keyid == candidate.key_id and each.status != "active"), None)
    if ended is not None and not _was_displaced(candidate, known):
        word = "spärrat" if ended.status == "revoked" else "utbytt"
        raise KeyProblem(
            f"Sigillet är {word} sedan {ended.ended_at or 'tidigare'}.",
            "Det går inte att ångra.",
            f"Be {ended.org_name} om avsändarkortet för sitt nya sigill och jämför dess kontrollkod.",
        )


def _was_displaced(candidate: Candidate, known: Sequence[TrustedKey]) -> bool:
    """Whether the key ended on a delregion's word only, that introduced another: the sender itself knows better."""
    return any(
        each.keyid == candidate.key_id and each.status == "replaced" and each.introduced_by is not None
        for each in known
    )


def _given_way(workplace: Workplace, key: TrustedKey, displaced: bool) -> TrustedKey:
    """A sender with a new key uses the old one no more: what it has sealed until now stands.

    ``displaced``: the one that is compared had given way to this one on a delregion's word. Then this was never the
    sender's, and nothing that it has sealed counts.
    """
    if displaced and key.introduced_by is not None:
        note = "Delregionen introducerade det i stället för avsändarens eget."
        return msgspec.structs.replace(key, status="revoked", ended_at=workplace.today.isoformat(), note=note)
    received = packages.list_deliveries(workplace.store, Direction.RECEIVED)
    last = max((each.sequence for each in received if each.key_id == key.keyid), default=0)
    day = workplace.today.isoformat()
    return msgspec.structs.replace(
        key, status="replaced", last_sequence=last, ended_at=day, note="Ett nytt sigill har jämförts i stället."
    )


def save_allowed_signers(workplace: Workplace, *, path: Path) -> None:
    """Write whom we believe so that ``ssh-keygen -Y verify`` can read it. Raises WorldError.

    Revoked keys are left out. A replaced one stays for the packages it sealed, with the last number it vouches for,
    which ``ssh-keygen`` cannot check, as a remark.
    """
    lines: list[str] = []
    for each in senders(workplace):
        if each.status == "revoked":
            continue
        until = "" if each.last_sequence is None else f", till och med nummer {each.last_sequence}"
        lines.append(f"# {each.org_name}{until}\n{keys.allowed_signers_line(each.org_code, each.public)}")
    save_file(path, "".join(lines).encode())


def learn_card(workplace: Workplace, *, path: Path) -> TrustedKey | None:
    """What a known sender's new card says of encryption; None when it says nothing new, or its key is not known.

    The card is sealed by the very key we believe, so nothing needs to be compared again.
    """
    try:
        card = read_card(read_package_file(path))
    except Refusal:
        return None
    known = next((each for each in packages.trusted(workplace.store) if each.keyid == card.keyid), None)
    if known is None or known.status != "active" or card.age_recipient in (None, known.age_recipient):
        return None
    learned = msgspec.structs.replace(known, age_recipient=card.age_recipient)
    label = f"Filer till {known.org_name} kan krypteras"
    packages.trust(workplace.store, learned, label=label, signature=workplace.signature)
    return learned


def senders(workplace: Workplace) -> tuple[TrustedKey, ...]:
    """Everyone we believe, by code."""
    return packages.trusted(workplace.store)
