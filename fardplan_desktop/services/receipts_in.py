"""Receipts that have come: what became of what we sent, and the alarm when one speaks of what we never sent.

They are kept as they came and read from their own sealed files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import msgspec

from fardplan_desktop.domain.deliveries import PERIOD_KINDS, Delivery, Direction
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.exchange.kinds import RECEIPT
from fardplan_desktop.exchange.messages import not_ours, refuse
from fardplan_desktop.exchange.office_rows import ReceiptRow
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.services import seals
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.sender_letters import told_to_sender
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

KIND: Final = "kvittens"


class Receipt(msgspec.Struct, frozen=True):
    """What became of one of our packages at its receiver."""

    by: Organisation
    accepted: bool
    outcome: str
    message: str
    todo: str
    """What to do about it; empty when it was read in."""
    received: date
    sequence: int
    period: str

    @property
    def words(self) -> str:
        """``Mottaget av Vårdsamverkan Fyrbodal 2026-09-16, nummer 3, Ny``"""
        verb = "Mottaget" if self.accepted else "Inte inläst"
        told = f"{verb} av {self.by.name} {self.received}, nummer {self.sequence}, "
        return told + (self.outcome if self.accepted else f"{_said(self.outcome, self.message)} {self.todo}")


class Answers(msgspec.Struct, frozen=True):
    """What has been told of what we sent."""

    receipts: Mapping[str, Receipt]
    """Digest of our own package → its receipt."""
    alarms: tuple[str, ...]
    """One sentence, with what to do, for each package that a receiver has from us and we do not know of."""


def check(workplace: Workplace, opened: Opened) -> None:
    """Raises Refusal E16 when it comes from somebody we do not report to, or speaks of another's packages."""
    issuer = opened.statement.predicate.issuer.code
    own, book = workplace.organisation, workplace.codebook
    if issuer != reports_to(workplace, opened.statement.period.end):
        raise not_ours(opened.verdict.issuer_name, "Ni rapporterar inte dit.", f"receipt from {issuer}")
    other = next((each.issuer for each in _rows(opened) if each.issuer != own.code), None)
    if other is not None:
        known = book.find(other)
        raise refuse("E16", f"receipt for {other}", audience=known.name if known else "någon annan")


def reports_to(workplace: Workplace, day: date) -> str:
    """Code of the one we report to that day: the delregion, or for a delregion the county."""
    own, book = workplace.organisation, workplace.codebook
    return book.delregion_of(own.code, day).code if own.level is Level.MUNICIPALITY else book.county.code


def keep(workplace: Workplace, opened: Opened) -> Kept:
    """Nothing enters the tables; the history tells of the outcomes."""
    rows = _rows(opened)
    told = {f"{each.period} {each.sequence}": each.outcome for each in rows}
    return Kept(f"Kvittens från {opened.verdict.issuer_name} inläst", facts={"outcomes": told})


def told(workplace: Workplace, opened: Opened) -> tuple[str, ...]:
    """Each outcome, and the alarm where there is one; before it is read in."""
    own = _own(workplace)
    rows = _rows(opened)
    alarms = (_alarm(opened.verdict.issuer_name, each) for each in rows if _match(own, each) is None)
    return (*map(row_words, rows), *alarms)


def answers(workplace: Workplace, *, since: date | None = None) -> Answers:
    """What receivers have told, all of it or what has come from that day on.

    That a package was read in stands, whatever comes later.
    """
    own, found, alarms = _own(workplace), dict[str, Receipt](), dict[str, None]()
    for by, row in _all_rows(workplace, since):
        match = _match(own, row)
        if match is None:
            alarms[_alarm(by.name, row)] = None
        elif match.digest not in found or not found[match.digest].accepted:
            ok = row.code == "OK"
            todo = "" if ok else told_to_sender(row.code, row.message)[1]
            found[match.digest] = Receipt(
                by, ok, row.outcome, row.message, todo, row.received, row.sequence, row.period
            )
    return Answers(found, tuple(alarms))


def is_known_to(workplace: Workplace, *, receiver: str) -> bool:
    """Whether the receiver has read in something that our present seal is on: then it has our avsändarkort."""
    seal = seals.own_seal(workplace)
    theirs = {each.digest for each in _own(workplace) if seal is not None and each.key_id == seal.key_id}
    rows = _all_rows(workplace) if theirs else ()
    return any(by.code == receiver and row.code == "OK" and row.digest in theirs for by, row in rows)


def row_words(row: ReceiptRow) -> str:
    """``Tertial 2 2026, paket nummer 3: Ny, mottaget 2026-09-16.`` A refused one with its sentence."""
    about = f"{parse_period(row.period).name.capitalize()}, paket nummer {row.sequence}"
    if row.code == "OK":
        return f"{about}: {row.outcome}, mottaget {row.received}."
    said, todo = _said(row.outcome, row.message), told_to_sender(row.code, "")[1]
    return f"{about}: inte inläst {row.received}. {said} {todo}"


def _said(outcome: str, message: str) -> str:
    """Many sentences begin with the outcome's own word."""
    return message if message.startswith(outcome) else f"{outcome}. {message}"


def _alarm(by: str, row: ReceiptRow) -> str:
    about = f"{parse_period(row.period).name}, paket nummer {row.sequence}"
    return (
        f"{by} har fått ett paket med ert sigill som inte finns här: {about}. "
        "Är en äldre säkerhetskopia återställd? Läs då in paketet igen från mappen där det sparades. "
        f"Annars kan någon annan ha ert sigill: ring {by} och byt sigill under Inställningar."
    )


def _own(workplace: Workplace) -> tuple[Delivery, ...]:
    found = packages.list_deliveries(workplace.store, Direction.OWN)
    return tuple(each for each in found if each.kind in PERIOD_KINDS)


def _match(own: tuple[Delivery, ...], row: ReceiptRow) -> Delivery | None:
    """By its digest; a refused file that could not tell its own, by its number."""
    for each in own:
        if each.digest == row.digest:
            return each
    if row.digest is not None:
        return None
    return next((each for each in own if (each.period, each.sequence) == (row.period, row.sequence)), None)


def _rows(opened: Opened) -> tuple[ReceiptRow, ...]:
    return opened.table(RECEIPT, ReceiptRow)


def _all_rows(workplace: Workplace, since: date | None = None) -> Iterator[tuple[Organisation, ReceiptRow]]:
    """In the order in which they were sealed."""
    found = [each for each in packages.list_deliveries(workplace.store, Direction.RECEIVED) if each.kind == KIND]
    found = [each for each in found if since is None or each.at[:10] >= since.isoformat()]
    for each in sorted(found, key=lambda each: (each.approved_at, each.sequence)):
        by = workplace.codebook.organisation(each.issuer)
        opened = open_package(packages.delivery_file(workplace.store, each.digest), None)
        yield from ((by, row) for row in _rows(opened))
