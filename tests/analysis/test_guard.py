from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from fardplan_desktop.analysis.guard import Span, What, contact_hits, identity_hits

RESOURCES = Path(__file__).parents[2] / "resources"
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
    "640823-\u202d3234",
    "\u0666\u0664\u0660\u0668\u0662\u0663-\u0663\u0662\u0663\u0664",
    "640823\u20433234",
    "640823-\n3234",
    "640823\n3234",
    "640823\r\n3234",
    "640823\n-3234",
    "640823\u2028-3234",
    "640823--3234",
    "640823\u00b73234",
    "640823*3234",
    "640823~3234",
    "640823\u034f-3234",
    "640823\u3164-3234",
    "640823\u180b-3234",
    "640823\U000e0020-3234",
    "6\u20e34\u20e308\u033623-3234",
    "1964.08.23-3234",
    "64/08/23-3234",
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
    "200101\n1235",
    "640823\n\n\n3234",
    "SE202109123201",
    "0190d3a2-1234-7abc-8640-823323400000",
    "20640823-3234-7abc-8def-000000000000",
    "3f6408233234ab00aa6408233234ab003f6408233234ab00aa6408233234ab00",
    "36084 90016 43983 72359 08841 40321",
    "1462_2026-T2_0001.fardpaket",
    "SIP08/2026-05/alder/0-17",
    "1 250 000 kr",
    "12,5 miljoner kronor 2026–2027",
    "OSL 25 kap. 1 § och 26 kap. 1 §, HSLF-FS 2017:39",
    "2026-05-04 kl. 09.30–11.00",
    "2026-05-04T09:30:00+02:00",
    "2026-05-04 och 2026-06-08",
    "v. 23–26 2026, T2 2026, 2025/2026",
]
DASHES = ["-", "–", "\u2010", "\u2011", "\u2212", "+", " ", "\u00a0", "\u202f", " - ", " – ", "-\u00ad", ""]
ODD = [".", "/", ":", "_", " / "]


def places(hits: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(hit.start, hit.end) for hit in hits]


@pytest.mark.parametrize("number", HITS)
def test_every_known_form_of_identity_number_is_found_exactly(number: str) -> None:
    assert places(identity_hits(number)) == [(0, len(number))]
    assert places(identity_hits(f"Kontakt med {number}, igen.")) == [(12, 12 + len(number))]


@pytest.mark.parametrize("text", NO_HITS)
def test_what_only_looks_alike_is_let_through(text: str) -> None:
    assert identity_hits(text) == ()
    assert identity_hits(f"Se {text}, tack") == ()


@st.composite
def dated_numbers(draw: st.DrawFn) -> str:
    """A valid personal, coordination, T- or regional reserve number, in any of the usual spellings."""
    born = draw(st.dates(date(1880, 1, 1), date(2030, 12, 31)))
    day = born.day + draw(st.sampled_from([0, 60]))
    digits = f"{born:%y%m}{day:02d}"
    last = draw(st.sampled_from([_person, _temporary, _vgr, _vasterbotten]))(draw, digits)
    century = draw(st.sampled_from(["", f"{born.year // 100}"]))
    inner = draw(st.sampled_from(["", "-", " ", "."]))
    # A date in pieces is followed by something: 64-08-233234 is no spelling anyone uses.
    dash = draw(st.sampled_from(DASHES + ODD if not inner else [each for each in DASHES if each]))
    return f"{century}{digits[:2]}{inner}{digits[2:4]}{inner}{digits[4:]}{dash}{last}"


def _person(draw: st.DrawFn, digits: str) -> str:
    middle = f"{draw(st.integers(0, 999)):03d}"
    return middle + luhn.calc_check_digit(digits + middle)


def _temporary(draw: st.DrawFn, digits: str) -> str:
    """The letter counts as 1."""
    middle = f"{draw(st.integers(0, 99)):02d}"
    return draw(st.sampled_from("TRSUWXJKLMNPtk")) + middle + luhn.calc_check_digit(f"{digits}1{middle}")


def _vgr(draw: st.DrawFn, digits: str) -> str:
    """K and an even number, M and an odd one, X and 80 – 89; the letters count as 5, 7 and 8."""
    letter, numbers = draw(st.sampled_from([("K", range(0, 100, 2)), ("M", range(1, 100, 2)), ("X", range(80, 90))]))
    middle = f"{draw(st.sampled_from(numbers)):02d}"
    return letter + middle + luhn.calc_check_digit(f"{digits}{ {'K': 5, 'M': 7, 'X': 8}[letter] }{middle}")


def _vasterbotten(draw: st.DrawFn, digits: str) -> str:
    return f"R{draw(st.sampled_from('ABXZ'))}{draw(st.integers(0, 99)):02d}"


@st.composite
def stockholm_numbers(draw: st.DrawFn) -> str:
    """99, a year, five digits and a check digit over the last ten."""
    year, middle = f"{draw(st.integers(1900, 2030))}", f"{draw(st.integers(0, 99_999)):05d}"
    middle += luhn.calc_check_digit(year + middle)
    first, last = draw(st.sampled_from(["", "-", " ", "."])), draw(st.sampled_from(DASHES))
    return f"99{first}{year}{middle[:2]}{last}{middle[2:]}"


@given(dated_numbers() | stockholm_numbers(), st.text(max_size=30), st.text(max_size=30))
def test_a_valid_number_in_any_spelling_is_found_inside_any_text(number: str, before: str, after: str) -> None:
    text = f"{before}#{number}#{after}"
    start = len(before) + 1
    assert any(span.start <= start and start + len(number) <= span.end for span in identity_hits(text))


@given(
    dated_numbers(), st.sampled_from(["pnr", "Tel", "född", "(", "", "  ", "\n", "1 "]), st.text("abc ,.)", max_size=5)
)
def test_a_number_that_leans_on_words_is_found(number: str, before: str, after: str) -> None:
    assert identity_hits(before + number + after)


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)), st.integers(0, 400), st.sampled_from(["–", "-", " – ", " "]))
def test_dates_and_ranges_of_dates_never_hit(first: date, days: int, dash: str) -> None:
    last = first + timedelta(days=days)
    for form in ("%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%y%m%d"):
        text = f"Den {first.strftime(form)}{dash}{last.strftime(form)}."
        assert identity_hits(text) == ()
        assert contact_hits(text) == ()


@given(st.integers(0, 999_999), st.integers(0, 999), st.sampled_from(["", "16", "SE", "org.nr "]))
def test_numbers_of_organisations_never_hit(first: int, middle: int, before: str) -> None:
    """Their third and fourth digits are at least 20."""
    digits = f"{first // 10_000:02d}{20 + first // 100 % 80:02d}{first % 100:02d}{middle:03d}"
    number = digits + luhn.calc_check_digit(digits)
    after = "01" if before == "SE" else ""
    for text in (f"{before}{number[:6]}-{number[6:]}", f"{before}{number}{after}"):
        if not (before == "SE" and "-" in text):
            assert identity_hits(text) == ()


@given(st.integers(10, 999), st.integers(100_000, 99_999_999), st.sampled_from(["-", " ", "/"]))
def test_telephone_numbers_as_they_are_written_never_identify(area: int, number: int, dash: str) -> None:
    """In pieces of at most four digits; run together, ten digits with a date and a check digit are a person's."""
    digits = f"{number}"
    pieces = " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    for text in (f"0{area}{dash}{pieces}", f"+46 {area} {pieces}", f"+46 (0){area}{dash}{pieces}"):
        assert identity_hits(text) == ()


@given(st.uuids(), st.integers(0, 10**12), st.sampled_from(["kr", "tkr", "SEK", "%"]))
def test_ids_and_amounts_never_hit(record: UUID, amount: int, unit: str) -> None:
    spaced = f"{amount:,}".replace(",", "\u00a0")
    for text in (str(record), record.hex, f"{spaced} {unit}", f"{spaced},50 {unit}", f"Activity:{record}"):
        assert identity_hits(text) == ()


def test_the_words_of_the_code_book_hold_no_identity_number() -> None:
    """The strategy's own measures, definitions, lists and rules, as the program ships them."""
    book = RESOURCES / "codebook"
    found = {path.name: identity_hits(path.read_text("utf-8")) for path in book.rglob("*.toml")}
    assert found
    assert set(found.values()) == {()}


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
    assert places(identity_hits("999999 1964-08-23-3234")) == [(7, 22)]
    assert places(identity_hits("240101 640823-3234"))[-1] == (7, 18)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("640823-3234", What.PERSON),
        ("19140168-2396", What.COORDINATION),
        ("1914-01-68-2396", What.COORDINATION),
        ("000101-T220", What.TEMPORARY),
        ("19800906-K148", What.TEMPORARY),
        ("992004920019", What.TEMPORARY),
    ],
)
def test_a_place_says_what_it_looks_like(text: str, what: What) -> None:
    assert [hit.what for hit in identity_hits(text)] == [what]


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
    assert contact_hits(text) == (Span(0, len(text), What.MAIL if "@" in text else What.PHONE),)
    assert places(contact_hits(f"Ring {text}.")) == [(5, 5 + len(text))]
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
