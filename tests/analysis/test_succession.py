"""Old rows under newer mått och listor: nothing is lost, nothing is counted twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.succession import Rows, activity_read_as, counts_read_as, deviation_read_as
from fardplan_desktop.domain.codebook_edits import AddCode, AddMeasure, EndCode, EndMeasure, next_version
from fardplan_desktop.domain.codebook_load import load_codebook
from fardplan_desktop.domain.codebook_succession import Successors
from fardplan_desktop.domain.records import Activity, Count, CountState, Deviation

FOLDER = Path(__file__).parents[2] / "resources" / "codebook"
OLD = load_codebook({path.name: path.read_bytes() for path in FOLDER.glob("*.toml")})
LAST = date(2026, 12, 31)
NEW = next_version(
    OLD,
    [
        AddMeasure(label="Alla möten", short="Alla möten", definition="Möten.", group="Möten", breakdowns=("alder",)),
        EndMeasure(measure="SIP04", last=LAST, replaced_by="SIP14"),
        AddCode(list_id="alder", label="65+"),
        EndCode(list_id="alder", code="65-79", last=LAST, replaced_by="65-plus"),
        EndCode(list_id="alder", code="80-plus", last=LAST, replaced_by="65-plus"),
        EndCode(list_id="tema", code="social-hallbarhet", last=LAST, replaced_by="annat"),
        EndCode(list_id="kategori", code="it-stod-och-atkomst", last=LAST, replaced_by="annat"),
    ],
    date(2026, 11, 1),
)
AFTER = Successors(NEW, date(2027, 4, 30))


def count(measure: str, n: int | None, value: str | None = None, state: CountState = CountState.REPORTED) -> Count:
    return Count(measure=measure, period="2026-05", breakdown="alder" if value else None, value=value, n=n, state=state)


def read(*counts: Count) -> list[tuple[str, int | None, str]]:
    rows = counts_read_as(AFTER, [("1462", "digest", each) for each in counts])
    return [(each.id, each.n, each.state.value) for _, _, each in rows]


def test_while_a_measure_is_in_force_nothing_is_read_as_anything_else() -> None:
    rows: Rows = [("1462", "a", count("SIP04", 3))]
    assert counts_read_as(Successors(NEW, LAST), rows) == rows
    assert counts_read_as(Successors(OLD, date(2030, 1, 1)), rows) is rows


def test_an_ended_measure_counts_as_what_replaced_it() -> None:
    assert read(count("SIP04", 3), count("SIP08", 5)) == [
        ("SIP14/2026-05", 3, "reported"), ("SIP08/2026-05", 5, "reported"),
    ]  # fmt: skip


def test_a_number_for_the_new_measure_itself_is_not_added_to_the_old_one() -> None:
    assert read(count("SIP04", 3), count("SIP14", 7)) == [("SIP14/2026-05", 7, "reported")]
    missing = count("SIP14", None, state=CountState.MISSING)
    assert read(count("SIP04", 3), missing) == [("SIP14/2026-05", 3, "estimated")]


def test_codes_that_were_merged_are_added() -> None:
    assert read(count("SIP08", 3, "65-79"), count("SIP08", 4, "80-plus"), count("SIP08", 1, "0-17")) == [
        ("SIP08/2026-05/alder/65-plus", 7, "reported"), ("SIP08/2026-05/alder/0-17", 1, "reported"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ((CountState.ESTIMATED, CountState.REPORTED), "estimated"),
        ((CountState.MISSING, CountState.REPORTED), "estimated"),
        ((CountState.NOT_APPLICABLE, CountState.REPORTED), "reported"),
        ((CountState.NOT_APPLICABLE, CountState.MISSING), "missing"),
        ((CountState.NOT_APPLICABLE, CountState.NOT_APPLICABLE), "notApplicable"),
    ],
)
def test_missing_is_never_0_in_what_was_merged(states: tuple[CountState, CountState], expected: str) -> None:
    with_number = {CountState.REPORTED, CountState.ESTIMATED}
    parts = [
        count("SIP08", 2 if state in with_number else None, value, state)
        for state, value in zip(states, ("65-79", "80-plus"), strict=True)
    ]
    ((_, n, state),) = read(*parts)
    assert state == expected
    assert (n is not None) == bool(with_number & set(states))


def test_the_rows_of_two_senders_are_never_mixed() -> None:
    rows = counts_read_as(
        AFTER, [("1462", "a", count("SIP08", 1, "65-79")), ("1461", "b", count("SIP08", 2, "80-plus"))]
    )
    assert [(code, each.n) for code, _, each in rows] == [("1462", 1), ("1461", 2)]


def test_records_are_read_as_the_newer_lists_have_them() -> None:
    activity = Activity(id="a", plan="p", title="T", themes=("social-hallbarhet", "annat"), status="pagar")
    assert activity_read_as(AFTER, activity).themes == ("annat",)
    deviation = Deviation(
        id="d", number="1462-2026-0001", month="2026-05", registered=date(2026, 5, 4), direction="annat",
        reporter="annat", counterpart="annat", category="it-stod-och-atkomst", status="registrerad",
    )  # fmt: skip
    assert deviation_read_as(AFTER, deviation).category == "annat"
    untouched = Activity(id="a", plan="p", title="T", status="pagar")
    assert activity_read_as(AFTER, untouched) is untouched


CELLS = st.builds(
    count,
    st.sampled_from(["SIP08", "SIP05"]),
    st.integers(0, 50),
    st.sampled_from(["0-17", "65-79", "80-plus", "65-plus", "okand"]),
)


@given(st.lists(CELLS, max_size=12, unique_by=lambda each: each.id))
def test_merging_the_values_of_a_breakdown_keeps_its_sum(cells: list[Count]) -> None:
    rows = counts_read_as(AFTER, [("1462", "d", each) for each in cells])
    for measure in ("SIP08", "SIP05"):
        before = sum(each.n or 0 for each in cells if each.measure == measure)
        assert sum(each.n or 0 for _, _, each in rows if each.measure == measure) == before
    assert len({each.id for _, _, each in rows}) == len(rows)
