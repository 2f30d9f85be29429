"""The numbers of an answer: a unit's own, or the whole municipality's when no unit was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.inquiries import AnsweredCount, AnswerSheet
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count, Inquiry, UnitCount
from fardplan_desktop.domain.tabular import Ambiguous, Amount
from fardplan_desktop.services import counts, units
from fardplan_desktop.services.answer_lines import AnswerLine, LineState, Since, line, refused
from fardplan_desktop.services.question_papers import asked_periods
from fardplan_desktop.services.units import Total
from fardplan_desktop.services.workplace import Workplace

V = TypeVar("V", UnitCount, Count)
_SHEET = "på bladet Svara här"


class CountDraft(msgspec.Struct, frozen=True):
    """One answered number, and what stands at another length of period in its way."""

    value: UnitCount | Count
    line: AnswerLine
    before: Count | None = None
    clash: tuple[Count, ...] = ()


def count_drafts(workplace: Workplace, inquiry: Inquiry, sheet: AnswerSheet, dash: Amount | None) -> list[CountDraft]:
    """Every answered number. Raises TableProblems for one that was never asked for."""
    for each in sheet.counts:
        _refuse_unasked(workplace, inquiry, sheet.source, each)
    comments = _comments(inquiry, sheet)
    since = Since(workplace, inquiry)
    if inquiry.unit is not None:
        of_unit = units.unit_counts(workplace, unit=inquiry.unit)
        return [_of_unit(workplace, inquiry.unit, each, _amount(each, dash), comments, of_unit, since)
                for each in sheet.counts]  # fmt: skip
    standing = counts.counts(workplace)
    return [_of_whole(workplace, each, _amount(each, dash), comments, standing, since) for each in sheet.counts]


def count_edits(
    workplace: Workplace, drafts: Sequence[CountDraft], *, conflicts: bool, replace: bool
) -> tuple[list[Edit], tuple[Total, ...]]:
    """What is written of them, and the municipality's sums that become others. ``replace``: contested sums too."""
    taken = [each for each in drafts if each.line.taken(conflicts=conflicts)]
    plan = units.plan(workplace, values=[each.value for each in taken if isinstance(each.value, UnitCount)])
    edits = plan.all_edits({each.id for each in plan.totals} if replace else ())
    gone = {count.id: count for each in taken for count in each.clash}
    edits += [Edit(count, None) for count in gone.values()]
    whole = [each for each in taken if isinstance(each.value, Count)]
    counts.refuse_twofold(workplace.codebook, [each.value for each in whole if isinstance(each.value, Count)])
    edits += [Edit(each.before, each.value) for each in whole]
    return edits, plan.totals


def where(codebook: CodeBook, measure: str, period: str) -> str:
    """``maj 2026: Genomförda SIP-möten``: the period first, since the rest may be cut off."""
    return f"{parse_period(period).short}: {codebook.measure(measure).label}"


def _of_unit(
    workplace: Workplace,
    unit: str,
    answered: AnsweredCount,
    amount: Amount,
    comments: Mapping[tuple[str, str], str],
    standing: Mapping[str, UnitCount],
    since: Since,
) -> CountDraft:
    value = UnitCount(unit=unit, measure=answered.measure, period=answered.period, state=amount.state, n=amount.n)
    before = standing.get(value.id)
    value = _commented(value, before.comment if before else None, comments)
    changed = since.changed(UnitCount, value.id, before, ("state", "n"))
    return CountDraft(value, _line(workplace, before, value, changed=changed))


def _of_whole(
    workplace: Workplace,
    answered: AnsweredCount,
    amount: Amount,
    comments: Mapping[tuple[str, str], str],
    standing: Mapping[str, Count],
    since: Since,
) -> CountDraft:
    value = Count(measure=answered.measure, period=answered.period, state=amount.state, n=amount.n)
    counts.check(workplace, value)
    before = standing.get(value.id)
    value = _commented(value, before.comment if before else None, comments)
    clash = tuple(each for found in counts.find_clashes(workplace, [value], standing) for each in found.standing)
    if clash:
        stands = ", ".join(f"{parse_period(each.period).name}: {_said(each)}" for each in clash)
        what = where(workplace.codebook, value.measure, value.period)
        told = AnswerLine(what=what, stands=stands, answer=_said(value), state=LineState.CONFLICT)
        return CountDraft(value, told, before, clash)
    changed = since.changed(Count, value.id, before, ("state", "n"))
    return CountDraft(value, _line(workplace, before, value, changed=changed), before)


def _line(
    workplace: Workplace, before: UnitCount | Count | None, value: UnitCount | Count, *, changed: bool
) -> AnswerLine:
    what = where(workplace.codebook, value.measure, value.period)
    stands, answer = "" if before is None else _said(before), _said(value)
    if before is not None and before.comment != value.comment:
        answer = f"{answer}, {value.comment}"
    return line(what, stands, answer, changed=changed)


def _said(value: UnitCount | Count) -> str:
    return numbers_sv.count(value.n, value.state)


def _amount(answered: AnsweredCount, dash: Amount | None) -> Amount:
    amount = dash if isinstance(answered.amount, Ambiguous) else answered.amount
    assert amount is not None, "what a lone dash means is asked before"
    return amount


def _comments(inquiry: Inquiry, sheet: AnswerSheet) -> dict[tuple[str, str], str]:
    """What was said of a measure belongs to the last of its numbers: by measure and period."""
    found: dict[tuple[str, str], str] = {}
    for measure, text in sheet.count_comments:
        periods = sorted(each.period for each in sheet.counts if each.measure == measure)
        if measure not in inquiry.measures or not periods:
            row = next((each.row for each in sheet.counts if each.measure == measure), 1)
            what = f"Kommentaren till {measure[:20]} hör inte till något antal. Fyll i ett antal eller skriv saknas."
            raise refused(sheet.source, row, f"Kommentar {_SHEET}", what)
        found[measure, periods[-1]] = text
    return found


def _commented(value: V, before: str | None, comments: Mapping[tuple[str, str], str]) -> V:
    said = comments.get((value.measure, value.period), before)
    return msgspec.structs.replace(value, comment=said)


def _refuse_unasked(workplace: Workplace, inquiry: Inquiry, source: str, answered: AnsweredCount) -> None:
    if answered.measure not in inquiry.measures:
        what = f"{answered.measure[:20]} hör inte till frågan. Ta bort raden."
        raise refused(source, answered.row, f"Kod {_SHEET}", what)
    if answered.period not in asked_periods(workplace, answered.measure, parse_period(inquiry.period)):
        name = parse_period(answered.period).name
        raise refused(source, answered.row, f"{name} {_SHEET}", f"Måttet efterfrågas inte för {name}. Töm rutan.")
