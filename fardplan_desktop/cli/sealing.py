"""Commands for reporting a period: what the rules say, seal it, open it for correction, hand out the sender card."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.cli.arguments import (
    Commands,
    SwedishParser,
    add_command,
    add_json,
    add_passphrase,
    add_period,
    add_store,
    day,
    read_passphrase,
    words,
)
from fardplan_desktop.cli.output import DONE, FOUND_WANTING, opened, save, say, say_json
from fardplan_desktop.domain.deliveries import APPROVAL_WAYS
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.domain.levels import Level

if TYPE_CHECKING:
    from fardplan_desktop.services.approvals import Approval
    from fardplan_desktop.services.deliveries import Sealed
    from fardplan_desktop.services.quality import MemberProblems
    from fardplan_desktop.services.workplace import Workplace


def register(commands: Commands) -> None:
    rules = add_command(commands, "rules", "visa vad kontrollerna säger om periodens antal", _rules)
    add_store(rules)
    add_period(rules)
    add_json(rules)

    comment = add_command(commands, "comment", "svara på en varning, eller på alla av samma slag", _comment)
    add_store(comment)
    add_period(comment)
    comment.choices.add_argument(
        "--rule", required=True, metavar="REGEL", help="till exempel R-NOLL-SIP04; se rules --json"
    )
    comment.choices.add_argument("--subject", metavar="ÄMNE", help="bara den varningen, till exempel SIP04/2026-05")
    comment.choices.add_argument("--text", required=True, type=words, help="kommentaren; tom text tar bort den")

    seal = add_command(commands, "seal", "försegla perioden", _seal)
    add_store(seal)
    add_period(seal)
    add_sealing(seal)
    seal.choices.add_argument("--strict", action="store_true", help="försegla inte med okommenterade varningar")
    add_json(seal)

    reopen = add_command(commands, "reopen", "öppna en förseglad period för rättelse", _reopen)
    add_store(reopen)
    add_period(reopen)
    reopen.choices.add_argument("--reason", required=True, metavar="TEXT", type=words, help="varför perioden rättas")

    reclaim = add_command(commands, "reclaim", "ta tillbaka egna förseglade filer efter en återställning", _reclaim)
    add_store(reclaim)
    reclaim.needed.add_argument("paths", metavar="SÖKVÄG", nargs="+", type=Path, help="paket eller mappar med paket")
    add_passphrase(reclaim, "fil med sigillets lösenfras, som öppnar krypterade filer", required=False)

    card = add_command(commands, "card", "spara avsändarkortet och visa kontrollkoden", _card)
    add_store(card)
    card.choices.add_argument("--out", metavar="FIL", type=Path, help="var kortet ska sparas")
    card.choices.add_argument("--print", metavar="FIL.pdf", type=Path, help="var kortet på papper ska sparas")
    add_json(card)


def add_sealing(parser: SwedishParser) -> None:
    """Where the sealed file goes, who approved it and why it is sealed again."""
    parser.choices.add_argument("--out", required=True, metavar="MAPP", type=Path, help="var paketet ska sparas")
    add_passphrase(parser, "fil med sigillets lösenfras; första gången skapas sigillet", required=True)
    parser.choices.add_argument(
        "--approved-by", metavar="FUNKTION", type=words, help="vem som godkänner: en funktion, inget namn"
    )
    parser.choices.add_argument("--approved-on", metavar="DATUM", type=day, help="vilken dag det godkändes")
    parser.choices.add_argument("--approved-through", choices=APPROVAL_WAYS, help="hur det godkändes; kräver dagen")
    parser.choices.add_argument("--reason", metavar="TEXT", type=words, help="varför perioden rättas")
    parser.choices.add_argument(
        "--no-encryption", action="store_true", help="kryptera inte, fast mottagarens avsändarkort är känt"
    )


def _reclaim(given: Namespace) -> int:
    from fardplan_desktop.services import opening, reclaiming

    with opened(given.store) as workplace:
        opener = None
        if given.passphrase_file is not None:
            opener = opening.opener(workplace, passphrase=read_passphrase(given.passphrase_file))
        done = reclaiming.reclaim(workplace, paths=given.paths, opener=opener)
    for each in done.deliveries:
        say(f"{each.file_name}: taget tillbaka (nummer {each.sequence}).")
    say(f"{len(done.deliveries)} tagna tillbaka, {done.known} fanns redan, {done.others} är inga egna paket.")
    return DONE


def _rules(given: Namespace) -> int:
    from fardplan_desktop.services import quality

    with opened(given.store) as workplace:
        if workplace.level is not Level.MUNICIPALITY:
            return _member_rules(given, quality.member_problems(workplace, period=given.period))
        problems = quality.problems(workplace, period=given.period)
    errors = sum(each.blocks for each in problems)
    if given.json:
        say_json(
            {
                "period": given.period.id,
                "errors": errors,
                "warnings": len(problems) - errors,
                "problems": [_problem(each) for each in problems],
            }
        )
    else:
        _say_problems(problems)
        warnings = len(problems) - errors
        word = "varning" if warnings == 1 else "varningar"
        say(f"{given.period.name.capitalize()}: {errors} fel, {warnings} {word}.")
    return FOUND_WANTING if errors else DONE


def _member_rules(given: Namespace, members: tuple[MemberProblems, ...]) -> int:
    """At an office: what the rules say of each member that has delivered; always as something to ask about."""
    if given.json:
        told = [
            {"organisation": each.organisation.code, "problems": [_problem(one) for one in each.problems]}
            for each in members
        ]
        say_json({"period": given.period.id, "members": told})
        return DONE
    for each in members:
        say(f"{each.organisation.name}: {len(each.problems) or 'inget'} att fråga om")
        _say_problems(each.problems)
    say(f"{given.period.name.capitalize()}: {len(members)} har lämnat in.")
    return DONE


def _comment(given: Namespace) -> int:
    from fardplan_desktop.services import quality

    with opened(given.store) as workplace:
        chosen = tuple(
            each
            for each in quality.problems(workplace, period=given.period)
            if each.result.rule == given.rule and given.subject in (None, each.result.subject) and not each.blocks
        )
        if not chosen:
            raise InputProblem(
                f"{given.rule} har ingen varning för {given.period.name}.", todo="Se kommandot rules för dem som finns."
            )
        quality.comment(workplace, problems=chosen, text=given.text)
    number = "1 varning" if len(chosen) == 1 else f"{len(chosen)} varningar"
    say(
        f"{number} {'besvarade' if len(chosen) > 1 else 'besvarad'}."
        if given.text.strip()
        else f"{number} utan kommentar."
    )
    return DONE


def _seal(given: Namespace) -> int:
    from fardplan_desktop.services import approvals, deliveries, seals

    passphrase = read_passphrase(given.passphrase_file)
    with opened(given.store) as workplace:
        approval = approval_of(given, workplace)
        if seals.own_seal(workplace) is None:
            seals.make_key(workplace, passphrase=passphrase)
        sealed = deliveries.seal_period(
            workplace,
            period=given.period,
            folder=given.out,
            key=seals.open_seal(workplace, passphrase=passphrase),
            approved_by=given.approved_by or workplace.function,
            reason=given.reason,
            strict=given.strict,
            encrypt=not given.no_encryption,
        )
        if approval is not None and not sealed.repeated:
            approvals.record(workplace, delivery=sealed.delivery, approval=approval)
        code = check_code_of(workplace)
    if given.json:
        say_json(sealed_as_json(sealed, code))
        return DONE
    say_sealed(sealed, code)
    _say_problems(sealed.warnings)
    return DONE


def say_sealed(sealed: Sealed, check_code: str) -> None:
    again = "Inget har ändrats sedan sist, samma paket sparades igen" if sealed.repeated else "Förseglat"
    say(f"{again}: {sealed.file}")
    if sealed.with_card:
        say(f"Avsändarkort: {sealed.card}")
    say(f"Kontrollkod: {check_code}")


def approval_of(given: Namespace, workplace: Workplace) -> Approval | None:
    """Who approved, when and how; None when only the function that the package holds is told."""
    from fardplan_desktop.services import approvals

    if given.approved_on is None and given.approved_through is None:
        return None
    if given.approved_on is None or given.approved_through is None:
        raise InputProblem("Godkännandet är halvt.", todo="Ange både --approved-on och --approved-through.")
    function = given.approved_by or workplace.function
    return approvals.check(workplace, approval=approvals.Approval(function, given.approved_on, given.approved_through))


def check_code_of(workplace: Workplace) -> str:
    from fardplan_desktop.services import seals

    seal = seals.own_seal(workplace)
    return seal.check_code if seal else ""


def _reopen(given: Namespace) -> int:
    from fardplan_desktop.services import deliveries

    with opened(given.store) as workplace:
        deliveries.reopen(workplace, period=given.period, reason=given.reason)
    say(f"{given.period.name.capitalize()} är öppen för rättelse. Försegla den igen när den är rättad.")
    return DONE


def _card(given: Namespace) -> int:
    from fardplan_desktop.services import seal_papers, seals

    if given.out is None and given.print is None:
        raise InputProblem("Det framgår inte vart kortet ska.", todo="Ange --out, --print eller båda.")
    with opened(given.store) as workplace:
        card = seals.kept_card(workplace)
        paper = None if given.print is None else seal_papers.card_pdf(workplace)
        code = check_code_of(workplace)
        name = workplace.organisation.name
    if given.out is not None:
        save(given.out, card)
    if paper is not None:
        save(given.print, paper)
    if given.json:
        say_json({"organisation": name, "file": str(given.out or given.print), "check_code": code})
    else:
        say(code)
    return DONE


def sealed_as_json(sealed: Sealed, check_code: str) -> dict[str, object]:
    return {
        "file": str(sealed.file),
        "card": str(sealed.card) if sealed.with_card else None,
        "check_code": check_code,
        "period": sealed.delivery.period,
        "sequence": sealed.delivery.sequence,
        "digest": sealed.delivery.digest,
        "encrypted": sealed.encrypted,
        "repeated": sealed.repeated,
        "warnings": [_problem(each) for each in sealed.warnings],
    }


def _problem(problem: Problem) -> dict[str, object]:
    result = problem.result
    return {
        "rule": result.rule,
        "severity": result.severity.value,
        "subject": result.subject,
        "text": result.text,
        "instruction": result.instruction,
        "comment": problem.comment,
    }


def _say_problems(problems: tuple[Problem, ...]) -> None:
    for each in problems:
        said = f" Kommentar: {each.comment}" if each.comment else ""
        say(f"{'Fel' if each.blocks else 'Varning'}: {each.result.text} {each.result.instruction}{said}")
