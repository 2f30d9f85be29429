"""The command that opens a total: its parts, deliveries and seals, as text for a meeting or as JSON."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.cli.arguments import Commands, add_command, add_json, add_period, add_store
from fardplan_desktop.cli.output import DONE, FOUND_WANTING, opened, say, say_json
from fardplan_desktop.domain.lineage import Kind, Origin, SealCheck, Wanted

if TYPE_CHECKING:
    from fardplan_desktop.services.workplace import Workplace


def register(commands: Commands) -> None:
    origin = add_command(commands, "origin", "visa varifrån en siffra kommer: delar, leveranser och sigill", _origin)
    add_store(origin)
    what = origin.choices.add_mutually_exclusive_group(required=True)
    what.add_argument("--measure", metavar="MÅTT", help="summan av ett mått, till exempel SIP08")
    what.add_argument("--share", metavar="ANDEL", help="en andel, till exempel andel-tackat-nej")
    what.add_argument("--rate", metavar="MÅTT", help="ett mått per 1 000 invånare")
    what.add_argument(
        "--deviations", metavar="KATEGORI", nargs="?", const="", help="antal avvikelser, alla eller en kategori"
    )
    what.add_argument(
        "--activities", metavar="STATUS", nargs="?", const="", help="antal aktiviteter, alla eller en status"
    )
    origin.choices.add_argument(
        "--breakdown", nargs=2, metavar=("LISTA", "KOD"), default=(None, None), help="en del av måttet: alder 0-17"
    )
    add_period(origin)
    origin.choices.add_argument(
        "--check", action="store_true", help="pröva sigillen på de sparade filerna en gång till"
    )
    origin.choices.add_argument("--originals", metavar="MAPP", type=Path, help="spara de förseglade filerna där")
    add_json(origin)


def _origin(given: Namespace) -> int:
    from fardplan_desktop.services import compilation, lineage, lineage_words

    with opened(given.store) as workplace:
        compiled = compilation.compile_period(workplace, period=given.period)
        found = lineage.origin(workplace, compiled=compiled, trail=lineage.trail(workplace), wanted=_wanted(given))
        checks = _checks(workplace, found) if given.check else {}
        if given.originals:
            for each in found.sources.values():
                lineage.save_original(workplace, delivery=each.delivery, folder=given.originals)
    if given.json:
        say_json(_as_json(found, checks))
    else:
        say(lineage_words.as_text(found).rstrip("\n"))
        for digest, check in checks.items():
            say(f"{digest[:8]}: {check.sentence}")
        if given.originals:
            number = len(found.sources)
            say(f"{number} {'fil' if number == 1 else 'filer'} sparade i {given.originals}.")
    return DONE if all(each.good for each in checks.values()) else FOUND_WANTING


def _wanted(given: Namespace) -> Wanted:
    if given.measure is not None:
        return Wanted(Kind.FIGURE, given.measure, *given.breakdown)
    for kind, id in (
        (Kind.SHARE, given.share),
        (Kind.RATE, given.rate),
        (Kind.DEVIATIONS, given.deviations),
        (Kind.ACTIVITIES, given.activities),
    ):
        if id is not None:
            return Wanted(kind, id)
    raise AssertionError("the parser asks for one of them")


def _checks(workplace: Workplace, found: Origin) -> dict[str, SealCheck]:
    from fardplan_desktop.services import lineage

    return {digest: lineage.check_seal(workplace, delivery=each.delivery) for digest, each in found.sources.items()}


def _as_json(found: Origin, checks: dict[str, SealCheck]) -> dict[str, object]:
    return {
        "title": found.title,
        "period": found.period,
        "total": found.total,
        "basis": found.basis,
        "parts": [
            {
                "organisation": each.organisation.code,
                "name": each.organisation.name,
                "value": each.number,
                "words": each.words,
                "deliveries": list(each.sources),
            }
            for each in found.parts
        ],
        "deliveries": {
            digest: {
                "issuer": each.delivery.issuer,
                "period": each.delivery.period,
                "sequence": each.delivery.sequence,
                "approved_at": each.delivery.approved_at,
                "approved_by": each.delivery.approved_by,
                "taken_in": each.delivery.at,
                "file": each.delivery.file_name,
                "file_sha256": each.delivery.file_sha256,
                "key": each.delivery.key_id,
                "check_code": each.check_code,
                "checked": None if each.key is None else each.key.entered_at,
                "method": None if each.key is None else each.key.method,
                "code_book": each.delivery.code_book,
                "warnings": list(each.delivery.warnings),
                "seal": None
                if digest not in checks
                else {"good": checks[digest].good, "message": checks[digest].sentence},
            }
            for digest, each in found.sources.items()
        },
    }
