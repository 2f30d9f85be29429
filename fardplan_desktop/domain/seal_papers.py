"""The two printed papers about a seal: the card that others know it by, and the sheet for the safe."""

from __future__ import annotations

from datetime import date

import msgspec


class SealPaper(msgspec.Struct, frozen=True, kw_only=True):
    """What both say. Dated by the day the seal was made, so that the same seal gives the same paper."""

    organisation: str
    as_of: date
    demo: bool
    data_version: str
    """Which seal: the first of its id."""
    codebook_version: int
    codebook_sha256: str
    groups: tuple[str, ...]
    """The kontrollkod, six groups of five figures."""
    replaced: str = ""
    """That it came instead of another, in a sentence; empty for the first."""


class CardPaper(SealPaper, frozen=True, kw_only=True):
    """Avsändarkort: may be spread. ``code`` is what its QR code says."""

    code: str


class EnvelopePaper(SealPaper, frozen=True, kw_only=True):
    """Kuvertblad: for the safe. ``revocation`` is the line that revokes the seal, empty when none was made."""

    passphrase: str
    revocation: str
    office: str
    """Whom to call when something has happened."""
