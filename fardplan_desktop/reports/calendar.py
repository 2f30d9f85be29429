"""Reminders as a calendar file (RFC 5545), the same bytes for the same reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Alarm, Calendar, Event

from fardplan_desktop.domain.reminders import Reminder

_MORNING_BEFORE = timedelta(hours=-15)
"""Nine o'clock the day before."""


def render_calendar(reminders: Iterable[Reminder], name: str) -> bytes:
    """A file that Outlook and others take in; ``name`` is what they call the calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Fardplan Desktop//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for each in reminders:
        calendar.add_component(_event(each))
    return bytes(calendar.to_ical())


def _event(reminder: Reminder) -> Event:
    event = Event()
    event.add("uid", reminder.uid)
    event.add("dtstamp", reminder.changed.astimezone(UTC))
    event.add("dtstart", reminder.day)
    event.add("dtend", reminder.day + timedelta(days=1))
    event.add("sequence", reminder.sequence)
    event.add("summary", reminder.words)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", reminder.words)
    alarm.add("trigger", _MORNING_BEFORE)
    event.add_component(alarm)
    return event
