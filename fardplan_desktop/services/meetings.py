"""Meetings of the forums and what they decided. A decision stands on Start until it is done."""

from __future__ import annotations

from datetime import date

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.codebook import Forum
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import Decision, Meeting
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.workplace import Workplace


def forums(workplace: Workplace) -> tuple[Forum, ...]:
    """Where the organisation meets: the county's forums and its delregion's."""
    own, book, today = workplace.organisation, workplace.codebook, workplace.today
    if own.level is Level.COUNTY:
        return book.forums_for(None, today)
    if own.level is Level.DELREGION:
        return book.forums_for(own.code, today)
    return book.forums_for(book.delregion_of(own.code, today).code, today)


def meetings(workplace: Workplace) -> tuple[Meeting, ...]:
    """Latest date first."""
    return tuple(sorted(workplace.store.own(Meeting), key=lambda each: (each.date, each.time), reverse=True))


def next_meeting(workplace: Workplace) -> Meeting | None:
    """The first that has not been yet."""
    coming = [each for each in meetings(workplace) if each.date >= workplace.today]
    return coming[-1] if coming else None


def meeting_name(workplace: Workplace, meeting: Meeting) -> str:
    """What the forum is called, or its own words when the code book does not have it."""
    return next((each.label for each in forums(workplace) if each.id == meeting.forum), meeting.forum)


def put_meeting(workplace: Workplace, *, before: Meeting | None, after: Meeting) -> Change:
    """A new meeting (``before`` None, id given here) or a changed one."""
    if not after.forum.strip():
        raise InputProblem("Mötet saknar forum.", todo="Välj vilket forum det gäller.")
    if before is None:
        after = msgspec.structs.replace(after, id=workplace.ids())
    return save(workplace, edits=[Edit(before, after)], label="Nytt möte" if before is None else "Ändrat möte")


def remove_meeting(workplace: Workplace, *, meeting: Meeting) -> Change:
    """With its decisions; one undo brings all of it back."""
    edits = [Edit(each, None) for each in workplace.store.own(Decision, meeting=meeting.id)]
    return save(workplace, edits=[*edits, Edit(meeting, None)], label="Borttaget möte")


def decisions(workplace: Workplace, *, meeting: str | None = None) -> tuple[Decision, ...]:
    """In the order taken; of one meeting when given."""
    return workplace.store.own(Decision, **({} if meeting is None else {"meeting": meeting}))


def open_decisions(workplace: Workplace) -> tuple[Decision, ...]:
    """Not yet done, the most urgent first."""
    waiting = [each for each in decisions(workplace) if not each.done]
    return tuple(sorted(waiting, key=lambda each: each.latest or date.max))


def put_decision(workplace: Workplace, *, before: Decision | None, after: Decision) -> Change:
    """A new decision (``before`` None, id given here) or a changed one."""
    if not after.text.strip():
        raise InputProblem("Beslutet saknar text.", todo="Skriv vad som beslutades.")
    if before is None:
        after = msgspec.structs.replace(after, id=workplace.ids())
    label = "Nytt beslut" if before is None else "Beslut klart" if after.done and not before.done else "Ändrat beslut"
    return save(workplace, edits=[Edit(before, after)], label=label)
