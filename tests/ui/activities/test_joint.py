"""Gemensamma planer at the county's desk, and the answers to them at a municipality's."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from fardplan_desktop.services import activities, joint_answers, joint_list, joint_plans, seals
from fardplan_desktop.ui.parts.entries import NarrowCombo
from fardplan_desktop.ui.parts.inputs import TextArea, TextField
from fardplan_desktop.ui.parts.segments import Segments
from tests.ui.activities.conftest import Frame
from tests.ui.activities.hands import fill, pick, write


def rows(frame: Frame, name: str) -> list[list[str]]:
    frame.settle()
    shown = [each for each in frame.window.findChildren(QWidget, name) if each.isVisible()]
    return [[label.text() for label in each.findChildren(QLabel) if label.text()] for each in shown]


def title(frame: Frame) -> str:
    frame.settle()
    return frame.find(QLabel, "joint_ask_title").text()


def answer(frame: Frame, choice: str) -> None:
    segments = frame.find(Segments, "joint_choice")
    segments.choose(choice)
    segments.chosen.emit(choice)


@pytest.mark.parametrize("organisation", ["14"])
def test_the_county_writes_a_plan_and_seals_it(
    frame: Frame, monkeypatch: pytest.MonkeyPatch, organisation: str
) -> None:
    phrase = "en lösenfras för proven"
    seals.make_key(frame.workplace, passphrase=phrase, rounds=1)
    monkeypatch.setattr(seals, "remembered_passphrase", lambda _workplace: phrase)
    frame.open(joint=True)
    frame.press("joint_new")
    write(frame.find(TextField, "joint_plan_title"), "Färdplan 2026")
    frame.press("joint_plan_form_store")
    frame.bot.waitUntil(lambda: bool(joint_plans.contents(frame.workplace)))
    plan = joint_plans.contents(frame.workplace)[0].plan
    frame.bot.waitUntil(lambda: frame.shows(f"joint_add_{plan.id}"))
    frame.press(f"joint_add_{plan.id}")
    write(frame.find(TextField, "joint_task_title"), "Fast vårdkontakt")
    write(frame.find(TextField, "joint_task_indicator_text"), "Andel med vårdkontakt")
    frame.press("joint_task_form_store")
    frame.bot.waitUntil(lambda: rows(frame, "joint_task_row") == [["Fast vårdkontakt", "Inget mål angivet"]])
    frame.press(f"joint_seal_{plan.id}")
    frame.press("joint_seal_go")
    assert "Skriv vem som har godkänt" in frame.find(QLabel, "error_joint_approved_by").text()
    write(frame.find(TextField, "joint_approved_by"), "Styrgruppen")
    frame.press("joint_seal_go")
    frame.bot.waitUntil(lambda: frame.shows("joint_seal_folder"), timeout=10_000)
    sealed = joint_list.sealed_here(frame.workplace)
    assert [(each.title, each.indicators[0].text) for each in sealed.tasks] == [
        ("Fast vårdkontakt", "Andel med vårdkontakt")
    ]
    frame.press("joint_seal_leave")
    task = sealed.tasks[0]
    frame.bot.waitUntil(lambda: frame.shows(f"joint_end_{task.id}"))
    frame.press(f"joint_end_{task.id}")
    frame.bot.waitUntil(lambda: frame.shows(f"joint_resume_{task.id}"))
    assert "Ändrad sedan den förseglades" in frame.find(QWidget, "joint_plan_card").findChildren(QLabel)[1].text()


@pytest.mark.parametrize("organisation", ["fyrbodal"])
def test_what_is_wrong_is_told_at_its_field(frame: Frame, organisation: str) -> None:
    frame.open(joint=True)
    frame.press("joint_new")
    write(frame.find(TextField, "joint_plan_title"), "Plan")
    write(frame.find(TextField, "joint_plan_year"), "26")
    frame.press("joint_plan_form_store")
    frame.bot.waitUntil(lambda: "fyra siffror" in frame.find(QLabel, "error_joint_plan_year").text())
    assert joint_plans.contents(frame.workplace) == ()
    frame.press("joint_plan_form_leave")
    assert frame.shows("joint_new")


def test_the_unanswered_are_gone_through_one_after_another(frame: Frame) -> None:
    own, _ = activities.add(frame.workplace, title="Tolkstöd")
    frame.open(joint=True)
    assert title(frame) == "Barn och ungas hälsa – gemensamma arbetssätt"
    frame.press("joint_store")
    frame.bot.waitUntil(lambda: title(frame) == "Gemensam öppenvårdsprocess")
    answer(frame, "anpassar")
    write(frame.find(TextField, "joint_title"), "Egen öppenvård")
    frame.press("joint_store")
    frame.bot.waitUntil(lambda: title(frame).startswith("Översyn"))
    answer(frame, "prioriterar-inte")
    frame.press("joint_store")
    frame.bot.waitUntil(lambda: "Skälet saknas" in frame.find(QLabel, "error_joint_reason").text())
    fill(frame.find(TextArea, "joint_reason"), "Görs av regionen")
    frame.press("joint_store")
    frame.bot.waitUntil(lambda: title(frame).startswith("Utveckla gemensamma"))
    frame.press("joint_skip")
    frame.bot.waitUntil(lambda: title(frame).startswith("Utvecklat stöd"))
    answer(frame, "har-redan")
    frame.press("joint_store")
    assert "Välj vilken" in frame.find(QLabel, "error_joint_activity").text()
    pick(frame.find(NarrowCombo, "joint_activity"), own.id)
    frame.press("joint_store")
    frame.bot.waitUntil(lambda: len(rows(frame, "joint_answer_row")) == 4)
    told = [" ".join(each) for each in rows(frame, "joint_answer_row")]
    assert "Färdplanens gemensamma 2022 · Egen öppenvård Anpassar" in told[1]
    assert "Görs av regionen Prioriterar inte" in told[2]
    assert "Tolkstöd Har redan" in told[3]
    frame.session.undo()
    frame.bot.waitUntil(lambda: len(rows(frame, "joint_answer_row")) == 3)


def test_an_answer_is_changed_and_when_all_are_answered_nothing_is_asked(frame: Frame) -> None:
    activities.add_joint(frame.workplace)
    frame.open(joint=True)
    assert not frame.shows("joint_ask")
    assert "Alla gemensamma aktiviteter är besvarade" in frame.find(QLabel, "joint_said").text()
    frame.press("joint_again_G8")
    answer(frame, "prioriterar-inte")
    fill(frame.find(TextArea, "joint_reason"), "Inga placeringar")
    frame.press("joint_store")
    frame.bot.waitUntil(lambda: not frame.shows("joint_ask"))
    (standing,) = (each for each in joint_answers.standings(frame.workplace) if each.joint.id == "G8")
    assert standing.answer is not None
    assert standing.answer.reason == "Inga placeringar"
