"""Ctrl+K: what is found by a few letters, in what order, and where it says that the words stand."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.services import activities, deviations
from fardplan_desktop.services.finding import MOST, Found, begins, find, fold
from fardplan_desktop.services.workplace import Workplace


def deviation(workplace: Workplace, **given: object) -> str:
    draft = msgspec.structs.replace(
        deviations.blank(workplace), direction="kommun-region", counterpart="vardcentral", category="lakemedel", **given
    )
    return deviations.add(workplace, draft=draft)[0].id


def told(workplace: Workplace, text: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.words, each.where) for each in find(workplace, text=text)]


def test_activities_come_first_then_deviations_then_measures(edet: Workplace) -> None:
    activities.add(edet, title="Uppföljning av SIP")
    deviation(edet, summary="SIP saknades vid utskrivning")
    kinds = [each.kind for each in find(edet, text="sip")]
    assert kinds[:2] == ["activity", "deviation"]
    assert set(kinds[2:]) == {"measure"}
    assert len(kinds) <= 2 + MOST


def test_what_it_is_called_weighs_more_than_what_else_is_said_of_it(edet: Workplace) -> None:
    activities.add(edet, title="Öppenvård för unga")
    later, _ = activities.add(edet, title="Utbilda i SIP")
    activities.update(edet, before=later, after=msgspec.structs.replace(later, obstacle="Öppenvården har inte tid"))
    assert told(edet, "öppenv")[:2] == [
        ("activity", "Öppenvård för unga", ""),
        ("activity", "Utbilda i SIP", "Hinder"),
    ]


def test_a_deviation_is_found_by_number_reference_and_every_text(edet: Workplace) -> None:
    made = deviation(edet, reference="MC-0123", description="Listan från apoteket saknades", summary="Fel dos")
    for text, where in (
        ("1462-2026-0001", ""),
        ("mc-0123", "Referensen"),
        ("apotek", "Händelsebeskrivningen"),
        ("dos", ""),
    ):
        (found,) = (each for each in find(edet, text=text) if each.kind == "deviation")
        assert (found.id, found.where) == (made, where)


def test_a_deviation_without_a_summary_is_called_by_its_category(edet: Workplace) -> None:
    deviation(edet, description="Listan saknades")
    assert told(edet, "listan")[0][1] == "1462-2026-0001 Läkemedel"


def test_a_measure_is_found_by_id_label_and_definition(edet: Workplace) -> None:
    measure = edet.codebook.measures[0]
    assert Found("measure", measure.id, measure.label, "") in find(edet, text=measure.id.lower())
    assert Found("measure", measure.id, measure.label, "") in find(edet, text=measure.label[:12].upper(), most=50)
    (word, *_) = [each for each in measure.definition.split() if len(each) > 6 and each.isalpha()]
    assert measure.id in [each.id for each in find(edet, text=word, most=100)]


def test_an_office_has_no_counts_to_go_to(fyrbodal: Workplace) -> None:
    assert find(fyrbodal, text="sip") == ()


def test_at_most_so_many_of_each_kind(edet: Workplace) -> None:
    for number in range(MOST + 3):
        activities.add(edet, title=f"Utbilda omgång {number}")
    assert len(find(edet, text="utbilda")) == MOST


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("SIP-uppföljning", "upp", True),
        ("Åmåls kommun", "åm", True),
        ("Åmåls kommun", "am", False),
        ("Café i öppenvården", "cafe ö", True),
        ("Ålder 0–17", "17 å", True),
        ("A\u030aldrande", "åld", True),
        ("Uppföljning", "följning", False),
    ],
)
def test_swedish_letters_are_letters_of_their_own(text: str, typed: str, found: bool) -> None:
    assert begins(text, fold(typed).split()) is found


@given(st.text(max_size=40))
def test_whatever_is_typed_is_folded_once_and_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', "a\x00b", "NEAR(", "\ud800"])
def test_odd_things_typed_find_nothing_and_harm_nothing(edet: Workplace, typed: str) -> None:
    activities.add(edet, title="Utbilda")
    assert [each for each in find(edet, text=typed) if each.kind != "measure"] == []
