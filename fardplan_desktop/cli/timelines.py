"""Commands about the days of the activities: a timeline to print, and reminders for a calendar."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fardplan_desktop.cli.arguments import Commands, SwedishParser, add_command, add_store, day, whole_number
from fardplan_desktop.cli.output import DONE, opened, save, say


def register(commands: Commands) -> None:
    timeline = add_command(commands, "timeline", "skriv aktiviteternas tidslinje som PDF", _timeline)
    add_store(timeline)
    timeline.choices.add_argument("--year", metavar="ÅR", type=whole_number, help="vilket år; annars i år")
    _add_out(timeline, "FIL.pdf")
    reminders = add_command(commands, "reminders", "skriv påminnelser till en kalender", _reminders)
    add_store(reminders)
    _add_out(reminders, "FIL.ics")


def _add_out(parser: SwedishParser, kind: str) -> None:
    parser.choices.add_argument("--out", required=True, metavar=kind, type=Path, help="var det ska sparas")
    parser.choices.add_argument("--as-of", metavar="DATUM", type=day, help="läget per den dagen; annars i dag")


def _timeline(given: Namespace) -> int:
    from fardplan_desktop.services import timelines

    with opened(given.store) as workplace:
        year = given.year or (given.as_of or workplace.today).year
        data = timelines.timeline_pdf(workplace, year=year, as_of=given.as_of)
    return _saved(given.out, data)


def _reminders(given: Namespace) -> int:
    from fardplan_desktop.services import reminders

    with opened(given.store) as workplace:
        data = reminders.calendar_file(workplace, as_of=given.as_of)
    return _saved(given.out, data)


def _saved(path: Path, data: bytes) -> int:
    save(path, data)
    say(f"{path} är sparad.")
    return DONE
