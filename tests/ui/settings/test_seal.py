"""Inställningar when something has happened to a seal, and when a sender becomes known there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from fardplan_desktop.exchange.key_text import key_text
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.revocation import make_revocation, revocation_text
from fardplan_desktop.host.clock import system_clock
from fardplan_desktop.services import comparing, seal_changes, seals, trust
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.settings.senders_section import SendersSection
from tests.exchange.conftest import LILLA_EDET
from tests.ui.settings.conftest import Open, Settings

PASSPHRASE, ANOTHER = "bara-for-proven", "en helt annan fras"
EDET = SigningKey(bytes([5]) * 32)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = SigningKey.private_text
    monkeypatch.setattr(SigningKey, "private_text", lambda key, phrase, _rounds=0: locked(key, phrase, 1))


@pytest.fixture
def opened(workplace: Workplace, open_settings: Open) -> Settings:
    seals.make_key(workplace, passphrase=PASSPHRASE)
    return open_settings()


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def write(opened: Settings, **fields: str) -> None:
    for name, text in fields.items():
        opened.child(name).setText(text)  # type: ignore[attr-defined]  # the tests name text fields only


def test_a_seal_is_made_before_anything_is_sealed_and_its_kuvertblad_is_offered(
    workplace: Workplace, open_settings: Open
) -> None:
    opened = open_settings()
    opened.click("seal_make")
    write(opened, seal_passphrase=PASSPHRASE)
    opened.click("seal_go")
    assert seals.open_seal(workplace, passphrase=PASSPHRASE)
    opened.click("envelope_close")
    assert opened.child("own_check_code").isVisible()
    assert not opened.has("seal_make")


def test_a_seal_gets_another_passphrase_and_two_wrong_ones_tell_how_to_go_on_then_it_is_changed_and_revoked(
    workplace: Workplace, opened: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(monkeypatch, tmp_path / "kuvertblad.pdf")
    opened.click("seal_passphrase")
    for wrong, said in (("fel fras", "Lösenfrasen är fel"), ("fel igen", "spärra sigillet här")):
        write(opened, ask_old=wrong)
        opened.click("ask_go")
        assert said in opened.text("error_ask_old")
    write(opened, ask_old=PASSPHRASE, ask_new=ANOTHER)
    opened.click("ask_go")
    assert "Lösenfrasen är bytt" in opened.receipts
    assert seals.open_seal(workplace, passphrase=ANOTHER)
    opened.click("envelope_save")
    assert (tmp_path / "kuvertblad.pdf").read_bytes().startswith(b"%PDF-")

    before = seals.own_seal(workplace)
    opened.click("seal_change")
    write(opened, ask_old=ANOTHER, ask_new=PASSPHRASE)
    opened.click("ask_go")
    assert opened.text("error_ask_reason") == "Fyll i det här."
    write(opened, ask_reason="Ny dator")
    opened.click("ask_go")
    assert seals.own_seal(workplace) != before
    assert seal_changes.rotation_file(workplace) is not None
    opened.click("envelope_close")
    assert "Utbytt: Ny dator" in opened.text("seal_ended")
    save_as(monkeypatch, tmp_path / "ny.nyckelbyte")
    opened.click("seal_save_change")
    assert (tmp_path / "ny.nyckelbyte").read_bytes() == seal_changes.rotation_file(workplace)

    save_as(monkeypatch, tmp_path / "nyckel")
    opened.click("seal_key")
    opened.click("seal_read_key")
    write(opened, ask_old=PASSPHRASE)
    opened.click("ask_go")
    assert "Sigillet är inläst från nyckelfilen" in opened.receipts

    save_as(monkeypatch, tmp_path / "a.sparr")
    opened.click("seal_stop")
    write(opened, ask_reason="Datorn är borta")
    opened.click("ask_go")
    assert opened.has("seal_none")
    assert seals.own_seal(workplace) is None
    save_as(monkeypatch, tmp_path / "b.sparr")
    opened.click("seal_save_stop")
    assert (tmp_path / "a.sparr").read_bytes() == (tmp_path / "b.sparr").read_bytes() != b""


def test_a_call_goes_both_ways_with_five_keys_beside_what_is_typed_and_another_ends_it(
    workplace: Workplace, opened: Settings
) -> None:
    text = key_text("1462", EDET.public)
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    write(opened, senders_text=text)
    opened.click("senders_add")
    assert trust.senders(workplace) == (), "pasting believes nothing"
    groups = trust.candidate_of_text(workplace, text=text).check_code.split()
    keys = 0

    def press(key: Qt.Key) -> None:
        nonlocal keys
        keys += 1
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    for name in ("call_first", "call_second"):
        opened.qtbot.waitUntil(opened.child(name).hasFocus)
        number = int(opened.child(name).accessibleName().split()[1].rstrip(","))
        QTest.keyClicks(opened.child(name), groups[number - 1])
        press(Qt.Key.Key_Tab)
    assert opened.child("call_ours").hasFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    QTest.keyClicks(opened.child("call_function"), "Verksamhetsutvecklare")
    press(Qt.Key.Key_Return)
    opened.settle()
    assert keys == 5
    (key,) = trust.senders(workplace)
    assert (key.org_code, key.checked_by, key.method) == ("1462", "Verksamhetsutvecklare", "telefon")
    assert list(comparing.compared_ours(workplace)) == ["1462"]
    assert opened.cells("senders_table")[0][5] == "Jämförd"

    opened.child("senders_table").selectRow(0)  # type: ignore[attr-defined]  # a table
    opened.click("senders_stop")
    write(opened, ask_reason="Stulen dator", ask_function="Registrator")
    opened.click("ask_go")
    assert trust.senders(workplace)[0].note == "Stulen dator. Sagt av Registrator per telefon."
    assert opened.cells("senders_table")[0][1].startswith("Spärrad")


def test_a_text_that_is_no_card_says_so_and_a_revocation_is_taken_in_as_text_or_file(
    workplace: Workplace, opened: Settings, tmp_path: Path
) -> None:
    write(opened, senders_text="Hej!")
    opened.click("senders_add")
    assert "inget avsändarkort" in opened.text("error_senders_text")
    found = trust.candidate_of_text(workplace, text=key_text("1462", EDET.public))
    trust.trust(workplace, candidate=found, heard=" ".join(found.check_code.split()[:2]))
    stop = make_revocation(LILLA_EDET, EDET, system_clock())
    write(opened, senders_text=revocation_text(stop))
    opened.click("senders_add")
    assert trust.senders(workplace)[0].status == "revoked"
    assert "Lilla Edets kommun spärrar sitt sigill." in opened.receipts
    file = tmp_path / "x.sparr"
    file.write_bytes(stop)
    section = opened.child("section_senders")
    assert isinstance(section, SendersSection)
    section.take_file(file)
    opened.settle()
    assert opened.text("error_senders_text").startswith("Redan inläst")
