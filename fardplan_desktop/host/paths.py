"""Where things lie on this computer. Nothing is ever written beside the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_data_path, user_documents_path

HOME_VARIABLE = "FARDPLAN_HOME"
"""Set by tests and by a portable installation: one folder instead of the user's own."""


def home() -> Path:
    """The folder for stores, preferences and logs."""
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen) if chosen else user_data_path("Fardplan", appauthor=False)


def deliveries_folder(organisation_name: str) -> Path:
    """The organisation's folder for sealed packages, without a file dialog."""
    base = home() / "Dokument" if os.environ.get(HOME_VARIABLE) else user_documents_path()
    return base / "Färdplan" / organisation_name


def default_store(code: str) -> Path:
    return home() / f"fardplan_{code}.fardplan"


def read_copies() -> Path:
    """Where copies lie of stores that others have open; each is removed when it is closed."""
    return home() / "laskopior"


def resources() -> Path:
    """Code book, fonts and icons: inside the frozen bundle, or beside the package in a checkout."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) / "resources" if bundled else Path(__file__).resolve().parents[2] / "resources"


def code_book_texts() -> dict[str, bytes]:
    """File name → bytes of the code book that ships with the program."""
    return {path.name: path.read_bytes() for path in sorted((resources() / "codebook").glob("*.toml"))}


def words() -> bytes:
    """Other people's words for what the code book names."""
    return (resources() / "words.toml").read_bytes()


def fonts() -> Path:
    return resources() / "fonts"


def icons() -> Path:
    return resources() / "icons"
