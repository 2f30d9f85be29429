"""Sealing a package of any kind: its number, its statement, its place in the store, its file and our card beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import msgspec

from fardplan_desktop import PROGRAM_NAME, __version__
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import RuleComment
from fardplan_desktop.exchange.bundle import open_bundle
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.kinds import KindName
from fardplan_desktop.exchange.package import NestedPackage, PackageContent, Register, package_file_name, seal
from fardplan_desktop.exchange.rows import Identified, Rows
from fardplan_desktop.exchange.statement import utc_moment
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.host.files import write_whole
from fardplan_desktop.services import handing_over, seal_changes, seals
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

_AFTER_RESTORE = 20
"""Numbers left unused after a restore, since the restored store may have forgotten some that were sent."""
_FUNCTION_LIMIT = 80
"""Of ``approvedBy`` (package format, section 5)."""


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed, and for whom. ``to_all``: for everyone under ``audience``, itself not counted."""

    kind: KindName
    audience: Organisation
    period: Period
    to_all: bool = False
    rows: Rows = Rows()
    tables: Mapping[str, Sequence[Identified]] = {}
    codebook: CodeBook | None = None
    """The version that the package follows, when it is another than the one in force here."""
    nested: tuple[NestedPackage, ...] = ()
    register: Register | None = None
    """Of a bundle, and of nothing else."""


def seal_package(
    workplace: Workplace,
    *,
    contents: Contents,
    key: SigningKey,
    approved_by: str,
    previous: Delivery | None = None,
    reason: str | None = None,
) -> tuple[Delivery, bytes]:
    """The package with the next number of its kind to its receiver. Nothing is stored. Raises Refusal for bad rows."""
    own, book = workplace.organisation, contents.codebook or workplace.codebook
    sequence = _next_number(workplace, contents)
    head = workplace.store.history_head()
    approved_at = stamp(workplace.clock())
    content = PackageContent(
        kind=contents.kind,
        issuer=own,
        audience=(contents.audience,),
        to_all=contents.to_all,
        period=contents.period,
        sequence=sequence,
        approved_at=utc_moment(approved_at),
        approved_by=approved_by.strip() or workplace.function,
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        generator_name=PROGRAM_NAME,
        generator_version=__version__,
        rows=contents.rows,
        tables=contents.tables,
        nested=contents.nested,
        register=contents.register,
        supersedes=None if previous is None else (previous.sequence, previous.digest),
        history_head=(head.count, head.sha256),
    )
    data = seal(content, key, practice=workplace.practice)
    opened = open_package(data, None)
    if contents.register is not None:
        open_bundle(opened, None)
    delivery = Delivery(
        digest=opened.digest,
        direction=Direction.OWN,
        kind=contents.kind,
        issuer=own.code,
        audience=contents.audience.code,
        period=contents.period.id,
        sequence=sequence,
        supersedes=None if previous is None else previous.digest,
        active=True,
        approved_at=approved_at,
        approved_by=content.approved_by,
        at=approved_at,
        key_id=key.keyid,
        file_name=package_file_name(own.code, contents.period.id, sequence),
        file_sha256=opened.file_sha256,
        code_book=book.version,
        reason=reason,
    )
    return delivery, data


def keep(
    workplace: Workplace,
    *,
    delivery: Delivery,
    data: bytes,
    label: str,
    codebook: CodeBook | None = None,
    facts: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Keep our sealed package, and the version of mått och listor that it brings; ``facts`` go into the history."""
    packages.add_delivery(
        workplace.store,
        delivery,
        data,
        {},
        label=label,
        signature=workplace.signature,
        code_book=codebook,
        facts=facts,
    )
    resumed = _resumed(workplace)
    if resumed is not None:
        name = _row_of_numbers(delivery.kind, delivery.audience)
        workplace.store.set_setting("restored", " ".join(["1", *sorted({*resumed, name})]))


def check_words(approved_by: str, reason: str | None) -> None:
    """What is said beside the rows: who approves goes with the package, the reason stays in the store."""
    if len(approved_by.strip()) > _FUNCTION_LIMIT:
        raise InputProblem(
            "Den som godkänner är skriven för långt.", todo=f"Skriv en funktion på högst {_FUNCTION_LIMIT} tecken."
        )
    if not approved_by.strip().isprintable():
        raise InputProblem(
            "Den som godkänner har tecken som inte syns.", "De får inte stå i ett paket.", "Skriv funktionen för hand."
        )
    refuse_identity(RuleComment(id="", comment=text) for text in (approved_by, reason or ""))


def write_files(
    workplace: Workplace,
    *,
    delivery: Delivery,
    folder: Path,
    key: SigningKey,
    encrypt: bool = True,
    with_card: bool = True,
) -> tuple[Path, Path]:
    """The sealed file as it is to be sent, and our card, in the folder. ``encrypt``: when it can be done.

    Raises WorldError when they cannot be written there.
    """
    outgoing = handing_over.of_delivery(workplace, delivery=delivery, encrypt=encrypt)
    file = folder / outgoing.name
    card = folder / card_name(workplace)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(file, outgoing.data)
        if with_card:
            write_whole(card, seals.own_card(workplace, key=key))
        change = seal_changes.rotation_to_send(workplace, audience=delivery.audience)
        if change is not None:
            write_whole(folder / seal_changes.rotation_name(workplace), change)
    except OSError as error:
        raise WorldError(
            "Paketet är förseglat men kunde inte sparas.",
            f"Det går inte att skriva i {folder}.",
            "Välj en annan mapp och försegla igen. Samma paket skrivs då där.",
            detail=str(error),
        ) from error
    return file, card


def card_name(workplace: Workplace) -> str:
    """What the file with our avsändarkort is called."""
    return f"avsandarkort_{workplace.organisation.code}.nyckelkort"


def _next_number(workplace: Workplace, contents: Contents) -> int:
    own = workplace.organisation.code
    seen = packages.replay(workplace.store, Direction.OWN, own, contents.kind, contents.audience.code)
    resumed = _resumed(workplace)
    forgotten = resumed is not None and _row_of_numbers(contents.kind, contents.audience.code) not in resumed
    return seen.max_sequence + 1 + (_AFTER_RESTORE if forgotten else 0)


def _resumed(workplace: Workplace) -> set[str] | None:
    """The rows of numbers that have been gone on with since a restore; None when the store was never restored."""
    first, *rest = (workplace.store.setting("restored") or "0").split()
    return set(rest) if first == "1" else None


def _row_of_numbers(kind: str, audience: str) -> str:
    """Each receiver has a row of numbers of its own for each kind."""
    return f"{kind}/{audience}"
