"""Rapportera by mouse and keys: check, review, seal, correct."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.host import secrets
from fardplan_desktop.services import activities, deliveries, editing, seals, settings
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.parts.buttons import Button
from fardplan_desktop.ui.theme.look import Look

PASSPHRASE = "bara-for-proven"
PERIOD = parse_period("2026-T2")


def test_a_clean_period_is_sealed_in_four_clicks_after_start(workplace: Workplace, fill: Any, open_report: Any) -> None:
    fill(workplace)
    report = open_report()
    assert report.has("check_calm")
    report.click("wizard_next")
    assert report.window.focusWidget() is report.child("approved_by")
    report.type("approved_by", "Socialchef")
    report.click("approved_no_person")
    report.click("wizard_next")
    assert report.child("wizard_next").text() == "Försegla tertial 2"
    phrase = report.child("send_passphrase").text()
    assert len(phrase.split("-")) == 6
    report.click("wizard_next")
    assert report.clicks == 4
    assert report.text("result_file") == "1462_2026-T2_0001.fardpaket"
    assert (settings.deliveries_folder(workplace) / "1462_2026-T2_0001.fardpaket").is_file()
    assert report.text("result_passphrase") == phrase
    seal = seals.own_seal(workplace)
    assert seal is not None
    assert report.text("result_check_code") == seal.check_code
    assert seals.open_seal(workplace, passphrase=phrase).keyid == seal.key_id
    said = "Tertial 2 2026 godkänd av Socialchef den 14\u00a0september 2026 genom möte"
    assert editing.history(workplace, limit=1)[0].label == said
    assert deliveries.locked(workplace, period=PERIOD)


def test_the_new_passphrase_is_gone_when_the_page_is_left(workplace: Workplace, fill: Any, open_report: Any) -> None:
    fill(workplace)
    report = open_report()
    report.approve()
    phrase = report.child("send_passphrase").text()
    report.click("wizard_next")
    report.window.go("counts")
    report.window.go("reporting")
    report.settle()
    assert phrase not in report.texts()
    assert phrase not in [field.text() for field in report.window.findChildren(QLineEdit)]
    assert report.has("sealed_card")


def test_with_the_passphrase_kept_the_review_seals_at_once(
    workplace: Workplace, fill: Any, open_report: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(workplace)
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    monkeypatch.setattr(secrets, "recall", lambda _key: PASSPHRASE)
    report = open_report()
    report.click("wizard_next")
    assert f"Sparas i {settings.deliveries_folder(workplace)}" in report.texts()
    assert report.child("wizard_next").text() == "Försegla tertial 2"
    report.type("approved_by", "Socialchef")
    report.click("approved_no_person")
    report.click("wizard_next")
    assert report.text("result_file") == "1462_2026-T2_0001.fardpaket"
    assert report.clicks == 3


def test_a_kept_passphrase_that_opens_nothing_is_asked_for(
    workplace: Workplace, fill: Any, open_report: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(workplace)
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    monkeypatch.setattr(secrets, "recall", lambda _key: "en gammal lösenfras")
    report = open_report()
    report.approve()
    assert "Lösenfrasen är fel" in report.text("error_send_passphrase")
    report.type("send_passphrase", PASSPHRASE)
    report.click("wizard_next")
    assert report.has("result_package")


def test_the_review_wants_a_function_and_the_tick(workplace: Workplace, fill: Any, open_report: Any) -> None:
    fill(workplace)
    report = open_report()
    report.click("wizard_next")
    report.click("wizard_next")
    assert report.has("review_step")
    assert "Skriv vem som har godkänt" in report.text("error_approved_by")
    assert "kryssa i rutan" in report.text("error_approved_no_person")
    report.click("wizard_back")
    assert report.has("check_step")
    assert not report.has("wizard_back")


def test_the_review_shows_what_is_sent_and_names_what_stays(workplace: Workplace, fill: Any, open_report: Any) -> None:
    fill(workplace)
    report = open_report()
    report.click("wizard_next")
    model = report.child("review_counts_table").model()
    rows = [[model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())]
    assert ["Genomförda SIP-möten", "9", "10", "9", "10", "38"] in rows
    assert ["Pågående SIP vid periodens slut", "", "", "", "40", "40"] in rows
    assert "Till Vårdsamverkan Fyrbodal" in report.texts()


def test_whoever_seals_before_the_period_is_over_is_told_what_that_means(
    workplace: Workplace, fill: Any, open_report: Any
) -> None:
    fill(workplace)
    early = open_report(datetime(2026, 8, 31, 9, tzinfo=UTC))
    early.click("wizard_next")
    assert early.text("review_not_over") == (
        "Tertial 2 2026 slutar först 31\u00a0augusti 2026. "
        "Det som tillkommer efter förseglingen går bara att skicka som rättelse."
    )
    in_time = open_report()
    in_time.click("wizard_next")
    assert not in_time.has("review_not_over")


def test_every_kind_of_row_can_be_opened_and_read_whole(workplace: Workplace, fill: Any, open_report: Any) -> None:
    fill(workplace)
    activities.add(workplace, title="Närområdesplan", status="pagar")
    (made,) = activities.activities(workplace)
    after = msgspec.structs.replace(made, obstacle="Tid", next_step="Boka möte")
    activities.update(workplace, before=made, after=after)
    report = open_report()
    report.click("wizard_next")
    assert not report.has("review_activities_table")
    report.click("review_activities_fold")
    assert report.child("review_activities_fold").text() == "Dölj"
    report.child("review_activities_table").selectRow(0)
    report.child("review_activities_table").row_chosen.emit(0)
    assert "Hinder: Tid\nNästa steg: Boka möte" in report.text("review_activities_detail")
    texts = report.child("review_texts_table").model()
    rows = [[texts.index(row, at).data() for at in range(3)] for row in range(texts.rowCount())]
    assert ["Aktivitet: Närområdesplan", "Hinder", "Tid"] in rows
    assert "Stannar hos er" in report.texts()


def test_a_wrong_passphrase_is_told_at_its_field_and_the_right_one_seals(
    workplace: Workplace, fill: Any, open_report: Any
) -> None:
    fill(workplace)
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    report = open_report()
    report.approve()
    report.type("send_passphrase", "fel")
    report.click("wizard_next")
    assert "Lösenfrasen är fel" in report.text("error_send_passphrase")
    assert deliveries.sent(workplace) == ()
    report.child("send_passphrase").clear()
    report.type("send_passphrase", PASSPHRASE)
    report.click("wizard_next")
    assert report.has("result_package")
    assert not report.has("result_key")


def test_in_a_small_window_the_passphrase_that_is_asked_for_is_in_sight(
    qtbot: QtBot, workplace: Workplace, fill: Any, open_report: Any
) -> None:
    fill(workplace)
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    report = open_report()
    report.window.resize(911, 512)
    report.approve()
    field = report.child("send_passphrase")
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect().height() == field.height())


def test_an_own_passphrase_of_the_new_seal_must_be_long_enough(
    workplace: Workplace, fill: Any, open_report: Any
) -> None:
    fill(workplace)
    report = open_report()
    report.approve()
    report.child("send_passphrase").clear()
    report.type("send_passphrase", "kort")
    report.click("wizard_next")
    assert "för kort" in report.text("error_send_passphrase")
    assert seals.own_seal(workplace) is None


def test_a_folder_that_cannot_be_written_is_a_problem_and_the_same_package_can_be_written_elsewhere(
    workplace: Workplace, fill: Any, open_report: Any, tmp_path: Path
) -> None:
    fill(workplace)
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    blocked = tmp_path / "fil"
    blocked.write_text("")
    settings.set_deliveries_folder(workplace, folder=blocked / "mapp")
    report = open_report()
    report.approve()
    report.type("send_passphrase", PASSPHRASE)
    report.click("wizard_next")
    assert "kunde inte sparas" in report.texts()
    assert report.has("sealed_card")
    settings.set_deliveries_folder(workplace, folder=tmp_path / "ny")
    (tmp_path / "ny").mkdir()
    assert deliveries.sent(workplace)[0].sequence == 1


def test_after_the_seal_stand_the_mail_draft_a_safe_way_and_why_a_zip_copy(sealed: Any, opened_urls: list[str]) -> None:
    folder = settings.deliveries_folder(sealed.workplace)
    sealed.click("result_draft")
    draft = folder / "1462_2026-T2_0001.eml"
    assert opened_urls == [str(draft)]
    assert b"X-Unsent: 1" in draft.read_bytes()
    assert "SDK (Säker digital kommunikation)" in sealed.texts()
    assert "Vanlig e-post bara när inget i paketet är en personuppgift." in sealed.texts()
    assert "många filter släpper bara igenom kända namn" in sealed.texts()
    sealed.click("result_mail")
    text = QGuiApplication.clipboard().text()
    assert "1462_2026-T2_0001.fardpaket" in text
    assert sealed.text("result_check_code") not in text
    sealed.click("result_zip")
    package = folder / "1462_2026-T2_0001.fardpaket"
    assert (folder / "1462_2026-T2_0001.zip").read_bytes() == package.read_bytes()


def test_the_kuvertblad_holds_passphrase_and_kontrollkod(
    workplace: Workplace, fill: Any, open_report: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(workplace)
    report = open_report()
    report.approve()
    report.click("wizard_next")
    file = tmp_path / "blad.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    report.click("result_envelope")
    report.click("envelope_save")
    document = pypdfium2.PdfDocument(file)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert report.text("result_passphrase") in text
    assert report.text("result_check_code") in " ".join(text.split())


def test_the_page_for_the_one_who_approves_is_printed_with_ctrl_p_and_saved_with_a_click(
    workplace: Workplace,
    fill: Any,
    open_report: Any,
    opened_urls: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(workplace)
    report = open_report()
    file = tmp_path / "utskrift.pdf"

    def answer(dialog: QPrintDialog) -> None:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(file))
        dialog.done(QDialog.DialogCode.Accepted)

    monkeypatch.setattr("fardplan_desktop.ui.parts.printing.QDialog", SimpleNamespace(open=answer))
    page = report.window.current_page
    assert page.print_view()
    report.settle()
    assert file.stat().st_size > 10_000
    report.click("wizard_next")
    report.click("approval_save")
    (saved,) = opened_urls
    assert Path(saved).name == "Underlag för godkännande Lilla Edets kommun 2026-T2.pdf"
    assert Path(saved).read_bytes().startswith(b"%PDF")
    report.window.go("reporting", tab="sent")
    assert not page.print_view()


def test_inskickat_lists_what_was_sent_and_writes_it_again(sealed: Any, opened_urls: list[str]) -> None:
    package = settings.deliveries_folder(sealed.workplace) / "1462_2026-T2_0001.fardpaket"
    data = package.read_bytes()
    package.unlink()
    sealed.click("result_done")
    model = sealed.child("sent_table").model()
    row = [model.index(0, at).data() for at in range(6)]
    assert row == ["Tertial 2 2026", "1", row[2], "Socialchef", "Gällande", "Kvittens väntas"]
    assert row[2].startswith("14 sep 2026")
    told, _, waits = sealed.text("sent_chosen").partition("\n")
    assert told.endswith("Godkänt av Socialchef den 14\u00a0september 2026 genom möte.")
    assert waits.startswith("Kvittensen har inte kommit än.")
    assert sealed.has("sent_read")
    sealed.click("sent_save")
    assert package.read_bytes() == data
    assert opened_urls == [str(package.parent)]
    sealed.click("sent_correct")
    assert sealed.has("sealed_correct")


def test_inskickat_is_empty_before_the_first_seal(open_report: Any) -> None:
    report = open_report()
    report.window.go("reporting", tab="sent")
    report.settle()
    report.click("sent_begin")
    assert report.has("check_step")


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_each_step_has_exactly_one_primary_button_and_fits_its_width(
    workplace: Workplace, fill: Any, open_report: Any, look: Look, factor: float
) -> None:
    fill(workplace)
    look.choose_factor(factor)
    report = open_report()
    report.window.resize(911, 512)
    for step in range(3):
        primaries = [
            button
            for button in report.window.findChildren(Button)
            if button.isVisible() and button.property("kind") == "primary"
        ]
        assert len(primaries) == 1, step
        scroll = report.child("reporting_scroll")
        assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width(), step
        if step == 1:
            report.type("approved_by", "Socialchef")
            report.child("approved_no_person").setChecked(True)
        if step < 2:
            report.click("wizard_next")
