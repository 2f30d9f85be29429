"""A delivery: one sealed package as its sender or its receiver keeps it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

APPROVAL_WAYS = ("möte", "e-post", "protokoll")
"""How what is sent may have been approved."""


PERIOD_KINDS = ("kommun", "delregion")
"""The kinds of package that hand in a period; others (questions, receipts …) only speak of one."""


class Direction(StrEnum):
    OWN = "own"
    RECEIVED = "received"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed package and its place in the row of packages from its issuer.

    ``digest`` is SHA-256 of the signed statement, 64 hex; it names the delivery everywhere.
    """

    digest: str
    direction: Direction
    kind: str
    issuer: str
    audience: str
    period: str
    sequence: int
    supersedes: str | None
    active: bool
    approved_at: str
    approved_by: str
    at: str
    """When we sealed it or took it in, UTC."""
    key_id: str
    file_name: str
    file_sha256: str
    code_book: int
    reason: str | None = None
    reopened: str | None = None
    """Why the sealed period was opened again; None while it is locked."""
    warnings: tuple[str, ...] = ()


class RuleOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a quality rule said at the sender, as it stands in the package."""

    id: str
    rule: str
    version: int
    severity: str
    subject: str
    outcome: str
    comment: str | None = None


class SigningKeyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Our own key as it lies in the store: the private part is OpenSSH text, encrypted with its passphrase."""

    key_id: str
    private_text: str
    public: bytes
    created_at: str
    active: bool = True
    age_identity: str | None = None
    """What opens files encrypted to us, itself encrypted to this key; base64."""
    age_recipient: str | None = None
    """What others encrypt to: ``age1…``."""
    revocation: str | None = None
    """A revocation that was sealed when the key was made, to be used if it is lost."""
    ended_at: str | None = None
    ended_why: str | None = None


class RefusedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file with a known sender's seal that was not taken in, and why."""

    file_sha256: str
    at: str
    file_name: str
    issuer: str
    kind: str
    period: str
    sequence: int
    code: str
    word: str
    message: str
