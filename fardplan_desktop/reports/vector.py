"""Draws a matplotlib Figure as vectors on a ReportLab canvas, with the document's own fonts.

The only module that knows both libraries. A saved PDF per chart would take ten times as long and carry its own font
subsets; a bitmap would blur. Solid fills, strokes, dashes, markers, diagonal hatches and text are drawn: all that
``charts`` uses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform
from matplotlib.typing import ColorType
from numpy import asarray
from reportlab.pdfbase.pdfmetrics import stringWidth

from fardplan_desktop.reports.tagged_canvas import TaggedCanvas
from fardplan_desktop.reports.typefaces import face_of_file

_CAP = {"butt": 0, "round": 1, "projecting": 2}
_JOIN = {"miter": 0, "round": 1, "bevel": 2}
_PAINT = {(True, True): "B", (True, False): "S", (False, True): "f", (False, False): "n"}
_HATCH_STEP = 3.0


def draw_figure(canvas: TaggedCanvas, figure: Figure) -> None:
    """Draw ``figure`` with its lower left corner at the canvas's origin, without its background."""
    figure.set_dpi(72)
    figure.patch.set_visible(False)
    canvas.saveState()
    figure.draw(_Renderer(canvas, *figure.bbox.size))
    canvas.restoreState()


class _Renderer(RendererBase):
    """What matplotlib calls for every path and text; one pixel is one point."""

    def __init__(self, canvas: TaggedCanvas, width: float, height: float) -> None:
        super().__init__()
        self._canvas = canvas
        self._size = (width, height)
        self._write = canvas._code.append

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def flipy(self) -> bool:
        return False

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: object) -> tuple[float, float, float]:
        size = prop.get_size_in_points()
        return stringWidth(s, _face(prop), size), 0.74 * size, 0.2 * size

    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: ColorType | None = None
    ) -> None:
        self._write("q")
        self._clip(gc)
        stroke, fill = self._pens(gc, rgbFace)
        self._trace(path, transform)
        self._write(_PAINT[stroke, fill])
        if gc.get_hatch():
            self._hatch(gc, path, transform)
        self._write("Q")

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: object = False,
        mtext: Text | None = None,
    ) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setFillColorRGB(*_rgb(gc.get_rgb()))
        canvas.setFont(_face(prop), prop.get_size_in_points())
        canvas.translate(x, y)
        canvas.rotate(angle)
        canvas.drawString(0, 0, s)
        canvas.restoreState()

    def draw_image(self, gc: GraphicsContextBase, x: float, y: float, im: object, transform: object = None) -> None:
        raise NotImplementedError("charts hold no bitmaps")

    def _clip(self, gc: GraphicsContextBase) -> None:
        box = gc.get_clip_rectangle()
        if box is not None:
            self._write(f"{_numbers(box.bounds)} re W n")

    def _pens(self, gc: GraphicsContextBase, face: ColorType | None) -> tuple[bool, bool]:
        """Set stroke and fill; which of the two the path gets."""
        width = gc.get_linewidth()
        stroke = width > 0 and _visible(gc.get_rgb())
        fill = face is not None and _visible(face)
        if stroke:
            offset, dash = gc.get_dashes()
            self._write(f"{_numbers(_rgb(gc.get_rgb()))} RG {width:.2f} w")
            self._write(f"{_CAP[gc.get_capstyle()]} J {_JOIN[gc.get_joinstyle()]} j")
            if dash is not None:
                self._write(f"[{_numbers(asarray(dash, dtype=float).tolist())}] {offset or 0:.2f} d")
        if fill and face is not None:
            self._write(f"{_numbers(_rgb(face))} rg")
        return stroke, fill

    def _trace(self, path: Path, transform: Transform) -> None:
        last = (0.0, 0.0)
        for points, code in path.iter_segments(transform, simplify=False, curves=True):
            spots = [float(value) for value in points]
            if code == Path.MOVETO:
                self._write(f"{_numbers(spots)} m")
            elif code == Path.LINETO:
                self._write(f"{_numbers(spots)} l")
            elif code == Path.CURVE3:
                self._write(f"{_numbers(_cubic(last, spots))} c")
            elif code == Path.CURVE4:
                self._write(f"{_numbers(spots)} c")
            elif code == Path.CLOSEPOLY:
                self._write("h")
            last = (spots[-2], spots[-1])

    def _hatch(self, gc: GraphicsContextBase, path: Path, transform: Transform) -> None:
        """Diagonal lines clipped to the path: real lines, sharp in every size."""
        self._write("q")
        self._trace(path, transform)
        self._write(f"W n {_numbers(_rgb(gc.get_rgb()))} RG 0.60 w [] 0 d")
        box = path.get_extents(transform)
        start = math.floor((box.x0 - box.height) / _HATCH_STEP)
        for step in range(start, math.ceil(box.x1 / _HATCH_STEP)):
            x = step * _HATCH_STEP
            self._write(f"{_numbers((x, box.y0))} m {_numbers((x + box.height, box.y1))} l")
        self._write("S Q")


def _face(prop: FontProperties) -> str:
    file = prop.get_file()
    assert file is not None, "charts name their font files"
    return face_of_file(str(file))


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _cubic(start: tuple[float, float], quadratic: Sequence[float]) -> tuple[float, ...]:
    """A quadratic curve's control points as those of a cubic one."""
    (x0, y0), (cx, cy, x, y) = start, quadratic
    return (x0 + 2 / 3 * (cx - x0), y0 + 2 / 3 * (cy - y0), x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y), x, y)


def _rgb(colour: ColorType) -> tuple[float, float, float]:
    return to_rgb(colour)


def _visible(colour: ColorType) -> bool:
    return to_rgba(colour)[3] > 0
