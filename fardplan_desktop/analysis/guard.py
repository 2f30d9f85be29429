"""Two detectors for free text, so that nothing personal is saved (domain model 5.2).

*Identity*: numbers that name a person. A text with a hit is refused. *Contact*: telephone and e-mail. The user is asked
once, since functions have them too. Only places are given back, never what stands there, and nothing is logged.

Forms and check digit: Skatteverket (S81 in the domain model); T-numbers and coordination numbers: personnummer/meta
(S82); reserve numbers of Västra Götaland, Stockholm and Västerbotten: pinefox/personnummer (S83). Written with a
separator or twelve characters a possible date is enough, whatever the check digit says: a mistyped number is still
somebody's. Ten bare digits, and unusual spellings, need the check digit too. Every pattern is bounded: linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from stdnum import luhn


class Span(msgspec.Struct, frozen=True, order=True):
    """Where something was found: ``text[start:end]``."""

    start: int
    end: int


def identity_hits(text: str) -> tuple[Span, ...]:
    """Places that look like a personal identity number, in order, never overlapping; empty when there is none."""
    if _EIGHT_DIGITS.search(text) is None:
        return ()
    plain, places = _plain(text)
    return _merged(_places(plain, places, _NUMBERS))


def contact_hits(text: str) -> tuple[Span, ...]:
    """Places that look like a telephone number or an e-mail address, in order, never overlapping."""
    plain, places = _plain(text)
    return _merged([*_places(plain, places, _PHONES), *_mail(plain, places)])


# --- spelling ------------------------------------------------------------------------------------------------------

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_ONE_SPELLING = (
    dict.fromkeys(map(ord, _DASHES), "-") | dict.fromkeys(map(ord, _SPACES), " ") | _FULL_WIDTH | {0xFF0B: "+"}
)


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one kind of dash, space and digit, without invisible characters; and where each character stood."""
    places = [place for place, sign in enumerate(text) if sign not in _INVISIBLE]
    return "".join(text[place] for place in places).translate(_ONE_SPELLING), places


# --- identity numbers ----------------------------------------------------------------------------------------------

# No identity number has fewer; most texts have none, and are passed over at once.
_EIGHT_DIGITS = re.compile(r"\d(?:\D*\d){7}")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COORDINATION = 60
_VGR_LETTERS = {"K": "5", "M": "7", "X": "8"}

# The last four: digits, a letter and three digits (T-numbers and Västra Götaland), R and a letter (Västerbotten).
_LAST = r"(?P<last>[0-9]{4}|[TRSUWXJKLMNPtrsuwxjklmnp][0-9]{3}|[Rr][A-Za-z][0-9]{2})(?![0-9])"
_CENTURY = r"(?<![0-9])(?P<century>18|19|20)?"
_DATE = r"(?P<date>[0-9]{6})"
_SPLIT_DATE = r"(?P<yy>[0-9]{2})(?P<inner>[- ])(?P<mm>[0-9]{2})(?P=inner)(?P<dd>[0-9]{2})"
_STOCKHOLM = r"(?<![0-9])99[- ]?(?P<year>(?:19|20)[0-9]{2})[- ]?(?P<middle>[0-9]{2})[-+ ]?(?P<last>[0-9]{4})(?![0-9])"
# A year that opens the second date of a range, 2024-01-01–2024-04-30, is not somebody's last four.
_NO_DATE_FOLLOWS = r"(?!(?<=(?:19|20)[0-9]{2})-[0-9]{2}-[0-9]{2}(?![0-9]))"
_NO_MONTH_FOLLOWS = r"(?!(?<=(?:19|20)[0-9]{2})-[0-9]{2}(?![0-9]))"


def _overlapping(pattern: str) -> re.Pattern[str]:
    """A pattern tried at every place: a refused candidate must not swallow the beginning of a true number."""
    return re.compile(f"(?=(?P<all>{pattern}))")


def _is_written_number(match: re.Match[str]) -> bool:
    """With a separator, or with its century: a possible date is enough."""
    return _possible_date(match["date"])


def _is_bare_number(match: re.Match[str]) -> bool:
    return _possible_date(match["date"]) and _check_digit_holds(match["date"], match["last"])


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
    (_overlapping(r"(?<![0-9])(?:18|19|20)" + _DATE + _LAST), _is_written_number),
    (_overlapping(r"(?<![0-9])" + _DATE + _LAST), _is_bare_number),
    (_overlapping(_CENTURY + _DATE + r" ?[./:_] ?" + _LAST), _is_bare_number),
    (_overlapping(_CENTURY + _SPLIT_DATE + r" ?[-+ ] ?" + _LAST + _NO_MONTH_FOLLOWS), _is_split_number),
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


def _mail(plain: str, places: list[int]) -> Iterator[Span]:
    """Around each @, so that a long text without one costs nothing."""
    for match in _DOMAIN.finditer(plain):
        before = _LOCAL_PART.search(plain[max(0, match.start() - 64) : match.start()])
        if before:
            yield Span(places[match.start() - len(before[0])], places[match.end() - 1] + 1)


# --- places --------------------------------------------------------------------------------------------------------


def _places(plain: str, places: list[int], detectors: Iterable[_Detector]) -> list[Span]:
    return [
        Span(places[match.start("all")], places[match.end("all") - 1] + 1)
        for pattern, holds in detectors
        for match in pattern.finditer(plain)
        if holds(match)
    ]


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)
