"""Copies of a file that somebody else has open: kept to their owner, and swept away when they are left."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.services import activities, erasure, safekeeping
from fardplan_desktop.services import workplace as workplaces
from fardplan_desktop.services.workplace import Workplace


def copied(edet: Workplace, folder: Path, path: Path | None = None) -> Workplace:
    return workplaces.read_copy(
        path or edet.store.path,
        folder=folder,
        shipped=shipped_codebook(),
        clock=edet.clock,
        ids=edet.ids,
        random_bytes=edet.random_bytes,
    )


@pytest.mark.skipif(os.name == "nt", reason="there the folder is the user's own already")
def test_nobody_else_can_read_a_copy(edet: Workplace, tmp_path: Path) -> None:
    reading = copied(edet, tmp_path / "kopior")
    assert reading.store.path.parent.stat().st_mode & 0o077 == 0
    workplaces.drop_copy(reading)
    assert list((tmp_path / "kopior").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_what_else_lies_among_the_copies_is_no_hindrance(edet: Workplace, tmp_path: Path) -> None:
    folder = tmp_path / "kopior"
    folder.mkdir()
    (folder / "borta").symlink_to(tmp_path / "finns inte")
    (folder / "anteckning.txt").write_text("min", encoding="utf-8")
    workplaces.drop_copy(copied(edet, folder))
    assert (folder / "anteckning.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes are no files there")
@pytest.mark.parametrize("beside", ["", "-journal"])
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(edet: Workplace, tmp_path: Path, beside: str) -> None:
    place = tmp_path / "bytt.fardplan"
    if beside:
        place.write_bytes(edet.store.path.read_bytes())
    os.mkfifo(f"{place}{beside}")
    with pytest.raises(StoreProblem, match="kunde inte göras"):
        copied(edet, tmp_path / "kopior", place)
    assert list((tmp_path / "kopior").iterdir()) == []


def test_a_read_copy_is_no_file_to_back_up_or_to_restore(edet: Workplace, tmp_path: Path) -> None:
    kept = safekeeping.back_up(edet)
    reading = copied(edet, tmp_path / "kopior")
    with pytest.raises(StoreProblem, match="läskopia"):
        safekeeping.back_up(reading)
    with pytest.raises(StoreProblem, match="läskopia"):
        safekeeping.restore(reading, copy=kept.path)
    workplaces.drop_copy(reading)


def test_nothing_is_erased_in_a_read_copy_and_the_sentence_says_why(edet: Workplace, tmp_path: Path) -> None:
    activity, _ = activities.add(edet, title="Anhörigcafé")
    reading = copied(edet, tmp_path / "kopior")
    with pytest.raises(StoreProblem, match="Det här är en läskopia"):
        erasure.erase(reading, record=f"Activity:{activity.id}", reason="Fel")
    assert activities.find(reading, activity=activity.id) == activity
    workplaces.drop_copy(reading)
