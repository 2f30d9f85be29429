"""The activities of a view over a year, and the print of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from fardplan_desktop.analysis.activity_words import forecast_word, shown_status
from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED, is_ended, is_late
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Activity, CheckIn
from fardplan_desktop.domain.timeline import Bar, BarGroup, Mark, Timeline, TimelinePaper
from fardplan_desktop.host import paths
from fardplan_desktop.services.activity_views import Gathered, View, gather
from fardplan_desktop.services.saving import save_file
from fardplan_desktop.services.workplace import Workplace

_NOT_BEGUN: Final = frozenset({STATUS_NOT_STATED, "ej-paborjad", "planerad", "inte-prioriterad-hos-oss"})
_WHOLE: Final = View()
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100


def timeline(workplace: Workplace, *, year: int, view: View = _WHOLE, gathered: Gathered | None = None) -> Timeline:
    """The shown activities that lie in the year, and those of which no day is stated; the earliest first.

    ``gathered`` spares reading the activities anew. Raises InputProblem for a year that no plan has.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputProblem(
            f"År {year} finns inte i någon plan.", todo=f"Ange ett år från {FIRST_YEAR} till {LAST_YEAR}."
        )
    found = gathered or gather(workplace)
    marks: dict[str, list[Mark]] = {}
    for each in workplace.store.own(CheckIn):
        marks.setdefault(each.activity, []).append(Mark(each.date, each.planned))
    groups, outside = [], 0
    for group in found.groups(view):
        bars = [_bar(found, each, marks) for each in group.activities]
        inside = [each for each in bars if each.within(year) or not each.dated]
        outside += len(bars) - len(inside)
        if inside:
            groups.append(BarGroup(group.words, tuple(sorted(inside, key=_order))))
    undated = sum(not bar.dated for group in groups for bar in group.bars)
    return Timeline(year=year, today=found.today, groups=tuple(groups), outside=outside, undated=undated)


def timeline_pdf(workplace: Workplace, *, year: int, view: View = _WHOLE, as_of: date | None = None) -> bytes:
    """The timeline on landscape A4; the same data and as-of date give the same bytes."""
    from fardplan_desktop.reports.timeline import render_timeline

    return render_timeline(timeline_paper(workplace, year=year, view=view, as_of=as_of), paths.fonts())


def save_timeline_pdf(workplace: Workplace, *, year: int, view: View, folder: Path) -> Path:
    """In the organisation's folder; the same name again for the same year."""
    target = folder / f"Tidslinje {workplace.organisation.name} {year}.pdf"
    return save_file(target, timeline_pdf(workplace, year=year, view=view))


def timeline_paper(workplace: Workplace, *, year: int, view: View = _WHOLE, as_of: date | None = None) -> TimelinePaper:
    """What the print says."""
    gathered = gather(workplace, as_of=as_of)
    book = workplace.codebook
    return TimelinePaper(
        organisation=workplace.organisation.name,
        as_of=gathered.today,
        demo=workplace.demo,
        data_version=f"Dataversion {workplace.store.history_head().sha256[:8]}",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        timeline=timeline(workplace, year=year, view=view, gathered=gathered),
        shown=_shown(gathered, view),
    )


def _bar(gathered: Gathered, activity: Activity, marks: Mapping[str, list[Mark]]) -> Bar:
    book = gathered.book
    forecast = book.list("prognos").by_id.get(activity.forecast or "")
    sign = f"{forecast.sign} " if forecast else ""
    return Bar(
        activity=activity.id,
        title=activity.title,
        responsible=activity.responsible,
        status=shown_status(book, activity, gathered.today),
        forecast=f"{sign}{forecast_word(book, activity.forecast)}",
        start=activity.start,
        end=activity.end,
        ended=is_ended(book, activity),
        begun=(activity.status or STATUS_NOT_STATED) not in _NOT_BEGUN,
        late=is_late(book, activity, gathered.today),
        marks=tuple(sorted(marks.get(activity.id, ()), key=lambda each: (each.day, each.planned))),
    )


def _order(bar: Bar) -> tuple[bool, date, date]:
    return not bar.dated, bar.start or bar.end or date.max, bar.end or date.max


def _shown(gathered: Gathered, view: View) -> str:
    """How the view narrows what is shown; empty when it shows all."""
    told = [gathered.words(each) for each in view.filters]
    if view.text.strip():
        told.append(f"text: ”{view.text.strip()}”")
    return f"Urval: {' · '.join(told)}" if told else ""
