"""Records and rows: what is sent comes back as it was, less what stays local."""

from __future__ import annotations

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.records import Activity, CheckIn, Count, CountState, Deviation, Indicator, Outcome, Plan
from fardplan_desktop.exchange.rows import Rows
from fardplan_desktop.services import wire

ID = "01890000-0000-7000-8000-000000000001"
PLAN = Plan(id="p", title="Handlingsplan 2026", type="egen-handlingsplan", year=2026)
ACTIVITY = Activity(
    id=ID,
    plan="p",
    title="Trygg hemgång",
    method="A2",
    also_methods=("A3",),
    areas=("P1", "G3"),
    indicators=(Indicator(text="Återinskrivna", target="0", outcomes=(Outcome(value="2"),)),),
    partners=("tandvard",),
    start=date(2026, 1, 2),
    status="pagar",
    percent=50,
    lesson="Börja i tid.",
    shareable=True,
)
DEVIATION = Deviation(
    id=ID,
    number="1462-2026-0001",
    month="2026-05",
    registered=date(2026, 5, 4),
    direction="kommun-region",
    reporter="vard-och-omsorg",
    counterpart="vardcentral",
    category="lakemedel",
    severity="betydande",
    likelihood="stor",
    causes=("annat",),
    sent_on=date(2026, 5, 6),
    answered_on=date(2026, 6, 5),
    reference="Ärende 4711",
    description="Stannar här.",
    status_comment="Stannar också.",
)


def back(kind: type[msgspec.Struct], rows: Rows) -> msgspec.Struct:
    (record,) = wire.records_of(rows)[kind]
    return record


def test_an_activity_comes_back_with_a_plan_named_by_what_identifies_it() -> None:
    rows = Rows(activities=(wire.activity_row(ACTIVITY, PLAN),))
    plan = back(Plan, rows)
    assert isinstance(plan, Plan)
    assert (plan.title, plan.type, plan.year) == (PLAN.title, PLAN.type, PLAN.year)
    assert back(Activity, rows) == msgspec.structs.replace(ACTIVITY, plan=plan.id)


def test_two_activities_of_one_plan_bring_the_plan_once() -> None:
    other = msgspec.structs.replace(ACTIVITY, id=ID.replace("1890", "1891"))
    rows = Rows(activities=tuple(wire.activity_row(each, PLAN) for each in (ACTIVITY, other)))
    assert len(wire.records_of(rows)[Plan]) == 1


def test_a_deviation_sends_durations_and_no_local_texts(book: CodeBook) -> None:
    row = wire.deviation_row(book, DEVIATION)
    assert (row.days_to_send, row.days_to_answer, row.risk) == (2, 30, 9)
    local = {"reference": None, "description": None, "status_comment": None}
    assert back(Deviation, Rows(deviations=(row,))) == msgspec.structs.replace(DEVIATION, **local)


def test_an_answer_without_a_sending_gives_no_duration(book: CodeBook) -> None:
    unsent = msgspec.structs.replace(DEVIATION, sent_on=None)
    assert wire.deviation_row(book, unsent).days_to_answer is None


@given(
    state=st.sampled_from(CountState),
    number=st.integers(0, 9_999_999),
    value=st.sampled_from([None, "0-17", "okand"]),
    comment=st.none() | st.text(max_size=20),
)
def test_every_count_comes_back(state: CountState, number: int, value: str | None, comment: str | None) -> None:
    numbered = state in (CountState.REPORTED, CountState.ESTIMATED)
    count = Count(
        measure="SIP08",
        period="2026-05",
        breakdown=None if value is None else "alder",
        value=value,
        state=state,
        n=number if numbered else None,
        comment=comment,
    )
    assert back(Count, Rows(counts=(wire.count_row(count),))) == count


def test_a_check_in_comes_back() -> None:
    entry = CheckIn(id=ID, activity=ID, date=date(2026, 5, 1), status="pagar", comment="Bra.")
    assert back(CheckIn, Rows(check_ins=(wire.check_in_row(entry),))) == entry


def test_codes_of_the_code_book_are_known_and_others_are_pointed_out(book: CodeBook) -> None:
    good = Rows(
        activities=(wire.activity_row(ACTIVITY, PLAN),),
        deviations=(wire.deviation_row(book, DEVIATION),),
        counts=(wire.count_row(Count(measure="SIP08", period="2026-05", breakdown="alder", value="0-17", n=1)),),
    )
    assert wire.first_unknown_code(book, good) is None
    for field in ("category", "counterpart", "severity", "status"):
        row = msgspec.structs.replace(good.deviations[0], **{field: "pahittad"})
        found = wire.first_unknown_code(book, Rows(deviations=(row,)))
        assert found is not None
        assert found.startswith(f"data/avvikelser.jsonl: {ID}")
    for measure, breakdown, value in (
        ("SIP99", None, None),
        ("SIP08", "motesform", "fysiskt"),
        ("SIP08", "alder", "x"),
    ):
        row_of_count = wire.count_row(Count(measure=measure, period="2026-05", breakdown=breakdown, value=value, n=1))
        assert wire.first_unknown_code(book, Rows(counts=(row_of_count,))) is not None
