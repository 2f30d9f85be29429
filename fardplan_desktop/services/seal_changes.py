"""Our own seal when something has happened to it: another one follows, it is revoked, or its passphrase is changed.

What an ended key has sealed can still be verified by those who have taken it in. How each change reaches receivers:
a change of key as ``.nyckelbyte``, a revocation as ``.sparr``, both beside the next packages or by themselves; a change
of passphrase concerns nobody else.
"""

from __future__ import annotations

import msgspec

from fardplan_desktop.domain.deliveries import Direction, SigningKeyRecord
from fardplan_desktop.domain.errors import InputProblem, KeyProblem
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.exchange import age, keys
from fardplan_desktop.exchange.rotation import LONGEST_REASON, make_rotation
from fardplan_desktop.exchange.statement import utc_moment
from fardplan_desktop.host import secrets
from fardplan_desktop.services import seals
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.seals import OwnSeal
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored
from fardplan_desktop.store import packages

ROTATION_SUFFIX, REVOCATION_SUFFIX = ".nyckelbyte", ".sparr"
_REVOKED = "Spärrat"
_RECEIPT = "kvittens"


class EndedSeal(msgspec.Struct, frozen=True):
    """A key of ours that is no longer used, and why."""

    key_id: str
    check_code: str
    ended_at: str
    why: str
    revocation: bytes | None
    """The ``.sparr`` to hand out; None when the key was followed by another and needs no revocation."""


def change_seal(
    workplace: Workplace, *, passphrase: str, new_passphrase: str, reason: str, rounds: int = keys.KDF_ROUNDS
) -> OwnSeal:
    """Let a new key follow the one in use, whose passphrase it takes; both seal the change.

    Raises KeyProblem for a wrong or short passphrase, InputProblem without a reason; nothing is changed.
    """
    reason = _reason(reason)
    old_key = seals.open_seal(workplace, passphrase=passphrase)
    old = packages.active_signing_key(workplace.store)
    assert old is not None, "it has just been opened"
    key, record = seals.drawn_key(workplace, passphrase=new_passphrase, rounds=rounds)
    data = make_rotation(
        workplace.organisation,
        old_key,
        key,
        last_sequence=_last_sequence(workplace, old),
        new_age_recipient=record.age_recipient,
        reason=reason,
        created_at=utc_moment(record.created_at),
    )
    earlier = [each for each in stored.own_keys(workplace.store) if not each.active]
    ended = [_passed_on(each, old_key, key) for each in (*earlier, _ended(workplace, old, f"Utbytt: {reason}"))]
    told = {_rotation_setting(key.keyid): data.decode("ascii")}
    stored.follow(
        workplace.store,
        ended=ended,
        new=record,
        settings={**told, **seals.card_setting(workplace, key=key, record=record)},
        label="Sigillet är bytt",
        why=reason,
        signature=workplace.signature,
    )
    _pass_on_remembering(old.key_id, key.keyid, new_passphrase)
    return OwnSeal(key.keyid, keys.check_code(key.public), record.created_at)


def rotation_file(workplace: Workplace) -> bytes | None:
    """The change that made the key in use follow another; None when it followed none."""
    seal = seals.own_seal(workplace)
    kept = None if seal is None else workplace.store.setting(_rotation_setting(seal.key_id))
    return None if kept is None else kept.encode("ascii")


def rotation_to_send(workplace: Workplace, *, audience: str) -> bytes | None:
    """The change of key that is to go along to this receiver: until a receipt from it was sealed after the change."""
    data, seal = rotation_file(workplace), seals.own_seal(workplace)
    if data is None or seal is None:
        return None
    received = packages.list_deliveries(workplace.store, Direction.RECEIVED)
    answered = any(
        each.kind == _RECEIPT and each.issuer == audience and each.approved_at >= seal.created_at for each in received
    )
    return None if answered else data


def rotation_name(workplace: Workplace) -> str:
    """What the file with the change is called."""
    return f"sigillbyte_{workplace.organisation.code}{ROTATION_SUFFIX}"


def revoke_seal(workplace: Workplace, *, reason: str, passphrase: str | None = None) -> EndedSeal:
    """Stop using our key and give the revocation to send. No passphrase is needed: it was sealed in advance.

    A key made by an older program may have none yet, and then ``passphrase`` opens the key. The next sealing makes a
    new key. Raises KeyProblem, InputProblem.
    """
    reason = _reason(reason)
    record = packages.active_signing_key(workplace.store)
    if record is None:
        raise KeyProblem("Ni har inget sigill att spärra.", todo="Ett nytt skapas när ni förseglar nästa gång.")
    if record.revocation is None:
        if passphrase is None:
            raise KeyProblem(
                "Sigillet är gjort i en äldre version och har ingen spärr.",
                "",
                "Skriv lösenfrasen, eller ring mottagarna och be dem spärra sigillet.",
            )
        key = seals.open_seal(workplace, passphrase=passphrase)
        revocation = seals.revocation_of(workplace, key=key, record=record)
        record = msgspec.structs.replace(record, revocation=revocation)
    ended = _ended(workplace, record, f"{_REVOKED}: {reason}")
    stored.put_own(workplace.store, ended, label="Sigillet är spärrat", why=reason, signature=workplace.signature)
    secrets.forget(record.key_id)
    return _told(ended)


def change_passphrase(workplace: Workplace, *, old: str, new: str, rounds: int = keys.KDF_ROUNDS) -> None:
    """Lock the key in use with another passphrase; the old one opens nothing more here.

    A key file saved before is still locked with the old one. Raises KeyProblem; nothing is changed.
    """
    seals.check_passphrase(new)
    key = seals.open_seal(workplace, passphrase=old)
    if keys.normal_passphrase(old) == keys.normal_passphrase(new):
        raise KeyProblem("Den nya lösenfrasen är densamma som den gamla.", todo="Skriv en annan.")
    record = packages.active_signing_key(workplace.store)
    assert record is not None, "it has just been opened"
    locked = msgspec.structs.replace(record, private_text=key.private_text(new, rounds))
    stored.put_own(workplace.store, locked, label="Sigillets lösenfras är bytt", why="", signature=workplace.signature)
    _pass_on_remembering(key.keyid, key.keyid, new)


def ended_seals(workplace: Workplace) -> tuple[EndedSeal, ...]:
    """Our earlier keys, latest first."""
    return tuple(_told(each) for each in reversed(stored.own_keys(workplace.store)) if not each.active)


def revocation_files(workplace: Workplace) -> dict[str, bytes]:
    """What to hand out when our seal has been revoked, by file name; empty while nothing has been.

    The seals that it followed are revoked too: a receiver whom the change never reached still believes one of them.
    """
    ended = [each for each in reversed(stored.own_keys(workplace.store)) if not each.active]
    if not ended or not (ended[0].ended_why or "").startswith(_REVOKED):
        return {}
    code = workplace.organisation.code
    marks = ["", *(f"_{each.key_id[:8]}" for each in ended[1:])]
    told = zip((f"sparr_{code}{mark}{REVOCATION_SUFFIX}" for mark in marks), ended, strict=True)
    return {name: each.revocation.encode("ascii") for name, each in told if each.revocation is not None}


def _told(record: SigningKeyRecord) -> EndedSeal:
    why = record.ended_why or ""
    revoked = why.startswith(_REVOKED) and record.revocation is not None
    return EndedSeal(
        record.key_id,
        keys.check_code(record.public),
        record.ended_at or "",
        why,
        (record.revocation or "").encode("ascii") if revoked else None,
    )


def _ended(workplace: Workplace, record: SigningKeyRecord, why: str) -> SigningKeyRecord:
    return msgspec.structs.replace(record, active=False, ended_at=workplace.today.isoformat(), ended_why=why)


def _last_sequence(workplace: Workplace, record: SigningKeyRecord) -> int:
    own = packages.list_deliveries(workplace.store, Direction.OWN)
    return max((each.sequence for each in own if each.key_id == record.key_id), default=0)


def _passed_on(record: SigningKeyRecord, old: keys.SigningKey, new: keys.SigningKey) -> SigningKeyRecord:
    """What is on its way may be encrypted to an earlier key: the new passphrase opens it too."""
    try:
        identity = age.unprotected(record.age_identity or "", old)
    except KeyProblem:
        return record
    return msgspec.structs.replace(record, age_identity=identity.protected(new))


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise InputProblem("Orsaken saknas.", todo="Skriv varför, till exempel att datorn är borta.")
    if len(reason) > LONGEST_REASON or not reason.isprintable():
        raise InputProblem("Orsaken är för lång eller har tecken som inte syns.", todo="Skriv en kort rad.")
    refuse_identity([RuleComment(id="", comment=reason)])
    return reason


def _pass_on_remembering(old_id: str, new_id: str, passphrase: str) -> None:
    """This computer remembers the new passphrase if it did the old one."""
    if secrets.recall(old_id) is not None:
        secrets.forget(old_id)
        secrets.remember(new_id, passphrase)


def _rotation_setting(key_id: str) -> str:
    return f"rotation_{key_id}"
