"""A believed sender whose texts are made to do harm: they are shown as what they are, in the store and everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from fardplan_desktop.domain.records import Activity, CheckIn, Count, Deviation
from fardplan_desktop.services import guarding, intake
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store.packages import delivery_file, received
from tests.evil import EVIL, SEEN, send_evil


@pytest.fixture
def package(edet: Workplace, fyrbodal: Workplace, tmp_path: Path) -> Path:
    return send_evil(edet, fyrbodal, tmp_path)


def test_a_text_that_steers_the_eye_is_warned_of_and_shown_with_boxes(fyrbodal: Workplace, package: Path) -> None:
    (result,) = intake.receive(fyrbodal, paths=[package])
    assert result.stored
    assert [each.text for each in result.verdict.warnings if each.code == "W05"] == [
        "En text har dolda tecken som ändrar läsriktningen. De visas som \ufffd."
    ]
    for kind in (Activity, CheckIn, Count, Deviation):
        shown = {text for record in received(fyrbodal.store, kind)["1462"] for _, text in guarding.texts(record)}
        assert SEEN in shown
        assert EVIL not in shown


def test_the_file_itself_is_kept_as_it_came(fyrbodal: Workplace, package: Path) -> None:
    (result,) = intake.receive(fyrbodal, paths=[package])
    assert delivery_file(fyrbodal.store, result.verdict.digest) == package.read_bytes()
