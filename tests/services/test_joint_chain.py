"""Joint plans through three levels: sealed above, read in below with what they change, answered, seen in the matrix."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.joint import JointCell
from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import JointPlan, JointTask
from fardplan_desktop.services import (
    activities,
    bundles,
    editing,
    intake,
    joint_answers,
    joint_list,
    joint_matrix,
    joint_plans,
    joint_sealing,
    overview,
    reporting,
    seals,
)
from fardplan_desktop.services.joint_sealing import SealedPlan
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make, Seal
from tests.services.steps import PASSPHRASE, believe


class Office:
    """An office that writes and seals joint plans."""

    def __init__(self, workplace: Workplace, folder: Path) -> None:
        self.workplace, self._folder = workplace, folder
        seals.make_key(workplace, passphrase=PASSPHRASE, rounds=1)

    def write(self, title: str, *tasks: str, year: int = 2026) -> JointPlan:
        plan, _ = joint_plans.add_plan(self.workplace, title=title, year=year)
        for each in tasks:
            joint_plans.add_task(self.workplace, plan=plan.id, title=each, goal="Fler får SIP")
        return plan

    def task(self, title: str) -> JointTask:
        found = [task for each in joint_plans.contents(self.workplace) for task in each.tasks]
        return next(each for each in found if each.title == title)

    def seal(self, plan: JointPlan) -> SealedPlan:
        key = seals.open_seal(self.workplace, passphrase=PASSPHRASE)
        return joint_sealing.seal_plan(
            self.workplace, plan=plan.id, folder=self._folder, key=key, approved_by="Processledare"
        )


@pytest.fixture
def county(make: Make, tmp_path: Path) -> Office:
    return Office(make("14"), tmp_path / "lan")


def waiting(workplace: Workplace) -> list[str]:
    return [each.task.title for each in joint_answers.waiting_of_plans(workplace)]


def send_on(delregion: Workplace, county: Workplace, period: Period) -> None:
    """The delregion's bundle with what it has taken in; the county reads it in."""
    seals.make_key(delregion, passphrase=PASSPHRASE, rounds=1)
    for each in delregion.members_in(period):
        bundles.set_reason(delregion, period=period, member=each.code, text="Lämnar senare.")
    sealed = bundles.seal_bundle(
        delregion, period=period, folder=delregion.store.path.parent / "upp",
        key=seals.open_seal(delregion, passphrase=PASSPHRASE), approved_by="Processledare", encrypt=False,
    )  # fmt: skip
    believe(county, sealed.card)
    assert read_in(county, sealed.file) == ["Ny"]


def read_in(workplace: Workplace, *files: Path) -> list[str]:
    return [each.verdict.word for each in intake.receive(workplace, paths=files)]


def test_a_plan_goes_down_is_told_before_it_is_read_in_and_waits_for_answers(
    county: Office, edet: Workplace, fyrbodal: Workplace
) -> None:
    sealed = county.seal(county.write("Färdplan 2026", "Fast vårdkontakt", "Närområdesplan"))
    assert (sealed.delivery.period, sealed.delivery.sequence, sealed.changes.summary) == ("2026", 1, "2 nya")
    for workplace in (edet, fyrbodal):
        believe(workplace, sealed.card)
        (judged,) = intake.judge(workplace, paths=[sealed.file]).results
        assert judged.told == (
            "Gemensamma aktiviteter: 2 nya.", "Planen ”Färdplan 2026” är ny.", "”Fast vårdkontakt” är ny.",
            "”Närområdesplan” är ny.",
        )  # fmt: skip
        assert joint_list.joint_activities(workplace)[0].id == "G1"
        assert read_in(workplace, sealed.file) == ["Ny"]
        assert [each.plan.title for each in joint_list.joint_activities(workplace)[:2]] == ["Färdplan 2026"] * 2
    assert waiting(edet) == ["Fast vårdkontakt", "Närområdesplan"]
    fyrbodal.store.set_setting("demo", "1")
    assert reporting.default_period(fyrbodal).id == "2026-T2"
    assert len(overview.overview(edet, period=parse_period("2026-T2")).joint) == 2


def test_next_years_plan_is_a_difference_and_answers_follow_the_activity(county: Office, edet: Workplace) -> None:
    plan = county.write("Färdplan 2026", "Kvar", "Slut")
    first = county.seal(plan)
    believe(edet, first.card)
    read_in(edet, first.file)
    joint_answers.carry_out(edet, joint=county.task("Kvar").id)
    joint_answers.decline(edet, joint=county.task("Slut").id, reason="Små volymer")
    later, _ = joint_plans.next_year(county.workplace, plan=plan)
    joint_plans.add_task(county.workplace, plan=plan.id, title="Mobilt team")
    joint_plans.end_task(county.workplace, task=county.task("Slut"), on=date(2026, 12, 31))
    second = county.seal(later)
    assert (second.delivery.period, second.changes.summary) == ("2027", "1 ny, 1 avslutad")
    (judged,) = intake.judge(edet, paths=[second.file]).results
    assert judged.told[:2] == (
        "Gemensamma aktiviteter: 1 ny, 1 avslutad.",
        "Ni har svarat på 1 som är avslutad. Svaren och era aktiviteter finns kvar.",
    )
    assert read_in(edet, second.file) == ["Ersätter tidigare"]
    assert waiting(edet) == ["Mobilt team"]
    standing = {each.joint.task.title: each.answer.answer for each in joint_answers.standings(edet) if each.answer}
    assert standing == {"Kvar": "foljer", "Slut": "prioriterar-inte"}
    assert read_in(edet, first.file) == ["Redan inläst"]


def test_each_package_holds_all_sealed_plans_and_no_draft(county: Office, edet: Workplace) -> None:
    """Whoever misses one, or gets them in the wrong order, lacks nothing."""
    one, two = county.write("Ett", "A"), county.write("Två", "B", year=2027)
    first = county.seal(one)
    joint_plans.add_task(county.workplace, plan=one.id, title="Utkast")
    second = county.seal(two)
    assert second.changes.sentences == ("Planen ”Två” är ny.", "”B” är ny.")
    believe(edet, second.card)
    assert read_in(edet, second.file) == ["Ersätter tidigare"]
    assert sorted(waiting(edet)) == ["A", "B"]
    assert read_in(edet, first.file) == ["Äldre än den ni har"]


def test_what_cannot_be_sealed_says_why_and_nothing_is_kept(county: Office) -> None:
    plan = county.write("Tom")
    with pytest.raises(InputProblem, match="inga aktiviteter"):
        county.seal(plan)
    joint_plans.add_task(county.workplace, plan=plan.id, title="A")
    county.seal(plan)
    with pytest.raises(InputProblem, match="Inget har ändrats"):
        county.seal(plan)
    with pytest.raises(InputProblem, match="kan inte tas bort"):
        joint_plans.remove_plan(county.workplace, plan=plan)
    with pytest.raises(InputProblem, match="kan inte tas bort"):
        joint_plans.remove_task(county.workplace, task=county.task("A"))
    assert len(joint_list.own_packages(county.workplace)) == 1


def test_what_an_undo_takes_away_after_the_sealing_is_ended(county: Office) -> None:
    plan = county.write("Plan", "A", "B")
    county.seal(plan)
    editing.undo(county.workplace)
    assert county.seal(plan).changes.sentences == ("”B” avslutas 14\N{NO-BREAK SPACE}september 2026.",)


def test_nobody_speaks_in_anothers_name(county: Office, fyrbodal: Workplace, edet: Workplace, tmp_path: Path) -> None:
    sealed = county.seal(county.write("Länets", "A"))
    office = Office(fyrbodal, tmp_path / "fyrbodal")
    plan = office.write("Delregionens", "B")
    stolen = msgspec.structs.replace(office.task("B"), id=county.task("A").id)
    fyrbodal.store.write([Edit(None, stolen)], label="Taget id", signature=fyrbodal.signature)
    own = office.seal(plan)
    for each in (sealed, own):
        believe(edet, each.card)
    read_in(edet, sealed.file)
    (result,) = intake.receive(edet, paths=[own.file])
    assert (result.verdict.code, result.stored) == ("E21", False)
    assert "hör till en annan plan" in result.verdict.message


def test_the_letter_says_what_is_new_and_what_to_do(county: Office) -> None:
    sealed = county.seal(county.write("Färdplan 2026", "Fast vårdkontakt"))
    letter = joint_sealing.letter(county.workplace, sealed=sealed)
    assert letter.subject == "Gemensam plan: Färdplan 2026"
    assert "– ”Fast vårdkontakt” är ny." in letter.body
    draft = joint_sealing.save_draft_letter(county.workplace, sealed=sealed)
    assert b"X-Unsent" in draft.read_bytes()


def test_the_matrix_tells_each_answer_and_how_it_goes(
    county: Office, edet: Workplace, make: Make, seal: Seal, period: Period
) -> None:
    fyrbodal, mellerud = make("fyrbodal"), make("1461")
    sealed = county.seal(county.write("Färdplan 2026", "A", "B", "C"))
    for workplace in (edet, fyrbodal, mellerud):
        believe(workplace, sealed.card)
        read_in(workplace, sealed.file)
    ids = {title: county.task(title).id for title in "ABC"}
    own, _ = joint_answers.carry_out(edet, joint=ids["A"])
    late = msgspec.structs.replace(own, status="pagar", forecast="risk", end=date(2026, 8, 1))
    activities.update(edet, before=own, after=late)
    joint_answers.decline(edet, joint=ids["B"], reason="Görs av regionen")
    packages = [seal(edet), seal(mellerud)]
    for each in packages:
        believe(fyrbodal, each.card)
        read_in(fyrbodal, each.file)
    found = joint_matrix.matrix(fyrbodal, period=period)
    rows = {each.joint.task.title: each for each in found.rows}
    assert (found.delivered, len(found.members), found.unknown) == (2, 15, 0)
    assert rows["A"].cells["1462"] == JointCell(
        answer="foljer", status="Försenad, pågår", forecast="▲ Risk", activity="A"
    )
    assert rows["B"].cells["1462"] == JointCell(answer="prioriterar-inte", reason="Görs av regionen")
    assert [rows["C"].cells[code].word for code in ("1462", "1461", "1430")] == [
        "Ej svarat",
        "Ej svarat",
        "Ej inlämnat",
    ]
    assert (rows["A"].answered, rows["A"].count("foljer")) == (1, 1)
    assert joint_matrix.joint_pdf(fyrbodal, period=period).startswith(b"%PDF")
    send_on(fyrbodal, county.workplace, period)
    above = {each.joint.task.title: each for each in joint_matrix.matrix(county.workplace, period=period).rows}
    assert above["A"].cells["1462"] == rows["A"].cells["1462"]
    assert [above["B"].answered, above["B"].cells["1461"].word, above["B"].cells["1480"].word] == [
        1, "Ej svarat", "Ej inlämnat",
    ]  # fmt: skip
    later = joint_matrix.matrix(fyrbodal, period=parse_period("2026-T3"))
    assert later.earlier == ("Lilla Edet", "Mellerud")
    assert joint_matrix.matrix(fyrbodal, period=parse_period("2026-T1")).delivered == 0


def test_answers_to_plans_that_are_not_read_in_are_counted_and_a_municipality_has_no_matrix(
    county: Office, edet: Workplace, fyrbodal: Workplace, seal: Seal, period: Period
) -> None:
    sealed = county.seal(county.write("Färdplan 2026", "A"))
    believe(edet, sealed.card)
    read_in(edet, sealed.file)
    joint_answers.decline(edet, joint=county.task("A").id, reason="Nej")
    package = seal(edet)
    believe(fyrbodal, package.card)
    read_in(fyrbodal, package.file)
    assert joint_matrix.matrix(fyrbodal, period=period).unknown == 1
    whole = joint_matrix.matrix(county.workplace, period=period)
    assert [len(each.members) for each in whole.groups] == [15, 15, 8, 5, 4, 2]
    assert (whole.rows[0].joint.task.title, len(whole.rows[0].cells)) == ("A", 49)
    with pytest.raises(InputProblem, match="Matrisen finns hos delregion och län"):
        joint_matrix.matrix(edet, period=period)
