"""What an answer says of activities and deviations: only those asked about, and only what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.inquiries import AnsweredActivity, AnsweredDeviation, AnswerSheet
from fardplan_desktop.domain.records import Activity, CheckIn, Deviation, Inquiry
from fardplan_desktop.services import activities, deviations
from fardplan_desktop.services.answer_lines import AnswerLine, Given, Since, line, refused, with_given
from fardplan_desktop.services.workplace import Workplace

_ACTIVITY_WORDS = {
    "status": "Status",
    "status_note": "Mer om status",
    "forecast": "Prognos",
    "next_step": "Nästa steg",
}
_DEVIATION_WORDS = {
    "answered_on": "Svaret kom",
    "causes": "Orsak",
    "action": "Åtgärd",
    "action_text": "Åtgärden i korthet",
}
_LISTS = {"status": "aktivitetsstatus", "forecast": "prognos", "causes": "orsak", "action": "atgardstyp"}
_CHECKED_IN = ("status", "status_note", "forecast")
_ANSWERED = "svar-mottaget"


class ActivityDraft(msgspec.Struct, frozen=True):
    """What is said of one activity; a comment makes a check-in of its own."""

    before: Activity
    given: tuple[Given, ...]
    comment: Given | None

    @property
    def lines(self) -> tuple[AnswerLine, ...]:
        said = (*self.given, *([self.comment] if self.comment else []))
        return tuple(each.line for each in said)

    def edits(self, workplace: Workplace, *, conflicts: bool) -> list[Edit]:
        """The activity as it becomes, and a check-in of today when it was said how the activity stands."""
        after = with_given(self.before, self.given, conflicts=conflicts)
        edits = [Edit(self.before, after)]
        comment = self.comment if self.comment and self.comment.line.taken(conflicts=conflicts) else None
        moved = any(getattr(after, field) != getattr(self.before, field) for field in _CHECKED_IN)
        if moved or comment:
            said = str(comment.value) if comment else ""
            entry = CheckIn(
                id=workplace.ids(),
                activity=after.id,
                date=workplace.today,
                status=after.status,
                forecast=after.forecast,
                comment=said,
            )
            edits.insert(0, Edit(None, entry))
        return edits


class DeviationDraft(msgspec.Struct, frozen=True):
    """What is said of one deviation."""

    before: Deviation
    given: tuple[Given, ...]
    row: int

    @property
    def lines(self) -> tuple[AnswerLine, ...]:
        return tuple(each.line for each in self.given)

    def after(self, codebook: CodeBook, *, conflicts: bool) -> Deviation:
        """With the answer in, it is at least answered; never further, and never backwards."""
        after = with_given(self.before, self.given, conflicts=conflicts)
        statuses = codebook.list("avvikelsestatus").by_id
        now, answered = statuses.get(after.status), statuses.get(_ANSWERED)
        if after.answered_on and now and answered and (now.rank or 0) < (answered.rank or 0) and now.rank:
            return msgspec.structs.replace(after, status=answered.id)
        return after


def activity_drafts(workplace: Workplace, inquiry: Inquiry, sheet: AnswerSheet) -> list[ActivityDraft]:
    """Raises TableProblems for an activity that was not asked about or is here no more."""
    since = Since(workplace, inquiry)
    found = []
    for each in sheet.activities:
        id_ = inquiry.activities[each.place - 1] if 0 < each.place <= len(inquiry.activities) else ""
        activity = activities.find(workplace, activity=id_)
        if activity is None:
            what = "Aktiviteten finns inte längre här." if id_ else "Raden hör inte till frågan."
            raise refused(sheet.source, each.row, "Nr på bladet Aktiviteter", f"{what} Töm raden.")
        found.append(_activity(workplace, activity, each, since))
    return found


def deviation_drafts(workplace: Workplace, inquiry: Inquiry, sheet: AnswerSheet) -> list[DeviationDraft]:
    """Raises TableProblems for a deviation that was not asked about, is here no more or cannot be as it is answered."""
    since = Since(workplace, inquiry)
    asked = {each.number: each for each in deviations.deviations(workplace) if each.id in inquiry.deviations}
    found = []
    for each in sheet.deviations:
        before = asked.get(each.number)
        if before is None:
            what = "Avvikelsen hör inte till frågan eller finns inte längre här. Töm raden."
            raise refused(sheet.source, each.row, "Nummer på bladet Avvikelser", what)
        given = _given(workplace.codebook, before, each, _DEVIATION_WORDS, before.number, since)
        draft = DeviationDraft(before, given, each.row)
        try:
            deviations.check(workplace, before=before, after=draft.after(workplace.codebook, conflicts=True))
        except InputProblem as problem:
            raise refused(sheet.source, each.row, "på bladet Avvikelser", problem.sentence) from problem
        found.append(draft)
    return found


def _activity(workplace: Workplace, activity: Activity, answered: AnsweredActivity, since: Since) -> ActivityDraft:
    given = _given(workplace.codebook, activity, answered, _ACTIVITY_WORDS, activity.title, since)
    comment = None
    if answered.comment is not None:
        said = [each.comment for each in activities.check_ins(workplace, activity=activity.id) if each.comment]
        stands = answered.comment if answered.comment in said else ""
        told = line(f"Kommentar: {activity.title}", stands, answered.comment, changed=False)
        comment = Given("comment", answered.comment, told)
    return ActivityDraft(activity, given, comment)


def _given(
    codebook: CodeBook,
    before: Activity | Deviation,
    answered: AnsweredActivity | AnsweredDeviation,
    words: Mapping[str, str],
    about: str,
    since: Since,
) -> tuple[Given, ...]:
    """Every field with an answer, weighed against what stands."""
    found = []
    for field, word in words.items():
        value = getattr(answered, field)
        if value is not None:
            stands, answer = _words(codebook, field, getattr(before, field)), _words(codebook, field, value)
            changed = since.changed(type(before), before.id, before, (field,))
            found.append(Given(field, value, line(f"{word}: {about}", stands, answer, changed=changed)))
    return tuple(found)


def _words(codebook: CodeBook, field: str, value: object) -> str:
    """What the user reads for a value; empty when there is none."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(_words(codebook, field, each) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    return codebook.label(_LISTS[field], str(value)) if field in _LISTS else str(value)
