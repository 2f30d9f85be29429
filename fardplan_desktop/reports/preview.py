"""Pages of a PDF as pictures, for the preview in the window: what is shown is the very file that is saved."""

from __future__ import annotations

from typing import NamedTuple


class PageImage(NamedTuple):
    """A rendered page: ``rgb`` holds ``width * height`` pixels of three bytes, row by row without padding."""

    width: int
    height: int
    rgb: bytes


def render_pages(pdf: bytes, scale: float) -> list[PageImage]:
    """Every page at ``scale`` pixels a point (1.0 is 72 dpi). Not from two threads at once: PDFium keeps state."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [document[index].render(scale=scale).to_pil().convert("RGB") for index in range(len(document))]
        return [PageImage(picture.width, picture.height, picture.tobytes()) for picture in pictures]
    finally:
        document.close()
