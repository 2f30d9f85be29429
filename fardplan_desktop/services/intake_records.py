"""What of an opened package enters the store: the delivery, and a municipality's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.records import JointAnswer
from fardplan_desktop.domain.verdicts import Warning
from fardplan_desktop.exchange.verify import Opened
from fardplan_desktop.host.clock import stamp
from fardplan_desktop.services import joint_wire, wire
from fardplan_desktop.services.workplace import Workplace


def municipal_rows(opened: Opened) -> Mapping[type[msgspec.Struct], Sequence[msgspec.Struct]]:
    """The records of a municipality's package, whether it came alone or in a bundle."""
    rows = wire.records_of(wire.unsteered_rows(opened.rows))
    return {**rows, JointAnswer: joint_wire.answers_of(opened)}


def delivery_of(
    workplace: Workplace, opened: Opened, *, file_name: str, warnings: tuple[Warning, ...], audience: str = ""
) -> Delivery:
    """The package as it is kept; ``audience``: the code of its receiver, when that is not us."""
    predicate = opened.statement.predicate
    replaced = predicate.supersedes
    return Delivery(
        digest=opened.digest,
        direction=Direction.RECEIVED,
        kind=predicate.kind,
        issuer=predicate.issuer.code,
        audience=audience or workplace.organisation.code,
        period=predicate.period.id,
        sequence=predicate.sequence,
        supersedes=None if replaced is None else replaced.statement_sha256,
        active=True,
        approved_at=predicate.approved_at,
        approved_by=predicate.approved_by.function,
        at=stamp(workplace.clock()),
        key_id=predicate.key_id,
        file_name=file_name.encode("utf-8", "replace").decode()[:200],  # A name unpacked elsewhere may be no text.
        file_sha256=opened.file_sha256,
        code_book=predicate.code_book.version,
        warnings=tuple(each.code for each in warnings),
    )
