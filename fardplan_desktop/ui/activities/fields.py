"""The fields of an activity: the five the form opens with, and those under *Mer* in their parts."""

from __future__ import annotations

from functools import partial

import msgspec

from fardplan_desktop.analysis.tallies import NOT_STATED, STATUS_NOT_STATED
from fardplan_desktop.services import activities, meetings, reporting
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.activities.entries import ActivityEntries
from fardplan_desktop.ui.activities.indicators import IndicatorsEntry
from fardplan_desktop.ui.activities.saver import ANSWER
from fardplan_desktop.ui.parts.entries import Entry, Options
from fardplan_desktop.ui.record_words import ACTIVITY_WORDS as FIELD_WORDS

QUESTIONS = "politisk-prioritering"


class Part(msgspec.Struct, frozen=True):
    """Fields under one heading."""

    heading: str
    entries: tuple[Entry, ...]


def first_entries(workplace: Workplace) -> tuple[Entry, ...]:
    """Aktivitet, Arbetssätt, Ansvarig funktion, Klar senast, Status, and the rest of the status's sentence."""
    make = ActivityEntries()
    return (
        make.line("title", FIELD_WORDS["title"], empty=""),
        make.choice("method", FIELD_WORDS["method"], _methods(workplace), none="Inte angivet"),
        make.line("responsible", FIELD_WORDS["responsible"], hint="En funktion, inte en persons namn.", empty=""),
        make.day("end", FIELD_WORDS["end"], propose=workplace.today),
        status_choice(workplace, "status"),
        make.line("status_note", FIELD_WORDS["status_note"]),
    )


def further_parts(workplace: Workplace) -> tuple[Part, ...]:
    return (
        Part("Läge och tid", _standing(workplace)),
        Part("Mål och indikatorer", _aims(workplace)),
        Part("Framåt", _ahead(workplace)),
        Part("Samverkan och koppling", _links(workplace)),
        Part(workplace.codebook.reference(QUESTIONS).label, _questions(workplace)),
        Part("Frivilligt", _voluntary()),
    )


def status_choice(workplace: Workplace, name: str) -> Entry:
    """The statuses that may be chosen today; none of them is "Status saknas"."""
    book, list_id = workplace.codebook, "aktivitetsstatus"
    options = [each for each in _codes(workplace, list_id) if each[0] != STATUS_NOT_STATED]
    none = book.label(list_id, STATUS_NOT_STATED)
    word = partial(book.label, list_id)
    return ActivityEntries().choice(name, "Status", options, none=none, word=word, as_none=STATUS_NOT_STATED)


def forecast_choice(workplace: Workplace, name: str) -> Entry:
    """The forecasts with their shapes."""
    codes = workplace.codebook.list("prognos").active(workplace.today)
    options = [(code.id, f"{code.sign} {code.label}".strip()) for code in codes]
    word = partial(workplace.codebook.label, "prognos")
    return ActivityEntries().choice(name, "Prognos", options, none="Inte angiven", word=word)


def plan_options(workplace: Workplace) -> Options:
    """Every plan, those of the latest year first."""
    plans = sorted(activities.plans(workplace), key=lambda each: (-(each.until or each.year), each.title.casefold()))
    return [(each.id, each.title) for each in plans]


def question(rest: str) -> str:
    """``På vad?``: how the rest of a status's sentence is asked for."""
    return f"{rest[:1].upper()}{rest[1:]}?"


def _standing(workplace: Workplace) -> tuple[Entry, ...]:
    make = ActivityEntries()
    return (
        forecast_choice(workplace, "forecast"),
        make.percent("percent", FIELD_WORDS["percent"]),
        make.day("start", FIELD_WORDS["start"], propose=workplace.today),
        make.choice("plan", FIELD_WORDS["plan"], plan_options(workplace)),
    )


def _aims(workplace: Workplace) -> tuple[Entry, ...]:
    make = ActivityEntries()
    periods = reporting.choices(workplace)
    return (
        make.area(
            "goal", FIELD_WORDS["goal"], hint="Vad ska vara annorlunda när aktiviteten är klar? Ett mål per rad."
        ),
        IndicatorsEntry("indicators", FIELD_WORDS["indicators"], periods, box_name=make.box_name("indicators")),
    )


def _ahead(workplace: Workplace) -> tuple[Entry, ...]:
    make, word = ActivityEntries(), partial(workplace.codebook.label, "lyfts-till")
    found = meetings.forums(workplace)
    names = {each.id: each.label for each in workplace.codebook.forums}
    return (
        make.area("obstacle", FIELD_WORDS["obstacle"]),
        make.area("next_step", FIELD_WORDS["next_step"]),
        make.choice(
            "lift_to", FIELD_WORDS["lift_to"], _codes(workplace, "lyfts-till"), none="Behöver inte lyftas", word=word
        ),
        make.choice(
            "forum",
            FIELD_WORDS["forum"],
            [(each.id, each.label) for each in found],
            none="Inget valt",
            word=lambda code: names.get(code, code),
            hint="Ett forum bestämmer nivån ovanför.",
        ),
    )


def _links(workplace: Workplace) -> tuple[Entry, ...]:
    book, make = workplace.codebook, ActivityEntries()
    preconditions = [(each.id, f"{each.id} {each.title}") for each in book.preconditions]
    areas = [(each.id, f"{each.id} {each.label}") for each in book.areas]
    joint = {each.id: f"{each.id} {each.title}" for each in book.joint_activities}
    agreements = [(each.id, each.label) for each in book.agreements]
    targets, listed = _codes(workplace, "malgrupp"), partial(_listed, workplace)
    word = partial(book.label, "malgrupp")
    return (
        make.choice("target_group", FIELD_WORDS["target_group"], targets, none="Inte angiven", word=word),
        listed("partners", "part", hint="Lägg till en part …"),
        make.several(
            "also_methods", FIELD_WORDS["also_methods"], _methods(workplace), hint="Lägg till ett arbetssätt …"
        ),
        make.several("preconditions", FIELD_WORDS["preconditions"], preconditions, hint="Lägg till en förutsättning …"),
        make.several(
            "areas",
            FIELD_WORDS["areas"],
            areas,
            hint="Lägg till ett fokusområde …",
            word=lambda code: joint.get(code, code),
        ),
        listed("themes", "tema", hint="Lägg till ett tema …"),
        make.several("agreements", FIELD_WORDS["agreements"], agreements, hint="Lägg till ett styrdokument …"),
    )


def _questions(workplace: Workplace) -> tuple[Entry, ...]:
    make = ActivityEntries()
    items = workplace.codebook.reference(QUESTIONS).items
    return tuple(make.question(f"{ANSWER}{each.id}", each.label) for each in items)


def _voluntary() -> tuple[Entry, ...]:
    make = ActivityEntries()
    return (
        make.area("resources", FIELD_WORDS["resources"], hint="Pengar, årsarbetare, finansiering."),
        make.area("involvement", FIELD_WORDS["involvement"]),
        make.area("children", FIELD_WORDS["children"]),
        make.area("lesson", FIELD_WORDS["lesson"], hint="Får inte röja någon person."),
        make.tick("shareable", FIELD_WORDS["shareable"]),
    )


def _listed(workplace: Workplace, name: str, list_id: str, *, hint: str) -> Entry:
    """Several codes of a list."""
    word = partial(workplace.codebook.label, list_id)
    return ActivityEntries().several(name, FIELD_WORDS[name], _codes(workplace, list_id), hint=hint, word=word)


def _methods(workplace: Workplace) -> Options:
    return [(each.id, f"{each.id} {each.title}") for each in workplace.codebook.working_methods]


def _codes(workplace: Workplace, list_id: str) -> list[tuple[str, str]]:
    active = workplace.codebook.list(list_id).active(workplace.today)
    return [(code.id, code.label) for code in active if code.id != NOT_STATED]
