"""The program's own fonts, so that window, charts and print look alike on every machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase


def load_fonts(folder: Path) -> list[str]:
    """Register every font file of ``folder``; returns the families found, in order and once each."""
    families: list[str] = []
    for path in sorted(folder.glob("*.ttf")):
        handle = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(handle) if handle >= 0 else []
    return list(dict.fromkeys(families))
