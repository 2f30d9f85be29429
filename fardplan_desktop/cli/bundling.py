"""The command with which a delregion sends its members' period on to the county."""

from __future__ import annotations

import argparse
from argparse import Namespace
from typing import TYPE_CHECKING

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.cli.arguments import (
    Commands,
    add_command,
    add_json,
    add_period,
    add_store,
    read_passphrase,
    words,
)
from fardplan_desktop.cli.output import DONE, opened, say, say_json
from fardplan_desktop.cli.sealing import add_sealing, approval_of, check_code_of, say_sealed, sealed_as_json

if TYPE_CHECKING:
    from fardplan_desktop.services.bundles import BundlePreview


def register(commands: Commands) -> None:
    bundle = add_command(commands, "bundle", "försegla delregionens period med kommunernas paket", _bundle)
    add_store(bundle)
    add_period(bundle)
    add_sealing(bundle)
    bundle.choices.add_argument(
        "--totals-only", action="store_true", help="skicka endast summor, som länet inte kan kontrollera per kommun"
    )
    bundle.choices.add_argument("--comment", metavar="TEXT", type=words, help="kommentar till sammanställningen")
    bundle.choices.add_argument(
        "--missing",
        metavar="KOD=ORSAK",
        type=_reason,
        action="append",
        default=[],
        help="varför en kommuns paket saknas, till exempel 1462=Personalbrist; ges en gång per kommun",
    )
    add_json(bundle)


def _reason(text: str) -> tuple[str, str]:
    code, sign, reason = words(text).partition("=")
    if not sign or not code.strip():
        raise argparse.ArgumentTypeError(f"”{text}” går inte att tolka. Skriv till exempel 1462=Personalbrist.")
    return code.strip(), reason


def _bundle(given: Namespace) -> int:
    from fardplan_desktop.services import approvals, bundles, seals

    passphrase = read_passphrase(given.passphrase_file)
    with opened(given.store) as workplace:
        approval = approval_of(given, workplace)
        if given.comment is not None:
            bundles.set_comment(workplace, period=given.period, text=given.comment)
        for code, reason in given.missing:
            bundles.set_reason(workplace, period=given.period, member=code, text=reason)
        if seals.own_seal(workplace) is None:
            seals.make_key(workplace, passphrase=passphrase)
        sealed = bundles.seal_bundle(
            workplace,
            period=given.period,
            folder=given.out,
            key=seals.open_seal(workplace, passphrase=passphrase),
            approved_by=given.approved_by or workplace.function,
            totals_only=given.totals_only,
            reason=given.reason,
            encrypt=not given.no_encryption,
        )
        if approval is not None and not sealed.repeated:
            approvals.record(workplace, delivery=sealed.delivery, approval=approval)
        found = bundles.preview(workplace, period=given.period)
        code = check_code_of(workplace)
    if given.json:
        say_json({**sealed_as_json(sealed, code), **_members_as_json(found)})
        return DONE
    say_sealed(sealed, code)
    say(_members(found))
    if found.reveals:
        say(found.reveals)
    return DONE


def _members_as_json(found: BundlePreview) -> dict[str, object]:
    return {
        "totals_only": found.totals_only,
        "included": [each.organisation.code for each in found.members if each.delivery is not None],
        "missing": {each.organisation.code: each.reason for each in found.missing},
    }


def _members(found: BundlePreview) -> str:
    present = len(found.members) - len(found.missing)
    what = "Endast summor" if found.totals_only else "Kommunernas paket"
    return f"{what}: {numbers_sv.of(present, len(found.members), 'kommuner')} är med."
