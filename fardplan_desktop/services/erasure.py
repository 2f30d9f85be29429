"""*Rensa uppgift*: lawful erasure of what should never have been written down. An act that is never undone.

The texts leave the record, every entry of its history, the search index and the bytes of the file. What has been sent
is out of reach, and copies of the file must be removed by hand: both are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import msgspec

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.records import (
    RECORD_TYPES,
    Activity,
    CheckIn,
    CorrectionNote,
    Count,
    Decision,
    Deviation,
    Inquiry,
    JointAnswer,
    JointPlan,
    JointTask,
    LiftedAnswer,
    Meeting,
    Plan,
    Question,
    Record,
    Reply,
    RuleComment,
    SelfAssessment,
    Unit,
    UnitCount,
)
from fardplan_desktop.services import activity_views, guarding, inquiries, safekeeping, sheets_in
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import erasure

TEXTS: dict[type[Record], tuple[str, ...]] = {
    Plan: ("title",),
    Activity: (
        *("title", "goal", "indicators", "responsible", "partners", "status_note", "obstacle", "next_step"),
        *("answers", "resources", "involvement", "children", "lesson"),
    ),
    CheckIn: ("comment",),
    SelfAssessment: ("comment",),
    Count: ("comment",),
    Unit: ("name",),
    UnitCount: ("comment",),
    Inquiry: ("to", "mail"),
    Deviation: (
        *("summary", "description", "action_text", "document_text", "counterpart_org", "status_comment", "reference"),
    ),
    Meeting: ("agenda",),
    Decision: ("text", "responsible"),
    RuleComment: ("comment",),
    CorrectionNote: ("reason",),
    Question: ("shown", "text"),
    Reply: ("text",),
    JointPlan: ("title", "text"),
    JointTask: ("title", "goal", "indicators", "responsible"),
    JointAnswer: ("reason",),
    LiftedAnswer: ("text",),
}
"""The fields a user writes words in, of each kind of record. A reference number may be a person's own."""
ERASED = "Rensad uppgift"
"""What stands in a field that cannot be empty."""
_REASON_LIMIT = 300
_CODE = re.compile(r"[a-z0-9.-]*")
"""Ids of the code book stand among the words, and in every package."""


class Erasable(msgspec.Struct, frozen=True, kw_only=True):
    """What an erasure would do, to be read before it is asked for."""

    record: str
    """``Deviation:<id>``, as the history names it."""
    fields: tuple[str, ...]
    """Those that hold something now or did before."""
    entries: tuple[int, ...]
    """Numbers of the entries of the history that are emptied."""
    backups: tuple[str, ...]
    """Names of the copies of the file that may hold the texts: backups, newest first, and what was set aside."""
    packages: tuple[str, ...]
    """Names of our sealed packages in which the texts stand."""
    labels: tuple[int, ...]
    """Numbers of entries of older versions that quote a title and cannot be changed."""
    views: tuple[str, ...] = ()
    """Names of saved views that look for something that stands in the texts."""
    questions: tuple[str, ...] = ()
    """Names, without ending, of workbooks and drafts to colleagues who were asked about the record."""

    @property
    def words(self) -> tuple[str, ...]:
        """The fields as the user knows them."""
        return tuple(guarding.field_word(field) for field in self.fields)

    @property
    def stays(self) -> tuple[str, ...]:
        """What an erasure does not reach, in sentences."""
        said = []
        if self.packages:
            said.append(
                f"Det som redan är skickat kan inte rensas: {', '.join(self.packages)}. "
                "Be mottagaren radera, och skicka en rättelse."
            )
        if self.backups:
            said.append(f"Säkerhetskopior som kan ha uppgiften kvar: {', '.join(self.backups)}. Ta bort dem själv.")
        if self.views:
            said.append(f"Sparade vyer som kan ha uppgiften kvar: {', '.join(self.views)}. Ta bort dem själv.")
        if self.questions:
            named = ", ".join(self.questions)
            said.append(f"Frågor som kan ha uppgiften kvar: {named}. Ta bort arbetsbok och mejlutkast själv.")
        if self.labels:
            numbers = ", ".join(map(str, self.labels))
            said.append(f"Rubriken står kvar i historikens post {numbers}, som inte går att ändra.")
        return tuple(said)


def look(workplace: Workplace, *, record: str, fields: Sequence[str] = ()) -> Erasable:
    """What would be erased of a record, all its texts or only these fields. Raises InputProblem when there is nothing.

    ``record`` is what the history calls it, or a deviation's number.
    """
    return _look(workplace, record, fields)[0]


def _look(workplace: Workplace, record: str, fields: Sequence[str]) -> tuple[Erasable, frozenset[str]]:
    """What would be erased, and the texts themselves."""
    name = _name(workplace, record)
    kind = _kind(name)
    wanted = _wanted(kind, fields)
    standing = _standing(workplace, kind, name)
    entries, held = erasure.holding(workplace.store, name, wanted)
    texts = {text for found in held.values() for text in found}
    texts |= {text for field in wanted for text in _texts_of(standing, field)}
    if not texts and not entries:
        raise InputProblem("Det finns ingen text att rensa.", todo="Välj en annan uppgift.")
    words = frozenset(text for text in texts if not _CODE.fullmatch(text))
    found = Erasable(
        record=name,
        fields=tuple(field for field in wanted if field in held or _texts_of(standing, field)),
        entries=tuple(entries),
        backups=_backups(workplace, min(entries.values(), default="")),
        packages=erasure.packages_holding(workplace.store, sorted(words)),
        labels=erasure.labels_holding(workplace.store, name, texts),
        views=activity_views.views_about(workplace, texts=words),
        questions=inquiries.questions_about(workplace, record=name.partition(":")[2]),
    )
    return found, words


def erase(
    workplace: Workplace, *, record: str, reason: str, function: str = "", fields: Sequence[str] = ()
) -> tuple[Erasable, Change]:
    """Empty the texts, for good. ``function`` decided it; the user's own when not given. Says what was done.

    Also where the period is sealed: the number stays, the words go. Earlier steps that touch the record can no longer
    be undone.
    """
    reason, function = " ".join(reason.split()), " ".join(function.split()) or workplace.function
    _refuse_bad(reason, function)
    found, texts = _look(workplace, record, fields)
    standing = _standing(workplace, _kind(found.record), found.record)
    facts = {
        "reason": reason,
        "function": function,
        "fields": list(found.fields),
        "entries": list(found.entries),
        "backups": list(found.backups),
        "packages": list(found.packages),
    }
    erasure.erase(
        workplace.store,
        record=found.record,
        emptied=None if standing is None else emptied(standing, found.fields),
        entries=found.entries,
        texts=texts,
        settings=sheets_in.remembered_without(workplace, texts=texts),
        facts=facts,
        label=ERASED,
        signature=workplace.signature,
    )
    kind, _, record_id = found.record.partition(":")
    return found, Change(ERASED, frozenset({kind}), (record_id,))


def emptied(record: Record, fields: Sequence[str]) -> Record:
    """The record without these texts: as a new one has them, or with a word where something must stand."""
    defaults = {each.name: each.default for each in msgspec.structs.fields(type(record))}
    values = {
        field: ERASED if defaults[field] is msgspec.NODEFAULT else defaults[field]
        for field in fields
        if getattr(record, field)
    }
    return msgspec.structs.replace(record, **values)


def _refuse_bad(reason: str, function: str) -> None:
    if not reason:
        raise InputProblem("Skälet saknas.", todo="Skriv varför uppgiften rensas.", detail="reason")
    if len(reason) > _REASON_LIMIT:
        raise InputProblem(
            "Skälet är för långt.", f"Högst {_REASON_LIMIT} tecken får plats.", "Korta det.", detail="reason"
        )
    for field, text in (("reason", reason), ("function", function)):
        if identity_hits(text):
            raise PersonalData(
                "Ingenting är rensat.",
                "Skälet stannar i historiken och ser ut att innehålla ett personnummer.",
                "Ta bort det ur skälet.",
                detail=field,
            )


def _name(workplace: Workplace, record: str) -> str:
    if ":" in record:
        return record
    found = workplace.store.own(Deviation, number=record)
    return f"Deviation:{found[0].id}" if found else record


def _kind(name: str) -> type[Record]:
    word = name.partition(":")[0]
    kind = next((each for each in RECORD_TYPES if each.__name__ == word), None)
    if kind is None:
        raise InputProblem(
            "Uppgiften finns inte.", todo="Ange den som historiken gör, till exempel Deviation:… eller numret."
        )
    return kind


def _wanted(kind: type[Record], fields: Sequence[str]) -> tuple[str, ...]:
    unknown = [field for field in fields if field not in TEXTS[kind]]
    if unknown:
        raise InputProblem(
            f"Fältet {unknown[0]} går inte att rensa.", todo=f"Välj bland {', '.join(TEXTS[kind])}.", detail="fields"
        )
    return tuple(fields) or TEXTS[kind]


def _standing(workplace: Workplace, kind: type[Record], name: str) -> Record | None:
    return workplace.store.get(kind, name.partition(":")[2])


def _texts_of(record: Record | None, field: str) -> list[str]:
    """Every text in a field, the parts of lists and of what lies in it one by one."""
    if record is None:
        return []
    return [text for name, text in guarding.texts(record, exempt=frozenset()) if name == field and text]


def _backups(workplace: Workplace, since: str) -> tuple[str, ...]:
    copies = (
        *safekeeping.backups(workplace),
        *safekeeping.backups_elsewhere(workplace),
        *safekeeping.set_aside(workplace),
    )
    if not since:
        return tuple(copy.path.name for copy in copies)
    return tuple(copy.path.name for copy in copies if copy.at >= datetime.fromisoformat(since))
