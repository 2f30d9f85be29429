"""Reading a package from disk: an ordinary file of a reasonable size, or a refusal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.kinds import MAX_FILE
from fardplan_desktop.exchange.verify import read_package_file


def code_of(path: Path, limit: int = MAX_FILE) -> str:
    with pytest.raises(Refusal) as caught:
        read_package_file(path, limit)
    return caught.value.code


def test_an_ordinary_file_is_read_whole(tmp_path: Path, package: bytes) -> None:
    (tmp_path / "p.fardpaket").write_bytes(package)
    assert read_package_file(tmp_path / "p.fardpaket", len(package)) == package


def test_what_is_no_readable_ordinary_file_is_refused_as_E01(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "E01"
    assert code_of(tmp_path / "saknas.fardpaket") == "E01"
    assert code_of(Path("a\0b")) == "E01"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_a_device_and_a_link_are_refused_as_E01_without_being_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(__file__)
    for path in (tmp_path / "pipe", tmp_path / "link", Path("/dev/zero")):
        assert code_of(path) == "E01"


def test_a_huge_file_is_refused_as_E04_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(6 * 1024**3)
    with pytest.raises(Refusal) as caught:
        read_package_file(tmp_path / "sparse")
    assert caught.value.code == "E04"
    assert "6144 MB av högst 256 MB" in caught.value.sentence
