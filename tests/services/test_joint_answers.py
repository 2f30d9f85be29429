"""Answers to joint activities: taken a stand on here, sent with the period, stored at the receiver."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from fardplan_desktop.domain.deliveries import Direction
from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.joint import Answering
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, JointAnswer
from fardplan_desktop.exchange.kinds import JOINT_ANSWERS
from fardplan_desktop.exchange.verify import open_package
from fardplan_desktop.services import activities, deliveries, editing, intake, joint_answers, plans, review
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages
from tests.services.conftest import Seal
from tests.services.steps import believe


def answered(workplace: Workplace) -> dict[str, tuple[str, str]]:
    """Joint activity → answer and the title of the activity that does it."""
    return {
        each.joint.id: (each.answer.answer, each.activity.title if each.activity else "")
        for each in joint_answers.standings(workplace)
        if each.answer is not None
    }


def test_all_joint_activities_wait_until_somebody_takes_a_stand(edet: Workplace) -> None:
    assert [each.id for each in joint_answers.waiting(edet)] == [f"G{number}" for number in range(1, 11)]
    assert joint_answers.waiting_of_plans(edet) == ()
    activities.add_joint(edet)
    assert joint_answers.waiting(edet) == ()
    assert set(answered(edet).values()) >= {("foljer", "Gemensam öppenvårdsprocess")}


def test_following_makes_an_own_activity_in_the_chosen_plan(edet: Workplace) -> None:
    plan, _ = plans.add(edet, type="naromradesplan", year=2026)
    activity, change = joint_answers.carry_out(edet, joint="G4", plan=plan.id)
    assert (activity.joint, activity.plan, change.label) == (
        "G4", plan.id, "Följer ”Utveckla gemensamma närområdesplaner mel”",
    )  # fmt: skip
    assert answered(edet) == {"G4": ("foljer", activity.title)}
    editing.undo(edet)
    assert (answered(edet), activities.activities(edet)) == ({}, ())


def test_adapting_takes_other_words_and_following_does_not(edet: Workplace) -> None:
    own, _ = joint_answers.carry_out(edet, joint="G6", adapted=True, title="Egen utbildning", end=date(2026, 12, 1))
    assert (own.title, own.end, answered(edet)) == (
        "Egen utbildning", date(2026, 12, 1), {"G6": ("anpassar", "Egen utbildning")},
    )  # fmt: skip
    same, _ = joint_answers.carry_out(edet, joint="G7", title="Annat")
    assert same.title == "Förtydliga förhållandet mellan Patientkontrakt och SIP"


def test_an_activity_that_answers_already_is_not_made_twice(edet: Workplace) -> None:
    activities.add_joint(edet)
    before = activities.activities(edet)
    joint_answers.carry_out(edet, joint="G1", adapted=True, title="Egna ord")
    assert activities.activities(edet) == before
    assert answered(edet)["G1"] == ("anpassar", "Barn och ungas hälsa – gemensamma arbetssätt")


def test_one_that_we_do_already_is_marked_as_the_answer(edet: Workplace) -> None:
    own, _ = activities.add(edet, title="Tolkstöd")
    joint_answers.have(edet, joint="G5", activity=own.id)
    joint_answers.have(edet, joint="G10", activity=own.id)
    assert answered(edet) == {"G5": ("har-redan", "Tolkstöd"), "G10": ("har-redan", "Tolkstöd")}
    stored = activities.find(edet, activity=own.id)
    assert stored is not None
    assert stored.joint == "G5"
    activities.remove(edet, activity=stored)
    assert answered(edet) == {}


def test_what_is_not_prioritised_says_why(edet: Workplace) -> None:
    with pytest.raises(InputProblem) as refused:
        joint_answers.decline(edet, joint="G8", reason="  ")
    assert refused.value.detail == "reason"
    with pytest.raises(PersonalData):
        joint_answers.decline(edet, joint="G8", reason="Se 19121212-1212")
    joint_answers.decline(edet, joint="G8", reason="Inga placeringar")
    assert answered(edet) == {"G8": ("prioriterar-inte", "")}
    joint_answers.carry_out(edet, joint="G8")
    assert answered(edet)["G8"][0] == "foljer"


def test_an_activity_that_is_not_prioritised_is_no_following(edet: Workplace) -> None:
    activities.add_joint(edet)
    own = next(each for each in activities.activities(edet) if each.joint == "G9")
    activities.update(
        edet, before=own, after=msgspec.structs.replace(own, status="inte-prioriterad-hos-oss", status_note="Resurser")
    )
    (standing,) = (each for each in joint_answers.standings(edet) if each.joint.id == "G9")
    assert standing.answer is not None
    assert (standing.answer.answer, standing.answer.reason) == (Answering.DECLINES, "Resurser")


def test_only_known_joint_activities_are_answered_and_only_by_municipalities(
    edet: Workplace, fyrbodal: Workplace
) -> None:
    with pytest.raises(InputProblem, match="Läs in planen"):
        joint_answers.decline(edet, joint="finns-inte", reason="Nej")
    with pytest.raises(InputProblem, match="Välj en annan"):
        joint_answers.have(edet, joint="G1", activity="borta")
    with pytest.raises(InputProblem, match="besvaras av kommunerna"):
        joint_answers.decline(fyrbodal, joint="G1", reason="Nej")


def test_a_package_without_answers_has_no_such_file(edet: Workplace, seal: Seal) -> None:
    activities.add_joint(edet)
    assert JOINT_ANSWERS not in open_package(seal(edet).file.read_bytes(), None).tables


def test_answers_go_with_the_period_are_reviewed_and_stored(
    edet: Workplace, fyrbodal: Workplace, seal: Seal, period: Period
) -> None:
    own, _ = joint_answers.carry_out(edet, joint="G2")
    joint_answers.decline(edet, joint="G8", reason="Inga placeringar")
    shown = review.review(edet, preview=deliveries.preview(edet, period=period))
    assert [(each.title, each.answer, each.detail) for each in shown.joint] == [
        ("Gemensam öppenvårdsprocess", "Följer", "Gemensam öppenvårdsprocess"),
        ("Hantering av kostnader vid placering HVB", "Prioriterar inte", "Inga placeringar"),
    ]
    assert "Inga placeringar" in {each.text for each in shown.texts}
    fields = {each.label: each.text for each in shown.activities[0].fields}
    assert fields["Gemensam aktivitet"] == "Gemensam öppenvårdsprocess"
    sealed = seal(edet)
    believe(fyrbodal, sealed.card)
    assert [each.stored for each in intake.receive(fyrbodal, paths=[sealed.file])] == [True]
    assert packages.received(fyrbodal.store, JointAnswer) == {
        "1462": (
            JointAnswer(id="G2", answer="foljer", activity=own.id),
            JointAnswer(id="G8", answer="prioriterar-inte", reason="Inga placeringar"),
        )
    }


def test_a_changed_answer_is_a_correction_and_told_as_one(edet: Workplace, seal: Seal, period: Period) -> None:
    joint_answers.decline(edet, joint="G8", reason="Inga placeringar")
    seal(edet)
    assert not deliveries.preview(edet, period=period).changed
    joint_answers.carry_out(edet, joint="G8")
    joint_answers.decline(edet, joint="G7", reason="Görs av regionen")
    found = deliveries.preview(edet, period=period)
    assert found.changed
    told = [(each.what, each.verb, each.detail) for each in review.review(edet, preview=found).differences
            if each.kind == "Svar"]  # fmt: skip
    assert told == [
        ("Förtydliga förhållandet mellan Patientkontrakt och SIP", "ny", "Prioriterar inte"),
        ("Hantering av kostnader vid placering HVB", "ändrad", "Prioriterar inte → Följer"),
    ]
    assert seal(edet, reason="Ändrat beslut").delivery.sequence == 2


def test_a_package_that_names_a_joint_activity_the_receiver_never_read_is_taken_in(
    edet: Workplace, fyrbodal: Workplace, seal: Seal
) -> None:
    """A plan from the county may have reached the municipality before it reached the delregion."""
    own, _ = activities.add(edet, title="Mobilt team")
    unknown = "018f9c6e-0000-7000-8000-19121212abcd"
    activities.update(edet, before=own, after=msgspec.structs.replace(own, joint=unknown))
    sealed = seal(edet)
    believe(fyrbodal, sealed.card)
    (result,) = intake.receive(fyrbodal, paths=[sealed.file])
    assert (result.verdict.word, result.stored) == ("Ny", True)
    assert {each.code for each in result.verdict.warnings} == {"W07"}
    assert [each.joint for each in packages.received(fyrbodal.store, Activity)["1462"]] == [unknown]
    assert len(packages.list_deliveries(fyrbodal.store, Direction.RECEIVED)) == 1
