"""Commands for packages from others: try the seal, believe a sender, take in what is good."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.cli.arguments import (
    Commands,
    add_command,
    add_json,
    add_passphrase,
    add_store,
    read_passphrase,
    words,
)
from fardplan_desktop.cli.output import DONE, FOUND_WANTING, complain, opened, printable, say, say_json
from fardplan_desktop.cli.progress import watched
from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.progress import Cancelled
from fardplan_desktop.domain.verdicts import Inside, TrustedKey, Verdict

if TYPE_CHECKING:
    from fardplan_desktop.services.intake import FileResult
    from fardplan_desktop.services.opening import Opener
    from fardplan_desktop.services.workplace import Workplace

_OPENS = "fil med lösenfrasen till ert sigill, som öppnar krypterade filer"
_STATUS = {"active": "", "replaced": " (utbytt)", "revoked": " (spärrad)"}


def register(commands: Commands) -> None:
    verify = add_command(commands, "verify", "pröva sigillet på en fil", _verify)
    verify.needed.add_argument("file", metavar="FIL", type=Path, help="ett förseglat paket")
    verify.choices.add_argument(
        "--store", metavar="LAGER", type=Path, help="pröva även mot lagrets kända avsändare och tidigare paket"
    )
    add_passphrase(verify, _OPENS, required=False)
    add_json(verify)

    trust = add_command(commands, "trust", "godkänn en avsändare efter ett samtal", _trust)
    add_store(trust)
    trust.needed.add_argument("card", metavar="KORT", type=Path, help="avsändarkortet, eller ett paket därifrån")
    trust.choices.add_argument(
        "--check", required=True, metavar="SIFFROR", help="två grupper ur kontrollkoden, som avsändaren läste upp"
    )
    trust.choices.add_argument("--by", metavar="FUNKTION", type=words, default="", help="vem som läste upp dem")
    trust.choices.add_argument("--method", choices=("telefon", "möte"), default="telefon", help="hur ni jämförde")

    senders = add_command(commands, "senders", "visa kända avsändare", _senders)
    add_store(senders)
    senders.choices.add_argument(
        "--allowed-signers", metavar="FIL", type=Path, help="spara dem så att ssh-keygen kan pröva deras paket"
    )
    add_json(senders)

    receive = add_command(commands, "receive", "läs in paket", _receive)
    add_store(receive)
    receive.needed.add_argument("paths", metavar="SÖKVÄG", nargs="+", type=Path, help="paket eller mappar med paket")
    receive.choices.add_argument("--dry-run", action="store_true", help="visa vad som skulle hända, läs inte in")
    receive.choices.add_argument(
        "--accept-jump", action="store_true", help="godta att numren hoppar över fler än 50, efter ett samtal"
    )
    add_passphrase(receive, _OPENS, required=False)
    receive.choices.add_argument(
        "--progress", action="store_true", help="säg vilken fil som läses, även när ingen ser på"
    )
    add_json(receive)


def _opener(given: Namespace, workplace: Workplace) -> Opener | None:
    """What opens encrypted files, when a passphrase file is given."""
    if given.passphrase_file is None:
        return None
    from fardplan_desktop.services import opening

    return opening.opener(workplace, passphrase=read_passphrase(given.passphrase_file))


def _verify(given: Namespace) -> int:
    verdict = _verdict(given)
    if given.json:
        say_json(_verdict_as_json(verdict))
    else:
        _say_verdict(given.file, verdict)
    return DONE if verdict.outcome == "ok" else FOUND_WANTING


def _verdict(given: Namespace) -> Verdict:
    if given.store is None:
        from fardplan_desktop.services.verification import verify_seal

        return verify_seal(given.file)
    from fardplan_desktop.services import intake

    with opened(given.store) as workplace:
        return intake.verify_file(given.file, workplace=workplace, opener=_opener(given, workplace))


def _trust(given: Namespace) -> int:
    from fardplan_desktop.services import trust

    with opened(given.store) as workplace:
        found = trust.candidate(workplace, path=given.card)
        trust.trust(workplace, candidate=found, heard=given.check, checked_by=given.by, method=given.method)
    say(f"{found.organisation.name} är nu en känd avsändare.")
    return DONE


def _senders(given: Namespace) -> int:
    from fardplan_desktop.services import seals, trust

    with opened(given.store) as workplace:
        if given.allowed_signers is not None:
            trust.save_allowed_signers(workplace, path=given.allowed_signers)
        known = trust.senders(workplace)
    if given.json:
        say_json({"senders": [_sender_as_json(each, seals.check_code_of(each)) for each in known]})
    else:
        for each in known:
            say(f"{each.org_code} {each.org_name}: {seals.check_code_of(each)}{_STATUS[each.status]}")
    return DONE


def _sender_as_json(key: TrustedKey, check_code: str) -> dict[str, object]:
    return {
        "organisation": key.org_code,
        "name": key.org_name,
        "key_id": key.keyid,
        "check_code": check_code,
        "status": key.status,
        "method": key.method,
        "entered_at": key.entered_at,
        "entered_by": key.entered_by,
        "checked_by": key.checked_by,
        "ended_at": key.ended_at,
        "note": key.note,
    }


def _receive(given: Namespace) -> int:
    from fardplan_desktop.services import intake

    became: list[FileResult] = []  # As they were read in; in the end as they were found.
    stopped = False
    with opened(given.store) as workplace, watched(always=given.progress) as work:
        opener = _opener(given, workplace)
        try:
            became[:] = intake.receive(
                workplace,
                paths=given.paths,
                dry_run=given.dry_run,
                accept_jump=given.accept_jump,
                opener=opener,
                work=work,
                told=became.append,
            )
        except Cancelled:
            stopped = True
        except WorldError:
            if not given.json:  # What was read in before the disk was full is read in.
                _say_results(became, dry_run=given.dry_run)
            raise
    if given.json:
        say_json({"files": [_file_as_json(each) for each in became], "stopped": stopped})
    else:
        _say_results(became, dry_run=given.dry_run)
    if stopped:
        complain("Avbrutet. Varje paket är läst in helt eller inte alls. Ge samma kommando igen för resten.")
    good = all(each.verdict.code in intake.NO_HARM for each in became)
    return DONE if good and not stopped else FOUND_WANTING


def _say_results(results: Sequence[FileResult], *, dry_run: bool) -> None:
    for each in results:
        _say_verdict(each.path, each.verdict)
        for sentence in (*each.told, *each.notes):
            say(f"  {sentence}")
    if not results:
        say("Där finns inga paket att läsa in.")
    elif dry_run:
        say("Provkörning: inget är inläst.")
    else:
        say(f"{sum(each.stored for each in results)} av {len(results)} lästes in.")


def _say_verdict(file: Path, verdict: Verdict) -> None:
    about = " ".join(part for part in (verdict.issuer_name, verdict.period) if part)
    # Many sentences begin with the outcome's own word.
    word = "" if verdict.message.startswith(verdict.word) else f"{verdict.word}. "
    say(f"{printable(file.name)}: {word}{verdict.message}{f' ({about})' if about else ''}")
    if verdict.trust == "unknown" and verdict.check_code:
        say(f"  Kontrollkod: {verdict.check_code}")
    for each in verdict.inside:
        say(f"  {_inside(each)}")
    for warning in verdict.warnings:
        say(f"  {warning.text}")


_STATES = {"included": "finns med", "reported": "endast summor", "missing": "saknas"}


def _inside(member: Inside) -> str:
    """``Orusts kommun: saknas (Personalbrist.)``"""
    told = [f"nummer {member.sequence}"] if member.sequence else []
    told += ["sigillet introducerat av avsändaren, inte kontrollerat av er"] if member.introduced else []
    told += [visible(member.reason)] if member.reason else []
    more = f" ({', '.join(told)})" if told else ""
    return f"{member.name}: {_STATES[member.state]}{more}"


def _inside_as_json(member: Inside) -> dict[str, object]:
    return {
        "organisation": member.code,
        "name": member.name,
        "state": member.state,
        "reason": member.reason,
        "sequence": member.sequence,
        "digest": member.digest,
        "check_code": member.check_code,
        "introduced": member.introduced,
        "warnings": [{"code": each.code, "text": each.text} for each in member.warnings],
    }


def _file_as_json(result: FileResult) -> dict[str, object]:
    verdict = result.verdict
    return {
        "file": str(result.path),
        "outcome": verdict.word,
        "code": verdict.code,
        "message": verdict.message,
        "stored": result.stored,
        "issuer": verdict.issuer_code,
        "period": verdict.period,
        "sequence": verdict.sequence,
        "warnings": _warnings(verdict),
        "members": [_inside_as_json(each) for each in verdict.inside],
        "told": [*result.told, *result.notes],
    }


def _verdict_as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "outcome": verdict.outcome,
        "code": verdict.code,
        "message": verdict.message,
        "trust": verdict.trust,
        "word": verdict.word,
        "issuer": verdict.issuer_code,
        "issuer_name": verdict.issuer_name,
        "audience": verdict.audience_code,
        "kind": verdict.kind,
        "period": verdict.period,
        "sequence": verdict.sequence,
        "supersedes": None if verdict.supersedes is None else verdict.supersedes[0],
        "practice": verdict.practice,
        "approved_at": verdict.approved_at,
        "approved_by": verdict.approved_by,
        "digest": verdict.digest,
        "key_id": verdict.keyid,
        "check_code": verdict.check_code,
        "records": dict(verdict.counts),
        "warnings": _warnings(verdict),
        "members": [_inside_as_json(each) for each in verdict.inside],
        "detail": verdict.detail,
    }


def _warnings(verdict: Verdict) -> list[dict[str, object]]:
    return [{"code": each.code, "text": each.text} for each in verdict.warnings]
