"""A range on its way to the clipboard: as a spreadsheet reads it, and how to recognise it when it comes back."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QModelIndex

from fardplan_desktop.services import count_entry
from fardplan_desktop.ui.counts.grid_model import GridModel


class Clip(msgspec.Struct, frozen=True):
    """What has been copied or cut, until it is pasted, or Esc."""

    first: tuple[int, int]
    """Row and column."""
    last: tuple[int, int]
    text: str
    cut: tuple[str, ...] = ()
    """Ids of the counts that go away when it is pasted."""


def clip_of(model: GridModel, chosen: Sequence[QModelIndex], *, cut: bool) -> Clip:
    """The range, line by line: tabs between cells, a line a row."""
    lines: dict[int, list[str]] = {}
    for index in chosen:
        lines.setdefault(index.row(), []).append(_text(model, index))
    cells = [model.cell_at(index) for index in chosen] if cut else []
    return Clip(
        first=(chosen[0].row(), chosen[0].column()),
        last=(chosen[-1].row(), chosen[-1].column()),
        text="\n".join("\t".join(line) for line in lines.values()),
        cut=tuple(cell.id for cell in cells if cell is not None and cell.count is not None),
    )


def _text(model: GridModel, index: QModelIndex) -> str:
    cell = model.cell_at(index)
    if cell is not None and cell.count is not None:
        return count_entry.as_text(cell.count)
    return str(index.data() or "").replace("\u202f", "").replace("\u00a0", " ")
