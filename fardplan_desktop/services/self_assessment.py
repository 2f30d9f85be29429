"""The yearly self-assessment: how far each of the six working methods has come, 1 to 5, in a word and a comment."""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import Code, WorkingMethod
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import SelfAssessment
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace

_COMMENT_LIMIT = 4000


class MethodStanding(msgspec.Struct, frozen=True):
    """A working method with what is said of it this year and what was said the year before."""

    method: WorkingMethod
    now: SelfAssessment | None
    before: SelfAssessment | None


def scores(workplace: Workplace) -> tuple[Code, ...]:
    """The scale, lowest first; ``rank`` is the number 1–5."""
    codes = workplace.codebook.list("sjalvskattning").active(workplace.today)
    return tuple(sorted(codes, key=lambda each: each.rank or 0))


def years(workplace: Workplace) -> tuple[int, ...]:
    """The years that can be assessed, the latest first: from the Färdplan's start to this one."""
    return tuple(range(workplace.today.year, workplace.codebook.reporting.since.year - 1, -1))


def default_year(workplace: Workplace) -> int:
    """Last year until its yearly paper is due, then this one."""
    reporting, today = workplace.codebook.reporting, workplace.today
    due = date(today.year, reporting.yearly_month, reporting.yearly_day)
    return today.year - 1 if today <= due else today.year


def standing(workplace: Workplace, *, year: int) -> tuple[MethodStanding, ...]:
    """All six, in the Färdplan's order."""
    told = {each.id: each for each in workplace.store.own(SelfAssessment)}
    return tuple(
        MethodStanding(each, told.get(f"{year}/{each.id}"), told.get(f"{year - 1}/{each.id}"))
        for each in workplace.codebook.working_methods
    )


def assess(workplace: Workplace, *, year: int, method: str, score: str, comment: str = "") -> Change:
    """Say how far a working method has come in a year; replaces what was said before."""
    if year not in years(workplace):
        raise InputProblem(f"Året {year} kan inte skattas.", todo="Välj ett år från Färdplanens start till i år.")
    if score not in {each.id for each in scores(workplace)}:
        raise InputProblem("Skattningen finns inte i mått och listor.", todo="Välj 1–5.")
    comment = comment.strip()
    if len(comment) > _COMMENT_LIMIT:
        raise InputProblem(
            "Kommentaren har för lång text.",
            f"Den har {len(comment)} tecken, högst {_COMMENT_LIMIT} får plats.",
            "Korta den.",
        )
    after = SelfAssessment(year=year, method=method, score=score, comment=comment)
    before = workplace.store.get(SelfAssessment, after.id)
    return save(workplace, edits=[Edit(before, after)], label=f"Självskattning {method} {year}")


def clear(workplace: Workplace, *, assessment: SelfAssessment) -> Change:
    """Take a score away again, its comment with it."""
    label = f"Borttagen självskattning {assessment.method} {assessment.year}"
    return save(workplace, edits=[Edit(assessment, None)], label=label)
