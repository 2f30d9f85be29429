"""What one version of mått och listor changes in another, in sentences that a coordinator understands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_records import (
    Agreement,
    Code,
    CodeList,
    Forum,
    HasId,
    Measure,
    Record,
    Reporting,
    RuleKind,
    index,
)
from fardplan_desktop.domain.levels import Organisation


class Difference(msgspec.Struct, frozen=True):
    """One thing that is not as before. ``section``: the field of the code book it stands in."""

    section: str
    id: str
    sentence: str


def codebook_diff(old: CodeBook, new: CodeBook) -> tuple[Difference, ...]:
    """Everything that differs but the version, its day and its title; nothing when only those do."""
    return tuple(
        Difference(section, id, sentence)
        for section, found in (
            ("memberships", _memberships(old, new)),
            ("measures", _measures(old, new)),
            ("code_lists", _lists(old, new)),
            ("reporting", _reporting(old.reporting, new.reporting)),
            ("forums", _forums(old, new)),
            ("agreements", _agreements(old, new)),
            ("organisations", _organisations(old, new)),
            ("mailboxes", _mailboxes(old, new)),
            ("rules", _rules(old, new)),
            *((section, _plain(word, old, new, section)) for section, word in _PLAIN_SECTIONS.items()),
        )
        for id, sentence in found
    )


Told = Iterator[tuple[str, str]]
"""Id and sentence."""

_PLAIN_SECTIONS = {
    "derived": "Nyckeltalet",
    "working_methods": "Arbetssättet",
    "preconditions": "Förutsättningen",
    "areas": "Insatsområdet",
    "joint_activities": "Den gemensamma aktiviteten",
    "plan_templates": "Planen",
    "references": "Uppgiften",
}
_PERIODS = {"month": "månad", "quarter": "kvartal", "tertial": "tertial", "half": "halvår", "year": "år"}
_NUMBERS = {
    "threshold": "Gränsen för små tal: {old} → {new}",
    "deadline_days": "Rapportera senast: {old} → {new} dagar efter periodens slut",
    "answer_days": "Svar på avvikelser inom: {old} → {new} dagar",
    "answer_warning": "Påminnelse om svar efter: {old} → {new} dagar",
    "risk_flag": "Risk som bör analyseras: över {old} → över {new}",
}


def _memberships(old: CodeBook, new: CodeBook) -> Told:
    for each in new.municipalities:
        before, after = _stays(old, each.code), _stays(new, each.code)
        days = sorted({day for day, _ in (*before, *after)})
        stretches = [(day, _at(before, day), _at(after, day)) for day in days]
        for at, (day, was, becomes) in enumerate(stretches):
            if was == becomes or (at and stretches[at - 1][1:] == (was, becomes)):
                continue
            back = next((later for later, *pair in stretches[at + 1 :] if pair[0] == pair[1]), None)
            until = f" och åter {back}" if back else ""
            place = f"från {_short(old, was)} till {_short(new, becomes)}" if was else f"till {_short(new, becomes)}"
            yield each.code, f"{each.short}: {place} från {day}{until}"


def _stays(book: CodeBook, municipality: str) -> list[tuple[date, str]]:
    """First day and delregion, in order; a gap has no delregion."""
    own = sorted((m for m in book.memberships if m.municipality == municipality), key=lambda stay: stay.since)
    found = [(each.since, each.delregion) for each in own]
    for first, second in pairwise(own):
        if first.until is not None and (second.since - first.until).days > 1:
            found.append((date.fromordinal(first.until.toordinal() + 1), ""))
    if own and own[-1].until is not None:
        found.append((date.fromordinal(own[-1].until.toordinal() + 1), ""))
    return sorted(found)


def _at(stays: Sequence[tuple[date, str]], day: date) -> str:
    return next((delregion for since, delregion in reversed(stays) if since <= day), "")


def _short(book: CodeBook, code: str) -> str:
    found = book.find(code)
    return found.short if found else code or "ingen delregion"


def _measures(old: CodeBook, new: CodeBook) -> Told:
    for each in new.measures:
        name = f"{each.id} {each.label}"
        before = old.measures_by_id.get(each.id)
        if before is None:
            yield each.id, f"Nytt mått: {name}{', obligatoriskt' if each.obligatory else ''}"
        else:
            yield from ((each.id, sentence) for sentence in _measure(before, each, name, new))
    yield from (
        (id, f"Måttet {id} {old.measure(id).label} finns inte längre") for id in _lost(old.measures, new.measures)
    )


def _measure(old: Measure, new: Measure, name: str, book: CodeBook) -> Iterator[str]:
    if old.label != new.label:
        yield f"{new.id} heter nu {new.label}, i stället för {old.label}"
    if old.obligatory != new.obligatory:
        yield f"{name} blir obligatoriskt" if new.obligatory else f"{name} är inte längre obligatoriskt"
    yield from _ending(name, old, new, {each.id: f"{each.id} {each.label}" for each in book.measures})
    if old.breakdowns != new.breakdowns:
        lists = ", ".join(book.list(id).label.lower() for id in new.breakdowns if id in book.lists)
        yield f"{name} fördelas på {lists}" if lists else f"{name} fördelas inte längre"
    if (old.definition, old.counted, old.not_counted) != (new.definition, new.counted, new.not_counted):
        yield f"{name} har en ny beskrivning av vad som räknas"
    if (old.short, old.group, old.over_time, old.part_of) != (new.short, new.group, new.over_time, new.part_of):
        yield f"{name} visas eller räknas samman på ett annat sätt"


def _ending(name: str, old: Code | Measure, new: Code | Measure, names: Mapping[str, str]) -> Iterator[str]:
    if (old.ended, old.replaced_by) == (new.ended, new.replaced_by):
        return
    if new.ended is None:
        yield f"{name} avslutas inte längre"
        return
    by = f" och ersätts av {names.get(new.replaced_by, new.replaced_by)}" if new.replaced_by else ""
    yield f"{name} avslutas {new.ended}{by}"


def _lists(old: CodeBook, new: CodeBook) -> Told:
    for each in new.code_lists:
        before = old.lists.get(each.id)
        if before is None:
            yield each.id, f"Ny lista: {each.label}"
        else:
            yield from ((each.id, f"{each.label}: {sentence}") for sentence in _codes(before, each))
    yield from ((id, f"Listan {old.list(id).label} finns inte längre") for id in _lost(old.code_lists, new.code_lists))


def _codes(old: CodeList, new: CodeList) -> Iterator[str]:
    added = [each.label for each in new.codes if each.id not in old.by_id]
    if added:
        yield f"nytt val {added[0]}" if len(added) == 1 else f"nya val {', '.join(added[:-1])} och {added[-1]}"
    names = {each.id: each.label for each in new.codes}
    for each in new.codes:
        before = old.by_id.get(each.id)
        if before is None or before == each:
            continue
        if before.label != each.label:
            yield f"{before.label} heter nu {each.label}"
        yield from _ending(each.label, before, each, names)
        if _but(before, "label", "ended", "replaced_by") != _but(each, "label", "ended", "replaced_by"):
            yield f"{each.label} har en ny anmärkning eller plats i skalan"
    for id in _lost(old.codes, new.codes):
        yield f"{old.by_id[id].label} finns inte längre"
    kept = [each.id for each in new.codes if each.id in old.by_id]
    if kept != [each.id for each in old.codes if each.id in new.by_id] or (old.label, old.note) != (
        new.label,
        new.note,
    ):
        yield "ordningen eller rubriken är ändrad"


def _but(record: Record, *left_out: str) -> dict[str, object]:
    return {name: value for name, value in msgspec.structs.asdict(record).items() if name not in left_out}


def _reporting(old: Reporting, new: Reporting) -> Told:
    for name, sentence in _NUMBERS.items():
        was, becomes = getattr(old, name), getattr(new, name)
        if was != becomes:
            yield name, sentence.format(old=was, new=becomes)
    was, becomes = _yearly(old), _yearly(new)
    if was != becomes:
        yield "yearly_day", f"Årsrapporten senast: {was} → {becomes}"
    if old.type is not new.type:
        yield "type", f"Perioden som rapporteras: {_PERIODS[old.type.value]} → {_PERIODS[new.type.value]}"
    if old.since != new.since:
        yield "since", f"Indelningen gäller från: {old.since} → {new.since}"


def _yearly(reporting: Reporting) -> str:
    return f"{reporting.yearly_day}/{reporting.yearly_month}"


def _forums(old: CodeBook, new: CodeBook) -> Told:
    before = index(old.forums)
    for each in new.forums:
        where = f" i {_short(new, each.delregion)}" if each.delregion else ""
        if each.id not in before:
            yield each.id, f"Nytt forum{where}: {each.label}"
            continue
        was: Forum = before[each.id]
        if was.label != each.label:
            yield each.id, f"Forumet {was.label}{where} heter nu {each.label}"
        if was.ended != each.ended:
            yield (
                each.id,
                f"Forumet {each.label} avslutas {each.ended}"
                if each.ended
                else f"Forumet {each.label} avslutas inte längre",
            )
        if _but(was, "label", "ended") != _but(each, "label", "ended"):
            yield each.id, f"Forumet {each.label} har en annan nivå, delregion eller anmärkning"
    yield from ((id, f"Forumet {before[id].label} finns inte längre") for id in _lost(old.forums, new.forums))


def _agreements(old: CodeBook, new: CodeBook) -> Told:
    before = index(old.agreements)
    for each in new.agreements:
        if each.id not in before:
            yield each.id, f"Nytt styrdokument: {each.label}{_validity(each)}"
            continue
        was = before[each.id]
        if was.label != each.label:
            yield each.id, f"Styrdokumentet {was.label} heter nu {each.label}"
        if (was.valid_from, was.valid_to) != (each.valid_from, each.valid_to):
            yield each.id, f"Styrdokumentet {each.label} gäller{_validity(each) or ' utan angiven tid'}"
        if _but(was, "label", "valid_from", "valid_to") != _but(each, "label", "valid_from", "valid_to"):
            yield each.id, f"Styrdokumentet {each.label} har en annan nivå, kod eller anmärkning"
    yield from (
        (id, f"Styrdokumentet {before[id].label} finns inte längre") for id in _lost(old.agreements, new.agreements)
    )


def _validity(agreement: Agreement) -> str:
    since = f" från {agreement.valid_from}" if agreement.valid_from else ""
    return f"{since} till och med {agreement.valid_to}" if agreement.valid_to else since


def _organisations(old: CodeBook, new: CodeBook) -> Told:
    before = old.organisations
    for code, each in new.organisations.items():
        if code not in before:
            yield code, f"Ny organisation: {each.name}"
        elif before[code] != each:
            yield code, _renamed(before[code], each)
    yield from (
        (code, f"{each.name} finns inte längre") for code, each in before.items() if code not in new.organisations
    )


def _renamed(old: Organisation, new: Organisation) -> str:
    return f"{old.name} heter nu {new.name}" if old.name != new.name else f"{new.name} skrivs kort {new.short}"


def _mailboxes(old: CodeBook, new: CodeBook) -> Told:
    for code, each in new.organisations.items():
        was, becomes = old.mailbox(code), new.mailbox(code)
        if was != becomes:
            yield code, f"Funktionsbrevlåda för {each.name}: {was or 'ingen'} → {becomes or 'ingen'}"


def _rules(old: CodeBook, new: CodeBook) -> Told:
    """That the rule for obligatory measures follows the measures is told with them."""
    before = index(old.rules)
    for each in new.rules:
        if each.id not in before:
            yield each.id, f"Ny kontroll: {each.id}"
        elif before[each.id].ended != each.ended:
            yield (
                each.id,
                f"Kontrollen {each.id} avslutas {each.ended}"
                if each.ended
                else f"Kontrollen {each.id} avslutas inte längre",
            )
        elif before[each.id] != each and each.kind is not RuleKind.OBLIGATORY:
            yield each.id, f"Kontrollen {each.id} är ändrad"
    yield from ((id, f"Kontrollen {id} finns inte längre") for id in _lost(old.rules, new.rules))


def _plain(word: str, old: CodeBook, new: CodeBook, section: str) -> Told:
    before, after = index(getattr(old, section)), index(getattr(new, section))
    for id, each in after.items():
        if id not in before:
            yield id, f"{word} {_name(each)} är tillagd"
        elif before[id] != each:
            yield id, f"{word} {_name(each)} är ändrad"
    yield from ((id, f"{word} {_name(before[id])} finns inte längre") for id in before if id not in after)


def _name(record: HasId) -> str:
    return str(getattr(record, "label", "") or getattr(record, "title", "") or record.id)


def _lost(old: Iterable[HasId], new: Iterable[HasId]) -> Iterator[str]:
    kept = {each.id for each in new}
    return (each.id for each in old if each.id not in kept)
