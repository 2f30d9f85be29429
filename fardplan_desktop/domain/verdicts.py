"""What crosses between the sealed package and the services: whom a receiver trusts, what it has seen, and the verdict.

No cryptography here, so that every room may speak of a verdict without knowing how it was reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, Protocol

import msgspec

from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import PeriodType

KeyStatus = Literal["active", "replaced", "revoked"]


class TrustedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A sender's public key (``public``: 32 raw bytes), and who checked that it is theirs, when and how."""

    keyid: str
    org_level: Level
    org_code: str
    org_name: str
    public: bytes
    status: KeyStatus
    method: str
    entered_by: str
    entered_at: str
    checked_by: str = ""
    note: str = ""
    last_sequence: int | None = None
    """The highest sequence a replaced key may vouch for."""
    age_recipient: str | None = None
    """What is encrypted to them: ``age1…``; None when they have not told."""
    introduced_by: str | None = None
    """Code of the delregion that vouches for the key; None when we have compared the kontrollkod ourselves."""
    ended_at: str | None = None
    """The day it was replaced or revoked."""


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What a receiver has taken in from one issuer, of one kind, for one audience. Digests are those of statements."""

    max_sequence: int = 0
    digests: Mapping[str, str] = {}
    """Digest → the day it was taken in."""
    by_sequence: Mapping[int, str] = {}
    active_by_period: Mapping[str, tuple[int, str]] = {}
    """Period id → sequence and digest of the package that counts."""
    known: Mapping[str, str] = {}
    """Digest → period id."""
    unrevoked: Replay | None = None
    """The same as if no revoked key had sealed anything, when one has: what a thief sealed stands in nobody's way."""


class Receiver(Protocol):
    """The one who opens a package: who they are, whom they trust and what they have."""

    @property
    def own(self) -> Organisation: ...

    @property
    def practice(self) -> bool:
        """A practice store reads practice packages only, a real store real ones only."""

    @property
    def codebook_version(self) -> int: ...

    @property
    def reporting_type(self) -> PeriodType: ...

    @property
    def now(self) -> datetime:
        """With a time zone."""

    def key(self, keyid: str) -> TrustedKey | None: ...

    def replay(self, issuer_code: str, kind: str, audience_code: str) -> Replay: ...

    def organisation(self, code: str) -> Organisation | None:
        """The organisation with this code in the code book."""

    def is_under(self, code: str) -> bool:
        """Whether what is meant for everyone under this organisation is meant for us."""

    def members(self, delregion: str, on: date) -> tuple[str, ...]:
        """Codes of the delregion's municipalities that day, as our own code book has them."""

    def keys_of(self, org_code: str) -> tuple[TrustedKey, ...]:
        """Every key of the organisation that we have ever believed."""


class Warning(msgspec.Struct, frozen=True):
    """Something to know before taking in a package that is otherwise right."""

    code: str
    text: str


MemberState = Literal["included", "reported", "missing"]


class Inside(msgspec.Struct, frozen=True, kw_only=True):
    """One member of a delregion in its bundle: its own package is there, only its figures are, or nothing came."""

    code: str
    name: str
    """From our own code book; the code itself without one."""
    state: MemberState
    reason: str = ""
    """Why nothing came, in the delregion's words."""
    sequence: int = 0
    digest: str = ""
    check_code: str = ""
    approved_by: str = ""
    introduced: bool = False
    """The sender of the bundle vouches for the key; we have not compared the kontrollkod ourselves."""
    warnings: tuple[Warning, ...] = ()


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the user is told about a package: the outcome word, one sentence, one verb; the rest under *Detaljer*.

    ``issuer_name`` comes from the trust store or the code book, never from the package. What is not known is "" or 0.
    """

    outcome: Literal["ok", "refused"] = "ok"
    word: str = ""
    code: str = "OK"
    message: str = ""
    verb: str = ""
    detail: str = ""
    trust: Literal["unknown", "checked"] = "unknown"
    keyid: str = ""
    check_code: str = ""
    issuer_code: str = ""
    issuer_name: str = ""
    audience_code: str = ""
    kind: str = ""
    period: str = ""
    sequence: int = 0
    digest: str = ""
    """SHA-256 of the signed statement, 64 hex."""
    supersedes: tuple[int, str] | None = None
    """Sequence and digest of the package it replaces."""
    skipped: int = 0
    """How many sequence numbers are missing before this one; more than 50 needs a person's yes."""
    approved_at: str = ""
    """The sender's claim, UTC."""
    approved_by: str = ""
    codebook_version: int = 0
    practice: bool = False
    counts: Mapping[str, int] = {}
    """File → records, as signed."""
    warnings: tuple[Warning, ...] = ()
    inside: tuple[Inside, ...] = ()
    """The members of a bundle, by code."""
