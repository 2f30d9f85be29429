"""The meeting paper: everything it says, put together from the store; the reports room lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from fardplan_desktop.analysis import numbers_sv, tallies
from fardplan_desktop.analysis.risk import should_be_analysed
from fardplan_desktop.analysis.rollup import roll_up
from fardplan_desktop.domain.codebook import Measure
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.figures import DeviationTally, Rolled
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.papers import (
    AttentionLine,
    CategoryCount,
    DecisionLine,
    MeasureLine,
    MeetingPaper,
    MethodLine,
    MethodTable,
    PaperValue,
    SipMonth,
)
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.records import Activity, Count, CountState, Deviation, Meeting
from fardplan_desktop.host import paths
from fardplan_desktop.host.files import write_whole
from fardplan_desktop.services import meetings
from fardplan_desktop.services.activities import begun
from fardplan_desktop.services.workplace import Workplace

_MONTHS_SHOWN = 12
_STATUS_COLUMNS = (
    ("Ej igång", ("ej-paborjad", "planerad", "avvaktar")),
    ("Pågår", ("pagar", "pagar-delvis", "revideras")),
    ("Klara", ("klar", "integrerad")),
    ("Ej hos oss", ("avbruten", "inte-prioriterad-hos-oss")),
    ("Saknas", ("status-saknas",)),
)
"""The eleven statuses in five columns; the last takes activities whose status nobody has stated."""
_NO_STATUS = "status-saknas"


def meeting_pdf(
    workplace: Workplace, *, period: Period, as_of: date | None = None, meeting: str | None = None
) -> bytes:
    """The two pages as PDF; the same data and as-of date give the same bytes. ``meeting``: a meeting's id."""
    from fardplan_desktop.reports.meeting_paper import render_meeting_paper

    return render_meeting_paper(meeting_paper(workplace, period=period, as_of=as_of, meeting=meeting), paths.fonts())


def preview(pdf: bytes, scale: float) -> list[tuple[int, int, bytes]]:
    """The pages as (width, height, RGB bytes) at ``scale`` pixels a point. One call at a time: PDFium keeps state."""
    from fardplan_desktop.reports.preview import render_pages

    return [(page.width, page.height, page.rgb) for page in render_pages(pdf, scale)]


def save_meeting_pdf(workplace: Workplace, *, pdf: bytes, period: Period, folder: Path) -> Path:
    """Save the paper in the organisation's folder; the same name again for the same period."""
    target = folder / f"Mötesunderlag {workplace.organisation.name} {period.id}.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(target, pdf)
    except OSError as error:
        raise WorldError(
            "Underlaget kunde inte sparas.",
            f"Det går inte att skriva i {folder}, eller så är filen öppen i ett annat program.",
            "Stäng filen eller välj en annan mapp under Inställningar, och försök igen.",
            detail=str(error),
        ) from error
    return target


def meeting_paper(
    workplace: Workplace, *, period: Period, as_of: date | None = None, meeting: str | None = None
) -> MeetingPaper:
    """What the paper says. Raises InputProblem at an office, whose papers are others."""
    if workplace.level is not Level.MUNICIPALITY:
        raise InputProblem(
            "Mötesunderlaget finns bara för en kommun.", "Delregionens och länets underlag ser annorlunda ut."
        )
    day = as_of or workplace.today
    book = workplace.codebook
    counts = workplace.store.own(Count)
    activities = begun(workplace, period=period)
    deviations = tallies.registered_in(period, workplace.store.own(Deviation))
    tally = tallies.deviation_tally(book, deviations, day)
    attention = tuple(_attention(workplace, activities, day))
    chosen = next((each for each in meetings.meetings(workplace) if each.id == meeting), None)
    return MeetingPaper(
        organisation=workplace.organisation.name,
        meeting="" if chosen is None else _meeting_line(workplace, chosen),
        period=period,
        as_of=day,
        demo=workplace.demo,
        data_version=f"Dataversion {workplace.store.history_head().sha256[:8]}",
        codebook_version=book.version,
        codebook_sha256=book.sha256,
        summary=_summary(workplace, activities, counts, tally, period, day),
        methods=_methods(workplace, activities, day),
        attention=attention,
        measures=tuple(measure_line(each, period, counts) for each in book.obligatory_in(period)),
        sip_months=_sip_months(workplace, period, counts),
        deviations=tuple(CategoryCount(book.label("kategori", code), n) for code, n in tally.by_category),
        deviation_total=tally.total,
        findings=_findings(workplace, deviations, tally),
        questions=_questions(workplace, activities, deviations),
        open_decisions=tuple(
            DecisionLine(each.text, each.responsible, each.latest) for each in meetings.open_decisions(workplace)
        ),
    )


def _meeting_line(workplace: Workplace, meeting: Meeting) -> str:
    time = f" klockan {meeting.time}" if meeting.time else ""
    return f"{meetings.meeting_name(workplace, meeting)}, möte {numbers_sv.day(meeting.date)}{time}"


def _summary(
    workplace: Workplace,
    activities: Sequence[Activity],
    counts: Sequence[Count],
    tally: DeviationTally,
    period: Period,
    day: date,
) -> tuple[str, ...]:
    """Three sentences: activities, plans, deviations."""
    return (
        _activity_sentence(workplace, activities, day),
        _sip_sentence(workplace.codebook.measure("SIP08"), counts, period),
        _deviation_sentence(tally),
    )


def _activity_sentence(workplace: Workplace, activities: Sequence[Activity], day: date) -> str:
    if not activities:
        return "Inga aktiviteter är inlagda ännu."
    done = sum(each.status in ("klar", "integrerad") for each in activities)
    late = sum(tallies.is_late(workplace.codebook, each, day) for each in activities)
    risk = sum(each.forecast in ("risk", "nar-inte-malet") for each in activities)
    late_words = "ingen är försenad" if late == 0 else f"{late} är försenad" if late == 1 else f"{late} är försenade"
    risk_words = "" if risk == 0 else f" {risk} har prognosen Risk eller Når inte målet."
    total = "en aktivitet" if len(activities) == 1 else f"{len(activities)} aktiviteter"
    done_words = {0: "ingen klar", 1: "en klar eller integrerad"}.get(done, f"{done} klara eller integrerade")
    return f"Av {total} är {done_words}, och {late_words}.{risk_words}"


def _sip_sentence(measure: Measure, counts: Sequence[Count], period: Period) -> str:
    now, before = roll_up(measure, period, counts), roll_up(measure, period.year_before, counts)
    if now.value is None:
        return f"Antal upprättade SIP saknas för {period.name}."
    text = f"{numbers_sv.rolled(now)} SIP upprättades under {period.name}"
    if now.parts < now.parts_of:
        text += f" ({now.parts} av {now.parts_of} månader har uppgift)"
    if before.value is None:
        return f"{text}; jämförelse med samma period {period.year - 1} saknas."
    return f"{text}, {numbers_sv.rolled(before)} samma period {period.year - 1}."


def _deviation_sentence(tally: DeviationTally) -> str:
    if tally.total == 0:
        return "Inga avvikelser i samverkan registrerades; det betyder inte att inga har inträffat."
    words = "En avvikelse" if tally.total == 1 else f"{tally.total} avvikelser"
    late = f" {len(tally.overdue)} väntar på svar längre än den avtalade tiden." if tally.overdue else ""
    return f"{words} i samverkan registrerades under perioden.{late}"


def _methods(workplace: Workplace, activities: Sequence[Activity], day: date) -> MethodTable:
    methods = workplace.codebook.working_methods
    lines = [
        _method_line(workplace, f"{each.id} {each.title}", [a for a in activities if a.method == each.id], day)
        for each in methods
    ]
    unplaced = [each for each in activities if each.method not in {method.id for method in methods}]
    if unplaced:
        lines.append(_method_line(workplace, "Utan arbetssätt", unplaced, day))
    codes = workplace.codebook.list("prognos").codes
    return MethodTable(
        statuses=tuple(heading for heading, _ in _STATUS_COLUMNS),
        forecasts=tuple(f"{each.sign} {each.label}" for each in codes),
        lines=tuple(lines),
        total=_method_line(workplace, "Alla", activities, day),
    )


def _method_line(workplace: Workplace, name: str, activities: Sequence[Activity], day: date) -> MethodLine:
    statuses = [each.status or _NO_STATUS for each in activities]
    return MethodLine(
        name=name,
        activities=len(activities),
        statuses=tuple(sum(status in codes for status in statuses) for _, codes in _STATUS_COLUMNS),
        forecasts=tuple(
            sum(each.forecast == code.id for each in activities) for code in workplace.codebook.list("prognos").codes
        ),
        late=sum(tallies.is_late(workplace.codebook, each, day) for each in activities),
    )


def _attention(workplace: Workplace, activities: Sequence[Activity], day: date) -> Iterable[AttentionLine]:
    """Late first, the latest of all at the top; then those at risk, then those to be lifted."""
    book = workplace.codebook
    weighed = []
    for each in activities:
        late = (day - each.end).days if each.end and tallies.is_late(book, each, day) else 0
        risk = each.forecast in ("risk", "nar-inte-malet")
        if late or risk or each.lift_to:
            weighed.append((-late, not risk, each))
    for _, _, each in sorted(weighed, key=lambda item: (item[0], item[1], numbers_sv.sort_key(item[2].title))):
        forecast = book.list("prognos").by_id.get(each.forecast or "")
        yield AttentionLine(
            activity=each.title,
            responsible=each.responsible,
            due=each.end,
            status=book.label("aktivitetsstatus", each.status or _NO_STATUS),
            forecast=f"{forecast.sign} {forecast.label}" if forecast else "",
            reason=_reason(workplace, each, day),
        )


def _reason(workplace: Workplace, activity: Activity, day: date) -> str:
    said = []
    if activity.end and tallies.is_late(workplace.codebook, activity, day):
        days = (day - activity.end).days
        said.append(f"Försenad {days} {'dag' if days == 1 else 'dagar'}.")
    if activity.obstacle:
        said.append(activity.obstacle)
    if activity.lift_to:
        said.append(f"Behöver lyftas till {_where(workplace, activity)}.")
    return " ".join(said)


def _where(workplace: Workplace, activity: Activity) -> str:
    """The forum it must be lifted to when one is named, else the level."""
    forum = next((each.label for each in workplace.codebook.forums if each.id == activity.forum), "")
    return forum or f"{workplace.codebook.label('lyfts-till', activity.lift_to or '').lower()} nivå"


def measure_line(measure: Measure, period: Period, counts: Sequence[Count]) -> MeasureLine:
    """The measure in the period, in the one before, and in the same one last year."""
    return MeasureLine(
        label=measure.short,
        part=measure.part_of is not None,
        now=_value(roll_up(measure, period, counts)),
        previous=_value(roll_up(measure, period.previous, counts)),
        year_before=_value(roll_up(measure, period.year_before, counts)),
    )


def _value(rolled: Rolled) -> PaperValue:
    return PaperValue(
        number=rolled.value,
        estimated=rolled.estimated,
        applicable=rolled.state is not CountState.NOT_APPLICABLE,
        months=rolled.parts,
        months_of=rolled.parts_of,
        overlapping=rolled.repeats,
    )


def _sip_months(workplace: Workplace, period: Period, counts: Sequence[Count]) -> tuple[SipMonth, ...]:
    last = period.months[-1]
    months = [last.shifted(-steps) for steps in range(_MONTHS_SHOWN - 1, -1, -1)]
    drawn_up, followed_up = (workplace.codebook.measure(each) for each in ("SIP08", "SIP10"))
    return tuple(
        SipMonth(each, _value(roll_up(drawn_up, each, counts)), _value(roll_up(followed_up, each, counts)))
        for each in months
    )


def _findings(workplace: Workplace, deviations: Sequence[Deviation], tally: DeviationTally) -> tuple[str, ...]:
    if tally.total == 0:
        return ()
    book = workplace.codebook
    code, most = tally.by_category[0]
    found = [f"Flest gäller {book.label('kategori', code).lower()}: {most} av {tally.total}."]
    flagged = sum(should_be_analysed(book, each) for each in deviations)
    if flagged:
        found.append(f"{flagged} har riskvärde över {book.reporting.risk_flag} och bör analyseras.")
    answers = tally.answers
    if answers.answered and answers.median is not None:
        median = numbers_sv.number(answers.median)
        found.append(
            f"Svar kom på {median} dagar (median) för {answers.answered} besvarade, "
            f"{answers.in_time} av dem inom {answers.limit} dagar."
        )
    if tally.fed_back < tally.total:
        found.append(f"{tally.fed_back} av {tally.total} har återkopplats till den som rapporterade.")
    return tuple(found[:3])


def _questions(
    workplace: Workplace, activities: Sequence[Activity], deviations: Sequence[Deviation]
) -> tuple[str, ...]:
    """What the organisation itself has said needs to be lifted."""
    label = workplace.codebook.label
    lifted = [
        f"{each.title}: {each.obstacle or 'behöver lyftas'} ({_where(workplace, each)})"
        for each in activities
        if each.lift_to
    ]
    lifted += [
        f"Avvikelse {each.number}: {each.summary or label('kategori', each.category)} "
        f"({label('lyfts-till', each.lift_to).lower()} nivå)"
        for each in deviations
        if each.lift_to
    ]
    return tuple(lifted)
