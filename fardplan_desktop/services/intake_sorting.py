"""What is this file: files and folders sorted into cards and what is to be judged, in the order to judge it.

Decided by content, never by name, from the beginning of each file alone (``exchange.look``): no package is opened here,
so that 49 large ones are sorted at once and none of them is held. A new kind of *file* (as a change of key) gets its
own part of ``Pile`` and its own branch in ``sort_out``; what a *package* is, of whatever kind, is found out when it is
opened (``intake_taking``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from fardplan_desktop.domain.progress import Work
from fardplan_desktop.exchange.look import Look, Sort, look_at
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
    files = [path for path, look in looks.items() if look.sort is not Sort.CARD]
    return Pile(
        files=tuple(files),
        in_turn=tuple(sorted(files, key=lambda path: _turn(looks[path]))),
        cards=tuple(path for path, look in looks.items() if look.sort is Sort.CARD),
    )


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
