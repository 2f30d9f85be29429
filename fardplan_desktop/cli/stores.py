"""Commands about a store as a whole: make one, make an invented county, look that it is whole, take a step back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fardplan_desktop.cli.arguments import (
    Commands,
    add_command,
    add_json,
    add_passphrase,
    add_store,
    read_passphrase,
    whole_number,
)
from fardplan_desktop.cli.output import DONE, FOUND_WANTING, complain, opened, say, say_json
from fardplan_desktop.domain.errors import StoreProblem


def register(commands: Commands) -> None:
    new = add_command(commands, "new", "skapa ett lager för en organisation", _new)
    add_store(new)
    new.choices.add_argument(
        "--organisation", required=True, metavar="KOD", help="en kommunkod, en delregion som fyrbodal, eller 14"
    )
    add_passphrase(new, "skapa sigillet genast, med lösenfrasen i filen", required=False)
    new.choices.add_argument("--practice", action="store_true", help="ett lager för övning, med övningssigill")

    demo = add_command(commands, "demo", "skapa ett påhittat län att öva i", _demo)
    demo.needed.add_argument("folder", metavar="MAPP", type=Path, help="en ny eller tom mapp")
    demo.choices.add_argument("--seed", type=whole_number, default=1, metavar="N", help="samma tal ger samma län")
    demo.choices.add_argument("--years", type=whole_number, default=2, metavar="ÅR", help="hur många år, 1–3")

    check = add_command(commands, "check", "kontrollera att lagret och dess historik är hela", _check)
    add_store(check)
    add_json(check)

    add_store(add_command(commands, "undo", "ångra den senaste ändringen", _undo))

    erase = add_command(commands, "erase", "rensa en uppgifts texter för gott, även ur historiken", _erase)
    add_store(erase)
    erase.needed.add_argument(
        "record", metavar="UPPGIFT", help="som history visar den, till exempel Deviation:…, eller avvikelsens nummer"
    )
    erase.choices.add_argument("--reason", default="", metavar="TEXT", help="varför; stannar i historiken")
    erase.choices.add_argument("--function", default="", metavar="TEXT", help="vem som har beslutat, en funktion")
    erase.choices.add_argument("--field", action="append", default=[], metavar="FÄLT", help="bara det här fältet")
    erase.choices.add_argument("--dry-run", action="store_true", help="visa vad som skulle rensas, rensa inget")


def _erase(given: Namespace) -> int:
    from fardplan_desktop.services import erasure

    with opened(given.store) as workplace:
        if given.dry_run:
            found = erasure.look(workplace, record=given.record, fields=given.field)
        else:
            found, _change = erasure.erase(
                workplace, record=given.record, reason=given.reason, function=given.function, fields=given.field
            )
    verb = "Skulle rensas" if given.dry_run else "Rensat"
    say(f"{verb}: {', '.join(found.words)}. Poster i historiken: {', '.join(map(str, found.entries)) or 'inga'}.")
    for sentence in found.stays:
        say(sentence)
    return DONE


def _new(given: Namespace) -> int:
    from fardplan_desktop.bootstrap import new_workplace
    from fardplan_desktop.services import seals

    passphrase = read_passphrase(given.passphrase_file) if given.passphrase_file else None
    if passphrase is not None:
        seals.check_passphrase(passphrase)
    workplace = new_workplace(given.store, given.organisation, practice=given.practice)
    try:
        say(f"{given.store.name} är skapat för {workplace.organisation.name}.")
        if passphrase is not None:
            seal = seals.make_key(workplace, passphrase=passphrase)
            say(f"Sigillet är skapat. Kontrollkod: {seal.check_code}")
    finally:
        workplace.store.close()
    return DONE


def _demo(given: Namespace) -> int:
    from fardplan_desktop.bootstrap import shipped_codebook
    from fardplan_desktop.services.demo import make_demo

    made = make_demo(given.folder, codebook=shipped_codebook(), seed=given.seed, years=given.years)
    say(f"Ett påhittat län är skapat i {made.folder}: {made.packages} förseglade paket.")
    for store in made.stores:
        say(f"  {store.name}")
    say(f"Lösenfrasen till övningssigillet står i {made.passphrase.name}. Alla siffror är påhittade.")
    return DONE


def _check(given: Namespace) -> int:
    from fardplan_desktop.services import safekeeping

    try:
        with opened(given.store) as workplace:
            entries = safekeeping.check(workplace)
    except StoreProblem as problem:
        if given.json:
            say_json({"whole": False, "message": problem.sentence})
        else:
            complain(problem.sentence)
        return FOUND_WANTING
    if given.json:
        say_json({"whole": True, "entries": entries})
    else:
        say(f"{given.store.name} är helt. Historiken har {entries} poster, och alla följer på varandra.")
    return DONE


def _undo(given: Namespace) -> int:
    from fardplan_desktop.services import editing

    with opened(given.store) as workplace:
        change = editing.undo(workplace)
    if change is None:
        complain("Det finns inget att ångra.")
        return FOUND_WANTING
    if said := editing.passed_over(change):
        complain(f"{said}.")
        return FOUND_WANTING
    say(f"Ångrat: {change.label}")
    return DONE
