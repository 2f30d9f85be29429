"""The shipped code book: rules, measures and limits are data, so computing is tested with the real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_load import load_codebook

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "codebook"


@pytest.fixture(scope="session")
def book() -> CodeBook:
    return load_codebook({path.name: path.read_bytes() for path in sorted(_FOLDER.glob("*.toml"))})
