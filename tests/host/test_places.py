"""A store in a shared or synchronised folder is recognised by where it lies."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from fardplan_desktop.host import places


@pytest.mark.parametrize(
    "path",
    [
        PureWindowsPath(r"C:\Users\anna\OneDrive - Lilla Edets kommun\Färdplan\edet.fardplan"),
        PureWindowsPath(r"C:\Users\anna\Dropbox\edet.fardplan"),
        PurePosixPath("/home/anna/Nextcloud/edet.fardplan"),
    ],
    ids=str,
)
def test_a_folder_that_a_client_keeps_in_step_is_told_from_the_path(path: PureWindowsPath | PurePosixPath) -> None:
    assert places.is_synced(path)


def test_a_folder_whose_name_only_holds_the_word_is_an_ordinary_one() -> None:
    assert not places.is_synced(PurePosixPath("/home/anna/Min OneDrive-rutin/edet.fardplan"))


def test_network_mounts_are_read_with_their_spaces() -> None:
    lines = [
        "/dev/sda1 / ext4 rw 0 0",
        r"//fil01/delad /mnt/Delad\040mapp cifs rw 0 0",
        "fil02:/export /srv/nfs nfs4 rw 0 0",
        "trasig",
    ]
    assert places.network_mounts(lines) == (PurePosixPath("/mnt/Delad mapp"), PurePosixPath("/srv/nfs"))


def test_a_file_on_this_computers_disk_is_ones_own(tmp_path: Path) -> None:
    assert places.place_of(tmp_path / "edet.fardplan") == "own"
    assert places.place_of(tmp_path / "OneDrive" / "edet.fardplan") == "synced"
