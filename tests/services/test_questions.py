"""A question on one value goes down, its answer up; both as small sealed files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.services import deliveries, questions, questions_in
from fardplan_desktop.services.questions import Asked, State
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages
from tests import levels
from tests.levels import T2
from tests.services.steps import PASSPHRASE

ABOUT = "antal/SIP08/2026-05"


class Two:
    """Lilla Edet has handed in, Fyrbodal has read it in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edet, self.office = levels.workplace(folder, "1462"), levels.workplace(folder, "fyrbodal")
        levels.acquaint(folder, self.edet, self.office)
        levels.take(self.office, levels.hand_in(self.edet, folder / "ut", {"SIP08": 40}).file)

    def ask(self, text: str = "Stämmer 40? I april var det 4.") -> None:
        questions.ask(self.office, of="1462", period=T2, about=ABOUT, shown="40", text=text)

    def down(self) -> None:
        (made,), _ = questions.send(self.office, folder=self.folder / "ner", passphrase=PASSPHRASE)
        assert levels.take(self.edet, made.file).stored

    def up(self) -> None:
        (made,), _ = questions_in.send(self.edet, folder=self.folder / "upp", passphrase=PASSPHRASE)
        assert levels.take(self.office, made.file).stored

    @property
    def asked(self) -> Asked:
        (found,) = questions.asked(self.office)
        return found

    @property
    def waiting(self) -> questions_in.ToAnswer:
        (found,) = questions_in.to_answer(self.edet)
        return found


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.edet.store.close()
    made.office.store.close()


def test_a_question_is_asked_answered_and_closed(two: Two) -> None:
    two.ask()
    assert (two.asked.state, two.asked.sent, two.asked.label) == (State.OPEN, False, "Upprättade SIP, maj 2026")
    two.down()
    assert two.asked.sent
    assert (two.waiting.state, two.waiting.question.text) == (State.OPEN, "Stämmer 40? I april var det 4.")
    assert (two.waiting.cell, two.waiting.by.code) == (("SIP08", "2026-05"), "fyrbodal")
    questions_in.answer(two.edet, id=two.waiting.question.id, text="Nej, det ska vara 4. Vi rättar.")
    assert (two.waiting.state, two.waiting.sent) == (State.ANSWERED, False)
    two.up()
    assert two.waiting.sent
    assert (two.asked.state, two.asked.answer) == (State.ANSWERED, "Nej, det ska vara 4. Vi rättar.")
    questions.close(two.office, id=two.asked.question.id)
    assert (two.asked.state, two.asked.sent) == (State.CLOSED, False)
    two.down()
    assert two.waiting.state is State.CLOSED
    with pytest.raises(InputProblem, match="avslutad"):
        questions_in.answer(two.edet, id=two.waiting.question.id, text="En sak till.")


def test_the_days_are_counted_while_it_waits(two: Two) -> None:
    two.ask()
    assert questions.days_words(two.asked.state, two.asked.days) == "väntar på svar, ställd i dag"
    assert questions.days_words(State.OPEN, 3) == "väntar på svar sedan 3 dagar"
    assert questions.days_words(State.ANSWERED, 1) == "besvarad efter 1 dag"


def test_a_question_on_a_period_that_is_corrected_says_so(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    two.ask()
    two.down()
    assert not two.asked.corrected
    later = levels.workplace(two.folder, "1462", name="senare", at=levels.DAY.replace(day=15))
    two.edet = with_clock(two.edet, later)
    two.office = with_clock(two.office, later)
    deliveries.reopen(two.edet, period=T2, reason="Fel siffra.")
    levels.take(two.office, levels.hand_in(two.edet, two.folder / "ut", {"SIP08": 4}, "Fel siffra.").file)
    assert (two.asked.corrected, two.waiting.corrected) == (True, True)
    later.store.close()


def with_clock(workplace: Workplace, other: Workplace) -> Workplace:
    """The same store with the other's clock."""
    return replace(workplace, clock=other.clock)


def test_an_identity_number_is_neither_asked_nor_answered(two: Two) -> None:
    with pytest.raises(PersonalData):
        two.ask("Gäller det 19570428-9999?")
    two.ask()
    two.down()
    with pytest.raises(PersonalData):
        questions_in.answer(two.edet, id=two.waiting.question.id, text="Ja, 19570428-9999.")
    assert two.waiting.state is State.OPEN


def test_only_those_who_report_to_us_are_asked(two: Two) -> None:
    with pytest.raises(InputProblem, match="hör inte hit"):
        questions.ask(two.office, of="1480", period=T2, about=ABOUT, shown="40", text="Stämmer det?")
    with pytest.raises(InputProblem, match="Värdet finns inte"):
        questions.ask(two.office, of="1462", period=T2, about="antal/SIP99/2026-05", shown="40", text="Stämmer det?")


def test_nothing_is_sealed_when_nothing_waits(two: Two) -> None:
    with pytest.raises(InputProblem, match="Inga frågor"):
        questions.send(two.office, folder=two.folder, passphrase=PASSPHRASE)
    with pytest.raises(InputProblem, match="Inga svar"):
        questions_in.send(two.edet, folder=two.folder, passphrase=PASSPHRASE)


def test_an_answer_to_a_question_never_asked_is_refused(two: Two, tmp_path: Path) -> None:
    two.ask()
    two.down()
    questions_in.answer(two.edet, id=two.waiting.question.id, text="Ja.")
    (made,), _ = questions_in.send(two.edet, folder=tmp_path / "upp", passphrase=PASSPHRASE)
    (tmp_path / "annan").mkdir()
    other = levels.workplace(tmp_path / "annan", "fyrbodal")
    levels.acquaint(tmp_path / "annan", two.edet, other)
    plain = tmp_path / "svar.fardpaket"
    plain.write_bytes(packages.delivery_file(two.edet.store, made.delivery.digest))
    assert levels.take(other, plain).verdict.code == "E21"
    other.store.close()


def test_the_county_asks_a_delregion_in_the_same_way(two: Two, tmp_path: Path) -> None:
    county = levels.workplace(tmp_path, "14")
    levels.acquaint(tmp_path, two.office, county)
    questions.ask(county, of="fyrbodal", period=T2, about="antal/SIP08/2026-T2", shown="40", text="Är alla med?")
    (made,), _ = questions.send(county, folder=tmp_path / "ner", passphrase=PASSPHRASE)
    levels.take(two.office, made.file)
    (asked,) = questions_in.to_answer(two.office)
    assert (asked.by.code, asked.label) == ("14", "Upprättade SIP, tertial 2 2026")
    assert msgspec.structs.asdict(asked.question)["closed"] is None
    county.store.close()
