"""The yearly self-assessment of the six working methods."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fardplan_desktop.bootstrap import new_workplace
from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.records import SelfAssessment
from fardplan_desktop.services import editing, self_assessment
from fardplan_desktop.services.workplace import Workplace


def told(workplace: Workplace, year: int) -> dict[str, tuple[str | None, str | None]]:
    found = self_assessment.standing(workplace, year=year)
    return {each.method.id: (said(each.now), said(each.before)) for each in found if each.now or each.before}


def said(assessment: SelfAssessment | None) -> str | None:
    return assessment.score if assessment else None


def test_all_six_are_asked_about_and_nothing_is_said_of_them_to_begin_with(edet: Workplace) -> None:
    found = self_assessment.standing(edet, year=2026)
    assert [each.method.id for each in found] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert told(edet, 2026) == {}
    assert [each.rank for each in self_assessment.scores(edet)] == [1, 2, 3, 4, 5]


def test_last_year_s_score_stands_beside_this_year_s(edet: Workplace) -> None:
    self_assessment.assess(edet, year=2025, method="A4", score="enstaka-initiativ")
    self_assessment.assess(edet, year=2026, method="A4", score="pagar-i-delar", comment=" Två av tre enheter ")
    assert told(edet, 2026) == {"A4": ("pagar-i-delar", "enstaka-initiativ")}
    assert told(edet, 2025) == {"A4": ("enstaka-initiativ", None)}


def test_a_new_score_replaces_the_old_and_one_undo_brings_it_back(edet: Workplace) -> None:
    for score in ("pagar-i-delar", "i-stort-sett-infort"):
        self_assessment.assess(edet, year=2026, method="A1", score=score)
    assert told(edet, 2026) == {"A1": ("i-stort-sett-infort", None)}
    editing.undo(edet)
    assert told(edet, 2026) == {"A1": ("pagar-i-delar", None)}
    (first, *_) = self_assessment.standing(edet, year=2026)
    assert first.now is not None
    self_assessment.clear(edet, assessment=first.now)
    assert told(edet, 2026) == {}


@pytest.mark.parametrize(
    ("year", "score", "comment", "error"),
    [
        (2027, "pagar-i-delar", "", InputProblem),
        (2022, "pagar-i-delar", "", InputProblem),
        (2026, "nio", "", InputProblem),
        (2026, "pagar-i-delar", "Gäller 19570428-9999", PersonalData),
        (2026, "pagar-i-delar", "x" * 4001, InputProblem),
    ],
    ids=["a year to come", "before the Färdplan", "no such score", "a person in the comment", "too long"],
)
def test_what_cannot_be_kept_is_refused(
    edet: Workplace, year: int, score: str, comment: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        self_assessment.assess(edet, year=year, method="A1", score=score, comment=comment)
    assert told(edet, 2026) == {}


@pytest.mark.parametrize(("day", "year"), [((2026, 3, 1), 2025), ((2026, 3, 2), 2026), ((2026, 12, 31), 2026)])
def test_last_year_is_assessed_until_its_paper_is_due(tmp_path: Path, day: tuple[int, int, int], year: int) -> None:
    there = new_workplace(tmp_path / "egen.fardplan", "1462", clock=lambda: datetime(*day, 12, tzinfo=UTC))
    assert self_assessment.default_year(there) == year
    assert self_assessment.years(there) == (2026, 2025, 2024, 2023)
    there.store.close()
