"""Passphrases in the system's credential store, where there is one."""

from __future__ import annotations

_SERVICE = "Färdplan Desktop"


def remember(key_id: str, passphrase: str) -> bool:
    """Keep the passphrase; False when this system has nowhere to keep it (then it is asked for)."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, key_id, passphrase)
    except KeyringError:
        return False
    return recall(key_id) == passphrase


def recall(key_id: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, key_id)
    except KeyringError:
        return None


def forget(key_id: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_SERVICE, key_id)
    except KeyringError:
        return
