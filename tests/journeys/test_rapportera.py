"""Reporting when nothing is wrong, and when something is: how many clicks it takes in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.host import secrets
from fardplan_desktop.services import counts, deliveries, seals, settings, tables_in
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.counts.page import CountsPage
from fardplan_desktop.ui.parts.inputs import TextField
from tests.journeys import year
from tests.journeys.window import Sit, Stores

T2 = parse_period("2026-T2")
TYPED = "bara-for-proven"


def a_year(stores: Stores) -> Workplace:
    """Lilla Edet with a year of numbers in which nothing is wrong."""
    edet = stores.create("1462")
    text = year.csv(year.counts()).replace(";", "\t")
    tables_in.take_in(edet, content=tables_in.paste_table(edet, text=text, kind=TableKind.COUNTS))
    return edet


def test_the_next_tertial_goes_from_start_to_the_open_mail_draft_in_five_clicks(
    sit: Sit, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    edet = a_year(stores)
    seals.make_key(edet, passphrase=TYPED, rounds=1)
    before = seals.open_seal(edet, passphrase=TYPED)
    folder = settings.deliveries_folder(edet)
    deliveries.seal_period(edet, period=T2.previous, folder=folder, key=before, approved_by="Socialchef")
    monkeypatch.setattr(secrets, "recall", lambda _key: TYPED)
    opened: list[str] = []

    def opening(url: QUrl) -> bool:
        opened.append(url.fileName())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opening)
    user = sit(edet)
    user.click("start_primary")
    user.settle()
    user.click("wizard_next")
    assert user.the(TextField, "approved_by").text() == "Socialchef", "who approved last is proposed"
    user.click("approved_no_person")
    user.click("wizard_next")
    user.click("result_draft")
    user.settle()
    assert user.clicks == 5, "of at most 5"
    assert opened == ["1462_2026-T2_0002.eml"]


def test_a_problem_is_mended_in_its_cell_and_rapportera_is_two_clicks_away(sit: Sit, stores: Stores) -> None:
    edet = a_year(stores)
    counts.put(edet, values=[Count(measure="SIP05", period="2026-07", n=90)])
    user = sit(edet)
    user.window.go("reporting")
    user.settle()
    user.click("error_0_show")
    page = user.window.current_page
    assert isinstance(page, CountsPage)
    user.wait(page.table.hasFocus, "the caret in the grid")
    assert page.table.cell is not None
    assert page.table.cell.id == "SIP05/2026-07"
    assert user.words("report_period") == "Tillbaka till Rapportera"
    user.write("6")
    user.press(Qt.Key.Key_Return)
    user.settle()
    user.click("report_period")
    user.wait(lambda: user.words("wizard_next") == "Granska det som skickas")
    assert (user.page, user.clicks) == ("reporting", 2)
