"""A QR code as a tagged figure: square by square, sharp at any size, black on white."""

from __future__ import annotations

from itertools import groupby

import segno

from fardplan_desktop.reports.tagged_canvas import TaggedCanvas
from fardplan_desktop.reports.tagged_flowables import TaggedFigure

_QUIET = 4
"""Modules of white around the code that readers need (ISO/IEC 18004)."""


def qr_figure(text: str, side: float, alt: str) -> TaggedFigure:
    """The code of ``text`` at error level M, in the smallest version that holds it; ``side`` in points, white edge
    included."""
    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    step = side / (len(matrix) + 2 * _QUIET)

    def paint(canvas: TaggedCanvas) -> None:
        canvas.setFillColorRGB(0, 0, 0)
        path = canvas.beginPath()
        for line, modules in enumerate(matrix):
            y = side - (line + _QUIET + 1) * step
            at = _QUIET
            for dark, run in groupby(modules):
                length = len(list(run))
                if dark:
                    path.rect(at * step, y, length * step, step)
                at += length
        canvas.drawPath(path, stroke=0, fill=1)

    return TaggedFigure((side, side), paint, alt)
