"""A compilation as the rows of a bundle, and what differs when the county has recomputed them from the originals."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_records import Derived
from fardplan_desktop.domain.compiled_ids import (
    ACTIVITIES,
    COMMENT,
    DEVIATIONS,
    category_id,
    category_of,
    cell_of,
    figure_id,
    share_ids,
    status_id,
    status_of,
)
from fardplan_desktop.domain.figures import Figure, Share, Tally
from fardplan_desktop.exchange.office_rows import CompilationRow
from fardplan_desktop.services.compilation import Compilation

_MOST_TOLD = 50
"""Sentences; the rest is told as a number."""


def rows_of(compiled: Compilation, codebook: CodeBook, comment: str = "") -> tuple[CompilationRow, ...]:
    """Every sum, share and tally of the period, by id, and the office's own words."""
    rows = [_figure_row(each) for each in compiled.figures]
    derived = {each.id: each for each in codebook.derived}
    for share in compiled.shares:
        if _stands_alone(derived.get(share.id)):
            rows += _share_rows(share)
    rows += _tally_rows(compiled, DEVIATIONS, compiled.deviations.total, compiled.deviations.by_category, category_id)
    rows += _tally_rows(compiled, ACTIVITIES, compiled.activities.total, compiled.activities.by_status, status_id)
    if comment:
        rows.append(msgspec.structs.replace(_row(COMMENT, None, 0, 0), text=comment))
    return tuple(sorted(rows, key=lambda row: row.id))


def comment_in(rows: Mapping[str, CompilationRow]) -> str:
    """The office's own words; empty when there are none."""
    return (rows[COMMENT].text or "") if COMMENT in rows else ""


def differences(
    codebook: CodeBook, sender: str, theirs: tuple[CompilationRow, ...], ours: tuple[CompilationRow, ...]
) -> tuple[str, ...]:
    """One sentence for each number that the sender and the originals do not agree on."""
    said, found = ({each.id: _compared(each) for each in rows if each.id != COMMENT} for rows in (theirs, ours))
    told, unknown = [], 0
    for id in dict.fromkeys((*found, *said)):
        if said.get(id) == found.get(id):
            continue
        label = _label(codebook, id)
        unknown += not label
        if label:
            told.append(f"{label}: {sender} uppger {_words(said.get(id))}, originalen ger {_words(found.get(id))}.")
    rest = [f"Ytterligare {len(told) - _MOST_TOLD} tal stämmer inte."] if len(told) > _MOST_TOLD else []
    odd = [f"{unknown} rader i sammanställningen gäller sådant som inte finns i mått och listor."] if unknown else []
    return (*told[:_MOST_TOLD], *rest, *odd)


def _figure_row(figure: Figure) -> CompilationRow:
    id = figure_id(figure.measure, figure.period, figure.breakdown, figure.breakdown_value)
    return msgspec.structs.replace(
        _row(id, figure.value, figure.reported, figure.of),
        estimated=figure.estimated,
        repeats=figure.repeats,
        parts=figure.parts,
        parts_of=figure.parts_of,
    )


def _stands_alone(derived: Derived | None) -> bool:
    """Made of the period's own counts: neither of inhabitants nor of what another package says."""
    return (
        derived is not None
        and derived.kind != "per_1000"
        and not any(term.previous for term in (*derived.numerator, *derived.denominator))
    )


def _share_rows(share: Share) -> Iterator[CompilationRow]:
    for id, number in zip(share_ids(share.id, share.period), (share.num, share.den), strict=True):
        value = number if number is None or number >= 0 else None
        yield msgspec.structs.replace(_row(id, value, share.reported, share.of), estimated=share.estimated)


def _tally_rows(
    compiled: Compilation, total_id: str, total: int, tally: Tally, id_of: Callable[[str], str]
) -> list[CompilationRow]:
    """Without any package nothing has been counted, which is not the same as none."""
    received, members = len(compiled.received), len(compiled.members)
    whole = _row(total_id, total if received else None, received, members)
    return [whole, *(_row(id_of(code), number, received, members) for code, number in tally)]


def _row(id: str, n: int | None, reported: int, expected: int) -> CompilationRow:
    return CompilationRow(
        id=id, n=n, estimated=False, repeats=False, reported=reported, expected=expected, parts=0, parts_of=0, text=None
    )


def _compared(row: CompilationRow) -> CompilationRow:
    """The number and what it rests on. Whether plans may be counted again is a remark and no number."""
    return msgspec.structs.replace(row, repeats=False)


def _label(codebook: CodeBook, id: str) -> str:
    """What the row is about, in the words of mått och listor; empty for what is not in them."""
    cell = cell_of(id)
    if cell is not None:
        measure, breakdown, value = cell
        known = codebook.measures_by_id.get(measure)
        part = "" if breakdown is None or breakdown not in codebook.lists else codebook.label(breakdown, value or "")
        return "" if known is None or (breakdown is not None and part in ("", value)) else _joined(known.label, part)
    for derived in codebook.derived:
        if id.startswith(f"andelar/{derived.id}/"):
            return _joined(derived.label, "täljare" if id.endswith("/taljare") else "nämnare")
    if category_of(id):
        return _joined("Avvikelser", codebook.label("kategori", category_of(id)))
    if status_of(id):
        return _joined("Aktiviteter", codebook.label("aktivitetsstatus", status_of(id)))
    return {DEVIATIONS: "Avvikelser i samverkan", ACTIVITIES: "Aktiviteter"}.get(id, "")


def _joined(whole: str, part: str) -> str:
    return f"{whole}, {part}" if part else whole


def _words(row: CompilationRow | None) -> str:
    """``41 (14 av 15 kommuner)``."""
    if row is None:
        return "inget"
    value = numbers_sv.MISSING if row.n is None else numbers_sv.number(row.n)
    said = numbers_sv.estimated(value) if row.estimated and row.n is not None else value
    months = f", {numbers_sv.of(row.parts, row.parts_of, 'månader')}" if row.parts != row.parts_of else ""
    return f"{said} ({numbers_sv.of(row.reported, row.expected, 'kommuner')}{months})"
