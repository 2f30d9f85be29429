"""Ta emot with real packages in a real store: fifteen files, the verbs, and how few clicks it takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from fardplan_desktop.domain.progress import Cancelled, CancelToken, Work
from fardplan_desktop.exchange import age
from fardplan_desktop.exchange.card import read_card
from fardplan_desktop.host import secrets
from fardplan_desktop.services import comparing, editing, intake, mailboxes, refusals, seals, trust
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.intake.batch import Batch
from fardplan_desktop.ui.intake.page import IntakePage
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.parts.check_code import CheckCode
from fardplan_desktop.ui.parts.inputs import CheckBox
from fardplan_desktop.ui.parts.text_table import TextTable
from fardplan_desktop.ui.sealing_desk import PassphraseDialog
from tests.ui.intake.desk import Desk
from tests.ui.office import LEAPING, READ_BEFORE, SKARA, T2, TAMPERED, UNKNOWN, Mail, believe, find, window_of

PASSPHRASE = "bara-for-proven"
BEFORE = "15 filer: 11 att läsa in, 3 att reda ut, 1 redan inläst."


@pytest.fixture
def office(mail: Mail, tmp_path: Path) -> Iterator[Workplace]:
    made = mail.new_office(tmp_path, unknown=(UNKNOWN,))
    intake.receive(made, paths=mail.packages(READ_BEFORE))
    yield made
    made.store.close()


@pytest.fixture
def inbox(mail: Mail, office: Workplace, tmp_path: Path) -> Path:
    folder = mail.inbox(tmp_path / "inkorg")
    believe(office, mail.card(SKARA))
    return folder


@pytest.fixture
def desk(qtbot: QtBot, office: Workplace) -> Iterator[Desk]:
    window = window_of(office, "intake", IntakePage)
    qtbot.addWidget(window)
    yield Desk(qtbot, window, office)
    window.jobs.close()


def stored(office: Workplace) -> int:
    return len(intake.recent(office))


def test_an_empty_page_invites_and_has_one_primary_button(desk: Desk) -> None:
    primary = [
        each for each in desk.page.findChildren(Button) if each.isVisible() and each.property("kind") == "primary"
    ]
    assert [each.objectName() for each in primary] == ["intake_first_files"]


def test_a_dropped_folder_is_judged_and_nothing_is_stored(desk: Desk, inbox: Path) -> None:
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    assert len(desk.words()) == 14, "Mellerud has sent two files"
    assert desk.words()[:3] == ["Okänd avsändare", "Sigillet stämmer inte", "Ställd till någon annan"]
    assert desk.words()[-1] == "Redan inläst"
    assert "Ersätter tidigare" in desk.words()
    assert stored(desk.office) == 1


def test_what_is_good_is_read_in_with_one_press(desk: Desk, inbox: Path) -> None:
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    assert find(desk.page, Button, "intake_read").text().strip() == "Läs in 11 filer"
    desk.press("intake_read")
    desk.wait_for("15 filer: 3 att reda ut, 11 inlästa, 1 redan inläst.")
    assert stored(desk.office) == 12
    assert find(desk.page, TextTable, "recent_table").model().rowCount() == 12
    assert not desk.line("Tanums kommun").verb.isVisible()


def test_fifteen_files_with_one_call_and_one_letter_take_at_most_eight_clicks(
    desk: Desk, inbox: Path, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(*_arguments: object) -> str:
        desk.clicks += 2  # the folder, and the button of the system's own dialog
        return str(inbox)

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    desk.press("intake_first_folder")
    desk.wait_for(BEFORE)
    desk.verb("Uddevalla kommun")
    desk.type_heard(desk.office, mail.card(UNKNOWN))
    desk.press("call_approve")
    desk.wait_for("15 filer: 11 att läsa in, 2 att reda ut, 1 inläst, 1 redan inläst.")
    desk.press("intake_read")
    desk.wait_for("15 filer: 2 att reda ut, 12 inlästa, 1 redan inläst.")
    desk.verb("Lysekils kommun")
    assert "Lysekils kommun" in QGuiApplication.clipboard().text()
    assert desk.clicks <= 8
    assert stored(desk.office) == 13


def test_the_kontrollkod_has_to_be_heard(desk: Desk, inbox: Path, mail: Mail) -> None:
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    row = desk.line("Uddevalla kommun")
    desk.press(f"{row.objectName()}_more")
    desk.verb("Uddevalla kommun")
    shown = " ".join(each.text() for each in desk.page.findChildren(QLabel))
    groups = trust.candidate(desk.office, path=mail.card(UNKNOWN)).check_code.split()
    assert not any(group in shown for group in groups)
    assert find(desk.page, QLabel, "call_heading").text() == "Ring Uddevalla kommun och jämför kontrollkoden"


def test_wrong_figures_enrol_nobody_and_say_what_to_do(desk: Desk, inbox: Path, mail: Mail) -> None:
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    known = len(trust.senders(desk.office))
    desk.verb("Uddevalla kommun")
    desk.press("call_approve")
    assert "Skriv fem siffror." in [each.text() for each in desk.page.findChildren(QLabel)]
    desk.type_heard(desk.office, mail.card(UNKNOWN), wrong=True)
    desk.press("call_approve")
    error = find(desk.page, QLabel, "call_error")
    desk.qtbot.waitUntil(lambda: error.isVisible())
    assert error.text().startswith("Siffrorna stämmer inte. Ingenting är godkänt.")
    assert len(trust.senders(desk.office)) == known
    for _ in range(2):
        desk.type_heard(desk.office, mail.card(UNKNOWN), wrong=True)
        with desk.said_anew(error):
            desk.press("call_approve")
    assert error.text().startswith("Stopp. Siffrorna har inte stämt på 3 försök")
    assert not find(desk.page, Button, "call_approve").isEnabled()
    desk.press("call_cancel")
    desk.verb("Uddevalla kommun")
    assert error.text().startswith("Stopp."), "closing the card is no new start"
    desk.qtbot.waitUntil(
        lambda: any("stämde inte på 3 försök" in each.label for each in editing.history(desk.office)), timeout=20_000
    )
    assert len(trust.senders(desk.office)) == known


def test_one_call_goes_both_ways_even_before_anything_is_sealed_and_what_waited_is_read_in_by_itself(
    desk: Desk, inbox: Path, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "make_key", partial(seals.make_key, rounds=1))
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    desk.verb("Uddevalla kommun")
    desk.press("call_make_seal")
    dialog = desk.page.window().findChild(PassphraseDialog, "seal_dialog")
    assert dialog is not None
    find(dialog, Button, "seal_go").click()
    desk.qtbot.waitUntil(lambda: seals.own_seal(desk.office) is not None, timeout=20_000)
    own = seals.own_seal(desk.office)
    assert own is not None
    shown = find(desk.page, CheckCode, "call_own_code")
    desk.qtbot.waitUntil(lambda: shown.code == own.check_code, timeout=20_000)
    desk.type_heard(desk.office, mail.card(UNKNOWN))
    find(desk.page, CheckBox, "call_ours").setChecked(True)
    desk.press("call_approve")
    desk.wait_for("15 filer: 11 att läsa in, 2 att reda ut, 1 inläst, 1 redan inläst.")
    noted = comparing.compared_ours(desk.office)[UNKNOWN]
    assert (noted.function, noted.method) == ("Registrator", "telefon")


def test_who_answered_is_kept_and_an_identity_number_is_not(desk: Desk, inbox: Path, mail: Mail) -> None:
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    desk.verb("Uddevalla kommun")
    desk.type_heard(desk.office, mail.card(UNKNOWN))
    find(desk.page, QLineEdit, "call_function").setText("19121212-1212")
    desk.press("call_approve")
    error = find(desk.page, QLabel, "error_call_function")
    assert error.text().startswith("Ser ut som ett personnummer.")
    assert find(desk.page, QLineEdit, "call_function").hasFocus()
    find(desk.page, QLineEdit, "call_function").setText("Registrator")
    desk.press("call_approve")
    desk.wait_for("15 filer: 11 att läsa in, 2 att reda ut, 1 inläst, 1 redan inläst.")
    key = next(each for each in trust.senders(desk.office) if each.org_code == UNKNOWN)
    assert (key.checked_by, key.entered_by, key.method) == ("Registrator", "Processledare", "telefon")


def test_the_card_in_the_drop_is_used_when_it_has_the_packages_key(office: Workplace, mail: Mail) -> None:
    package, card = mail.packages(UNKNOWN)[0], mail.card(UNKNOWN)
    (result,) = intake.receive(office, paths=[package], dry_run=True)
    others = [mail.card("1430"), card]
    found = trust.candidate_for(office, verdict=result.verdict, package=package, cards=others)
    assert found == trust.candidate(office, path=card)
    alone = trust.candidate_for(office, verdict=result.verdict, package=package, cards=[mail.card("1430"), package])
    assert alone.key_id == result.verdict.keyid


def test_a_letter_is_copied_and_mail_opens_only_when_asked(
    desk: Desk, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    mailboxes.set_mailbox(desk.office, code=TAMPERED, address="narvard@lysekil.example")
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    desk.verb("Lysekils kommun")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Ämne: Ny fil behövs (tertial 2 2026)")
    assert "Sigillet stämmer inte." in text
    assert "Processledare, Vårdsamverkan Fyrbodal" in text
    assert opened == []
    desk.press("intake_letter_mail")
    assert (opened[0].scheme(), opened[0].path()) == ("mailto", "narvard@lysekil.example")
    assert "Sigillet stämmer inte." in opened[0].query(QUrl.ComponentFormattingOption.FullyDecoded)


def test_a_refused_file_of_a_known_sender_stands_in_the_coverage_at_once(desk: Desk, inbox: Path) -> None:
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    desk.qtbot.waitUntil(lambda: bool(refusals.refused_files(desk.office, period=T2)))
    (refused,) = refusals.refused_files(desk.office, period=T2)
    assert (refused.issuer, refused.code) == (TAMPERED, "E20")


def test_a_line_that_needs_nothing_can_be_put_away(desk: Desk, inbox: Path) -> None:
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    desk.verb("Orust kommun")
    desk.wait_for("14 filer: 11 att läsa in, 3 att reda ut.")


def test_details_tell_number_content_digest_and_code(desk: Desk, inbox: Path) -> None:
    desk.drop(inbox)
    desk.wait_for(BEFORE)
    row = desk.line("Tanums kommun")
    desk.press(f"{row.objectName()}_more")
    shown = [each.text() for each in row.findChildren(QLabel)]
    (result,) = intake.receive(desk.office, paths=[inbox / "1435_2026-T2_0003.fardpaket"], dry_run=True)
    assert result.verdict.digest[:8] in shown
    assert {"Nummer 3", "OK", "Vårdsamverkan Fyrbodal", "version 2", "Att veta (W01)"} <= set(shown)
    assert any(f"{result.verdict.counts['data/antal.jsonl']} antal" in text for text in shown)


def test_a_leaping_number_is_read_in_when_a_person_says_so(desk: Desk, mail: Mail, tmp_path: Path) -> None:
    path = mail.leap(tmp_path)
    believe(desk.office, mail.card(LEAPING))
    desk.drop(path)
    desk.wait_for("1 fil: 1 att reda ut.")
    desk.verb("Dals-Eds kommun")
    desk.press("ask_act")
    desk.wait_for("1 fil: 1 inläst.")
    assert stored(desk.office) == 2


def test_a_folder_without_files_says_so(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    with desk.qtbot.waitSignal(desk.window.messages.problem_met) as told:
        desk.drop(tmp_path / "tom")
    assert "inga filer" in told.args[0].sentence


def test_a_cancelled_reading_keeps_whole_packages_only(office: Workplace, inbox: Path) -> None:
    batch = Batch(office)
    batch.note_judged(batch.judging([inbox])(Work()))
    token = CancelToken()
    seen: list[object] = []

    def stop_at_third(event: object) -> None:
        seen.append(event)
        if len(seen) == 6:
            token.cancel()

    with pytest.raises(Cancelled):
        batch.reading(batch.ready)(Work(stop_at_third, token))
    assert stored(office) == 1 + 4
    batch.note_judged(batch.judging()(Work()))
    assert len(batch.ready) == 11 - 4


def test_encrypted_files_are_opened_with_the_passphrase_once_for_all(
    desk: Desk, mail: Mail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "recall", lambda _key: None)
    seals.make_key(desk.office, passphrase=PASSPHRASE, rounds=1)
    recipient = read_card(seals.kept_card(desk.office)).age_recipient
    assert recipient is not None
    folder = tmp_path / "krypterat"
    folder.mkdir()
    for path in (mail.packages("1435")[0], mail.packages("1460")[0]):
        (folder / f"{path.name}.age").write_bytes(age.encrypt(path.read_bytes(), [recipient]))
    desk.drop(folder)
    desk.wait_for("2 filer: 2 att reda ut.")
    assert desk.words() == ["Krypterad", "Krypterad"]
    desk.verb("1435_2026-T2_0003.fardpaket.age")
    field = find(desk.page, QLineEdit, "unlock_passphrase")
    field.setText("fel lösenfras helt")
    desk.press("unlock_go")
    error = find(desk.page, QLabel, "error_unlock_passphrase")
    desk.qtbot.waitUntil(lambda: "Lösenfrasen är fel" in error.text())
    field.setText(PASSPHRASE)
    desk.press("unlock_go")
    desk.wait_for("2 filer: 2 att läsa in.")
    assert field.text() == ""
    desk.press("intake_read")
    desk.wait_for("2 filer: 2 inlästa.")
    assert stored(desk.office) == 3
