"""Every size in the window, in logical pixels times the user's text factor."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, Literal

from PySide6.QtGui import QFont

FONT_FAMILY: Final = "Source Sans 3"
TEXT_FACTORS: Final = (1.0, 1.25, 1.5, 2.0)

Role = Literal["badge", "small", "side", "body", "strong", "card_title", "page_title", "key_figure", "brand"]

_TYPE: Final[dict[Role, tuple[int, int]]] = {
    "badge": (12, 600),
    "small": (13, 400),
    "side": (14, 400),
    "body": (15, 400),
    "strong": (15, 600),
    "card_title": (16, 600),
    "brand": (18, 600),
    "page_title": (22, 600),
    "key_figure": (28, 600),
}


class Width(IntEnum):
    """The four window widths the layout knows; compare with ``<`` and ``>=``."""

    NARROW = 0
    COMPACT = 1
    NORMAL = 2
    WIDE = 3


class Metrics:
    """Sizes for one text factor (1.0, 1.25, 1.5 or 2.0)."""

    def __init__(self, factor: float = 1.0) -> None:
        if factor not in TEXT_FACTORS:
            raise ValueError(f"text factor must be one of {TEXT_FACTORS}, got {factor}")
        self.factor = factor

    def px(self, size: float) -> int:
        """A design size in logical pixels, scaled; a positive size never becomes 0."""
        return max(1, round(size * self.factor)) if size > 0 else round(size * self.factor)

    def font(self, role: Role = "body", weight: int | None = None) -> QFont:
        size, usual = _TYPE[role]
        return self.sized_font(size, usual if weight is None else weight)

    def sized_font(self, size: int, weight: int = 400) -> QFont:
        """Source Sans 3 at a design size in px."""
        font = QFont(FONT_FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def width_class(self, width: int) -> Width:
        """Which layout a window of ``width`` logical pixels gets."""
        design = width / self.factor
        if design < 760:
            return Width.NARROW
        if design < 1000:
            return Width.COMPACT
        return Width.NORMAL if design < 1500 else Width.WIDE

    def page_padding(self, width: Width) -> int:
        return self.px({Width.NARROW: 12, Width.COMPACT: 16}.get(width, 24))

    def page_top(self, width: Width) -> int:
        """Room above a page's head."""
        return self.px(18 if width >= Width.NORMAL else 10)


def type_scale() -> dict[Role, tuple[int, int]]:
    """Role → (size in px at 100 %, weight); the style sheet is made from it."""
    return dict(_TYPE)
