"""Which values differ between two packages of one period, value by value, as they read to people.

The same function at the sender, who writes the correction note of it, and at the receiver, who holds the note against
it: pure, on the rows of the two packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.joint import ANSWER_WORDS
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import CountState
from fardplan_desktop.exchange.office_rows import JointAnswerRow
from fardplan_desktop.exchange.rows import (
    ActivityRow,
    CheckInRow,
    CountRow,
    DeviationRow,
    Identified,
    Rows,
    RuleRow,
)
from fardplan_desktop.services.sent_fields import keyed_fields, subject_name

R = TypeVar("R", bound=Identified)
_WHOLE = "rad"
"""The field of a change that adds or takes away a whole row."""


class Said(msgspec.Struct, frozen=True):
    """What a package says that a correction may change."""

    rows: Rows
    answers: tuple[JointAnswerRow, ...] = ()


class ValueChange(msgspec.Struct, frozen=True, kw_only=True):
    """One value that differs. ``old`` and ``new`` as they read; None where there was or is none.

    ``id``: file, row and field, as in the package's correction note: ``antal/SIP08/2026-05/n``.
    """

    id: str
    kind: str
    what: str
    field: str
    old: str | None
    new: str | None


class _Field(msgspec.Struct, frozen=True):
    label: str
    text: str


def value_changes(
    codebook: CodeBook, before: Said, after: Said, *, joint: Mapping[str, str] | None = None
) -> tuple[ValueChange, ...]:
    """Every value that differs, counts first. ``joint``: titles of joint activities by id."""
    titles = joint or {}
    activities = {row.id: row.title for row in (*before.rows.activities, *after.rows.activities)}
    groups: Sequence[tuple[str, str, Sequence[Identified], Sequence[Identified]]] = (
        ("antal", "Antal", before.rows.counts, after.rows.counts),
        ("aktiviteter", "Aktivitet", before.rows.activities, after.rows.activities),
        ("avstamningar", "Avstämning", before.rows.check_ins, after.rows.check_ins),
        ("avvikelser", "Avvikelse", before.rows.deviations, after.rows.deviations),
        ("regler", "Kommentar", _commented(before.rows), _commented(after.rows)),
        ("svar", "Svar", before.answers, after.answers),
    )
    found: list[ValueChange] = []
    for file, kind, old, new in groups:
        names = _Names(codebook, activities, titles)
        found += _changed(file, kind, _by_id(old), _by_id(new), names)
    return tuple(found)


class _Names:
    """What rows and their fields are called."""

    def __init__(self, codebook: CodeBook, activities: Mapping[str, str], joint: Mapping[str, str]) -> None:
        self._codebook, self._activities, self._joint = codebook, activities, joint

    def what(self, row: Identified) -> str:
        if isinstance(row, CountRow):
            value = "" if row.breakdown is None else f", {self._codebook.label(row.breakdown, str(row.value))}"
            measure, _, when = subject_name(self._codebook, row).rpartition(", ")
            return f"{measure}{value}, {when}"
        if isinstance(row, RuleRow):
            return subject_name(self._codebook, row)
        if isinstance(row, ActivityRow):
            return row.title
        if isinstance(row, DeviationRow):
            return f"{row.number}, {parse_period(row.month).name}"
        if isinstance(row, CheckInRow):
            return f"{self._activities.get(row.activity, '')} {row.date.isoformat()}".strip()
        return self._joint.get(row.id, row.id)

    def fields(self, row: Identified) -> dict[str, _Field]:
        """What stands in the row, by the field's name in the package; what is empty is left out."""
        if isinstance(row, CountRow):
            found = {"n": _Field("Antal", numbers_sv.count(row.n, CountState(row.state)))}
            return found | _comment(row.comment)
        if isinstance(row, RuleRow):
            return _comment(row.comment)
        if isinstance(row, ActivityRow | DeviationRow):
            return {key: _Field(each.label, each.text) for key, each in keyed_fields(self._codebook, row).items()}
        if isinstance(row, CheckInRow):
            status = "" if row.status is None else self._codebook.label("aktivitetsstatus", row.status)
            forecast = "" if row.forecast is None else self._codebook.label("prognos", row.forecast)
            told = {"status": _Field("Status", status), "forecast": _Field("Prognos", forecast)}
            told = {"date": _Field("Dag", row.date.isoformat()), **told, **_comment(row.comment)}
            return {key: field for key, field in told.items() if field.text}
        assert isinstance(row, JointAnswerRow), "the last of the six files"
        own = self._activities.get(row.activity or "", "")
        told = {
            "answer": _Field("Svar", ANSWER_WORDS[row.answer]),
            "reason": _Field("Skäl", row.reason),
            "activity": _Field("Egen aktivitet", own),
        }
        return {key: field for key, field in told.items() if field.text}


def _changed(
    file: str, kind: str, old: Mapping[str, Identified], new: Mapping[str, Identified], names: _Names
) -> Iterator[ValueChange]:
    for id in sorted(old.keys() | new.keys()):
        one, other = old.get(id), new.get(id)
        row = other if other is not None else one
        assert row is not None, "an id comes from one of the two"
        what, path = names.what(row), f"{file}/{id}"
        before, after = ({} if each is None else names.fields(each) for each in (one, other))
        if file != "antal" and (one is None or other is None):
            texts = [None if each is None else names.what(each) for each in (one, other)]
            yield ValueChange(id=f"{path}/{_WHOLE}", kind=kind, what=what, field=kind, old=texts[0], new=texts[1])
            continue
        for key in dict.fromkeys((*before, *after)):
            values = [fields[key].text if key in fields else None for fields in (before, after)]
            if values[0] != values[1]:
                label = (after.get(key) or before[key]).label
                yield ValueChange(id=f"{path}/{key}", kind=kind, what=what, field=label, old=values[0], new=values[1])


def _comment(text: str | None) -> dict[str, _Field]:
    return {"comment": _Field("Kommentar", text)} if text else {}


def _commented(rows: Rows) -> list[RuleRow]:
    """The outcomes of rules follow from the counts; their comments are somebody's words."""
    return [row for row in rows.rules if row.comment]


def _by_id(rows: Sequence[R]) -> dict[str, R]:
    return {row.id: row for row in rows}
