"""Corrections: what differs from the package that is replaced, why, and who says so; value by value.

The sender sees it before sealing, it travels in the package (``rattelse/1``), prints as a rättelseblad, and the
receiver sees it before the package is read in, held against what really differs.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.deliveries import Delivery, Direction
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import CorrectionNote
from fardplan_desktop.exchange.kinds import CORRECTIONS, JOINT_ANSWERS
from fardplan_desktop.exchange.office_rows import CorrectionRow, JointAnswerRow
from fardplan_desktop.exchange.verify import Opened, open_package
from fardplan_desktop.services import joint_list
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.row_changes import Said, ValueChange, value_changes
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

LONGEST_REASON = 300


class Correction(msgspec.Struct, frozen=True):
    """One value that is corrected. ``reason`` is empty, and ``function`` too, when the sender has given none."""

    change: ValueChange
    reason: str
    function: str


class Corrections(msgspec.Struct, frozen=True):
    """All of one package, beside what it replaces."""

    corrections: tuple[Correction, ...]
    unexplained: int = 0
    """Values that differ although the sender's note does not name them."""
    unfounded: int = 0
    """Values that the note names although they do not differ."""
    noted: bool = True
    """The package carries a note."""


def said(opened: Opened) -> Said:
    """What a package says that a correction may change."""
    return Said(opened.rows, opened.table(JOINT_ANSWERS, JointAnswerRow))


def planned(workplace: Workplace, *, period: Period, before: Delivery, after: Said) -> tuple[Correction, ...]:
    """What would differ from our sealed package ``before``, each with its own reason or that of the whole."""
    opened = open_package(packages.delivery_file(workplace.store, before.digest), None)
    notes = {each.id: each.reason for each in workplace.store.own(CorrectionNote)}
    return tuple(
        Correction(each, notes.get(_note_id(period, each.id), before.reopened or ""), workplace.function)
        for each in _changes(workplace, said(opened), after)
    )


def explain(workplace: Workplace, *, period: Period, change: ValueChange, reason: str) -> Change:
    """Why just this value is corrected; an empty text takes the reason away, and that of the whole counts.

    Raises InputProblem for a text that is too long or that the guard refuses.
    """
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise InputProblem(
            "Skälet är för långt.", f"Det har {len(reason)} tecken, högst {LONGEST_REASON}.", "Korta det."
        )
    id = _note_id(period, change.id)
    before = workplace.store.get(CorrectionNote, id)
    after = CorrectionNote(id=id, reason=reason) if reason else None
    edits = [Edit(before, after)] if before is not None or after is not None else []
    return save(workplace, edits=edits, label=f"Skäl till rättelse: {change.what}")


def rows(corrections: Sequence[Correction], reason: str) -> tuple[CorrectionRow, ...]:
    """The note that travels with the package; ``reason``: of the whole, where a value has none of its own."""
    return tuple(
        CorrectionRow(
            id=each.change.id[:200],
            old=each.change.old,
            new=each.change.new,
            reason=each.reason or reason,
            function=each.function,
        )
        for each in corrections
    )


def of_package(workplace: Workplace, *, opened: Opened) -> Corrections | None:
    """What a package corrects, held against the one it replaces; None when it replaces none that we have."""
    replaced = opened.statement.predicate.supersedes
    if replaced is None:
        return None
    have = {
        each.digest
        for direction in Direction
        for each in packages.list_deliveries(workplace.store, direction, period=opened.statement.predicate.period.id)
    }
    if replaced.statement_sha256 not in have:
        return None
    before = open_package(packages.delivery_file(workplace.store, replaced.statement_sha256), None)
    changes = _changes(workplace, said(before), said(opened))
    told = {row.id: row for row in opened.table(CORRECTIONS, CorrectionRow)}
    found = []
    for each in changes:
        row = told.get(each.id[:200])
        named = row is not None and (row.old, row.new) == (each.old, each.new)
        reason, function = (row.reason, row.function) if row is not None and named else ("", "")
        found.append(Correction(each, reason, function))
    unexplained = sum(not each.function for each in found)
    differing = {each.id[:200] for each in changes}
    return Corrections(tuple(found), unexplained, sum(id not in differing for id in told), bool(told))


def of_delivery(workplace: Workplace, *, delivery: Delivery) -> Corrections | None:
    """The same of a package that we have sealed or taken in."""
    return of_package(workplace, opened=open_package(packages.delivery_file(workplace.store, delivery.digest), None))


def told(workplace: Workplace, opened: Opened) -> tuple[str, ...]:
    """What a package would change, in sentences, for whoever is about to read it in."""
    found = of_package(workplace, opened=opened)
    if found is None:
        return ()
    return (*(sentence(each) for each in found.corrections), *remarks(found))


def remarks(found: Corrections) -> tuple[str, ...]:
    """Where the sender's note and the package differ; a package without a note is from before there were any."""
    lines = []
    if found.noted and found.unexplained:
        lines.append(f"{found.unexplained} av ändringarna nämns inte i avsändarens rättelse. Fråga varför.")
    if found.unfounded:
        lines.append(f"{found.unfounded} ändringar nämns i rättelsen men finns inte i paketet. Fråga varför.")
    return tuple(lines)


def sentence(correction: Correction) -> str:
    """``Upprättade SIP, maj 2026, antal: 3 → 5. Felräknat (Samordnare)``"""
    change = correction.change
    old, new = ("tom" if text is None else text for text in (change.old, change.new))
    why = f" {correction.reason.rstrip('.')} ({correction.function})" if correction.reason else ""
    field = "" if change.field == change.kind and change.kind != "Antal" else f", {change.field.lower()}"
    return f"{change.what}{field}: {old} → {new}.{why}"


def _changes(workplace: Workplace, before: Said, after: Said) -> tuple[ValueChange, ...]:
    titles = {each.id: each.task.title for each in joint_list.joint_activities(workplace)}
    return value_changes(workplace.codebook, before, after, joint=titles)


def _note_id(period: Period, change_id: str) -> str:
    return f"{period.id}:{change_id}"
