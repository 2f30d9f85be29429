"""The versions of mått och listor that have been in force here, and what each changed when it came."""

from __future__ import annotations

import msgspec

from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

_ACTS = ("seal", "receive")


class Version(msgspec.Struct, frozen=True):
    """``sentences``: what it changed in the version before it."""

    number: int
    sentences: tuple[str, ...]


def to_hand_on(workplace: Workplace) -> Delivery | None:
    """The sealed file of the version in force, to be given to others as it came; None when it came with the program."""
    found = (each for way in Direction for each in packages.list_deliveries(workplace.store, way))
    ours = (each for each in found if (each.kind, each.code_book) == ("kodverk", workplace.codebook.version))
    return next(ours, None)


def versions(workplace: Workplace) -> tuple[Version, ...]:
    """Those that were sealed or read in here, the latest first; the first of all came with the program."""
    found = [
        Version(number, tuple(str(each) for each in changes))
        for act in _ACTS
        for _, content in workplace.store.acts(act)
        if isinstance(number := content.get("version"), int) and isinstance(changes := content.get("changes"), list)
    ]
    return tuple(sorted(found, key=lambda each: each.number, reverse=True))
