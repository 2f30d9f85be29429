"""What has happened lately, gathered from the history: one line a day and kind, in the words of the user."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from fardplan_desktop.domain.changes import HistoryEntry
from fardplan_desktop.services import editing
from fardplan_desktop.services.workplace import Workplace

_LOOKED_AT: Final = 300
_SHOWN: Final = 5
_EDITS: Final = frozenset({"edit", "undo", "redo"})


class News(msgspec.Struct, frozen=True):
    """One line; ``at`` is the local moment of the latest thing in it. ``kind`` is a record type or an act."""

    kind: str
    text: str
    at: datetime
    whole_day: bool = False
    """It belongs to the day, not to the hour."""


class _Words(msgspec.Struct, frozen=True):
    """A kind of record in the singular and the plural, with what is done to it."""

    one: str
    many: str
    new: tuple[str, str]
    changed: tuple[str, str] = ("ändrad", "ändrade")
    removed: tuple[str, str] = ("borttagen", "borttagna")


_WORDS: Final = {
    "Count": _Words("ruta i SIP-uppföljningen", "rutor i SIP-uppföljningen", ("ifylld", "ifyllda"),
                    removed=("tömd", "tömda")),
    "Activity": _Words("aktivitet", "aktiviteter", ("inlagd", "inlagda")),
    "CheckIn": _Words("avstämning", "avstämningar", ("gjord", "gjorda")),
    "SelfAssessment": _Words("självskattning", "självskattningar", ("gjord", "gjorda")),
    "Deviation": _Words("avvikelse", "avvikelser", ("registrerad", "registrerade")),
    "Plan": _Words("handlingsplan", "handlingsplaner", ("inlagd", "inlagda")),
    "Meeting": _Words("möte", "möten", ("inlagt", "inlagda"), ("ändrat", "ändrade"), ("borttaget", "borttagna")),
    "Decision": _Words("beslut", "beslut", ("inlagt", "inlagda"), ("ändrat", "ändrade"), ("borttaget", "borttagna")),
    "Inquiry": _Words("fråga till ansvarig", "frågor till ansvariga", ("ställd", "ställda"), ("besvarad", "besvarade")),
    "Unit": _Words("enhet", "enheter", ("inlagd", "inlagda")),
    "UnitCount": _Words("antal från en enhet", "antal från enheter", ("inlagt", "inlagda"), ("ändrat", "ändrade"),
                        ("borttaget", "borttagna")),
    "CorrectionNote": _Words("skäl till rättelse", "skäl till rättelser", ("skrivet", "skrivna")),
    "Question": _Words("fråga på ett värde", "frågor på värden", ("ställd", "ställda"), ("avslutad", "avslutade")),
    "Reply": _Words("svar på en fråga", "svar på frågor", ("skrivet", "skrivna"), ("ändrat", "ändrade")),
    "JointPlan": _Words("gemensam plan", "gemensamma planer", ("inlagd", "inlagda")),
    "JointTask": _Words("gemensam aktivitet", "gemensamma aktiviteter", ("inlagd", "inlagda")),
    "JointAnswer": _Words("gemensam aktivitet", "gemensamma aktiviteter", ("besvarad", "besvarade")),
    "LiftedAnswer": _Words("lyft fråga", "lyfta frågor", ("besvarad", "besvarade")),
    "RuleComment": _Words("kommentar till kontroll", "kommentarer till kontroll", ("skriven", "skrivna")),
}  # fmt: skip
_MANY_ACTS: Final = {"receive": "paket mottagna", "trust": "avsändare godkända"}
"""What several of the same act on one day are called; others are told one by one."""


def latest_news(workplace: Workplace, *, since: datetime | None = None) -> tuple[News, ...]:
    """Newest first; what happened before and after ``since`` is never told on the same line."""
    entries = editing.history(workplace, limit=_LOOKED_AT)
    groups: dict[tuple[object, ...], list[HistoryEntry]] = {}
    for entry in entries:
        at = datetime.fromisoformat(entry.at).astimezone()
        known = since is not None and at <= since
        groups.setdefault((at.date(), known, *_kind_of(entry)), []).append(entry)
    cut = entries[-1] if len(entries) == _LOOKED_AT else None
    found: list[News] = []
    for group in groups.values():
        found += _told(group, cut)
        if len(found) >= _SHOWN:
            break
    return tuple(found[:_SHOWN])


def _kind_of(entry: HistoryEntry) -> tuple[str, ...]:
    """What is told on the same line: a kind of record, many alike acts, or an act by itself."""
    if entry.act in _EDITS:
        return ("edit", entry.record.partition(":")[0])
    return (entry.act,) if entry.act in _MANY_ACTS else (entry.act, str(entry.nr))


def _told(group: list[HistoryEntry], cut: HistoryEntry | None) -> list[News]:
    """The lines of a group; newest entry first. ``cut`` is the oldest entry looked at when there may be more."""
    newest = group[0]
    at = datetime.fromisoformat(newest.at).astimezone()
    if newest.act not in _EDITS:
        many = len(group) > 1
        return [News(newest.act, f"{len(group)} {_MANY_ACTS[newest.act]}" if many else newest.label, at)]
    kind = newest.record.partition(":")[0]
    words = _WORDS.get(kind)
    if words is None or cut is group[-1]:
        return [News(kind, newest.label, at)]
    return [News(kind, text, at) for text in _sentences(kind, words, group)]


def _sentences(kind: str, words: _Words, group: Iterable[HistoryEntry]) -> list[str]:
    """``3 aktiviteter ändrade``; what has been made and undone again is not told."""
    first: dict[str, HistoryEntry] = {}
    last: dict[str, HistoryEntry] = {}
    for entry in group:
        last.setdefault(entry.record, entry)
        first[entry.record] = entry
    done: dict[str, list[HistoryEntry]] = {"new": [], "changed": [], "removed": []}
    for record, entry in last.items():
        before, after = _told_of(first[record].before), _told_of(entry.after)
        if before != after:
            done["new" if before is None else "removed" if after is None else "changed"].append(entry)
    return [_sentence(kind, words, deed, entries) for deed, entries in done.items() if entries]


def _told_of(content: dict[str, object] | None) -> dict[str, object] | None:
    """A check-in that is only planned is as good as not there: it is news when it is made."""
    return None if content is not None and content.get("planned") else content


def _sentence(kind: str, words: _Words, deed: str, entries: list[HistoryEntry]) -> str:
    one, many = getattr(words, deed)
    if len(entries) > 1:
        return f"{len(entries)} {words.many} {many}"
    name = _name(entries[0]) if kind in ("Activity", "Deviation") else ""
    return f"{words.one.capitalize()} {name} {one}" if name else f"1 {words.one} {one}"


def _name(entry: HistoryEntry) -> str:
    content = entry.after or entry.before or {}
    title = str(content.get("title") or "")
    if title:
        return f"”{title[:60].rstrip()}…”" if len(title) > 60 else f"”{title}”"
    return str(content.get("number") or "")
