"""Any table of counts comes back exactly, however it is laid out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.periods import MONTH_NAMES
from fardplan_desktop.domain.sheets import Answers, Sure, Understanding
from fardplan_desktop.host import paths
from fardplan_desktop.tables.foreign.book import pasted_book
from fardplan_desktop.tables.foreign.counts import understand_counts
from fardplan_desktop.tables.foreign.words import Lexicon, load_words

LEXICON = Lexicon(shipped_codebook(), load_words(paths.words()))
TODAY = date(2027, 1, 15)
SPELLINGS: tuple[Callable[[int], str], ...] = (
    lambda month: MONTH_NAMES[month - 1],
    lambda month: MONTH_NAMES[month - 1][:3].capitalize(),
    lambda month: f"{MONTH_NAMES[month - 1][:3]}-26",
    lambda month: f"2026-{month:02d}",
    lambda month: f"{MONTH_NAMES[month - 1]} 2026",
    lambda month: f"2026-{month:02d}-01",
)
SHOWN: tuple[Callable[[int], str], ...] = (str, lambda n: f"{n:,}".replace(",", "\u00a0"))
TITLES = ("", "SIP 2026", "Alviks kommun, uppföljning 2026\n")
CELLS = st.one_of(st.none(), st.integers(0, 9_999_999))


def read(rows: list[list[str]], chosen: dict[str, str] | None = None) -> Understanding:
    text = "\n".join("\t".join(row) for row in rows)
    return understand_counts(pasted_book(text), LEXICON, Answers(chosen or {}), TODAY)


@st.composite
def laid_out(draw: st.DrawFn) -> tuple[list[list[str]], dict[str, int]]:
    """The rows of a sheet, and what it holds."""
    measures = draw(st.lists(st.sampled_from(LEXICON.book.measures), min_size=1, max_size=6, unique_by=lambda m: m.id))
    months = list(range(draw(st.integers(1, 6)), draw(st.integers(7, 12)) + 1))
    spell = draw(st.sampled_from(SPELLINGS))
    values = [[draw(CELLS) for _ in months] for _ in measures]
    if not any(n is not None for line in values for n in line):
        values[0][0] = 0
    show = draw(st.sampled_from(SHOWN))
    words = [draw(st.sampled_from((m.label, m.id, f"Antal {m.label.lower()}"))) for m in measures]
    rows = [["Mått", *map(spell, months)]]
    rows += [[word, *("" if n is None else show(n) for n in line)] for word, line in zip(words, values, strict=True)]
    if draw(st.booleans()):
        rows = [[*row, "Summa" if at == 0 else str(sum(n or 0 for n in values[at - 1]))] for at, row in enumerate(rows)]
    if draw(st.booleans()):
        across = [sum(line[at] or 0 for line in values) for at in range(len(months))]
        rows.append(["Totalt", *map(str, across)])
    if draw(st.booleans()):
        width = max(map(len, rows))
        rows = [list(row) for row in zip(*([*row, *[""] * (width - len(row))] for row in rows), strict=True)]
    title = draw(st.sampled_from(TITLES)) or "2026"
    rows = [[line] for line in title.split("\n")] + rows
    expected = {
        f"{m.id}/2026-{month:02d}": n
        for m, line in zip(measures, values, strict=True)
        for month, n in zip(months, line, strict=True)
        if n is not None
    }
    return rows, expected


@settings(max_examples=150, deadline=None)
@given(laid_out())
def test_a_table_across_or_down_with_or_without_sums_and_titles_comes_back_exactly(
    made: tuple[list[list[str]], dict[str, int]],
) -> None:
    rows, expected = made
    understood = read(rows)
    # A single number after a gap may be a summary that only stands there: it must be confirmed.
    assert all(asked.detail.endswith("· 1 ruta") and asked.sure is Sure.SUGGESTED for asked in understood.waiting)
    understood = read(rows, {asked.key: asked.answer for asked in understood.waiting})
    assert understood.content is not None
    assert {count.id: count.n for count in understood.content.counts} == expected
    assert understood.differences == ()


def known(understood: Understanding) -> dict[str, str]:
    return {asked.words: asked.answer for asked in understood.asked if asked.sure is Sure.KNOWN}


def test_a_sum_that_differs_is_told_with_its_place() -> None:
    found = read([["2026", "jan", "feb", "Summa"], ["SIP-möten", "3", "4", "8"], ["Nya SIP", "1", "2", "3"]])
    assert found.differences == ("D2: summan för ”SIP-möten” är 8, men perioderna ger 7.",)
    assert found.size == 4


def test_a_row_of_sums_that_differs_is_told() -> None:
    rows = [["2026", "jan", "feb"], ["SIP-möten", "3", "4"], ["Nya SIP", "1", "2"], ["Totalt", "4", "7"]]
    assert read(rows).differences == ("C4: ”Totalt” är 7, men raderna ger 6.",)


def test_a_summary_under_the_table_is_no_january() -> None:
    """A number alone under a heading of another year stands in the column of January only by chance."""
    rows = [
        ["SIP 2026", "jan", "feb", "mar", "apr"],
        ["SIP-möten", "3", "4", "5", "6"],
        [],
        ["2025"],
        ["Nya SIP", "88"],
    ]
    found = read(rows)
    assert found.size == 4
    assert any("Nya SIP" in note for note in found.notes)


def test_a_summary_without_a_year_must_be_confirmed() -> None:
    rows = [["SIP 2026", "jan", "feb", "mar", "apr"], ["SIP-möten", "3", "4", "5", "6"], [], ["Nya SIP", "88"]]
    assert [asked.words for asked in read(rows).waiting] == ["Nya SIP"]


def test_a_measure_that_stands_twice_for_a_month_is_asked_about() -> None:
    rows = [["2026", "jan", "feb"], ["SIP-möten", "3", "4"], ["Genomförda SIP-möten", "5", "6"]]
    (asked,) = read(rows).waiting
    assert "flera gånger" in asked.words


def test_words_that_deny_are_never_suggested() -> None:
    rows = [["2026", "jan", "feb"], ["SIP-möten", "3", "4"], ["Ej genomförda SIP-möten", "5", "6"]]
    (asked,) = read(rows).waiting
    assert (asked.words, asked.answer) == ("Ej genomförda SIP-möten", "")


def test_breakdowns_belong_to_the_measure_above_them() -> None:
    rows = [
        ["Mått", "T1 2026", "T2 2026"], ["Upprättade SIP", "9", "8"], ["0–17 år", "4", "5"], ["18–64", "5", "3"],
        ["Avslutade SIP", "3", "3"], ["Flyttat", "1", "2"], ["Avlidna", "2", "1"],
    ]  # fmt: skip
    assert list(known(read(rows)).values()) == [
        "SIP08", "SIP08/alder/0-17", "SIP08/alder/18-64", "SIP11", "SIP11/avslutsorsak/flyttat",
        "SIP11/avslutsorsak/avliden",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "question"),
    [
        (["Mått", "jan", "feb"], "Vilket år gäller tabellen?"),
        (["Jämförelse 2025 och 2026", "jan", "feb"], "Vilket år gäller tabellen?"),
    ],
)
def test_a_year_that_nothing_says_is_asked_about(words: list[str], question: str) -> None:
    assert [asked.words for asked in read([words, ["SIP-möten", "3", "4"]]).waiting] == [question]
