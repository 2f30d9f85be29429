"""What leaves the PC, in the words of whoever approves it: made from the very rows that would be sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.rollup import roll_up
from fardplan_desktop.domain.codebook import CodeBook, Measure
from fardplan_desktop.domain.joint import ANSWER_WORDS
from fardplan_desktop.domain.periods import MONTH_SHORT, Period, parse_period
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.exchange.kinds import JOINT_ANSWERS
from fardplan_desktop.exchange.office_rows import JointAnswerRow
from fardplan_desktop.exchange.rows import ActivityRow, CheckInRow, CountRow, DeviationRow, Row, Rows
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import joint_list, wire
from fardplan_desktop.services.deliveries import Preview
from fardplan_desktop.services.sent_fields import (
    SentField,
    SentText,
    activity_fields,
    deviation_fields,
    sent_texts,
    subject_name,
)
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

DEVIATION_STAYS = (
    "Händelsebeskrivning, referensnummer, kommentar till status och dagarna för skickad och svar stannar hos er. "
    "Av dagarna skickas bara hur många de var."
)
"""What is left out of a deviation: the same fields that ``wire`` leaves out."""
STAYS = (
    "Händelsebeskrivningar och referensnummer till avvikelser, enheternas egna antal, möten och "
    "beslut, frågor till kollegor, och vilken dag och hur ni godkände."
)
"""What never leaves the PC, in a sentence for whoever approves."""


class CountLine(msgspec.Struct, frozen=True):
    """One measure, or one value of its breakdown: what is sent for each month and for the period."""

    label: str
    part: bool
    """A part or a breakdown: shown under its whole."""
    cells: tuple[str, ...]
    """As the months of the review; then what was entered for the whole period."""
    total: str


class ActivityLine(msgspec.Struct, frozen=True):
    title: str
    responsible: str
    status: str
    fields: tuple[SentField, ...]


class DeviationLine(msgspec.Struct, frozen=True):
    number: str
    month: str
    direction: str
    category: str
    summary: str
    status: str
    fields: tuple[SentField, ...]


class CheckInLine(msgspec.Struct, frozen=True):
    activity: str
    day: str
    status: str
    forecast: str
    comment: str


class AnswerLine(msgspec.Struct, frozen=True):
    """The municipality's comment to a check."""

    about: str
    comment: str


class JointLine(msgspec.Struct, frozen=True):
    """An answer to a joint activity."""

    title: str
    answer: str
    """``Följer``."""
    detail: str
    """The reason, or the own activity that does it."""


class Difference(msgspec.Struct, frozen=True):
    """One row that is not as it was sent last. ``detail``: ``3 → 5`` for a count, else what changed."""

    kind: str
    what: str
    verb: str
    detail: str


class Review(msgspec.Struct, frozen=True):
    """Everything in the package that a person can read."""

    columns: tuple[str, ...]
    counts: tuple[CountLine, ...]
    activities: tuple[ActivityLine, ...]
    deviations: tuple[DeviationLine, ...]
    check_ins: tuple[CheckInLine, ...]
    answers: tuple[AnswerLine, ...]
    checks: int
    """How many outcomes of checks go with the package."""
    texts: tuple[SentText, ...]
    """Every free text of all that is above, and the comments to the counts."""
    differences: tuple[Difference, ...]
    """Since the delivery that counts for the period; empty when there is none."""
    joint: tuple[JointLine, ...] = ()
    """Answers to joint activities."""


def review(workplace: Workplace, *, preview: Preview) -> Review:
    """The preview's rows in words, and what has changed since the period was sealed last."""
    codebook, rows = workplace.codebook, preview.rows
    counts = [record for record in wire.records_of(rows)[Count] if isinstance(record, Count)]
    months = preview.period.months
    whole = len(months) > 1 and any(count.period == preview.period.id for count in counts)
    columns = [MONTH_SHORT[month.first_month - 1] for month in months] + (["hela perioden"] if whole else [])
    periods = [month.id for month in months] + ([preview.period.id] if whole else [])
    titles = {each.id: each.task.title for each in joint_list.joint_activities(workplace)}
    return Review(
        columns=tuple(columns),
        counts=tuple(_count_lines(codebook, preview.period, periods, counts)),
        activities=tuple(_activity_line(codebook, row, titles) for row in rows.activities),
        deviations=tuple(_deviation_line(codebook, row) for row in rows.deviations),
        check_ins=tuple(_check_in_lines(codebook, rows)),
        answers=tuple(AnswerLine(subject_name(codebook, row), row.comment) for row in rows.rules if row.comment),
        checks=len(rows.rules),
        texts=(*sent_texts(codebook, rows), *_reasons(preview.answers, titles)),
        differences=tuple(_differences(workplace, preview, titles)),
        joint=tuple(_joint_lines(preview, titles)),
    )


def _count_lines(
    codebook: CodeBook, period: Period, periods: Sequence[str], counts: Sequence[Count]
) -> Iterator[CountLine]:
    by_id = {count.id: count for count in counts}
    for measure in codebook.measures:
        kinds = dict.fromkeys((each.breakdown, each.value) for each in counts if each.measure == measure.id)
        for breakdown, value in sorted(kinds, key=lambda kind: (kind[0] or "", kind[1] or "")):
            cells = [_cell(by_id.get(Count(measure=measure.id, period=each, breakdown=breakdown, value=value).id))
                     for each in periods]  # fmt: skip
            label = _value_label(codebook, measure, breakdown, value)
            total = _total(measure, period, counts, breakdown, value)
            yield CountLine(label, measure.part_of is not None or value is not None, tuple(cells), total)


def _total(measure: Measure, period: Period, counts: Iterable[Count], breakdown: str | None, value: str | None) -> str:
    rolled = roll_up(measure, period, counts, breakdown, value)
    text = numbers_sv.rolled(rolled)
    gaps = rolled.value is not None and rolled.parts < rolled.parts_of
    return f"{text} ({numbers_sv.of(rolled.parts, rolled.parts_of)})" if gaps else text


def _value_label(codebook: CodeBook, measure: Measure, breakdown: str | None, value: str | None) -> str:
    if breakdown is None or value is None:
        return measure.short
    return f"{codebook.list(breakdown).label}: {codebook.label(breakdown, value)}"


def _cell(count: Count | None) -> str:
    return "" if count is None else numbers_sv.count(count.n, count.state)


def _activity_line(codebook: CodeBook, row: ActivityRow, joint: Mapping[str, str]) -> ActivityLine:
    fields = activity_fields(codebook, row, joint=joint)
    return ActivityLine(row.title, row.responsible, _status(codebook, row.status), fields)


def _joint_lines(preview: Preview, titles: Mapping[str, str]) -> Iterator[JointLine]:
    own = {row.id: row.title for row in preview.rows.activities}
    for row in preview.answers:
        detail = row.reason or own.get(row.activity or "", "")
        yield JointLine(titles.get(row.id, row.id), ANSWER_WORDS[row.answer], detail)


def _reasons(answers: Sequence[JointAnswerRow], titles: Mapping[str, str]) -> Iterator[SentText]:
    for row in answers:
        if row.reason:
            yield SentText(f"Gemensam aktivitet: {titles.get(row.id, row.id)}", "Skäl", row.reason)


def _check_in_lines(codebook: CodeBook, rows: Rows) -> Iterator[CheckInLine]:
    titles = {row.id: row.title for row in rows.activities}
    for row in rows.check_ins:
        forecast = "" if row.forecast is None else codebook.label("prognos", row.forecast)
        status = "" if row.status is None else codebook.label("aktivitetsstatus", row.status)
        yield CheckInLine(titles.get(row.activity, ""), row.date.isoformat(), status, forecast, row.comment)


def _deviation_line(codebook: CodeBook, row: DeviationRow) -> DeviationLine:
    return DeviationLine(
        row.number,
        parse_period(row.month).short,
        codebook.label("riktning", row.direction),
        codebook.label("kategori", row.category),
        row.summary or "",
        codebook.label("avvikelsestatus", row.status),
        deviation_fields(codebook, row),
    )


def _status(codebook: CodeBook, status: str | None) -> str:
    return "Status saknas" if status is None else codebook.label("aktivitetsstatus", status)


def _differences(workplace: Workplace, preview: Preview, titles: Mapping[str, str]) -> Iterator[Difference]:
    if preview.previous is None:
        return
    opened = open_package(packages.delivery_file(workplace.store, preview.previous.digest), None)
    for kind, old, new in _pairs(opened.rows, preview.rows):
        for id in sorted(old.keys() | new.keys()):
            one, other = old.get(id), new.get(id)
            if one != other:
                verb = "ny" if one is None else "utgår" if other is None else "ändrad"
                row = one if other is None else other
                assert row is not None, "an id comes from one of the two"
                yield Difference(kind, _name(workplace.codebook, row), verb, _detail(workplace.codebook, one, other))
    yield from _answer_differences(opened.table(JOINT_ANSWERS, JointAnswerRow), preview.answers, titles)


def _answer_differences(
    before: Sequence[JointAnswerRow], after: Sequence[JointAnswerRow], titles: Mapping[str, str]
) -> Iterator[Difference]:
    old, new = ({row.id: row for row in rows} for rows in (before, after))
    for id in sorted(old.keys() | new.keys()):
        one, other = old.get(id), new.get(id)
        if one != other:
            verb = "ny" if one is None else "utgår" if other is None else "ändrad"
            words = [ANSWER_WORDS[row.answer] for row in (one, other) if row is not None]
            yield Difference("Svar", titles.get(id, id), verb, " → ".join(dict.fromkeys(words)))


def _pairs(old: Rows, new: Rows) -> Iterator[tuple[str, Mapping[str, Row], Mapping[str, Row]]]:
    """The rules that say nothing to a reader are left out: only their comments are told."""
    yield "Antal", _by_id(old.counts), _by_id(new.counts)
    yield "Aktivitet", _by_id(old.activities), _by_id(new.activities)
    yield "Avstämning", _by_id(old.check_ins), _by_id(new.check_ins)
    yield "Avvikelse", _by_id(old.deviations), _by_id(new.deviations)
    commented = [[row for row in rows.rules if row.comment] for rows in (old, new)]
    yield "Kommentar", _by_id(commented[0]), _by_id(commented[1])


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row.id: row for row in rows}


def _name(codebook: CodeBook, row: Row) -> str:
    if isinstance(row, CountRow):
        measure = codebook.measure(row.measure)
        value = "" if row.value is None else f", {_value_label(codebook, measure, row.breakdown, row.value)}"
        return f"{measure.label}{value}, {parse_period(row.period).name}"
    if isinstance(row, ActivityRow):
        return row.title
    if isinstance(row, DeviationRow):
        return row.number
    return row.date.isoformat() if isinstance(row, CheckInRow) else subject_name(codebook, row)


def _detail(codebook: CodeBook, old: Row | None, new: Row | None) -> str:
    if isinstance(old, CountRow | None) and isinstance(new, CountRow | None):
        texts = ["tom" if row is None else numbers_sv.count(row.n, CountState(row.state)) for row in (old, new)]
        return f"{texts[0]} → {texts[1]}" if texts[0] != texts[1] else "kommentaren ändrad"
    if isinstance(old, ActivityRow) and isinstance(new, ActivityRow) and old.status != new.status:
        return f"{_status(codebook, old.status)} → {_status(codebook, new.status)}"
    if isinstance(old, DeviationRow) and isinstance(new, DeviationRow) and old.status != new.status:
        words = [codebook.label("avvikelsestatus", row.status) for row in (old, new)]
        return f"{words[0]} → {words[1]}"
    return ""
