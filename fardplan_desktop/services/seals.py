"""Our own key: made at the first sealing, kept encrypted in the store, shown to others as a card."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fardplan_desktop.domain.deliveries import SigningKeyRecord
from fardplan_desktop.domain.errors import KeyProblem
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.exchange import age, keys
from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.revocation import make_revocation
from fardplan_desktop.exchange.statement import utc_moment
from fardplan_desktop.host import secrets
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import keys as stored
from fardplan_desktop.store import packages


class OwnSeal(msgspec.Struct, frozen=True):
    """What we tell others about our key."""

    key_id: str
    check_code: str
    created_at: str


def own_seal(workplace: Workplace) -> OwnSeal | None:
    """None until the first sealing."""
    record = packages.active_signing_key(workplace.store)
    return None if record is None else OwnSeal(record.key_id, keys.check_code(record.public), record.created_at)


def new_passphrase(workplace: Workplace) -> str:
    """Six groups that can be read aloud and typed, drawn anew."""
    return keys.generated_passphrase(lambda below: int.from_bytes(workplace.random_bytes(8)) % below)


def make_key(workplace: Workplace, *, passphrase: str, rounds: int = keys.KDF_ROUNDS) -> OwnSeal:
    """Make the organisation's key, encrypted with the passphrase. Raises KeyProblem for a short passphrase."""
    key, record = drawn_key(workplace, passphrase=passphrase, rounds=rounds)
    packages.add_signing_key(
        workplace.store, record, label="Sigill skapat", signature=workplace.signature,
        settings=card_setting(workplace, key=key, record=record),
    )  # fmt: skip
    return OwnSeal(key.keyid, keys.check_code(key.public), record.created_at)


def drawn_key(workplace: Workplace, *, passphrase: str, rounds: int) -> tuple[keys.SigningKey, SigningKeyRecord]:
    """A new key and what is to be kept of it, its revocation sealed in advance. Raises KeyProblem."""
    check_passphrase(passphrase)
    key = keys.SigningKey(workplace.random_bytes(32))
    identity = age.identity_of(workplace.random_bytes(32))
    record = SigningKeyRecord(
        key_id=key.keyid,
        private_text=key.private_text(passphrase, rounds),
        public=key.public,
        created_at=stamp(workplace.clock()),
        age_identity=identity.protected(key),
        age_recipient=identity.recipient,
    )
    return key, msgspec.structs.replace(record, revocation=revocation_of(workplace, key=key, record=record))


def revocation_of(workplace: Workplace, *, key: keys.SigningKey, record: SigningKeyRecord) -> str:
    """The revocation of the key, the same whenever it is made."""
    return make_revocation(workplace.organisation, key, utc_moment(record.created_at)).decode("ascii")


def check_passphrase(passphrase: str) -> None:
    """Raises KeyProblem when it is too short to protect a key."""
    keys.check_own_passphrase(passphrase)


def open_seal(workplace: Workplace, *, passphrase: str) -> keys.SigningKey:
    """The private key, while the caller holds it. Raises KeyProblem without a key or for a wrong passphrase."""
    record = packages.active_signing_key(workplace.store)
    if record is None:
        raise KeyProblem("Ni har inget sigill än.", todo="Skapa det under Inställningar, Sigill.")
    key = keys.open_key(record.private_text, passphrase)
    if record.age_identity is None and not workplace.read_only:
        _prepare_encryption(workplace, key)
    if record.revocation is None and not workplace.read_only:
        _prepare_revocation(workplace, key)
    return key


def remembered_passphrase(workplace: Workplace) -> str | None:
    """From the system's credential store, when it is kept there."""
    seal = own_seal(workplace)
    return None if seal is None else secrets.recall(seal.key_id)


def remember_passphrase(workplace: Workplace, *, passphrase: str) -> bool:
    seal = own_seal(workplace)
    return seal is not None and secrets.remember(seal.key_id, passphrase)


def forget_passphrase(workplace: Workplace) -> None:
    """This computer no longer knows it; it is asked for at the next sealing."""
    seal = own_seal(workplace)
    if seal is not None:
        secrets.forget(seal.key_id)


def check_code_of(key: TrustedKey) -> str:
    """The kontrollkod of a sender we know."""
    return keys.check_code(key.public)


def own_card(workplace: Workplace, *, key: keys.SigningKey) -> bytes:
    """The card that others read to know our key; the same bytes every time."""
    record = packages.active_signing_key(workplace.store)
    assert record is not None, "a card is made of an existing key"
    return _card_of(workplace, key, record)


def _card_of(workplace: Workplace, key: keys.SigningKey, record: SigningKeyRecord) -> bytes:
    return make_card(workplace.organisation, key, utc_moment(record.created_at), record.age_recipient)


def kept_card(workplace: Workplace) -> bytes:
    """The card as it was when the key was made, so that it can be handed out without the passphrase.

    Raises KeyProblem when there is no key yet.
    """
    seal = own_seal(workplace)
    if seal is None:
        raise KeyProblem("Ni har inget sigill än.", todo="Skapa det under Inställningar, Sigill.")
    card = workplace.store.setting(_card_setting(seal.key_id))
    assert card is not None, "the card is kept when the key is made"
    return card.encode()


def _prepare_encryption(workplace: Workplace, key: keys.SigningKey) -> None:
    """A key made before there was encryption gets what it takes the first time it is opened; its card says so."""
    identity = age.identity_of(workplace.random_bytes(32))
    packages.prepare_encryption(
        workplace.store,
        key.keyid,
        identity=identity.protected(key),
        recipient=identity.recipient,
        label="Sigillet kan ta emot krypterade filer",
        signature=workplace.signature,
    )
    keep_card(workplace, key=key)


def _prepare_revocation(workplace: Workplace, key: keys.SigningKey) -> None:
    """So does one made before revocations were."""
    record = packages.active_signing_key(workplace.store)
    assert record is not None, "it has just been opened"
    ready = msgspec.structs.replace(record, revocation=revocation_of(workplace, key=key, record=record))
    stored.put_own(
        workplace.store, ready, label="Spärr för sigillet gjord i förväg", why="", signature=workplace.signature
    )


def keep_card(workplace: Workplace, *, key: keys.SigningKey) -> None:
    """Keep the card of the key in use, so that it can be handed out without the passphrase."""
    workplace.store.set_setting(_card_setting(key.keyid), own_card(workplace, key=key).decode("ascii"))


def card_setting(workplace: Workplace, *, key: keys.SigningKey, record: SigningKeyRecord) -> Mapping[str, str]:
    """The same of a key that is not in use yet, to be kept together with it."""
    return {_card_setting(key.keyid): _card_of(workplace, key, record).decode("ascii")}


def _card_setting(key_id: str) -> str:
    return f"card_{key_id}"
