"""Nothing personal is saved: every text passes here before the write door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fardplan_desktop.analysis.guard import contact_hits, identity_hits
from fardplan_desktop.domain.errors import PersonalData

EXEMPT = frozenset(
    {
        *("id", "reference", "number", "period", "month", "measure", "measures", "unit"),
        *("plan", "copied_from", "activity", "activities", "deviations", "meeting"),
    }
)
"""Fields that hold references and codes: a case number may look like a personal identity number."""


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


def contact_fields(record: msgspec.Struct) -> tuple[str, ...]:
    """Swedish words for the fields that hold a telephone number or e-mail address: worth a question, not refused."""
    return tuple(field_word(field) for field, text in texts(record) if contact_hits(text))


def texts(record: msgspec.Struct, *, exempt: frozenset[str] = EXEMPT) -> Iterator[tuple[str, str]]:
    """Every free text of a record with the name of its field; nested records and lists included."""
    for name in record.__struct_fields__:
        if name not in exempt:
            yield from _texts_in(name, getattr(record, name))


def field_word(field: str) -> str:
    """What the user calls the field."""
    return _WORDS.get(field, "Ett fält")


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
    "source": "Källan",
    "label": "Namnet",
    "short": "Kortnamnet",
    "definition": "Beskrivningen",
    "group": "Gruppen",
    "counted": "Exemplet",
    "not_counted": "Exemplet",
    "note": "Anmärkningen",
}
