"""What the county may change in each section, and what it is asked for then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.codebook_edits import (
    AddAgreement,
    AddCode,
    AddForum,
    AddMeasure,
    EndCode,
    EndMeasure,
    Move,
    RenameCode,
    ReviseAgreement,
    ReviseForum,
    ReviseMeasure,
    SetMailbox,
    SetObligatory,
    SetReporting,
    Step,
)
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.domain.periods import period_of
from fardplan_desktop.ui.codebook.sections import (
    AGREEMENTS,
    FORUMS,
    LEVEL_WORDS,
    MAILBOXES,
    MEASURES,
    MEMBERSHIPS,
    REPORTING,
)
from fardplan_desktop.ui.codebook.step_dialog import Answers, Ask, Form

MakeForm = Callable[[CodeBook, str, date], Form]
"""From the draft, the id of the chosen row ("" for none) and today's day."""


class Deed(msgspec.Struct, frozen=True):
    """A button over a section's table. ``of_row``: it needs a chosen row. Without a form it asks nothing."""

    name: str
    words: str
    form: MakeForm | None
    of_row: bool = True


def deeds(section: str) -> tuple[Deed, ...]:
    """What may be done in a section; in every list the same."""
    return _DEEDS.get(section) or (
        Deed("code_new", "Nytt val …", lambda book, _id, today: _new_code(book, section, today), of_row=False),
        Deed("code_rename", "Byt namn …", lambda book, id, _today: _rename(book, section, id)),
        Deed("code_end", "Avsluta …", lambda book, id, today: _end_code(book, section, id, today)),
    )


def _last_day(book: CodeBook, today: date) -> date:
    """The end of the reporting period at hand: what ends does so between two periods."""
    return period_of(today, book.reporting.type).end


def _new_code(book: CodeBook, list_id: str, _today: date) -> Form:
    name = book.list(list_id).label
    return Form(
        f"Nytt val i {name}", "Valet får en kod som aldrig ändras. Det kan avslutas men inte tas bort.",
        [Ask(name="label", label="Namn")], lambda said: AddCode(list_id=list_id, label=said.text("label")),
    )  # fmt: skip


def _rename(book: CodeBook, list_id: str, code: str) -> Form:
    label = book.label(list_id, code)
    return Form(
        f"Byt namn på {label}", "Koden är densamma. Också det som redan är inlagt visas med det nya namnet.",
        [Ask(name="label", label="Namn", value=label)],
        lambda said: RenameCode(list_id=list_id, code=code, label=said.text("label")),
    )  # fmt: skip


def _end_code(book: CodeBook, list_id: str, code: str, today: date) -> Form:
    whole = book.list(list_id)
    others = tuple((each.id, each.label) for each in whole.codes if each.id != code and each.ended is None)
    now = whole.code(code)
    return Form(
        f"Avsluta {now.label}", _ENDING,
        [
            Ask(name="last", label="Sista dag", value=now.ended or _last_day(book, today), day=True, hint=_NO_END),
            Ask(name="by", label="Ersätts av", value=now.replaced_by or _NOBODY, options=((_NOBODY, "Inget"), *others)),
        ],
        lambda said: EndCode(list_id=list_id, code=code, last=said.day("last"), replaced_by=_successor(said)),
    )  # fmt: skip


_NOBODY = "-"
_ENDING = "Det som är inlagt behåller valet. Ersätts det av ett annat läggs det gamla samman under det nya."
_ENDING_MEASURE = "Talen ligger kvar. Ersätts måttet av ett annat läggs de samman under det nya."
_NO_END = "Tom dag: det avslutas inte."


def _successor(said: Answers) -> str | None:
    by = said.text("by")
    return None if by == _NOBODY or said.day("last") is None else by


def _new_measure(book: CodeBook, _id: str, _today: date) -> Form:
    groups = tuple(dict.fromkeys(each.group for each in book.measures))
    over_time = (("sum", "Händelser: månader läggs samman"), ("last", "Läget sista dagen"), ("unique", "Unika planer"))

    def make(said: Answers) -> Step:
        over = said.text("over_time")
        return AddMeasure(
            label=said.text("label"), short=said.text("label"), definition=said.text("definition"),
            group=said.text("group"), over_time="last" if over == "last" else "unique" if over == "unique" else "sum",
            obligatory=said.yes("obligatory"),
        )  # fmt: skip

    return Form(
        "Nytt mått", "Måttet får nästa nummer i sin grupp. Det kan avslutas men inte tas bort.",
        [
            Ask(name="label", label="Namn"),
            Ask(name="definition", label="Vad som räknas", long=True),
            Ask(name="group", label="Grupp", value=groups[0], options=tuple((each, each) for each in groups)),
            Ask(name="over_time", label="Över tid", value="sum", options=over_time),
            Ask(name="obligatory", label="Obligatoriskt", value=False),
        ],
        make,
    )  # fmt: skip


def _revise_measure(book: CodeBook, id: str, _today: date) -> Form:
    now = book.measure(id)
    return Form(
        f"Ändra {id}", "Ändras det som räknas får måttet en ny version.",
        [
            Ask(name="label", label="Namn", value=now.label),
            Ask(name="short", label="Kort namn i rutnätet", value=now.short),
            Ask(name="definition", label="Vad som räknas", value=now.definition, long=True),
        ],
        lambda said: ReviseMeasure(
            measure=id, label=said.text("label"), short=said.text("short"), definition=said.text("definition")
        ),
    )  # fmt: skip


def _obligatory(book: CodeBook, id: str, _today: date) -> Form:
    now = book.measure(id)
    what = "inte längre obligatoriskt" if now.obligatory else "obligatoriskt"
    return Form(
        f"{id} blir {what}?", now.label, [],
        lambda _said: SetObligatory(measure=id, obligatory=not now.obligatory),
    )  # fmt: skip


def _end_measure(book: CodeBook, id: str, today: date) -> Form:
    now = book.measure(id)
    others = tuple((each.id, f"{each.id} {each.label}") for each in book.measures if each.id != id and not each.ended)
    return Form(
        f"Avsluta {id} {now.label}", _ENDING_MEASURE,
        [
            Ask(name="last", label="Sista dag", value=now.ended or _last_day(book, today), day=True, hint=_NO_END),
            Ask(name="by", label="Ersätts av", value=now.replaced_by or _NOBODY, options=((_NOBODY, "Inget"), *others)),
        ],
        lambda said: EndMeasure(measure=id, last=said.day("last"), replaced_by=_successor(said)),
    )  # fmt: skip


def _move(book: CodeBook, id: str, today: date) -> Form:
    name = book.organisation(id).name
    options = tuple((each.code, each.name) for each in book.delregions)
    own = book.delregion_of(id, today).code

    def make(said: Answers) -> Step:
        since = said.day("since")
        if since is None:
            raise InputProblem("Dagen saknas.", todo="Skriv från vilken dag kommunen hör till delregionen.")
        return Move(municipality=id, delregion=said.text("delregion"), since=since)

    return Form(
        f"Flytta {name}", "Dagen före är den sista i den gamla delregionen. Det som är skickat ligger kvar.",
        [
            Ask(name="delregion", label="Till delregionen", value=own, options=options),
            Ask(name="since", label="Från och med", value=_last_day(book, today) + timedelta(days=1), day=True),
        ],
        make,
    )  # fmt: skip


_NUMBERS = (
    ("deadline_days", "Dagar från periodens slut till sista rapporteringsdag"),
    ("yearly_day", "Dag för årsrapporten"),
    ("yearly_month", "Månad för årsrapporten"),
    ("threshold", "Gränsen för små tal, 3–10"),
    ("answer_days", "Dagar till svar på en avvikelse"),
    ("answer_warning", "Dagar till påminnelse om svar"),
    ("risk_flag", "Risk som bör analyseras: över"),
)


def _reporting(book: CodeBook, _id: str, _today: date) -> Form:
    return Form(
        "Ändra rapportering och gränser", "",
        [Ask(name=name, label=label, value=str(getattr(book.reporting, name))) for name, label in _NUMBERS],
        lambda said: SetReporting(**{name: said.number(name) for name, _ in _NUMBERS}),
    )  # fmt: skip


def _new_forum(book: CodeBook, _id: str, _today: date) -> Form:
    where = ((_NOBODY, "Alla"), *((each.code, each.name) for each in book.delregions))

    def make(said: Answers) -> Step:
        delregion = said.text("delregion")
        return AddForum(
            label=said.text("label"), level=_level(said), delregion=None if delregion == _NOBODY else delregion
        )

    return Form(
        "Nytt forum", "",
        [Ask(name="label", label="Namn"), _LEVEL, Ask(name="delregion", label="Finns i", value=_NOBODY, options=where)],
        make,
    )  # fmt: skip


_LEVEL = Ask(
    name="level", label="Nivå", value=Level.COUNTY.value,
    options=tuple((level.value, word) for level, word in LEVEL_WORDS.items()),
)  # fmt: skip


def _level(said: Answers) -> Level:
    return Level(said.text("level"))


def _revise_forum(book: CodeBook, id: str, _today: date) -> Form:
    now = next(each for each in book.forums if each.id == id)
    return Form(
        f"Ändra {now.label}", "Möten och beslut behåller forumet.",
        [
            Ask(name="label", label="Namn", value=now.label),
            Ask(name="last", label="Sista dag", value=now.ended, day=True, hint=_NO_END),
        ],
        lambda said: ReviseForum(forum=id, label=said.text("label"), last=said.day("last")),
    )  # fmt: skip


def _new_agreement(_book: CodeBook, _id: str, _today: date) -> Form:
    return Form(
        "Nytt styrdokument", "",
        [Ask(name="label", label="Namn"), _LEVEL, Ask(name="since", label="Gäller från och med", value=None, day=True)],
        lambda said: AddAgreement(label=said.text("label"), level=_level(said), valid_from=said.day("since")),
    )  # fmt: skip


def _revise_agreement(book: CodeBook, id: str, _today: date) -> Form:
    now = next(each for each in book.agreements if each.id == id)
    return Form(
        f"Ändra {now.label}", "",
        [
            Ask(name="label", label="Namn", value=now.label),
            Ask(name="since", label="Gäller från och med", value=now.valid_from, day=True),
            Ask(name="last", label="Gäller till och med", value=now.valid_to, day=True, hint=_NO_END),
            Ask(name="note", label="Anmärkning", value=now.note),
        ],
        lambda said: ReviseAgreement(
            agreement=id, label=said.text("label"), valid_from=said.day("since"), valid_to=said.day("last"),
            note=said.text("note"),
        ),
    )  # fmt: skip


def _mailbox(book: CodeBook, id: str, _today: date) -> Form:
    return Form(
        f"Funktionsbrevlåda för {book.organisation(id).name}", "En adress som fler än en läser, aldrig en persons.",
        [Ask(name="address", label="Adress", value=book.mailbox(id), address=True)],
        lambda said: SetMailbox(organisation=id, address=said.text("address")),
    )  # fmt: skip


_DEEDS: dict[str, tuple[Deed, ...]] = {
    MEASURES: (
        Deed("measure_new", "Nytt mått …", _new_measure, of_row=False),
        Deed("measure_revise", "Ändra …", _revise_measure),
        Deed("measure_obligatory", "Obligatoriskt eller inte …", _obligatory),
        Deed("measure_end", "Avsluta …", _end_measure),
    ),
    MEMBERSHIPS: (Deed("move", "Flytta kommunen …", _move),),
    REPORTING: (Deed("reporting", "Ändra …", _reporting, of_row=False),),
    FORUMS: (
        Deed("forum_new", "Nytt forum …", _new_forum, of_row=False),
        Deed("forum_revise", "Ändra …", _revise_forum),
    ),
    AGREEMENTS: (
        Deed("agreement_new", "Nytt styrdokument …", _new_agreement, of_row=False),
        Deed("agreement_revise", "Ändra …", _revise_agreement),
    ),
    MAILBOXES: (Deed("mailbox", "Ändra adressen …", _mailbox),),
}
