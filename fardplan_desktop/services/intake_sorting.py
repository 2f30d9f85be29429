"""What is this file: files and folders sorted into cards and what is to be judged, in the order to judge it.

Decided by content, never by name, from the beginning of each file alone (``exchange.look``): no package is opened here,
so that 49 large ones are sorted at once and none of them is held. A new kind of *file* (as a change of key) gets its
own part of ``Pile`` and its own branch in ``sort_out``; what a *package* is, of whatever kind, is found out when it is
opened (``intake_taking``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.verdicts import TrustedKey
from fardplan_desktop.exchange.look import Look, Sort, look_at
from fardplan_desktop.exchange.rotation import claimed_rotation
from fardplan_desktop.exchange.verify import read_package_file
from fardplan_desktop.services.intake_desk import Desk


class Pile(msgspec.Struct, frozen=True):
    """What lies there. Every file but the cards gets an answer, whatever it is."""

    files: tuple[Path, ...] = ()
    """As they were found."""
    in_turn: tuple[Path, ...] = ()
    """The same files, what changes a key first, then lower numbers first whatever they are called: a correction lies
    on what it corrects."""
    cards: tuple[Path, ...] = ()


def sort_out(desk: Desk, paths: Sequence[Path], work: Work) -> Pile:
    """Look at each file once. Raises Cancelled."""
    looks: dict[Path, Look] = {}
    for path in files_in(paths):
        work.check()
        looks[path] = look_at(path, desk.key, desk.plain)
    announced = _announced(desk, [path for path, look in looks.items() if look.sort is Sort.ROTATION])
    for path, look in looks.items():
        if announced and look.sort is Sort.PACKAGE and not look.issuer:
            looks[path] = look_at(path, announced.get, desk.plain)
    files = [path for path, look in looks.items() if look.sort is not Sort.CARD]
    return Pile(
        files=tuple(files),
        in_turn=tuple(sorted(files, key=lambda path: _turn(looks[path]))),
        cards=tuple(path for path, look in looks.items() if look.sort is Sort.CARD),
    )


def _announced(desk: Desk, paths: Sequence[Path]) -> dict[str, TrustedKey]:
    """The keys that changes in the pile let follow those we know: their packages have their place among the others of
    the same sender. Whether the change is right is tried when it is taken in."""
    found: dict[str, TrustedKey] = {}
    changes = []
    for path in paths:
        with suppress(Refusal):
            changes.append(claimed_rotation(desk.plain(read_package_file(path))))
    for each in sorted(changes, key=lambda each: each.created_at):
        old = found.get(each.old_keyid) or desk.key(each.old_keyid)
        if old is not None:
            found[each.new_keyid] = msgspec.structs.replace(old, keyid=each.new_keyid, public=each.new_public)
    return found


def _turn(look: Look) -> tuple[int, str, str, int]:
    """Changes of key in the order they were made, so that the packages of the new keys are believed; then revocations;
    then packages."""
    first = (Sort.ROTATION, Sort.REVOCATION)
    group = first.index(look.sort) if look.sort in first else len(first)
    return group, look.made_at, look.issuer, look.sequence


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files, each once: folders give what lies in them, hidden files and folders left out."""
    found: list[Path] = []
    for path in paths:
        found += [
            each for each in _inside(path) if each == path or not (each.name.startswith(".") or os.path.isdir(each))
        ]
    return list(dict.fromkeys(found))


def _inside(path: Path) -> list[Path]:
    """What lies in a folder; a file, and a folder that may not be read, stand for themselves and get their answer."""
    try:
        return sorted(path.iterdir()) if os.path.isdir(path) else [path]
    except OSError:
        return [path]
