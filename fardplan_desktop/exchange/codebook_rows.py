"""A version of mått och listor as the rows of a sealed package, and back: one row for each record, in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fardplan_desktop.domain.canonical import Json, canonical
from fardplan_desktop.domain.codebook import CodeBook, codebook_from_json, codebook_to_json
from fardplan_desktop.domain.errors import CodeBookProblem
from fardplan_desktop.exchange.jsonmodel import read_canonical
from fardplan_desktop.exchange.kinds import CODE_BOOK
from fardplan_desktop.exchange.messages import refuse
from fardplan_desktop.exchange.office_rows import CodeBookRow

_MAX_DEPTH = 8


def rows_of(book: CodeBook) -> tuple[CodeBookRow, ...]:
    """Every record of the version, sorted by id as the package's rows are."""
    whole = codebook_to_json(book)
    assert isinstance(whole, dict), "a code book is an object"
    return tuple(sorted(_rows(whole), key=lambda row: row.id))


def book_of(rows: Iterable[CodeBookRow]) -> CodeBook:
    """The version that the rows are. Raises Refusal E21 when they are not exactly those of one."""
    whole: dict[str, Json] = {}
    for row in rows:
        section, content = row.section, _content(row)
        kept = whole.setdefault(section, [] if section in _SEVERAL else None)
        place = len(kept) if isinstance(kept, list) else 0
        if row.id != _id(section, place) or (kept is not None and not isinstance(kept, list)):
            raise _refusal(row.id, "raden står inte i sin ordning")
        if isinstance(kept, list):
            kept.append(content)
        else:
            whole[section] = content
    try:
        return codebook_from_json(canonical(whole))
    except CodeBookProblem as problem:
        raise _refusal("1", problem.why[:1].lower() + problem.why[1:].rstrip("."), problem.detail) from problem


_SEVERAL = frozenset(
    {
        *("delregions", "municipalities", "memberships", "code_lists", "measures", "derived", "rules", "areas"),
        *("working_methods", "preconditions", "joint_activities", "plan_templates", "agreements", "forums"),
        *("references", "mailboxes"),
    }
)
"""Sections of several records; the others are one value each."""


def _rows(whole: dict[str, Json]) -> Iterator[CodeBookRow]:
    for section, value in whole.items():
        for place, each in enumerate(value if section in _SEVERAL and isinstance(value, list | tuple) else [value]):
            yield CodeBookRow(id=_id(section, place), section=section, content=canonical(each).decode())


def _id(section: str, place: int) -> str:
    return f"{section}/{place:04d}"


def _content(row: CodeBookRow) -> Json:
    try:
        return read_canonical(row.content.encode(), _MAX_DEPTH)
    except ValueError as error:
        raise _refusal(row.id, "innehållet är felaktigt skrivet", str(error)) from error


def _refusal(row: str, fault: str, detail: str = "") -> Exception:
    return refuse("E21", detail or fault, row=row, file=CODE_BOOK, fault=fault)
