"""Tables into the store: a whole file or nothing, one undo step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Activity, CheckIn, Deviation, Plan
from fardplan_desktop.domain.tabular import (
    ActivityDraft,
    Ambiguous,
    Amount,
    DeviationDraft,
    NotAnAmount,
    TableContent,
    TableKind,
)
from fardplan_desktop.services import activities, counts, deviations
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.tables.kinds import read_pasted, read_table
from fardplan_desktop.tables.paste import parse_block, parse_number
from fardplan_desktop.tables.template import write_template

_WORDS = {
    TableKind.ACTIVITIES: "aktiviteter",
    TableKind.COUNTS: "antal",
    TableKind.DEVIATIONS: "avvikelser",
    TableKind.POPULATION: "folkmängdsuppgifter",
}


class Import(msgspec.Struct, frozen=True):
    """What a table would bring, or brought."""

    content: TableContent
    change: Change | None
    new: int
    replaced: int
    unchanged: int
    edits: tuple[Edit, ...] = ()
    """What the table does to our own records; empty for population."""
    clashes: tuple[counts.Clash, ...] = ()
    """Counts that stand at another length of period and must be replaced knowingly."""

    @property
    def sentence(self) -> str:
        word = _WORDS[self.content.kind]
        verb = "lästes in" if self.change is not None else "går att läsa in"
        return (
            f"{self.content.size} {word} ur {self.content.source} {verb}: "
            f"{self.new} nya, {self.replaced} ändrade, {self.unchanged} oförändrade."
        )


def add_table(
    workplace: Workplace, *, path: Path, kind: TableKind, dry_run: bool = False, replace: bool = False
) -> Import:
    """Read the file and write it as one step. Raises TableProblems naming every row at fault, or PersonalData."""
    return take_in(workplace, content=read_table(path, kind, workplace.codebook), dry_run=dry_run, replace=replace)


def paste_table(workplace: Workplace, *, text: str, kind: TableKind, dash: str = "") -> TableContent:
    """What a pasted block with headings holds; ``take_in`` then writes it. Raises TableProblems.

    A lone dash among counts is never guessed: ``dash`` says what the user answered, ``0`` or ``saknas``.
    """
    block = parse_block(text)
    if kind is TableKind.COUNTS and has_dashes(block):
        if not dash:
            raise InputProblem(
                "Tabellen har ensamma streck.", "De kan betyda 0 eller att uppgift saknas.", "Välj vilket."
            )
        block = tuple(tuple(dash if _is_dash(cell) else cell for cell in line) for line in block)
    return read_pasted(block, kind, workplace.codebook)


def has_dashes(block: Sequence[Sequence[str]]) -> bool:
    """Whether the user must be asked what a lone dash means."""
    return any(_is_dash(cell) for line in block for cell in line)


def _is_dash(cell: str) -> bool:
    return isinstance(parse_number(cell), Ambiguous)


def take_in(workplace: Workplace, *, content: TableContent, dry_run: bool = False, replace: bool = False) -> Import:
    """Write all of a table as one step; ``dry_run`` only says what it would bring."""
    content = msgspec.structs.replace(content, source=_source(content))
    if content.size == 0:
        raise InputProblem(
            f"{content.source} har rubriker men inga rader.", "", "Fyll i minst en rad och läs in tabellen igen."
        )
    if content.kind is TableKind.POPULATION:
        refuse_identity(content.population)
        return _population(workplace, content, dry_run)
    edits = _edits(workplace, content)
    refuse_identity(edit.after for edit in edits if edit.after is not None)
    counts.refuse_twofold(workplace.codebook, content.counts)
    label = f"{content.size} {_WORDS[content.kind]} ur {content.source}"
    clashes = counts.find_clashes(workplace, content.counts)
    change = None
    if not dry_run:
        change = _write(workplace, content, edits, label, replace)
    return Import(
        content,
        change,
        new=sum(edit.before is None and not isinstance(edit.after, Plan | CheckIn) for edit in edits),
        replaced=sum(edit.before is not None and edit.before != edit.after for edit in edits),
        unchanged=sum(edit.before == edit.after for edit in edits),
        edits=tuple(edits),
        clashes=clashes,
    )


def _source(content: TableContent) -> str:
    """What the history calls the table: its file's name, unless that names a person or is no text."""
    name = content.source.encode("utf-8", "replace").decode()
    return "en tabell" if identity_hits(name) else name


def template(codebook: CodeBook, *, kind: TableKind, path: Path) -> None:
    """An empty workbook to fill in, with headings, lists and notes. Needs no store."""
    write_template(kind, codebook, path)


def read_block(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a clipboard text, rows equally long."""
    return parse_block(text)


def read_cell(text: str) -> Amount | Ambiguous | NotAnAmount | None:
    """What one pasted or typed cell says about a count; None for a blank one. A lone dash is Ambiguous."""
    return parse_number(text)


def _edits(workplace: Workplace, content: TableContent) -> list[Edit]:
    if content.kind is TableKind.COUNTS:
        standing = counts.counts(workplace)
        return [Edit(standing.get(each.id), each) for each in content.counts]
    if content.kind is TableKind.ACTIVITIES:
        return _activities(workplace, content.activities)
    return _deviations(workplace, content.deviations)


def _write(workplace: Workplace, content: TableContent, edits: list[Edit], label: str, replace: bool) -> Change:
    if content.kind is TableKind.COUNTS:
        return counts.put(workplace, values=content.counts, label=label, replace=replace)
    return save(workplace, edits=edits, label=label)


def _population(workplace: Workplace, content: TableContent, dry_run: bool) -> Import:
    have = {(each.municipality, each.year): each for each in workplace.store.population()}
    rows = content.population
    same = sum(have.get((row.municipality, row.year)) == row for row in rows)
    new = sum((row.municipality, row.year) not in have for row in rows)
    change = None
    if not dry_run:
        workplace.store.put_population(rows, source_digest=content.sha256, signature=workplace.signature)
        change = Change(f"{len(rows)} folkmängdsuppgifter ur {content.source}", frozenset({"Population"}))
    return Import(content, change, new=new, replaced=len(rows) - same - new, unchanged=same)


def _activities(workplace: Workplace, drafts: tuple[ActivityDraft, ...]) -> list[Edit]:
    """An activity of the same title in the same plan is the same activity; fields the table lacks keep their value."""
    plans = {each.title.casefold(): each for each in activities.plans(workplace)}
    standing = {(each.plan, each.title.casefold()): each for each in activities.activities(workplace)}
    year = workplace.today.year
    edits: list[Edit] = []
    for draft in drafts:
        title = draft.plan or f"Handlingsplan {year}"
        plan = plans.get(title.casefold())
        if plan is None:
            plan = Plan(id=workplace.ids(), title=title, type=activities.OWN_PLAN, year=year)
            plans[title.casefold()] = plan
            edits.append(Edit(None, plan))
        before = standing.get((plan.id, draft.title.casefold()))
        given = _given(draft, {"row", "plan", "comment"})
        after = (
            Activity(id=workplace.ids(), plan=plan.id, **given)
            if before is None
            else activities.touched(before, msgspec.structs.replace(before, **given))
        )
        edits.append(Edit(before, after))
        if draft.comment:
            edits.append(Edit(None, _check_in(workplace, after, draft.comment)))
    return edits


def _check_in(workplace: Workplace, activity: Activity, comment: str) -> CheckIn:
    return CheckIn(
        id=workplace.ids(),
        activity=activity.id,
        date=workplace.today,
        status=activity.status,
        forecast=activity.forecast,
        comment=comment,
    )


def _deviations(workplace: Workplace, drafts: tuple[DeviationDraft, ...]) -> list[Edit]:
    """A row with a reference that is already here is that deviation; others are new."""
    standing = {each.reference: each for each in deviations.deviations(workplace) if each.reference}
    numbers: dict[int, Iterator[str]] = {}
    edits: list[Edit] = []
    for draft in drafts:
        given = _given(draft, {"row"})
        before = standing.get(draft.reference) if draft.reference else None
        if before is not None:
            edits.append(Edit(before, msgspec.structs.replace(before, **given)))
            continue
        given.setdefault("registered", workplace.today)
        year = given["registered"].year
        if year not in numbers:
            numbers[year] = deviations.numbers_from(workplace, year)
        edits.append(Edit(None, Deviation(id=workplace.ids(), number=next(numbers[year]), **given)))
    return edits


def _given(draft: msgspec.Struct, left_out: set[str]) -> dict[str, Any]:
    """What the table says; None means that it says nothing."""
    return {
        name: value
        for name, value in msgspec.structs.asdict(draft).items()
        if value is not None and name not in left_out
    }
