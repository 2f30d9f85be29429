"""Feedback to one member as rows: its own numbers beside all members', protected, and the words that go along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from fardplan_desktop.analysis.feedback_protection import Line, Shown, Told, protected
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.compiled_ids import DEVIATIONS, category_id, figure_id
from fardplan_desktop.domain.figures import Figure
from fardplan_desktop.domain.levels import Level, Organisation
from fardplan_desktop.exchange.office_rows import FeedbackRow
from fardplan_desktop.services.compilation import Compilation


class Members(msgspec.Struct, frozen=True):
    """Who gets feedback (code → its own municipalities): at a delregion each is one, at the county a delregion."""

    of: Mapping[str, tuple[str, ...]]

    def group(self, municipality: str) -> str | None:
        return next((code for code, own in self.of.items() if municipality in own), None)


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the table with what belongs to each member."""

    line: Line
    estimated: frozenset[str] = frozenset()
    """Members whose number is estimated."""
    reported: Mapping[str, int] = {}
    """Member → how many municipalities are in its number."""
    expected: int = 0


def members_of(organisation: Organisation, compiled: Compilation, codebook: CodeBook) -> Members:
    codes = [each.code for each in compiled.members]
    if organisation.level is not Level.COUNTY:
        return Members({code: (code,) for code in codes})
    day = compiled.period.end
    groups = {each.code: tuple(one.code for one in codebook.members(each.code, day)) for each in codebook.delregions}
    return Members(groups)


def numbers_of(compiled: Compilation, codebook: CodeBook, members: Members) -> tuple[Numbers, ...]:
    """Every measure with its breakdowns, and the deviations by category; in the code book's order."""
    return (*_of_figures(compiled, codebook, members), *_of_deviations(compiled, members))


def rows_for(
    member: str, numbers: Sequence[Numbers], *, threshold: int, before: Mapping[str, Sequence[Told]]
) -> tuple[FeedbackRow, ...]:
    """What this member gets to see, by id."""
    shown = protected([each.line for each in numbers], member=member, threshold=threshold, before=before)
    rows = (_row(member, each, shown[each.line.id]) for each in numbers)
    return tuple(sorted(rows, key=lambda each: each.id))


def told_in(rows: Sequence[FeedbackRow]) -> Iterator[tuple[str, Told]]:
    """Id and what the member was told of the others, of every total that was shown to it."""
    for row in rows:
        if row.total is not None:
            yield row.id, Told(row.total - (row.own or 0), row.reported - row.own_reported)


def _row(member: str, numbers: Numbers, shown: Shown) -> FeedbackRow:
    values = numbers.line.values
    whole = numbers.line.whole is None
    return FeedbackRow(
        id=numbers.line.id,
        own=values.get(member),
        own_estimated=member in numbers.estimated,
        own_reported=numbers.reported.get(member, 0),
        total=shown.total,
        total_estimated=shown.total is not None and bool(numbers.estimated),
        total_hidden=bool(values) and shown.total is None,
        median=None if shown.median_doubled is None else shown.median_doubled * 50,
        median_hidden=bool(values) and whole and shown.median_doubled is None,
        reported=sum(numbers.reported.values()),
        expected=numbers.expected,
    )


def _of_figures(compiled: Compilation, codebook: CodeBook, members: Members) -> Iterator[Numbers]:
    there = {each.measure for each in compiled.figures}
    for figure in compiled.figures:
        measure = codebook.measures_by_id.get(figure.measure)
        part_of = measure.part_of if measure is not None and measure.part_of in there else None
        whole = figure.measure if figure.breakdown is not None else part_of
        yield _numbers(
            figure,
            figure_id(figure.measure, figure.period, figure.breakdown, figure.breakdown_value),
            members,
            whole=None if whole is None else figure_id(whole, figure.period),
            group=figure.breakdown,
        )


def _numbers(figure: Figure, id: str, members: Members, *, whole: str | None, group: str | None) -> Numbers:
    values: dict[str, int] = {}
    reported: dict[str, int] = {}
    estimated = set()
    for each in figure.members:
        code = members.group(each.organisation)
        if code is not None and each.rolled.value is not None:
            values[code] = values.get(code, 0) + each.rolled.value
            reported[code] = reported.get(code, 0) + 1
            if each.rolled.estimated:
                estimated.add(code)
    line = Line(id=id, values=values, whole=whole, group=group)
    return Numbers(line=line, estimated=frozenset(estimated), reported=reported, expected=figure.of)


def _of_deviations(compiled: Compilation, members: Members) -> Iterator[Numbers]:
    """Whoever has delivered has a number of deviations, if only 0."""
    tallies = {code: dict(each.deviations) for code, each in compiled.tallies.items()}
    categories = list(dict.fromkeys(code for code, _ in compiled.deviations.by_category))
    for category in ["", *categories]:
        values: dict[str, int] = {}
        reported: dict[str, int] = {}
        for municipality in compiled.received:
            code = members.group(municipality)
            if code is not None:
                own = tallies.get(municipality, {})
                values[code] = values.get(code, 0) + (own.get(category, 0) if category else sum(own.values()))
                reported[code] = reported.get(code, 0) + 1
        id = category_id(category) if category else DEVIATIONS
        line = (
            Line(id=id, values=values, whole=DEVIATIONS, group="kategori") if category else Line(id=id, values=values)
        )
        yield Numbers(line=line, reported=reported, expected=len(compiled.members))
