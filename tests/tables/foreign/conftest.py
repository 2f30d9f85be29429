"""The words that foreign sheets are matched against."""

from __future__ import annotations

from pathlib import Path

import pytest

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.tables.foreign.words import Lexicon, load_words

_WORDS = Path(__file__).parents[3] / "resources" / "words.toml"


@pytest.fixture(scope="session")
def lexicon(book: CodeBook) -> Lexicon:
    return Lexicon(book, load_words(_WORDS.read_bytes()))
