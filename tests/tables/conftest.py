"""The real code book, and a place to write tables in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_load import load_codebook
from fardplan_desktop.domain.tabular import TableContent, TableProblems
from fardplan_desktop.tables.kinds import read_table

_CODEBOOK = Path(__file__).parents[2] / "resources" / "codebook"

Reading = Callable[[str, str | bytes], TableContent]
Refusing = Callable[[str, str | bytes], list[str]]


@pytest.fixture(scope="session")
def book() -> CodeBook:
    return load_codebook({path.name: path.read_bytes() for path in _CODEBOOK.glob("*.toml")})


@pytest.fixture
def read(tmp_path: Path, book: CodeBook) -> Reading:
    """Reads this content of this kind from a file called tabell.csv."""

    def reading(kind: str, content: str | bytes) -> TableContent:
        path = tmp_path / "tabell.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, kind, book)

    return reading


@pytest.fixture
def refused(read: Reading) -> Refusing:
    """The sentences of the problems of this content."""

    def refusing(kind: str, content: str | bytes) -> list[str]:
        with pytest.raises(TableProblems) as caught:
            read(kind, content)
        assert {problem.file for problem in caught.value.problems} == {"tabell.csv"}
        return [problem.sentence for problem in caught.value.problems]

    return refusing
