"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fardplan_desktop.host.files import write_whole


def test_what_stood_there_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "å ä ö.pdf"
    target.write_bytes(b"old and longer")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_when_the_disk_is_full_what_stood_there_is_kept_and_no_half_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "underlag.pdf"
    target.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_in_its_place_is_refused_and_left(tmp_path: Path) -> None:
    (tmp_path / "mapp").mkdir()
    with pytest.raises(OSError, match="mapp"):
        write_whole(tmp_path / "mapp", b"new")
    assert list((tmp_path / "mapp").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="no such pipes on Windows")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "rör"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, b"new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
