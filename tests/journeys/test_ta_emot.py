"""A delregion each tertial: fifteen municipalities' files, from Start until all are read in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from fardplan_desktop.services import intake
from tests.benchmarks import many_packages
from tests.journeys.window import Sit, Stores, User


def test_fifteen_files_are_in_after_four_clicks_and_the_next_time_after_three(
    sit: Sit, stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = tmp_path / "kontor.fardplan"
    many_packages.office(office).store.close()
    made = many_packages.packages(tmp_path / "alla", 60, 20)
    inbox = tmp_path / "inkorg"
    inbox.mkdir()
    user = sit(stores.open(office))

    def choose(*_arguments: object) -> str:
        user.clicks += 1  # its own button; where to look is remembered
        return str(inbox)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    _come(made, inbox, number=1)
    user.click("start_primary")
    user.click("intake_first_folder")
    user.click("intake_read")
    _wait(user, 15)
    assert user.clicks == 4, "of at most 4"
    user.leave()

    _come(made, inbox, number=2)
    user = sit(stores.open(office))
    user.click("start_primary")
    assert user.words("intake_first_again") == "Se efter i inkorg"
    user.click("intake_first_again")
    user.click("intake_read")
    _wait(user, 30)
    assert user.clicks == 3


def _come(made: list[Path], inbox: Path, *, number: int) -> None:
    for path in made:
        if path.name.endswith(f"_{number:04d}.fardpaket"):
            path.rename(inbox / path.name)


def _wait(user: User, number: int) -> None:
    user.wait(lambda: len(intake.recent(user.workplace)) == number)
    user.settle()


def test_a_municipality_reads_in_what_has_come_without_dragging_a_file(
    sit: Sit, stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = tmp_path / "kvittens.fardpaket"
    come.write_bytes(b"PK\x03\x04 och inget mer")
    asked: list[str] = []

    def choose(_parent: object, heading: str, *_rest: object) -> tuple[list[str], str]:
        asked.append(heading)
        return [str(come)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    user = sit(stores.create("1462"))
    user.ctrl(Qt.Key.Key_O)
    user.wait(lambda: user.page == "intake" and user.text("page_sentence").startswith("1 fil"))
    user.window.go("replies")
    user.click("replies_take")
    user.wait(lambda: len(asked) == 2 and user.page == "intake")
