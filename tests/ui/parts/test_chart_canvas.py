"""A matplotlib figure in the window, loaded only when one is shown."""

from __future__ import annotations

from matplotlib.figure import Figure
from pytestqt.qtbot import QtBot

from fardplan_desktop.ui.parts.chart_canvas import ChartCanvas


def test_a_figure_is_shown_and_said_in_words(qtbot: QtBot) -> None:
    canvas = ChartCanvas(height=120)
    qtbot.addWidget(canvas)
    figure = Figure()
    figure.add_subplot().plot([1, 3, 2])
    canvas.show_figure(figure, "Stiger från 1 till 2.")
    canvas.resize(300, 120)
    canvas.show()
    qtbot.waitExposed(canvas)
    image = canvas.grab().toImage()
    assert len({image.pixelColor(x, 60).name() for x in range(image.width())}) > 1
    assert canvas.accessibleName() == "Stiger från 1 till 2."
