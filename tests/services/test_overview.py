"""What Start shows is what the store holds: nothing invented, nothing late left out, nothing asked for too early."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from fardplan_desktop.domain.periods import Period, parse_period
from fardplan_desktop.domain.records import Count, CountState, Decision, Deviation, Meeting
from fardplan_desktop.host.clock import Seeded
from fardplan_desktop.services import activities, counts, deviations, editing, meetings, safekeeping
from fardplan_desktop.services.overview import Overview, office_figures, overview
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make

T2 = parse_period("2026-T2")
replace = msgspec.structs.replace


def on(workplace: Workplace, day: date) -> Workplace:
    """The same store on another day."""
    clock = Seeded("later", datetime(day.year, day.month, day.day, 9, tzinfo=UTC)).clock
    return Workplace(workplace.store, workplace.codebook, clock, workplace.ids, workplace.random_bytes)


def deviation(workplace: Workplace, **given: object) -> Deviation:
    return deviations.add(workplace, draft=replace(deviations.blank(workplace), **given))[0]


def enter(workplace: Workplace, *values: tuple[str, str, int]) -> None:
    counts.put(workplace, values=[Count(measure=measure, period=period, n=n) for measure, period, n in values])


def figures(found: Overview) -> dict[str, tuple[str, str]]:
    plain = str.maketrans({"\u202f": " ", "\u00a0": " "})
    return {each.label: (each.figure.translate(plain), each.comparison.translate(plain)) for each in found.figures}


def test_a_fresh_store_shows_missing_and_never_0_for_what_nobody_has_counted(edet: Workplace) -> None:
    found = overview(edet, period=T2)
    assert found.fresh
    assert figures(found) == {
        "Upprättade SIP": ("saknas", "inte ifyllt än"),
        "Den enskilde deltog": ("saknas", "inte ifyllt än"),
        "Fast omsorgskontakt": ("saknas", "inte ifyllt än"),
        "Avvikelser i samverkan": ("0", "inga registrerade än"),
    }
    assert (found.days_left, found.backup_late, found.meeting, found.waiting) == (11, "", None, ())


def test_the_key_figures_are_the_period_s_with_last_year_beside(edet: Workplace) -> None:
    enter(
        edet,
        ("SIP08", "2025-T2", 19), *(("SIP08", f"2026-0{month}", 5) for month in (5, 6, 7, 8)),
        ("SIP04", "2026-05", 8), ("SIP05", "2026-05", 6), ("SIP04", "2026-06", 2), ("SIP05", "2026-06", 2),
    )  # fmt: skip
    deviation(edet, registered=date(2026, 8, 2))
    deviation(edet, registered=date(2025, 3, 2), month="2025-03")
    found = figures(overview(edet, period=T2))
    assert found["Upprättade SIP"] == ("20", "19 samma tertial 2025")
    assert found["Den enskilde deltog"] == ("80 %", "8 av 10 möten")
    assert found["Avvikelser i samverkan"] == ("1", "0 samma tertial 2025")


def test_a_sum_with_gaps_says_so_and_a_gap_in_the_trend_is_no_0(edet: Workplace) -> None:
    enter(edet, ("SIP08", "2026-05", 0), ("SIP08", "2026-07", 4))
    found = overview(edet, period=T2)
    assert figures(found)["Upprättade SIP"] == ("4", "2 av 4 månader, uppgift för 2025 saknas")
    drawn_up = found.figures[0].points
    assert len(drawn_up) == 12
    assert drawn_up[-4:] == (0, None, 4, None)


def test_empty_cells_are_asked_for_month_by_month_when_the_month_has_ended(edet: Workplace) -> None:
    enter(edet, ("SIP04", "2026-05", 3))
    june = overview(on(edet, date(2026, 6, 20)), period=T2)
    assert [each.period.id for each in june.empty_cells] == ["2026-05"]
    months = overview(edet, period=T2).empty_cells
    assert [each.period.id for each in months] == ["2026-05", "2026-06", "2026-07", "2026-08"]
    assert months[1].cells == months[0].cells + 1
    assert (months[0].first, months[1].first) == ("SIP05", "SIP04")
    reported = overview(edet, period=T2).reported
    assert reported is not None
    assert reported.cells_left == sum(each.cells for each in months)


def test_saying_that_a_value_is_missing_is_an_answer(edet: Workplace) -> None:
    before = overview(edet, period=T2).empty_cells[0].cells
    counts.put(edet, values=[Count(measure="SIP04", period="2026-05", state=CountState.MISSING)])
    assert overview(edet, period=T2).empty_cells[0].cells == before - 1


def test_a_broken_rule_is_an_error_to_mend(edet: Workplace) -> None:
    enter(edet, ("SIP04", "2026-05", 4), ("SIP05", "2026-05", 5))
    found = overview(edet, period=T2)
    assert [each.result.cells for each in found.errors] == [("SIP05/2026-05", "SIP04/2026-05")]
    assert found.reported is not None
    assert found.reported.errors == 1


def test_a_breakdown_that_does_not_add_up_is_found_too(edet: Workplace) -> None:
    enter(edet, ("SIP04", "2026-05", 4))
    ages = [code.id for code in edet.codebook.list("alder").codes]
    counts.put(
        edet, values=[Count(measure="SIP04", period="2026-05", breakdown="alder", value=age, n=2) for age in ages]
    )
    assert len(overview(edet, period=T2).errors) == 1


def test_late_activities_and_those_to_check_in_are_told_apart(edet: Workplace) -> None:
    late, _ = activities.add(edet, title="Sen", end=date(2026, 8, 31), status="pagar")
    going, _ = activities.add(edet, title="Pågår", end=date(2026, 12, 31), status="pagar")
    activities.add(edet, title="Klar", end=date(2026, 5, 1), status="klar")
    found = overview(edet, period=T2)
    assert [each.activity.id for each in found.due] == [late.id, going.id]
    assert [each.id for each in found.late_activities] == [late.id]
    assert found.reported is not None
    assert (found.reported.checked_in, found.reported.activities) == (0, 2)
    for each in (late, going):
        activities.check_in(edet, activity=each, status="pagar", forecast=None, comment="")
    after = overview(edet, period=T2)
    assert after.due == ()
    assert [each.id for each in after.late_activities] == [late.id]
    assert after.reported is not None
    assert (after.reported.checked_in, after.reported.activities) == (2, 2)


@pytest.mark.parametrize(
    ("days", "told", "late"), [(44, False, False), (45, True, False), (60, True, False), (61, True, True)]
)
def test_an_answer_is_told_of_from_45_days_and_late_after_60(
    edet: Workplace, days: int, told: bool, late: bool
) -> None:
    deviation(edet, sent_on=edet.today - timedelta(days=days), status="skickad")
    found = overview(edet, period=T2)
    assert [each.days for each in found.waiting] == ([days] if told else [])
    assert [each.late(found.today) for each in found.waiting] == ([late] if told else [])


def test_the_next_meeting_and_the_decisions_that_are_not_done(edet: Workplace) -> None:
    forum = meetings.forums(edet)[0]
    meetings.put_meeting(edet, before=None, after=Meeting(id="", forum=forum.id, date=date(2026, 9, 1)))
    held = meetings.meetings(edet)[0]
    meetings.put_meeting(edet, before=None, after=Meeting(id="", forum=forum.id, date=date(2026, 9, 18), time="09:00"))
    meetings.put_decision(edet, before=None, after=Decision(id="", meeting=held.id, text="Skriv rutinen"))
    meetings.put_decision(edet, before=None, after=Decision(id="", meeting=held.id, text="Gjort", done=True))
    found = overview(edet, period=T2)
    assert found.meeting is not None
    assert (found.meeting.name, found.meeting.date, found.meeting.time) == (forum.label, date(2026, 9, 18), "09:00")
    assert [(each.decision.text, each.meeting) for each in found.decisions] == [("Skriv rutinen", forum.label)]


def test_a_week_without_a_copy_is_told(edet: Workplace) -> None:
    assert not overview(on(edet, date(2026, 9, 20)), period=T2).backup_late
    assert overview(on(edet, date(2026, 9, 21)), period=T2).backup_late
    safekeeping.back_up(on(edet, date(2026, 9, 21)))
    assert not overview(on(edet, date(2026, 9, 22)), period=T2).backup_late
    assert overview(on(edet, date(2026, 9, 29)), period=T2).backup_late


def test_news_are_gathered_by_day_and_kind_in_plain_words(edet: Workplace) -> None:
    enter(edet, *(("SIP08", f"2026-0{month}", 5) for month in (5, 6, 7)))
    enter(edet, ("SIP08", "2026-07", 6))
    made, _ = activities.add(on(edet, date(2026, 9, 15)), title="Rutin för SIP")
    activities.update(on(edet, date(2026, 9, 16)), before=made, after=replace(made, goal="Fler SIP"))
    deviation(edet)
    editing.undo(edet)
    news = overview(edet, period=T2).news
    assert [each.text for each in news] == [
        "Aktivitet ”Rutin för SIP” ändrad",
        "Aktivitet ”Rutin för SIP” inlagd",
        "1 handlingsplan inlagd",
        "3 rutor i SIP-uppföljningen ifyllda",
    ]
    assert news[0].at.date() == date(2026, 9, 16)


def told(found: Overview) -> list[str]:
    return [each.text for each in found.news]


def test_the_first_visit_has_nothing_it_could_have_missed(edet: Workplace) -> None:
    activities.add(edet, title="Rutin för SIP")
    found = overview(edet, period=T2)
    assert (found.since, len(found.news), found.earlier) == (None, 2, ())


def test_what_was_done_before_the_last_visit_stands_below_what_came_after(edet: Workplace) -> None:
    enter(edet, ("SIP08", "2026-05", 5))
    morning = edet.clock()
    later = on(edet, date(2026, 9, 14))
    enter(later, ("SIP08", "2026-06", 6), ("SIP08", "2026-07", 6))
    found = overview(later, period=T2, since=morning)
    assert told(found) == ["2 rutor i SIP-uppföljningen ifyllda"]
    assert [each.text for each in found.earlier] == ["1 ruta i SIP-uppföljningen ifylld"]


def test_time_brings_late_activities_overdue_answers_and_ended_months(edet: Workplace) -> None:
    activities.add(edet, title="Utbildning", end=date(2026, 10, 20))
    activities.add(edet, title="Redan försenad", end=date(2026, 8, 1))
    sent = deviation(edet, registered=date(2026, 8, 20))
    deviations.update(edet, before=sent, after=replace(sent, status="skickad", sent_on=date(2026, 8, 25)))
    friday = datetime(2026, 10, 16, 14, 2, tzinfo=UTC)
    found = overview(on(edet, date(2026, 11, 2)), period=T2, since=friday)
    assert told(found) == [
        "Oktober är slut och kan fyllas i",
        f"Svaret på avvikelse {sent.number} skulle ha kommit",
        "Aktivitet ”Utbildning” blev försenad",
    ]
    assert overview(on(edet, date(2026, 11, 3)), period=T2, since=datetime(2026, 11, 2, 9, tzinfo=UTC)).news == ()


def test_a_period_that_ended_and_a_deadline_that_passed_are_told_once(edet: Workplace) -> None:
    ended = overview(on(edet, date(2026, 9, 7)), period=T2, since=datetime(2026, 8, 28, 9, tzinfo=UTC))
    assert "Tertial 2 2026 är slut, sista dagen är 25\u00a0september" in told(ended)
    passed = overview(on(edet, date(2026, 9, 28)), period=T2, since=datetime(2026, 9, 21, 9, tzinfo=UTC))
    assert told(passed) == ["Sista dagen för tertial 2 2026 var 25\u00a0september"]


def test_many_that_became_late_are_one_line_and_a_long_absence_is_not_all_told(edet: Workplace) -> None:
    for number in range(5):
        activities.add(edet, title=f"Aktivitet {number}", end=date(2026, 10, 20 + number))
    activities.add(edet, title="Länge sedan", end=date(2026, 1, 10))
    found = overview(on(edet, date(2026, 11, 2)), period=T2, since=datetime(2025, 10, 16, tzinfo=UTC))
    assert "5 aktiviteter blev försenade" in told(found)
    assert not any("Länge sedan" in text for text in told(found))


def test_the_county_reminds_the_delregions_and_no_municipality(make: Make, period: Period) -> None:
    intake = overview(make("14"), period=period).intake
    assert intake is not None
    assert (len(intake.missing), len(intake.asked)) == (49, 6)
    assert "SAMLA" in intake.asked


def test_an_office_sees_who_is_missing_and_what_its_figures_stand_on(fyrbodal: Workplace, period: Period) -> None:
    found = overview(fyrbodal, period=period)
    assert found.intake is not None
    assert (found.intake.received, found.intake.expected, len(found.intake.missing)) == (0, 15, 15)
    assert "Lilla Edet" in found.intake.missing
    assert found.intake.asked == found.intake.missing
    assert (found.reported, found.empty_cells, found.figures) == (None, (), ())
    made = replace(found, figures=office_figures(fyrbodal, period=period))
    assert figures(made)["Upprättade SIP"] == ("saknas", "0 av 15 kommuner")
    assert figures(made)["Avvikelser i samverkan"] == ("saknas", "0 av 15 kommuner")
