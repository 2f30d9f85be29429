"""Commands for what goes back and forth about deliveries: receipts and feedback."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from fardplan_desktop.cli.arguments import (
    Commands,
    SwedishParser,
    add_command,
    add_json,
    add_passphrase,
    add_period,
    add_store,
    read_passphrase,
    words,
)
from fardplan_desktop.cli.output import DONE, FOUND_WANTING, opened, say, say_json
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level

if TYPE_CHECKING:
    from fardplan_desktop.domain.feedback_paper import FeedbackLine
    from fardplan_desktop.services.workplace import Workplace


def register(commands: Commands) -> None:
    receipts = add_command(commands, "receipts", "visa kvittenser; ett kontor förseglar dem som väntar", _receipts)
    add_store(receipts)
    _add_sealing(receipts)
    add_json(receipts)

    feedback = add_command(commands, "feedback", "visa återkoppling; ett kontor gör den till sina medlemmar", _feedback)
    add_store(feedback)
    add_period(feedback)
    feedback.choices.add_argument("--comment", type=words, metavar="TEXT", help="kontorets ord till alla medlemmar")
    feedback.choices.add_argument("--to", metavar="KOD", help="kontor: visa bara vad en medlem får")
    _add_sealing(feedback)
    add_json(feedback)


def _add_sealing(parser: SwedishParser) -> None:
    parser.choices.add_argument("--out", metavar="MAPP", type=Path, help="försegla, och spara med mejlutkast i mappen")
    add_passphrase(parser, "fil med sigillets lösenfras; första gången skapas sigillet", required=False)


def _receipts(given: Namespace) -> int:
    with opened(given.store) as workplace:
        if workplace.level is Level.MUNICIPALITY:
            return _own_receipts(given, workplace)
        if given.out is None:
            return _waiting(given, workplace)
        return _seal_receipts(given, workplace)


def _own_receipts(given: Namespace, workplace: Workplace) -> int:
    """What became of what we sent. An alarm is found wanting."""
    from fardplan_desktop.services import deliveries, receipts_in

    answers = receipts_in.answers(workplace)
    found, alarms = answers.receipts, answers.alarms
    sent = deliveries.sent(workplace)
    if given.json:
        told = [
            {
                "period": each.period,
                "sequence": each.sequence,
                "receipt": found[each.digest].words if each.digest in found else None,
                "accepted": each.digest in found and found[each.digest].accepted,
            }
            for each in sent
        ]
        say_json({"sent": told, "alarms": list(alarms)})
    else:
        for each in sent:
            receipt = found.get(each.digest)
            say(f"{each.period}, nummer {each.sequence}: {receipt.words if receipt else 'Kvittens väntas'}")
        for alarm in alarms:
            say(alarm)
    return FOUND_WANTING if alarms else DONE


def _waiting(given: Namespace, workplace: Workplace) -> int:
    from fardplan_desktop.services import receipts
    from fardplan_desktop.services.receipts_in import row_words

    owed = receipts.waiting(workplace)
    if given.json:
        say_json({"waiting": [{"organisation": each.organisation.code, "files": len(each.rows)} for each in owed]})
        return DONE
    for each in owed:
        say(f"{each.organisation.name}:")
        for row in each.rows:
            say(f"  {row_words(row)}")
    say(f"{len(owed)} kvittenser väntar. Försegla dem med --out och --passphrase-file." if owed else "Inga väntar.")
    return DONE


def _seal_receipts(given: Namespace, workplace: Workplace) -> int:
    from fardplan_desktop.services import receipts

    made, _ = receipts.send_receipts(workplace, folder=given.out, passphrase=passphrase_of(given))
    if given.json:
        say_json({"receipts": [{"organisation": each.to.code, "file": str(each.file)} for each in made]})
    else:
        for each in made:
            say(f"{each.to.name}: {each.file.name}")
        say(f"{len(made)} kvittenser och mejlutkast sparade i {given.out}.")
    return DONE


def passphrase_of(given: Namespace) -> str:
    """Raises InputProblem when the file is not named."""
    if given.passphrase_file is None:
        raise InputProblem("Lösenfrasen saknas.", todo="Ange filen med --passphrase-file.")
    return read_passphrase(given.passphrase_file)


def _feedback(given: Namespace) -> int:
    with opened(given.store) as workplace:
        if workplace.level is Level.MUNICIPALITY or (workplace.level is Level.DELREGION and _reads(given)):
            return _read_feedback(given, workplace)
        return _make_feedback(given, workplace)


def _reads(given: Namespace) -> bool:
    """A delregion both gets feedback, from the county, and gives it."""
    return bool(given.to == "14")


def _read_feedback(given: Namespace, workplace: Workplace) -> int:
    from fardplan_desktop.services import feedback_in

    found = feedback_in.of_period(workplace, period=given.period)
    if found is None:
        say(f"Ingen återkoppling för {given.period.name} har kommit.")
        return FOUND_WANTING
    if given.json:
        say_json(
            {
                "period": found.period.id,
                "from": found.by.code,
                "lines": [structs.asdict(each) for each in found.lines],
                "remarks": [structs.asdict(each) for each in found.remarks],
            }
        )
        return DONE
    say(f"{found.by.name}, {found.period.name}. Eget tal · {found.whole.lower()} · median · rapporterat")
    _say_lines(found.lines)
    for remark in found.remarks:
        say(": ".join(each for each in (remark.of, remark.title, remark.text) if each))
    say(feedback_in.LEGEND)
    return DONE


def _say_lines(lines: tuple[FeedbackLine, ...]) -> None:
    for each in lines:
        say(f"  {each.label}: {each.own} · {each.total} · {each.median or 'ingen median'} · {each.coverage}")


def _make_feedback(given: Namespace, workplace: Workplace) -> int:
    """Shown as each member would get it; sealed with ``--out``."""
    from fardplan_desktop.services import feedback, feedback_in

    if given.comment is not None:
        feedback.set_comment(workplace, period=given.period, text=given.comment)
    if given.out is not None:
        made, _ = feedback.send(workplace, period=given.period, folder=given.out, passphrase=passphrase_of(given))
        for each in made:
            say(f"{each.to.name}: {each.file.name}")
        say(f"{len(made)} filer och mejlutkast sparade i {given.out}.")
        return DONE
    for member in feedback.preview(workplace, period=given.period):
        if given.to in (None, member.organisation.code):
            say(f"{member.organisation.name}{'' if member.changed else ' (redan förseglad)'}")
            _say_lines(feedback_in.lines_of(workplace.codebook, member.rows))
    return DONE
