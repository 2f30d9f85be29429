"""A delregion each tertial, through the window: from Start to a sealed bundle and the open draft of a mail."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.host import secrets
from fardplan_desktop.services import bundles, deliveries, intake, seals, settings
from fardplan_desktop.ui.parts.inputs import TextField
from tests.benchmarks import many_packages
from tests.journeys.window import Sit, Stores
from tests.services.steps import PASSPHRASE

T1, T2 = parse_period("2026-T1"), parse_period("2026-T2")


def test_fifteen_files_go_from_start_to_a_sealed_bundle_and_the_open_draft_in_seven_clicks(
    sit: Sit, stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tertial after the first: the seal is remembered, and who approved last is proposed."""
    monkeypatch.setattr(many_packages, "PERIODS", (T1.id, T2.id))
    monkeypatch.setattr(secrets, "recall", lambda _key: PASSPHRASE)
    opened: list[str] = []

    def opening(url: QUrl) -> bool:
        opened.append(url.fileName())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opening)
    office = _office_that_has_sent_before(tmp_path)
    user = sit(stores.open(office))

    user.click("start_primary")
    user.drop("intake_drop", [tmp_path / T2.id])
    user.click("intake_read")
    user.wait(lambda: len(intake.recent(user.workplace)) == 30, "the fifteen files")
    user.settle()
    user.click("rail_sending")
    user.settle()
    user.click("wizard_next")
    assert user.the(TextField, "approved_by").text() == "Processledare", "who approved last is proposed"
    user.click("approved_no_person")
    user.click("wizard_next")
    user.click("result_draft")
    user.settle()
    assert opened == ["fyrbodal_2026-T2_0002.eml"]
    (sealed, _) = deliveries.sent(user.workplace)
    assert bundles.who_is_in(user.workplace, delivery=sealed) == "15 av 15 kommuner är med."
    assert user.clicks == 7, "of at most 8"


def _office_that_has_sent_before(folder: Path) -> Path:
    """Fyrbodal with everybody's first tertial taken in and sent on; the packages of the second lie in a folder."""
    store = folder / "kontor.fardplan"
    office = many_packages.office(store)
    made = many_packages.packages(folder / "alla", 30, 20)
    for period in (T1, T2):
        (folder / period.id).mkdir()
    for path in made:
        path.rename(folder / path.name.split("_")[1] / path.name)
    intake.receive(office, paths=[folder / T1.id])
    seals.make_key(office, passphrase=PASSPHRASE, rounds=1)
    key = seals.open_seal(office, passphrase=PASSPHRASE)
    where = settings.deliveries_folder(office)
    bundles.seal_bundle(office, period=T1, folder=where, key=key, approved_by="Processledare")
    office.store.close()
    return store
