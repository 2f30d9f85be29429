"""Registering and following through a deviation: what is refused, at which field, and what is stored."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from fardplan_desktop.domain.errors import InputProblem, PersonalData, StaleEdit
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviations, editing
from fardplan_desktop.services.workplace import Workplace

replace = msgspec.structs.replace


def registered(workplace: Workplace, **given: object) -> Deviation:
    return deviations.add(workplace, draft=replace(deviations.blank(workplace), **given))[0]


def stored(workplace: Workplace, deviation: Deviation) -> Deviation:
    found = deviations.find(workplace, deviation=deviation.id)
    assert found is not None
    return found


def refused(workplace: Workplace, before: Deviation, **given: object) -> InputProblem:
    with pytest.raises(InputProblem) as caught:
        deviations.update(workplace, before=before, after=replace(before, **given))
    assert stored(workplace, before) == before
    return caught.value


def test_numbers_run_by_year_of_registration_and_the_latest_comes_first(edet: Workplace) -> None:
    first = registered(edet)
    old = registered(edet, registered=date(2025, 12, 30), month="2025-12")
    second = registered(edet)
    assert [each.number for each in deviations.deviations(edet)] == [second.number, first.number, old.number]
    assert [first.number, second.number, old.number] == ["1462-2026-0001", "1462-2026-0002", "1462-2025-0001"]


@pytest.mark.parametrize("field", deviations.NEEDED)
def test_what_is_needed_is_asked_for_at_its_field(edet: Workplace, field: str) -> None:
    with pytest.raises(InputProblem) as caught:
        registered(edet, **{field: ""})
    assert caught.value.detail == field
    assert deviations.deviations(edet) == ()


def test_300_letters_of_summary_are_taken_and_one_more_is_refused(edet: Workplace) -> None:
    made = registered(edet, summary="å" * 300)
    assert refused(edet, made, summary="å" * 301).detail == "summary"


def test_a_personal_number_is_never_saved_save_in_the_reference(edet: Workplace) -> None:
    made = registered(edet, reference="19811218-9876")
    with pytest.raises(PersonalData) as caught:
        deviations.update(edet, before=made, after=replace(made, summary="Gällde 811218-9876."))
    assert caught.value.detail == "summary"
    assert stored(edet, made).reference == "19811218-9876"


def test_days_to_come_and_an_answer_before_the_question_are_refused(edet: Workplace) -> None:
    made = registered(edet, sent_on=edet.today - timedelta(days=3))
    assert refused(edet, made, answered_on=edet.today - timedelta(days=4)).detail == "answered_on"
    assert refused(edet, made, answered_on=edet.today + timedelta(days=1)).detail == "answered_on"
    assert refused(edet, made, month="2026-10").detail == "month"


def test_four_causes_are_one_too_many(edet: Workplace) -> None:
    codes = tuple(code.id for code in edet.codebook.list("orsak").codes[:4])
    made = registered(edet, causes=codes[:3])
    assert refused(edet, made, causes=codes).detail == "causes"


def test_a_status_goes_forward_freely_and_back_with_a_comment(edet: Workplace) -> None:
    made = registered(edet)
    deviations.update(edet, before=made, after=replace(made, status="utreds"))
    now = stored(edet, made)
    problem = refused(edet, now, status="skickad")
    assert problem.detail == "status"
    assert "från Utreds till Skickad" in problem.what
    deviations.update(edet, before=now, after=replace(now, status="skickad", status_comment="Fel mottagare."))
    assert stored(edet, made).status == "skickad"


def test_a_rejection_needs_its_reason(edet: Workplace) -> None:
    made = registered(edet)
    assert "av vilket skäl" in refused(edet, made, status="avvisad-av-mottagaren").todo


@pytest.mark.parametrize(
    "said",
    [
        {"causes": ("utbildning-och-kompetens",), "action": "andrad-rutin"},
        {"action": "ingen-atgard", "status_comment": "Parterna är överens."},
    ],
)
def test_closing_needs_cause_and_action_or_why_there_is_none(edet: Workplace, said: dict[str, object]) -> None:
    made = registered(edet)
    assert refused(edet, made, status="avslutad").detail == "status"
    assert refused(edet, made, status="avslutad", action=said["action"]).detail == "status"
    deviations.update(edet, before=made, after=replace(made, status="avslutad", **said))
    assert stored(edet, made).status == "avslutad"


def test_one_that_is_closed_without_cause_in_a_table_can_still_be_changed(edet: Workplace) -> None:
    made = registered(edet, status="avslutad")
    deviations.update(edet, before=made, after=replace(made, feedback=edet.today))
    assert stored(edet, made).feedback == edet.today


def test_an_edit_that_started_from_another_version_is_refused(edet: Workplace) -> None:
    made = registered(edet)
    deviations.update(edet, before=made, after=replace(made, severity="mattlig"))
    with pytest.raises(StaleEdit):
        deviations.update(edet, before=made, after=replace(made, severity="mindre"))


def test_the_answer_is_due_60_days_after_it_was_sent(edet: Workplace) -> None:
    made = registered(edet)
    assert deviations.answer_due(edet, made) is None
    assert deviations.answer_due(edet, replace(made, sent_on=date(2026, 7, 1))) == date(2026, 8, 30)


def test_what_is_removed_comes_back_with_one_undo(edet: Workplace) -> None:
    made = registered(edet, summary="Läkemedelslistan saknades.")
    deviations.remove(edet, deviation=made)
    assert deviations.find(edet, deviation=made.id) is None
    editing.undo(edet)
    assert stored(edet, made) == made
