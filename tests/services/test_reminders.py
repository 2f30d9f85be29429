"""Reminders as a calendar meets them: days, stable names, higher sequences, nothing personal, the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.records import Activity
from fardplan_desktop.services import activities, editing, reminders
from fardplan_desktop.services.workplace import Workplace

PLANNED, END = date(2026, 10, 12), date(2026, 12, 31)


@pytest.fixture
def rutin(edet: Workplace) -> Activity:
    made, _ = activities.add(edet, title="Rutin för SIP; del 1, å ä ö", responsible="MAS", end=END, status="pagar")
    activities.plan_check_in(edet, activity=made, day=PLANNED)
    return made


def events(workplace: Workplace) -> list[dict[str, str]]:
    """What a calendar reads: for each day its properties, unfolded and without escapes."""
    whole = reminders.calendar_file(workplace).decode().replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")
    found = []
    for block in whole.split("BEGIN:VEVENT\r\n")[1:]:
        lines = block.partition("END:VEVENT")[0].split("\r\n")
        found.append({line.partition(":")[0]: line.partition(":")[2] for line in reversed(lines)})
    return found


def told(workplace: Workplace) -> dict[str, date]:
    return {each["SUMMARY"]: date.fromisoformat(each["DTSTART;VALUE=DATE"]) for each in events(workplace)}


def test_planned_check_ins_last_days_and_deadlines_are_whole_days(edet: Workplace, rutin: Activity) -> None:
    assert told(edet) == {
        "Sista dagen att rapportera tertial 2 2026": date(2026, 9, 25),
        "Stäm av: Rutin för SIP; del 1, å ä ö": PLANNED,
        "Klar senast: Rutin för SIP; del 1, å ä ö": END,
        "Sista dagen att rapportera tertial 3 2026": date(2027, 1, 25),
        "Sista dagen att rapportera tertial 1 2027": date(2027, 5, 25),
    }


def test_each_day_reminds_the_morning_before_and_blocks_no_time(edet: Workplace, rutin: Activity) -> None:
    for event in events(edet):
        assert event["TRANSP"] == "TRANSPARENT"
        start, end = (date.fromisoformat(event[f"{edge};VALUE=DATE"]) for edge in ("DTSTART", "DTEND"))
        assert (end - start).days == 1
        assert event["TRIGGER"] == "-PT15H"


def test_the_same_data_give_the_same_bytes_as_the_standard_writes_them(edet: Workplace, rutin: Activity) -> None:
    data = reminders.calendar_file(edet)
    assert data == reminders.calendar_file(edet)
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert "Rutin för SIP\\; del 1\\, å ä ö" in data.decode().replace("\r\n ", "")


def test_a_change_keeps_the_name_and_raises_the_sequence_and_undo_raises_it_again(
    edet: Workplace, rutin: Activity
) -> None:
    def last_day() -> tuple[str, date, int]:
        (found,) = (each for each in reminders.reminders(edet) if each.words.startswith("Klar senast"))
        return found.uid, found.day, found.sequence

    uid, _, first = last_day()
    activities.update(edet, before=rutin, after=msgspec.structs.replace(rutin, end=date(2027, 1, 31)))
    assert last_day() == (uid, date(2027, 1, 31), first + 1)
    editing.undo(edet)
    assert last_day() == (uid, END, first + 2)


def test_what_is_closed_reminds_of_nothing(edet: Workplace, rutin: Activity) -> None:
    activities.update(edet, before=rutin, after=msgspec.structs.replace(rutin, status="klar"))
    assert all(words.startswith("Sista dagen") for words in told(edet))


def test_no_function_and_no_way_to_reach_anybody_is_in_the_file(edet: Workplace, rutin: Activity) -> None:
    activities.add(edet, title="Ring 0705-123 456 om rutinen", responsible="Enhetschef", end=END)
    text = reminders.calendar_file(edet).decode()
    assert "Klar senast: en aktivitet" in text
    assert not any(word in text for word in ("0705", "MAS", "Enhetschef"))


def test_every_uid_is_its_own_and_stays(edet: Workplace, rutin: Activity) -> None:
    uids = [each.uid for each in reminders.reminders(edet)]
    assert len(set(uids)) == len(uids)
    assert uids == [each.uid for each in reminders.reminders(edet)]


def test_the_file_lies_in_the_folder_under_the_same_name(fyrbodal: Workplace, tmp_path: Path) -> None:
    for _ in range(2):
        saved = reminders.save_reminders(fyrbodal, folder=tmp_path)
    assert [each.name for each in tmp_path.glob("*.ics")] == [saved.name]
    assert saved.name == f"Påminnelser {fyrbodal.organisation.name}.ics"
