"""The key file: our seal on a stick in the safe, and how it comes into the store of another computer.

It is the encrypted OpenSSH key, which ``ssh-keygen`` opens, followed by two lines of ours that it passes over: the
card, which says whose key it is, and what opens files encrypted to us, locked with the key. Files saved by older
programs have the key alone.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import SigningKeyRecord
from fardplan_desktop.domain.errors import InputProblem, KeyProblem, Refusal
from fardplan_desktop.exchange import age, keys
from fardplan_desktop.exchange.card import Card, read_card
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services import seals
from fardplan_desktop.services.seals import OwnSeal
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored
from fardplan_desktop.store import packages

_END = "-----END OPENSSH PRIVATE KEY-----\n"
_CARD, _AGE = "fardplan-kort: ", "fardplan-age: "
_LARGEST = 64 * 1024
_BASE64 = r"([A-Za-z0-9+/=]{1,20000})"


def key_file(workplace: Workplace) -> str:
    """The text of the file. Raises KeyProblem when there is no key."""
    record = packages.active_signing_key(workplace.store)
    if record is None:
        raise KeyProblem("Ni har inget sigill än.", todo="Skapa det under Inställningar, Sigill.")
    lines = [_CARD + b64encode(seals.kept_card(workplace)).decode("ascii")]
    if record.age_identity is not None:
        lines.append(_AGE + record.age_identity)
    return record.private_text + "".join(f"{line}\n" for line in lines)


def read_key_file(workplace: Workplace, *, path: Path, passphrase: str) -> OwnSeal:
    """Take the organisation's key into this store and use it from now on.

    Raises KeyProblem for a wrong passphrase, for another organisation's key and for one of ours that has ended. When
    the key is new to this store numbers go on twenty ahead, as after a restore: others may have been given elsewhere.
    """
    text = _text(path)
    private, end, ours = text.partition(_END)
    key = keys.open_key(private + end, passphrase)
    card = _card(ours, key)
    _check_owner(workplace, key, card)
    known = {each.key_id: each for each in stored.own_keys(workplace.store)}
    before = known.get(key.keyid)
    if before is not None and not before.active:
        raise KeyProblem(
            "Sigillet i filen används inte längre.", before.ended_why or "", "Läs in nyckelfilen för det nya sigillet."
        )
    record = _record(workplace, private + end, ours, key, card)
    label = "Sigillet är inläst från en nyckelfil"
    in_use = packages.active_signing_key(workplace.store)
    settings = {**seals.card_setting(workplace, key=key, record=record), **({} if before else {"restored": "1"})}
    if in_use is None or in_use.key_id == key.keyid:
        stored.put_own(workplace.store, record, label=label, why="", signature=workplace.signature, settings=settings)
    else:
        day = workplace.today.isoformat()
        ended = msgspec.structs.replace(in_use, active=False, ended_at=day, ended_why="Ersatt av nyckelfilens sigill")
        stored.follow(
            workplace.store,
            ended=[ended],
            new=record,
            settings=settings,
            label=label,
            why="nyckelfil",
            signature=workplace.signature,
        )
    return OwnSeal(key.keyid, keys.check_code(key.public), record.created_at)


def _record(workplace: Workplace, private: str, ours: str, key: keys.SigningKey, card: Card | None) -> SigningKeyRecord:
    found = re.search(rf"^{_AGE}{_BASE64}$", ours, re.MULTILINE)
    identity = None if found is None else age.unprotected(found[1], key)
    created = stamp(workplace.clock() if card is None else card.created_at)
    record = SigningKeyRecord(
        key_id=key.keyid,
        private_text=private,
        public=key.public,
        created_at=created,
        age_identity=None if identity is None else found and found[1],
        age_recipient=None if identity is None else identity.recipient,
    )
    return msgspec.structs.replace(record, revocation=seals.revocation_of(workplace, key=key, record=record))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise ValueError("too large")
        return data.decode("ascii").replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        raise InputProblem(
            f"{path.name} går inte att läsa som nyckelfil.",
            todo="Välj filen som sparades med Spara nyckelfil.",
            detail=type(error).__name__,
        ) from error


def _card(ours: str, key: keys.SigningKey) -> Card | None:
    found = re.search(rf"^{_CARD}{_BASE64}$", ours, re.MULTILINE)
    if found is None:
        return None
    try:
        card = read_card(b64decode(found[1]))
    except (Refusal, ValueError):
        card = None
    if card is None or card.keyid != key.keyid:
        raise KeyProblem("Nyckelfilen är skadad.", todo="Använd en annan kopia av den.")
    return card


def _check_owner(workplace: Workplace, key: keys.SigningKey, card: Card | None) -> None:
    """The card says whose it is; without one, the key may at least not be known as somebody else's."""
    own = workplace.organisation.code
    theirs = {each.keyid: each.org_code for each in packages.trusted(workplace.store)}
    owner = theirs.get(key.keyid, own) if card is None else card.org_code
    if owner != own:
        organisation = workplace.codebook.find(owner)
        name = organisation.name if organisation else "en annan organisation"
        raise KeyProblem(f"Nyckelfilen hör till {name}.", todo="Välj er egen nyckelfil.")
