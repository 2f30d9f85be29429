from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.figures import Figure, Share
from fardplan_desktop.domain.records import CountState

NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1234567, 0, "1_234_567"),
        (1234.5, 1, "1_234,5"),
        (-3, 0, "\N{MINUS SIGN}3"),
        (0.5, 0, "1"),
        (2.675, 2, "2,68"),
        (-0.04, 1, "0,0"),
        (Fraction(2, 3), 2, "0,67"),
        (Fraction(-5, 2), 0, "\N{MINUS SIGN}3"),
    ],
)
def test_numbers_are_swedish(value: float | Fraction, decimals: int, text: str) -> None:
    assert numbers_sv.number(value, decimals) == text.replace("_", NARROW)


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_loses_no_digit(value: int) -> None:
    text = numbers_sv.number(value)
    assert int(text.replace(NARROW, "").replace("\N{MINUS SIGN}", "-")) == value


def test_a_change_carries_its_sign_unless_it_rounds_to_nothing() -> None:
    assert [numbers_sv.signed(each) for each in (12, -3, 0, 0.2)] == ["+12", "\N{MINUS SIGN}3", "0", "0"]


def test_a_percentage_has_a_narrow_space() -> None:
    assert numbers_sv.percent(Fraction(62, 100)) == f"62{NARROW}%"
    assert numbers_sv.percent(0.625, 1) == f"62,5{NARROW}%"


def test_states_are_words_and_zero_is_a_number() -> None:
    assert numbers_sv.count(0, CountState.REPORTED) == "0"
    assert numbers_sv.count(14, CountState.ESTIMATED) == f"≈{NO_BREAK}14"
    assert numbers_sv.count(None, CountState.MISSING) == "saknas"
    assert numbers_sv.count(None, CountState.NOT_APPLICABLE) == "ej aktuellt"
    assert numbers_sv.count(None, None) == ""


def test_a_sum_is_a_number_missing_or_not_applicable() -> None:
    empty = Figure(measure="SIP08", period="2026-T2", of=3)
    assert numbers_sv.figure(empty) == "saknas"
    assert numbers_sv.figure(Figure(measure="SIP08", period="2026-T2", of=0)) == "ej aktuellt"
    assert numbers_sv.figure(Figure(measure="SIP08", period="2026-T2", value=0, reported=1, of=3)) == "0"
    about = Figure(measure="SIP08", period="2026-T2", value=1400, reported=1, of=3, estimated=True)
    assert numbers_sv.figure(about) == f"≈{NO_BREAK}1{NARROW}400"


def test_a_share_is_a_percentage_a_rate_or_its_reason() -> None:
    half = Share(id="x", period="2026-T2", num=1, den=2)
    assert numbers_sv.share(half) == f"50{NARROW}%"
    assert numbers_sv.share(Share(id="x", period="2026-T2", num=28, den=14_000, per=1000)) == "2,0"
    assert numbers_sv.share(Share(id="x", period="2026-T2", reason="folkmängd saknas")) == "folkmängd saknas"
    assert numbers_sv.share(Share(id="x", period="2026-T2", num=1, den=2, estimated=True)).startswith("≈")


def test_coverage_and_dates_stay_together() -> None:
    assert numbers_sv.of(14, 15, "kommuner") == "14 av 15 kommuner".replace(" ", NO_BREAK)
    assert numbers_sv.day(date(2026, 9, 14)).replace(NO_BREAK, " ") == "14 september 2026"
    assert numbers_sv.short_day(date(2026, 5, 4)) == "4 maj 2026"
    assert numbers_sv.short_day(date(2026, 9, 14)) == "14 sep 2026"


def test_swedish_order_puts_a_ring_and_the_umlauts_last() -> None:
    names = ["Öckerö", "Åmål", "Älvsborg", "Zinkgruvan", "ale", "Ärla", "Dals-Ed", "Borås", "Årjäng", "Ödeborg", "Ale"]
    assert sorted(names, key=numbers_sv.sort_key) == [
        "Ale", "ale", "Borås", "Dals-Ed", "Zinkgruvan", "Åmål", "Årjäng", "Älvsborg", "Ärla", "Öckerö", "Ödeborg",
    ]  # fmt: skip


def test_foreign_accents_are_sorted_as_their_letters() -> None:
    assert sorted(["idf", "idé", "ida"], key=numbers_sv.sort_key) == ["ida", "idé", "idf"]
    assert sorted(["zeta", "Mylm", "Müller", "Myhr"], key=numbers_sv.sort_key) == ["Myhr", "Müller", "Mylm", "zeta"]


def test_the_two_ways_to_code_a_letter_sort_alike() -> None:
    composed, decomposed = "Åmål", "A\N{COMBINING RING ABOVE}ma\N{COMBINING RING ABOVE}l"
    assert numbers_sv.sort_key(composed)[0] == numbers_sv.sort_key(decomposed)[0]


@given(st.lists(st.text(max_size=8), max_size=8))
def test_any_texts_can_be_sorted_and_the_order_is_total(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=numbers_sv.sort_key) == sorted(backwards, key=numbers_sv.sort_key)
