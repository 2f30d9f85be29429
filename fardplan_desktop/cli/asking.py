"""Commands for questions on a value: an office asks, the one who is asked answers."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.cli.answering import passphrase_of
from fardplan_desktop.cli.arguments import Commands, add_command, add_json, add_passphrase, add_period, add_store, words
from fardplan_desktop.cli.output import DONE, opened, say, say_json
from fardplan_desktop.domain.levels import Level

if TYPE_CHECKING:
    from fardplan_desktop.services.questions import Asked
    from fardplan_desktop.services.questions_in import ToAnswer


def register(commands: Commands) -> None:
    question = add_command(commands, "question", "fråga den som rapporterat om ett värde", _question)
    add_store(question)
    add_period(question)
    question.choices.add_argument("--of", required=True, metavar="KOD", help="vem som frågas, till exempel 1462")
    question.choices.add_argument("--about", required=True, metavar="VÄRDE", help="till exempel antal/SIP08/2026-05")
    question.choices.add_argument("--shown", type=words, default="", metavar="TEXT", help="värdet som ni ser det")
    question.choices.add_argument("--text", required=True, type=words, help="frågan, utan uppgifter om personer")

    answer = add_command(commands, "answer", "svara på en fråga om ett värde", _answer)
    add_store(answer)
    answer.choices.add_argument("--id", required=True, metavar="ID", help="frågans id; se questions --json")
    answer.choices.add_argument("--text", required=True, type=words, help="svaret, utan uppgifter om personer")

    questions = add_command(commands, "questions", "visa frågor och svar, skicka dem som väntar", _questions)
    add_store(questions)
    questions.choices.add_argument("--close", metavar="ID", help="avsluta en fråga som är besvarad")
    questions.choices.add_argument(
        "--out", metavar="MAPP", type=Path, help="försegla det som väntar och spara i mappen"
    )
    add_passphrase(questions, "fil med sigillets lösenfras", required=False)
    add_json(questions)


def _question(given: Namespace) -> int:
    from fardplan_desktop.services import questions

    with opened(given.store) as workplace:
        questions.ask(
            workplace, of=given.of, period=given.period, about=given.about, shown=given.shown, text=given.text
        )
    say("Frågan är skriven. Skicka den med questions --out.")
    return DONE


def _answer(given: Namespace) -> int:
    from fardplan_desktop.services import questions_in

    with opened(given.store) as workplace:
        questions_in.answer(workplace, id=given.id, text=given.text)
    say("Svaret är skrivet. Skicka det med questions --out.")
    return DONE


def _questions(given: Namespace) -> int:
    from fardplan_desktop.services import questions, questions_in
    from fardplan_desktop.services.questions import State

    with opened(given.store) as workplace:
        if given.close is not None:
            questions.close(workplace, id=given.close)
        if given.out is not None:
            send = questions_in.send if workplace.level is Level.MUNICIPALITY else questions.send
            made, _ = send(workplace, folder=given.out, passphrase=passphrase_of(given))
            for posted in made:
                say(f"{posted.to.name}: {posted.file.name}")
            return DONE
        ours = questions.asked(workplace)
        theirs = questions_in.to_answer(workplace)
    told = [*(_told(each.of.name, each) for each in ours), *(_told(each.by.name, each) for each in theirs)]
    if given.json:
        say_json({"questions": told})
        return DONE
    for each in told:
        state = State(str(each["state"]))
        answer = f" Svar: {each['answer']}" if each["answer"] else ""
        say(f"{each['with']}, {each['label']}: {each['text']}")
        unsent = "" if each["sent"] else " Inte skickad."
        say(f"  {questions.days_words(state, int(str(each['days'])))}.{answer}{unsent}")
    if not told:
        say("Inga frågor.")
    return DONE


def _told(name: str, each: Asked | ToAnswer) -> dict[str, object]:
    return {
        "id": each.question.id,
        "with": name,
        "about": each.question.about,
        "label": each.label,
        "text": each.question.text,
        "answer": each.answer or None,
        "state": each.state.value,
        "days": each.days,
        "sent": each.sent,
        "corrected": each.corrected,
    }
