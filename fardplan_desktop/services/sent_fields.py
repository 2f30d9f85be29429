"""Every field of the rows that leave the PC, in the words of the forms: nothing is sent that cannot be read first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.exchange.rows import ActivityRow, CheckInRow, CountRow, DeviationRow, Rows, RuleRow

_FREE = "free"


class SentField(msgspec.Struct, frozen=True):
    """One field with something in it. ``free``: written by hand, so it may say anything."""

    label: str
    text: str
    free: bool


class SentText(msgspec.Struct, frozen=True):
    """A free text, and where it stands: ``Aktivitet: Närområdesplan``, ``Hinder``."""

    where: str
    field: str
    text: str


class _Word(NamedTuple):
    """What a field is called; ``codes``: the list its codes stand in, or ``free``."""

    label: str
    codes: str = ""


_ACTIVITY: Mapping[str, _Word] = {
    "title": _Word("Aktivitet", _FREE),
    "plan": _Word("Handlingsplan", _FREE),
    "plan_type": _Word("Slags plan", "plantyp"),
    "plan_year": _Word("Planens år"),
    "method": _Word("Arbetssätt"),
    "also_methods": _Word("Även arbetssätt"),
    "preconditions": _Word("Förutsättningar"),
    "areas": _Word("Områden"),
    "joint": _Word("Gemensam aktivitet"),
    "target_group": _Word("Målgrupp", "malgrupp"),
    "goal": _Word("Mål", _FREE),
    "responsible": _Word("Ansvarig funktion", _FREE),
    "partners": _Word("Samverkande parter", _FREE),
    "start": _Word("Startar"),
    "end": _Word("Klar senast"),
    "status": _Word("Status", "aktivitetsstatus"),
    "status_note": _Word("Statustext", _FREE),
    "forecast": _Word("Prognos", "prognos"),
    "percent": _Word("Andel klar, procent"),
    "obstacle": _Word("Hinder", _FREE),
    "next_step": _Word("Nästa steg", _FREE),
    "lift_to": _Word("Behöver lyftas till", "lyfts-till"),
}
_INDICATOR: Mapping[str, _Word] = {
    "text": _Word("Indikator", _FREE),
    "unit": _Word("Indikatorns enhet", _FREE),
    "start": _Word("Indikatorns startvärde", _FREE),
    "target": _Word("Indikatorns målvärde", _FREE),
    "outcome": _Word("Indikatorns utfall", _FREE),
}
_EXTRA: Mapping[str, _Word] = {
    "resources": _Word("Resurser", _FREE),
    "involvement": _Word("Den enskildes medverkan", _FREE),
    "children": _Word("Barnets rättigheter", _FREE),
    "lesson": _Word("Lärdom", _FREE),
    "shareable": _Word("Gott exempel, får delas"),
}
_DEVIATION: Mapping[str, _Word] = {
    "number": _Word("Nummer"),
    "month": _Word("Händelsemånad"),
    "registered": _Word("Registrerad"),
    "direction": _Word("Riktning", "riktning"),
    "reporter": _Word("Rapporterande", "verksamhetstyp"),
    "counterpart": _Word("Berörd part", "verksamhetstyp"),
    "counterpart_org": _Word("Berörd organisation", _FREE),
    "category": _Word("Kategori", "kategori"),
    "subcategory": _Word("Underkategori", "underkategori"),
    "kind": _Word("Typ", "typ"),
    "document": _Word("Styrdokument", "styrdokument"),
    "document_text": _Word("Styrdokument, egna ord", _FREE),
    "stage": _Word("Skede", "skede"),
    "target_group": _Word("Målgrupp", "malgrupp"),
    "age_group": _Word("Åldersgrupp", "alder"),
    "consequence": _Word("Konsekvens", "konsekvens"),
    "severity": _Word("Allvarlighet", "allvarlighet"),
    "likelihood": _Word("Sannolikhet", "sannolikhet"),
    "risk": _Word("Riskvärde"),
    "summary": _Word("Sammanfattning", _FREE),
    "status": _Word("Status", "avvikelsestatus"),
    "days_to_send": _Word("Dagar till skickad"),
    "days_to_answer": _Word("Dagar till svar"),
    "causes": _Word("Orsaker", "orsak"),
    "action": _Word("Åtgärd", "atgardstyp"),
    "action_text": _Word("Åtgärden, egna ord", _FREE),
    "follow_up": _Word("Åtgärden följs upp"),
    "effect": _Word("Effekt", "effekt"),
    "lex": _Word("Lex Maria eller lex Sarah", "lex-bedomning"),
    "system": _Word("Systemfel", "systemfel"),
    "lift_to": _Word("Lyfts till", "lyfts-till"),
    "feedback": _Word("Återkopplad"),
}


def activity_fields(
    codebook: CodeBook, row: ActivityRow, *, joint: Mapping[str, str] = MappingProxyType({})
) -> tuple[SentField, ...]:
    """Everything of the activity that has something in it, except its id; ``joint``: titles of joint activities."""
    return (
        *(_titled(each, joint) for each in _fields(codebook, row, _ACTIVITY)),
        *(() if row.indicator is None else _fields(codebook, row.indicator, _INDICATOR)),
        *_fields(codebook, row.extra, _EXTRA),
    )


def deviation_fields(codebook: CodeBook, row: DeviationRow) -> tuple[SentField, ...]:
    """Everything of the deviation that has something in it, except its id."""
    return tuple(_fields(codebook, row, _DEVIATION))


def keyed_fields(codebook: CodeBook, row: ActivityRow | DeviationRow) -> dict[str, SentField]:
    """The same fields by their names in the package: ``status``, ``indicator.target``."""
    if isinstance(row, DeviationRow):
        return dict(_keyed(codebook, row, _DEVIATION))
    parts = {"indicator": (row.indicator, _INDICATOR), "extra": (row.extra, _EXTRA)}
    found = dict(_keyed(codebook, row, _ACTIVITY))
    for name, (part, words) in parts.items():
        if part is not None:
            found |= {f"{name}.{key}": field for key, field in _keyed(codebook, part, words)}
    return found


def sent_texts(codebook: CodeBook, rows: Rows) -> tuple[SentText, ...]:
    """Every free text of the package, for whoever answers for that nobody can be recognised; a plan's title once."""
    return tuple(_texts(codebook, rows))


def subject_name(codebook: CodeBook, row: CountRow | RuleRow) -> str:
    """``Upprättade SIP, maj 2026``: what a count or a check is about."""
    measure, period = (row.id if isinstance(row, CountRow) else row.subject).split("/")[:2]
    known = codebook.measures_by_id.get(measure)
    return f"{measure if known is None else known.label}, {parse_period(period).name}"


def _titled(field: SentField, joint: Mapping[str, str]) -> SentField:
    """The joint activity by its name, which says more than its id."""
    if field.label != _ACTIVITY["joint"].label or field.text not in joint:
        return field
    return msgspec.structs.replace(field, text=joint[field.text])


def _texts(codebook: CodeBook, rows: Rows) -> Iterator[SentText]:
    titles = {row.id: row.title for row in rows.activities}
    plan = _ACTIVITY["plan"].label
    for title in dict.fromkeys(row.plan for row in rows.activities):
        yield SentText(plan, "Rubrik", title)
    for activity in rows.activities:
        where = f"Aktivitet: {activity.title}"
        yield from (text for text in _free(where, activity_fields(codebook, activity)) if text.field != plan)
    for check_in in rows.check_ins:
        yield from _comment(f"Avstämning: {_check_in(check_in, titles)}", check_in.comment)
    for count in rows.counts:
        yield from _comment(f"Antal: {subject_name(codebook, count)}", count.comment)
    for deviation in rows.deviations:
        yield from _free(f"Avvikelse: {deviation.number}", deviation_fields(codebook, deviation))
    for rule in rows.rules:
        yield from _comment(f"Kontroll: {subject_name(codebook, rule)}", rule.comment)


def _check_in(row: CheckInRow, titles: Mapping[str, str]) -> str:
    return f"{titles.get(row.activity, '')} {row.date.isoformat()}".strip()


def _free(where: str, fields: Sequence[SentField]) -> Iterator[SentText]:
    yield from (SentText(where, each.label, each.text) for each in fields if each.free)


def _comment(where: str, text: str | None) -> Iterator[SentText]:
    if text:
        yield SentText(where, "Kommentar", text)


def _fields(codebook: CodeBook, row: msgspec.Struct, words: Mapping[str, _Word]) -> Iterator[SentField]:
    yield from (field for _, field in _keyed(codebook, row, words))


def _keyed(codebook: CodeBook, row: msgspec.Struct, words: Mapping[str, _Word]) -> Iterator[tuple[str, SentField]]:
    for name, word in words.items():
        value = getattr(row, name)
        if value not in (None, "", (), False):
            codes = word.codes if word.codes != _FREE else ""
            yield name, SentField(word.label, _spelled(codebook, value, codes), word.codes == _FREE)


def _spelled(codebook: CodeBook, value: object, codes: str) -> str:
    if isinstance(value, tuple):
        return ", ".join(_spelled(codebook, each, codes) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja"
    return codebook.label(codes, str(value)) if codes else str(value)
