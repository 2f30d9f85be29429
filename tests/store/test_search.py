"""Searching in words: Swedish letters, beginnings, exact phrases, and an index that follows every change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.changes import Edit
from fardplan_desktop.domain.records import Activity, Deviation, Indicator, Outcome, Record
from fardplan_desktop.store import packages, search
from fardplan_desktop.store.door import Signature
from fardplan_desktop.store.store import Store
from tests.golden.make_store import DELIVERY

Write = Callable[..., None]
replace = msgspec.structs.replace


@pytest.fixture
def write(store: Store, signature: Signature) -> Write:
    def writing(*edits: Edit | Record) -> None:
        whole = [each if isinstance(each, Edit) else Edit(None, each) for each in edits]
        store.write(whole, label="Ändrat", signature=signature)

    return writing


def deviation(id: str = "d1", **given: object) -> Deviation:
    blank = Deviation(
        id=id,
        number=f"1462-2026-{id[1:]:0>4}",
        month="2026-08",
        registered=date(2026, 8, 4),
        direction="uppgift-saknas",
        reporter="uppgift-saknas",
        counterpart="uppgift-saknas",
        category="lakemedel",
    )
    return replace(blank, **given)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("åtgärd", True),
        ("ÅTGÄRD", True),
        ("Åtgärdslista", False),
        ("atgard", False),
        ("åt", True),
        ("tgärd", False),
        ("remiss åtg", True),
        ("åtgärd remiss", True),
        ("remiss saknas", False),
        ('"remiss krävde"', True),
        ('"krävde remiss"', False),
        ('"remiss krävd"', False),
        ('"remiss krävd', True),
        ("”remiss krävde”", True),
        ("a\u030atga\u0308rd", True),
        ("0007", True),
        ("1462-2026-0007", True),
        ("2026-1462", False),
    ],
)
def test_words_are_found_as_swedes_spell_them(store: Store, write: Write, typed: str, found: bool) -> None:
    write(deviation("d7", summary="En remiss krävde åtgärd; svaret dröjde."))
    assert (store.search(Deviation, typed) == ("d7",)) is found


def test_an_a_is_no_å_and_an_o_no_ö(store: Store, write: Write) -> None:
    write(deviation("d1", summary="bar"), deviation("d2", summary="bår"), deviation("d3", summary="bär"))
    assert store.search(Deviation, "bar") == ("d1",)
    assert store.search(Deviation, "BÅR") == ("d2",)
    assert store.search(Deviation, "bär") == ("d3",)


def test_the_latest_written_come_first_and_no_more_than_asked_for(store: Store, write: Write) -> None:
    write(*(deviation(f"d{each}", summary="Epikris saknas") for each in range(5)))
    assert store.search(Deviation, "epikris", 3) == ("d4", "d3", "d2")


@pytest.mark.parametrize("typed", ["", "   ", "–", '"', '""', "* ( ) : ^ -"])
def test_what_holds_no_word_finds_nothing(store: Store, write: Write, typed: str) -> None:
    write(deviation(summary="Epikris saknas"))
    assert search.words(typed) == []
    assert store.search(Deviation, typed) == ()


def test_the_words_of_lists_are_searched_but_not_the_names_of_their_parts(store: Store, write: Write) -> None:
    indicator = Indicator(text="Färre återinläggningar", outcomes=(Outcome(period="2026-T1", value="Minskar"),))
    write(Activity(id="a1", plan="p1", title="Utbilda", partners=("Regionhälsan",), indicators=(indicator,)))
    for typed in ("utbilda", "regionhälsan", "återinlägg", "minskar"):
        assert store.search(Activity, typed) == ("a1",)
    assert store.search(Activity, "outcomes") == store.search(Activity, "unit") == ()


def test_search_follows_change_removal_undo_and_redo(store: Store, write: Write, signature: Signature) -> None:
    first = deviation(summary="Kallelse kom för sent")
    second = replace(first, summary="Epikris saknas")
    write(first)
    write(Edit(first, second))
    assert (store.search(Deviation, "kallelse"), store.search(Deviation, "epikris")) == ((), ("d1",))
    store.undo(signature)
    assert (store.search(Deviation, "kallelse"), store.search(Deviation, "epikris")) == (("d1",), ())
    store.redo(signature)
    write(Edit(second, None))
    assert store.search(Deviation, "epikris") == ()
    store.undo(signature)
    assert store.search(Deviation, "epikris") == ("d1",)


def test_what_has_been_received_is_searched_when_asked_for(tmp_path: Path, signature: Signature) -> None:
    store = Store.create(tmp_path / "s.fardplan", {"organisation": "fyrbodal"})
    rows: dict[type[msgspec.Struct], list[msgspec.Struct]] = {
        Deviation: [deviation("d9", summary="Läkemedelslistan saknades")]
    }
    packages.add_delivery(store, DELIVERY, b"paket", rows, label="Läst in", signature=signature)
    assert store.search(Deviation, "läkemedelslistan") == ()
    assert store.search(Deviation, "läkemedelslistan", received=True) == ("d9",)
    newer = replace(DELIVERY, digest="cd" * 32, sequence=DELIVERY.sequence + 1, supersedes=DELIVERY.digest)
    packages.add_delivery(store, newer, b"nytt", {}, label="Läst in", signature=signature)
    assert store.search(Deviation, "läkemedelslistan", received=True) == ()
    store.close()


def test_an_index_made_anew_holds_what_stands_in_the_tables_and_not_a_word_more(store: Store, write: Write) -> None:
    write(deviation("d1", summary="Kallelse kom för sent"), deviation("d2", summary="Hemlighetsord"))
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE deviations SET summary = NULL WHERE id = 'd2'")
        search.rebuild(connection)
    assert store.search(Deviation, "kallelse") == ("d1",)
    assert store.search(Deviation, "hemlighetsord") == ()
    store.close()
    assert b"hemlighetsord" not in store.path.read_bytes()


@given(typed=st.text(max_size=60) | st.text('"*():^-+{}[]åÄ ANDORNOT\0\ud800', max_size=40))
@example(typed='"')
@example(typed="NEAR(a b)")
@example(typed="summary : x")
@example(typed="a" * 5000)
@example(typed=" ".join(f"ord{each}" for each in range(400)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_a_search_and_never_an_error(store: Store, typed: str) -> None:
    assert store.search(Deviation, typed) == ()


@given(words=st.lists(st.text("abcåäöÅÄÖéü0123", min_size=1, max_size=8), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_a_text_is_found_by_its_own_words_and_by_the_beginnings_of_them(
    store: Store, signature: Signature, words: list[str]
) -> None:
    made = deviation(summary=" ".join(words))
    store.write([Edit(None, made)], label="Ny", signature=signature)
    whole, upper = " ".join(words), " ".join(words).upper()
    halves = " ".join(word[: (len(word) + 1) // 2] for word in words)
    for typed in (whole, upper, f'"{whole}"', halves):
        assert store.search(Deviation, typed) == ("d1",)
    store.write([Edit(made, None)], label="Bort", signature=signature)
    assert store.search(Deviation, whole) == ()
