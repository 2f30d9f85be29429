"""How wide the columns and how high the lines of the grid are: no number is clipped, and long names get two lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from fardplan_desktop.services.count_cells import with_splits
from fardplan_desktop.ui.counts.grid_delegate import name_left, name_right
from fardplan_desktop.ui.counts.grid_model import GridModel, Part
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.metrics import Width

_ROW: Final = 30
_LINE: Final = 20
_WHOLE_ALONE: Final = 128
_ROOMY: Final = {Part.NAME: 200, Part.MONTH: 70, Part.WHOLE: 92, Part.BEFORE: 76, Part.TREND: 128}
_CLOSE: Final = {Part.NAME: 184, Part.MONTH: 62, Part.WHOLE: 86, Part.BEFORE: 76, Part.TREND: 106}


def column_widths(model: GridModel, width: Width, room: int, chosen: Mapping[str, int] | None = None) -> list[int]:
    """In logical px: columns for what stands in them, the first taking what is left of ``room``.

    ``chosen``: what the user has drawn them to, by part and before the text factor; no number is clipped for it.
    """
    chosen = chosen or {}
    look = Look.of_application()
    base = {part: look.px(size) for part, size in (_ROOMY if width >= Width.NORMAL else _CLOSE).items()}
    base |= {part: look.px(chosen[part]) for part in Part if part in chosen}
    rows = model.grid.rows if model.grid else ()
    texts = [cell.text for row in with_splits(rows) for cell in row.cells]
    texts += [f"≈ {each.text}" for row in rows for split in row.splits for each in split.months if each.text]
    metrics = QFontMetrics(look.font("small"))
    wide = max((metrics.horizontalAdvance(text) for text in texts), default=0) + look.px(18)
    base[Part.MONTH] = max(base[Part.MONTH], wide)
    if model.whole:
        base[Part.WHOLE] = max(base[Part.WHOLE] if Part.WHOLE in chosen else look.px(_WHOLE_ALONE), wide)
    others = [base[column.part] for column in model.columns[1:]]
    free = base[Part.NAME] if Part.NAME in chosen else max(base[Part.NAME], room - sum(others))
    return [free, *others]


def row_height(model: GridModel, number: int, name_width: int) -> int:
    """In logical px: 30 for a name on one line, and what each further line takes."""
    look = Look.of_application()
    row = model.row_at(model.index(number, 0))
    if row is None:
        return look.px(_ROW)
    metrics = QFontMetrics(look.font())
    flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    room = name_width - name_left(row) - name_right(row)
    wrapped = metrics.boundingRect(0, 0, room, 10_000, flags, row.short)
    lines = max(1, round(wrapped.height() / metrics.lineSpacing()))
    return look.px(_ROW + (lines - 1) * _LINE)
