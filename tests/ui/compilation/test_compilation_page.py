"""Sammanställning on a real store: every number equals its parts and says what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.analysis.basis import figure_basis
from fardplan_desktop.domain.figures import Figure
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.services import compilation, settings, tables_in
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.compilation.figure_table import FigureLine, FigureTable
from fardplan_desktop.ui.compilation.lines import measure_table
from fardplan_desktop.ui.compilation.origin_panel import OriginPanel
from fardplan_desktop.ui.compilation.page import CompilationPage
from fardplan_desktop.ui.compilation.tools import JOINT, MEMBERS, RATES, TALLIES
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.inputs import CheckBox, Combo
from fardplan_desktop.ui.parts.segments import Segments
from fardplan_desktop.ui.parts.text_table import TextTable
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.office import CORRECTED, NOT_DELIVERED, T2, Mail, find, window_of

ORUST = "1421"


@pytest.fixture
def office(mail: Mail, tmp_path: Path) -> Iterator[Workplace]:
    made = mail.full_office(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def window(qtbot: QtBot, office: Workplace) -> Iterator[MainWindow]:
    made = window_of(office, "compilation", CompilationPage)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: bool(find(made, FigureTable, "sums_table").lines), timeout=20_000)
    yield made
    made.jobs.close()


def texts(line: FigureLine) -> list[str]:
    return [cell.text.replace("\xa0", " ").replace("\u202f", " ") for cell in line.cells]


def lines(window: MainWindow, name: str) -> dict[tuple[str, ...], FigureLine]:
    return {line.key: line for line in find(window, FigureTable, name).lines if line.key}


def see(window: MainWindow, view: str) -> None:
    views = find(window, Segments, "compilation_views")
    views.choose(view)
    views.chosen.emit(view)


def choose(window: MainWindow, measure: str) -> None:
    table = find(window, FigureTable, "sums_table")
    table.selectRow([line.key for line in table.lines].index(("figure", measure, "", "")))


def test_a_sum_stands_with_what_it_rests_on_and_what_was_before(window: MainWindow, office: Workplace) -> None:
    shown = texts(lines(window, "sums_table")["figure", "SIP08", "", ""])
    found = compilation.compare(office, period=T2)
    now, before = (next(e for e in each.figures if e.measure == "SIP08") for each in (found.now, found.before))
    assert now.value is not None
    assert now.value == sum(each.rolled.value or 0 for each in now.members)
    assert shown == ["Upprättade SIP", str(now.value), "14 av 15 kommuner", str(before.value), "saknas"]


def test_a_share_is_recomputed_from_the_sums(window: MainWindow) -> None:
    found = lines(window, "sums_table")
    num = int(texts(found["figure", "SIP05", "", ""])[1])
    den = int(texts(found["figure", "SIP04", "", ""])[1])
    share = texts(found["share", "andel-moten-den-enskilde"])
    assert share[1] == f"{round(100 * num / den)} %"
    assert share[2] == f"{num} av {den}, 14 av 15 kommuner"


def test_a_total_opens_its_parts_with_package_delivery_and_seal(window: MainWindow) -> None:
    choose(window, "SIP08")
    table = find(window, FigureTable, "origin_table")
    parts = {line.key[0]: texts(line) for line in table.lines}
    total = texts(lines(window, "sums_table")["figure", "SIP08", "", ""])[1]
    assert sum(int(each[1]) for each in parts.values() if each[1] != "saknas") == int(total)
    assert parts[NOT_DELIVERED][1:] == ["saknas", "inget paket"]
    assert parts[CORRECTED][2] == "nr 4"
    assert find(window, QLabel, "origin_missing").text() == "Utan värde: Dals-Ed."
    table.selectRow([line.key[0] for line in table.lines].index(CORRECTED))
    said = " ".join(label.text() for label in find(window, OriginPanel, "origin").findChildren(QLabel))
    for words in ("Nummer 4 för tertial 2 2026, en rättelse", "kontrollkod ", " per telefon av ", "Version 2"):
        assert words in said


def test_enter_goes_into_the_parts_and_esc_back_and_the_seal_is_tried_there(
    window: MainWindow, office: Workplace, qtbot: QtBot
) -> None:
    choose(window, "SIP08")
    sums, parts = find(window, FigureTable, "sums_table"), find(window, FigureTable, "origin_table")
    sums.setFocus()
    QTest.keyClick(sums, Qt.Key.Key_F4)
    assert parts.hasFocus()
    find(window, Button, "origin_check").click()
    digest = compilation.received_deliveries(office, period=T2)[parts.lines[0].key[0]]
    told = find(window, QLabel, f"origin_checked_{digest[:8]}")
    qtbot.waitUntil(lambda: told.text().startswith("Sigillet är helt."))
    QTest.keyClick(parts, Qt.Key.Key_Escape)
    assert sums.hasFocus()


def test_what_was_chosen_in_one_view_does_not_stand_beside_another(window: MainWindow) -> None:
    choose(window, "SIP08")
    assert find(window, QLabel, "origin_what").text().startswith("Upprättade SIP")
    see(window, MEMBERS)
    assert find(window, QLabel, "origin_what").text() == "Välj en siffra i tabellen."


def test_the_original_file_is_saved_and_the_whole_is_copied_as_text(
    window: MainWindow, office: Workplace, qtbot: QtBot, tmp_path: Path
) -> None:
    settings.set_deliveries_folder(office, folder=tmp_path / "leveranser")
    choose(window, "SIP08")
    find(window, FigureTable, "origin_table").selectRow(0)
    find(window, Button, "origin_save").click()
    folder = tmp_path / "leveranser" / "Original"
    qtbot.waitUntil(lambda: folder.is_dir() and len(list(folder.iterdir())) == 1)
    find(window, Button, "origin_copy").click()
    assert QGuiApplication.clipboard().text().startswith("Varifrån kommer siffran?\nUpprättade SIP, tertial 2 2026: ")


def test_a_cell_of_another_period_a_share_and_a_rate_open_their_own_parts(window: MainWindow, qtbot: QtBot) -> None:
    sums = find(window, FigureTable, "sums_table")
    row = [line.key for line in sums.lines].index(("figure", "SIP08", "", ""))
    sums.setCurrentIndex(sums.model().index(row, 3))
    what = find(window, QLabel, "origin_what")
    assert what.text().startswith("Upprättade SIP, tertial 1 2026: ")
    sums.selectRow([line.key for line in sums.lines].index(("share", "andel-tackat-nej")))
    assert "tackat nej" in what.text()
    see(window, RATES)
    find(window, FigureTable, "rates_table").selectRow(0)
    assert what.text() == "Upprättade SIP per 1 000 invånare, tertial 2 2026"
    see(window, MEMBERS)
    members = find(window, FigureTable, "members_table")
    at = [line.key for line in members.lines].index((ORUST,))
    members.setCurrentIndex(members.model().index(at, 2))
    qtbot.waitUntil(lambda: find(window, QLabel, "origin_part").text().startswith("Orust kommun: "))


def test_a_row_of_the_tallies_opens_into_the_municipalities(window: MainWindow) -> None:
    see(window, TALLIES)
    table = find(window, TextTable, "tally_deviations_table")
    table.selectRow(0)
    shown = find(window, QLabel, "origin_what").text()
    assert (
        shown == f"Avvikelser, {table.model().index(0, 0).data()}, tertial 2 2026: {table.model().index(0, 1).data()}"
    )


def test_the_same_set_is_off_until_it_is_asked_for_and_says_which_it_is(window: MainWindow) -> None:
    everyone = texts(lines(window, "sums_table")["figure", "SIP08", "", ""])
    find(window, CheckBox, "same_set").setChecked(True)
    told = find(window, QLabel, "same_set_told")
    assert told.isVisible()
    assert "14 av 15 kommuner har lämnat båda" in told.text().replace("\xa0", " ")
    same = texts(lines(window, "sums_table")["figure", "SIP08", "", ""])
    assert (same[1], same[4]) == (everyone[1], "14 av 15 kommuner")
    assert int(same[2]) < int(everyone[3]), "the one that has not delivered now is left out of the period before too"
    choose(window, "SIP08")
    assert find(window, QLabel, "origin_what").text().endswith(f": {same[1]}")
    against = find(window, Combo, "same_set_against")
    against.choose("year-ago")
    against.picked.emit("year-ago")
    assert "0 av 15 kommuner har lämnat båda" in told.text().replace("\xa0", " ")
    find(window, CheckBox, "same_set").setChecked(False)
    assert texts(lines(window, "sums_table")["figure", "SIP08", "", ""]) == everyone


def test_breakdowns_are_shown_when_asked_for(window: MainWindow) -> None:
    before = len(lines(window, "sums_table"))
    find(window, CheckBox, "breakdowns").setChecked(True)
    assert len(lines(window, "sums_table")) > before + 20


def test_every_municipality_stands_beside_every_measure(window: MainWindow) -> None:
    see(window, MEMBERS)
    found = lines(window, "members_table")
    assert len(found) == 1 + 15
    assert texts(found[NOT_DELIVERED,])[1:] == ["saknas"] * 17
    assert len(found["total",].cells) == 18


def test_one_measure_stands_beside_the_periods_before(window: MainWindow) -> None:
    see(window, MEMBERS)
    combo = find(window, Combo, "compilation_measure")
    combo.choose("SIP12")
    combo.picked.emit("SIP12")
    total = lines(window, "members_table")["total",]
    assert [cell.note.replace("\xa0", " ") for cell in total.cells] == ["", "14 av 15", "15 av 15", "0 av 15"]


def test_per_thousand_needs_a_population_and_uses_it(window: MainWindow, office: Workplace, tmp_path: Path) -> None:
    see(window, RATES)
    assert texts(lines(window, "rates_table")[ORUST,])[2:] == ["folkmängd saknas", ""]
    table = tmp_path / "folk.csv"
    table.write_text("Kommunkod;År;Folkmängd;Källa\n1421;2025;15000;Påhittad\n1430;2025;10000;Påhittad\n", "utf-8")
    tables_in.add_table(office, path=table, kind=TableKind.POPULATION)
    see(window, RATES)
    found = lines(window, "rates_table")
    orust, munkedal = (int(texts(found[code,])[1]) for code in (ORUST, "1430"))
    assert texts(found[ORUST,])[3] == numbers_sv.number(orust / 15, 1)
    assert texts(found["total",])[1:] == [
        str(orust + munkedal), "25 000", numbers_sv.number((orust + munkedal) / 25, 1)
    ]  # fmt: skip


def test_deviations_and_activities_are_counted_out_of_the_packages(window: MainWindow, office: Workplace) -> None:
    see(window, TALLIES)
    model = find(window, TextTable, "tally_deviations_table").model()
    *parts, total = (int(model.index(row, 1).data()) for row in range(model.rowCount()))
    assert sum(parts) == total == compilation.compile_period(office, period=T2).deviations.total > 0
    told = find(window, QLabel, "tally_activities_told").text().replace("\xa0", " ")
    assert told.endswith("Ur paketen från 14 av 15 kommuner.")


def test_the_table_can_be_pasted_into_a_workbook(window: MainWindow) -> None:
    find(window, Button, "copy_table").click()
    first, *rest = QGuiApplication.clipboard().text().splitlines()
    assert first == "Mått\tT2 2026\tUnderlag\tT1 2026\tT2 2025"
    assert any(row.startswith("Upprättade SIP\t") for row in rest)


def test_an_office_without_packages_is_led_to_ta_emot(qtbot: QtBot, mail: Mail, tmp_path: Path) -> None:
    office = mail.new_office(tmp_path)
    window = window_of(office, "compilation", CompilationPage)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: find(window, Button, "compilation_intake").isVisible(), timeout=20_000)
    assert not find(window, Button, "copy_table").isVisible()
    window.jobs.close()
    office.store.close()


def test_months_that_are_missing_are_told(office: Workplace) -> None:
    partial = Figure(measure="SIP08", period="2026-T2", value=5, reported=1, of=2, parts=3, parts_of=4)
    assert figure_basis(partial).replace("\xa0", " ") == "1 av 2 kommuner, 3 av 4 månader"


def test_a_table_of_one_measure_lies_in_swedish_order(office: Workplace) -> None:
    table = measure_table(office.codebook, compilation.compare(office, period=T2), "SIP08")
    names = [line.cells[0].text for line in table.lines[1:]]
    assert names[0] == "Bengtsfors kommun"
    assert names[-1] == "Åmåls kommun"


def test_joint_activities_are_seen_by_municipality_and_told_in_words(qtbot: QtBot, window: MainWindow) -> None:
    see(window, JOINT)
    table = find(window, TextTable, "joint_matrix")
    qtbot.waitUntil(lambda: table.model().rowCount() == 10, timeout=20_000)
    heads = [table.model().headerData(at, Qt.Orientation.Horizontal) for at in range(table.model().columnCount())]
    assert heads[:3] == ["Gemensam aktivitet", "Har svarat", "Bengtsfors"]
    assert len(heads) == 17
    table.selectRow(0)
    told = find(window, QLabel, "joint_detail").text()
    assert "har svarat." in told
    assert "Följer: " in told
