"""Check-ins planned ahead, in the panel of an activity."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel

from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities
from fardplan_desktop.ui.parts.date_field import DateField
from fardplan_desktop.ui.parts.inputs import TextArea
from tests.ui.activities.conftest import Frame

LATER = date(2026, 9, 21)


@pytest.fixture
def activity(frame: Frame) -> Activity:
    made, _ = activities.add(frame.workplace, title="Rutin för SIP", method="A4", status="pagar")
    return made


def plan(frame: Frame, day: date | None) -> None:
    frame.press("plan_check_in")
    frame.find(DateField, "plan_check_in_day").show_day(day)
    frame.press("plan_check_in_store")


def planned(frame: Frame) -> list[date]:
    frame.settle()
    return [each.date for each in activities.planned_check_ins(frame.workplace)]


def test_a_check_in_is_planned_seen_made_and_no_longer_planned(frame: Frame, activity: Activity) -> None:
    frame.open(activity=activity.id)
    plan(frame, LATER)
    frame.bot.waitUntil(lambda: frame.shows("planned_row"))
    assert not frame.shows("check_in_row")
    assert planned(frame) == [LATER]
    frame.press("planned_begin")
    frame.find(TextArea, "activity_check_in_comment").setPlainText("Två av tre")
    frame.find(DateField, "activity_check_in_next").show_day(date(2026, 10, 12))
    frame.press("check_in_store")
    frame.bot.waitUntil(lambda: frame.shows("check_in_row"))
    assert planned(frame) == [date(2026, 10, 12)]
    assert [each.comment for each in activities.check_ins(frame.workplace)] == ["Två av tre"]


def test_a_day_that_cannot_be_planned_is_told_at_the_field(frame: Frame, activity: Activity) -> None:
    frame.open(activity=activity.id)
    plan(frame, None)
    assert "Dagen saknas" in frame.find(QLabel, "error_plan_check_in_day").text()
    frame.find(DateField, "plan_check_in_day").show_day(date(2026, 9, 1))
    frame.press("plan_check_in_store")
    frame.bot.waitUntil(lambda: "redan varit" in frame.find(QLabel, "error_plan_check_in_day").text())
    assert planned(frame) == []


def test_a_planned_check_in_is_taken_away_and_comes_back_with_undo(frame: Frame, activity: Activity) -> None:
    activities.plan_check_in(frame.workplace, activity=activity, day=LATER)
    frame.open(activity=activity.id)
    frame.press("planned_remove")
    frame.bot.waitUntil(lambda: not frame.shows("planned_row"))
    assert planned(frame) == []
    frame.session.undo()
    frame.bot.waitUntil(lambda: frame.shows("planned_row"))
    assert planned(frame) == [LATER]
