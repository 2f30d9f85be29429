"""Periods, dates and codes as people and Excel write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.periods import MONTH_NAMES, Period, PeriodType, period_of
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.tables.columns import COLUMNS
from fardplan_desktop.tables.values import Unreadable, choices, read_date, read_month, read_percent, read_period

_PERIODS = st.builds(period_of, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(PeriodType))


@settings(max_examples=50)
@given(_PERIODS)
def test_a_period_is_understood_by_its_id_its_name_and_its_short_form(period: Period) -> None:
    for text in (period.id, period.name, period.short, period.id.lower(), period.name.upper()):
        assert read_period(text) == period


@settings(max_examples=50)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_understood_as_iso_and_in_words_and_gives_its_month(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}") == day
    assert read_month(day.isoformat()) == day.isoformat()[:7]


@pytest.mark.parametrize("text", ["2026-05", "2026-05-01", "maj-26", "maj 26", "Maj 2026", "MAJ-2026"])
def test_what_excel_makes_of_a_month_is_the_month(text: str) -> None:
    assert read_period(text).id == "2026-05"


@pytest.mark.parametrize(
    "text", ["2026-05-02", "2026-13", "T4 2026", "maj", "maj 1926", "1926", "may 2026", "26-05", ""]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="ingen period"):
        read_period(text)


@pytest.mark.parametrize("text", ["2026-02-30", "30 februari 2026", "4/5 2026", "04-05-2026", "1899-12-31-1"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="inget datum"):
        read_date(text)


@pytest.mark.parametrize(("text", "percent"), [("25", 25), ("25 %", 25), ("0,25", 25), ("1", 100), ("0", 0)])
def test_a_share_is_understood_as_typed_and_as_excel_keeps_it(text: str, percent: int) -> None:
    assert read_percent(text) == percent


def test_every_code_is_found_by_id_by_label_and_as_the_template_offers_it(book: CodeBook) -> None:
    lists = {column.list_id for kind in TableKind for column in COLUMNS[kind] if column.list_id}
    for list_id in lists & set(book.lists):
        found = choices(book, list_id)
        for code in book.list(list_id).codes:
            assert found.read(code.id) == found.read(f" {code.label.upper()} ") == code.id
    for list_id in lists:
        found = choices(book, list_id)
        assert len({found.read(offer) for offer in found.offered}) == len(found.offered)


def test_a_measure_is_found_as_the_grid_shows_it(book: CodeBook) -> None:
    measures = choices(book, "measures")
    assert {measures.read(text) for text in ("sip05", "– varav den enskilde deltog", "varav den enskilde deltog")} == {
        "SIP05"
    }


def test_dashes_and_spaces_do_not_tell_labels_apart(book: CodeBook) -> None:
    ages = choices(book, "alder")
    assert {ages.read(text) for text in ("0-17", "0–17", "0 – 17", "0\u00a0-\u00a017")} == {"0-17"}
