"""Monthly series as lines: gaps stay gaps, and the axis starts at zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from fardplan_desktop.analysis.numbers_sv import number
from fardplan_desktop.charts.style import PRINT, ChartStyle, SeriesStyle, text_width, typeface
from fardplan_desktop.domain.periods import MONTH_SHORT, Period


class LineSeries(NamedTuple):
    """A named series; None is a month without a number."""

    name: str
    values: Sequence[int | None]


def monthly_lines(
    months: Sequence[Period],
    series: Sequence[LineSeries],
    *,
    size: tuple[float, float],
    fonts: Path,
    style: ChartStyle = PRINT,
) -> Figure:
    """Counts per month as lines; ``size`` is width and height in points, every series as long as ``months``."""
    width, height = size
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=style.surface)
    known = [value for item in series for value in item.values if value is not None]
    ticks = _ticks(max(known, default=0))
    left = 8 + max(text_width(number(tick), typeface(fonts, style.text)) for tick in ticks)
    axes = figure.add_axes((left / width, 28 / height, (width - left - 8) / width, (height - 50) / height))
    _frame(axes, style)
    for item, look in zip(series, style.series, strict=False):
        _line(axes, item, look, style)
    _scales(axes, months, ticks, fonts, style)
    axes.set_ylim(0, _ceiling(max(known, default=0)))
    axes.legend(
        loc="lower left", bbox_to_anchor=(-left / (width - left - 8), 1.03), ncols=len(series), frameon=False,
        borderaxespad=0, borderpad=0, handlelength=2.6, columnspacing=1.6, labelcolor=style.ink,
        prop=typeface(fonts, style.text + 0.5),
    )  # fmt: skip
    if not known:
        axes.set_yticks([])
        axes.text(
            0.5, 0.5, "Inga tal att visa: uppgift saknas", transform=axes.transAxes, ha="center", va="center",
            color=style.muted, fontproperties=typeface(fonts, style.text + 1), parse_math=False,
        )  # fmt: skip
    return figure


def _frame(axes: Axes, style: ChartStyle) -> None:
    axes.patch.set_visible(False)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color=style.muted, linewidth=0.8)
    axes.grid(axis="y", color=style.grid, linewidth=0.6)
    axes.set_axisbelow(True)


def _line(axes: Axes, item: LineSeries, look: SeriesStyle, style: ChartStyle) -> None:
    values = [math.nan if value is None else value for value in item.values]
    axes.plot(
        range(len(values)), values, label=item.name, color=look.colour, linewidth=style.line,
        linestyle=(0, look.dash) if look.dash else "solid", marker=look.marker, markersize=4,
        markerfacecolor=look.colour if look.filled else style.surface, markeredgecolor=look.colour,
        markeredgewidth=1, clip_on=False, zorder=3,
    )  # fmt: skip


def _scales(axes: Axes, months: Sequence[Period], ticks: Sequence[int], fonts: Path, style: ChartStyle) -> None:
    axes.set_xlim(-0.4, max(len(months), 1) - 0.6)
    axes.set_xticks(range(len(months)), [_month_label(index, month) for index, month in enumerate(months)])
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.tick_params(length=0, pad=3)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(fontproperties=typeface(fonts, style.text), color=style.muted)


def _month_label(index: int, month: Period) -> str:
    """The year stands once, under the first month and under each January."""
    word = MONTH_SHORT[month.first_month - 1]
    return f"{word}\n{month.year}" if index == 0 or month.first_month == 1 else word


def _ceiling(top: int) -> float:
    """Where the axis ends: a little over the highest value, and never so low that one plan looks like many."""
    return max(top, 4) * 1.05


def _ticks(top: int) -> list[int]:
    ceiling = _ceiling(top)
    return [int(tick) for tick in MaxNLocator(nbins=4, integer=True).tick_values(0, ceiling) if tick <= ceiling]
