"""What is sealed is what is opened, and nothing but that: properties over many packages and many damaged ones."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.periods import PeriodType, period_of
from fardplan_desktop.exchange.keys import SigningKey
from fardplan_desktop.exchange.package import PackageContent, package_file_name, seal
from fardplan_desktop.exchange.rows import CheckInRow, CountRow, Rows, RuleRow
from fardplan_desktop.exchange.statement import json_of
from fardplan_desktop.exchange.verify import open_package

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=30).map(
    lambda text: unicodedata.normalize("NFC", text)
)
CODES = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)
CHECK_INS = st.builds(
    CheckInRow,
    id=st.uuids().map(str),
    activity=st.uuids().map(str),
    date=st.dates(),
    status=st.none() | CODES,
    forecast=st.none() | CODES,
    comment=TEXTS,
)
COUNTS = st.builds(
    lambda measure, month, n, comment: CountRow(
        id=f"{measure}/2026-{month:02d}",
        measure=measure,
        period=f"2026-{month:02d}",
        breakdown=None,
        value=None,
        state="missing" if n is None else "reported",
        n=n,
        comment=comment,
    ),
    CODES,
    st.integers(1, 12),
    st.none() | st.integers(0, 9_999_999),
    st.none() | TEXTS,
)
ROWS = st.builds(
    lambda check_ins, counts: Rows(
        check_ins=tuple(sorted(check_ins, key=lambda row: row.id)), counts=tuple(sorted(counts, key=lambda row: row.id))
    ),
    st.lists(CHECK_INS, max_size=5, unique_by=lambda row: row.id),
    st.lists(COUNTS, max_size=5, unique_by=lambda row: row.id),
)
KEYS = st.text(st.characters(max_codepoint=127), max_size=4)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 2**53 - 1) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
JSON = VALUES.map(canonical)
RELAXED = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@RELAXED
@given(rows=ROWS, day=st.dates(min_value=date(2020, 1, 1)), sequence=st.integers(1, 1_000_000))
def test_seal_then_open_is_the_identity(content: PackageContent, key: Any, rows: Rows, day: Any, sequence: int) -> None:
    period = period_of(day.replace(year=2000 + day.year % 100), PeriodType.TERTIAL)
    given_content = msgspec.structs.replace(content, rows=rows, period=period, sequence=sequence)
    data = seal(given_content, key, practice=False)
    opened = open_package(data, None)
    assert opened.rows == rows
    assert opened.statement.period == period
    assert (opened.verdict.sequence, dict(opened.attachments)) == (sequence, dict(content.attachments))
    assert seal(given_content, key, practice=False) == data


@RELAXED
@given(data=st.data())
def test_a_package_with_any_byte_changed_is_refused(package: bytes, office: Any, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(package) - 1))
    changed = bytearray(package)
    changed[position] ^= data.draw(st.integers(1, 255))
    for receiver in (office, None):
        with pytest.raises(Refusal):
            open_package(bytes(changed), receiver)


def test_a_package_with_one_bit_changed_anywhere_is_refused(content: PackageContent, key: Any, office: Any) -> None:
    package = seal(msgspec.structs.replace(content, rows=Rows(), attachments={}), key, practice=False)
    for position in range(len(package)):
        changed = bytearray(package)
        changed[position] ^= 1
        with pytest.raises(Refusal):
            open_package(bytes(changed), office)


@RELAXED
@given(data=st.data())
def test_a_cut_or_spliced_package_is_refused(package: bytes, office: Any, data: st.DataObject) -> None:
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(package))] * 2)))
    piece = data.draw(st.binary(max_size=40))
    changed = package[:start] + piece + package[stop:]
    if changed != package:
        with pytest.raises(Refusal):
            open_package(changed, office)


@RELAXED
@given(payload=st.binary(max_size=80) | JSON)
def test_whatever_a_known_sender_signs_is_refused_and_never_crashes(forge: Any, office: Any, payload: bytes) -> None:
    if payload:
        with pytest.raises(Refusal):
            open_package(forge.build(payload), office)


@RELAXED
@given(data=st.data())
def test_any_other_value_in_any_place_of_a_signed_statement_is_refused_or_told(
    forge: Any, office: Any, data: st.DataObject
) -> None:
    """The sender's key signs anything: what comes out is a Refusal, or a package that says what was changed."""
    changed = json.loads(forge.payload)
    place = changed
    while True:
        step = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[step], dict | list) or not place[step] or data.draw(st.integers(0, 3)) == 0:
            break
        place = place[step]
    before, place[step] = place[step], data.draw(VALUES)
    if place[step] == before:
        return
    try:
        opened = open_package(forge.build(canonical(changed)), office)
    except Refusal:
        return
    assert canonical(json_of(opened.statement)) == canonical(changed)


def test_the_same_content_gives_the_same_bytes_in_any_order_of_rows(content: PackageContent, key: SigningKey) -> None:
    backwards = msgspec.structs.replace(
        content, rows=msgspec.structs.replace(content.rows, counts=content.rows.counts[::-1])
    )
    assert seal(backwards, key, practice=False) == seal(content, key, practice=False)


def test_the_file_name_says_sender_period_and_number() -> None:
    assert package_file_name("1462", "2026-T2", 1) == "1462_2026-T2_0001.fardpaket"


def test_comments_decide_how_many_warnings_stand_alone(content: PackageContent, key: SigningKey) -> None:
    def rule(number: int, comment: str | None) -> RuleRow:
        return RuleRow(
            id=f"R{number}/SIP01/2026",
            rule=f"R{number}",
            version=1,
            severity="warning",
            subject="SIP01/2026",
            outcome="broken",
            comment=comment,
        )

    def texts(*rules: RuleRow) -> list[str]:
        changed = msgspec.structs.replace(content, rows=Rows(rules=rules))
        return [each.text for each in open_package(seal(changed, key, practice=False), None).warnings]

    assert texts(rule(1, "Rätt")) == []
    assert texts(rule(1, None)) == ["En varning har lämnats utan kommentar av avsändaren."]
    assert texts(rule(1, None), rule(2, None)) == ["2 varningar har lämnats utan kommentar av avsändaren."]
