"""Commands for joint plans: write and seal them above, answer them below, see who has answered what."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fardplan_desktop.cli.arguments import (
    Commands,
    add_command,
    add_json,
    add_passphrase,
    add_period,
    add_store,
    day,
    read_passphrase,
    whole_number,
    words,
)
from fardplan_desktop.cli.output import DONE, opened, say, say_json
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.joint import ANSWER_WORDS, UNANSWERED, Answering

if TYPE_CHECKING:
    from fardplan_desktop.domain.joint import JointMatrix
    from fardplan_desktop.domain.records import JointTask
    from fardplan_desktop.services.workplace import Workplace


def register(commands: Commands) -> None:
    _register_plan(commands)
    answer = add_command(commands, "joint", "visa gemensamma aktiviteter och kommunens svar, eller svara på en", _joint)
    add_store(answer)
    answer.choices.add_argument("--answer", choices=[each.value for each in Answering], help="svaret på --activity")
    answer.choices.add_argument("--activity", metavar="ID", help="den gemensamma aktiviteten; se kommandot utan val")
    answer.choices.add_argument("--plan", metavar="ID", help="den egna plan som aktiviteten läggs i")
    answer.choices.add_argument("--own", metavar="ID", help="den egna aktivitet som redan gör det, för har-redan")
    answer.choices.add_argument("--title", type=words, metavar="TEXT", help="egna ord, för anpassar")
    answer.choices.add_argument("--reason", type=words, metavar="TEXT", default="", help="skälet, för prioriterar-inte")
    add_json(answer)

    matrix = add_command(commands, "joint-matrix", "visa vad varje kommun har svarat på varje aktivitet", _matrix)
    add_store(matrix)
    add_period(matrix)
    add_json(matrix)


def _register_plan(commands: Commands) -> None:
    plan = add_command(commands, "joint-plan", "skriv och försegla gemensamma planer (delregion och län)", _plan)
    add_store(plan)
    plan.choices.add_argument("--plan", metavar="ID", help="planen det gäller; utan den görs eller visas alla")
    what = plan.choices.add_mutually_exclusive_group()
    what.add_argument("--new", metavar="NAMN", type=words, help="en ny plan; kräver --year")
    what.add_argument("--add", metavar="NAMN", type=words, help="en ny gemensam aktivitet i planen")
    what.add_argument("--end", metavar="ID", help="avsluta en gemensam aktivitet")
    what.add_argument("--next-year", action="store_true", help="gå vidare med planen nästa år")
    what.add_argument("--diff", action="store_true", help="visa vad planen ändrar sedan den förseglades sist")
    what.add_argument("--seal", action="store_true", help="försegla planen; kräver --out och --passphrase-file")
    plan.choices.add_argument("--year", metavar="ÅR", type=whole_number, help="planens första år")
    plan.choices.add_argument("--until", metavar="ÅR", type=whole_number, help="planens sista år")
    plan.choices.add_argument("--goal", metavar="TEXT", type=words, help="aktivitetens mål")
    plan.choices.add_argument("--method", metavar="A1–A6", help="aktivitetens arbetssätt")
    plan.choices.add_argument("--responsible", metavar="FUNKTION", type=words, default="", help="ansvarig funktion")
    plan.choices.add_argument("--last-day", metavar="DATUM", type=day, help="aktivitetens sista dag")
    plan.choices.add_argument("--replaced-by", metavar="ID", help="aktiviteten som ersätter den som avslutas")
    plan.choices.add_argument("--out", metavar="MAPP", type=Path, help="var det förseglade ska sparas")
    add_passphrase(plan, "fil med sigillets lösenfras; första gången skapas sigillet", required=False)
    plan.choices.add_argument("--approved-by", metavar="FUNKTION", type=words, default="", help="vem som godkänner")
    add_json(plan)


def _plan(given: Namespace) -> int:
    with opened(given.store) as workplace:
        if given.new is not None:
            return _new_plan(given, workplace)
        if given.plan is None:
            return _show_plans(given, workplace)
        if given.seal:
            return _seal(given, workplace)
        return _change_plan(given, workplace)


def _new_plan(given: Namespace, workplace: Workplace) -> int:
    from fardplan_desktop.services import joint_plans

    if given.year is None:
        raise InputProblem("Året saknas.", todo="Ange --year, till exempel --year 2026.")
    plan, change = joint_plans.add_plan(workplace, title=given.new, year=given.year, until=given.until)
    return _told(given, plan.id, change.label)


def _change_plan(given: Namespace, workplace: Workplace) -> int:
    """One step with the plan that is named; without a step, what it changes since it was sealed."""
    from fardplan_desktop.services import joint_plans, joint_sealing

    content = joint_plans.content(workplace, plan=given.plan)
    if given.add is not None:
        task, change = joint_plans.add_task(
            workplace, plan=given.plan, title=given.add, goal=given.goal, method=given.method,
            responsible=given.responsible, end=given.last_day,
        )  # fmt: skip
        return _told(given, task.id, change.label)
    if given.end is not None:
        found = _named(content.tasks, given.end)
        change = joint_plans.end_task(workplace, task=found, on=given.last_day, replaced_by=given.replaced_by)
        return _told(given, found.id, change.label)
    if given.next_year:
        plan, change = joint_plans.next_year(workplace, plan=content.plan)
        return _told(given, plan.id, f"{change.label}: {plan.title}")
    changes = joint_sealing.preview(workplace, plan=given.plan).changes
    if given.json:
        say_json({"plan": given.plan, "summary": changes.summary, "changes": changes.sentences})
        return DONE
    for each in changes.sentences or ("Inget har ändrats sedan planen förseglades.",):
        say(each)
    return DONE


def _named(tasks: tuple[JointTask, ...], id: str) -> JointTask:
    found = next((each for each in tasks if each.id == id), None)
    if found is None:
        raise InputProblem("Aktiviteten finns inte i planen.", todo="Se kommandot joint-plan utan val.")
    return found


def _show_plans(given: Namespace, workplace: Workplace) -> int:
    from fardplan_desktop.services import joint_plans

    found = joint_plans.contents(workplace)
    if given.json:
        say_json({"plans": [
            {"id": each.plan.id, "title": each.plan.title, "year": each.plan.year,
             "activities": [{"id": task.id, "title": task.title, "ended": _day(task.ended)} for task in each.tasks]}
            for each in found
        ]})  # fmt: skip
        return DONE
    for each in found:
        say(f"{each.plan.title}  {each.plan.id}")
        for task in each.tasks:
            say(f"  {task.title}{', avslutad' if task.ended else ''}  {task.id}")
    return DONE


def _seal(given: Namespace, workplace: Workplace) -> int:
    from fardplan_desktop.services import joint_sealing, seals

    if given.out is None or given.passphrase_file is None:
        raise InputProblem("Uppgifter saknas.", todo="Ange både --out och --passphrase-file.")
    passphrase = read_passphrase(given.passphrase_file)
    if seals.own_seal(workplace) is None:
        seals.make_key(workplace, passphrase=passphrase)
    key = seals.open_seal(workplace, passphrase=passphrase)
    sealed = joint_sealing.seal_plan(
        workplace, plan=given.plan, folder=given.out, key=key, approved_by=given.approved_by
    )
    if given.json:
        say_json({"file": str(sealed.file), "card": str(sealed.card), "sequence": sealed.delivery.sequence,
                  "changes": sealed.changes.sentences})  # fmt: skip
        return DONE
    for each in sealed.changes.sentences:
        say(each)
    say(f"Förseglat: {sealed.file}")
    return DONE


def _told(given: Namespace, id: str, label: str) -> int:
    if given.json:
        say_json({"id": id, "label": label})
    else:
        say(f"{label}  {id}")
    return DONE


def _joint(given: Namespace) -> int:
    with opened(given.store) as workplace:
        if given.answer is None:
            return _show(given, workplace)
        if given.activity is None:
            raise InputProblem("Den gemensamma aktiviteten saknas.", todo="Ange --activity.")
        return _told(given, given.activity, _answer(given, workplace))


def _answer(given: Namespace, workplace: Workplace) -> str:
    """Carried out; what was done."""
    from fardplan_desktop.services import joint_answers

    answer = Answering(given.answer)
    if answer is Answering.DECLINES:
        return joint_answers.decline(workplace, joint=given.activity, reason=given.reason).label
    if answer is Answering.HAS:
        return joint_answers.have(workplace, joint=given.activity, activity=given.own or "").label
    adapted = answer is Answering.ADAPTS
    _, change = joint_answers.carry_out(
        workplace, joint=given.activity, adapted=adapted, plan=given.plan, title=given.title
    )
    return change.label


def _show(given: Namespace, workplace: Workplace) -> int:
    from fardplan_desktop.services import joint_answers

    found = joint_answers.standings(workplace)
    if given.json:
        say_json({"activities": [
            {"id": each.joint.id, "title": each.joint.task.title, "plan": each.joint.plan.title,
             "ended": _day(each.joint.task.ended), "answer": each.answer.answer if each.answer else None,
             "reason": each.answer.reason if each.answer else "",
             "own": each.activity.id if each.activity else None}
            for each in found
        ]})  # fmt: skip
        return DONE
    for each in found:
        word = ANSWER_WORDS[each.answer.answer] if each.answer else UNANSWERED
        say(f"{each.joint.id}  {each.joint.task.title} ({each.joint.plan.title}): {word}")
    waiting = sum(each.answer is None for each in found)
    say(f"{waiting or 'Inga'} att ta ställning till.")
    return DONE


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _matrix(given: Namespace) -> int:
    from fardplan_desktop.services import joint_matrix

    with opened(given.store) as workplace:
        found = joint_matrix.matrix(workplace, period=given.period)
    if given.json:
        say_json(_as_json(found))
        return DONE
    for row in found.rows:
        say(f"{row.joint.task.title} ({row.source}): {row.answered} av {len(row.cells)} har svarat")
        for code, short in found.members:
            cell = row.cells[code]
            if cell.answer:
                say(f"  {short}: {', '.join(part for part in (cell.word, cell.standing, cell.reason) if part)}")
    for each in found.remarks:
        say(each)
    return DONE


def _as_json(found: JointMatrix) -> dict[str, object]:
    return {
        "period": found.period,
        "delivered": found.delivered,
        "members": len(found.members),
        "unknown": found.unknown,
        "activities": [
            {
                "id": row.joint.id,
                "title": row.joint.task.title,
                "plan": row.source,
                "answered": row.answered,
                "cells": {
                    code: {"answer": cell.answer, "word": cell.word, "status": cell.status, "forecast": cell.forecast,
                           "reason": cell.reason}
                    for code, cell in sorted(row.cells.items())
                },
            }
            for row in found.rows
        ],
    }  # fmt: skip
