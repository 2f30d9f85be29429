"""Inlämningsläge on a real store: states, the filter, reminders, and the county's 49."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fardplan_desktop.analysis.coverage_words import cell_words
from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.services import intake, mailboxes, receipts, seals, settings
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.coverage.drafts_card import DraftsCard
from fardplan_desktop.ui.coverage.page import CoveragePage
from fardplan_desktop.ui.coverage.table import CoverageTable
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.inputs import CheckBox, TextField
from fardplan_desktop.ui.sealing_desk import PassphraseDialog
from fardplan_desktop.ui.shell.main_window import MainWindow
from tests.ui.office import CORRECTED, LATE, NOT_DELIVERED, Mail, believe, clock, find, window_of


@pytest.fixture
def office(mail: Mail, tmp_path: Path) -> Iterator[Workplace]:
    made = mail.full_office(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def window(qtbot: QtBot, office: Workplace) -> Iterator[MainWindow]:
    made = window_of(office, "coverage", CoveragePage)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: len(states(made)) == 15)
    yield made
    made.jobs.close()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open; files are refused while ``refuse_files`` is in the list."""
    found: list[Path] = []

    def show(url: QUrl) -> bool:
        path = Path(url.toLocalFile())
        found.append(path)
        return path.is_dir() or REFUSED not in found

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    return found


REFUSED = Path("inget mejlprogram")


def states(window: MainWindow) -> dict[str, list[str]]:
    table = find(window, CoverageTable, "coverage_table")
    return {line.organisation.code: [cell_words(line, at) for at in range(len(line.cells))] for line in table.lines}


def choose(window: MainWindow, code: str) -> None:
    table = find(window, CoverageTable, "coverage_table")
    table.selectRow([line.organisation.code for line in table.lines].index(code))


def receipt(window: MainWindow) -> str:
    return find(window, QLabel, "receipt_text").text()


def test_each_member_stands_as_it_has_delivered(window: MainWindow) -> None:
    found = states(window)
    assert len(found) == 15
    assert found[NOT_DELIVERED] == ["saknas 7 dagar", "inlämnad", "inlämnad"]
    assert found[LATE][0].startswith("sen ")
    assert found[CORRECTED][0] == "rättad 1 gång"
    sentence = find(window, QLabel, "page_sentence").text().replace("\xa0", " ")
    assert sentence == "Tertial 2 2026: 14 av 15 inlämnade. Sista dag 25 september 2026, 7 dagar sedan."
    model = find(window, CoverageTable, "coverage_table").model()
    assert model.headerData(1, Qt.Orientation.Horizontal) == "T2 2026, senast 25 sep"


def test_the_filter_leaves_only_those_who_are_missing(window: MainWindow, qtbot: QtBot) -> None:
    find(window, CheckBox, "only_missing").setChecked(True)
    qtbot.waitUntil(lambda: list(states(window)) == [NOT_DELIVERED])


def test_those_who_are_missing_and_late_come_first_when_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    find(window, CheckBox, "late_first").setChecked(True)
    qtbot.waitUntil(lambda: next(iter(states(window))) == NOT_DELIVERED)
    words = [each[0].split()[0] for each in states(window).values()]
    assert words[0] == "saknas"
    assert words == sorted(words, key=["saknas", "sen", "rättad", "inlämnad"].index)


def test_a_reminder_is_a_draft_of_its_own_that_is_opened(
    window: MainWindow, qtbot: QtBot, office: Workplace, tmp_path: Path, shown: list[Path]
) -> None:
    settings.set_deliveries_folder(office, folder=tmp_path / "ut")
    button = find(window, Button, "remind_all")
    assert button.text().strip() == "Påminn 1 kommun"
    button.click()
    qtbot.waitUntil(lambda: shown == [tmp_path / "ut" / "Utkast 2026-T2" / "Påminnelse Dals-Ed 2026-T2.eml"])
    read = message_from_bytes(shown[0].read_bytes(), policy=default)
    assert (read["X-Unsent"], read["To"], read["Subject"]) == ("1", None, "Påminnelse: rapportering för tertial 2 2026")
    text = QGuiApplication.clipboard().text().replace("\xa0", " ")
    assert "Hej Dals-Eds kommun!" in text
    assert "Sista dag var 25 september 2026." in text
    assert receipt(window) == "Mejlutkastet till Dals-Eds kommun är öppnat, och texten är kopierad"


def test_without_a_mail_program_the_text_is_copied_and_the_folder_opened(
    window: MainWindow, qtbot: QtBot, office: Workplace, tmp_path: Path, shown: list[Path]
) -> None:
    settings.set_deliveries_folder(office, folder=tmp_path / "ut")
    shown.append(REFUSED)
    find(window, Button, "remind_all").click()
    qtbot.waitUntil(lambda: len(shown) == 3)
    assert shown[2] == tmp_path / "ut" / "Utkast 2026-T2"
    assert receipt(window).startswith("Inget mejlprogram tog emot utkastet.")
    assert QGuiApplication.clipboard().text().startswith("Ämne: Påminnelse")


def test_an_address_is_written_in_once_and_a_persons_is_warned_of(
    window: MainWindow, qtbot: QtBot, office: Workplace, tmp_path: Path, shown: list[Path]
) -> None:
    settings.set_deliveries_folder(office, folder=tmp_path / "ut")
    find(window, Button, "remind_all").click()
    qtbot.waitUntil(lambda: find(window, DraftsCard, "drafts").isVisible())
    assert find(window, QLabel, "draft_0").text() == "Dals-Eds kommun, adress saknas"
    find(window, Button, "write_address_0").click()
    field, save = find(window, TextField, "draft_address"), find(window, Button, "draft_address_save")
    for text, said in (("dals-ed", "går inte att använda"), ("anna.svensson@dalsed.example", "vara en persons")):
        field.setText(text)
        save.click()
        assert said in find(window, QLabel, "error_draft_address").text()
    field.setText("narvard@dalsed.example")
    save.click()
    draft = tmp_path / "ut" / "Utkast 2026-T2" / "Påminnelse Dals-Ed 2026-T2.eml"
    qtbot.waitUntil(lambda: b"To: narvard@dalsed.example" in draft.read_bytes())
    assert mailboxes.mailbox(office, code=NOT_DELIVERED).address == "narvard@dalsed.example"


def test_one_is_reminded_by_choosing_its_row(window: MainWindow) -> None:
    one = find(window, Button, "remind_one")
    choose(window, CORRECTED)
    assert not one.isVisible()
    told = find(window, QLabel, "coverage_told").text()
    assert told.startswith("Melleruds kommun, tertial 2 2026: Rättad 1 gång. Paket 4, förseglat 2026-")
    assert told.endswith(", inläst 2026-10-02.")
    choose(window, NOT_DELIVERED)
    assert one.isVisible()
    assert one.text().strip() == "Påminn Dals-Eds kommun"
    QTest.keyClick(find(window, CoverageTable, "coverage_table"), Qt.Key.Key_Return)
    assert one.hasFocus()


def test_a_refused_file_stands_with_its_reason_and_a_new_one_is_asked_for(
    window: MainWindow, office: Workplace, mail: Mail, qtbot: QtBot, tmp_path: Path, shown: list[Path]
) -> None:
    settings.set_deliveries_folder(office, folder=tmp_path / "ut")
    bad = tmp_path / "dalsed.zip"
    good = mail.leap(tmp_path).read_bytes()
    bad.write_bytes(good.replace(b'"severity":"', b'"severitY":"', 1))
    assert bad.read_bytes() != good
    believe(office, mail.card(NOT_DELIVERED))
    intake.receive(office, paths=[bad])
    window.refresh(None)
    qtbot.waitUntil(lambda: states(window)[NOT_DELIVERED][0] == "avvisad")
    assert not find(window, Button, "remind_all").isVisible(), "the one that is missing has sent something"
    choose(window, NOT_DELIVERED)
    assert "Avvisad 2026-10-02 (dalsed.zip). " in find(window, QLabel, "coverage_told").text()
    find(window, Button, "ask_new_file").click()
    qtbot.waitUntil(lambda: [each.name for each in shown] == ["Ny fil Dals-Ed 2026-T2.eml"])
    text = QGuiApplication.clipboard().text()
    assert "Filen har ändrats på vägen" in text
    assert "fliken Inskickat" in text


def test_the_county_sees_delregions_with_their_municipalities_under_them(qtbot: QtBot, tmp_path: Path) -> None:
    seeded = clock()
    county = new_workplace(tmp_path / "lan.fardplan", "14", clock=seeded.clock, ids=seeded.ids)
    window = window_of(county, "coverage", CoveragePage)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: len(states(window)) == 49 + 6)
    lines = find(window, CoverageTable, "coverage_table").lines
    assert [line.organisation.short for line in lines if line.heads] == [
        "Fyrbodal", "Göteborgsområdet", "SAMLA", "SIMBA", "Skaraborg", "Södra Älvsborg",
    ]  # fmt: skip
    found = states(window)
    assert all(len(cells) == 1 for cells in found.values()), "no period was asked for before"
    assert found["fyrbodal"][0].replace("\xa0", " ") == "saknas 7 dagar, 0 av 15"
    assert find(window, Button, "remind_all").text().strip() == "Påminn 6 delregioner"
    choose(window, "1462")
    assert not find(window, Button, "remind_one").isVisible()
    assert find(window, QLabel, "coverage_told").text().endswith("Kommunens paket kommer med delregionens.")
    choose(window, "fyrbodal")
    assert find(window, Button, "remind_one").isVisible()
    window.jobs.close()
    county.store.close()


def test_the_list_is_saved_as_pdf_with_its_filter(
    window: MainWindow, office: Workplace, qtbot: QtBot, tmp_path: Path, shown: list[Path]
) -> None:
    settings.set_deliveries_folder(office, folder=tmp_path / "ut")
    find(window, CheckBox, "only_missing").setChecked(True)
    find(window, Button, "coverage_pdf").click()
    saved = tmp_path / "ut" / "Inlämningsläge Vårdsamverkan Fyrbodal 2026-T2.pdf"
    qtbot.waitUntil(lambda: shown == [saved], timeout=20_000)
    assert saved.read_bytes().startswith(b"%PDF-")


def test_a_receipt_is_sealed_for_the_one_that_is_chosen_and_its_draft_opened(
    window: MainWindow, office: Workplace, qtbot: QtBot, tmp_path: Path, shown: list[Path]
) -> None:
    settings.set_deliveries_folder(office, folder=tmp_path / "ut")
    mailboxes.set_mailbox(office, code=CORRECTED, address="mellerud@mail.example")
    seals.make_key(office, passphrase="bara-for-proven", rounds=1)
    choose(window, CORRECTED)
    button = find(window, Button, "send_receipt")
    assert button.text().strip() == "Skicka kvittens till Melleruds kommun"
    button.click()
    dialog = find(window, PassphraseDialog, "seal_dialog")
    find(dialog, TextField, "seal_passphrase").setText("bara-for-proven")
    find(dialog, Button, "seal_go").click()
    qtbot.waitUntil(lambda: [each.suffix for each in shown] == [".eml"], timeout=20_000)
    read = message_from_bytes(shown[0].read_bytes(), policy=default)
    assert read["To"] == "mellerud@mail.example"
    assert any((each.get_filename() or "").startswith("kvittens_1461_") for each in read.iter_attachments())
    others = {each.organisation.code for each in receipts.waiting(office)}
    assert LATE in others, "the others still wait"
