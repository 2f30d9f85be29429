"""Mått och listor from the county's draft down to a municipality's open window, by mouse and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from fardplan_desktop.domain.codebook_edits import SetObligatory
from fardplan_desktop.services import codebook_draft, codebook_sealing, seals
from fardplan_desktop.services.codebook_sealing import SealedBook
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.counts.page import CountsPage
from fardplan_desktop.ui.parts.inputs import TextArea, TextField
from fardplan_desktop.ui.parts.text_table import TextTable
from tests.journeys.window import Sit, Stores, User
from tests.services.steps import PASSPHRASE, believe


@pytest.fixture
def county(stores: Stores) -> Workplace:
    workplace = stores.create("14")
    seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)
    return workplace


def publish(county: Workplace, folder: Path) -> SealedBook:
    codebook_draft.change(county, step=SetObligatory(measure="SIP13", obligatory=True))
    key = seals.open_seal(county, passphrase=PASSPHRASE)
    return codebook_sealing.seal_draft(county, key=key, approved_by="Länet", folder=folder)


def measures(user: User) -> set[str]:
    """What SIP-uppföljning asks for, obligatory measures alone."""
    page = user.window.current_page
    assert isinstance(page, CountsPage)
    return {row.measure.id for row in page._grid.rows}


def test_the_county_changes_sees_what_it_changes_and_seals(sit: Sit, county: Workplace) -> None:
    user = sit(county)
    user.window.go("codebook", section="measures")
    assert "börjar ett utkast till version 3" in user.text("page_sentence")
    table = user.the(TextTable, "codebook_table")
    table.selectRow(12)
    user.click("deed_measure_obligatory")
    user.click("codebook_step_go")
    user.wait_for_text("page_sentence", "version 3 med 1 ändring")
    user.click("deed_measure_new")
    user.the(TextField, "step_label").setText("Omprövade SIP")
    user.the(TextArea, "step_definition").setPlainText("Planer som har omprövats.")
    user.click("codebook_step_go")
    user.wait_for_text("page_sentence", "2 ändringar")
    user.window.go("codebook", section="draft")
    assert user.the(TextTable, "codebook_table").model().rowCount() == 2
    user.the(TextTable, "codebook_table").selectRow(1)
    user.click("deed_take_back")
    user.wait_for_text("page_sentence", "1 ändring")
    user.click("codebook_seal_open")
    assert "SIP13" in user.text("codebook_seal_changes")
    user.click("codebook_seal_go")
    assert "saknas" in user.text("error_codebook_approved_by")
    user.the(TextField, "codebook_approved_by").setText("Uppföljningsgruppen")
    user.the(TextField, "codebook_passphrase").setText("fel fras helt och hållet")
    user.click("codebook_seal_go")
    user.wait(lambda: "osenfras" in user.text("codebook_seal_error").replace("ö", "o"))
    user.the(TextField, "codebook_passphrase").setText(PASSPHRASE)
    user.click("codebook_seal_go")
    user.wait(lambda: user.workplace.codebook.version == 3)
    user.wait_for_text("page_sentence", "Version 3")
    user.window.go("codebook", section="versions")
    assert user.the(TextTable, "codebook_table").model().rowCount() == 1


def test_a_version_is_dropped_on_a_municipality_s_window_and_nothing_half_written_is_lost(
    sit: Sit, stores: Stores, county: Workplace, tmp_path: Path
) -> None:
    sealed, edet = publish(county, tmp_path / "ned"), stores.create("1462")
    believe(edet, sealed.card)
    user = sit(edet)
    user.window.go("counts")
    user.settle()
    assert "SIP13" not in measures(user)
    user.window.go("deviations", new=True)
    user.the(TextArea, "deviation_summary").setPlainText("Kallelsen kom för sent.")
    user.program._take_dropped([sealed.file])
    user.wait(lambda: user.page == "intake")
    user.wait(lambda: user.shown(QWidget, "file_0_verb") is not None)
    assert "mått och listor version 3" in user.text("file_0_who")
    assert "2 ändringar, se Detaljer" in user.text("file_0_sentence")
    user.click("file_0_more")
    details = " ".join(label.text() for label in user.the(QWidget, "file_0_details").findChildren(QLabel))
    assert "blir obligatoriskt" in details
    assert "Hos er: Ett nytt obligatoriskt mått att fylla i (SIP13)" in details
    user.click("intake_read")
    user.wait(lambda: user.workplace.codebook.version == 3, "the new version in force")
    user.settle()
    user.window.go("counts")
    user.settle()
    assert "SIP13" in measures(user)
    user.window.go("deviations")
    assert user.the(TextArea, "deviation_summary").toPlainText() == "Kallelsen kom för sent."
    user.window.go("settings")
    assert "Version 3" in user.text("codebook_version")
    county.store.close()


def test_a_colleague_below_reads_every_list_and_changes_none(sit: Sit, stores: Stores) -> None:
    user = sit(stores.create("fyrbodal"), size=(911, 512))
    user.window.go("codebook", section="alder")
    assert "be länet" in user.text("page_sentence")
    assert user.text("codebook_heading") == "Ålder"
    assert user.shown(QWidget, "deed_code_new") is None
    assert user.shown(QWidget, "codebook_seal_open") is None
    user.press(Qt.Key.Key_Down)
    assert user.text("codebook_heading") != "Ålder"
