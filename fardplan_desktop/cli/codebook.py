"""The command for mått och listor: what is in force, what a file changes, read it in; at the county, draft and seal."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.cli.arguments import (
    Commands,
    add_command,
    add_json,
    add_passphrase,
    add_store,
    read_passphrase,
    words,
)
from fardplan_desktop.cli.output import DONE, FOUND_WANTING, opened, say, say_json
from fardplan_desktop.domain.errors import InputProblem

if TYPE_CHECKING:
    from fardplan_desktop.services.codebook_draft import Draft
    from fardplan_desktop.services.workplace import Workplace


def register(commands: Commands) -> None:
    book = add_command(commands, "codebook", "visa mått och listor, läs in en ny version eller gör länets nästa", _book)
    add_store(book)
    what = book.choices.add_mutually_exclusive_group()
    what.add_argument("--diff", metavar="FIL", type=Path, help="visa vad en förseglad fil skulle ändra, läs inte in")
    what.add_argument("--read", metavar="FIL", type=Path, help="läs in en förseglad fil med mått och listor")
    what.add_argument("--change", metavar="FIL", type=Path, help="länet: lägg stegen i en JSON-fil till utkastet")
    what.add_argument("--discard", action="store_true", help="länet: kasta utkastet")
    what.add_argument("--seal", action="store_true", help="länet: försegla utkastet")
    book.choices.add_argument("--out", metavar="MAPP", type=Path, help="var det förseglade ska sparas")
    add_passphrase(book, "fil med sigillets lösenfras", required=False)
    book.choices.add_argument("--approved-by", metavar="FUNKTION", type=words, default="", help="vem som godkänner")
    add_json(book)


def _book(given: Namespace) -> int:
    with opened(given.store) as workplace:
        if given.diff or given.read:
            return _file(given, workplace)
        if given.seal:
            return _seal(given, workplace)
        return _draft(given, workplace)


def _file(given: Namespace, workplace: Workplace) -> int:
    """What one file changes here; read in unless it is only looked at."""
    from fardplan_desktop.services import intake

    path = given.diff or given.read
    judged = intake.judge(workplace, paths=[path]).results
    result = judged[0] if judged else None
    if result is not None and result.verdict.code == "OK" and result.verdict.kind != "kodverk":
        raise InputProblem(f"{path.name} är inte mått och listor.", todo="Läs in den med kommandot receive.")
    if result is not None and given.read and result.verdict.code == "OK":
        told = result.told
        (result,) = intake.receive(workplace, paths=[path])
    else:
        told = result.told if result else ()
    good = result is not None and result.verdict.code in intake.NO_HARM
    message = result.verdict.message if result else f"{path.name} är inget paket."
    if given.json:
        code = result.verdict.code if result else ""
        say_json({"code": code, "message": message, "changes": told, "stored": bool(result and result.stored)})
        return DONE if good else FOUND_WANTING
    _say_changes(told)
    say(f"Version {result.verdict.codebook_version} är inläst." if result and result.stored else message)
    return DONE if good else FOUND_WANTING


def _seal(given: Namespace, workplace: Workplace) -> int:
    from fardplan_desktop.services import codebook_sealing, seals

    if given.out is None or given.passphrase_file is None:
        raise InputProblem("Uppgifter saknas.", todo="Ange både --out och --passphrase-file.")
    passphrase = read_passphrase(given.passphrase_file)
    if seals.own_seal(workplace) is None:
        seals.make_key(workplace, passphrase=passphrase)
    key = seals.open_seal(workplace, passphrase=passphrase)
    sealed = codebook_sealing.seal_draft(workplace, key=key, approved_by=given.approved_by, folder=given.out)
    if given.json:
        say_json({"version": sealed.book.version, "file": str(sealed.file), "changes": sealed.sentences})
        return DONE
    _say_changes(sealed.sentences)
    say(f"Version {sealed.book.version} är förseglad: {sealed.file}")
    return DONE


def _draft(given: Namespace, workplace: Workplace) -> int:
    """The version in force, and the draft after what was asked for."""
    from fardplan_desktop.services import codebook_draft

    if given.discard:
        codebook_draft.discard(workplace)
    if given.change is not None:
        for step in codebook_draft.read_steps(path=given.change):
            codebook_draft.change(workplace, step=step)
    draft, book = codebook_draft.draft(workplace), workplace.codebook
    if given.json:
        say_json({"version": book.version, "sha256": book.sha256, "draft": _as_json(draft) if draft else None})
        return DONE
    say(f"Mått och listor version {book.version}, {book.sha256[:8]}")
    if draft is not None:
        say(f"Utkast till version {draft.book.version}:")
        _say_changes(tuple(each.sentence for each in draft.differences))
        for fault in draft.faults:
            say(f"  Rätta: {fault}")
    return DONE


def _say_changes(sentences: tuple[str, ...]) -> None:
    for each in sentences:
        say(f"  {each}")


def _as_json(draft: Draft) -> dict[str, object]:
    return {
        "version": draft.book.version,
        "changes": [each.sentence for each in draft.differences],
        "faults": draft.faults,
        "sealable": draft.sealable,
    }
