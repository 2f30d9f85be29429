"""Commands for tables: an empty workbook to fill in, and a filled-in one into the store."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.cli.arguments import Commands, add_command, add_json, add_store
from fardplan_desktop.cli.foreign import say_sheet, sheet_as_json
from fardplan_desktop.cli.output import DONE, FOUND_WANTING, complain, opened, say, say_json
from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Count, CountState, Plan
from fardplan_desktop.domain.tabular import TableKind, TableProblems

if TYPE_CHECKING:
    from fardplan_desktop.services.sheets_in import Proposal
    from fardplan_desktop.services.tables_in import Import
    from fardplan_desktop.services.workplace import Workplace

_FILLED_IN = ("activities", "counts", "deviations")
_CLASHING = "Tal som är ifyllda för en annan periodlängd ersätts bara med --replace."
_WORDS = {CountState.MISSING: "saknas", CountState.NOT_APPLICABLE: "ej aktuellt"}


def register(commands: Commands) -> None:
    template = add_command(commands, "template", "skapa en tom arbetsbok att fylla i", _template)
    template.choices.add_argument("--kind", required=True, choices=_FILLED_IN, help="vad den ska hålla")
    template.choices.add_argument("--out", required=True, metavar="FIL.xlsx", type=Path, help="var den ska sparas")

    table = add_command(commands, "add-table", "läs in en tabell, hela eller inget av den", _add_table)
    add_store(table)
    table.needed.add_argument("file", metavar="FIL", type=Path, help="en CSV-fil eller en arbetsbok (.xlsx)")
    table.choices.add_argument(
        "--kind", required=True, choices=[kind.value for kind in TableKind], help="vad tabellen håller"
    )
    table.choices.add_argument("--sheet", default="", metavar="BLAD", help="läs bara det här bladet i arbetsboken")
    table.choices.add_argument("--dry-run", action="store_true", help="visa vad som skulle hända, ändra inget")
    table.choices.add_argument(
        "--replace", action="store_true", help="ersätt tal som är ifyllda för en annan periodlängd"
    )
    add_json(table)


def _template(given: Namespace) -> int:
    from fardplan_desktop.bootstrap import shipped_codebook
    from fardplan_desktop.services import tables_in

    if os.path.exists(given.out):  # Unlike the path's own, it answers for a name that is too long.
        raise InputProblem(f"{given.out.name} finns redan.", "Den kan vara ifylld.", "Välj ett annat namn.")
    tables_in.template(shipped_codebook(), kind=TableKind(given.kind), path=given.out)
    say(f"{given.out.name} är skapad.")
    return DONE


def _add_table(given: Namespace) -> int:
    from fardplan_desktop.services import sheets_in, tables_in

    try:
        with opened(given.store) as workplace:
            opening = sheets_in.open_file(workplace, path=given.file, kind=TableKind(given.kind), sheet=given.sheet)
            if isinstance(opening, sheets_in.Proposal):
                return _add_sheet(workplace, opening, given)
            done = opening
            if not given.dry_run:
                done = tables_in.take_in(workplace, content=opening.content, replace=given.replace)
    except TableProblems as problems:
        if not given.json:
            raise
        say_json(_refused(problems))
        return FOUND_WANTING
    clashing = bool(done.clashes) and not given.replace
    if given.json:
        say_json(_as_json(done, given.file))
    else:
        _say(done)
    if clashing:
        complain(_CLASHING)
    return FOUND_WANTING if clashing else DONE


def _add_sheet(workplace: Workplace, proposal: Proposal, given: Namespace) -> int:
    """A sheet of another make: what it was understood as; stored when there is nothing left to choose."""
    from fardplan_desktop.services import sheets_in

    ready = not proposal.waiting and proposal.outcome is not None
    clashing = proposal.outcome is not None and bool(proposal.outcome.clashes) and not given.replace
    stored = ready and not clashing and not given.dry_run
    if stored:
        sheets_in.take_in(workplace, proposal=proposal, replace=given.replace)
    if given.json:
        say_json(sheet_as_json(proposal, given.file, stored=stored))
    else:
        say_sheet(proposal, stored=stored)
    if not ready:
        complain(sheets_in.refusal(proposal).sentence)
    elif clashing:
        complain(_CLASHING)
    return DONE if ready and not clashing else FOUND_WANTING


def _say(done: Import) -> None:
    say(done.sentence)
    for edit in done.edits:
        if isinstance(edit.record, Plan) and edit.before is None:
            say(f"Ny plan: {edit.record.title}")
        elif isinstance(edit.after, Count) and isinstance(edit.before, Count) and edit.before != edit.after:
            say(f"{edit.after.id}: {_number(edit.before)} → {_number(edit.after)}")
    for clash in done.clashes:
        say(f"{clash.measure} är redan ifyllt på annat sätt: {', '.join(each.id for each in clash.standing)}")
    contacts = _contacts(done)
    if contacts:
        say(f"Telefonnummer eller e-postadress verkar stå i {contacts} av raderna. Får de vara kvar?")
    for note in done.content.notes:
        say(f"Rad {note.row}, kolumn {note.column}: {note.what}")


def _as_json(done: Import, file: Path) -> dict[str, object]:
    replaced = [edit for edit in done.edits if edit.before is not None and edit.before != edit.after]
    plans = [edit.record for edit in done.edits if isinstance(edit.record, Plan)]
    return {
        "file": str(file),
        "kind": done.content.kind.value,
        "stored": done.change is not None,
        "rows": done.content.size,
        "new": done.new,
        "replaced": done.replaced,
        "unchanged": done.unchanged,
        "replaced_records": [_replaced(edit) for edit in replaced],
        "new_plans": [plan.title for plan in plans if isinstance(plan, Plan)],
        "clashes": [each.id for clash in done.clashes for each in clash.standing],
        "contacts": _contacts(done),
        "notes": [{"row": note.row, "column": note.column, "what": note.what} for note in done.content.notes],
    }


def _contacts(done: Import) -> int:
    """How many records hold what looks like a telephone number or an e-mail address: worth a question."""
    from fardplan_desktop.services import guarding

    return sum(edit.after is not None and bool(guarding.contact_fields(edit.after)) for edit in done.edits)


def _replaced(edit: Edit) -> dict[str, object]:
    before, after = edit.before, edit.after
    if isinstance(before, Count) and isinstance(after, Count):
        return {"id": after.id, "before": _number(before), "after": _number(after)}
    return {"id": edit.record.id}


def _refused(problems: TableProblems) -> dict[str, object]:
    return {
        "file": problems.file,
        "stored": False,
        "problems": [{"row": each.row, "column": each.column, "what": each.what} for each in problems.problems],
    }


def _number(count: Count) -> str:
    if count.n is None:
        return _WORDS[count.state]
    return f"≈ {count.n}" if count.state is CountState.ESTIMATED else str(count.n)
