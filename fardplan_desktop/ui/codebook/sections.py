"""What a version of mått och listor holds, as sections with a table each. Pure: a book in, texts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.levels import Level
from fardplan_desktop.ui.parts.text_table import Column

MEMBERSHIPS, MEASURES, REPORTING, FORUMS, AGREEMENTS, MAILBOXES = (
    "memberships", "measures", "reporting", "forums", "agreements", "mailboxes",
)  # fmt: skip
LEVEL_WORDS = {Level.MUNICIPALITY: "Kommun", Level.DELREGION: "Delregion", Level.COUNTY: "Län"}

Row = tuple[str, tuple[str, ...]]
"""Id and texts."""


class Section(msgspec.Struct, frozen=True):
    """``key``: one of the names above, or the id of a code list."""

    key: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def sections(book: CodeBook) -> tuple[Section, ...]:
    """What is written by itself first, then the lists in Swedish order."""
    lists = sorted(book.code_lists, key=lambda each: numbers_sv.sort_key(each.label))
    made = [Section(key, label, columns, tuple(rows(book))) for key, label, columns, rows in _OWN]
    made += [Section(each.id, each.label, _CODE_COLUMNS, _codes(book, each.id)) for each in lists]
    return tuple(made)


def reporting_rows(book: CodeBook) -> tuple[Row, ...]:
    """The numbers of the reporting with what they mean."""
    one = book.reporting
    small = f"Tal under {one.threshold} är små, utom 0, och skyddas i det som sprids"
    return (
        ("deadline_days", ("Rapportera senast", f"{one.deadline_days} dagar efter periodens slut")),
        ("yearly_day", ("Årsrapporten senast", f"{one.yearly_day}/{one.yearly_month} året efter")),
        ("threshold", ("Gränsen för små tal", f"{one.threshold}. {small}")),
        ("answer_days", ("Svar på avvikelser inom", f"{one.answer_days} dagar, påminnelse efter {one.answer_warning}")),
        ("risk_flag", ("Risk som bör analyseras", f"allvarlighet × sannolikhet över {one.risk_flag}")),
        ("type", ("Perioden som förseglas", f"{_PERIODS[one.type.value]}. Den ändras inte här")),
    )


_PERIODS = {"month": "månad", "quarter": "kvartal", "tertial": "tertial", "half": "halvår", "year": "år"}
_CODE_COLUMNS = (
    Column("Namn", 230),
    Column("Kod", 170),
    Column("Till och med", 100),
    Column("Ersätts av", 130),
    Column("Anmärkning", 0),
)  # fmt: skip


def _codes(book: CodeBook, list_id: str) -> tuple[Row, ...]:
    whole = book.list(list_id)
    return tuple(
        (
            each.id,
            (each.label, each.id, _day(each.ended), book.label(list_id, each.replaced_by or ""), each.note),
        )
        for each in whole.codes
    )


def _memberships(book: CodeBook) -> list[Row]:
    names = {code: each.short for code, each in book.organisations.items()}
    stays = sorted(book.memberships, key=lambda each: (numbers_sv.sort_key(names[each.municipality]), each.since))
    return [
        (each.municipality, (names[each.municipality], names[each.delregion], str(each.since), _day(each.until)))
        for each in stays
    ]


def _measures(book: CodeBook) -> list[Row]:
    return [
        (
            each.id,
            (
                each.id, each.label, "Ja" if each.obligatory else "", _day(each.ended), each.replaced_by or "",
                each.definition,
            ),
        )
        for each in book.measures
    ]  # fmt: skip


def _forums(book: CodeBook) -> list[Row]:
    names = {code: each.short for code, each in book.organisations.items()}
    return [
        (each.id, (each.label, LEVEL_WORDS[each.level], names.get(each.delregion or "", "alla"), _day(each.ended)))
        for each in book.forums
    ]


def _agreements(book: CodeBook) -> list[Row]:
    return [
        (each.id, (each.label, LEVEL_WORDS[each.level], _day(each.valid_from), _day(each.valid_to), each.note))
        for each in book.agreements
    ]


def _mailboxes(book: CodeBook) -> list[Row]:
    ordered = (book.county, *book.delregions, *book.municipalities)
    return [(each.code, (each.name, book.mailbox(each.code))) for each in ordered]


def _day(day: date | None) -> str:
    return str(day) if day else ""


_OWN: Sequence[tuple[str, str, tuple[Column, ...], Callable[[CodeBook], Sequence[Row]]]] = (
    (
        MEASURES,
        "Mått",
        (
            Column("Mått", 84), Column("Namn", 260), Column("Obligatoriskt", 105), Column("Till och med", 105),
            Column("Ersätts av", 90), Column("Definition", 0),
        ),
        _measures,
    ),
    (
        MEMBERSHIPS,
        "Indelning",
        (Column("Kommun", 150), Column("Delregion", 0), Column("Från och med", 115), Column("Till och med", 115)),
        _memberships,
    ),
    (REPORTING, "Rapportering och gränser", (Column("Uppgift", 210), Column("Gäller", 0)), reporting_rows),
    (
        FORUMS,
        "Forum",
        (Column("Forum", 0), Column("Nivå", 100), Column("Delregion", 150), Column("Till och med", 115)),
        _forums,
    ),
    (
        AGREEMENTS,
        "Styrdokument",
        (
            Column("Styrdokument", 330), Column("Nivå", 90), Column("Från och med", 110), Column("Till och med", 110),
            Column("Anmärkning", 0),
        ),
        _agreements,
    ),
    (MAILBOXES, "Funktionsbrevlådor", (Column("Organisation", 300), Column("Adress", 0)), _mailboxes),
)  # fmt: skip
