"""Small sheets that look as if they said more than they do: never silently wrong."""

from __future__ import annotations

from datetime import date

import pytest

from fardplan_desktop.domain.sheets import Answers, Understanding
from fardplan_desktop.tables.foreign.book import pasted_book
from fardplan_desktop.tables.foreign.counts import understand_counts
from fardplan_desktop.tables.foreign.words import Lexicon

TODAY = date(2026, 9, 14)


QUARTERS = {"SIP04/2026-02": 2, "SIP04/2026-03": 3, "SIP04/2026-04": 4, "SIP04/2026-05": 5}


def read(text: str, lexicon: Lexicon, chosen: dict[str, str] | None = None) -> Understanding:
    return understand_counts(pasted_book(text), lexicon, Answers(chosen or {}), TODAY)


def numbers(found: Understanding) -> dict[str, int | None]:
    assert found.content is not None, [asked.words for asked in found.waiting]
    return {count.id: count.n for count in found.content.counts}


def months(measure: str, *values: int, year: int = 2026) -> dict[str, int | None]:
    return {f"{measure}/{year}-{at:02d}": n for at, n in enumerate(values, start=1)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026\tfeb\tmar\tKv 1\tapr\tmaj\tKv 2\nSIP-möten\t2\t3\t6\t4\t5\t9\n", QUARTERS),
        ("2026\tjan\tfeb\tmar\tMedel\nSIP-möten\t1\t2\t3\t2\n", months("SIP04", 1, 2, 3)),
        ("SIP 2026\nMånad\t1\t2\t3\nSIP-möten\t3\t4\t5\n", months("SIP04", 3, 4, 5)),
        ("2026\tjan\tfeb\tmar\nSIP-möten\t3\t4\t5\nSIP-möten 2025\t3\t7\t12\n", months("SIP04", 3, 4, 5)),
        ("2026\tjan\tfeb\nUpprättade SIP\t3\t4\nUppföljda SIP (%)\t50\t75\n", months("SIP08", 3, 4)),
        ("2026\tjan\tfeb\nSIP-möten\t3\t4\nSIP-möten ackumulerat\t3\t7\n", months("SIP04", 3, 4)),
        ("Mått\t2025-05\t2026-05\tFörändring\nSIP-möten\t3\t4\t1\n", {"SIP04/2025-05": 3, "SIP04/2026-05": 4}),
    ],
    ids=["quarters", "mean", "numbered months", "last year", "percent", "accumulated", "change"],
)  # fmt: skip
def test_what_is_reckoned_from_the_rest_is_left(text: str, expected: dict[str, int], lexicon: Lexicon) -> None:
    assert numbers(read(text, lexicon)) == expected


def test_years_down_and_months_across(lexicon: Lexicon) -> None:
    found = read("SIP-möten\n\tjan\tfeb\n2025\t4\t5\n2026\t7\t8\n", lexicon)
    assert numbers(found) == months("SIP04", 4, 5, year=2025) | months("SIP04", 7, 8)


def test_a_year_under_each_tertial_is_its_year(lexicon: Lexicon) -> None:
    found = read("\tT1\tT2\tT3\tT1\n\t2025\t2025\t2025\t2026\nSIP-möten\t3\t4\t1\t5\n", lexicon)
    assert numbers(found) == {"SIP04/2025-T1": 3, "SIP04/2025-T2": 4, "SIP04/2025-T3": 1, "SIP04/2026-T1": 5}


def test_counts_that_look_like_years_are_counts(lexicon: Lexicon) -> None:
    found = read("2026\tjan\tfeb\tSumma\nSIP-möten\t2010\t\t2010\nUpprättade SIP\t3\t4\t7\n", lexicon)
    assert numbers(found) == months("SIP04", 2010) | months("SIP08", 3, 4)


def test_tables_under_each_other_keep_their_own_measure(lexicon: Lexicon) -> None:
    one = "Genomförda SIP-möten 2026\n\tjan\tfeb\nNorr\t1\t2\nSöder\t3\t4\nTotalt\t4\t6\n\n"
    other = "Upprättade SIP 2026\n\tjan\tfeb\nNorr\t5\t6\nSöder\t7\t8\nTotalt\t12\t14\n"
    assert numbers(read(one + other, lexicon)) == months("SIP04", 4, 6) | months("SIP08", 12, 14)


def test_units_in_columns_go_into_their_total(lexicon: Lexicon) -> None:
    found = read("Maj 2026\n\tNorr\tSöder\tTotalt\nSIP-möten\t1\t2\t3\nUpprättade SIP\t4\t5\t9\n", lexicon)
    assert numbers(found) == {"SIP04/2026-05": 3, "SIP08/2026-05": 9}


def test_units_over_the_months_are_told_apart_by_their_names(lexicon: Lexicon) -> None:
    text = "\tNorr\t\tSöder\n2026\tjan\tfeb\tjan\tfeb\nSIP-möten\t1\t2\t3\t4\n"
    (asked,) = read(text, lexicon).waiting
    assert "”Norr”, ”Söder”" in asked.words
    assert numbers(read(text, lexicon, {asked.key: "sum"})) == months("SIP04", 4, 6)
    assert numbers(read(text, lexicon, {asked.key: "only:Söder"})) == months("SIP04", 3, 4)


@pytest.mark.parametrize("cell", ["<5", "-3", "3,5", "1.234", "12 (prel)", "#DIV/0!"])
def test_a_cell_that_is_no_count_is_asked_about(cell: str, lexicon: Lexicon) -> None:
    (asked,) = read(f"2026\tjan\tfeb\nSIP-möten\t{cell}\t4\n", lexicon).waiting
    assert cell in asked.words
    found = read(f"2026\tjan\tfeb\nSIP-möten\t{cell}\t4\n", lexicon, {asked.key: "-"})
    assert numbers(found) == {"SIP04/2026-02": 4}


@pytest.mark.parametrize(
    ("title", "suggested"),
    [("SIP-statistik 2026", "2026"), ("SIP-statistik", ""), ("SIP jan–aug 2026", "2026")],
)
def test_a_table_of_one_period_that_it_does_not_name_is_asked_about(
    title: str, suggested: str, lexicon: Lexicon
) -> None:
    (asked,) = read(f"{title}\nMått\tAntal\nSIP-möten\t3\nNya SIP\t2\n", lexicon).waiting
    assert (asked.words, asked.answer) == ("Vilken period gäller tabellen?", suggested)
    found = read(f"{title}\nMått\tAntal\nSIP-möten\t3\nNya SIP\t2\n", lexicon, {asked.key: "2026-05"})
    assert numbers(found) == {"SIP04/2026-05": 3, "SIP08/2026-05": 2}


@pytest.mark.parametrize(
    ("under", "taken"),
    [("Budget\tUtfall", {1: 2, 2: 4}), ("Antal\tAndel (%)", {1: 1, 2: 3}), ("Månad\tAck", {1: 1, 2: 3})],
)
def test_of_two_columns_under_a_month_only_the_count_is_taken(
    under: str, taken: dict[int, int], lexicon: Lexicon
) -> None:
    found = read(f"2026\tjan\t\tfeb\t\n\t{under}\t{under}\nSIP-möten\t1\t2\t3\t4\n", lexicon)
    assert numbers(found) == {f"SIP04/2026-{month:02d}": n for month, n in taken.items()}


@pytest.mark.parametrize("title", ["Prognos SIP 2026", "Mål 2026", "Budget 2026"])
def test_numbers_that_may_only_be_wanted_must_be_confirmed(title: str, lexicon: Lexicon) -> None:
    (asked,) = read(f"{title}\tjan\tfeb\nSIP-möten\t1\t2\n", lexicon).waiting
    assert (asked.answer, asked.sure.value) == ("SIP04", "suggested")


def test_two_columns_under_a_month_that_both_count_are_asked_about(lexicon: Lexicon) -> None:
    text = "2026\tjan\t\tfeb\t\n\tKvinnor\tMän\tKvinnor\tMän\nSIP-möten\t1\t2\t3\t4\n"
    (asked,) = read(text, lexicon).waiting
    assert "”Kvinnor”, ”Män”" in asked.words
    assert numbers(read(text, lexicon, {asked.key: "sum"})) == months("SIP04", 3, 7)


def test_years_under_each_month_are_the_years_of_the_columns(lexicon: Lexicon) -> None:
    found = read("\tjan\t\tfeb\t\n\t2025\t2026\t2025\t2026\nSIP-möten\t1\t2\t3\t4\n", lexicon)
    assert numbers(found) == months("SIP04", 1, 3, year=2025) | months("SIP04", 2, 4)


def test_months_that_are_not_over_give_no_zero(lexicon: Lexicon) -> None:
    found = read("2026\taug\tsep\tokt\nSIP-möten\t3\t0\t0\n", lexicon)
    assert numbers(found) == {"SIP04/2026-08": 3}
    assert found.notes == ("Inte med, perioder som inte är slut: sep–okt 2026.",)


def test_a_sum_of_units_with_a_gap_is_an_estimate_that_says_so(lexicon: Lexicon) -> None:
    text = "Antal SIP-möten 2026\n\tjan\tfeb\nNorr\t1\tsaknas\nSöder\t3\t4\n"
    (asked,) = read(text, lexicon).waiting
    content = read(text, lexicon, {asked.key: "sum"}).content
    assert content is not None
    february = content.counts[1]
    assert (february.n, february.state.value) == (4, "estimated")
    assert february.comment == "Summan av 1 av 2 rader; övriga saknas."


def test_parts_under_a_heading_that_is_only_near_must_be_confirmed(lexicon: Lexicon) -> None:
    found = read("2026\tjan\tfeb\nKallelser som skickats från\nVårdcentral\t5\t6\nPsykiatri\t1\t2\n", lexicon)
    assert [(asked.answer, asked.sure.value) for asked in found.waiting] == [
        ("SIP03/kallande-part/vardcentral", "suggested"), ("SIP03/kallande-part/psykiatri-bup", "suggested")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title", ["SIP-statistik, uttag 2026-09-01", "Uppdaterad 15 augusti 2026", "SIP 2026-05-04 – 2026-05-31"]
)
def test_the_day_a_table_was_printed_is_not_its_period(title: str, lexicon: Lexicon) -> None:
    (asked,) = read(f"{title}\nMått\tAntal\nSIP-möten\t3\nNya SIP\t2\n", lexicon).waiting
    assert asked.words == "Vilken period gäller tabellen?"


def test_the_day_a_table_was_printed_does_not_say_its_year(lexicon: Lexicon) -> None:
    found = read("SIP-statistik, uttag 2026-01-15\n\tjan\tfeb\tmar\nSIP-möten\t3\t4\t5\n", lexicon)
    assert [asked.words for asked in found.waiting] == ["Vilket år gäller tabellen?"]


@pytest.mark.parametrize("title", ["SIP 2026-05-01 – 2026-05-31", "SIP 1 maj 2026 – 31 maj 2026", "SIP maj 2026"])
def test_the_first_and_the_last_day_of_a_month_are_the_month(title: str, lexicon: Lexicon) -> None:
    assert numbers(read(f"{title}\nMått\tAntal\nSIP-möten\t3\n", lexicon)) == {"SIP04/2026-05": 3}


def test_a_date_beside_the_months_is_no_month(lexicon: Lexicon) -> None:
    found = read("2026\tjan\tfeb\t2026-03-09\nSIP-möten\t3\t4\t\n", lexicon)
    assert numbers(found) == months("SIP04", 3, 4)


def test_the_first_day_of_a_week_is_not_its_month(lexicon: Lexicon) -> None:
    weeks = "SIP\t2026-06-01\t2026-06-08\t2026-06-15\nSIP-möten\t3\t4\t5\n"
    assert read(weeks, lexicon).content is None
    down = "Vecka\tSIP-möten\n2026-06-01\t3\n2026-06-08\t4\n2026-07-01\t5\n"
    assert read(down, lexicon).content is None


def test_a_list_of_days_is_no_list_of_months(lexicon: Lexicon) -> None:
    days = "Datum\tMått\tAntal\n2026-05-01\tSIP-möten\t1\n2026-05-02\tSIP-möten\t5\n2026-06-01\tSIP-möten\t4\n"
    assert read(days, lexicon).content is None
