"""Refused files as the store remembers them: whose, of which period, and why. Never the file itself."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from fardplan_desktop.domain.deliveries import RefusedFile
from fardplan_desktop.store.convert import from_row, to_row
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store, record_act
from fardplan_desktop.store.tables import refused


def add_refused(store: Store, file: RefusedFile, *, label: str, signature: Signature) -> bool:
    """Remember the file; False when the very same bytes have been refused before, which is told once."""
    with store.transaction() as connection:
        known = select(refused.c.file_sha256).where(refused.c.file_sha256 == file.file_sha256)
        if connection.execute(known).first() is not None:
            return False
        connection.execute(insert(refused).values(**to_row(file)))
        content: dict[str, object] = {"file": file.file_sha256, "period": file.period, "code": file.code}
        record_act(connection, "refuse", label, f"Refused:{file.file_sha256}", content, signature)
    return True


def list_refused(store: Store, *, period: str | None = None) -> tuple[RefusedFile, ...]:
    """Those of a period, or all, the first one first."""
    query = select(refused).order_by(refused.c.at, refused.c.file_sha256)
    if period is not None:
        query = query.where(refused.c.period == period)
    with store.transaction() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(from_row(RefusedFile, row) for row in rows)
