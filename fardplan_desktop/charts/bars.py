"""Counts per category as horizontal bars, each with its number at the end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from fardplan_desktop.analysis.numbers_sv import number
from fardplan_desktop.charts.style import PRINT, ChartStyle, text_width, typeface

_LONGEST = 120  # letters that a label is measured by; no chart is wide enough for more


class Bar(NamedTuple):
    """A category and its count; ``gathered`` hatches the bar that stands for several categories."""

    label: str
    value: int
    gathered: bool = False


def gathered(bars: Sequence[Bar], most: int) -> tuple[Bar, ...]:
    """At most ``most`` bars: those after the first ``most - 1`` become one, so that the sum stays the same."""
    if len(bars) <= most:
        return tuple(bars)
    rest = bars[most - 1 :]
    label = f"Övriga {len(rest)} kategorier"
    return (*bars[: most - 1], Bar(label, sum(bar.value for bar in rest), gathered=True))


def category_bars(bars: Sequence[Bar], *, size: tuple[float, float], fonts: Path, style: ChartStyle = PRINT) -> Figure:
    """One bar a category from the top; ``size`` is width and height in points."""
    width, height = size
    figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=style.surface)
    face = typeface(fonts, style.text + 0.5)
    labels = [_shortened(bar.label, face, width * 0.5) for bar in bars]
    left = max((text_width(label, face) for label in labels), default=0) + 6
    axes = figure.add_axes((left / width, 0, (width - left - 24) / width, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, max((bar.value for bar in bars), default=0) or 1), ylim=(len(bars) - 0.5, -0.5))
    look = style.series[0]
    for row, (bar, label) in enumerate(zip(bars, labels, strict=True)):
        axes.barh(
            row, bar.value, height=0.62, color=style.surface if bar.gathered else look.colour, edgecolor=look.colour,
            linewidth=0.8, hatch=style.hatch if bar.gathered else None, clip_on=False,
        )  # fmt: skip
        axes.annotate(
            label, (0, row), (-6, 0), textcoords="offset points", ha="right", va="center_baseline", color=style.ink,
            fontproperties=face, parse_math=False, annotation_clip=False,
        )  # fmt: skip
        axes.annotate(
            number(bar.value), (bar.value, row), (4, 0), textcoords="offset points", ha="left", va="center_baseline",
            color=style.ink, fontproperties=typeface(fonts, style.text + 0.5, strong=True), annotation_clip=False,
        )  # fmt: skip
    return figure


def _shortened(text: str, face: FontProperties, most: float) -> str:
    """The label, ended with … at a letter when wider than ``most`` points."""
    text = text[:_LONGEST]
    if text_width(text, face) <= most:
        return text
    kept = bisect_right(range(len(text)), most, key=lambda length: text_width(text[:length] + "…", face)) - 1
    return text[: max(kept, 0)].rstrip() + "…"
