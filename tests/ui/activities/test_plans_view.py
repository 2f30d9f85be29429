"""Planer och självskattning, beside the activities."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from fardplan_desktop.domain.records import Plan, SelfAssessment
from fardplan_desktop.services import activities, plan_copy, self_assessment
from fardplan_desktop.ui.parts.entries import NarrowCombo
from fardplan_desktop.ui.parts.inputs import Combo, TextField
from fardplan_desktop.ui.parts.record_table import RecordTable
from tests.ui.activities.conftest import Frame
from tests.ui.activities.hands import pick, write


@pytest.fixture
def plan(frame: Frame) -> Plan:
    """A plan with one activity in it, late."""
    activities.add(frame.workplace, title="Rutin för SIP", end=date(2026, 6, 30), status="pagar")
    return activities.plans(frame.workplace)[0]


def stored(frame: Frame) -> list[Plan]:
    frame.settle()
    return list(activities.plans(frame.workplace))


def rows(frame: Frame) -> list[list[str]]:
    frame.settle()
    shown = [each for each in frame.window.findChildren(QWidget, "plan_row") if each.isVisible()]
    return [[label.text() for label in each.findChildren(QLabel)] for each in shown]


def assessed(frame: Frame) -> dict[str, tuple[str, str]]:
    frame.settle()
    found = self_assessment.standing(frame.workplace, year=2026)
    return {each.method.id: (each.now.score, each.now.comment) for each in found if each.now}


def test_the_plans_say_what_lies_in_them_and_esc_leads_back(frame: Frame, plan: Plan) -> None:
    frame.open()
    frame.press("activities_plans")
    frame.bot.waitUntil(lambda: bool(rows(frame)))
    assert rows(frame) == [["Handlingsplan 2026", "Egen handlingsplan · 2026 · 1 aktivitet, 1 försenad"]]
    assert not frame.shows("activities_table")
    new = frame.find(QAbstractButton, "plan_new")
    frame.bot.waitUntil(new.hasFocus)
    QTest.keyClick(new, Qt.Key.Key_Escape)
    frame.bot.waitUntil(lambda: frame.shows("activities_table"))
    frame.bot.waitUntil(frame.find(RecordTable, "activities_table").hasFocus)


def test_a_plan_is_made_from_a_template_and_named_after_it(frame: Frame) -> None:
    frame.open(plans=True)
    frame.press("plan_new")
    assert frame.find(TextField, "plan_title").placeholderText() == "Handlingsplan 2026"
    pick(frame.find(NarrowCombo, "plan_type"), "psykisk-halsa-vuxna")
    pick(frame.find(NarrowCombo, "plan_level"), "delregional")
    write(frame.find(TextField, "plan_until"), "2028")
    assert frame.find(TextField, "plan_title").placeholderText() == "Handlingsplan psykisk hälsa, vuxna 2026–2028"
    frame.press("plan_store")
    frame.bot.waitUntil(lambda: not frame.shows("plan_form"))
    (made,) = stored(frame)
    told = (made.title, made.type, made.level, made.year, made.until)
    assert told == (
        "Handlingsplan psykisk hälsa, vuxna 2026–2028", "psykisk-halsa-vuxna", "delregional", 2026, 2028,
    )  # fmt: skip


def test_a_plan_is_changed_and_a_fault_is_told_at_its_field(frame: Frame, plan: Plan) -> None:
    frame.open(plans=True)
    frame.press(f"plan_change_{plan.id}")
    write(frame.find(TextField, "plan_year"), "i år")
    frame.press("plan_store")
    frame.bot.waitUntil(lambda: frame.shows("error_plan_year"))
    write(frame.find(TextField, "plan_year"), "2025")
    write(frame.find(TextField, "plan_title"), "Vår plan")
    frame.press("plan_store")
    frame.bot.waitUntil(lambda: not frame.shows("plan_form"))
    assert [(each.title, each.year) for each in stored(frame)] == [("Vår plan", 2025)]


def test_a_plan_is_copied_once_to_the_next_year_and_only_an_empty_one_can_be_taken_away(
    frame: Frame, plan: Plan
) -> None:
    frame.open(plans=True)
    assert not frame.shows(f"plan_remove_{plan.id}")
    frame.press(f"plan_copy_{plan.id}")
    frame.bot.waitUntil(lambda: len(rows(frame)) == 2)
    assert rows(frame)[1][-1] == "Fortsätter i ”Handlingsplan 2027”"
    assert not frame.shows(f"plan_copy_{plan.id}")
    copy = plan_copy.copied_to(frame.workplace, plan=plan)
    assert copy is not None
    (brought,) = [each for each in frame.stored() if each.plan == copy.id]
    frame.session.change(lambda: activities.remove(frame.workplace, activity=brought))
    frame.bot.waitUntil(lambda: frame.shows(f"plan_remove_{copy.id}"))
    frame.press(f"plan_remove_{copy.id}")
    frame.bot.waitUntil(lambda: len(rows(frame)) == 1)
    assert stored(frame) == [plan]


def test_a_working_method_is_scored_by_the_keyboard_with_last_year_s_beside(frame: Frame) -> None:
    self_assessment.assess(frame.workplace, year=2025, method="A1", score="enstaka-initiativ", comment="Ett projekt")
    frame.open(assessment=2026)
    assert frame.find(QLabel, "assessment_A1_before").text() == "2025: 2 Enstaka initiativ. Ett projekt"
    assert frame.find(QLabel, "assessment_A2_before").text() == "2025: inte skattat"
    box = frame.find(NarrowCombo, "assessment_A1")
    frame.bot.waitUntil(box.hasFocus)
    QTest.keyClick(box, Qt.Key.Key_3)
    frame.bot.waitUntil(lambda: "A1" in assessed(frame))
    write(frame.find(TextField, "assessment_A1_comment"), "Två av tre enheter")
    assert assessed(frame) == {"A1": ("pagar-i-delar", "Två av tre enheter")}
    assert frame.find(QLabel, "assessment_said").text().startswith("1 av 6 arbetssätt skattade")


def test_a_comment_without_a_score_waits_for_it_and_goes_with_it(frame: Frame) -> None:
    frame.open(assessment=2026)
    write(frame.find(TextField, "assessment_A2_comment"), "Utbildning hållen")
    assert "Välj 1–5 först" in frame.find(QLabel, "error_assessment_A2_comment").text()
    assert assessed(frame) == {}
    pick(frame.find(NarrowCombo, "assessment_A2"), "infort-och-foljs-upp")
    assert assessed(frame) == {"A2": ("infort-och-foljs-upp", "Utbildning hållen")}
    pick(frame.find(NarrowCombo, "assessment_A2"), "")
    assert assessed(frame) == {}


def test_another_year_shows_what_was_said_then(frame: Frame) -> None:
    self_assessment.assess(frame.workplace, year=2024, method="A4", score="infort-och-foljs-upp")
    frame.open(assessment=2026)
    assert frame.find(NarrowCombo, "assessment_A4").key == ""
    pick(frame.find(Combo, "assessment_year"), "2024")
    assert frame.find(NarrowCombo, "assessment_A4").key == "infort-och-foljs-upp"
    pick(frame.find(NarrowCombo, "assessment_A4"), "pagar-i-delar")
    frame.settle()
    assert frame.workplace.store.own(SelfAssessment) == (SelfAssessment(year=2024, method="A4", score="pagar-i-delar"),)
