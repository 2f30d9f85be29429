"""Backups from the service's side: two places, restore that tells later seals, and a check that finds tampering."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from fardplan_desktop.bootstrap import open_backup, open_workplace
from fardplan_desktop.domain.errors import StoreProblem
from fardplan_desktop.services import activities, editing, reclaiming, safekeeping


def test_a_copy_is_listed_with_its_moment(make: Any) -> None:
    workplace = make("1462")
    assert safekeeping.backups(workplace) == ()
    made = safekeeping.back_up(workplace)
    (listed,) = safekeeping.backups(workplace)
    assert listed.path == made.path
    assert listed.at.replace(tzinfo=UTC) == made.at.replace(microsecond=0)


def test_each_copy_is_laid_in_the_second_place_too(make: Any, tmp_path: Path) -> None:
    workplace = make("1462")
    place = tmp_path / "delad" / "kopior"
    safekeeping.set_second_place(workplace, folder=place)
    made = safekeeping.back_up(workplace)
    (elsewhere,) = safekeeping.backups_elsewhere(workplace)
    assert elsewhere.path.read_bytes() == made.path.read_bytes()
    assert [path.name for path in elsewhere.path.parent.iterdir()] == [made.path.name]  # No half one is left.
    safekeeping.set_second_place(workplace, folder=None)
    assert safekeeping.second_place(workplace) is None


def test_on_a_new_computer_a_copy_becomes_the_store_again_and_is_itself_left_alone(
    make: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workplace = make("1462")
    place = tmp_path / "delad"
    safekeeping.set_second_place(workplace, folder=place)
    name = safekeeping.back_up(workplace).path.name
    copy = place / f"{workplace.store.path.name}-kopior" / name
    before = copy.read_bytes()
    monkeypatch.setenv("FARDPLAN_HOME", str(tmp_path / "ny dator"))
    opened = open_backup(copy)
    try:
        assert opened.store.path == tmp_path / "ny dator" / workplace.store.path.name
        assert editing.history(opened)[0].label.startswith("Återställd från kopia")
        assert reclaiming.is_open(opened)
    finally:
        opened.store.close()
    assert copy.read_bytes() == before
    with pytest.raises(StoreProblem, match="redan en fil"):
        open_backup(copy)


def test_a_second_place_out_of_reach_is_said_and_the_copy_at_home_stays(make: Any, tmp_path: Path) -> None:
    workplace = make("1462")
    blocked = tmp_path / "fil"
    blocked.write_text("")
    safekeeping.set_second_place(workplace, folder=blocked / "mapp")
    with pytest.raises(StoreProblem, match="andra platsen"):
        safekeeping.back_up(workplace)
    assert len(safekeeping.backups(workplace)) == 1


def test_a_week_without_a_copy_in_the_second_place_is_told_apart_from_one_without_any(
    make: Any, tmp_path: Path
) -> None:
    workplace = make("1462")
    place = tmp_path / "nät"
    safekeeping.set_second_place(workplace, folder=place)
    later = replace(workplace, clock=lambda: workplace.clock() + timedelta(days=8))
    assert (safekeeping.late(workplace), safekeeping.late(later)) == ("", "here")
    safekeeping.back_up(later)
    assert safekeeping.late(later) == ""
    shutil.rmtree(place)
    assert safekeeping.late(later) == "elsewhere"


def test_the_copies_of_two_files_lie_apart_in_a_shared_second_place(make: Any, tmp_path: Path) -> None:
    for code in ("1462", "1461"):
        workplace = make(code)
        safekeeping.set_second_place(workplace, folder=tmp_path / "nät")
        safekeeping.back_up(workplace)
        assert len(safekeeping.backups_elsewhere(workplace)) == 1


def test_a_copy_in_the_second_place_can_be_put_back_when_those_at_home_are_gone(make: Any, tmp_path: Path) -> None:
    workplace = make("1462")
    activities.add(workplace, title="Räddad")
    safekeeping.set_second_place(workplace, folder=tmp_path / "nät")
    at_home = safekeeping.back_up(workplace)
    at_home.path.unlink()
    (kept,) = safekeeping.backups_elsewhere(workplace)
    activities.add(workplace, title="Efteråt")
    safekeeping.restore(workplace, copy=kept.path)
    again = open_workplace(workplace.store.path, clock=workplace.clock)
    try:
        assert [each.title for each in activities.activities(again)] == ["Räddad"]
    finally:
        again.store.close()


def test_nothing_new_gives_no_new_copy(make: Any) -> None:
    workplace = make("1462")
    assert safekeeping.back_up_if_due(workplace) is not None
    assert safekeeping.back_up_if_due(workplace) is None


def test_a_restore_brings_back_what_was_and_keeps_what_it_replaced(make: Any) -> None:
    workplace = make("1462")
    activities.add(workplace, title="Före kopian")
    copy = safekeeping.back_up(workplace)
    activities.add(workplace, title="Efter kopian")
    aside = safekeeping.restore(workplace, copy=copy.path)
    assert aside.is_file()
    again = open_workplace(workplace.store.path, clock=workplace.clock)
    try:
        assert [each.title for each in activities.activities(again)] == ["Före kopian"]
        assert again.store.setting("restored") == "1"
        assert editing.history(again, limit=1)[0].label.startswith("Återställd från kopia")
        assert len(safekeeping.backups(again)) == 2  # The copy, and one made just before the restore.
    finally:
        again.store.close()


def test_a_file_that_is_no_copy_is_refused_and_the_store_stays_as_it_was(make: Any, tmp_path: Path) -> None:
    workplace = make("1462")
    activities.add(workplace, title="Kvar")
    foreign = tmp_path / "annat.fpkopia"
    foreign.write_bytes(b"inte en kopia" * 500)
    with pytest.raises(StoreProblem):
        safekeeping.restore(workplace, copy=foreign)
    workplace.store.close()
    again = open_workplace(workplace.store.path, clock=workplace.clock)
    try:
        assert [each.title for each in activities.activities(again)] == ["Kvar"]
    finally:
        again.store.close()


def test_a_whole_store_answers_with_its_number_of_history_entries(make: Any) -> None:
    workplace = make("1462")
    before = safekeeping.check(workplace)
    activities.add(workplace, title="En till")
    assert safekeeping.check(workplace) > before
