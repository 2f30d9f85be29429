"""PDFs that came inside a package: never opened by us, saved where the user asks, marked as coming from outside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.host.files import mark_as_from_outside
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages


def names(workplace: Workplace, *, digest: str) -> tuple[str, ...]:
    """The attachments of a package that has been read in, named by its statement's digest; none of any other."""
    return tuple(sorted(_attachments(workplace, digest)))


def save(workplace: Workplace, *, digest: str, name: str, folder: Path) -> Path:
    """Write one attachment, as it was sealed, under a name that says whose it is.

    Raises InputProblem when the package has none of that name, WorldError when the place cannot be written.
    """
    found = _attachments(workplace, digest)
    if name not in found:
        raise InputProblem("Bilagan finns inte.", "Paketet har ingen bilaga med det namnet.")
    delivery = next(
        each for each in packages.list_deliveries(workplace.store, Direction.RECEIVED) if each.digest == digest
    )
    number = f"{delivery.issuer}_{delivery.period}_{delivery.sequence:04d}"
    path = save_file(folder / f"{number}_{name}", found[name])
    mark_as_from_outside(path)
    return path


def _attachments(workplace: Workplace, digest: str) -> Mapping[str, bytes]:
    have = {each.digest for each in packages.list_deliveries(workplace.store, Direction.RECEIVED)}
    return open_package(packages.delivery_file(workplace.store, digest), None).attachments if digest in have else {}
