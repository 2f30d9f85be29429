"""What the meeting paper says of a store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.papers import MeetingPaper
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, Count, CountState, Decision, Meeting
from fardplan_desktop.services import activities, counts, deviations, meetings, papers
from fardplan_desktop.services.workplace import Workplace

DAY = date(2026, 9, 14)


def paper(workplace: Workplace, period: Period, meeting: str | None = None) -> MeetingPaper:
    return papers.meeting_paper(workplace, period=period, as_of=DAY, meeting=meeting)


def add_activity(workplace: Workplace, title: str, **changes: object) -> Activity:
    made, _ = activities.add(workplace, title=title)
    after = msgspec.structs.replace(made, **changes)
    activities.update(workplace, before=made, after=after)
    return after


def add_deviation(workplace: Workplace, category: str, **changes: object) -> None:
    draft = msgspec.structs.replace(
        deviations.blank(workplace), month="2026-08", registered=date(2026, 8, 20), category=category, **changes
    )
    deviations.add(workplace, draft=draft)


def test_a_store_with_nothing_in_it_says_so_in_three_sentences(edet: Workplace, period: Period) -> None:
    assert paper(edet, period).summary == (
        "Inga aktiviteter är inlagda ännu.",
        "Antal upprättade SIP saknas för tertial 2 2026.",
        "Inga avvikelser i samverkan registrerades; det betyder inte att inga har inträffat.",
    )


def test_counts_are_compared_with_the_same_period_last_year_and_a_gap_is_said(edet: Workplace, period: Period) -> None:
    now = [Count(measure="SIP08", period=month.id, n=5) for month in period.months[:3]]
    then = [Count(measure="SIP08", period=month.id, n=4) for month in period.year_before.months]
    counts.put(edet, values=[*now, *then])
    assert paper(edet, period).summary[1] == (
        "15 SIP upprättades under tertial 2 2026 (3 av 4 månader har uppgift), 16 samma period 2025."
    )


def test_an_estimated_month_makes_the_printed_sum_estimated(edet: Workplace, period: Period) -> None:
    first, *rest = period.months
    values = [Count(measure="SIP08", period=first.id, state=CountState.ESTIMATED, n=5)]
    counts.put(edet, values=[*values, *(Count(measure="SIP08", period=month.id, n=0) for month in rest)])
    line = next(each for each in paper(edet, period).measures if each.label == "Upprättade SIP")
    assert (line.now.number, line.now.estimated, line.now.months, line.now.months_of) == (5, True, 4, 4)
    assert line.year_before.number is None


def test_late_activities_come_first_then_those_at_risk_then_those_to_lift(edet: Workplace, period: Period) -> None:
    add_activity(edet, "Ska lyftas", lift_to="delregional", status="pagar")
    add_activity(edet, "Riskerar målet", forecast="risk", status="pagar")
    add_activity(edet, "Sen", end=date(2026, 8, 31), status="pagar", obstacle="Underlag saknas.")
    add_activity(edet, "Senast av alla", end=date(2026, 6, 30), status="avvaktar")
    add_activity(edet, "Klar i tid", end=date(2026, 6, 30), status="klar")
    said = [(each.activity, each.reason) for each in paper(edet, period).attention]
    assert said == [
        ("Senast av alla", "Försenad 76 dagar."),
        ("Sen", "Försenad 14 dagar. Underlag saknas."),
        ("Riskerar målet", ""),
        ("Ska lyftas", "Behöver lyftas till delregional nivå."),
    ]


def test_what_must_be_lifted_names_the_forum_when_one_is_chosen(edet: Workplace, period: Period) -> None:
    add_activity(edet, "Läkarstöd", lift_to="delregional", forum="delregional-styrgrupp", obstacle="Avtal saknas.")
    add_activity(edet, "Utbildning", lift_to="lansgemensam")
    found = paper(edet, period)
    assert [each.reason for each in found.attention] == [
        "Avtal saknas. Behöver lyftas till Delregional styrgrupp.",
        "Behöver lyftas till länsgemensam nivå.",
    ]
    assert found.questions == (
        "Läkarstöd: Avtal saknas. (Delregional styrgrupp)",
        "Utbildning: behöver lyftas (länsgemensam nivå)",
    )


def test_every_activity_is_counted_once_in_the_table_of_methods(edet: Workplace, period: Period) -> None:
    activities.add_joint(edet)
    add_activity(edet, "Mobila team varje vecka", method="A6", status="pagar", forecast="enligt-plan")
    table = paper(edet, period).methods
    assert table.total.activities == 11 == sum(line.activities for line in table.lines)
    assert sum(table.total.statuses) == 11
    assert [line.name for line in table.lines if line.activities] == [
        "A6 Utveckling av mobila team som stöd för vård i hemmet",
        "Utan arbetssätt",
    ]
    assert table.forecasts[0] == "● Enligt plan"


def test_findings_say_what_is_most_common_and_what_should_be_analysed(edet: Workplace, period: Period) -> None:
    for _ in range(3):
        add_deviation(edet, "lakemedel", severity="betydande", likelihood="mycket-stor")
    add_deviation(edet, "informationsoverforing")
    assert paper(edet, period).findings == (
        "Flest gäller läkemedel: 3 av 4.",
        "3 har riskvärde över 8 och bör analyseras.",
        "0 av 4 har återkopplats till den som rapporterade.",
    )


def test_what_is_to_be_lifted_becomes_a_question_for_the_meeting(edet: Workplace, period: Period) -> None:
    add_activity(edet, "Kostnader vid HVB", lift_to="lansgemensam", obstacle="oklart vem som betalar")
    assert paper(edet, period).questions == ("Kostnader vid HVB: oklart vem som betalar (länsgemensam nivå)",)


def test_open_decisions_come_with_the_most_urgent_first_and_done_ones_are_gone(edet: Workplace, period: Period) -> None:
    meetings.put_meeting(edet, before=None, after=Meeting(id="", forum="sro", date=DAY, time="09:00"))
    meeting = meetings.meetings(edet)[0]
    for text, latest, done in (("Sist", None, False), ("Först", date(2026, 10, 1), False), ("Gjort", None, True)):
        draft = Decision(id="", meeting=meeting.id, text=text, latest=latest, done=done)
        meetings.put_decision(edet, before=None, after=draft)
    made = paper(edet, period, meeting.id)
    assert [each.text for each in made.open_decisions] == ["Först", "Sist"]
    assert made.meeting.startswith("Samrådsorganet, SRO, möte 14")


def test_an_office_is_told_that_its_paper_is_another(fyrbodal: Workplace, period: Period) -> None:
    with pytest.raises(InputProblem, match="finns bara för en kommun"):
        paper(fyrbodal, period)


def test_a_paper_that_cannot_be_saved_names_the_folder_and_what_to_do(
    edet: Workplace, period: Period, tmp_path: Path
) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with pytest.raises(WorldError, match="Underlaget kunde inte sparas"):
        papers.save_meeting_pdf(edet, pdf=b"%PDF-", period=period, folder=tmp_path / "fil")
