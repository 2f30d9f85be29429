"""Meetings and decisions, as services."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from fardplan_desktop.domain.errors import InputProblem, PersonalData
from fardplan_desktop.domain.records import Decision, Meeting
from fardplan_desktop.services import editing, meetings
from fardplan_desktop.services.workplace import Workplace


def add(workplace: Workplace, day: date, forum: str = "vvg") -> Meeting:
    meetings.put_meeting(workplace, before=None, after=Meeting(id="", forum=forum, date=day))
    return next(each for each in meetings.meetings(workplace) if each.date == day)


def decide(workplace: Workplace, meeting: Meeting, text: str) -> Decision:
    meetings.put_decision(workplace, before=None, after=Decision(id="", meeting=meeting.id, text=text))
    return meetings.decisions(workplace, meeting=meeting.id)[-1]


def test_the_next_meeting_is_the_nearest_that_has_not_been(edet: Workplace) -> None:
    assert meetings.next_meeting(edet) is None
    for day in (date(2026, 9, 1), date(2026, 12, 1), date(2026, 10, 12)):
        add(edet, day)
    assert meetings.next_meeting(edet) == meetings.meetings(edet)[1]
    assert [each.date.month for each in meetings.meetings(edet)] == [12, 10, 9]


def test_a_municipality_meets_in_the_countys_forums_and_its_own_delregions(
    edet: Workplace, fyrbodal: Workplace
) -> None:
    assert {each.delregion for each in meetings.forums(edet)} == {None, "fyrbodal"}
    assert meetings.forums(edet) == meetings.forums(fyrbodal)


def test_a_forum_that_the_code_book_does_not_know_keeps_its_own_words(edet: Workplace) -> None:
    assert meetings.meeting_name(edet, add(edet, date(2026, 10, 1), "Lokala rådet")) == "Lokala rådet"


def test_a_removed_meeting_takes_its_decisions_along_and_one_undo_brings_all_back(edet: Workplace) -> None:
    meeting = add(edet, date(2026, 10, 1))
    decision = decide(edet, meeting, "Ta fram en rutin")
    meetings.remove_meeting(edet, meeting=meeting)
    assert (meetings.meetings(edet), meetings.decisions(edet)) == ((), ())
    editing.undo(edet)
    assert (meetings.meetings(edet), meetings.decisions(edet)) == ((meeting,), (decision,))


def test_a_decision_stands_until_it_is_done(edet: Workplace) -> None:
    decision = decide(edet, add(edet, date(2026, 10, 1)), "Ta fram en rutin")
    done = msgspec.structs.replace(decision, done=True)
    assert meetings.put_decision(edet, before=decision, after=done).label == "Beslut klart"
    assert meetings.open_decisions(edet) == ()


@pytest.mark.parametrize("text", ["", "   "])
def test_a_decision_without_words_is_refused(edet: Workplace, text: str) -> None:
    with pytest.raises(InputProblem, match="Beslutet saknar text"):
        decide(edet, add(edet, date(2026, 10, 1)), text)


def test_an_agenda_that_names_a_person_by_number_is_not_saved(edet: Workplace) -> None:
    agenda = ("Läget", "Ärendet 640823-3234")
    with pytest.raises(PersonalData, match="Dagordningen"):
        meetings.put_meeting(
            edet, before=None, after=Meeting(id="", forum="vvg", date=date(2026, 10, 1), agenda=agenda)
        )
    assert meetings.meetings(edet) == ()
