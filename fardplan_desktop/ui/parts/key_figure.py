"""A key figure: label, the number, how it has moved, one line of comparison. A click opens what it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy

from fardplan_desktop.ui.parts.clickable import ClickableCard
from fardplan_desktop.ui.parts.sparkline import Sparkline
from fardplan_desktop.ui.parts.text import ElidedLabel, Label, secondary


class KeyFigureCard(ClickableCard):
    """``figure`` is written out ("91 %", "≈ 42"); ``values``: the last points, oldest first, ``None`` is missing."""

    def __init__(
        self, label: str, figure: str, comparison: str, values: Sequence[float | None] = (), *, name: str = "key_figure"
    ) -> None:
        self._label = ElidedLabel(label, "side", "text2", bold=True)
        self._figure = Label(figure, "key_figure")
        self._spark = Sparkline(values, "")
        self._comparison = secondary(comparison, wrap=True)
        super().__init__(
            self._label, self._figure, self._spark, None, self._comparison, gap=2, margins=(16, 10, 16, 10), name=name
        )
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._say()

    def show_figure(self, figure: str, comparison: str, values: Sequence[float | None] = ()) -> None:
        self._figure.setText(figure)
        self._comparison.setText(comparison)
        self._spark.show_values(values)
        self._say()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._label.text()}: {self._figure.text()}. {self._comparison.text()}")
