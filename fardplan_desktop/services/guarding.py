"""Nothing personal is saved: every text passes here before the write door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Literal, get_args, get_origin, get_type_hints

import msgspec

from fardplan_desktop.analysis.guard import contact_hits, identity_hits
from fardplan_desktop.domain.errors import InputProblem, PersonalData

EXEMPT = frozenset(
    {
        *("id", "reference", "number", "period", "month", "measure", "measures", "unit"),
        *("plan", "copied_from", "activity", "activities", "deviations", "meeting", "joint", "replaced_by"),
    }
)
"""Fields that hold references and codes: a case number may look like a personal identity number."""


_LONGEST = 4000
"""Characters of a text (package format, 4b)."""
_EXEMPT_WITHIN = EXEMPT - {"unit"}
"""What an indicator is measured in is a word of the user's."""


def refuse_identity(records: Iterable[msgspec.Struct]) -> None:
    """Raise PersonalData if a text identifies a person. Says where, never what; nothing is logged."""
    for record in records:
        for field, text in texts(record):
            if identity_hits(text):
                raise PersonalData(
                    "Texten är inte sparad.",
                    f"{field_word(field)} innehåller något som ser ut som ett personnummer.",
                    "Ta bort det. Skriv ”den enskilde” i stället.",
                    detail=field,
                )


def refuse_long(record: msgspec.Struct) -> None:
    """Raise InputProblem, with the field as its ``detail``, if a text is longer than a package has room for."""
    for field, text in texts(record):
        if len(text) > _LONGEST:
            raise InputProblem(
                f"{field_word(field)} har för lång text.",
                f"Den har {len(text)} tecken, högst {_LONGEST} får plats.",
                "Korta den.",
                detail=field,
            )


def contact_fields(record: msgspec.Struct) -> tuple[str, ...]:
    """Swedish words for the fields that hold a telephone number or e-mail address: worth a question, not refused."""
    return tuple(field_word(field) for field, text in texts(record) if contact_hits(text))


def texts(record: msgspec.Struct, *, exempt: frozenset[str] = EXEMPT) -> Iterator[tuple[str, str]]:
    """Every free text of a record with the name of its field; nested records and lists included."""
    names, values = _may_hold_text(type(record), exempt)
    for name, value in zip(names, values(record), strict=True):
        if type(value) is str:
            yield name, value
        elif value:
            yield from _texts_in(name, value)


def field_word(field: str) -> str:
    """What the user calls the field."""
    return _WORDS.get(field, "Ett fält")


@cache
def _may_hold_text(
    kind: type[msgspec.Struct], exempt: frozenset[str]
) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """The fields of a kind that are no dates, numbers, flags or words of ours, and what gives their values.

    Found once for each kind: a package has thousands of records.
    """
    hints = get_type_hints(kind)
    names = tuple(name for name in kind.__struct_fields__ if name not in exempt and not _is_textless(hints[name]))
    if len(names) < 2:  # Then attrgetter would give no tuple.
        return names, lambda record: tuple(getattr(record, name) for name in names)
    return names, attrgetter(*names)


def _is_textless(hint: object) -> bool:
    if get_origin(hint) is Literal:
        return True
    parts = get_args(hint)
    if parts and get_origin(hint) is not tuple:
        return all(map(_is_textless, parts))
    return isinstance(hint, type) and (hint is NoneType or issubclass(hint, int | date | StrEnum))


def _texts_in(name: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, msgspec.Struct):
        yield from ((name, text) for _, text in texts(value, exempt=_EXEMPT_WITHIN))
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts_in(name, each)


_WORDS = {
    "title": "Rubriken",
    "goal": "Målet",
    "indicators": "Indikatorn",
    "answers": "Svaret på frågan",
    "name": "Namnet",
    "to": "Ansvarig funktion",
    "mail": "Adressen",
    "responsible": "Ansvarig funktion",
    "status_note": "Statustexten",
    "obstacle": "Hinder",
    "next_step": "Nästa steg",
    "resources": "Resurser",
    "involvement": "Den enskildes medverkan",
    "children": "Barnets rättigheter",
    "lesson": "Lärdom",
    "comment": "Kommentaren",
    "document_text": "Styrdokument",
    "summary": "Sammanfattningen",
    "description": "Händelsebeskrivningen",
    "action_text": "Åtgärden",
    "status_comment": "Kommentaren till status",
    "counterpart_org": "Berörd part",
    "agenda": "Dagordningen",
    "text": "Texten",
    "partners": "Samverkande parter",
    "reference": "Referensen",
    "reason": "Skälet",
    "shown": "Värdet",
    "source": "Källan",
    "label": "Namnet",
    "short": "Kortnamnet",
    "definition": "Beskrivningen",
    "group": "Gruppen",
    "counted": "Exemplet",
    "not_counted": "Exemplet",
    "note": "Anmärkningen",
}
