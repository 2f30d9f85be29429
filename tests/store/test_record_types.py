"""Every record type lies in a table of its own, and comes out of the store as it went in."""

from __future__ import annotations

from datetime import date
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import exc, insert

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.deliveries import RuleOutcome
from fardplan_desktop.domain.records import (
    RECORD_TYPES,
    Activity,
    Answer,
    Count,
    CountState,
    Indicator,
    Outcome,
    Population,
    Record,
    UnitCount,
)
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store
from fardplan_desktop.store.tables import TABLE_OF, metadata

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_OUTCOMES = st.lists(st.builds(Outcome, period=_TEXT, value=_TEXT), max_size=2).map(tuple)
_NUMBERED = {"percent": st.integers(0, 100), "n": st.integers(0, 9_999_999)}


def _values_of(name: str, hint: object) -> st.SearchStrategy[Any]:
    """Any value that the field's annotation allows."""
    if get_origin(hint) is UnionType:
        return st.one_of([_values_of(name, part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(_values_of(name, get_args(hint)[0]), max_size=3).map(tuple)
    simple: dict[object, st.SearchStrategy[Any]] = {
        NoneType: st.none(),
        str: _TEXT,
        int: _NUMBERED.get(name, st.integers(1900, 2200)),
        bool: st.booleans(),
        date: st.dates(),
        CountState: st.sampled_from(CountState),
        Answer: st.builds(Answer, question=_TEXT, text=_TEXT),
        Indicator: st.builds(Indicator, text=_TEXT, unit=_TEXT, start=_TEXT, target=_TEXT, outcomes=_OUTCOMES),
    }
    return simple[hint]


def _records(kind: type[Record]) -> st.SearchStrategy[Record]:
    fields = {name: _values_of(name, hint) for name, hint in get_type_hints(kind).items()}
    built: st.SearchStrategy[Record] = st.builds(kind, **fields)
    return built.map(_consistent)


def _consistent(record: Record) -> Record:
    """A count has a number exactly when it is reported or estimated."""
    if not isinstance(record, Count | UnitCount):
        return record
    numbered = record.state in (CountState.REPORTED, CountState.ESTIMATED)
    return msgspec.structs.replace(record, n=(record.n or 0) if numbered else None)


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_a_record_comes_back_as_it_was_written_changed_and_undone(
    kind: type[Record], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = Store.create(tmp_path_factory.mktemp("poster") / "s.fardplan", {"organisation": "1462"})
    signature = Signature("Samordnare", "2026-09-14T08:00:00Z")

    @settings(max_examples=20)
    @given(first=_records(kind), second=_records(kind))
    def round_trip(first: Record, second: Record) -> None:
        if first.id != second.id and "id" in kind.__struct_fields__:
            second = msgspec.structs.replace(second, id=first.id)
        store.write([Edit(None, first)], label="Ny", signature=signature)
        assert store.get(kind, first.id) == first
        if first.id == second.id:
            store.write([Edit(first, second)], label="Ändrad", signature=signature)
            assert store.get(kind, first.id) == second
            if first != second:
                store.undo(signature)
            assert store.get(kind, first.id) == first
        store.write([Edit(first, None)], label="Borttagen", signature=signature)
        assert store.get(kind, first.id) is None

    round_trip()
    assert store.check() is None
    store.close()


@pytest.mark.parametrize("kind", [*RECORD_TYPES, RuleOutcome])
def test_the_columns_of_a_record_table_are_the_fields_of_its_record(kind: type[msgspec.Struct]) -> None:
    own = {"row", "organisation", "delivery", "id"}
    fields = {name: hint for name, hint in get_type_hints(kind).items() if name in kind.__struct_fields__}
    columns = {column.name: column for column in TABLE_OF[kind].columns}
    assert set(columns) == own | set(fields)
    for name, hint in fields.items():
        assert columns[name].nullable == (NoneType in get_args(hint)), name


def test_every_table_is_strict_and_never_cascades(store: Store) -> None:
    with store.transaction() as connection:
        # Views, and what the search index consists of, are SQLite's own: they cannot be strict and hold no records.
        loose = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
        )
        names = {row[0] for row in loose if not str(row[0]).startswith("sqlite_")}
    assert names == set()
    assert all(key.ondelete is None for table in metadata.tables.values() for key in table.foreign_keys)


@pytest.mark.parametrize(
    "wrong",
    [{"year": "två tusen"}, {"title": None}, {"title": b"bytes"}, {"id": None}, {"delivery": "finns inte"}],
    ids=str,
)
def test_the_file_itself_refuses_a_value_of_the_wrong_kind(store: Store, wrong: dict[str, object]) -> None:
    right = {"organisation": "1462", "id": "1", "title": "Plan", "type": "handlingsplan", "year": 2026}
    with pytest.raises(exc.IntegrityError), store.transaction() as connection:
        connection.execute(insert(metadata.tables["plans"]), [{**right, **wrong}])


def test_a_count_without_its_number_or_with_one_too_many_is_refused_by_the_file(
    store: Store, signature: Signature
) -> None:
    for state, n in ((CountState.MISSING, 0), (CountState.REPORTED, None), (CountState.REPORTED, 10_000_000)):
        count = Count(measure="SIP08", period="2026-05", state=state, n=n)
        with pytest.raises(exc.IntegrityError):
            store.write([Edit(None, count)], label="Antal", signature=signature)
    assert store.own(Count) == ()
    assert store.history() == ()


def test_own_records_are_filtered_on_columns_and_come_in_the_order_they_were_written(
    store: Store, signature: Signature
) -> None:
    made = [Activity(id=str(n), plan="p" if n % 2 else "q", title=f"Aktivitet {n}") for n in (3, 1, 2)]
    store.write([Edit(None, each) for each in made], label="Nya", signature=signature)
    assert store.own(Activity) == tuple(made)
    assert [each.id for each in store.own(Activity, plan="p")] == ["3", "1"]


def test_population_is_replaced_for_the_same_municipality_and_year(store: Store, signature: Signature) -> None:
    old = Population(municipality="1462", year=2025, inhabitants=14_000, source="SCB")
    new = msgspec.structs.replace(old, inhabitants=14_123)
    for row in (old, new):
        store.put_population([row], source_digest="ab" * 32, signature=signature)
    assert store.population() == (new,)
    assert [entry.act for entry in store.history()] == ["population", "population"]


def test_a_version_of_the_code_book_once_met_keeps_its_content(store: Store) -> None:
    store.keep_code_book(1, "aa", "första å".encode())
    store.keep_code_book(2, "bb", b"andra")
    store.keep_code_book(1, "cc", b"en annan")
    assert store.code_book(1) == "första å".encode()
    assert store.code_book() == b"andra"
    assert store.code_book(3) is None


def test_a_setting_is_kept_and_replaced(store: Store) -> None:
    assert store.setting("organisation") == "1462"
    assert store.setting("funktion") is None
    for value in ("Samordnare", "Utvecklingsledare"):
        store.set_setting("funktion", value)
    assert store.setting("funktion") == "Utvecklingsledare"
