"""Paper: the system's print dialog, and pages that have been drawn as pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

PRINT_SCALE = 300 / 72
"""Dots a point at which pages are drawn for a printer."""
Picture = tuple[int, int, bytes]
"""Width, height and RGB bytes of a page."""


def ask_printer(parent: QWidget, chosen: Callable[[QPrinter], object], *, landscape: bool = False) -> None:
    """The system's dialog; ``chosen`` gets the printer when the user prints. ``landscape``: the paper lies down."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if landscape:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, parent)
    # The dialog only borrows the printer, which the slot keeps; its accepted tells the printer once more.
    dialog.accepted.connect(lambda _same: chosen(printer))
    QDialog.open(dialog)  # QPrintDialog's own open() wants a receiver and a slot's name


def print_pages(printer: QPrinter, pictures: Sequence[Picture]) -> None:
    """Send drawn A4 pages to the printer, one a sheet."""
    printer.setFullPage(True)
    painter = QPainter(printer)
    for number, (width, height, data) in enumerate(pictures):
        if number:
            printer.newPage()
        page = QImage(data, width, height, width * 3, QImage.Format.Format_RGB888)
        painter.drawImage(QRect(0, 0, painter.window().width(), painter.window().height()), page)
    painter.end()
