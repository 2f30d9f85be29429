"""After a restore: our own sealed files say what the restored store has forgotten.

A store restored from a copy knows nothing of what was sealed after the copy was made. Its next package would name an
older one as the one it replaces, and the receiver, who has the newer, must refuse it. The sealed files themselves carry
number, period and what they replaced, under our own seal: taking them back restores the row of deliveries. They lie in
the organisation's folder, in sent mail, or with the receiver.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.package import package_file_name
from fardplan_desktop.exchange.verify import Opened, open_package, read_package_file
from fardplan_desktop.services.intake_desk import Desk
from fardplan_desktop.services.intake_sorting import files_in
from fardplan_desktop.services.opening import Opener
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

_DONE = "reclaimed"


class Reclaimed(msgspec.Struct, frozen=True):
    """What came of a folder of files: those taken back, in order, and how many were known or not ours."""

    deliveries: tuple[Delivery, ...]
    known: int
    others: int


def was_restored(workplace: Workplace) -> bool:
    """Whether the store was put back from a copy, so that it may have forgotten what was sealed after."""
    return (workplace.store.setting("restored") or "0") != "0"


def is_open(workplace: Workplace) -> bool:
    """Whether somebody should still look for what was forgotten."""
    return was_restored(workplace) and workplace.store.setting(_DONE) != "1"


def close(workplace: Workplace) -> None:
    """All that can be taken back has been."""
    workplace.store.set_setting(_DONE, "1")


def reclaim(workplace: Workplace, *, paths: Sequence[Path], opener: Opener | None = None) -> Reclaimed:
    """Take back every file under ``paths`` that our own key has sealed and that the store does not know.

    Files that are not ours, or that are damaged, are counted and left alone. Nothing else in the store changes: what
    was entered after the copy was made is not in it, and must be entered again before the period is corrected.
    """
    own = packages.own_key_ids(workplace.store)
    kept = packages.list_deliveries(workplace.store, Direction.OWN)
    known = {each.digest for each in kept}
    numbers = {(each.kind, each.audience, each.sequence) for each in kept}
    desk = Desk(workplace, opener)
    found: dict[str, tuple[Opened, bytes]] = {}
    already = others = 0
    for path in files_in(paths):
        try:
            data = desk.plain(read_package_file(path))
            opened = open_package(data, None)
        except Refusal:
            others += 1
            continue
        if opened.digest in known or opened.digest in found:
            already += 1
        elif not _ours(workplace, opened, own) or _number(opened) in numbers:
            others += 1
        else:
            found[opened.digest] = (opened, data)
    taken = tuple(
        _keep(workplace, opened, data)
        for opened, data in sorted(found.values(), key=lambda each: each[0].statement.predicate.sequence)
    )
    return Reclaimed(taken, already, others)


def _ours(workplace: Workplace, opened: Opened, keys: frozenset[str]) -> bool:
    predicate = opened.statement.predicate
    own = workplace.organisation
    said = (predicate.issuer.type, predicate.issuer.code, opened.statement.practice)
    return predicate.key_id in keys and said == (own.level.wire, own.code, workplace.practice)


def _number(opened: Opened) -> tuple[str, str, int]:
    """Two different packages with one number were sealed from two copies of the store: ours is the one we have."""
    predicate = opened.statement.predicate
    return predicate.kind, predicate.audience[0].code, predicate.sequence


def _keep(workplace: Workplace, opened: Opened, data: bytes) -> Delivery:
    predicate = opened.statement.predicate
    replaced = predicate.supersedes
    later = [
        each
        for each in packages.list_deliveries(workplace.store, Direction.OWN, period=predicate.period.id)
        if (each.kind, each.audience) == (predicate.kind, predicate.audience[0].code)
    ]
    delivery = Delivery(
        digest=opened.digest,
        direction=Direction.OWN,
        kind=predicate.kind,
        issuer=predicate.issuer.code,
        audience=predicate.audience[0].code,
        period=predicate.period.id,
        sequence=predicate.sequence,
        supersedes=None if replaced is None else replaced.statement_sha256,
        active=not any(each.active and each.sequence > predicate.sequence for each in later),
        approved_at=predicate.approved_at,
        approved_by=predicate.approved_by.function,
        at=predicate.approved_at,
        key_id=predicate.key_id,
        file_name=package_file_name(predicate.issuer.code, predicate.period.id, predicate.sequence),
        file_sha256=opened.file_sha256,
        code_book=predicate.code_book.version,
    )
    label = f"{opened.statement.period.name.capitalize()}: eget paket nummer {delivery.sequence} taget tillbaka"
    packages.add_delivery(workplace.store, delivery, data, {}, label=label, signature=workplace.signature)
    return delivery
