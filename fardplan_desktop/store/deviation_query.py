"""Our own deviations as a list: which, in what order, how many of each kind. SQLite only.

Every question is answered from one index that holds all that is filtered and sorted by; the wide rows with their
texts are read only for what is shown. A list is its row numbers, good until a record is added or removed.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVarTuple

import msgspec
from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, case, column, func, or_, select, text

from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.store import search
from fardplan_desktop.store.convert import from_row
from fardplan_desktop.store.store import Store
from fardplan_desktop.store.tables import deviations

Ts = TypeVarTuple("Ts")
_FROM: Final = text("deviations INDEXED BY ix_deviations_list")
"""Named, since SQLite would choose the narrow index on ids and read every wide row."""
_NAMES: Final = (
    *("row", "number", "status", "category", "direction", "counterpart", "document", "severity", "likelihood"),
    *("month", "registered", "lift_to", "sent_on", "answered_on", "feedback"),
)
_C: Final[Mapping[str, ColumnElement[str]]] = {name: column(name) for name in _NAMES}
_AT_ONCE: Final = 500
_OWN: Final[ColumnElement[bool]] = column("delivery").is_(None)


class Word(msgspec.Struct, frozen=True):
    """One word that must be there: in the texts (an FTS5 expression), or as one of these codes of a column."""

    expression: str
    codes: Mapping[str, Sequence[str]] = {}


class Scales(msgspec.Struct, frozen=True):
    """What the code book and the calendar say, in the terms of a query."""

    closed: Sequence[str]
    """Statuses after which nothing more is expected."""
    late_before: date
    """What was sent before this day should have been answered."""
    severity: Mapping[str, int]
    likelihood: Mapping[str, int]
    risk_flag: int
    places: Mapping[str, Mapping[str, int]]
    """Column → code → its place when the list is sorted by that column."""


class Filter(msgspec.Struct, frozen=True):
    """All must hold. ``codes``: column → code, an empty one standing for "not stated"; ``marks`` as in ``MARKS``."""

    words: Sequence[Word] = ()
    codes: Mapping[str, str] = {}
    marks: Sequence[str] = ()
    since: date | None = None
    until: date | None = None


MARKS: Final = ("open", "late", "unreturned", "flagged", "lifted")
"""Not closed; answer late; reporter not told; risk above the limit; lifted to a level."""


def in_order(store: Store, filter: Filter, scales: Scales, by: str, *, falling: bool) -> array[int]:
    """Row numbers of those that pass, sorted by a column, ``risk`` or ``answer``; equals latest first."""
    rows = _among(select(_C["row"]), filter, scales)
    ordered = rows.order_by(*_order(scales, by, falling=falling)).subquery()
    # As one text: a hundred thousand rows of a cursor cost four times as much.
    query = select(func.group_concat(ordered.c.row))
    with store.transaction() as connection:
        found = connection.execute(query).scalar()
    return array("q", map(int, str(found).split(",")) if found is not None else ())


def read(store: Store, rows: Iterable[int]) -> dict[int, Deviation]:
    """The deviations with these row numbers, in that order."""
    wanted = list(rows)
    found: dict[int, Deviation] = {}
    with store.transaction() as connection:
        for start in range(0, len(wanted), _AT_ONCE):
            some = deviations.c.row.in_(wanted[start : start + _AT_ONCE])
            query = select(deviations).where(some, deviations.c.delivery.is_(None))
            found |= {int(row["row"]): from_row(Deviation, row) for row in connection.execute(query).mappings()}
    return {row: found[row] for row in wanted if row in found}


def row_of(store: Store, record_id: str) -> int | None:
    query = select(deviations.c.row).where(deviations.c.id == record_id, deviations.c.delivery.is_(None))
    with store.transaction() as connection:
        return connection.execute(query).scalar()


def marked(store: Store, filter: Filter, scales: Scales) -> tuple[int, dict[str, int]]:
    """How many pass, and how many of them have each mark: what a mark would leave if it were chosen too."""
    sums = [func.count(case((_mark(mark, scales), 1))) for mark in MARKS]
    with store.transaction() as connection:
        row = connection.execute(_among(select(func.count(), *sums), filter, scales)).one()
    total, *found = map(int, row)
    return total, dict(zip(MARKS, found, strict=True))


def by_code(store: Store, filter: Filter, scales: Scales, name: str) -> dict[str, int]:
    """How many have each code of a column, whatever the filter says of that column; "" is not stated."""
    others = msgspec.structs.replace(filter, codes={key: code for key, code in filter.codes.items() if key != name})
    with store.transaction() as connection:
        query = _among(select(_C[name], func.count()), others, scales).group_by(_C[name])
        found = connection.execute(query).all()
    return {code or "": count for code, count in found}


def answer_days(store: Store, filter: Filter, scales: Scales) -> list[int]:
    """Days from sending to answer of those that pass and are answered."""
    days = func.julianday(_C["answered_on"]) - func.julianday(_C["sent_on"])
    both = and_(_C["sent_on"].is_not(None), _C["answered_on"].is_not(None))
    with store.transaction() as connection:
        found = connection.execute(_among(select(days), filter, scales).where(both)).scalars()
        return [round(each) for each in found]


def highest_number(store: Store, prefix: str) -> str | None:
    """The highest of our numbers that begin so: the longest, then the last."""
    number = deviations.c.number
    mine = (number >= prefix, number < f"{prefix}:", deviations.c.delivery.is_(None))
    query = select(number).where(*mine).order_by(func.length(number).desc(), number.desc()).limit(1)
    with store.transaction() as connection:
        return connection.execute(query).scalar()


def _among(asked: Select[*Ts], filter: Filter, scales: Scales) -> Select[*Ts]:
    return asked.select_from(_FROM).where(_OWN, *_conditions(filter, scales))


def _conditions(filter: Filter, scales: Scales) -> list[ColumnElement[bool]]:
    plain = " ".join(word.expression for word in filter.words if not word.codes)
    found = [_has_word(word) for word in filter.words if word.codes]
    found += [_has_word(Word(plain))] if plain else []
    found += [_C[name].is_(None) if code == "" else _C[name] == code for name, code in filter.codes.items()]
    found += [_mark(mark, scales) for mark in filter.marks]
    if filter.since is not None:
        found.append(_C["registered"] >= filter.since.isoformat())
    if filter.until is not None:
        found.append(_C["registered"] <= filter.until.isoformat())
    return found


def _has_word(word: Word) -> ColumnElement[bool]:
    in_texts = _C["row"].in_(search.matching(Deviation, word.expression))
    return or_(in_texts, *(_C[name].in_(codes) for name, codes in word.codes.items()))


def _mark(mark: str, scales: Scales) -> ColumnElement[bool]:
    still_open = _C["status"].not_in(scales.closed)
    if mark == "late":
        return and_(still_open, _C["sent_on"] < scales.late_before.isoformat(), _C["answered_on"].is_(None))
    if mark == "unreturned":
        return _C["feedback"].is_(None)
    if mark == "flagged":
        return func.coalesce(_risk(scales) > scales.risk_flag, False)
    return _C["lift_to"].is_not(None) if mark == "lifted" else still_open


def _risk(scales: Scales) -> ColumnElement[int]:
    """Severity × likelihood; NULL unless both have a place on their scales."""
    return _place(_C["severity"], scales.severity) * _place(_C["likelihood"], scales.likelihood)


def _place(value: ColumnElement[str], places: Mapping[str, int]) -> ColumnElement[int]:
    return case(dict(places), value=value) if places else func.nullif(1, 1)


def _order(scales: Scales, by: str, *, falling: bool) -> list[UnaryExpression[int] | UnaryExpression[str]]:
    """What is not stated comes last, whichever way."""
    keys: Sequence[ColumnElement[int] | ColumnElement[str]]
    if by == "number":  # As the index lies: nothing is sorted, and there are no equals.
        return [_C[by].desc() if falling else _C[by].asc()]
    if by == "risk":
        keys = [_risk(scales), _place(_C["severity"], scales.severity)]
    elif by == "answer":
        waits = and_(_C["status"].not_in(scales.closed), _C["answered_on"].is_(None))
        keys = [case((waits, _C["sent_on"]))]
    elif by in scales.places:
        keys = [_place(_C[by], scales.places[by])]
    else:
        keys = [_C[by]]
    sorted_by = [(each.desc() if falling else each.asc()).nulls_last() for each in keys]
    return [*sorted_by, _C["row"].desc()]
