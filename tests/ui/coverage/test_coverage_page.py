"""Inlämningsläge on a real store: states, the filter, reminders, and the county's 49."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.coverage.page import CoveragePage
from fardplan_desktop.ui.coverage.table import CoverageTable
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.inputs import CheckBox
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.office import CORRECTED, LATE, NOT_DELIVERED, Mail, clock, find, window_of


@pytest.fixture
def office(mail: Mail, tmp_path: Path) -> Iterator[Workplace]:
    made = mail.full_office(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def window(qtbot: QtBot, office: Workplace) -> Iterator[MainWindow]:
    made = window_of(office, "coverage", CoveragePage)
    qtbot.addWidget(made)
    yield made
    made.jobs.close()


def states(window: MainWindow) -> dict[str, list[str]]:
    lines = find(window, CoverageTable, "coverage_table").lines
    return {
        line.organisation.code: [cell.state.word if cell else "" for cell in line.cells]
        for line in lines
        if line.organisation
    }


def test_each_member_stands_as_it_has_delivered(window: MainWindow) -> None:
    found = states(window)
    assert len(found) == 15
    assert found[NOT_DELIVERED] == ["saknas", "inlämnad", "inlämnad"]
    assert found[LATE][0] == "sen"
    assert found[CORRECTED][0] == "rättad"
    sentence = find(window, QLabel, "page_sentence").text().replace("\xa0", " ")
    assert sentence == "Tertial 2 2026: 14 av 15 inlämnade. Sista dag 25 september 2026, 7 dagar sedan."


def test_the_filter_leaves_only_those_who_are_missing(window: MainWindow) -> None:
    find(window, CheckBox, "only_missing").setChecked(True)
    assert list(states(window)) == [NOT_DELIVERED]


def test_a_reminder_names_period_and_last_day(window: MainWindow) -> None:
    button = find(window, Button, "remind_all")
    assert button.text().strip() == "Påminn 1 kommun"
    button.click()
    text = QGuiApplication.clipboard().text().replace("\xa0", " ")
    assert text.startswith("Ämne: Påminnelse: rapportering för tertial 2 2026\n\nHej Dals-Eds kommun!")
    assert "Sista dag var 25 september 2026." in text


def test_one_is_reminded_by_choosing_its_row(window: MainWindow) -> None:
    table = find(window, CoverageTable, "coverage_table")
    codes = [line.organisation.code if line.organisation else "" for line in table.lines]
    one = find(window, Button, "remind_one")
    table.selectRow(codes.index(CORRECTED))
    assert not one.isVisible()
    told = find(window, QLabel, "coverage_told").text()
    assert told == "Melleruds kommun, tertial 2 2026: Rättad. Paket 4, inläst 2026-10-02."
    table.selectRow(codes.index(NOT_DELIVERED))
    assert one.isVisible()
    one.click()
    assert "Hej Dals-Eds kommun!" in QGuiApplication.clipboard().text()


def test_the_county_counts_municipalities_under_their_delregions(qtbot: QtBot, tmp_path: Path) -> None:
    seeded = clock()
    county = new_workplace(tmp_path / "lan.fardplan", "14", clock=seeded.clock, ids=seeded.ids)
    window = window_of(county, "coverage", CoveragePage)
    qtbot.addWidget(window)
    lines = find(window, CoverageTable, "coverage_table").lines
    headings = [line.name for line in lines if line.organisation is None]
    assert headings == ["Fyrbodal", "Göteborgsområdet", "SAMLA", "SIMBA", "Skaraborg", "Södra Älvsborg"]
    assert len(states(window)) == 49
    assert all(len(cells) == 1 for cells in states(window).values()), "no period was asked for before"
    window.jobs.close()
    county.store.close()
