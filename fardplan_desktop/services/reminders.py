"""Reminders for the calendar: planned check-ins, last days of activities, and the deadlines of the reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from fardplan_desktop.analysis.guard import contact_hits, identity_hits
from fardplan_desktop.analysis.tallies import is_ended
from fardplan_desktop.domain.periods import period_of
from fardplan_desktop.domain.records import Activity, CheckIn
from fardplan_desktop.domain.reminders import Reminder
from fardplan_desktop.services import editing
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace


def reminders(workplace: Workplace, *, as_of: date | None = None) -> tuple[Reminder, ...]:
    """By day: all of our own activities that are not closed, and the periods before, of and after the day ``as_of``.

    No responsible function and no note goes into a calendar, and no title that holds a way to reach somebody.
    """
    found = (*_activities(workplace), *_check_ins(workplace), *_deadlines(workplace, as_of or workplace.today))
    return tuple(sorted(found, key=lambda each: (each.day, each.uid)))


def calendar_file(workplace: Workplace, *, as_of: date | None = None) -> bytes:
    """The reminders as an .ics file; the same data and as-of date give the same bytes."""
    from fardplan_desktop.reports.calendar import render_calendar

    return render_calendar(reminders(workplace, as_of=as_of), f"Färdplan, {workplace.organisation.name}")


def save_reminders(workplace: Workplace, *, folder: Path) -> Path:
    """In the organisation's folder; the same name again, since the calendar knows its days again."""
    target = folder / f"Påminnelser {workplace.organisation.name}.ics"
    return save_file(target, calendar_file(workplace))


def _activities(workplace: Workplace) -> Iterator[Reminder]:
    for each in _open(workplace):
        if each.end is not None:
            yield _reminder(workplace, each, each.end, f"Klar senast: {_title(each)}")


def _check_ins(workplace: Workplace) -> Iterator[Reminder]:
    titles = {each.id: _title(each) for each in _open(workplace)}
    for each in workplace.store.own(CheckIn, planned=True):
        if each.activity in titles:
            yield _reminder(workplace, each, each.date, f"Stäm av: {titles[each.activity]}")


def _deadlines(workplace: Workplace, as_of: date) -> Iterator[Reminder]:
    present = period_of(as_of, workplace.codebook.reporting.type)
    made = datetime.fromisoformat(workplace.store.setting("created") or "2022-01-01T00:00:00Z").astimezone(UTC)
    for period in (present.previous, present, present.shifted(1)):
        uid = f"rapportera-{workplace.organisation.code}-{period.id}@fardplan"
        words = f"Sista dagen att rapportera {period.name}"
        yield Reminder(uid, workplace.codebook.deadline(period), words, workplace.codebook.version, made)


def _reminder(workplace: Workplace, record: Activity | CheckIn, day: date, words: str) -> Reminder:
    """Each stored change of the record is a higher sequence, also one that is undone."""
    entries = editing.history(workplace, record=record)
    changed = datetime.fromisoformat(entries[0].at).astimezone(UTC) if entries else datetime(2022, 1, 1, tzinfo=UTC)
    return Reminder(f"{type(record).__name__.lower()}-{record.id}@fardplan", day, words, len(entries), changed)


def _open(workplace: Workplace) -> Iterator[Activity]:
    return (each for each in workplace.store.own(Activity) if not is_ended(workplace.codebook, each))


def _title(activity: Activity) -> str:
    personal = contact_hits(activity.title) or identity_hits(activity.title)
    return "en aktivitet" if personal else activity.title
