"""A store that another program has open can be read through a copy that is whole, and the other notices nothing."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import Held, StoreProblem
from fardplan_desktop.domain.records import Plan
from fardplan_desktop.store.copying import copy_held
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store

Holder = subprocess.Popen[str]


def test_whoever_comes_second_may_read_a_copy_while_the_first_keeps_the_file(
    holder: Holder, path: Path, tmp_path: Path
) -> None:
    with pytest.raises(Held, match="KOMMUN-PC7"):
        Store.open(path)
    copy = tmp_path / "kopia.fardplan"
    copy_held(path, copy)
    reading = Store.open_to_read(copy)
    assert reading.setting("organisation") == "1462"
    reading.close()
    with pytest.raises(Held):
        Store.open(path)


def test_a_copy_made_while_the_other_writes_is_whole_with_every_change_or_none_of_it(
    holder: Holder, path: Path, tmp_path: Path
) -> None:
    assert holder.stdin is not None
    assert holder.stdout is not None
    holder.stdin.write("write\n")
    holder.stdin.flush()
    assert holder.stdout.readline().strip() == "writing"
    copy = tmp_path / "kopia.fardplan"
    for _ in range(8):
        with suppress(StoreProblem):  # Never at rest for long enough: said, and nothing half is opened.
            copy_held(path, copy)
            assert 20 <= plans_in(copy) <= 200
    assert holder.stdout.readline().strip() == "done"
    copy_held(path, copy)
    assert plans_in(copy) == 200


def plans_in(copy: Path) -> int:
    """How many a copy holds, which must be whole: the first so and so many, and an unbroken history."""
    reading = Store.open_to_read(copy)
    plans = reading.own(Plan)
    assert [plan.id for plan in plans] == [str(number + 1) for number in range(len(plans))]
    assert reading.check() is None
    reading.close()
    return len(plans)


def test_nothing_can_be_changed_in_a_copy_and_the_sentence_says_why(store: Store, signature: Signature) -> None:
    store.close()
    reading = Store.open_to_read(store.path)
    before = store.path.read_bytes()
    plan = Plan(id="1", title="Plan", type="handlingsplan", year=2026)
    for change in (
        lambda: reading.write([Edit(None, plan)], label="Ny", signature=signature),
        lambda: reading.set_setting("function", "MAS"),
        lambda: reading.act("seal", "Förseglad", "Delivery:1", {}, signature),
    ):
        with pytest.raises(StoreProblem, match="läskopia"):
            change()
    reading.close()
    assert store.path.read_bytes() == before


def test_a_half_written_change_is_never_taken_for_a_whole_file(store: Store, tmp_path: Path) -> None:
    store.close()
    journal = store.path.with_name(f"{store.path.name}-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(100))
    with pytest.raises(StoreProblem, match="lugn och ro"):
        copy_held(store.path, tmp_path / "kopia")
    journal.write_bytes(bytes(512))  # As SQLite leaves it between two changes.
    copy_held(store.path, tmp_path / "kopia")


def test_a_file_that_has_gone_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="kunde inte göras"):
        copy_held(tmp_path / "borta.fardplan", tmp_path / "kopia")
