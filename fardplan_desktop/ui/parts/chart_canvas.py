"""Shows a matplotlib ``Figure`` made by ``charts``. matplotlib is loaded when the first figure is shown, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fardplan_desktop.ui.parts.layouts import clear, column
from fardplan_desktop.ui.theme.look import Look

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class ChartCanvas(QWidget):
    """``height`` in design px. ``meaning`` is the chart in words: what is read aloud, and the tooltip."""

    def __init__(self, *, height: int = 240, name: str = "chart_canvas") -> None:
        super().__init__()
        self.setObjectName(name)
        self._layout = column(gap=0)
        self.setLayout(self._layout)
        self.setFixedHeight(Look.of_application().px(height))

    def show_figure(self, figure: Figure, meaning: str) -> None:
        """Show a figure instead of the one before; the canvas takes over the figure's size."""
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

        clear(self._layout)
        canvas = FigureCanvasQTAgg(figure)  # type: ignore[no-untyped-call]  # matplotlib's constructor has no types
        canvas.setObjectName(f"{self.objectName()}_figure")
        canvas.setAccessibleName(meaning)
        self.setAccessibleName(meaning)
        self._layout.addWidget(canvas)
