"""Commands that only read: how the members stand, what the numbers add up to, what has been done."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from fardplan_desktop.analysis import coverage_words, numbers_sv
from fardplan_desktop.cli.arguments import Commands, add_command, add_json, add_period, add_store, whole_number
from fardplan_desktop.cli.output import DONE, opened, say, say_json
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import Coverage, CoverageRow, Figure
from fardplan_desktop.domain.levels import Level

if TYPE_CHECKING:
    from fardplan_desktop.services.compilation import Compilation, SameSet

_MOST_ENTRIES = 1_000_000


def register(commands: Commands) -> None:
    coverage = add_command(commands, "coverage", "visa vilka som har lämnat in", _coverage)
    figures = add_command(commands, "figures", "visa periodens summor", _figures)
    for command in (coverage, figures):
        add_store(command)
        add_period(command)
        add_json(command)
    figures.choices.add_argument(
        "--same-set",
        choices=("before", "year-ago"),
        help="jämför med perioden före eller samma period i fjol, bara kommuner som har uppgift i båda",
    )

    history = add_command(commands, "history", "visa vad som har gjorts, det senaste först", _history)
    add_store(history)
    history.choices.add_argument("--limit", type=whole_number, default=200, metavar="N", help="högst så många poster")
    add_json(history)


def _coverage(given: Namespace) -> int:
    from fardplan_desktop.services import compilation

    with opened(given.store) as workplace:
        found = compilation.coverage(workplace, period=given.period)
        book, own = workplace.codebook, workplace.organisation
    if given.json:
        say_json(_coverage_as_json(found, book, own.code))
        return DONE
    for row in (*found.offices, *found.rows):
        say(f"{book.organisation(row.organisation).name}: {coverage_words.told(row)}")
    say(f"{found.received} av {found.expected} har lämnat in {given.period.name}. {coverage_words.due_told(found)}")
    return DONE


def _figures(given: Namespace) -> int:
    from fardplan_desktop.services import compilation

    with opened(given.store) as workplace:
        same = None
        if given.same_set:
            compared = compilation.compare(workplace, period=given.period)
            found = compared.now
            same = compilation.same_set(workplace, found=compared, against=compilation.Against(given.same_set))
        else:
            found = compilation.compile_period(workplace, period=given.period)
        book = workplace.codebook
    if same is not None:
        _tell_same_set(same, book, as_json=given.json)
    elif given.json:
        say_json(_figures_as_json(found))
    else:
        _say_figures(found, book)
    return DONE


def _history(given: Namespace) -> int:
    from fardplan_desktop.services import editing

    with opened(given.store) as workplace:
        entries = editing.history(workplace, limit=min(max(1, given.limit), _MOST_ENTRIES))
    if given.json:
        fields = ("nr", "at", "who", "act", "label", "record")
        say_json({"entries": [{name: getattr(each, name) for name in fields} for each in entries]})
        return DONE
    for each in entries:
        say(f"{each.nr}  {each.at}  {each.who}: {each.label} ({each.record})")
    return DONE


def _figures_as_json(found: Compilation) -> dict[str, object]:
    return {
        "period": found.period.id,
        "organisation": found.organisation.code,
        "expected": len(found.members),
        "received": len(found.received),
        "missing": [each.code for each in found.missing],
        "totals_only": [each.code for each in found.unchecked],
        "measures": [_measure(each) for each in _wholes(found)],
        "deviations": {"total": found.deviations.total, "by_category": dict(found.deviations.by_category)},
        "activities": {"total": found.activities.total, "by_status": dict(found.activities.by_status)},
    }


def _tell_same_set(same: SameSet, book: CodeBook, *, as_json: bool) -> None:
    pairs = list(zip(_wholes(same.now), _wholes(same.then), strict=True))
    period, before, members = same.now.period, same.then.period, len(same.now.members)
    if as_json:
        say_json(
            {
                "period": period.id,
                "compared_with": before.id,
                "delivered_both": list(same.delivered_both),
                "members": members,
                "measures": [{"now": _measure(now), "then": _measure(then)} for now, then in pairs],
            }
        )
        return
    both = numbers_sv.of(len(same.delivered_both), members, "kommuner")
    say(f"{period.name.capitalize()} jämförd med {before.name}. Bara kommuner som har lämnat båda: {both}.")
    for now, then in pairs:
        set_of = numbers_sv.of(now.reported, now.of, "kommuner")
        words = f"{numbers_sv.figure(now)}, {before.short}: {numbers_sv.figure(then)} (samma {set_of})"
        say(f"{now.measure} {book.measure(now.measure).label}: {words}")


def _measure(figure: Figure) -> dict[str, object]:
    return {
        "measure": figure.measure,
        "value": figure.value,
        "reported": figure.reported,
        "of": figure.of,
        "parts": figure.parts,
        "parts_of": figure.parts_of,
        "estimated": figure.estimated,
        "unchecked": figure.unchecked,
    }


def _coverage_as_json(found: Coverage, book: CodeBook, own: str) -> dict[str, object]:
    return {
        "period": found.period,
        "organisation": own,
        "expected": found.expected,
        "received": found.received,
        "missing": list(found.missing),
        "as_of": found.as_of.isoformat(),
        "due": found.due.isoformat(),
        "offices": [_member(row, book) for row in found.offices],
        "members": [_member(row, book) for row in found.rows],
    }


def _member(row: CoverageRow, book: CodeBook) -> dict[str, object]:
    return {
        "organisation": row.organisation,
        "name": book.organisation(row.organisation).name,
        "state": row.state.value,
        "due": row.due.isoformat(),
        "days": row.days,
        "late": row.late,
        "days_late": row.days_late,
        "corrections": row.corrections,
        "via": row.via or None,
        "refused": None if row.refused is None else {"code": row.refused.code, "message": row.refused.message},
        "sequence": row.sequence,
        "received": None if row.received is None else row.received.isoformat(),
    }


def _say_figures(found: Compilation, book: CodeBook) -> None:
    note = book.division_note(found.period.end) if found.organisation.level is Level.DELREGION else ""
    say(f"{found.organisation.name}, {found.period.name}{f' ({note})' if note else ''}")
    several = found.organisation.level is not Level.MUNICIPALITY
    if several:
        say(f"{len(found.received)} av {len(found.members)} kommuner har lämnat in.")
        if found.unchecked:
            say(f"{len(found.unchecked)} av dem endast i summor, som inte kan kontrolleras per kommun.")
    for figure in _wholes(found):
        measure = book.measure(figure.measure)
        value = numbers_sv.MISSING if figure.value is None else numbers_sv.number(figure.value)
        shown = numbers_sv.estimated(value) if figure.estimated else value
        members = [f"{figure.reported} av {figure.of} kommuner"] if several else []
        gap = figure.parts < figure.parts_of and figure.parts_of > 1  # A stock is asked for in one month only.
        months = [f"{figure.parts} av {figure.parts_of} månader"] if gap else []
        only = [f"varav {figure.unchecked} endast i summor"] if figure.unchecked else []
        parts = ", ".join(members + only + months)
        say(f"{measure.id} {measure.label}: {shown}{f' ({parts})' if parts else ''}")
    say(f"Avvikelser i samverkan: {found.deviations.total}")
    say(f"Aktiviteter: {found.activities.total}")


def _wholes(found: Compilation) -> tuple[Figure, ...]:
    """Breakdowns are read in the window."""
    return tuple(each for each in found.figures if each.breakdown is None)
