"""Two detectors for free text, so that nothing personal is saved (domain model 5.2).

*Identity*: numbers that name a person. A text with a hit is refused. *Contact*: telephone and e-mail. The user is asked
once, since functions have them too. Only places and what kind of thing it looks like are given back, never what stands
there, and nothing is logged.

Forms and check digit: Skatteverket (S81 in the domain model); T-numbers and coordination numbers: personnummer/meta
(S82); reserve numbers of Västra Götaland, Stockholm and Västerbotten: pinefox/personnummer (S83). Written with a
separator or twelve characters a possible date is enough, whatever the check digit says: a mistyped number is still
somebody's. Ten bare digits, and unusual spellings, need the check digit too; a telephone number without any space may
then be taken for a person's, never the other way. Every pattern is bounded: linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec
from stdnum import luhn
from stdnum.se import vat


class What(StrEnum):
    """What a place in a text looks like."""

    PERSON = "person"
    COORDINATION = "coordination"
    TEMPORARY = "temporary"
    """A letter among the last four: T-numbers and the regions' reserve numbers."""
    PHONE = "phone"
    MAIL = "mail"


class Span(msgspec.Struct, frozen=True, order=True):
    """Where something was found, ``text[start:end]``, and what it looks like."""

    start: int
    end: int
    what: What = What.PERSON


def identity_hits(text: str) -> tuple[Span, ...]:
    """Places that look like a personal identity number, in order, never overlapping; empty when there is none."""
    if _EIGHT_DIGITS.search(text) is None:
        return ()
    plain, places = _plain(text)
    found = [
        span for area in _AREA.finditer(plain) for span in _places(plain, places, _NUMBERS, area.start(), area.end())
    ]
    return _merged(_not_machine_made(found, text)) if found else ()


def contact_hits(text: str) -> tuple[Span, ...]:
    """Places that look like a telephone number or an e-mail address, in order, never overlapping."""
    if "@" not in text and _EIGHT_DIGITS.search(text) is None:
        return ()
    plain, places = _plain(text)
    return _merged([*_places(plain, places, _PHONES), *_mail(plain, places)])


# --- spelling ------------------------------------------------------------------------------------------------------

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2796\ufe58\ufe63\uff0d"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Format characters, fillers that look like nothing, and marks that are set over or around a digit.
_INVISIBLE = (
    "\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e007f"
)
_LINE_ENDS = "\r\x85\u2028\u2029"
_ONE_SPELLING = {
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _LINE_ENDS), "\n"),
    0xFF0B: "+",
}
_SEEN = re.compile(f"[^{_INVISIBLE}]")
_ODD = re.compile(f"[{_INVISIBLE}{_DASHES}{_SPACES}{_LINE_ENDS}\uff0b]|(?![0-9])\\d")
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text with one kind of dash, space and digit, without invisible characters; and where each character stood."""
    if _ODD.search(text) is None:
        return text, range(len(text))
    places = [match.start() for match in _SEEN.finditer(text)]
    seen = "".join(text[place] for place in places).translate(_ONE_SPELLING)
    return _FOREIGN_DIGIT.sub(lambda digit: str(int(digit[0])), seen), places


# --- identity numbers ----------------------------------------------------------------------------------------------

# No identity number has fewer; most texts have none, and are passed over at once.
_EIGHT_DIGITS = re.compile(r"\d(?:\D*\d){7}")
# Where so many stand close enough to be one number; only there is it worth to look closer.
_AREA = re.compile(r"[0-9](?:[^0-9]{0,8}[0-9]){7,}")
# Ids of records and digests of files: a part of one may look like anything.
_MACHINE_MADE = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
    r"|(?=[0-9]{0,126}[A-Fa-f])[0-9A-Fa-f]{32,128})(?![0-9A-Za-z])"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COORDINATION = 60
_VGR_LETTERS = {"K": "5", "M": "7", "X": "8"}

# The last four: digits, a letter and three digits (T-numbers and Västra Götaland), R and a letter (Västerbotten).
_LAST = r"(?P<last>[0-9]{4}|[TRSUWXJKLMNPtrsuwxjklmnp][0-9]{3}|[Rr][A-Za-z][0-9]{2})(?![0-9])"
_CENTURY = r"(?<![0-9])(?P<century>18|19|20)?"
_DATE = r"(?P<date>[0-9]{6})"
_SPLIT_DATE = r"(?P<yy>[0-9]{2})(?P<inner>[-. /])(?P<mm>[0-9]{2})(?P=inner)(?P<dd>[0-9]{2})"
_BREAK = r"(?: ?[-+./:_ ] ?)?"
_STOCKHOLM = (
    rf"(?<![0-9])99{_BREAK}(?P<year>(?:19|20)[0-9]{{2}}){_BREAK}(?P<middle>[0-9]{{2}}){_BREAK}"
    r"(?P<last>[0-9]{4})(?![0-9])"
)
# A year that opens the second date of a range, 2024-01-01–2024-04-30, is not somebody's last four.
_NO_DATE_FOLLOWS = r"(?!(?<=(?:19|20)[0-9]{2})-[0-9]{2}-[0-9]{2}(?![0-9]))"
_NO_MONTH_FOLLOWS = r"(?!(?<=(?:19|20)[0-9]{2})[-. /][0-9]{2}(?![0-9]))"
_WRAPPED = r" ?-?\n{1,2} ?-?"
_ODD_BREAK = r" ?(?:[./:_*~=·]|--) ?"


def _overlapping(pattern: str) -> re.Pattern[str]:
    """A pattern tried at every place: a refused candidate must not swallow the beginning of a true number."""
    return re.compile(f"(?=(?P<all>{pattern}))")


def _is_written_number(match: re.Match[str]) -> bool:
    """With a separator, or with its century: a possible date is enough."""
    return _possible_date(match["date"])


def _is_bare_number(match: re.Match[str]) -> bool:
    return _possible_date(match["date"]) and _check_digit_holds(match["date"], match["last"])


def _is_twelve_digits(match: re.Match[str]) -> bool:
    """The century makes it enough; but SE, an organisation number and 01 are an organisation's VAT number."""
    if match.string[max(0, match.start() - 2) : match.start()].upper() == "SE" and vat.is_valid(match["all"]):
        return False
    return _possible_date(match["date"])


def _is_split_number(match: re.Match[str]) -> bool:
    date = match["yy"] + match["mm"] + match["dd"]
    return _possible_date(date) and _check_digit_holds(date, match["last"])


def _is_stockholm_number(match: re.Match[str]) -> bool:
    """99, a year and six digits, the last of them a check digit over the ten that follow 99."""
    return luhn.is_valid(match["year"] + match["middle"] + match["last"])


def _possible_date(digits: str) -> bool:
    """YYMMDD; a coordination number has 60 added to its day. 29 February counts in any year."""
    month, day = int(digits[2:4]), int(digits[4:6])
    if day > _COORDINATION:
        day -= _COORDINATION
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]


def _check_digit_holds(date: str, last: str) -> bool:
    """Luhn over ten digits, a letter read as 1 (T-numbers) or as Västra Götaland reads it; its R-form has none."""
    last = last.upper()
    if last[1].isalpha():
        return True
    readings = (last[0],) if last[0].isdigit() else ("1", *_VGR_LETTERS.get(last[0], ""))
    return any(luhn.is_valid(date + first + last[1:]) for first in readings)


_Test = Callable[[re.Match[str]], bool]
_Detector = tuple[re.Pattern[str], _Test]

_NUMBERS: tuple[_Detector, ...] = (
    (_overlapping(_CENTURY + _DATE + r" {0,2}[-+ ] {0,2}" + _LAST + _NO_DATE_FOLLOWS), _is_written_number),
    (_overlapping(r"(?<![0-9])(?:18|19|20)" + _DATE + _LAST), _is_twelve_digits),
    (_overlapping(r"(?<![0-9])" + _DATE + _LAST), _is_bare_number),
    (_overlapping(_CENTURY + _DATE + rf"(?:{_ODD_BREAK}|{_WRAPPED})" + _LAST), _is_bare_number),
    (_overlapping(_CENTURY + _SPLIT_DATE + r" ?[-+./: ] ?" + _LAST + _NO_MONTH_FOLLOWS), _is_split_number),
    (_overlapping(_STOCKHOLM), _is_stockholm_number),
)


# --- telephone and e-mail ------------------------------------------------------------------------------------------

_AREA_END = r"(?: ?- ?| )?[1-9]"
_NATIONAL = (  # eight to ten digits in all
    rf"(?:08{_AREA_END}(?: ?[0-9]){{5,7}}|0[1-9][0-9]{_AREA_END}(?: ?[0-9]){{4,6}}"
    rf"|0[1-9][0-9]{{2}}{_AREA_END}(?: ?[0-9]){{3,5}})"
)
# After 00 the Nordic countries only: 001001 is a date.
_ABROAD = r"(?:\+[1-9][0-9]{0,2}|00(?:4[567]|358))[- ]?(?:\(0\))?(?:[- ]?[0-9]){6,11}"
_PHONES: tuple[_Detector, ...] = (
    (re.compile(rf"(?<![\w/+-])(?P<all>{_NATIONAL}|{_ABROAD})(?![0-9])"), lambda match: True),
)
_LOCAL_PART = re.compile(r"[\w.+'-]{1,64}\Z")
_DOMAIN = re.compile(r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def _mail(plain: str, places: Sequence[int]) -> Iterator[Span]:
    """Around each @, so that a long text without one costs nothing."""
    for match in _DOMAIN.finditer(plain):
        before = _LOCAL_PART.search(plain[max(0, match.start() - 64) : match.start()])
        if before:
            yield Span(places[match.start() - len(before[0])], places[match.end() - 1] + 1, What.MAIL)


# --- places --------------------------------------------------------------------------------------------------------


def _places(
    plain: str, places: Sequence[int], detectors: Iterable[_Detector], start: int = 0, end: int | None = None
) -> list[Span]:
    """What the detectors find among the numbers that begin between ``start`` and ``end``."""
    # Beyond the end: whether one more digit follows.
    until = len(plain) if end is None else min(len(plain), end + 8)
    return [
        Span(places[match.start("all")], places[match.end("all") - 1] + 1, _what(match))
        for pattern, holds in detectors
        for match in pattern.finditer(plain, start, until)
        if holds(match)
    ]


def _what(match: re.Match[str]) -> What:
    parts = match.groupdict()
    if "last" not in parts:
        return What.PHONE
    if "year" in parts or not parts["last"].isdigit():
        return What.TEMPORARY
    day = parts["date"][4:] if "date" in parts else parts["dd"]
    return What.COORDINATION if int(day) > _COORDINATION else What.PERSON


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            first = merged[-1]
            merged[-1] = Span(first.start, max(span.end, first.end), first.what)
        else:
            merged.append(span)
    return tuple(merged)


def _not_machine_made(spans: Iterable[Span], text: str) -> list[Span]:
    made = [match.span() for match in _MACHINE_MADE.finditer(text)]
    return [span for span in spans if not any(start <= span.start and span.end <= end for start, end in made)]
