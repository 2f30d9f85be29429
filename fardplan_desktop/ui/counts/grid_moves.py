"""Where the keys of a spreadsheet lead: pure look-ups in the grid, that pass over headings and sums of breakdowns."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, Qt

from fardplan_desktop.ui.counts.grid_model import GridModel

_Key = Qt.Key
WAYS = {_Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1), _Key.Key_Up: (-1, 0), _Key.Key_Down: (1, 0)}
"""Arrow → steps down and right."""


def destination(model: GridModel, at: QModelIndex, key: int, *, ctrl: bool, page: int) -> QModelIndex | None:
    """Where the key leads from ``at``; ``at`` itself when there is no further, None for a key that leads nowhere.

    ``page``: lines of a page.
    """
    way = WAYS.get(_Key(key))
    if way is not None:
        ahead = _ahead(model, at, *way)
        return _edge(model, at, ahead) if ctrl else next(iter(ahead), at)
    columns = _columns(model)
    if key in (_Key.Key_Home, _Key.Key_End):
        column = columns[0] if key == _Key.Key_Home else columns[-1]
        row = at.row()
        if ctrl:
            rows = _rows(model)
            row = rows[0] if key == _Key.Key_Home else rows[-1]
        return model.index(row, column)
    if key in (_Key.Key_PageUp, _Key.Key_PageDown):
        ahead = _ahead(model, at, -1 if key == _Key.Key_PageUp else 1, 0)
        return ahead[: max(1, page)][-1] if ahead else at
    return None


def corners(model: GridModel, at: QModelIndex, *, rows: bool, columns: bool) -> tuple[QModelIndex, QModelIndex]:
    """First and last place of everything one can stand on: all rows, or the one at hand; columns alike."""
    down = _rows(model) if rows else [at.row()]
    across = _columns(model) if columns else [at.column()]
    return model.index(down[0], across[0]), model.index(down[-1], across[-1])


def _ahead(model: GridModel, at: QModelIndex, down: int, right: int) -> list[QModelIndex]:
    """Every place in that direction, nearest first."""
    if down:
        return [model.index(row, at.column()) for row in _beyond(_rows(model), at.row(), down)]
    return [model.index(at.row(), column) for column in _beyond(_columns(model), at.column(), right)]


def _beyond(places: Iterable[int], at: int, way: int) -> list[int]:
    found = [place for place in places if (place - at) * way > 0]
    return found if way > 0 else found[::-1]


def _edge(model: GridModel, at: QModelIndex, ahead: list[QModelIndex]) -> QModelIndex:
    """To the end of what is filled, or over what is empty to where it begins again, or to the last place."""
    if not ahead:
        return at
    if _filled(at) and _filled(ahead[0]):
        run = next((number for number, index in enumerate(ahead) if not _filled(index)), len(ahead))
        return ahead[run - 1]
    return next((index for index in ahead if _filled(index)), ahead[-1])


def _filled(index: QModelIndex) -> bool:
    return bool(index.data())


def _rows(model: GridModel) -> list[int]:
    return [row for row in range(model.rowCount()) if model.row_at(model.index(row, 0)) is not None]


def _columns(model: GridModel) -> list[int]:
    """The columns of figures; names and trends are not stood on."""
    return [number for number, column in enumerate(model.columns) if column.part.figures]
