"""The timeline of a view: which activities lie in a year, where their days lie, and what is said of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import page
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.timeline_words import bar_words, share_of_year
from fardplan_desktop.domain.records import Activity
from fardplan_desktop.domain.timeline import Bar, Mark, Timeline
from fardplan_desktop.services import activities, timelines
from fardplan_desktop.services.activity_views import Filter, View
from fardplan_desktop.services.workplace import Workplace

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def add(workplace: Workplace, title: str, start: date | None = None, end: date | None = None) -> Activity:
    made, _ = activities.add(workplace, title=title, status="pagar", end=end)
    after = msgspec.structs.replace(made, start=start)
    if after != made:
        activities.update(workplace, before=made, after=after)
    return after


def titles(found: Timeline) -> list[str]:
    return [bar.title for bar in found.bars]


def test_a_year_holds_what_lies_in_it_the_earliest_first_and_the_undated_last(edet: Workplace) -> None:
    add(edet, "Utan dagar")
    add(edet, "Höst", date(2026, 9, 1), date(2027, 6, 1))
    add(edet, "Förra året", date(2025, 1, 1), date(2025, 12, 31))
    add(edet, "Vår", date(2026, 2, 1), date(2026, 11, 30))
    add(edet, "Utan slut", date(2024, 5, 1))
    found = timelines.timeline(edet, year=2026)
    assert titles(found) == ["Utan slut", "Förra året", "Vår", "Höst", "Utan dagar"], "what is late goes on"
    assert (found.outside, found.undated) == (0, 1)
    assert titles(timelines.timeline(edet, year=2028)) == ["Utan slut", "Förra året", "Utan dagar"]
    assert timelines.timeline(edet, year=2025).outside == 2


def test_the_view_decides_what_is_drawn_and_how_it_is_gathered(edet: Workplace) -> None:
    add(edet, "Sen", date(2026, 1, 1), date(2026, 6, 30))
    add(edet, "I tid", date(2026, 1, 1), date(2026, 12, 31))
    found = timelines.timeline(edet, year=2026, view=View(grouping="status", filters=(Filter("late"),)))
    assert [(group.words, [bar.title for bar in group.bars]) for group in found.groups] == [("Pågår", ["Sen"])]
    (bar,) = found.bars
    assert (bar.late, bar.begun, bar.ended, bar.status) == (True, True, False, "Försenad, pågår")


def test_check_ins_made_and_planned_are_marked(edet: Workplace) -> None:
    rutin = add(edet, "Rutin", date(2026, 1, 1), date(2026, 12, 31))
    activities.check_in(edet, activity=rutin, status="pagar", forecast="risk", comment="", next_on=date(2026, 12, 1))
    (bar,) = timelines.timeline(edet, year=2026).bars
    assert bar.marks == (Mark(date(2026, 9, 14)), Mark(date(2026, 12, 1), planned=True))
    assert bar_words(bar, 2026).replace("\u00a0", " ") == (
        "1 jan 2026–31 dec 2026. Avstämd 14 september. Planerad avstämning 1 december."
    )
    assert bar.forecast == "▲ Risk"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, "Start och slut saknas."),
        (date(2026, 3, 3), None, "3 mar 2026, slut saknas."),
        (None, date(2026, 3, 3), "Start saknas, 3 mar 2026."),
    ],
)
def test_a_day_that_nobody_stated_is_said_to_be_missing(start: date | None, end: date | None, words: str) -> None:
    bar = Bar(activity="a", title="Rutin", status="Pågår", start=start, end=end)
    assert bar_words(bar, 2026) == words


@given(day=DAYS, other=DAYS, year=st.integers(2020, 2030))
def test_later_days_lie_further_right_and_none_outside_the_year(day: date, other: date, year: int) -> None:
    at, then = share_of_year(day, year), share_of_year(other, year)
    assert 0 <= at <= 1
    assert at <= then or day > other
    assert (at in (0, 1)) or day.year == year


@given(start=DAYS, end=DAYS, year=st.integers(2020, 2030))
def test_a_bar_is_in_every_year_from_its_start_to_its_end(start: date, end: date, year: int) -> None:
    first, last = sorted((start, end))
    bar = Bar(activity="a", title="Rutin", status="Pågår", start=first, end=last)
    assert bar.within(year) == (first.year <= year <= last.year)


def test_the_paper_says_what_it_shows_and_is_the_same_bytes_for_the_same_day(edet: Workplace) -> None:
    add(edet, "Rutin för SIP", date(2026, 1, 1), date(2026, 6, 30))
    view = View(grouping="none", text="sip", filters=(Filter("status", "pagar"),))
    paper = timelines.timeline_paper(edet, year=2026, view=view, as_of=date(2026, 5, 1))
    assert paper.shown == "Urval: Status: Pågår · text: ”sip”"
    assert [bar.late for bar in paper.timeline.bars] == [False], "it was not late that day"
    pdf = timelines.timeline_pdf(edet, year=2026, view=view, as_of=date(2026, 5, 1))
    assert pdf == timelines.timeline_pdf(edet, year=2026, view=view, as_of=date(2026, 5, 1))
    assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant


def test_an_office_prints_its_own_timeline_and_the_file_is_named_by_whose_and_when(
    fyrbodal: Workplace, tmp_path: Path
) -> None:
    add(fyrbodal, "Delregional utbildning", date(2026, 1, 1), date(2026, 6, 30))
    saved = timelines.save_timeline_pdf(fyrbodal, year=2026, view=View(), folder=tmp_path)
    assert saved.name == f"Tidslinje {fyrbodal.organisation.name} 2026.pdf"
    assert saved.read_bytes().startswith(b"%PDF")
