"""What is wrong with a version of mått och listor, said with the words that stand in the window."""

from __future__ import annotations

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_check import Fault

_PLACES = {
    "measures": "Måttet", "derived": "Nyckeltalet", "rules": "Kontrollen", "working_methods": "Arbetssättet",
    "preconditions": "Förutsättningen", "areas": "Insatsområdet", "joint_activities": "Den gemensamma aktiviteten",
    "plan_templates": "Planen", "agreements": "Styrdokumentet", "forums": "Forumet", "references": "Uppgiften",
    "mailboxes": "Brevlådan för",
    "municipalities": "Kommunen", "municipality": "Kommunen", "delregions": "Delregionen",
    "delregion": "Delregionen", "county": "Länet",
}  # fmt: skip
_FIELDS = {
    "threshold": "Gränsen för små tal", "deadline_days": "Dagar till sista rapporteringsdag",
    "answer_warning": "Påminnelsen om svar", "answer_days": "Dagar till svar",
    "yearly_day": "Dagen för årsrapporten", "yearly_month": "Månaden för årsrapporten",
    "replaced_by": "efterföljaren", "to": "sista dagen", "label": "namnet", "id": "namnet", "terms": "måtten",
    "membership": "indelningen", "codes": "listan", "over_time": "sättet att räkna samman", "part_of": "helheten",
    "valid_to": "sista dagen", "breakdowns": "fördelningen", "numbers": "talen", "code": "koden",
    "delregion": "delregionen",
}  # fmt: skip


def fault_sentence(book: CodeBook, fault: Fault) -> str:
    """``Gränsen för små tal ska vara 3–10.``"""
    if fault.section in ("reporting", "version"):
        return f"{_FIELDS.get(fault.field, 'Versionen')} {fault.reason}."
    field = f" {_FIELDS[fault.field]}" if fault.field in _FIELDS else ""
    return f"{_place(book, fault)}:{field} {fault.reason}."


def _place(book: CodeBook, fault: Fault) -> str:
    section, _, inner = fault.section.partition(".")
    if section == "code_lists":
        list_id = inner.split(".")[0] or fault.id
        whole = book.lists.get(list_id)
        name = whole.label if whole else list_id
        known = whole.by_id.get(fault.id) if whole and inner else None
        return f"{name}, {known.label if known else fault.id}" if inner else f"Listan {name}"
    found = book.find(fault.id)
    if section in ("municipalities", "municipality", "delregions", "delregion"):
        return found.name if found else f"{_PLACES[section]} {fault.id}"
    if section == "measures" and fault.id in book.measures_by_id:
        return f"{fault.id} {book.measure(fault.id).label}"
    return f"{_PLACES.get(section, 'Mått och listor')} {fault.id}"
