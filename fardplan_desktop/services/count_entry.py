"""From what is typed or pasted to counts: one cell, or a block as it comes from a spreadsheet.

A block goes in whole or not at all. A lone dash is never guessed: the caller asks once and gives the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Count, CountState
from fardplan_desktop.domain.tabular import Ambiguous, Amount, NotAnAmount
from fardplan_desktop.services import tables_in
from fardplan_desktop.services.count_cells import Cell, CellKind
from fardplan_desktop.services.counts import place_words

Texts = Sequence[Sequence[str]]
Lines = Sequence[Sequence[Cell | None]]
"""Cells as they lie in the grid; None is a value that is only worked out."""
ZERO = Amount(CountState.REPORTED, 0)
MISSING = Amount(CountState.MISSING)
_TABLE_WORDS = frozenset({"mått"})


class Block(msgspec.Struct, frozen=True):
    """What a pasted block comes to."""

    values: tuple[Count, ...]
    not_needed: int = 0
    """Numbers that fell on cells that need none, such as a stock in any month but the last."""

    @property
    def label(self) -> str:
        """``4 rutor inklistrade från Excel``."""
        count = len(self.values)
        words = "1 ruta inklistrad från Excel" if count == 1 else f"{count} rutor inklistrade från Excel"
        return f"{words}, {self.not_needed} behövdes inte" if self.not_needed else words


def read_typed(codebook: CodeBook, cell: Cell, text: str) -> Count | None:
    """The count that a typed text makes of the cell; None empties it. In our own grid ``-`` says *saknas*.

    Raises InputProblem naming the cell when the text is no count.
    """
    found = tables_in.read_cell(text)
    if isinstance(found, NotAnAmount):
        raise InputProblem(f"{cell_place(codebook, cell)} är inte ändrad.", found.what)
    if isinstance(found, Ambiguous):
        found = MISSING
    return None if found is None else count_in(cell, found)


def count_in(cell: Cell, amount: Amount) -> Count:
    """The amount as a count in the cell, which keeps its comment."""
    comment = cell.count.comment if cell.count else None
    return Count(
        measure=cell.measure, period=cell.period, breakdown=cell.breakdown, value=cell.value,
        state=amount.state, n=amount.n, comment=comment,
    )  # fmt: skip


def cell_place(codebook: CodeBook, cell: Cell) -> str:
    """``Upprättade SIP, ålder 0–17, maj 2026``."""
    return place_words(codebook, cell.measure, cell.period, cell.breakdown, cell.value)


def has_headings(texts: Texts) -> bool:
    """Whether a pasted block is a table of its own, with a column that says which measure."""
    return bool(texts) and any(text.casefold() in _TABLE_WORDS for text in texts[0])


def read_pasted(codebook: CodeBook, cells: Lines, texts: Texts, dash: Amount | None = None) -> Block:
    """The counts that a block makes of the cells it falls on, both as rows from the top left.

    Blank texts leave what stands, and what falls on a value that is worked out (None) is passed over. ``dash``: what a
    lone dash means (``ZERO`` or ``MISSING``). Raises InputProblem naming the first cell that is no count, or saying
    that the block is larger than the grid.
    """
    _refuse_too_large(cells, texts)
    values: list[Count] = []
    not_needed = 0
    for line, row in zip(texts, cells, strict=False):
        for text, cell in zip(line, row, strict=False):
            amount = None if cell is None else _amount(codebook, cell, text, dash)
            if cell is not None and amount is not None and _is_needed(cell, amount):
                values.append(count_in(cell, amount))
            elif text.strip():
                not_needed += 1
    if not values:
        raise InputProblem("Ingenting är inklistrat.", "Det fanns inga antal för de rutor som går att fylla i.")
    return Block(tuple(values), not_needed)


def _is_needed(cell: Cell, amount: Amount) -> bool:
    return cell.kind is not CellKind.NOTHING and not cell.is_sum(amount.state, amount.n)


def repeated(texts: Texts, high: int, wide: int) -> Texts:
    """The block as often as it fits into a chosen range of this size, as a spreadsheet does; else once."""
    lines, columns = len(texts), max((len(line) for line in texts), default=0)
    if not lines or not columns or high % lines or wide % columns:
        return texts
    padded = [[*line, *[""] * (columns - len(line))] for line in texts]
    return [line * (wide // columns) for line in padded] * (high // lines)


class Filled(msgspec.Struct, frozen=True):
    """What filling a range comes to: counts to write, and ids of cells that become empty as their source is."""

    values: tuple[Count, ...]
    cleared: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.values) + len(self.cleared)


def filled(lines: Lines) -> Filled:
    """The first cell of each line carried on to the rest of it. Cells keep their comments, and nothing else."""
    values: list[Count] = []
    cleared: list[str] = []
    for line in lines:
        usable = [cell for cell in line if cell is not None and cell.kind is not CellKind.NOTHING]
        for cell in usable[1:]:
            source = usable[0].count
            if source is not None:
                values.append(count_in(cell, Amount(source.state, source.n)))
            elif cell.count is not None:
                cleared.append(cell.id)
    return Filled(tuple(values), tuple(cleared))


def as_text(count: Count | None) -> str:
    """The count as a spreadsheet reads it back: no spaces among the digits."""
    if count is None:
        return ""
    if count.n is None:
        return "saknas" if count.state is CountState.MISSING else "ej aktuellt"
    return f"≈ {count.n}" if count.state is CountState.ESTIMATED else str(count.n)


def _amount(codebook: CodeBook, cell: Cell, text: str, dash: Amount | None) -> Amount | None:
    found = tables_in.read_cell(text)
    if isinstance(found, Ambiguous) and dash is not None:
        return dash
    if isinstance(found, NotAnAmount | Ambiguous):
        what = found.what if isinstance(found, NotAnAmount) else "Ett ensamt streck kan betyda både 0 och saknas."
        place = cell_place(codebook, cell)
        raise InputProblem("Ingenting är inklistrat.", f"{place}: {what}", "Rätta i Excel och klistra in igen.")
    return found


def _refuse_too_large(cells: Lines, texts: Texts) -> None:
    wide, high = max((len(line) for line in texts), default=0), len(texts)
    room = max((len(row) for row in cells), default=0)
    if wide > room or high > len(cells):
        raise InputProblem(
            "Ingenting är inklistrat.",
            f"Blocket är {_size(high, wide)}, men från rutan räcker det bara till {_size(len(cells), room)}.",
            "Ställ markören i blockets första ruta, eller kopiera en mindre del.",
        )


def _size(high: int, wide: int) -> str:
    return f"{high} {'rad' if high == 1 else 'rader'} × {wide} {'kolumn' if wide == 1 else 'kolumner'}"
