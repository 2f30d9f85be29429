"""Inställningar by mouse and keys: what is chosen is in force at once and kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.host import preferences
from fardplan_desktop.services import editing, key_files, safekeeping, seals, settings, sheets_in, trust
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.theme.look import Look
from fardplan_desktop.ui.theme.tokens import ThemeName

PASSPHRASE = "bara-for-proven"


def save_as(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """What the user answers in the system's file dialog."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))


def test_the_function_is_saved_on_leaving_and_signs_what_comes_after(workplace: Workplace, open_settings: Any) -> None:
    opened = open_settings()
    field = opened.child("settings_function")
    field.setText("Processledare")
    field.editingFinished.emit()
    opened.settle()
    assert workplace.function == "Processledare"
    assert opened.receipts == ["Funktionen är sparad"]


def test_a_function_that_is_empty_or_personal_is_told_at_its_field(workplace: Workplace, open_settings: Any) -> None:
    opened = open_settings()
    field = opened.child("settings_function")
    for wrong, said in (("", "går inte att spara"), ("Anna 19121212-1212", "personnummer")):
        field.setText(wrong)
        field.editingFinished.emit()
        opened.settle()
        assert said in opened.text("error_settings_function")
    assert workplace.function == "Samordnare"


def test_theme_and_text_size_are_in_force_at_once_and_kept(open_settings: Any, look: Look) -> None:
    opened = open_settings()
    theme = opened.child("look_theme")
    theme.choose("dark")
    theme.picked.emit("dark")
    assert look.theme is ThemeName.DARK
    size = opened.child("look_size")
    size.choose("125")
    size.picked.emit("125")
    assert look.metrics.factor == 1.25
    opened.settle()
    assert opened.child("look_size").key == "125"
    assert opened.child("look_theme").key == "dark"
    kept = preferences.load()
    assert (kept.theme, kept.text_percent) == ("dark", 125)
    theme = opened.child("look_theme")
    theme.picked.emit("system")
    assert look.chosen_theme is None
    assert preferences.load().theme == "system"


def test_before_the_first_seal_there_is_nothing_to_save(open_settings: Any) -> None:
    opened = open_settings()
    assert opened.has("seal_none")
    assert not opened.child("section_seal").findChild(Button, "seal_key").isVisible()


def test_the_key_file_is_the_encrypted_one_and_opens_with_its_passphrase(
    workplace: Workplace, open_settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    opened = open_settings()
    assert opened.child("own_check_code").code == seal.check_code
    save_as(monkeypatch, tmp_path / "nyckel")
    opened.click("seal_key")
    text = (tmp_path / "nyckel").read_text()
    assert text.startswith("-----BEGIN OPENSSH PRIVATE KEY-----")
    assert text == key_files.key_file(workplace)


def test_the_card_is_handed_out_as_a_file_or_on_paper_without_the_passphrase(
    workplace: Workplace, open_settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    opened = open_settings()
    for name in ("vi.nyckelkort", "vi.pdf"):
        save_as(monkeypatch, tmp_path / name)
        opened.click("seal_card")
    assert trust.candidate(workplace, path=tmp_path / "vi.nyckelkort").check_code == seal.check_code
    assert (tmp_path / "vi.pdf").read_bytes().startswith(b"%PDF-")


def test_known_senders_are_listed_with_how_they_were_checked(
    workplace: Workplace, open_settings: Any, tmp_path: Path
) -> None:
    seal = seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    card = tmp_path / "kort.nyckelkort"
    card.write_bytes(seals.own_card(workplace, key=seals.open_seal(workplace, passphrase=PASSPHRASE)))
    opened = open_settings()
    assert opened.has("senders_none")
    groups = seal.check_code.split()
    trust.trust(
        workplace,
        candidate=trust.candidate(workplace, path=card),
        heard=f"{groups[0]} {groups[3]}",
        checked_by="Processledare",
    )
    opened.session.tell()
    assert opened.cells("senders_table") == [
        ["Vårdsamverkan Fyrbodal", "Känd", "2026-09-14", "telefon", "Processledare", "Inte jämförd", seal.check_code]
    ]


def test_the_version_of_the_code_book_is_told_with_the_way_to_all_of_it(
    workplace: Workplace, open_settings: Any
) -> None:
    opened = open_settings()
    assert f"Version {workplace.codebook.version}" in opened.text("codebook_version")
    assert workplace.codebook.sha256[:8] in opened.text("codebook_version")
    opened.click("codebook_show")
    assert opened.has("page_codebook")


def test_population_is_read_with_its_source_and_a_faulty_table_changes_nothing(
    workplace: Workplace, open_settings: Any, tmp_path: Path
) -> None:
    good = Path(__file__).resolve().parents[2] / "tables" / "golden" / "folkmangd_pahittad.csv"
    opened = open_settings()
    assert "Ingen folkmängd" in opened.text("population_said")
    section = opened.page.sections["population"]
    bad = tmp_path / "fel.csv"
    bad.write_text("Kommun;År;Färg\n1462;2025;blå\n", encoding="utf-8")
    section.read_file(bad)
    opened.settle()
    assert "fel.csv är inte inläst" in opened.text("population_faults")
    assert workplace.store.population() == ()
    section.read_file(good)
    opened.settle()
    source = workplace.store.population()[0].source
    assert source in opened.text("population_said")
    assert not opened.child("section_population").findChildren(Button, "population_faults")


def test_a_copy_is_made_listed_and_laid_in_the_second_place(
    workplace: Workplace, open_settings: Any, tmp_path: Path
) -> None:
    opened = open_settings()
    place = tmp_path / "annan plats"
    opened.page.sections["backups"].set_place(place)
    opened.settle()
    assert str(place) in opened.text("second_place")
    opened.click("backup_now")
    assert [row[1] for row in opened.cells("backups_table")] == ["Här", "Andra platsen"]
    assert "Den senaste där är gjord 14\u00a0september 2026" in opened.text("second_place")
    assert len(safekeeping.backups_elsewhere(workplace)) == 1
    opened.click("no_second_place")
    assert safekeeping.second_place(workplace) is None


def test_the_file_is_checked_and_the_number_of_history_entries_told(workplace: Workplace, open_settings: Any) -> None:
    settings.set_function(workplace, function="Processledare")
    opened = open_settings()
    opened.click("check_file")
    assert opened.receipts[-1].startswith("Filen är hel: ")


def test_a_restore_is_asked_about_and_then_the_store_is_to_be_read_anew(
    workplace: Workplace, open_settings: Any
) -> None:
    safekeeping.back_up(workplace)
    opened = open_settings()
    asked: list[object] = []
    opened.session.reopen_asked.connect(asked.append)
    opened.click("restore")
    assert opened.child("ask_no").hasFocus() or opened.child("ask_dialog").isVisible()
    opened.click("ask_no")
    assert asked == []
    opened.click("restore")
    opened.click("ask_yes")
    assert asked == [workplace.store.path]


def test_a_damaged_copy_is_refused_with_a_sentence_and_the_store_is_read_anew_as_it_was(
    workplace: Workplace, open_settings: Any
) -> None:
    copy = safekeeping.back_up(workplace)
    copy.path.write_bytes(b"skadad" * 1000)
    opened = open_settings()
    asked: list[object] = []
    problems: list[str] = []
    opened.session.reopen_asked.connect(asked.append)
    opened.window.messages.problem_met.connect(lambda error: problems.append(error.sentence))
    opened.click("restore")
    opened.click("ask_yes")
    assert asked == [workplace.store.path]
    assert len(problems) == 1


def test_history_tells_what_was_done_by_which_function(workplace: Workplace, open_settings: Any) -> None:
    opened = open_settings()
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    opened.session.tell()
    newest = editing.history(workplace, limit=1)[0]
    row = opened.cells("history_table")[0]
    assert row[1::2] == ["Sigill skapat", "Samordnare"] == [newest.label, newest.who]


def test_to_forget_the_passphrase_is_kept_as_a_wish(workplace: Workplace, open_settings: Any) -> None:
    opened = open_settings()
    opened.click("seal_remember")
    assert preferences.load().remember_passphrase is False
    assert "finns inte längre" in opened.receipts[-1]


def test_a_section_can_be_asked_for(qtbot: Any, open_settings: Any) -> None:
    opened = open_settings()
    opened.window.resize(911, 512)
    opened.window.go("settings", section="history")
    scroll = opened.child("settings_scroll")
    section = opened.page.sections["history"]
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().value() > 0)
    assert section.visibleRegion().boundingRect().height() > 0


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_is_wider_than_the_page_and_one_button_is_primary(
    workplace: Workplace, open_settings: Any, look: Look, factor: float
) -> None:
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    safekeeping.back_up(workplace)
    look.choose_factor(factor)
    opened = open_settings()
    opened.window.resize(911, 512)
    scroll = opened.child("settings_scroll")
    assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
    buttons = [each for each in opened.page.findChildren(Button) if each.isVisible()]
    assert [each.objectName() for each in buttons if each.property("kind") == "primary"] == ["backup_now"]


def test_choices_about_other_peoples_tables_are_told_and_forgotten(workplace: Workplace, open_settings: Any) -> None:
    opened = open_settings()
    assert opened.text("sheets_said") == "Inga val är sparade."
    assert not opened.has("sheets_forget")
    sheet = "SIP 2026\tjan\tfeb\nAntal SIP-möten\t3\t4\nNya samtal\t9\t8\n"
    proposal = sheets_in.open_pasted(workplace, text=sheet, kind=TableKind.COUNTS)
    assert isinstance(proposal, sheets_in.Proposal)
    left_out = {asked.key: "-" for asked in proposal.waiting}
    sheets_in.take_in(workplace, proposal=sheets_in.answer(workplace, proposal=proposal, choices=left_out))
    opened.session.tell()
    assert opened.text("sheets_said") == "1 val är sparade."
    opened.click("sheets_forget")
    assert opened.text("sheets_said") == "Inga val är sparade."
    assert sheets_in.remembered(workplace) == 0


def test_after_a_restore_our_own_sealed_files_are_taken_back_and_the_offer_is_put_away(
    workplace: Workplace, open_settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = open_settings()
    assert not opened.has("section_restored")
    workplace.store.set_setting("restored", "1")
    opened.session.tell()
    opened.settle()
    assert opened.has("section_restored")
    (tmp_path / "fel.fardpaket").write_bytes(b"inget paket")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    opened.click("reclaim")
    assert opened.receipts[-1].startswith("Inget paket togs tillbaka, 0 fanns redan")
    opened.click("reclaim_done")
    assert not opened.has("section_restored")
