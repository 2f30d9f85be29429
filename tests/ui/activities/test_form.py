"""What lies under Mer: indicators with outcomes, forum, links, the political questions, and texts from last year."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from fardplan_desktop.domain.records import Activity, Answer, Indicator, Outcome
from fardplan_desktop.services import activities, plan_copy, plans
from fardplan_desktop.ui.parts.entries import NarrowCombo
from fardplan_desktop.ui.parts.inputs import Combo, TextArea, TextField
from tests.ui.activities.conftest import Frame
from tests.ui.activities.hands import fill, pick, write

FIRST = ("activity_title", "activity_method", "activity_responsible", "activity_end", "activity_status")


@pytest.fixture
def shown(frame: Frame) -> Frame:
    """One activity, open with everything under Mer."""
    made, _ = activities.add(frame.workplace, title="Rutin för SIP", method="A4", status="pagar")
    frame.open(activity=made.id)
    frame.press("activity_more")
    return frame


def stored(frame: Frame) -> Activity:
    frame.settle()
    (activity,) = frame.stored()
    return activity


def boxes(frame: Frame) -> list[str]:
    """The names of the fields that are seen, in the order of the form."""
    found = frame.find_part("activity_form").findChildren(QWidget)
    seen = [each for each in found if each.objectName().startswith("field_activity_") and each.isVisible()]
    return [each.objectName().removeprefix("field_") for each in seen]


def test_the_form_opens_with_five_fields(frame: Frame) -> None:
    made, _ = activities.add(frame.workplace, title="Rutin för SIP")
    frame.open(activity=made.id)
    assert boxes(frame) == list(FIRST)
    frame.press("activity_more")
    assert len(boxes(frame)) > 20
    frame.press("activity_more")
    assert boxes(frame) == list(FIRST)


def test_an_indicator_keeps_its_parts_and_an_outcome_for_each_period(shown: Frame) -> None:
    write(shown.find(TextField, "activity_indicators_1_text"), "Andel som deltog")
    write(shown.find(TextField, "activity_indicators_1_unit"), "%")
    write(shown.find(TextField, "activity_indicators_1_start"), "70")
    write(shown.find(TextField, "activity_indicators_1_target"), "90")
    pick(shown.find(Combo, "activity_indicators_1_outcomes_1_period"), "2026-T2")
    write(shown.find(TextField, "activity_indicators_1_outcomes_1"), "81")
    shown.bot.waitUntil(lambda: shown.shows("activity_indicators_1_outcomes_2"))
    pick(shown.find(Combo, "activity_indicators_1_outcomes_2_period"), "2026-T1")
    write(shown.find(TextField, "activity_indicators_1_outcomes_2"), "på god väg")
    told = (Outcome(period="2026-T1", value="på god väg"), Outcome(period="2026-T2", value="81"))
    assert stored(shown).indicators == (
        Indicator(text="Andel som deltog", unit="%", start="70", target="90", outcomes=told),
    )


def test_leaving_a_field_of_an_indicator_does_not_take_the_caret_from_the_next(shown: Frame) -> None:
    write(shown.find(TextField, "activity_indicators_1_text"), "Andel som deltog")
    unit = shown.find(TextField, "activity_indicators_1_unit")
    assert unit.hasFocus()
    QTest.keyClicks(unit, "proc")
    assert stored(shown).indicators[0].text == "Andel som deltog"
    assert unit.hasFocus()
    assert unit.text() == "proc"
    QTest.keyClick(unit, Qt.Key.Key_Tab)
    assert stored(shown).indicators[0].unit == "proc"


def test_tab_goes_through_the_form_in_the_order_it_is_read_also_after_rows_have_come(shown: Frame) -> None:
    write(shown.find(TextField, "activity_indicators_1_outcomes_1"), "81")
    pick(shown.find(Combo, "activity_partners_add"), "tandvard")
    stored(shown)
    shown.bot.waitUntil(lambda: shown.shows("activity_indicators_1_outcomes_2"))
    title = shown.find(TextField, "activity_title")
    title.setFocus()
    form = shown.find_part("activity_form")
    heights: list[tuple[int, str]] = []
    at = title.window().focusWidget()
    while at is not None and form.isAncestorOf(at) and len(heights) < 100:
        heights.append((at.mapTo(form, at.rect().bottomLeft()).y(), at.objectName()))
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = title.window().focusWidget()
    assert len(heights) > 30
    assert [name for _, name in heights] == [name for _, name in sorted(heights, key=lambda each: each[0])]


def test_a_period_is_offered_to_one_outcome_only(shown: Frame) -> None:
    write(shown.find(TextField, "activity_indicators_1_outcomes_1"), "81")
    shown.bot.waitUntil(lambda: shown.shows("activity_indicators_1_outcomes_2"))
    first = shown.find(Combo, "activity_indicators_1_outcomes_1_period")
    second = shown.find(Combo, "activity_indicators_1_outcomes_2_period")
    assert first.key == "2026-T3"
    assert second.key == "2026-T2"
    assert second.findData("2026-T3") < 0
    assert first.findData("2026-T2") < 0


def test_several_indicators_and_one_of_them_taken_away(shown: Frame) -> None:
    write(shown.find(TextField, "activity_indicators_1_text"), "Deltagande")
    shown.press("activity_indicators_add")
    shown.bot.waitUntil(lambda: shown.shows("activity_indicators_2"))
    write(shown.find(TextField, "activity_indicators_2_text"), "Trygghet")
    assert [each.text for each in stored(shown).indicators] == ["Deltagande", "Trygghet"]
    shown.press("activity_indicators_1_remove")
    assert [each.text for each in stored(shown).indicators] == ["Trygghet"]
    shown.session.undo()
    shown.bot.waitUntil(lambda: shown.shows("activity_indicators_2_text"))
    shown.settle()
    assert shown.find(TextField, "activity_indicators_2_text").text() == "Trygghet"


def test_a_person_in_an_indicator_is_told_where_it_stands_and_nothing_of_it_is_stored(shown: Frame) -> None:
    write(shown.find(TextField, "activity_indicators_1_text"), "Gäller 19570428-9999")
    shown.bot.waitUntil(lambda: shown.shows("error_activity_indicators_1_text"))
    write(shown.find(TextField, "activity_indicators_1_unit"), "%")
    write(shown.find(TextField, "activity_indicators_1_outcomes_1"), "T-nummer 000101-T220")
    assert shown.find(TextField, "activity_indicators_1_text").text() == "Gäller 19570428-9999"
    assert stored(shown).indicators == ()
    write(shown.find(TextField, "activity_indicators_1_text"), "Deltagande")
    write(shown.find(TextField, "activity_indicators_1_outcomes_1"), "81")
    assert [(each.text, each.unit, each.outcomes[0].value) for each in stored(shown).indicators] == [
        ("Deltagande", "%", "81")
    ]


def test_a_forum_brings_its_level_and_another_level_drops_the_forum(shown: Frame) -> None:
    pick(shown.find(Combo, "activity_forum"), "vvg")
    assert (stored(shown).forum, stored(shown).lift_to) == ("vvg", "lansgemensam")
    assert shown.find(Combo, "activity_lift_to").key == "lansgemensam"
    pick(shown.find(Combo, "activity_lift_to"), "lokal")
    assert (stored(shown).forum, stored(shown).lift_to) == (None, "lokal")


def test_the_links_are_chosen_from_the_code_book(shown: Frame) -> None:
    picked = {
        "target_group": "aldre-multisjuka",
        "partners_add": "civilsamhallet",
        "also_methods_add": "A2",
        "preconditions_add": "F3",
        "areas_add": "P2",
        "themes_add": "ofrivillig-ensamhet",
        "agreements_add": "riktlinje-sip",
    }
    for box, key in picked.items():
        pick(shown.find(Combo, f"activity_{box}"), key)
    now = stored(shown)
    told = (now.target_group, now.partners, now.also_methods, now.preconditions, now.areas, now.themes, now.agreements)
    assert told == (
        "aldre-multisjuka", ("civilsamhallet",), ("A2",), ("F3",), ("P2",), ("ofrivillig-ensamhet",),
        ("riktlinje-sip",),
    )  # fmt: skip


def test_the_three_political_questions_are_asked_whole_and_answered_one_by_one(shown: Frame) -> None:
    third, first = (shown.find(TextArea, f"activity_answer_{number}") for number in (3, 1))
    assert first.accessibleName() == "Vad blir bäst för brukaren/patienten?"
    fill(third, "Nej, avtalet räcker.")
    fill(first, "Tryggheten.")
    assert stored(shown).answers == (
        Answer(question="1", text="Tryggheten."), Answer(question="3", text="Nej, avtalet räcker."),
    )  # fmt: skip
    fill(third, "")
    assert stored(shown).answers == (Answer(question="1", text="Tryggheten."),)


def test_the_plan_of_an_activity_is_chosen_among_those_there_are_now(shown: Frame) -> None:
    other, _ = plans.add(shown.workplace, type="aldres-halsa", year=2026)
    shown.session.tell()
    pick(shown.find(NarrowCombo, "activity_plan"), other.id)
    assert stored(shown).plan == other.id


def test_history_tells_the_new_fields_part_by_part_in_plain_words(shown: Frame) -> None:
    write(shown.find(TextField, "activity_indicators_1_text"), "Deltagande")
    pick(shown.find(Combo, "activity_indicators_1_outcomes_1_period"), "2026-T2")
    write(shown.find(TextField, "activity_indicators_1_outcomes_1"), "81")
    pick(shown.find(Combo, "activity_forum"), "vvg")
    pick(shown.find(Combo, "activity_themes_add"), "egenvard")
    fill(shown.find(TextArea, "activity_answer_1"), "Tryggheten")
    stored(shown)
    shown.press("activity_history")
    told = [label.text() for label in shown.find_part("history_part").findChildren(QLabel)]
    assert [each for each in told if "→" in each] == [
        "Politisk fråga 1: tomt → Tryggheten",
        "Teman: tomt → Egenvård",
        "Behöver lyftas till: tomt → Länsgemensam",
        "Forum: tomt → Vårdsamverkan Västra Götaland, VVG",
        "Indikator 1, utfall T2 2026: tomt → 81",
        "Indikator 1: tomt → Deltagande",
    ]


def copied(frame: Frame) -> Activity:
    """An activity that has come along to next year's plan, shown."""
    made, _ = activities.add(frame.workplace, title="Rutin för SIP", method="A4")
    after = Activity(id=made.id, plan=made.plan, title=made.title, goal="Alla erbjuds", next_step="Utbilda")
    activities.update(frame.workplace, before=made, after=after)
    copy, _ = plan_copy.copy_to_next_year(frame.workplace, plan=activities.plans(frame.workplace)[0])
    (found,) = [each for each in activities.activities(frame.workplace) if each.plan == copy.id]
    frame.open(activity=found.id)
    frame.press("activity_more")
    return found


def test_texts_from_last_year_are_marked_until_edited_or_said_to_hold(frame: Frame) -> None:
    found = copied(frame)
    assert frame.find(QLabel, "mark_goal").text() == "Från förra året, oförändrad"
    assert frame.shows("mark_next_step")
    assert not frame.shows("mark_obstacle")
    assert frame.find(QLabel, "activity_unedited").text() == "Från förra året, läs igenom under Mer: Mål, Nästa steg."
    frame.press("holds_next_step")
    frame.bot.waitUntil(lambda: not frame.shows("mark_next_step"))
    fill(frame.find(TextArea, "activity_goal"), "Alla som behöver erbjuds")
    frame.bot.waitUntil(lambda: not frame.shows("mark_goal"))
    frame.settle()
    now = activities.find(frame.workplace, activity=found.id)
    assert now is not None
    assert (now.goal, now.next_step, now.unedited) == ("Alla som behöver erbjuds", "Utbilda", ())
    assert not frame.shows("activity_unedited")
    frame.session.undo()
    frame.bot.waitUntil(lambda: frame.shows("mark_goal"))
    frame.settle()
