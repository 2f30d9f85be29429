"""What is printed on a rättelseblad, already in words: every value that a package corrects."""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.periods import Period


class CorrectionLine(msgspec.Struct, frozen=True):
    """One value: what it is, what it was, what it is now, why, and which function says so."""

    what: str
    field: str
    old: str
    new: str
    reason: str
    function: str


class CorrectionPaper(msgspec.Struct, frozen=True, kw_only=True):
    """The sheet of one package, or of what is about to be sealed."""

    organisation: str
    """Whose sheet it is: the sender's own, or the receiver who prints it."""
    sender: str
    period: Period
    as_of: date
    demo: bool = False
    data_version: str
    codebook_version: int
    codebook_sha256: str
    numbers: str
    """``Paket nummer 2 ersätter paket nummer 1``, or what is to be sealed."""
    approved: str
    """``Godkänd av Socialchef den 2026-09-20``; empty before it is sealed."""
    lines: tuple[CorrectionLine, ...]
    remarks: tuple[str, ...] = ()
    """What the receiver should ask about: values that the note does not name."""
