"""Answers from colleagues: recognised by what stands in them, weighed against what is stored, taken in as one step.

An answer is judged from when its question was last asked or answered: what has changed here since then is a conflict,
and what stands is kept until the user says that the answer is to replace it. What was left empty changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.errors import InputProblem, StaleEdit
from fardplan_desktop.domain.inquiries import AnswerSheet, control_of
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import CountState, Inquiry
from fardplan_desktop.domain.tabular import Amount
from fardplan_desktop.services import count_grid, deliveries, units
from fardplan_desktop.services.answer_counts import CountDraft, count_drafts, count_edits, where
from fardplan_desktop.services.answer_lines import AnswerLine, LineState
from fardplan_desktop.services.answer_records import (
    ActivityDraft,
    DeviationDraft,
    activity_drafts,
    deviation_drafts,
)
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.guarding import contact_fields, refuse_identity
from fardplan_desktop.services.units import Total
from fardplan_desktop.services.workplace import Workplace

DASHES = {"0": Amount(CountState.REPORTED, 0), "saknas": Amount(CountState.MISSING)}
"""What a lone dash may mean, by what the user answers."""


class SumLine(msgspec.Struct, frozen=True, kw_only=True):
    """The municipality's own figure, which becomes another with this answer."""

    what: str
    stands: str
    becomes: str
    coverage: str
    """``Summan gäller 3 av 4 enheter.`` or empty."""
    contested: bool
    """What stands was typed for the whole: the user chooses."""


class AnswerPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer would change, before anything does."""

    sheet: AnswerSheet
    dash: str
    inquiry: Inquiry
    lines: tuple[AnswerLine, ...]
    sums: tuple[SumLine, ...]
    """When what was changed here meanwhile is kept."""
    sums_with_conflicts: tuple[SumLine, ...] = ()
    """When the answer replaces that too."""
    contacts: tuple[str, ...] = ()
    """Fields that hold a telephone number or an e-mail address."""

    @property
    def already(self) -> date | None:
        """The day it was answered, when this answer brings nothing more."""
        nothing = all(each.state is LineState.UNCHANGED for each in self.lines)
        return self.inquiry.answered if nothing else None

    @property
    def has_conflicts(self) -> bool:
        return any(each.state is LineState.CONFLICT for each in self.lines)

    @property
    def has_contested_sums(self) -> bool:
        return any(each.contested for each in (*self.sums, *self.sums_with_conflicts))

    def number_of(self, state: LineState) -> int:
        return sum(each.state is state for each in self.lines)

    @property
    def sentence(self) -> str:
        """``Svar från Enhetschef Norr för tertial 2 2026: 5 nya, 1 ändrad, 2 oförändrade.``"""
        if self.already:
            return f"Svaret från {self.inquiry.to} är redan inlagt {numbers_sv.day(self.already)}. Inget ändras."
        return f"Svar från {self.inquiry.to} för {parse_period(self.inquiry.period).name}: {self.told}"

    @property
    def told(self) -> str:
        """``5 nya, 1 ändrad, 2 oförändrade.``"""
        words = (
            (LineState.NEW, "ny", "nya"),
            (LineState.CHANGED, "ändrad", "ändrade"),
            (LineState.UNCHANGED, "oförändrad", "oförändrade"),
            (LineState.CONFLICT, "ändrad här under tiden", "ändrade här under tiden"),
        )
        found = [(self.number_of(state), one, many) for state, one, many in words]
        return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in found if n) + "."


class _Weighed(msgspec.Struct, frozen=True):
    inquiry: Inquiry
    counts: list[CountDraft]
    activities: list[ActivityDraft]
    deviations: list[DeviationDraft]

    @property
    def lines(self) -> tuple[AnswerLine, ...]:
        records: Iterable[ActivityDraft | DeviationDraft] = (*self.activities, *self.deviations)
        return (*(each.line for each in self.counts), *(line for each in records for line in each.lines))


def is_answer(path: Path) -> bool:
    """Whether the file is one of our question workbooks; False for whatever cannot be read."""
    from fardplan_desktop.tables import answer_book

    return answer_book.is_answer(path)


def read(workplace: Workplace, *, path: Path) -> AnswerSheet:
    """What stands in the file. Raises TableProblems with every fault, or InputProblem; nothing is stored."""
    from fardplan_desktop.tables.answer_book import read_answer

    return read_answer(path, workplace.codebook)


def preview(workplace: Workplace, *, sheet: AnswerSheet, dash: str = "") -> AnswerPreview:
    """What the answer would change. ``dash``: what a lone dash means, ``0`` or ``saknas``.

    Raises InputProblem for an answer to another's, an unknown or an older question, Locked for counts of a sealed
    period, PersonalData, and TableProblems for a row that was never asked.
    """
    weighed = _weigh(workplace, sheet, dash)
    _, kept = _edits(workplace, weighed, conflicts=False, replace=False)
    edits, taken = _edits(workplace, weighed, conflicts=True, replace=True)
    after = [edit.after for edit in edits if edit.after is not None]
    refuse_identity(after)
    contacts = (word for record in after if not isinstance(record, Inquiry) for word in contact_fields(record))
    return AnswerPreview(
        sheet=sheet,
        dash=dash,
        inquiry=weighed.inquiry,
        lines=weighed.lines,
        sums=tuple(_sum_line(workplace, each) for each in kept),
        sums_with_conflicts=tuple(_sum_line(workplace, each) for each in taken),
        contacts=tuple(dict.fromkeys(contacts)),
    )


def take(workplace: Workplace, *, preview: AnswerPreview, conflicts: bool = False, replace: bool = False) -> Change:
    """Take the answer in as one step; a Change that touches nothing when it has been taken in before.

    ``conflicts``: the answer replaces what was changed here meanwhile; ``replace``: the units' sums replace figures
    that were typed for the whole. Otherwise what stands is kept. Raises StaleEdit when something that the preview tells
    of has become another since.
    """
    if preview.already:
        return Change(preview.sentence)
    weighed = _weigh(workplace, preview.sheet, preview.dash)
    if weighed.lines != preview.lines:
        raise StaleEdit(
            "Svaret är inte inlagt.", "Något som det gäller har ändrats sedan det lästes.", "Öppna svaret igen."
        )
    edits, _ = _edits(workplace, weighed, conflicts=conflicts, replace=replace)
    answered = msgspec.structs.replace(weighed.inquiry, answered=workplace.today)
    # Last, so that history shows from where the next answer to the same question is to be judged.
    edits.append(Edit(weighed.inquiry, answered))
    period = parse_period(answered.period).name
    return save(workplace, edits=edits, label=f"Svar från kollega ”{answered.to}”, {period}")


def _weigh(workplace: Workplace, sheet: AnswerSheet, dash: str) -> _Weighed:
    inquiry = _inquiry_of(workplace, sheet)
    if not sheet.size:
        raise InputProblem(
            f"{sheet.source} är inte ifylld.", f"Den är från {inquiry.to}.", "Be om den ifyllda arbetsboken."
        )
    if sheet.has_dashes and dash not in DASHES:
        raise InputProblem("Svaret har ensamma streck.", "De kan betyda 0 eller att uppgift saknas.", "Välj vilket.")
    period = parse_period(inquiry.period)
    if sheet.counts and deliveries.locked(workplace, period=period):
        raise count_grid.locked_problem(period)
    return _Weighed(
        inquiry,
        count_drafts(workplace, inquiry, sheet, DASHES.get(dash)),
        activity_drafts(workplace, inquiry, sheet),
        deviation_drafts(workplace, inquiry, sheet),
    )


def _edits(
    workplace: Workplace, weighed: _Weighed, *, conflicts: bool, replace: bool
) -> tuple[list[Edit], tuple[Total, ...]]:
    edits, totals = count_edits(workplace, weighed.counts, conflicts=conflicts, replace=replace)
    for activity in weighed.activities:
        edits += activity.edits(workplace, conflicts=conflicts)
    for deviation in weighed.deviations:
        edits.append(Edit(deviation.before, deviation.after(workplace.codebook, conflicts=conflicts)))
    return edits, totals


def _inquiry_of(workplace: Workplace, sheet: AnswerSheet) -> Inquiry:
    """The question that is answered; refuses one that is not ours, not known, or asked anew with other contents."""
    own = workplace.organisation
    if sheet.organisation != own.code:
        other = workplace.codebook.find(sheet.organisation)
        whose = other.name if other else "en annan organisation"
        raise InputProblem(f"{sheet.source} är ett svar till {whose}.", "", "Skicka den vidare dit.")
    inquiry = workplace.store.get(Inquiry, sheet.inquiry)
    if inquiry is None:
        raise InputProblem(
            f"{sheet.source} svarar på en fråga som inte finns här.",
            "Frågan är borttagen, eller så är numret i filen ändrat.",
            "Fråga igen under Fråga ansvariga.",
        )
    if sheet.control != control_of(inquiry, own.code):
        raise InputProblem(
            f"{sheet.source} svarar på en äldre fråga till {inquiry.to}.",
            f"Frågan ställdes på nytt {numbers_sv.day(inquiry.asked)}, eller så är kontrollen i filen ändrad.",
            "Be om svaret i den nyaste arbetsboken.",
        )
    return inquiry


def _sum_line(workplace: Workplace, total: Total) -> SumLine:
    count = total.after or total.before
    assert count is not None, "a total changes something"
    standing = [each for each in (total.before, *total.clash) if each is not None]
    stands = ", ".join(
        numbers_sv.count(each.n, each.state) + ("" if each is total.before else f" ({parse_period(each.period).name})")
        for each in standing
    )
    return SumLine(
        what=where(workplace.codebook, count.measure, count.period),
        stands=stands,
        becomes=numbers_sv.count(total.after.n, total.after.state) if total.after else "",
        coverage=units.coverage_words(total.sum) if total.sum else "",
        contested=total.contested,
    )
