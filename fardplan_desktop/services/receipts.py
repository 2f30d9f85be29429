"""Receipts that an office seals: what became of every file that a sender's seal was on, one package for each sender.

What has been read in and what has been refused is known from the store, so nothing is lost when a receipt is put off:
it is made of everything since the last one to that sender.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import PERIOD_KINDS, Delivery, Direction, RefusedFile
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.kinds import KINDS, RECEIPT
from fardplan_desktop.exchange.office_rows import ReceiptRow
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import handing_in, posting
from fardplan_desktop.services.handing_in import Unlocked
from fardplan_desktop.services.letters import Letter
from fardplan_desktop.services.posting import Posted
from fardplan_desktop.services.receipts_in import KIND, row_words
from fardplan_desktop.services.sealing import Contents
from fardplan_desktop.services.sender_letters import told_to_sender
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages, refusals

FOLDER = "Kvittenser"
_OURS_WAS_OLD = "E23-CODEBOOK"
"""Refused for our own older mått och listor, and read in when they had been: then there is nothing to tell."""
_NEW, _REPLACES = "Ny", "Ersätter tidigare"


class Waiting(msgspec.Struct, frozen=True):
    """A sender that has not been told what became of its files."""

    organisation: Organisation
    rows: tuple[ReceiptRow, ...]

    @property
    def refused(self) -> int:
        return sum(each.code != "OK" for each in self.rows)


def waiting(workplace: Workplace) -> tuple[Waiting, ...]:
    """Everyone to whom a receipt is owed, by name."""
    if workplace.level is Level.MUNICIPALITY:
        return ()
    rows = [*map(_accepted, _received(workplace)), *_refused(workplace)]
    told = _Told(workplace)
    owed: dict[str, list[ReceiptRow]] = {}
    for at, row in rows:
        if not told.of(row, at):
            owed.setdefault(row.issuer, []).append(row)
    found = (Waiting(workplace.codebook.organisation(code), tuple(each)) for code, each in owed.items())
    return tuple(sorted(found, key=lambda each: each.organisation.name))


def seal_receipts(
    workplace: Workplace,
    *,
    key: SigningKey,
    folder: Path,
    organisations: Collection[str] = (),
    work: Work | None = None,
) -> tuple[Posted, ...]:
    """Seal one receipt for each sender that waits, or for these, and save it with a mail draft in ``folder``.

    Raises WorldError when the folder cannot be written; what has not been sealed by then is still owed.
    """
    work = work or Work()
    owed = [each for each in waiting(workplace) if not organisations or each.organisation.code in organisations]
    work.started("Förseglar kvittenser", len(owed), "kvittenser")
    made = []
    for number, each in enumerate(owed):
        work.step(number, each.organisation.name)
        made.append(_seal(workplace, each, key, folder))
    work.done()
    return tuple(made)


def send_receipts(
    workplace: Workplace,
    *,
    folder: Path,
    passphrase: str | None,
    remember: bool = False,
    organisations: Collection[str] = (),
    work: Work | None = None,
) -> tuple[tuple[Posted, ...], Unlocked]:
    """The same with the passphrase of our seal; the first time the seal is made. Raises KeyProblem as ``unlock``."""
    work = work or Work()
    if not waiting(workplace):
        raise InputProblem("Inga kvittenser väntar.", "", "Läs in paketen först.")
    unlocked = handing_in.unlock(workplace, passphrase=passphrase, remember=remember, work=work)
    made = seal_receipts(workplace, key=unlocked.key, folder=folder, organisations=organisations, work=work)
    return made, unlocked


def letter(workplace: Workplace, *, to: Organisation, rows: Iterable[ReceiptRow]) -> Letter:
    """What became of the sender's files, in words; the sealed receipt is attached."""
    told = "\n".join(f"– {row_words(each)}" for each in rows)
    place = "under Rapportera, fliken Inskickat" if to.level is Level.MUNICIPALITY else "under Skicka vidare"
    return Letter(
        to.name,
        f"Kvittens från {workplace.organisation.name}",
        f"Hej {to.name}!\n\nVi har gått igenom det ni har skickat:\n\n{told}\n\n"
        f"Kvittensen är bifogad. Släpp filen på Färdplan, så står svaret {place}.\n\n"
        f"{workplace.function}, {workplace.organisation.name}\n",
    )


def _seal(workplace: Workplace, owed: Waiting, key: SigningKey, folder: Path) -> Posted:
    to = owed.organisation
    period = max(parse_period(each.period) for each in owed.rows)
    rows = tuple(sorted(owed.rows, key=lambda each: each.id))
    return posting.post(
        workplace,
        contents=Contents(kind=KIND, audience=to, period=period, tables={RECEIPT: rows}),
        letter=letter(workplace, to=to, rows=rows),
        key=key,
        folder=folder,
        word="kvittens",
        label=f"Kvittens till {to.name} förseglad",
    )


def _received(workplace: Workplace) -> list[Delivery]:
    """What came from our own senders; packages inside a bundle are answered by the delregion they were sent to."""
    found = packages.list_deliveries(workplace.store, Direction.RECEIVED)
    own = workplace.organisation.code
    return [
        each
        for each in found
        if each.kind in PERIOD_KINDS and each.audience == own and workplace.level in KINDS[each.kind].readers
    ]


def _accepted(delivery: Delivery) -> tuple[str, ReceiptRow]:
    word = _NEW if delivery.supersedes is None else _REPLACES
    row = ReceiptRow(
        id=delivery.file_sha256,
        digest=delivery.digest,
        issuer=delivery.issuer,
        kind="kommun" if delivery.kind == "kommun" else "delregion",
        period=delivery.period,
        sequence=delivery.sequence,
        outcome=word,
        code="OK",
        message="Inläst.",
        received=date.fromisoformat(delivery.at[:10]),
    )
    return delivery.at, row


def _refused(workplace: Workplace) -> list[tuple[str, ReceiptRow]]:
    """What a known sender's seal was on and was not read in, told as the sender should hear it."""
    found = refusals.list_refused(workplace.store)
    read = {(each.issuer, each.kind, each.period, each.sequence) for each in _received(workplace)}
    return [
        (each.at, _not_read(each))
        for each in found
        if each.kind in PERIOD_KINDS and not (each.code == _OURS_WAS_OLD and _package(each) in read)
    ]


def _package(file: RefusedFile) -> tuple[str, str, str, int]:
    return file.issuer, file.kind, file.period, file.sequence


def _not_read(file: RefusedFile) -> ReceiptRow:
    return ReceiptRow(
        id=file.file_sha256,
        digest=None,
        issuer=file.issuer,
        kind="kommun" if file.kind == "kommun" else "delregion",
        period=file.period,
        sequence=file.sequence,
        outcome=file.word,
        code=file.code,
        message=told_to_sender(file.code, file.message)[0],
        received=date.fromisoformat(file.at[:10]),
    )


class _Told:
    """What has been answered: everything that had come before the last receipt to its sender was sealed.

    Within the same second the receipts themselves are asked.
    """

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self._receipts: dict[str, list[Delivery]] = {}
        for each in packages.list_deliveries(workplace.store, Direction.OWN):
            if each.kind == KIND:
                self._receipts.setdefault(each.audience, []).append(each)

    def of(self, row: ReceiptRow, at: str) -> bool:
        return any(
            each.at > at or (each.at == at and self._names(each, row)) for each in self._receipts.get(row.issuer, ())
        )

    def _names(self, receipt: Delivery, row: ReceiptRow) -> bool:
        opened = open_package(packages.delivery_file(self._workplace.store, receipt.digest), None)
        return row.id in {each.id for each in opened.table(RECEIPT, ReceiptRow)}
