"""Ctrl+K: activities, deviations and measures by a few letters of what stands in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import Activity, Deviation, Record
from fardplan_desktop.services import guarding
from fardplan_desktop.services.workplace import Workplace

MOST = 5
_LOOKED_AT = 20


class Found(msgspec.Struct, frozen=True):
    """One thing that was found: what it is called, and in which of its fields the words stand."""

    kind: Literal["activity", "deviation", "measure"]
    id: str
    words: str
    where: str
    """Empty when the words stand in what it is called."""


def find(workplace: Workplace, *, text: str, most: int = MOST) -> tuple[Found, ...]:
    """At most so many of each kind; those whose name holds the words first, then the latest written.

    Every word typed must begin a word of the thing. Capitals do not matter; å, ä and ö are letters of their own,
    other accents are passed over among the measures.
    """
    wanted = fold(text).split()
    if not wanted:
        return ()
    measures = _measures(workplace, wanted) if workplace.level is Level.MUNICIPALITY else []
    groups = (_activities(workplace, text, wanted), _deviations(workplace, text, wanted), measures)
    return tuple(each for group in groups for each in sorted(group, key=lambda found: bool(found.where))[:most])


def fold(text: str) -> str:
    """As it is compared: small letters, one spelling, hyphens as spaces, accents gone but for å, ä and ö."""
    plain = unicodedata.normalize("NFC", text).casefold()
    kept = (sign if sign in "åäö" else unicodedata.normalize("NFD", sign)[:1] for sign in plain)
    return "".join(" " if sign in "-–/" else sign for sign in kept)


def begins(text: str, wanted: Iterable[str]) -> bool:
    """Whether every word begins some word of the text; ``wanted`` is folded."""
    words = fold(text).split()
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _activities(workplace: Workplace, text: str, wanted: Sequence[str]) -> list[Found]:
    found = []
    for activity in workplace.store.several(Activity, workplace.store.search(Activity, text, _LOOKED_AT)):
        where = "" if begins(activity.title, wanted) else _where(activity, wanted)
        found.append(Found("activity", activity.id, activity.title, where))
    return found


def _deviations(workplace: Workplace, text: str, wanted: Sequence[str]) -> list[Found]:
    found = []
    for deviation in workplace.store.several(Deviation, workplace.store.search(Deviation, text, _LOOKED_AT)):
        about = deviation.summary or workplace.codebook.label("kategori", deviation.category)
        words = f"{deviation.number} {' '.join(about.split())}"
        where = "" if begins(words, wanted) else _where(deviation, wanted)
        found.append(Found("deviation", deviation.id, words, where))
    return found


def _measures(workplace: Workplace, wanted: Sequence[str]) -> list[Found]:
    found = []
    for measure in workplace.codebook.measures:
        name = f"{measure.id} {measure.label}"
        if begins(name, wanted):
            found.append(Found("measure", measure.id, measure.label, ""))
        elif begins(f"{name} {measure.short} {measure.definition}", wanted):
            found.append(Found("measure", measure.id, measure.label, "definitionen"))
    return found


def _where(record: Record, wanted: Sequence[str]) -> str:
    """The first field in which all the words stand, else the first with one of them, as the user calls it."""
    fields = [(name, text) for name, text in guarding.texts(record, exempt=frozenset({"id"})) if text]
    whole = (name for name, text in fields if begins(text, wanted))
    part = (name for name, text in fields if any(begins(text, [word]) for word in wanted))
    name = next(whole, None) or next(part, "")
    return guarding.field_word(name) if name else ""
