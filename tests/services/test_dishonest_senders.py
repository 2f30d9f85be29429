"""Senders whose seal is good and whose words are not: everything here is rightly sealed by somebody that we know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.kinds import (
    FEEDBACK,
    JOINT_ACTIVITIES,
    JOINT_PLANS,
    QUESTIONS,
    RECEIPT,
    REMARKS,
    KindName,
)
from fardplan_desktop.exchange.office_rows import JointActivityRow, JointPlanRow, OfficeRow, QuestionRow
from fardplan_desktop.services import compilation, questions_in, seals
from fardplan_desktop.services.sealing import Contents, seal_package
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages
from tests.exchange.conftest import Forge
from tests.levels import T2, acquaint, hand_in, take, workplace
from tests.services.steps import PASSPHRASE

EVERY_FILE: dict[KindName, tuple[str, ...]] = {
    "plan": (JOINT_PLANS, JOINT_ACTIVITIES),
    "kvittens": (RECEIPT,),
    "aterkoppling": (FEEDBACK, REMARKS),
    "fraga": (QUESTIONS,),
}


class Town:
    """Lilla Edet in Fyrbodal, which also knows the seal of its neighbour SIMBA, and of the county."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edet, self.fyrbodal, self.simba, self.county = (
            workplace(folder, code) for code in ("1462", "fyrbodal", "simba", "14")
        )
        for office in (self.fyrbodal, self.simba, self.county):
            acquaint(folder, self.edet, office)

    def from_office(self, office: Workplace, kind: KindName, tables: dict[str, tuple[OfficeRow, ...]]) -> Verdict:
        """What Lilla Edet says of a package of this kind that is addressed to it."""
        contents = Contents(kind=kind, audience=self.edet.organisation, period=T2, tables=tables)
        _, data = seal_package(office, contents=contents, key=_key(office), approved_by="Processledare")
        return self.said(self.edet, data)

    def said(self, receiver: Workplace, data: bytes) -> Verdict:
        file = self.folder / "fil"
        file.write_bytes(data)
        return take(receiver, file).verdict

    def forged(self, number: int = 4) -> Forge:
        """Lilla Edet's own period, to be taken apart by whoever has its key."""
        sealed = hand_in(self.edet, self.folder, {"SIP08": number})
        return Forge(packages.delivery_file(self.edet.store, sealed.delivery.digest), _key(self.edet))

    def close(self) -> None:
        for each in (self.edet, self.fyrbodal, self.simba, self.county):
            each.store.close()


def _key(by: Workplace) -> SigningKey:
    return seals.open_seal(by, passphrase=PASSPHRASE)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    yield made
    made.close()


def test_a_neighbouring_delregion_has_nothing_to_send_us_and_is_named(town: Town) -> None:
    for kind, files in EVERY_FILE.items():
        verdict = town.from_office(town.simba, kind, dict.fromkeys(files, ()))
        assert (verdict.code, verdict.word) == ("E16", "Ställd till någon annan"), kind
        assert verdict.message.startswith("SIMBA skickar inte sådana filer till er."), kind
        assert verdict.message.endswith("Ring SIMBA och fråga vem filen är till.")


def test_a_plan_does_not_take_another_plans_name(town: Town) -> None:
    """Else the activities of one would stand under the title of the other."""

    def plan(title: str) -> dict[str, tuple[OfficeRow, ...]]:
        row = JointPlanRow(
            id="0197f3a0-0000-7000-8000-000000000001", title=title, type="fardplanens-gemensamma", year=2026,
            until=None, target_group=None, text=None,
        )  # fmt: skip
        return {JOINT_PLANS: (row,), JOINT_ACTIVITIES: ()}

    task = JointActivityRow(
        id="0197f3a0-0000-7000-8000-000000000002", plan="0197f3a0-0000-7000-8000-000000000001", title="A", method=None,
        areas=(), target_group=None, goal=None, indicator=None, responsible="", start=None, end=None, ended=None,
        replaced_by=None,
    )  # fmt: skip
    assert town.from_office(town.county, "plan", {**plan("Länets"), JOINT_ACTIVITIES: (task,)}).code == "OK"
    verdict = town.from_office(town.fyrbodal, "plan", plan("Delregionens"))
    assert (verdict.code, verdict.message.split(": ")[1].split(".")[0]) == ("E21", "planen är någon annans")
    assert "gemensamma planer" in verdict.message


def test_a_package_does_not_change_the_numbers_of_another_period(town: Town) -> None:
    """A number of spring in the autumn's package would change what was sealed for spring, and nobody would be told."""
    forge = town.forged()
    name = "data/antal.jsonl"
    forge.put(name, forge.data[name].replace(b"2026-05", b"2026-01"))
    verdict = town.said(town.fyrbodal, forge.build())
    assert verdict.code == "E21"
    assert verdict.message.startswith("Rad SIP08/2026-01 i antal: uppgiften hör till en annan period än paketet.")
    spring = compilation.compile_period(town.fyrbodal, period=T2.previous)
    assert not any(each.value for each in spring.figures)


def test_a_question_is_about_a_value_that_we_can_find(town: Town) -> None:
    row = QuestionRow(
        id="0197f3a0-0000-7000-8000-000000000001", state="open", about="antal/SIP08/9999-99", shown="4", text="Vad?",
        answer=None, asked=date(2026, 9, 1), answered=None,
    )  # fmt: skip
    verdict = town.from_office(town.fyrbodal, "fraga", {QUESTIONS: (row,)})
    assert (verdict.code, "finns inte i mått och listor" in verdict.message) == ("E21", True)


def test_questions_and_answers_are_read_in_whatever_order_the_letters_are_opened(town: Town) -> None:
    def question(number: int, text: str) -> bytes:
        row = QuestionRow(
            id=f"0197f3a0-0000-7000-8000-00000000000{number}", state="open", about="antal/SIP08/2026-05", shown="4",
            text=text, answer=None, asked=date(2026, 9, 1), answered=None,
        )  # fmt: skip
        contents = Contents(kind="fraga", audience=town.edet.organisation, period=T2, tables={QUESTIONS: (row,)})
        by = town.fyrbodal
        delivery, data = seal_package(by, contents=contents, key=_key(by), approved_by="Processledare")
        packages.add_delivery(by.store, delivery, data, {}, label="Fråga", signature=by.signature)
        return data

    first, second = question(1, "Stämmer fyra?"), question(2, "Varför så få?")
    assert [town.said(town.edet, each).code for each in (second, first, second)] == ["OK", "OK", "E18-REPLAY"]
    assert {each.question.text for each in questions_in.to_answer(town.edet)} == {"Stämmer fyra?", "Varför så få?"}


def test_our_own_file_is_nobody_to_call_about(town: Town) -> None:
    verdict = town.said(town.edet, town.forged().build())
    assert verdict.code == "E16"
    assert verdict.message == "Filen är er egen. Den har ert sigill. Skicka den till mottagaren."
