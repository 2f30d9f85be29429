"""Commands for seals when something has happened: change, revoke, another passphrase, the papers for the safe."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from fardplan_desktop.cli.arguments import (
    Commands,
    SwedishParser,
    add_command,
    add_passphrase,
    add_store,
    day,
    read_passphrase,
    words,
)
from fardplan_desktop.cli.output import DONE, opened, save, say
from fardplan_desktop.domain.errors import InputProblem


def register(commands: Commands) -> None:
    rotate = add_command(commands, "rotate", "byt sigill; det gamla går i god för det nya", _rotate)
    add_store(rotate)
    _add_both_passphrases(rotate)
    _add_reason(rotate)
    rotate.choices.add_argument(
        "--out", required=True, metavar="FIL", type=Path, help="var sigillbytet ska sparas, till mottagarna"
    )

    revoke = add_command(commands, "revoke", "spärra ert sigill, eller en avsändares efter ett samtal", _revoke)
    add_store(revoke)
    _add_reason(revoke)
    revoke.choices.add_argument("--out", metavar="FIL", type=Path, help="ert eget: var spärren ska sparas")
    add_passphrase(revoke, "ert eget, om det är gjort i en äldre version: fil med lösenfrasen", required=False)
    revoke.choices.add_argument("--sender", metavar="KOD", type=words, help="en avsändares: kommunkod eller delregion")
    revoke.choices.add_argument("--by", metavar="FUNKTION", type=words, help="vem som sa det: en funktion, inget namn")
    revoke.choices.add_argument("--on", metavar="DATUM", type=day, help="dagen för samtalet; annars i dag")

    passphrase = add_command(commands, "passphrase", "byt sigillets lösenfras, skriv kuvertbladet", _passphrase)
    add_store(passphrase)
    _add_both_passphrases(passphrase, new_required=False)
    passphrase.choices.add_argument(
        "--print", metavar="FIL.pdf", type=Path, help="spara kuvertbladet: skriv ut det och radera filen"
    )


def _add_both_passphrases(parser: SwedishParser, *, new_required: bool = True) -> None:
    add_passphrase(parser, "fil med lösenfrasen som gäller nu", required=True)
    parser.choices.add_argument(
        "--new-passphrase-file", required=new_required, metavar="FIL", type=Path, help="fil med den nya lösenfrasen"
    )


def _add_reason(parser: SwedishParser) -> None:
    parser.choices.add_argument("--reason", required=True, metavar="TEXT", type=words, help="varför, på en kort rad")


def _rotate(given: Namespace) -> int:
    from fardplan_desktop.services import seal_changes

    old, new = read_passphrase(given.passphrase_file), read_passphrase(given.new_passphrase_file)
    with opened(given.store) as workplace:
        made = seal_changes.change_seal(workplace, passphrase=old, new_passphrase=new, reason=given.reason)
        change = seal_changes.rotation_file(workplace)
    assert change is not None, "the seal has just been changed"
    save(given.out, change)
    say(f"Sigillet är bytt. {given.out} går med nästa paket av sig själv; skicka den gärna i förväg.")
    say(f"Kontrollkod: {made.check_code}")
    return DONE


def _revoke(given: Namespace) -> int:
    if (given.sender is None) == (given.out is None):
        raise InputProblem(
            "Det framgår inte vems sigill som ska spärras.",
            todo="Ange --out för ert eget, eller --sender och --by för en avsändares.",
        )
    return _revoke_own(given) if given.sender is None else _revoke_sender(given)


def _revoke_own(given: Namespace) -> int:
    from fardplan_desktop.services import seal_changes

    phrase = None if given.passphrase_file is None else read_passphrase(given.passphrase_file)
    with opened(given.store) as workplace:
        seal_changes.revoke_seal(workplace, reason=given.reason, passphrase=phrase)
        files = seal_changes.revocation_files(workplace)
    (_, now), *earlier = files.items()
    save(given.out, now)
    for name, data in earlier:
        save(given.out.with_name(name), data)
        say(f"Spärren för ett tidigare sigill: {given.out.with_name(name)}")
    say(f"Sigillet är spärrat hos er. Skicka {given.out} till dem som tar emot era paket, och ring dem.")
    return DONE


def _revoke_sender(given: Namespace) -> int:
    from fardplan_desktop.services import key_changes, trust

    with opened(given.store) as workplace:
        found = [each for each in trust.senders(workplace) if each.org_code == given.sender]
        key = next((each for each in found if each.status == "active"), None)
        if key is None:
            raise InputProblem(
                f"{given.sender} är ingen känd avsändare med ett sigill som gäller.", todo="Se kommandot senders."
            )
        key_changes.revoke_sender(
            workplace, key_id=key.keyid, reason=given.reason, checked_by=given.by or "", day=given.on
        )
    say(f"Sigillet för {key.org_name} är spärrat. Det som är inläst gäller, inget nytt läses in.")
    return DONE


def _passphrase(given: Namespace) -> int:
    from fardplan_desktop.services import seal_changes, seal_papers

    if given.new_passphrase_file is None and given.print is None:
        raise InputProblem("Det finns inget att göra.", todo="Ange --new-passphrase-file, --print eller båda.")
    phrase = read_passphrase(given.passphrase_file)
    with opened(given.store) as workplace:
        if given.new_passphrase_file is not None:
            new = read_passphrase(given.new_passphrase_file)
            seal_changes.change_passphrase(workplace, old=phrase, new=new)
            phrase = new
            say("Lösenfrasen är bytt. Den gamla öppnar inget mer här.")
        sheet = None if given.print is None else seal_papers.envelope_pdf(workplace, passphrase=phrase)
    if sheet is not None:
        save(given.print, sheet)
        say(f"{given.print} är sparad. Skriv ut den, lägg den i kassaskåpet och radera filen.")
    return DONE
