"""Before anything leaves the PC every field of it can be read: none is forgotten when the rows get another."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Count
from fardplan_desktop.exchange.rows import ActivityRow, CheckInRow, CountRow, DeviationRow, ExtraPart, IndicatorPart
from fardplan_desktop.services import activities, counts, deliveries, deviations, handing_in, quality, sent_fields
from fardplan_desktop.services.sent_fields import SentText
from fardplan_desktop.services.workplace import Workplace


@pytest.mark.parametrize(
    ("row", "words", "apart"),
    [
        (ActivityRow, sent_fields._ACTIVITY, {"id", "indicator", "extra"}),
        (IndicatorPart, sent_fields._INDICATOR, set()),
        (ExtraPart, sent_fields._EXTRA, set()),
        (DeviationRow, sent_fields._DEVIATION, {"id"}),
    ],
)
def test_every_field_of_a_row_has_a_word(row: type[msgspec.Struct], words: Any, apart: set[str]) -> None:
    assert set(words) == set(row.__struct_fields__) - apart


def test_every_field_written_by_hand_is_known_as_free_text() -> None:
    """A text without a pattern may say anything; codes, days and numbers may not."""
    free = {"plan", "title", "goal", "responsible", "partners", "status_note", "obstacle", "next_step"}
    assert {name for name, word in sent_fields._ACTIVITY.items() if word.codes == "free"} == free
    extra = {name for name, word in sent_fields._EXTRA.items() if word.codes == "free"}
    assert extra == set(ExtraPart.__struct_fields__) - {"shareable"}
    assert {name for name, word in sent_fields._DEVIATION.items() if word.codes == "free"} == {
        "counterpart_org", "document_text", "summary", "action_text"
    }  # fmt: skip
    assert "comment" in CheckInRow.__struct_fields__
    assert "comment" in CountRow.__struct_fields__


@pytest.fixture
def full(edet: Workplace, period: Period) -> Workplace:
    """An activity with an obstacle, a deviation, a count with a comment and a warning that is answered."""
    activities.add(edet, title="Närområdesplan", status="pagar")
    (made,) = activities.activities(edet)
    activities.update(edet, before=made, after=msgspec.structs.replace(made, obstacle="Tid", responsible="MAS"))
    draft = msgspec.structs.replace(
        deviations.blank(edet), summary="Lista saknades", description="Stannar hemma", reference="MC-77",
        month="2026-08", registered=date(2026, 8, 20),
    )  # fmt: skip
    deviations.add(edet, draft=draft)
    counts.put(edet, values=[Count(measure="SIP04", period="2026-05", n=3, comment="Räknat för hand")])
    counts.put(edet, values=[Count(measure="SIP03", period="2026-05", n=0)])
    found = [each for each in quality.problems(edet, period=period) if each.result.rule == "R-NOLL-SIP04"]
    quality.comment(edet, problems=tuple(found), text="Spontana möten.")
    return edet


def test_all_free_texts_stand_in_one_list_and_what_is_local_does_not(full: Workplace, period: Period) -> None:
    review = handing_in.standing(full, period=period).review
    texts = set(review.texts)
    assert {
        SentText("Aktivitet: Närområdesplan", "Hinder", "Tid"),
        SentText("Aktivitet: Närområdesplan", "Ansvarig funktion", "MAS"),
        SentText("Antal: Genomförda SIP-möten, maj 2026", "Kommentar", "Räknat för hand"),
        SentText("Avvikelse: 1462-2026-0001", "Sammanfattning", "Lista saknades"),
        SentText("Kontroll: Genomförda SIP-möten, maj 2026", "Kommentar", "Spontana möten."),
    } <= texts
    assert not {"Stannar hemma", "MC-77"} & {each.text for each in texts}
    activities.add(full, title="En till i samma plan")
    again = handing_in.standing(full, period=period).review.texts
    assert len([each for each in again if each.where == "Handlingsplan"]) == 1


def test_codes_are_spelled_and_empty_fields_left_out(full: Workplace, period: Period) -> None:
    (row,) = deliveries.preview(full, period=period).rows.activities
    fields = {each.label: each.text for each in sent_fields.activity_fields(full.codebook, row)}
    assert (fields["Status"], fields["Hinder"]) == ("Pågår", "Tid")
    assert "Nästa steg" not in fields
