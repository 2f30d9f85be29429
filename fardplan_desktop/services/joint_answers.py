"""How the municipality answers joint activities: Följer, Anpassar, Har redan, Prioriterar inte.

An own activity that names a joint one is an answer too, whoever wrote it down; what has been answered expressly counts
before that. "Inte prioriterad" is never told as "ej påbörjad".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from fardplan_desktop.domain.changes import Change, Edit
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.joint import ANSWER_WORDS, Answering, Joint, Standing
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.records import Activity, JointAnswer
from fardplan_desktop.services import activities, joint_list
from fardplan_desktop.services.editing import save
from fardplan_desktop.services.guarding import refuse_long
from fardplan_desktop.services.workplace import Workplace

NOT_PRIORITISED = "inte-prioriterad-hos-oss"
"""The status that says the same as the answer."""


def standings(workplace: Workplace) -> tuple[Standing, ...]:
    """Every joint activity that is asked of us, or that we have answered, with our answer as it stands."""
    own = workplace.store.own(Activity)
    answers = current(workplace.store.own(JointAnswer), own)
    by_id = {each.id: each for each in own}
    found = []
    for joint in joint_list.joint_activities(workplace):
        answer = answers.get(joint.id)
        if answer is not None or not joint.ended:
            found.append(Standing(joint, answer, by_id.get(answer.activity or "") if answer else None))
    return tuple(found)


def waiting(workplace: Workplace) -> tuple[Joint, ...]:
    """Those nobody has taken a stand on, as they are gone through."""
    return tuple(each.joint for each in standings(workplace) if each.answer is None)


def waiting_of_plans(workplace: Workplace) -> tuple[Joint, ...]:
    """Those of joint plans that have been read in: what Start tells of."""
    return tuple(each for each in waiting(workplace) if each.read_in)


def current(answers: Iterable[JointAnswer], own: Sequence[Activity]) -> Mapping[str, JointAnswer]:
    """Joint activity → answer. One whose activity has been taken away is none any more, unless another names it."""
    known = {each.id for each in own}
    found = {each.joint: implied(each) for each in reversed(own) if each.joint is not None}
    for answer in answers:
        if answer.activity is not None and answer.activity not in known:
            continue
        found[answer.id] = answer
    return found


def implied(activity: Activity) -> JointAnswer:
    """What an activity that names a joint one says of it by being there."""
    assert activity.joint is not None, "the activity names a joint one"
    if activity.status == NOT_PRIORITISED:
        reason = activity.status_note or ""
        return JointAnswer(id=activity.joint, answer=Answering.DECLINES, reason=reason, activity=activity.id)
    return JointAnswer(id=activity.joint, answer=Answering.FOLLOWS, activity=activity.id)


def proposed(workplace: Workplace, *, joint: Joint, plan: str | None = None) -> Activity:
    """The own activity that would carry it out, as the joint one is written. Without a plan it has none yet."""
    stated = joint_list.stated(workplace, joint=joint.id)
    if stated is not None:
        return activities.from_joint(workplace.codebook, stated, id=workplace.ids(), plan=plan or "")
    task = joint.task
    return Activity(
        id=workplace.ids(),
        plan=plan or "",
        title=task.title,
        method=task.method,
        areas=task.areas,
        joint=task.id,
        target_group=task.target_group,
        goal=task.goal,
        indicators=task.indicators,
        responsible=task.responsible,
        start=task.start,
        end=task.end,
    )


def carry_out(
    workplace: Workplace,
    *,
    joint: str,
    adapted: bool = False,
    plan: str | None = None,
    title: str | None = None,
    goal: str | None = None,
    responsible: str | None = None,
    end: date | None = None,
) -> tuple[Activity, Change]:
    """Följer, or with ``adapted`` Anpassar: an own activity, in our own plan of the year unless another is named.

    What is given replaces the joint activity's own words; only an adapted one may have other words. One that we have
    already for the joint activity is used as it stands.
    """
    found = _asked(workplace, joint)
    answer = Answering.ADAPTS if adapted else Answering.FOLLOWS
    already = next((each for each in activities.activities(workplace) if each.joint == joint), None)
    edits: list[Edit] = []
    if already is None:
        chosen, edits = activities.plan_for(workplace, plan)
        made = proposed(workplace, joint=found, plan=chosen.id)
        given = {"title": title, "goal": goal, "responsible": responsible, "end": end} if adapted else {}
        made = msgspec.structs.replace(made, **{name: value for name, value in given.items() if value is not None})
        already = activities.checked(made)
        edits.append(Edit(None, already))
    change = _answer(workplace, found, JointAnswer(id=joint, answer=answer, activity=already.id), edits)
    return already, change


def have(workplace: Workplace, *, joint: str, activity: str) -> Change:
    """Har redan: an own activity does it; it is marked as the answer unless it answers another one."""
    found = _asked(workplace, joint)
    own = activities.find(workplace, activity=activity)
    if own is None:
        raise InputProblem("Aktiviteten finns inte längre.", todo="Välj en annan.", detail="activity")
    edits = [Edit(own, msgspec.structs.replace(own, joint=joint))] if own.joint is None else []
    return _answer(workplace, found, JointAnswer(id=joint, answer=Answering.HAS, activity=own.id), edits)


def decline(workplace: Workplace, *, joint: str, reason: str) -> Change:
    """Prioriterar inte, with the reason. Raises InputProblem without one."""
    found = _asked(workplace, joint)
    if not reason.strip():
        raise InputProblem("Skälet saknas.", todo="Skriv varför ni inte prioriterar aktiviteten.", detail="reason")
    return _answer(workplace, found, JointAnswer(id=joint, answer=Answering.DECLINES, reason=reason.strip()), [])


def sent(workplace: Workplace) -> tuple[JointAnswer, ...]:
    """All that we answer now, as it goes with the period's package; what only an activity says goes with that."""
    own = workplace.store.own(Activity)
    expressed = workplace.store.own(JointAnswer)
    standing = current(expressed, own)
    return tuple(sorted((each for each in expressed if standing.get(each.id) == each), key=lambda each: each.id))


def _asked(workplace: Workplace, joint: str) -> Joint:
    if workplace.level is not Level.MUNICIPALITY:
        raise InputProblem("Gemensamma aktiviteter besvaras av kommunerna.", todo="Se deras svar i Sammanställning.")
    found = joint_list.find(workplace, joint=joint)
    if found is None:
        raise InputProblem("Den gemensamma aktiviteten finns inte hos er.", todo="Läs in planen den hör till.")
    return found


def _answer(workplace: Workplace, joint: Joint, answer: JointAnswer, edits: Sequence[Edit]) -> Change:
    refuse_long(answer)
    before = workplace.store.get(JointAnswer, joint.id)
    label = f"{ANSWER_WORDS[answer.answer]} ”{joint.task.title[:40]}”"
    return save(workplace, edits=[*edits, Edit(before, answer)], label=label)
