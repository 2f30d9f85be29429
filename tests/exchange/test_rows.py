"""The rows on the wire: one spelling, every range checked, and a refusal that says which row and why."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.package import PackageContent, seal
from fardplan_desktop.exchange.rows import SCHEMAS, ActivityRow, Rows, read_rows, write_rows
from fardplan_desktop.exchange.verify import open_package

ACTIVITIES, COUNTS = "data/aktiviteter.jsonl", "data/antal.jsonl"
SECOND = "Åtgärd två".encode()
DEVIATIONS, RULES, CHECK_INS = "data/avvikelser.jsonl", "data/regler.jsonl", "data/avstamningar.jsonl"


def fault(files: dict[str, bytes], name: str, content: bytes) -> str:
    """The sentence of the refusal, after its code has been checked."""
    with pytest.raises(Refusal) as caught:
        read_rows((files | {name: content}).__getitem__)
    assert caught.value.code == "E21"
    return caught.value.what


@pytest.fixture
def files(rows: Rows) -> dict[str, bytes]:
    return write_rows(rows)


def edited(line: bytes, fields: dict[str, Any]) -> bytes:
    return canonical(json.loads(line) | fields) + b"\n"


def test_the_five_files_read_back_as_they_were_written(files: dict[str, bytes], rows: Rows) -> None:
    assert list(files) == list(SCHEMAS)
    assert read_rows(files.__getitem__) == rows


def test_an_empty_file_has_no_rows() -> None:
    assert read_rows(dict.fromkeys(SCHEMAS, b"").__getitem__) == Rows()


def test_every_line_is_the_json_models_one_spelling_and_says_every_key(files: dict[str, bytes]) -> None:
    for content in files.values():
        for line in content.splitlines():
            assert canonical(json.loads(line)) == line
    first = json.loads(files[ACTIVITIES].splitlines()[0])
    assert " ".join(first) == (
        "alsoMethods areas end extra forecast goal id indicator joint liftTo method nextStep obstacle partners percent "
        "plan planType planYear preconditions responsible start status statusNote targetGroup title"
    )


def test_rows_are_written_in_the_order_of_their_ids(rows: Rows, files: dict[str, bytes]) -> None:
    backwards = msgspec.structs.replace(rows, activities=rows.activities[::-1], counts=rows.counts[::-1])
    assert write_rows(backwards) == files


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: data[:-1], "Rad 2 i aktiviteter.jsonl: raden är inte avslutad"),
        (lambda data: data + b"\n", "Rad 3 i aktiviteter.jsonl: raden går inte att läsa"),
        (lambda data: b"".join(reversed(data.splitlines(True))), "Rad 2 i aktiviteter.jsonl: id står inte i ordning"),
        (lambda data: data.splitlines(True)[0] * 2, "Rad 2 i aktiviteter.jsonl: id står inte i ordning"),
        (lambda data: data.replace(b'","', b'", "', 1), "enda tillåtna sättet"),
        (lambda data: data.replace(b"\n", b"\r\n"), "Rad 1"),
        (lambda data: data.replace(SECOND, b"\xff"), "Rad 2 i aktiviteter.jsonl: raden går inte att läsa"),
        (lambda data: data.replace(SECOND, b"\\u00c5"), "Rad 2 i aktiviteter.jsonl: raden är inte skriven"),
        (lambda data: data.replace(SECOND, b"a\\tb"), "Rad 2 i aktiviteter.jsonl: en text har ett styrtecken"),
        (lambda data: data.replace(SECOND, b"\x7f"), "Rad 2 i aktiviteter.jsonl: en text har ett styrtecken"),
        (lambda data: data.replace(SECOND, "A\u030a".encode()), "Rad 2 i aktiviteter.jsonl: en text är inte i"),
        (lambda data: data.replace(SECOND, b"x" * 70_000), "Rad 2 i aktiviteter.jsonl: raden är för lång"),
        (lambda data: b"[" * 60_000 + b"\n", "Rad 1"),
        (lambda data: b"\n" * 200_001, "fler än 200000 rader"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_in_the_one_form_is_refused(
    files: dict[str, bytes], spoil: Callable[[bytes], bytes], words: str
) -> None:
    assert words in fault(files, ACTIVITIES, spoil(files[ACTIVITIES]))


@pytest.mark.parametrize(
    ("name", "fields", "words"),
    [
        (ACTIVITIES, {"extraField": 1}, "fältet ”extraField” är okänt"),
        (ACTIVITIES, {"\u202e": 1}, "fältet ”?” är okänt"),
        (ACTIVITIES, {"id": "7"}, "fältet ”id” har ett otillåtet värde"),
        (ACTIVITIES, {"method": "A7"}, "fältet ”method”"),
        (ACTIVITIES, {"areas": ["G11"]}, "fältet ”areas"),
        (ACTIVITIES, {"percent": 30}, "fältet ”percent”"),
        (ACTIVITIES, {"planYear": 26}, "fältet ”planYear”"),
        (ACTIVITIES, {"title": "x" * 201}, "fältet ”title”"),
        (ACTIVITIES, {"goal": "x" * 4001}, "fältet ”goal”"),
        (ACTIVITIES, {"start": "2026-02-30"}, "fältet ”start”"),
        (ACTIVITIES, {"status": "Pågår"}, "fältet ”status”"),
        (ACTIVITIES, {"indicator": {"text": ""}}, "fältet ”unit” saknas"),
        (CHECK_INS, {"activity": "x"}, "fältet ”activity”"),
        (COUNTS, {"n": None}, "n stämmer inte med state"),
        (COUNTS, {"state": "missing"}, "n stämmer inte med state"),
        (COUNTS, {"state": "dolt"}, "fältet ”state”"),
        (COUNTS, {"n": -1}, "fältet ”n”"),
        (COUNTS, {"n": 10_000_000}, "fältet ”n”"),
        (COUNTS, {"n": True}, "fältet ”n”"),
        (COUNTS, {"measure": "SIP05"}, "id stämmer inte"),
        (COUNTS, {"period": "2026-13"}, "fältet ”period”"),
        (COUNTS, {"breakdown": "alder"}, "breakdown och value hör ihop"),
        (DEVIATIONS, {"number": "7"}, "fältet ”number”"),
        (DEVIATIONS, {"month": "2026-T2"}, "fältet ”month”"),
        (DEVIATIONS, {"causes": ["a1", "b2", "c3", "d4"]}, "fältet ”causes”"),
        (DEVIATIONS, {"risk": 17}, "fältet ”risk”"),
        (DEVIATIONS, {"summary": "x" * 301}, "fältet ”summary”"),
        (RULES, {"rule": "R02"}, "id stämmer inte"),
        (RULES, {"outcome": "unknown"}, "fältet ”outcome”"),
    ],
)
def test_a_field_outside_its_range_is_refused_with_its_row_and_name(
    files: dict[str, bytes], name: str, fields: dict[str, Any], words: str
) -> None:
    line = files[name].splitlines()[0]
    sentence = fault(files, name, edited(line, fields))
    assert sentence.startswith(f"Rad 1 i {name.removeprefix('data/')}: ")
    assert words in sentence


def test_a_field_left_out_is_refused_with_its_name(files: dict[str, bytes]) -> None:
    row = json.loads(files[COUNTS].splitlines()[0])
    del row["comment"]
    assert "fältet ”comment” saknas" in fault(files, COUNTS, canonical(row) + b"\n")


def test_a_broken_row_in_a_sealed_package_is_the_senders_fault(forge: Any, office: Any) -> None:
    forge.put(COUNTS, forge.data[COUNTS].replace(b'"n":0', b'"n":-5'))
    with pytest.raises(Refusal) as caught:
        open_package(forge.build(), office)
    assert caught.value.code == "E21"
    assert "Felet finns hos avsändaren" in caught.value.sentence


def test_what_the_reader_would_refuse_is_never_sealed(content: PackageContent, key: Any, rows: Rows) -> None:
    long: ActivityRow = msgspec.structs.replace(rows.activities[0], title="x" * 201)
    with pytest.raises(Refusal) as caught:
        seal(msgspec.structs.replace(content, rows=Rows(activities=(long,))), key, practice=False)
    assert caught.value.code == "E21"
