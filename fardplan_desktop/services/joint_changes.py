"""What a version of the joint plans changes, in Swedish sentences: before it is sealed, and before it is read in."""

from __future__ import annotations

from collections.abc import Iterator

from fardplan_desktop.analysis.numbers_sv import day
from fardplan_desktop.domain.joint import JointChanges, JointDifference, Verb
from fardplan_desktop.domain.records import JointPlan, JointTask
from fardplan_desktop.services.joint_list import Version

_TASK_WORDS = {
    "title": "namnet",
    "method": "arbetssättet",
    "areas": "områdena",
    "target_group": "målgruppen",
    "goal": "målet",
    "indicators": "indikatorn",
    "responsible": "ansvarig funktion",
    "start": "starten",
    "end": "sista dagen",
    "plan": "planen den hör till",
}
_PLAN_WORDS = {
    "title": "namnet",
    "type": "typen av plan",
    "year": "året",
    "until": "sista året",
    "target_group": "målgruppen",
    "text": "texten",
}


def changes(before: Version, after: Version) -> JointChanges:
    """Everything in ``after`` that is not as it was in ``before``: plans first, each with its activities after it."""
    return JointChanges(tuple(_differences(before, after)))


def _differences(before: Version, after: Version) -> Iterator[JointDifference]:
    plans = {each.id: each for each in before.plans}
    tasks = {each.id: each for each in before.tasks}
    titles = {each.id: each.title for each in (*before.tasks, *after.tasks)}
    for plan in after.plans:
        yield from _of_plan(plans.get(plan.id), plan)
        for task in after.tasks:
            if task.plan == plan.id:
                yield from _of_task(tasks.get(task.id), task, titles)


def _of_plan(old: JointPlan | None, new: JointPlan) -> Iterator[JointDifference]:
    if old is None:
        yield JointDifference(Verb.NEW, new.id, new.title, f"Planen ”{new.title}” är ny.", plan=True)
    elif old != new:
        told = _listed([word for name, word in _PLAN_WORDS.items() if getattr(old, name) != getattr(new, name)])
        was = f" Den hette ”{old.title}”." if old.title != new.title else ""
        sentence = f"Planen ”{new.title}” är ändrad: {told}.{was}"
        yield JointDifference(Verb.CHANGED, new.id, new.title, sentence, plan=True)


def _of_task(old: JointTask | None, new: JointTask, titles: dict[str, str]) -> Iterator[JointDifference]:
    name = f"”{new.title}”"
    if new.ended is not None and (old is None or old.ended is None):
        if old is not None:  # One that was ended before anybody saw it is no news.
            by = titles.get(new.replaced_by or "")
            instead = f" Den ersätts av ”{by}”." if by else ""
            sentence = f"{name} avslutas {day(new.ended)}.{instead}"
            yield JointDifference(Verb.ENDED, new.id, new.title, sentence)
    elif old is None:
        yield JointDifference(Verb.NEW, new.id, new.title, f"{name} är ny.")
    elif new.ended is None and old.ended is not None:
        yield JointDifference(Verb.RESUMED, new.id, new.title, f"{name} är återupptagen.")
    elif told := [word for field, word in _TASK_WORDS.items() if getattr(old, field) != getattr(new, field)]:
        was = f" Den hette ”{old.title}”." if old.title != new.title else ""
        yield JointDifference(Verb.CHANGED, new.id, new.title, f"{name} är ändrad: {_listed(told)}.{was}")


def _listed(words: list[str]) -> str:
    """``målet, indikatorn och sista dagen``"""
    return " och ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
