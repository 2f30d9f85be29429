"""A correction in the window, and the file encrypted to its receiver."""

from __future__ import annotations

from typing import Any

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.exchange import age
from fardplan_desktop.exchange.card import make_card
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.services import corrections, counts, deliveries, settings, trust
from fardplan_desktop.services.workplace import Workplace

PASSPHRASE = "bara-for-proven"
PERIOD = parse_period("2026-T2")


def test_a_correction_asks_why_shows_what_changed_and_replaces_the_package(sealed: Any, opened_urls: list[str]) -> None:
    workplace = sealed.workplace
    sealed.window.go("counts")
    sealed.window.go("reporting")
    sealed.settle()
    sealed.click("reopen")
    assert "Skriv varför" in sealed.text("error_reopen_reason")
    sealed.type("reopen_reason", "Juli var dubbelräknad")
    sealed.click("reopen")
    assert not deliveries.locked(workplace, period=PERIOD)
    counts.put(workplace, values=[Count(measure="SIP04", period="2026-07", n=8)])
    sealed.session.tell()
    sealed.settle()
    sealed.click("wizard_next")
    model = sealed.child("review_differences_table").model()
    assert [model.index(0, at).data() for at in range(5)] == [
        "Genomförda SIP-möten, juli 2026", "Antal", "9", "8", "Juli var dubbelräknad",
    ]  # fmt: skip
    sealed.child("correction_reason").clear()
    sealed.type("correction_reason", "Räknat två gånger i hemtjänsten")
    sealed.child("correction_reason").editingFinished.emit()
    sealed.settle()
    model = sealed.child("review_differences_table").model()
    assert model.index(0, 4).data() == "Räknat två gånger i hemtjänsten"
    assert sealed.child("approved_by").text() == "Socialchef"
    assert not sealed.child("approved_no_person").isChecked()
    sealed.click("approved_no_person")
    sealed.click("wizard_next")
    assert sealed.child("send_reason").text() == "Juli var dubbelräknad"
    sealed.type("send_passphrase", PASSPHRASE)
    sealed.click("wizard_next")
    now, before = deliveries.sent(workplace)
    assert (now.sequence, now.supersedes, now.reason) == (2, before.digest, "Juli var dubbelräknad")
    sealed.click("result_done")
    sealed.click("sent_sheet")
    sheet = settings.deliveries_folder(workplace) / "Rättelseblad Lilla Edets kommun 2026-T2.pdf"
    assert sheet.read_bytes().startswith(b"%PDF")
    assert opened_urls == [str(sheet)]
    told = corrections.of_delivery(workplace, delivery=now)
    assert told is not None
    assert [each.reason for each in told.corrections] == ["Räknat två gånger i hemtjänsten"]


def test_a_correction_without_a_change_writes_the_same_package_again(sealed: Any) -> None:
    workplace = sealed.workplace
    deliveries.reopen(workplace, period=PERIOD, reason="Kontroll")
    sealed.window.go("counts")
    sealed.window.go("reporting")
    sealed.settle()
    sealed.click("wizard_next")
    sealed.click("approved_no_person")
    sealed.click("wizard_next")
    assert sealed.child("wizard_next").text() == "Skriv paketet igen"
    sealed.type("send_passphrase", PASSPHRASE)
    sealed.click("wizard_next")
    assert "Samma paket skrevs" in sealed.text("result_said")
    assert len(deliveries.sent(workplace)) == 1


def test_a_file_to_a_receiver_we_know_is_encrypted_unless_the_tick_is_taken_away(
    workplace: Workplace, fill: Any, open_report: Any
) -> None:
    fill(workplace)
    delregion = deliveries.preview(workplace, period=PERIOD).audience
    key, recipient = SigningKey(b"7" * 32), age.identity_of(b"8" * 32).recipient
    card = settings.deliveries_folder(workplace) / "fyrbodal.nyckelkort"
    card.parent.mkdir(parents=True, exist_ok=True)
    card.write_bytes(make_card(delregion, key, workplace.clock(), recipient))
    found = trust.candidate(workplace, path=card)
    groups = found.check_code.split()
    trust.trust(workplace, candidate=found, heard=f"{groups[0]} {groups[1]}")
    report = open_report()
    report.approve()
    tick = report.child("send_encrypt")
    assert tick.property("checked")
    assert delregion.name in tick.property("text")
    report.click("wizard_next")
    assert report.text("result_file") == "1462_2026-T2_0001.fardpaket.age"


def test_a_receiver_we_have_not_rung_gets_the_file_sealed_only_and_that_is_said(
    workplace: Workplace, fill: Any, open_report: Any
) -> None:
    fill(workplace)
    report = open_report()
    report.approve()
    assert not report.has("send_encrypt")
    assert "krypteras inte" in report.text("send_no_encryption")
