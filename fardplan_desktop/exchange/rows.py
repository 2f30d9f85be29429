"""The rows of a municipality's five data files, frozen by schema version, and how rows of every file are read.

These types are the wire, not the domain: they change only with a new schema version, so that refactoring never breaks a
sealed file. Services map between the two. Every key is always present; every range is checked when a row is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Literal, Protocol, TypeVar

import msgspec
from msgspec import Meta

from fardplan_desktop.exchange.messages import refuse

MAX_LINE = 64 * 1024
MAX_RECORDS = 200_000
_PIECE = 256 * 1024

Text = Annotated[str, Meta(max_length=4000)]
Title = Annotated[str, Meta(min_length=1, max_length=200)]
ShortText = Annotated[str, Meta(max_length=200)]
Summary = Annotated[str, Meta(max_length=300)]
Uuid = Annotated[str, Meta(pattern=r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Code = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}\Z")]
Method = Annotated[str, Meta(pattern=r"\AA[1-6]\Z")]
Precondition = Annotated[str, Meta(pattern=r"\AF[1-5]\Z")]
Area = Annotated[str, Meta(pattern=r"\A(P[1-5]|G([1-9]|10))\Z")]
Month = Annotated[str, Meta(pattern=r"\A20\d\d-(0[1-9]|1[0-2])\Z")]
PeriodId = Annotated[str, Meta(pattern=r"\A20\d\d(-(0[1-9]|1[0-2]|Q[1-4]|T[1-3]|H[12]))?\Z")]
CaseNumber = Annotated[str, Meta(pattern=r"\A[0-9]{4}-20\d\d-[0-9]{4,6}\Z")]
Number = Annotated[int, Meta(ge=0, le=9_999_999)]
Days = Annotated[int, Meta(ge=0, le=9_999)]
Percent = Annotated[int, Meta(ge=0, le=100, multiple_of=25)]
Risk = Annotated[int, Meta(ge=1, le=16)]
Year = Annotated[int, Meta(ge=2000, le=2099)]
PackageNumber = Annotated[int, Meta(ge=1, le=1_000_000)]


class WireRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What every part of a row is: closed, and without defaults."""


class IndicatorPart(WireRow, frozen=True, kw_only=True):
    text: Text
    unit: Text
    start: Text
    target: Text
    outcome: Text


class ExtraPart(WireRow, frozen=True, kw_only=True):
    """The voluntary fields."""

    resources: Text | None
    involvement: Text | None
    children: Text | None
    lesson: Text | None
    shareable: bool


class ActivityRow(WireRow, frozen=True, kw_only=True):
    id: Uuid
    plan: Title
    plan_type: Code
    plan_year: Year
    title: Title
    method: Method | None
    also_methods: Annotated[tuple[Method, ...], Meta(max_length=6)]
    preconditions: Annotated[tuple[Precondition, ...], Meta(max_length=5)]
    areas: Annotated[tuple[Area, ...], Meta(max_length=15)]
    joint: Code | None
    target_group: Code | None
    goal: Text | None
    indicator: IndicatorPart | None
    responsible: Text
    partners: Annotated[tuple[ShortText, ...], Meta(max_length=50)]
    start: date | None
    end: date | None
    status: Code | None
    status_note: Text | None
    forecast: Code | None
    percent: Percent | None
    obstacle: Text | None
    next_step: Text | None
    lift_to: Code | None
    extra: ExtraPart


class CheckInRow(WireRow, frozen=True, kw_only=True):
    id: Uuid
    activity: Uuid
    date: date
    status: Code | None
    forecast: Code | None
    comment: Text


class CountRow(WireRow, frozen=True, kw_only=True):
    id: str
    measure: Code
    period: PeriodId
    breakdown: Code | None
    value: Code | None
    state: Literal["reported", "estimated", "missing", "notApplicable"]
    n: Number | None
    comment: Text | None

    def __post_init__(self) -> None:
        if (self.breakdown is None) != (self.value is None):
            raise ValueError("breakdown och value hör ihop")
        whole = f"{self.measure}/{self.period}"
        if self.id != (whole if self.breakdown is None else f"{whole}/{self.breakdown}/{self.value}"):
            raise ValueError("id stämmer inte med de andra fälten")
        if (self.n is not None) != (self.state in ("reported", "estimated")):
            raise ValueError("n stämmer inte med state")


class DeviationRow(WireRow, frozen=True, kw_only=True):
    id: Uuid
    number: CaseNumber
    month: Month
    registered: date
    direction: Code
    reporter: Code
    counterpart: Code
    counterpart_org: ShortText | None
    category: Code
    subcategory: Code | None
    kind: Code | None
    document: Code | None
    document_text: Text | None
    stage: Code | None
    target_group: Code | None
    age_group: Code | None
    consequence: Code | None
    severity: Code | None
    likelihood: Code | None
    risk: Risk | None
    summary: Summary | None
    status: Code
    days_to_send: Days | None
    days_to_answer: Days | None
    causes: Annotated[tuple[Code, ...], Meta(max_length=3)]
    action: Code | None
    action_text: Text | None
    follow_up: date | None
    effect: Code | None
    lex: Code | None
    system: Code | None
    lift_to: Code | None
    feedback: date | None


class RuleRow(WireRow, frozen=True, kw_only=True):
    id: str
    rule: Code
    version: Annotated[int, Meta(ge=1, le=1_000_000)]
    severity: Literal["error", "warning"]
    subject: Title
    outcome: Literal["ok", "broken", "silent"]
    comment: Text | None

    def __post_init__(self) -> None:
        if self.id != f"{self.rule}/{self.subject}":
            raise ValueError("id stämmer inte med de andra fälten")


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a municipality's package holds, each file sorted by id."""

    activities: tuple[ActivityRow, ...] = ()
    check_ins: tuple[CheckInRow, ...] = ()
    counts: tuple[CountRow, ...] = ()
    deviations: tuple[DeviationRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()


class Identified(Protocol):
    """What every row of every file has."""

    @property
    def id(self) -> str: ...


Row = ActivityRow | CheckInRow | CountRow | DeviationRow | RuleRow
AnyRow = TypeVar("AnyRow", bound=Identified)

SCHEMAS = {
    "data/aktiviteter.jsonl": "aktivitet/1",
    "data/avstamningar.jsonl": "avstamning/1",
    "data/antal.jsonl": "antal/1",
    "data/avvikelser.jsonl": "avvikelse/1",
    "data/regler.jsonl": "regel/1",
}
"""The five data files, all of them always present, and the schema each row follows."""

_ENCODER = msgspec.json.Encoder(order="sorted")
# Control characters other than LF, raw or as JSON escapes them in its one encoding.
_RAW_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_ESCAPED_CONTROL = re.compile(r'(?<!\\)(?:\\\\)*\\[^n"\\]')
_PATH = re.compile(r" - at `\$\.([^`]+)`\Z")
_NAMED = re.compile(r"Object (missing required|contains unknown) field `([^`]*)`")


def write_rows(rows: Rows) -> dict[str, bytes]:
    """The content of each data file: one object a line, sorted by id."""
    groups: dict[str, Sequence[Row]] = {
        "data/aktiviteter.jsonl": rows.activities,
        "data/avstamningar.jsonl": rows.check_ins,
        "data/antal.jsonl": rows.counts,
        "data/avvikelser.jsonl": rows.deviations,
        "data/regler.jsonl": rows.rules,
    }
    return {name: write_file(group) for name, group in groups.items()}


def write_file(rows: Iterable[Identified]) -> bytes:
    """The content of one data file: one object a line, sorted by id."""
    return _ENCODER.encode_lines(sorted(rows, key=lambda row: row.id))


def read_rows(content: Callable[[str], bytes]) -> Rows:
    """The typed rows of the five files that ``content`` gives by name; raises Refusal E21 with row and file."""

    def read(name: str, kind: type[AnyRow]) -> tuple[AnyRow, ...]:
        return read_file(name, content(name), kind)

    return Rows(
        activities=read("data/aktiviteter.jsonl", ActivityRow),
        check_ins=read("data/avstamningar.jsonl", CheckInRow),
        counts=read("data/antal.jsonl", CountRow),
        deviations=read("data/avvikelser.jsonl", DeviationRow),
        rules=read("data/regler.jsonl", RuleRow),
    )


def read_file(name: str, data: bytes, kind: type[AnyRow]) -> tuple[AnyRow, ...]:
    """The typed rows of one file; raises Refusal E21 with row and file.

    Typed decoding bounds depth and fields; encoding again shows that there was only one way to write each line. That is
    done a piece at a time, since a text takes up to four times the memory of its bytes.
    """
    number = data.count(b"\n")
    if data and not data.endswith(b"\n"):
        raise _fault(name, number + 1, "raden är inte avslutad")
    if number > MAX_RECORDS:
        raise _fault(name, number, f"fler än {MAX_RECORDS} rader")
    decode = msgspec.json.Decoder(kind).decode
    rows: list[AnyRow] = []
    previous = ""
    for piece in _pieces(data):
        first, lines = len(rows) + 1, piece.split(b"\n")[:-1]
        for number, line in enumerate(lines, first):
            if len(line) > MAX_LINE:
                raise _fault(name, number, "raden är för lång")
            try:
                row = decode(line)
            except (ValueError, RecursionError) as error:
                raise _fault(name, number, _explain(error), str(error)) from None
            if row.id <= previous:
                raise _fault(name, number, "id står inte i ordning, eller finns två gånger")
            previous = row.id
            rows.append(row)
        _check_encoding(name, piece, lines, rows[first - 1 :], first)
        _check_characters(name, piece.decode(), first)
    return tuple(rows)


def _pieces(data: bytes) -> Iterator[bytes]:
    """Whole lines, together a little over the size of a piece."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _PIECE) + 1 or len(data)
        yield data[start:end]
        start = end


def _check_encoding(name: str, piece: bytes, lines: Sequence[bytes], rows: Sequence[Identified], first: int) -> None:
    if _ENCODER.encode_lines(rows) != piece:
        number = next(
            n for n, (line, row) in enumerate(zip(lines, rows, strict=True), first) if _ENCODER.encode(row) != line
        )
        raise _fault(name, number, "raden är inte skriven på det enda tillåtna sättet")


def _check_characters(name: str, text: str, first: int) -> None:
    found = _RAW_CONTROL.search(text) or ("\\" in text and _ESCAPED_CONTROL.search(text))
    if found:
        raise _fault(name, text.count("\n", 0, found.start()) + first, "en text har ett styrtecken")
    if not unicodedata.is_normalized("NFC", text):
        lines = text.split("\n")
        number = next(n for n, line in enumerate(lines, first) if not unicodedata.is_normalized("NFC", line))
        raise _fault(name, number, "en text är inte i normalform (NFC)")


def _explain(error: Exception) -> str:
    """What is wrong with a row, in Swedish; the field keeps its name on the wire."""
    message = str(error)
    if isinstance(error.__cause__, ValueError):
        return message.partition(" - at ")[0]
    if named := _NAMED.match(message):
        field = named[2][:40] if named[2].isascii() and named[2].isprintable() else "?"
        return f"fältet ”{field}” {'saknas' if named[1] == 'missing required' else 'är okänt'}"
    if path := _PATH.search(message):
        return f"fältet ”{path[1]}” har ett otillåtet värde"
    return "raden går inte att läsa"


def _fault(name: str, row: int, fault: str, detail: str = "") -> Exception:
    return refuse("E21", detail or f"{name} row {row}", row=row, file=name.removeprefix("data/"), fault=fault)
