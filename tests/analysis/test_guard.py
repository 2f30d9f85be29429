from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from fardplan_desktop.analysis.guard import Span, contact_hits, identity_hits

HITS = [
    "090527+1474",
    "19090527 1474",
    "20000229-2399",
    "19570428-9999",
    "640823-3234",
    "19140168-2396",
    "19800906-K148",
    "19800906-M151",
    "19800906-X803",
    "19800906-k148",
    "000101-T220",
    "000101T220",
    "800906K148",
    "800906-RX12",
    "992004920019",
    "992004-920019",
    "99200492-0019",
    "150916-0006",
    "700428-9895",
    "600430-9886",
    "0905271474",
    "196408233234",
    "1964-08-23-3234",
    "1964 08 23 3234",
    "640823 - 3234",
    "640823.3234",
    "19640823/3234",
    "\uff16\uff14\uff10\uff18\uff12\uff13-\uff13\uff12\uff13\uff14",
    "640823-\u200b3234",
]
NO_HITS = [
    "802005-7538",
    "16802005-7538",
    "SN 2024/000123",
    "SN 2024-000123",
    "2024-01-01–2024-04-30",
    "2024-01-01 – 2024-04-30",
    "2024-01-01–2024-04",
    "20240101–20240430",
    "240101–240430",
    "2024-01-01 2024-02-01",
    "20240514T1230",
    "2024-05-14T12:30:00",
    "0303-23 80 00",
    "MC-2024-001234",
    "1462-2026-0007",
    "SFS 2009:981",
    "640832-3234",
    "641323-3234",
    "111111111111111111",
    "101112\n2000",
]
DASHES = ["-", "–", "\u2011", "\u2212", "+", " ", "\u00a0", "\u202f", " - ", ""]


@pytest.mark.parametrize("number", HITS)
def test_every_known_form_of_identity_number_is_found_exactly(number: str) -> None:
    assert identity_hits(number) == (Span(0, len(number)),)
    assert identity_hits(f"Kontakt med {number}, igen.") == (Span(12, 12 + len(number)),)


@pytest.mark.parametrize("text", NO_HITS)
def test_what_only_looks_alike_is_let_through(text: str) -> None:
    assert identity_hits(text) == ()
    assert identity_hits(f"Se {text}, tack") == ()


@st.composite
def valid_numbers(draw: st.DrawFn) -> str:
    """A valid personal, coordination or T-number, in any of the usual spellings."""
    born = draw(st.dates(date(1880, 1, 1), date(2030, 12, 31)))
    day = born.day + draw(st.sampled_from([0, 60]))
    digits = f"{born:%y%m}{day:02d}"
    middle = f"{draw(st.integers(0, 999)):03d}"
    check = luhn.calc_check_digit(digits + middle)
    last = middle + check
    if middle[0] == "1":
        last = draw(st.sampled_from([*"TRSUWXJKLMNP", "1"])) + last[1:]
    century = draw(st.sampled_from(["", f"{born.year // 100}"]))
    inner = draw(st.sampled_from(["", "-", " "]))
    # A date in pieces is followed by something: 64-08-233234 is no spelling anyone uses.
    dash = draw(st.sampled_from(DASHES if not inner else [each for each in DASHES if each]))
    return f"{century}{digits[:2]}{inner}{digits[2:4]}{inner}{digits[4:]}{dash}{last}"


@given(valid_numbers(), st.text(max_size=30), st.text(max_size=30))
def test_a_valid_number_in_any_spelling_is_found_inside_any_text(number: str, before: str, after: str) -> None:
    before, after = before.rstrip("0123456789-–\u2212+ "), after.lstrip("0123456789-–\u2212+ ")
    text = f"{before}#{number}#{after}"
    start = len(before) + 1
    assert any(span.start <= start and start + len(number) <= span.end for span in identity_hits(text))


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)), st.integers(0, 400), st.sampled_from(["–", "-", " – ", " "]))
def test_dates_and_ranges_of_dates_never_hit(first: date, days: int, dash: str) -> None:
    last = first + timedelta(days=days)
    for form in ("%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%y%m%d"):
        text = f"Den {first.strftime(form)}{dash}{last.strftime(form)}."
        assert identity_hits(text) == ()
        assert contact_hits(text) == ()


@given(st.integers(1990, 2035), st.integers(0, 999_999), st.sampled_from(["SN", "VON", "KS", "MC", "Ärende"]))
def test_diary_and_case_numbers_never_hit(year: int, number: int, letters: str) -> None:
    for text in (
        f"{letters} {year}/{number:06d}",
        f"{letters} {year}/{number}",
        f"{letters}-{year}-{number:06d}",
        f"{letters} {year}-{number:05d}",
        f"{letters}{number:06d}",
    ):
        assert identity_hits(text) == ()
        assert contact_hits(text) == ()


def test_two_numbers_give_two_places_and_a_refused_candidate_hides_none() -> None:
    assert len(identity_hits("640823-3234 och 19140168-2396")) == 2
    assert identity_hits("999999 1964-08-23-3234") == (Span(7, 22),)
    assert identity_hits("240101 640823-3234")[-1] == Span(7, 18)


@pytest.mark.parametrize(
    "text",
    [
        "0303-23 80 00",
        "0303-238000",
        "08-12 34 56 78",
        "070-123 45 67",
        "0701234567",
        "+46 70 123 45 67",
        "0046701234567",
        "+46 (0)70-1234567",
        "sip.samordnare@lillaedet.se",
    ],
)
def test_telephone_and_e_mail_are_contact_details_but_identify_nobody(text: str) -> None:
    assert contact_hits(text) == (Span(0, len(text)),)
    assert contact_hits(f"Ring {text}.") == (Span(5, 5 + len(text)),)
    assert identity_hits(text) == ()


@pytest.mark.parametrize(
    "text", ["04-05-2026", "04 05 2026", "09.30–10.30", "MC-0123456789", "SN 2024/000123", "1 234 567 kr", "a@b", "@x"]
)
def test_other_numbers_are_no_contact_details(text: str) -> None:
    assert contact_hits(text) == ()


@pytest.mark.parametrize(
    "piece",
    ["1", "19", "640823-", "a", "a@", "0 ", "08 1", "+46-", "2024-01-01-", "\u200b", " ", ".a", "99200492-"],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.perf_counter()
    identity_hits(text)
    contact_hits(text)
    assert time.perf_counter() - began < 3
