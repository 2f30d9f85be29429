"""A foreign plan or an export of deviations as drafts: columns mapped, code words translated, doubts asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.sheets import LEAVE, Answers, Asked, AskedKind, Option, Sure, Understanding
from fardplan_desktop.domain.tabular import TableContent, TableKind
from fardplan_desktop.tables.columns import COLUMNS, Column, Holds
from fardplan_desktop.tables.foreign.book import Book, place_name
from fardplan_desktop.tables.foreign.columns import RecordTable, column_of, find_table
from fardplan_desktop.tables.foreign.drafts import EXEMPT, FieldValue, drafts_of
from fardplan_desktop.tables.foreign.time_words import read_when
from fardplan_desktop.tables.foreign.words import Lexicon
from fardplan_desktop.tables.kinds import MAX_CAUSES
from fardplan_desktop.tables.values import (
    Unreadable,
    folded,
    quoted,
    read_date,
    read_percent,
    read_whole,
    read_yes_no,
)

PERSONAL = "personal"
ROWS = "rows"
_TEXTS = "texts"
_TIME = re.compile(r"[ T][0-9]{1,2}[:.][0-9]{2}.*$")
_SHORT_DATE = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[ -/.]?(20[0-9]{2})")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/20[0-9]{2}")
_MONTHS = 12
_BARE_DATE = re.compile(r"(20[0-9]{2})([01][0-9])([0-3][0-9])")


class _Code(NamedTuple):
    """A word of theirs in a list of ours."""

    list_id: str
    word: str

    @property
    def key(self) -> str:
        return f"code:{self.list_id}:{folded(self.word)[:80]}"


def understand_records(book: Book, kind: TableKind, lexicon: Lexicon, answers: Answers) -> Understanding | None:
    """The first best table of the book as records of this kind; None when no sheet has headings of such a table."""
    tables = [found for sheet in book.sheets if (found := find_table(sheet, kind, lexicon, answers))]
    if not tables:
        return None
    best = max(tables, key=lambda table: table.score)
    return _Reading(book, best, kind, lexicon, answers).understanding()


class _Reading:
    """Reads the rows of one table, and gathers on the way what has to be asked."""

    def __init__(self, book: Book, table: RecordTable, kind: TableKind, lexicon: Lexicon, answers: Answers) -> None:
        self._book, self._table, self._kind = book, table, kind
        self._lexicon, self._answers = lexicon, answers
        self._codes: dict[str, tuple[_Code, str, Sure, list[int]]] = {}
        self._bad: dict[str, tuple[str, list[tuple[int, int]]]] = {}
        self._personal: set[int] = set()

    def understanding(self) -> Understanding:
        rows = [self._row(at) for at in self._table.rows]
        if self._answers.chosen.get(PERSONAL) == ROWS:
            rows = [row for at, row in zip(self._table.rows, rows, strict=True) if at not in self._personal]
        every = tuple(self._every())
        made = drafts_of(self._kind, rows, self._constants(), self._answers)
        asked = (
            *self._column_asks(), *every, *self._code_asks(), *made.asked, *self._personal_ask(), *self._bad_asks()
        )  # fmt: skip
        done = not any(each.sure.waits for each in asked)
        size = len(made.activities) + len(made.deviations)
        return Understanding(
            kind=self._kind, source=self._book.source, asked=asked, options={**self._options(), **made.options},
            notes=tuple(self._notes(made.repeated)), size=size,
            content=TableContent(
                kind=self._kind, source=self._book.source, sha256=self._book.sha256,
                activities=made.activities, deviations=made.deviations,
            ) if done and size else None,
        )  # fmt: skip

    # -- reading --------------------------------------------------------------------------

    def _row(self, at: int) -> dict[str, FieldValue]:
        values: dict[str, FieldValue] = {"row": at + 1}
        for heading in self._table.headings:
            text = self._table.sheet.cells[at][heading.place]
            fault = self._table.sheet.faults.get((at, heading.place), "")
            if heading.field in ("", LEAVE) or not (text or fault):
                continue
            column = column_of(self._kind, heading.field)
            found = self._cell(column, text, fault, at, heading.place)
            if found is not None:
                values[column.field] = found
        for heading in self._table.headings:
            if heading.field not in ("", LEAVE) and not self._table.sheet.cells[at][heading.place]:
                column = column_of(self._kind, heading.field)
                found = self._code(column, "", at) if column.required and column.holds is Holds.CODE else None
                if found:
                    values[column.field] = found
        return values

    def _cell(self, column: Column, text: str, fault: str, at: int, place: int) -> FieldValue:
        try:
            if fault:
                raise Unreadable(fault)
            return self._value(column, text, at)
        except Unreadable as error:
            key = f"cell:{column.field}:{folded(fault or text)[:60]}"
            self._bad.setdefault(key, (str(error), []))[1].append((at, place))
            return None

    def _value(self, column: Column, text: str, at: int) -> FieldValue:
        match column.holds:
            case Holds.CODE:
                return self._code(column, text, at)
            case Holds.CODES:
                pieces = [piece.strip() for piece in re.split(r"[;\n]", text) if piece.strip()]
                if len(pieces) == 1 and "," in text and self._lexicon.codes(column.list_id).exact(text) is None:
                    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
                codes = tuple(dict.fromkeys(code for piece in pieces if (code := self._code(column, piece, at))))
                if column.field == "causes" and len(codes) > MAX_CAUSES:
                    raise Unreadable(f"{quoted(text)} är fler än tre orsaker. Högst tre kan anges.")
                return codes
            case Holds.DATE:
                self._refuse_either(text)
                return _date(text, latest=column.field in ("end", "follow_up"))
            case Holds.MONTH:
                self._refuse_either(text)
                return _month(text)
            case Holds.PERCENT:
                return read_percent(text)
            case Holds.YES_NO:
                return read_yes_no(text)
            case Holds.WHOLE:
                return read_whole(text)
            case _:
                return self._text(column, text, at)

    def _refuse_either(self, text: str) -> None:
        """5/3/2026 is March here and May in a program that speaks English: the sheet's other dates may tell."""
        either = _SLASHED.fullmatch(_TIME.sub("", text).strip())
        if either and either[1] != either[2] and max(int(either[1]), int(either[2])) <= _MONTHS and not self._day_first:
            raise Unreadable(f"{quoted(text)} kan läsas på två sätt. Skriv datum som 2026-03-05 i filen.")

    @cached_property
    def _day_first(self) -> bool:
        """Whether the dates with strokes begin with the day: some must, and none can begin with the month."""
        texts = {text for row in self._table.sheet.cells for text in row if "/" in text}
        found = [match for text in texts if (match := _SLASHED.fullmatch(_TIME.sub("", text).strip()))]
        day_first, month_first = (any(int(match[at]) > _MONTHS for match in found) for at in (1, 2))
        return day_first and not month_first

    def _text(self, column: Column, text: str, at: int) -> str | None:
        if len(text) > column.longest:
            raise Unreadable(f"Texten {quoted(text)} har {len(text)} tecken. Högst {column.longest} får plats.")
        if column.field not in EXEMPT and identity_hits(text):
            self._personal.add(at)
            return None
        return text

    def _code(self, column: Column, text: str, at: int) -> str | None:
        """Our code for their word; None while it waits, or when it is left out."""
        code = _Code(column.list_id, " ".join(text.split())[:120])
        matcher = self._lexicon.codes(column.list_id)
        said = self._answers.find(code.key)
        exact = matcher.exact(text) if text else None
        near = matcher.near(text) if text and not exact and said is None else None
        if said is not None and (said[1] is Sure.CHOSEN or exact is None):
            found, sure = said
        else:
            found, sure = exact or near or "", Sure.KNOWN if exact else Sure.SUGGESTED if near else Sure.OPEN
        self._codes.setdefault(code.key, (code, found, sure, []))[3].append(at)
        return found if found not in ("", LEAVE) else None

    def _constants(self) -> dict[str, FieldValue]:
        """What holds for every record because the table has no column for it."""
        return {
            field: answer
            for field in self._lacking()
            if (answer := (self._answers.find(f"every:{field}") or ("", Sure.OPEN))[0])
        }

    def _lacking(self) -> list[str]:
        present = {heading.field for heading in self._table.headings}
        return [column.field for column in COLUMNS[self._kind] if column.required and column.field not in present]

    # -- asking ---------------------------------------------------------------------------

    def _column_asks(self) -> Iterator[Asked]:
        for heading in self._table.headings:
            texts = [self._table.sheet.cells[at][heading.place] for at in self._table.rows]
            filled = [text for text in texts if text]
            example = next((text for text in filled if not identity_hits(text)), "")
            detail = f"{_number(len(filled), 'rad', 'rader')}" + (f" · {quoted(example)}" if example else "")
            yield Asked(
                key=heading.key, kind=AskedKind.COLUMN, words=heading.words, detail=detail,
                place=place_name(self._table.sheet.name, self._table.row, heading.place), group="fields",
                answer=heading.field, sure=heading.sure,
            )  # fmt: skip

    def _every(self) -> Iterator[Asked]:
        for field in self._lacking():
            column = column_of(self._kind, field)
            answer, sure = self._answers.find(f"every:{field}") or ("", Sure.OPEN)
            group = f"every:{field}" if column.holds is Holds.CODE else "none"
            words = f"Tabellen har ingen kolumn för {column.heading}. Vad gäller för alla rader?"
            if group == "none":
                words = f"Ingen kolumn är {column.heading}. Välj den bland kolumnerna."
            yield Asked(key=f"every:{field}", kind=AskedKind.EVERY, words=words, group=group, answer=answer, sure=sure)

    def _code_asks(self) -> Iterator[Asked]:
        for code, found, sure, rows in self._codes.values():
            if sure is Sure.KNOWN:
                continue
            listed = self._lexicon.book.lists.get(code.list_id)
            label = listed.label if listed else _list_label(self._kind, code.list_id)
            yield Asked(
                key=code.key, kind=AskedKind.CODE, words=f"{label}: {quoted(code.word) if code.word else 'tom cell'}",
                detail=f"{_number(len(rows), 'rad', 'rader')}", group=f"codes:{code.list_id}",
                answer=found, sure=sure,
            )  # fmt: skip

    def _personal_ask(self) -> Iterator[Asked]:
        if self._personal:
            rows = sorted(self._personal)
            shown = ", ".join(str(at + 1) for at in rows[:6]) + (" …" if len(rows) > 6 else "")
            answer = self._answers.chosen.get(PERSONAL, "")
            yield Asked(
                key=PERSONAL, kind=AskedKind.PERSONAL, group=PERSONAL, answer=answer,
                words=f"Något som ser ut som personnummer står på rad {shown}. Det sparas aldrig.",
                detail=f"{_number(len(rows), 'rad', 'rader')}",
                sure=Sure.CHOSEN if answer else Sure.OPEN,
            )  # fmt: skip

    def _bad_asks(self) -> Iterator[Asked]:
        for key, (what, places) in self._bad.items():
            answer, sure = self._answers.find(key) or ("", Sure.OPEN)
            group = "row" if column_of(self._kind, key.split(":")[1]).required else "cell"
            yield Asked(
                key=key, kind=AskedKind.CELL, words=what, place=place_name(self._table.sheet.name, *places[0]),
                detail=f"{_number(len(places), 'ruta', 'rutor')}", group=group, answer=answer, sure=sure,
            )  # fmt: skip

    def _options(self) -> dict[str, tuple[Option, ...]]:
        fields = tuple(Option(column.field, column.heading) for column in COLUMNS[self._kind])
        found: dict[str, tuple[Option, ...]] = {
            "fields": (Option(LEAVE, "Ta inte med"), *fields),
            "cell": (Option(LEAVE, "Lämna tomt"),),
            "row": (Option(LEAVE, "Ta inte med raden"),),
            "none": (),
            PERSONAL: (Option(ROWS, "Ta inte med de raderna"), Option(_TEXTS, "Ta inte med de texterna")),
        }
        for column in COLUMNS[self._kind]:
            if column.list_id:
                codes = self._code_options(column.list_id)
                empty = () if column.required else (Option(LEAVE, "Lämna tomt"),)
                found[f"codes:{column.list_id}"] = (*empty, *codes)
                found[f"every:{column.field}"] = codes
        return found

    def _code_options(self, list_id: str) -> tuple[Option, ...]:
        book = self._lexicon.book
        named: dict[str, tuple[Option, ...]] = {
            "methods": tuple(Option(each.id, f"{each.id} {each.title}") for each in book.working_methods),
            "preconditions": tuple(Option(each.id, f"{each.id} {each.title}") for each in book.preconditions),
            "joint": tuple(Option(each.id, f"{each.id} {each.title}") for each in book.joint_activities),
            "areas": tuple(Option(each.id, f"{each.id} {each.label}") for each in book.areas),
        }
        if list_id in named:
            return named[list_id]
        return tuple(Option(code.id, code.label) for code in book.list(list_id).codes if book.offered(code))

    def _notes(self, repeated: int) -> Iterator[str]:
        if self._table.passed:
            rows = ", ".join(str(at + 1) for at in self._table.passed[:6]) + (
                " …" if len(self._table.passed) > 6 else ""
            )
            yield f"Inte med, summor, rubriker och anmärkningar: rad {rows}."
        if repeated:
            yield f"{_number(repeated, 'rad', 'rader')} upprepar en annan rad och är inte med."
        other = [sheet.name for sheet in self._book.sheets if sheet.name != self._table.sheet.name]
        if other:
            yield f"Inte med, andra blad: {', '.join(other[:6])}."
        yield from self._book.hidden_notes


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _list_label(kind: TableKind, list_id: str) -> str:
    return next(column.heading for column in COLUMNS[kind] if column.list_id == list_id)


def _date(text: str, *, latest: bool) -> date:
    """A day in any usual spelling. Where a day is the last one, a period means its last day, else its first."""
    plain = _TIME.sub("", text).strip()
    short, bare = _SHORT_DATE.fullmatch(plain), _BARE_DATE.fullmatch(plain)
    try:
        if short:
            return date(int(short[3]), int(short[2]), int(short[1]))
        if bare:
            return date(int(bare[1]), int(bare[2]), int(bare[3]))
        return read_date(plain)
    except ValueError as error:
        raise Unreadable(f"{quoted(text)} är inget datum.") from error
    except Unreadable:
        when = read_when(plain)
        if when is None or when.year is None:
            raise
        period = when.period(when.year)
        return period.end if latest else period.start


def _month(text: str) -> str:
    try:
        day = _date(text, latest=False)
    except Unreadable as error:
        raise Unreadable(f"{quoted(text)} är ingen månad.") from error
    when = read_when(text)
    if when is not None and when.year is not None and when.type.months > 1:
        raise Unreadable(f"{quoted(text)} är ingen månad.")
    return parse_period(f"{day:%Y-%m}").id
