"""A version of mått och listor that comes down from the county: is it the next, what it changes, what it means here.

It is accepted from the county alone, and only when it knows every id that may have been used here. When it is read in
it is in force at once; what was entered before keeps its codes and their labels.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fardplan_desktop.analysis.visible import visible
from fardplan_desktop.domain import codebook_check, codebook_succession
from fardplan_desktop.domain.codebook import CodeBook, codebook_to_json
from fardplan_desktop.domain.codebook_diff import codebook_diff
from fardplan_desktop.domain.codebook_words import fault_sentence
from fardplan_desktop.exchange.codebook_rows import book_of
from fardplan_desktop.exchange.kinds import CODE_BOOK
from fardplan_desktop.exchange.messages import PackageRefusal, Sentence, refuse
from fardplan_desktop.exchange.office_rows import CodeBookRow
from fardplan_desktop.exchange.verify import Opened
from fardplan_desktop.services.codebook_effects import effects
from fardplan_desktop.services.incoming_kinds import Kept
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.store import packages

_OLDER = Sentence(
    "Äldre än den ni har",
    "Mått och listor version {version} är äldre än den ni har (version {own}).",
    "",
    "Inget behöver göras.",
    "Stäng",
)
_RIVAL = Sentence(
    "Krock",
    "Ni har redan mått och listor version {version}, med ett annat innehåll.",
    "",
    "Ring länet och fråga vilken som gäller.",
    "Ring avsändaren",
)


def check(workplace: Workplace, opened: Opened) -> None:
    """Raises Refusal: E21 for what is no whole version, E18 for one that does not come after ours."""
    book, part = book_of(opened.table(CODE_BOOK, CodeBookRow)), opened.statement.predicate.code_book
    if (book.version, book.sha256) != (part.version, part.sha256):
        raise _wrong("version och innehåll är inte de som sigillet anger", part.sha256)
    own = workplace.codebook
    sealed = packages.sealed_code_books(workplace.store)
    if book.version < own.version:
        raise _refusal(opened, "E18-ROLLBACK", _OLDER, version=book.version, own=own.version)
    if book.version == own.version and book.sha256 != own.sha256 and own.version in sealed:
        raise _refusal(opened, "E18-EQUIVOCATION", _RIVAL, version=book.version)
    _check_faults(own, book)
    if any(visible(text) != text for text in _texts(codebook_to_json(book))):
        raise _wrong("en text har tecken som inte syns", "control or format characters")


def keep(workplace: Workplace, opened: Opened) -> Kept:
    """What enters the store: the version itself, and in the history what it changed."""
    book = book_of(opened.table(CODE_BOOK, CodeBookRow))
    told = [each.sentence for each in codebook_diff(workplace.codebook, book)]
    return Kept(
        f"Mått och listor version {book.version} inläst",
        code_book=book,
        facts={"version": book.version, "changes": told},
    )


def told(workplace: Workplace, opened: Opened) -> tuple[str, ...]:
    """What it changes, and what that means here, in sentences; before it is read in."""
    book = book_of(opened.table(CODE_BOOK, CodeBookRow))
    changes = tuple(each.sentence for each in codebook_diff(workplace.codebook, book))
    return (*changes, *effects(workplace, book=book))


def _check_faults(own: CodeBook, book: CodeBook) -> None:
    # A version with the number of one that only came with the program takes its place: numbers are the county's.
    before = msgspec.structs.replace(own, version=min(own.version, book.version - 1))
    found = (*codebook_check.faults(book), *codebook_succession.faults(before, book))
    if found:
        raise _wrong(fault_sentence(book, found[0]).rstrip("."), found[0].key)


def _texts(value: object) -> Iterator[str]:
    """Every text in a value, lines apart."""
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in _texts(each))
    elif isinstance(value, list | tuple):
        yield from (text for each in value for text in _texts(each))


def _wrong(fault: str, detail: str) -> PackageRefusal:
    return refuse("E21", detail, row="1", file=CODE_BOOK, fault=fault)


def _refusal(opened: Opened, code: str, sentence: Sentence, **facts: object) -> PackageRefusal:
    refusal = PackageRefusal(code, sentence, facts, f"code book {opened.verdict.codebook_version}")
    refusal.about = opened.verdict
    return refusal
