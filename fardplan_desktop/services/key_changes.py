"""What senders tell of their keys after we have come to know them: one follows another, or is to be believed no more.

Files of both sorts come as packages do (``intake``), and are judged against whom we know. By telephone ``trust`` lets a
new key follow, and ``revoke_sender`` here ends one. Nothing of it can be undone: a sender whose key has ended is known
again when the kontrollkod of a new one has been compared.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import date

import msgspec

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.domain.verdicts import TrustedKey, Verdict
from fardplan_desktop.exchange.key_statements import statement_type
from fardplan_desktop.exchange.keys import check_code_of
from fardplan_desktop.exchange.messages import NEW, PackageRefusal, Sentence, refuse
from fardplan_desktop.exchange.revocation import REVOCATION_TYPE, Revocation, read_revocation, revocation_of_text
from fardplan_desktop.exchange.rotation import ROTATION_TYPE, Rotation, read_rotation
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.intake_desk import Desk
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored
from fardplan_desktop.store import packages

ROTATION, REVOCATION = "nyckelbyte", "sparr"
"""What a verdict calls the two sorts of file."""
KINDS = frozenset({ROTATION, REVOCATION})
BY_ROTATION = "sigillbyte"
"""How a key is known that another has let follow it."""
_NOT_OURS = Sentence(
    "Okänd avsändare",
    "Filen spärrar ett sigill som ni inte känner.",
    "Inget som är inläst hos er är förseglat med det.",
    "Inget behöver göras.",
    "Stäng",
)
_TWO_CHANGES = Sentence(
    "Krock",
    "{sender} har redan bytt från det här sigillet, till ett annat.",
    "Två olika byten kan betyda att någon annan har det gamla.",
    "Läs inte in. Ring {sender}, fråga vilket sigill som är deras och spärra det andra.",
    "Ring avsändaren",
)


class KeyChange(msgspec.Struct, frozen=True):
    """A change that is right, and what it means here, in sentences."""

    verdict: Verdict
    told: tuple[str, ...]


def is_key_change(data: bytes) -> bool:
    """Whether the file is a change of key or a revocation, true or not."""
    return statement_type(data) in (ROTATION_TYPE, REVOCATION_TYPE)


def take_in(workplace: Workplace, desk: Desk, data: bytes, *, dry_run: bool) -> KeyChange:
    """What the file changes; unless ``dry_run`` the store believes it, as the desk does in both cases.

    Raises Refusal E02, E04, E08–E15, E18-REPLAY.
    """
    act = _rotate if statement_type(data) == ROTATION_TYPE else _revoke
    return act(workplace, desk, data, dry_run)


def revoke_sender(
    workplace: Workplace, *, key_id: str, reason: str, checked_by: str, method: str = "telefon", day: date | None = None
) -> TrustedKey:
    """Believe this key no more, after a call: ``checked_by`` is the function of the person who said so, on ``day``.

    What is read in stays. Raises InputProblem without a reason or a function, and for a key that is revoked already.
    """
    key = next((each for each in packages.trusted(workplace.store) if each.keyid == key_id), None)
    if key is None or key.status == "revoked":
        raise InputProblem("Sigillet är redan spärrat eller okänt.", todo="Inget behöver göras.")
    reason, checked_by = " ".join(reason.split()), " ".join(checked_by.split())
    if not reason or not checked_by:
        raise InputProblem(
            "Uppgiften är inte hel.", todo="Skriv varför sigillet spärras och vilken funktion som sa det."
        )
    refuse_identity(RuleComment(id="", comment=text) for text in (reason, checked_by))
    when = day or workplace.today
    if when > workplace.today:
        raise InputProblem("Dagen har inte kommit.", todo="Ange dagen för samtalet.")
    note = f"{reason.rstrip('.')}. Sagt av {checked_by} per {method}."
    return _end(workplace, key, note, when.isoformat())


def _rotate(workplace: Workplace, desk: Desk, data: bytes, dry_run: bool) -> KeyChange:
    def public(keyid: str) -> bytes | None:
        known = desk.key(keyid)
        return None if known is None else known.public

    rotation = read_rotation(data, public)
    old = desk.key(rotation.old_keyid)
    assert old is not None, "its public key was found on the line above"
    about = _about(old, ROTATION, rotation.new_keyid)
    try:
        _check_rotation(desk, rotation, old)
    except PackageRefusal as refusal:
        refusal.about = about
        raise
    reason = "" if identity_hits(rotation.reason) else f" Orsak: {rotation.reason.rstrip('.')}."
    day = workplace.today.isoformat()
    ended = msgspec.structs.replace(
        old, status="replaced", last_sequence=rotation.last_sequence, ended_at=day, note=f"Utbytt.{reason}"
    )
    new = msgspec.structs.replace(
        old,
        keyid=rotation.new_keyid,
        public=rotation.new_public,
        status="active",
        method=BY_ROTATION,
        entered_by=workplace.function,
        entered_at=stamp(workplace.clock()),
        checked_by="",
        note="",
        last_sequence=None,
        age_recipient=rotation.new_age_recipient,
        ended_at=None,
    )
    aside = [each.sequence for each in stored.above_last(workplace.store, ended)]
    if not dry_run:
        stored.hand_over(
            workplace.store,
            ended=[ended],
            new=new,
            label=f"{old.org_name} har bytt sigill",
            facts={"reason": reason.strip(), "file": b64encode(data).decode("ascii"), "aside": aside},
            signature=workplace.signature,
        )
    desk.know(ended, new)
    told = (
        f"Det gamla sigillet gäller till och med paket nummer {rotation.last_sequence}."
        if rotation.last_sequence
        else "Inget paket är förseglat med det gamla sigillet.",
        *(f"Paket nummer {number} hade det gamla sigillet och räknas inte längre." for number in aside),
    )
    message = (
        f"{old.org_name} har bytt sigill.{reason} Det gamla sigillet går i god för det nya. "
        "Hade ni inte väntat er det, ring dem först."
    )
    return KeyChange(_accepted(about, message, dry_run), told)


def _check_rotation(desk: Desk, rotation: Rotation, old: TrustedKey) -> None:
    """Raises Refusal E10, E15, E18."""
    new = desk.key(rotation.new_keyid)
    theirs = (old.org_level, old.org_code)
    if (rotation.org_level, rotation.org_code) != theirs or (new and (new.org_level, new.org_code) != theirs):
        raise refuse("E15", "the keys belong to different organisations", sender=old.org_name)
    if new is not None and new.status == "active" and old.status == "replaced":
        raise refuse("E18-REPLAY", "the new key is known", day=new.entered_at[:10])
    for key in (old, new):
        if key is not None and key.status == "revoked":
            raise refuse("E10-REVOKED", f"key {key.keyid} is revoked", sender=key.org_name, reason=key.note)
    if old.status != "active" and new is None:
        detail = "the old key has been followed by another"
        raise PackageRefusal("E18-EQUIVOCATION", _TWO_CHANGES, {"sender": old.org_name}, detail)
    if old.status != "active" or new is not None:
        raise refuse("E10-ROTATED", "the old key has already given way", sender=old.org_name)


def _revoke(workplace: Workplace, desk: Desk, data: bytes, dry_run: bool) -> KeyChange:
    revocation = read_revocation(data)
    key = desk.key(revocation.keyid)
    if key is None:
        raise PackageRefusal("E10-UNKNOWNKEY", _NOT_OURS, {}, f"key {revocation.keyid} is not in the trust store")
    about = _about(key, REVOCATION, key.keyid)
    try:
        _check_revocation(revocation, key)
    except PackageRefusal as refusal:
        refusal.about = about
        raise
    note = "Avsändaren har skickat en spärrfil."
    ended = msgspec.structs.replace(key, status="revoked", ended_at=workplace.today.isoformat(), note=note)
    if not dry_run:
        _end(workplace, key, note, workplace.today.isoformat())
    desk.know(ended)
    told = ("Det som redan är inläst gäller. Inget nytt med det sigillet läses in.",)
    return KeyChange(_accepted(about, f"{key.org_name} spärrar sitt sigill.", dry_run), told)


def _check_revocation(revocation: Revocation, key: TrustedKey) -> None:
    if (revocation.org_level, revocation.org_code) != (key.org_level, key.org_code):
        raise refuse("E15", "the key belongs to another organisation", sender=key.org_name)
    if key.status == "revoked":
        raise refuse("E18-REPLAY", "already revoked", day=key.ended_at or "")


def _end(workplace: Workplace, key: TrustedKey, note: str, day: str) -> TrustedKey:
    ended = msgspec.structs.replace(key, status="revoked", ended_at=day, note=note)
    label = f"Sigillet för {key.org_name} är spärrat"
    packages.trust(workplace.store, ended, label=label, signature=workplace.signature)
    return ended


def _about(key: TrustedKey, kind: str, keyid: str) -> Verdict:
    return Verdict(
        trust="checked",
        keyid=keyid,
        check_code=check_code_of(keyid),
        issuer_code=key.org_code,
        issuer_name=key.org_name,
        kind=kind,
    )


def _accepted(about: Verdict, message: str, dry_run: bool) -> Verdict:
    return msgspec.structs.replace(about, word=NEW, message=message, verb="Läs in" if dry_run else "")


def take_text(workplace: Workplace, *, text: str) -> KeyChange | None:
    """The revocation that somebody read from a kuvertblad and sent as a line of text; None for any other text.

    Raises Refusal, with nothing changed.
    """
    data = revocation_of_text(text)
    return None if data is None else take_in(workplace, Desk(workplace), data, dry_run=False)
