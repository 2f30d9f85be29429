"""Commands for asking colleagues: the organisation's units, questions out, answers in, and who has answered."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.cli.arguments import Commands, add_command, add_json, add_period, add_store, day, period, words
from fardplan_desktop.cli.output import DONE, FOUND_WANTING, complain, opened, say, say_json
from fardplan_desktop.domain.errors import InputProblem, WorldError
from fardplan_desktop.domain.tabular import TableProblems

if TYPE_CHECKING:
    from fardplan_desktop.services.answers import AnswerPreview
    from fardplan_desktop.services.workplace import Workplace


def register(commands: Commands) -> None:
    units = add_command(commands, "units", "visa enheterna, lägg till eller avsluta", _units)
    add_store(units)
    units.choices.add_argument("--add", nargs="+", metavar="NAMN", type=words, default=[], help="nya enheter")
    units.choices.add_argument("--end", nargs="+", metavar="NAMN", type=words, default=[], help="svarar inte längre")

    ask = add_command(commands, "ask", "skapa en arbetsbok och ett mejlutkast till var och en som ska svara", _ask)
    add_store(ask)
    add_period(ask)
    ask.choices.add_argument("--out", required=True, metavar="MAPP", type=Path, help="var filerna ska sparas")
    ask.choices.add_argument("--to", nargs="+", metavar="FUNKTION", type=words, help="bara dessa; annars alla")
    ask.choices.add_argument("--latest", metavar="DATUM", type=day, help="sista dag för svar")

    take = add_command(commands, "take-answer", "läs in svar från kollegor, vart och ett helt eller inte alls", _take)
    add_store(take)
    take.needed.add_argument("files", nargs="+", metavar="FIL", type=Path, help="ifyllda arbetsböcker (.xlsx)")
    take.choices.add_argument("--dry-run", action="store_true", help="visa vad som skulle hända, ändra inget")
    take.choices.add_argument("--dash", choices=("0", "saknas"), default="", help="vad ett ensamt streck betyder")
    take.choices.add_argument(
        "--replace", action="store_true", help="ersätt också det som har ändrats här eller skrivits för hela kommunen"
    )

    found = add_command(commands, "inquiries", "visa vilka som har fått frågor och vilka som har svarat", _inquiries)
    add_store(found)
    found.choices.add_argument("--period", metavar="PERIOD", type=period, help="bara den perioden")
    add_json(found)


def _units(given: Namespace) -> int:
    from fardplan_desktop.services import units

    with opened(given.store) as workplace:
        for name in given.add:
            units.add_unit(workplace, name=name)
        for name in given.end:
            unit = next((each for each in units.units(workplace) if each.name.casefold() == name.casefold()), None)
            if unit is None:
                raise InputProblem(f"Enheten ”{name}” finns inte.", todo="Se namnen med kommandot units.")
            units.end_unit(workplace, unit=unit)
        for each in units.units(workplace, ended=True):
            say(f"{each.name} (avslutad)" if each.ended else each.name)
    return DONE


def _ask(given: Namespace) -> int:
    from fardplan_desktop.services import inquiries, question_papers

    with opened(given.store) as workplace:
        whom = inquiries.colleagues(workplace, period=given.period)
        if given.to is not None:
            wanted = {each.casefold() for each in given.to}
            whom = tuple(each for each in whom if each.to.casefold() in wanted)
            unknown = wanted - {each.to.casefold() for each in whom}
            if unknown:
                raise InputProblem(f"Det finns inget att fråga {', '.join(sorted(unknown))} om.")
        latest = given.latest or inquiries.default_latest(workplace, period=given.period)
        asked, _ = inquiries.ask(workplace, period=given.period, colleagues=whom, latest=latest, folder=given.out)
        for each in asked:
            about = ", ".join(question_papers.asked_words(workplace, inquiry=each.inquiry))
            say(f"{each.inquiry.to}: {about}. {each.workbook.name}")
    say(f"{len(asked)} frågor är skapade i {given.out}. Svar senast {latest}.")
    return DONE


def _take(given: Namespace) -> int:
    with opened(given.store) as workplace:
        good = [_take_one(workplace, given, path) for path in given.files]
    return DONE if all(good) else FOUND_WANTING


def _take_one(workplace: Workplace, given: Namespace, path: Path) -> bool:
    """One answer; what is wrong with it stops no other."""
    from fardplan_desktop.services import answers

    try:
        sheet = answers.read(workplace, path=path)
        found = answers.preview(workplace, sheet=sheet, dash=given.dash)
        _say(found)
        if not given.dry_run:
            answers.take(workplace, preview=found, conflicts=given.replace, replace=given.replace)
    except TableProblems as problems:
        complain(f"{problems.what}\n{problems.detail}\n{problems.todo}")
        return False
    except WorldError as error:
        complain(error.sentence)
        return False
    kept = (found.has_conflicts or found.has_contested_sums) and not given.replace
    if kept:
        complain("Det som har ändrats här, eller skrivits för hela kommunen, ersätts bara med --replace.")
    return not kept


def _say(found: AnswerPreview) -> None:
    from fardplan_desktop.services.answer_lines import LineState

    say(found.sentence)
    for line in found.lines:
        if line.state is not LineState.UNCHANGED:
            before = f"{line.stands} → " if line.stands else ""
            say(f"{line.what}: {before}{line.answer} ({line.state.value.lower()})")
    for total in found.sums:
        said = f"{total.what}, hela kommunen: {total.stands or 'tom'} → {total.becomes or 'tom'}"
        say(f"{said} {total.coverage}".strip())
    if found.contacts:
        say(f"Telefonnummer eller e-postadress verkar stå i: {', '.join(found.contacts)}.")


def _inquiries(given: Namespace) -> int:
    from fardplan_desktop.services import inquiries

    with opened(given.store) as workplace:
        found = [(each, inquiries.state(workplace, each)) for each in
                 inquiries.inquiries(workplace, period=given.period)]  # fmt: skip
    if given.json:
        say_json({"inquiries": [
            {"period": each.period, "to": each.to, "state": state.name.lower(), "asked": str(each.asked),
             "latest": str(each.latest or ""), "answered": str(each.answered or "")}
            for each, state in found
        ]})  # fmt: skip
        return DONE
    for each, state in found:
        when = f" {each.answered}" if each.answered else f", senast {each.latest}" if each.latest else ""
        say(f"{each.period} {each.to}: {state.value}{when}")
    if not found:
        say("Ingen har fått några frågor.")
    return DONE
