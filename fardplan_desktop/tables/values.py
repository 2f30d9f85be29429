"""One cell's text to one typed value, strictly; what is not understood says in Swedish what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from fardplan_desktop.domain.codebook import Code, CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.periods import MONTH_NAMES, Period, PeriodType, parse_period
from fardplan_desktop.domain.records import CountState
from fardplan_desktop.domain.tabular import Ambiguous, Amount, NotAnAmount
from fardplan_desktop.tables.paste import parse_number

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T][0-9:.]+)?")
_WORD_DATE = re.compile(r"([0-9]{1,2}) ([a-zåäö]+)\.? ([0-9]{4})")
_WORD_MONTH = re.compile(r"([a-zåäö]+)\.?[ -]([0-9]{2}|[0-9]{4})")
_WORD_PERIOD = re.compile(r"(?:([qth])|(kvartal|tertial|halvår) )([1-4])[ -]([0-9]{4})")
_DASH = re.compile(r"\s*[-–—‑−]\s*")
_FEW = 12
_PERCENTS = {"0": 0, "0,25": 25, "25": 25, "0,5": 50, "50": 50, "0,75": 75, "75": 75, "1": 100, "100": 100}
_YES_NO = {"ja": True, "j": True, "x": True, "sant": True, "nej": False, "n": False, "falskt": False}


class Unreadable(Exception):
    """The text is not a value of its column; the message is a Swedish sentence."""


class Choices(NamedTuple):
    """What a column may hold: ids by every accepted spelling, and the spelling that templates offer, in order."""

    name: str
    ids: dict[str, str]
    offered: tuple[str, ...]

    def find(self, text: str) -> str | None:
        return self.ids.get(folded(text))

    def read(self, text: str) -> str:
        """The id; raises Unreadable."""
        found = self.find(text)
        if found is None:
            raise Unreadable(f"{quoted(text)} finns inte i listan {self.name}. {self._advice()}")
        return found

    def read_several(self, text: str) -> tuple[str, ...]:
        """The ids of values with ; or a line break between (or commas, where no value holds one), each once."""
        found: list[str] = []
        for piece in filter(None, (each.strip() for each in re.split(r"[;\n]", text))):
            if self.find(piece) is None and "," in piece:
                found += [self.read(part) for part in piece.split(",")]
            else:
                found.append(self.read(piece))
        return tuple(dict.fromkeys(found))

    def _advice(self) -> str:
        if not self.offered:
            return "Listan är tom i den här versionen av mått och listor. Lämna cellen tom."
        shown = " · ".join(self.offered[:_FEW])
        return f"Skriv något av: {shown}{' …' if len(self.offered) > _FEW else '.'}"


def quoted(text: str) -> str:
    return f"”{text[:30]}{'…' if len(text) > 30 else ''}”"


def folded(text: str) -> str:
    """Texts that a reader would call the same: case, spaces, dashes and a leading dash do not tell them apart."""
    return _DASH.sub("-", " ".join(text.casefold().split())).removeprefix("-")


def choices(book: CodeBook, list_id: str) -> Choices:
    """The values of a code list, or of what the book names otherwise: measures, methods, preconditions, areas, joint.

    Raises KeyError for a list that the book does not have.
    """
    if list_id == "measures":
        return _choices("Mått", [(each.id, each.label, book.offered(each), (each.short,)) for each in book.measures])
    if list_id == "methods":
        return _choices("Arbetssätt", [(each.id, each.title, True, ()) for each in book.working_methods])
    if list_id == "preconditions":
        return _choices("Förutsättning", [(each.id, each.title, True, ()) for each in book.preconditions])
    joint = [(each.id, each.title, True, ()) for each in book.joint_activities]
    if list_id == "joint":
        return _choices("Gemensam aktivitet", joint)
    if list_id == "areas":
        return _choices("Område", [*(_code_row(book, each) for each in book.areas), *joint])
    found = book.list(list_id)
    return _choices(found.label, [_code_row(book, each) for each in found.codes])


def read_date(text: str) -> date:
    """2026-05-04 or 4 maj 2026; a workbook's own dates arrive as the former."""
    iso = _ISO_DATE.fullmatch(text)
    words = _WORD_DATE.fullmatch(text.casefold())
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if words:
            return date(int(words[3]), _month_number(words[2]), int(words[1]))
    except ValueError:
        pass
    raise Unreadable(f"{quoted(text)} är inget datum. Skriv till exempel 2026-05-04.")


def read_period(text: str) -> Period:
    """2026-05, 2026-T2, 2026, maj 2026, maj-26, T2 2026, tertial 2 2026.

    Excel turns 2026-05 into the first day of the month, and saves it as maj-26 in a CSV file: both are the month.
    """
    plain = " ".join(text.casefold().split())
    words = _WORD_PERIOD.fullmatch(plain)
    named = _WORD_MONTH.fullmatch(plain)
    try:
        if words:
            return parse_period(f"{words[4]}-{words[1] or words[2][0]}{words[3]}".upper().replace("-K", "-Q"))
        if named:
            year = named[2] if len(named[2]) == 4 else f"20{named[2]}"
            return parse_period(f"{year}-{_month_number(named[1]):02d}")
        if _ISO_DATE.fullmatch(plain) and plain[8:10] == "01":
            return parse_period(plain[:7])
        return parse_period(plain.upper())
    except (InputProblem, ValueError) as error:
        raise Unreadable(f"{quoted(text)} är ingen period. Skriv till exempel 2026-05, 2026-T2 eller 2026.") from error


def read_month(text: str) -> str:
    """The id of the month in which a day lies, or of the month itself."""
    try:
        day = read_date(text)
    except Unreadable:
        period = read_period(text)
        if period.type is PeriodType.MONTH:
            return period.id
    else:
        if 2000 <= day.year < 2100:
            return f"{day:%Y-%m}"
    raise Unreadable(f"{quoted(text)} är ingen månad. Skriv till exempel 2026-05.")


def read_amount(text: str) -> Amount:
    """A count in a table of ours: here ``-`` does say saknas, and ``.`` ej aktuellt."""
    found = Amount(CountState.MISSING) if text == "-" else parse_number(text)
    if isinstance(found, Amount):
        return found
    if isinstance(found, NotAnAmount):
        start = found.what.removesuffix(" Skriv ett helt tal, till exempel 14.")
    else:
        start = f"{quoted(found.text if isinstance(found, Ambiguous) else text)} är inget heltal."
    raise Unreadable(f"{start} Skriv ett helt tal, - för saknas eller . för ej aktuellt.")


def read_whole(text: str) -> int:
    """A whole number from 0 to 9 999 999, nothing else."""
    found = parse_number(text)
    if isinstance(found, Amount) and found.state is CountState.REPORTED and found.n is not None:
        return found.n
    raise Unreadable(f"{quoted(text)} är inget heltal. Skriv ett helt tal, till exempel 13 500.")


def read_percent(text: str) -> int:
    found = _PERCENTS.get(text.removesuffix("%").strip())
    if found is None:
        raise Unreadable(f"{quoted(text)} går inte att använda. Skriv 0, 25, 50, 75 eller 100.")
    return found


def read_yes_no(text: str) -> bool:
    found = _YES_NO.get(text.casefold())
    if found is None:
        raise Unreadable(f"{quoted(text)} går inte att använda. Skriv ja eller nej.")
    return found


def _choices(name: str, rows: Iterable[tuple[str, str, bool, tuple[str, ...]]]) -> Choices:
    """From (id, label, still offered, other spellings). A spelling that two values share means neither."""
    spellings: dict[str, set[str]] = {}
    offered = []
    for id_, label, current, others in rows:
        coded = f"{id_} {label}"
        for spelling in (id_, label, coded, *others):
            spellings.setdefault(folded(spelling), set()).add(id_)
        if current:
            offered.append(coded if id_.isupper() else label)
    ids = {spelling: next(iter(found)) for spelling, found in spellings.items() if len(found) == 1}
    return Choices(name, ids, tuple(offered))


def _code_row(book: CodeBook, code: Code) -> tuple[str, str, bool, tuple[str, ...]]:
    by_rank = (str(code.rank), f"{code.rank} {code.label}") if code.rank else ()
    return code.id, code.label, book.offered(code), by_rank


def _month_number(word: str) -> int:
    """From a month's name or its first three letters; ValueError for any other word."""
    for number, name in enumerate(MONTH_NAMES, start=1):
        if word in (name, name[:3]):
            return number
    raise ValueError(word)
