"""Att göra: everything that waits, the most pressing first, each with one verb that goes straight to the place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

import msgspec

from fardplan_desktop.analysis.numbers_sv import near_day
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.joint import Joint
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import Decision
from fardplan_desktop.services.due import Reason
from fardplan_desktop.services.overview import Overview
from fardplan_desktop.services.overview_post import Post
from fardplan_desktop.ui.page import Go
from fardplan_desktop.ui.parts.todo_row import ToDo
from fardplan_desktop.ui.start import wording
from fardplan_desktop.ui.theme.tokens import Token

MOST_ALIKE: Final = 3
"""Rows of a kind; the rest is one row that goes to their page."""
_CHECK_IN_LOOK: Final[dict[Reason, tuple[str, Token]]] = {
    Reason.LATE: ("flag", "warn"),
    Reason.PLANNED: ("calendar-clock", "accent"),
    Reason.SOON: ("calendar-clock", "accent"),
    Reason.PERIOD: ("circle-dot", "accent"),
}
_T = TypeVar("_T")


class Deeds(msgspec.Struct, frozen=True):
    """What the rows may do."""

    go: Go
    decision_done: Callable[[Decision], object]
    back_up: Callable[[], object]


def todos(found: Overview, book: CodeBook, deeds: Deeds) -> list[ToDo]:
    """Errors and empty cells stop the report and come first."""
    return [
        *_post(found, deeds),
        *_errors(found, deeds),
        *_cells(found, book, deeds),
        *_activities(found, deeds),
        *_joint(found, deeds),
        *_deviations(found, book, deeds),
        *_missing(found, deeds),
        *_decisions(found, deeds),
        *_backup(found, deeds),
    ]


_POST: Final[dict[str, tuple[str, Token, str]]] = {
    "alarm": ("shield-alert", "bad", "Visa"),
    "refused": ("file-x", "bad", "Visa"),
    "question": ("message-square-text", "accent", "Svara"),
    "answer": ("message-square-text", "accent", "Läs svaret"),
    "feedback": ("message-square-text", "accent", "Läs"),
    "receipts": ("send", "accent", "Försegla"),
}


def _post(found: Overview, deeds: Deeds) -> list[ToDo]:
    """What has come from the others; an alarm about our seal before everything."""
    sent = "reporting" if found.level is Level.MUNICIPALITY else "sending"
    return [_posted(each, sent, deeds) for each in found.post]


def _posted(each: Post, sent: str, deeds: Deeds) -> ToDo:
    icon, ink, verb = _POST[each.sort]
    act = {
        "alarm": partial(deeds.go, sent, tab="sent"),
        "refused": partial(deeds.go, sent, tab="sent"),
        "question": partial(deeds.go, "replies", tab="questions", question=each.id),
        "answer": partial(deeds.go, "replies", tab="questions"),
        "feedback": partial(deeds.go, "replies", tab="read", period=each.id),
        "receipts": partial(deeds.go, "intake"),
    }[each.sort]
    return ToDo(icon, ink, wording.shortened(each.what), wording.shortened(each.why), verb, act)


def _errors(found: Overview, deeds: Deeds) -> list[ToDo]:
    def one(problem: Problem) -> ToDo:
        measure, month = problem.result.subject.split("/")[:2]
        act = partial(deeds.go, "counts", measure=measure, month=month)
        return ToDo("circle-alert", "bad", problem.result.text, problem.result.instruction, "Visa rutan", act)

    return _some(found.errors, one, "fel till i SIP-uppföljningen", partial(deeds.go, "reporting"))


def _cells(found: Overview, book: CodeBook, deeds: Deeds) -> list[ToDo]:
    return [
        ToDo(
            "table-2",
            "accent",
            wording.empty(each, found.today),
            f"Börja med {book.measure(each.first).label}",
            "Fyll i",
            partial(deeds.go, "counts", measure=each.first, month=each.period.id),
        )
        for each in found.empty_cells
    ]


def _activities(found: Overview, deeds: Deeds) -> list[ToDo]:
    to_check_in = _some(
        found.due,
        lambda each: ToDo(
            *_CHECK_IN_LOOK[each.reason],
            wording.shortened(each.activity.title),
            each.why,
            "Stäm av",
            partial(deeds.go, "activities", walk=True, activity=each.activity.id),
        ),
        "aktiviteter till att stämma av",
        partial(deeds.go, "activities", walk=True),
    )
    asked = {each.activity.id for each in found.due}
    late = _some(
        [each for each in found.late_activities if each.id not in asked],
        lambda each: ToDo(
            "flag",
            "warn",
            wording.shortened(each.title),
            f"Slutdatum {near_day(each.end or found.today, found.today)} har passerat",
            "Uppdatera",
            partial(deeds.go, "activities", activity=each.id),
        ),
        "aktiviteter till har passerat sitt slutdatum",
        partial(deeds.go, "activities"),
    )
    return [*to_check_in, *late]


def _joint(found: Overview, deeds: Deeds) -> list[ToDo]:
    """One row a joint plan."""
    plans: dict[str, list[Joint]] = {}
    for each in found.joint:
        plans.setdefault(each.plan.title, []).append(each)
    go = partial(deeds.go, "activities", joint=True)
    return [
        ToDo("users", "accent", f"Gemensam plan: {len(joints)} att ta ställning till", title, "Ta ställning", go)
        for title, joints in plans.items()
    ]


def _deviations(found: Overview, book: CodeBook, deeds: Deeds) -> list[ToDo]:
    return _some(
        found.waiting,
        lambda each: ToDo(
            "triangle-alert",
            "warn",
            wording.waiting(book, each),
            wording.waiting_why(each, found.today),
            "Öppna",
            partial(deeds.go, "deviations", deviation=each.deviation.id),
        ),
        "avvikelser till väntar på svar",
        partial(deeds.go, "deviations"),
    )


def _missing(found: Overview, deeds: Deeds) -> list[ToDo]:
    """Who has not delivered though the day has passed: an office asks them."""
    if found.intake is None or found.days_left >= 0:
        return []
    name = wording.period_name(found.period, found.today).capitalize()
    why = f"{name} skulle ha lämnats senast {near_day(found.deadline, found.today)}"
    return _some(
        found.intake.asked,
        lambda member: ToDo("inbox", "warn", f"{member} saknas", why, "Påminn", partial(deeds.go, "coverage")),
        "till saknas",
        partial(deeds.go, "coverage"),
    )


def _decisions(found: Overview, deeds: Deeds) -> list[ToDo]:
    return _some(
        found.decisions,
        lambda each: ToDo(
            "clipboard-list",
            "accent",
            wording.shortened(each.decision.text),
            wording.decision_why(each, found.today),
            "Klart",
            partial(deeds.decision_done, each.decision),
        ),
        "beslut till är inte klara",
        partial(deeds.go, "meetings"),
    )


def _backup(found: Overview, deeds: Deeds) -> list[ToDo]:
    if not found.backup_late:
        return []
    if found.backup_late == "elsewhere":
        what = "Ingen kopia på andra platsen på sju dagar"
        why = "Kopiorna på den här datorn är gjorda, men den andra platsen har inte gått att nå"
        return [ToDo("hard-drive", "warn", what, why, "Kopiera nu", deeds.back_up)]
    why = "Det som skrivits sedan dess finns bara i den öppna filen"
    return [ToDo("hard-drive", "warn", "Ingen säkerhetskopia på sju dagar", why, "Kopiera nu", deeds.back_up)]


def _some(things: Sequence[_T], row: Callable[[_T], ToDo], rest: str, all_of_them: Callable[[], object]) -> list[ToDo]:
    rows = [row(each) for each in things[:MOST_ALIKE]]
    left = len(things) - MOST_ALIKE
    if left > 0:
        rows.append(ToDo("ellipsis", "text2", f"{left} {rest}", "", "Visa alla", all_of_them))
    return rows
