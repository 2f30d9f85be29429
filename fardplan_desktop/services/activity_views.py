"""Views of the activities: how they are gathered and which of them are shown, tried out at once or saved by name.

Filters of one kind widen each other (Pågår or Klar), filters of different kinds narrow each other (Pågår in A4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final, Literal

import msgspec

from fardplan_desktop.analysis.activity_words import NO_METHOD, forecast_word, method_words, shown_status
from fardplan_desktop.analysis.numbers_sv import sort_key
from fardplan_desktop.analysis.tallies import STATUS_NOT_STATED, is_ended, is_late
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Activity, Plan
from fardplan_desktop.services import activities
from fardplan_desktop.services.due import due
from fardplan_desktop.services.guarding import refuse_identity
from fardplan_desktop.services.workplace import Workplace

Grouping = Literal["method", "plan", "target_group", "status", "none"]
Kind = Literal["open", "late", "due", "status", "method", "plan", "target_group", "forecast", "theme", "lift_to"]
"""What a filter looks at. The first three ask a question; the others name a value, '' when none is stated."""

KIND_WORDS: Final[dict[Kind, str]] = {
    "open": "Inte avslutade",
    "late": "Försenade",
    "due": "Att stämma av",
    "status": "Status",
    "method": "Arbetssätt",
    "plan": "Plan",
    "target_group": "Målgrupp",
    "forecast": "Prognos",
    "theme": "Tema",
    "lift_to": "Behöver lyftas till",
}
QUESTIONS: Final[tuple[Kind, ...]] = ("open", "late", "due")
_NOT_STATED: Final[dict[Kind, str]] = {
    "method": NO_METHOD,
    "plan": "Ingen plan",
    "target_group": "Ingen målgrupp angiven",
    "forecast": "Ingen prognos angiven",
    "theme": "Inget tema angivet",
}
_LISTS: Final[dict[Kind, str]] = {
    "status": "aktivitetsstatus",
    "target_group": "malgrupp",
    "forecast": "prognos",
    "theme": "tema",
    "lift_to": "lyfts-till",
}
_SETTING: Final = "activity_views"
_LONGEST: Final = 60
_TELLING: Final = 4
"""Characters of a search that may say something about what it finds."""


class Filter(msgspec.Struct, frozen=True):
    """Lets through the activities that have ``value`` (a code, a plan's id) or answer the question with yes."""

    kind: Kind
    value: str = ""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """How the activities are looked at."""

    grouping: Grouping = "method"
    text: str = ""
    """Every word of it must be found."""
    filters: tuple[Filter, ...] = ()

    def turned(self, one: Filter) -> View:
        """With the filter, or without it when it is there."""
        rest = tuple(each for each in self.filters if each != one)
        return msgspec.structs.replace(self, filters=rest if one in self.filters else (*rest, one))

    def without(self, kind: Kind) -> View:
        """Without every filter of a kind."""
        return msgspec.structs.replace(self, filters=tuple(each for each in self.filters if each.kind != kind))


class SavedView(msgspec.Struct, frozen=True):
    name: str
    view: View


class Group(msgspec.Struct, frozen=True):
    """Activities under one heading; the heading is empty when they are not gathered."""

    words: str
    activities: tuple[Activity, ...]


class Choice(msgspec.Struct, frozen=True):
    """A filter there is to choose, and how many activities it would let through."""

    filter: Filter
    words: str
    count: int


class Release(msgspec.Struct, frozen=True):
    """What hides activities: ``words`` name it, ``view`` is the view without it, which shows ``count``."""

    words: str
    view: View
    count: int


class Gathered(msgspec.Struct, frozen=True):
    """Our own activities with what a view looks at."""

    book: CodeBook
    plans: Mapping[str, Plan]
    activities: tuple[Activity, ...]
    due: frozenset[str]
    """Ids of those to check in."""
    hay: Mapping[str, str]
    """Id → what text is looked for in."""
    today: date

    def shown(self, view: View) -> tuple[Activity, ...]:
        """Those that text and filters let through, in the order they were written down."""
        wanted: dict[Kind, set[str]] = {}
        for each in view.filters:
            wanted.setdefault(each.kind, set()).add(each.value)
        needles = view.text.casefold().split()
        return tuple(
            each
            for each in self.activities
            if all(needle in self.hay[each.id] for needle in needles)
            and all(values.intersection(self.values(each, kind)) for kind, values in wanted.items())
        )

    def groups(self, view: View) -> tuple[Group, ...]:
        """The shown activities under their headings, in the code book's order and the unstated last."""
        found = self.shown(view)
        kind = view.grouping
        if kind == "none":
            return (Group("", found),) if found else ()
        gathered: dict[str, list[Activity]] = {}
        for each in found:
            gathered.setdefault(self.values(each, kind)[0], []).append(each)
        order = self._order(kind)
        values = sorted(gathered, key=lambda value: order.get(value, len(order)))
        return tuple(Group(self.value_words(Filter(kind, value)), tuple(gathered[value])) for value in values)

    def choices(self, view: View, kind: Kind) -> tuple[Choice, ...]:
        """Every value that some activity has, with its count under the other filters; chosen ones always."""
        have = Counter(value for each in self.activities for value in self.values(each, kind))
        count = Counter(value for each in self.shown(view.without(kind)) for value in self.values(each, kind))
        chosen = {each.value for each in view.filters if each.kind == kind}
        order = self._order(kind)
        values = sorted({*have, *chosen}, key=lambda value: (order.get(value, len(order)), value))
        offered = [Filter(kind, value) for value in values if value or kind in QUESTIONS or kind in _NOT_STATED]
        return tuple(Choice(each, self.value_words(each), count[each.value]) for each in offered)

    def count(self, view: View, one: Filter) -> int:
        """How many the filter lets through under the other kinds of filters."""
        return sum(one.value in self.values(each, one.kind) for each in self.shown(view.without(one.kind)))

    def releases(self, view: View) -> tuple[Release, ...]:
        """What alone hides something, most first: the text, or the filters of one kind."""
        shown = len(self.shown(view))
        found = []
        if view.text.strip():
            found.append((f"texten ”{view.text.strip()}”", msgspec.structs.replace(view, text="")))
        for kind in dict.fromkeys(each.kind for each in view.filters):
            same = [each for each in view.filters if each.kind == kind]
            words = self.words(same[0]) if len(same) == 1 else KIND_WORDS[kind]
            found.append((f"filtret ”{words}”", view.without(kind)))
        told = [Release(words, wider, len(self.shown(wider))) for words, wider in found]
        return tuple(sorted((each for each in told if each.count > shown), key=lambda each: -each.count))

    def values(self, activity: Activity, kind: Kind) -> tuple[str, ...]:
        """What the activity has of a kind; '' for a question answered with yes, or for what is not stated."""
        if kind in QUESTIONS:
            answers = {
                "open": not is_ended(self.book, activity),
                "late": is_late(self.book, activity, self.today),
                "due": activity.id in self.due,
            }
            return ("",) if answers[kind] else ()
        if kind == "theme":
            return activity.themes or ("",)
        if kind == "plan":
            return (activity.plan if activity.plan in self.plans else "",)
        if kind == "status":
            return (activity.status or STATUS_NOT_STATED,)
        value: str | None = getattr(activity, kind)
        if kind == "target_group" and activity.plan in self.plans:
            value = value or self.plans[activity.plan].target_group
        return (value or "",)

    def words(self, one: Filter) -> str:
        """``Status: Pågår``; a question is its own words."""
        kind = KIND_WORDS[one.kind]
        return kind if one.kind in QUESTIONS else f"{kind}: {self.value_words(one)}"

    def value_words(self, one: Filter) -> str:
        """``Pågår``. A code that has been ended keeps its word; a plan that is gone is said to be."""
        if one.kind in QUESTIONS:
            return KIND_WORDS[one.kind]
        if not one.value:
            return _NOT_STATED.get(one.kind, "Inte angivet")
        if one.kind == "method":
            return method_words(self.book, one.value)
        if one.kind == "plan":
            return self.plans[one.value].title if one.value in self.plans else "Borttagen plan"
        return self.book.label(_LISTS[one.kind], one.value)

    def _order(self, kind: Kind) -> dict[str, int]:
        """Value → its place."""
        if kind == "method":
            ids = [each.id for each in self.book.working_methods]
        elif kind == "plan":
            ids = [each.id for each in self.plans.values()]
        else:
            ids = [code.id for code in self.book.list(_LISTS[kind]).codes] if kind in _LISTS else []
        return {value: place for place, value in enumerate(ids)}


def gather(workplace: Workplace, *, as_of: date | None = None) -> Gathered:
    """Everything the views are made of, as it is stored now; what is late is so on the day ``as_of``, else today."""
    book, today = workplace.codebook, as_of or workplace.today
    plans = {each.id: each for each in activities.plans(workplace)}
    found = activities.activities(workplace)
    hay = {each.id: _hay(book, each, plans, today) for each in found}
    return Gathered(book, plans, found, frozenset(each.activity.id for each in due(workplace)), hay, today)


def saved_views(workplace: Workplace) -> tuple[SavedView, ...]:
    """Those of the organisation, in Swedish order."""
    text = workplace.store.setting(_SETTING)
    return msgspec.json.decode(text, type=tuple[SavedView, ...]) if text else ()


def save_view(workplace: Workplace, *, name: str, view: View) -> SavedView:
    """Keep the view under a name; one that has that name already is replaced."""
    made = SavedView(_name(name), view)
    refuse_identity([SavedView(made.name, View(text=view.text))])
    _keep(workplace, [*(each for each in saved_views(workplace) if not _same(each.name, made.name)), made])
    return made


def rename_view(workplace: Workplace, *, name: str, to: str) -> SavedView:
    """Raises InputProblem when another view has that name."""
    before = saved_views(workplace)
    one = next(each for each in before if each.name == name)
    made = SavedView(_name(to), one.view)
    if any(_same(each.name, made.name) for each in before if each != one):
        raise InputProblem(f"Vyn ”{made.name}” finns redan.", todo="Välj ett annat namn.")
    refuse_identity([SavedView(made.name, View())])
    _keep(workplace, [made if each == one else each for each in before])
    return made


def remove_view(workplace: Workplace, *, name: str) -> None:
    _keep(workplace, [each for each in saved_views(workplace) if each.name != name])


def views_about(workplace: Workplace, *, texts: Collection[str]) -> tuple[str, ...]:
    """Names of the views that look for something that stands in one of the texts, or hold one."""
    hidden = [text.casefold() for text in texts]
    found = []
    for each in saved_views(workplace):
        sought, told = each.view.text.strip().casefold(), f"{each.name}\n{each.view.text}".casefold()
        if any((len(sought) >= _TELLING and sought in text) or text in told for text in hidden):
            found.append(each.name)
    return tuple(found)


def _keep(workplace: Workplace, views: list[SavedView]) -> None:
    ordered = sorted(views, key=lambda each: sort_key(each.name))
    workplace.store.set_setting(_SETTING, msgspec.json.encode(ordered).decode())


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise InputProblem("Vyn saknar namn.", todo="Skriv vad den ska heta.")
    if len(name) > _LONGEST:
        raise InputProblem("Vyns namn är för långt.", f"Högst {_LONGEST} tecken får plats.", "Korta det.")
    return name


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _hay(book: CodeBook, activity: Activity, plans: Mapping[str, Plan], today: date) -> str:
    """The words that stand for the activity in the table, and its plan and target group."""
    plan = plans.get(activity.plan)
    return " ".join(
        (
            activity.title,
            shown_status(book, activity, today),
            forecast_word(book, activity.forecast),
            activity.end.isoformat() if activity.end else "",
            activity.responsible,
            method_words(book, activity.method),
            plan.title if plan else "",
            book.label("malgrupp", activity.target_group) if activity.target_group else "",
        )
    ).casefold()
