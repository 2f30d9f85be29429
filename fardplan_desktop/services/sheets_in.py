"""Foreign sheets into the store: what was understood is proposed, the rest is chosen, and the choices are remembered.

Our own tables go through ``tables_in``; here come the workbooks that were built by somebody else. Nothing is stored
before ``take_in``, and then all of it as one step.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from fardplan_desktop.analysis.guard import identity_hits
from fardplan_desktop.domain.changes import Change
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.sheets import MISSING, Answers, Asked, AskedKind, Sure, Understanding
from fardplan_desktop.domain.tabular import StrangeWords, TableKind
from fardplan_desktop.host import paths
from fardplan_desktop.services import tables_in
from fardplan_desktop.services.tables_in import Import
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.tables.foreign.blocks import is_too_large
from fardplan_desktop.tables.foreign.book import Book, pasted_book, read_book
from fardplan_desktop.tables.foreign.counts import DASH, understand_counts
from fardplan_desktop.tables.foreign.records import understand_records
from fardplan_desktop.tables.foreign.units import HERE
from fardplan_desktop.tables.foreign.words import Lexicon, load_words
from fardplan_desktop.tables.values import folded

_MOST_REMEMBERED = 4000
_FOR_THIS_TIME = frozenset({AskedKind.YEAR, AskedKind.PERSONAL})
"""What holds for one table only and is asked anew each time."""
_NOUNS = {TableKind.ACTIVITIES: "aktiviteter", TableKind.COUNTS: "antal", TableKind.DEVIATIONS: "avvikelser"}


class DashesInside(InputProblem):
    """A table of our own with lone dashes was pasted: the user has to say what they mean."""


class Proposal(msgspec.Struct, frozen=True):
    """A sheet as it is understood now. ``outcome`` says what it would bring, once nothing waits for an answer."""

    book: Book
    understood: Understanding
    chosen: dict[str, str]
    outcome: Import | None = None

    @property
    def waiting(self) -> tuple[Asked, ...]:
        """What must be confirmed or chosen before anything can be taken in."""
        return self.understood.waiting


def open_file(workplace: Workplace, *, path: Path, kind: TableKind, sheet: str = "") -> Import | Proposal:
    """What a file holds of this kind: a table of our own as it is, any other as a proposal. Nothing is stored.

    ``sheet`` names the only sheet to look at. Raises InputProblem; TableProblems for a table of our own with faults.
    """
    try:
        if not sheet:
            return tables_in.add_table(workplace, path=path, kind=kind, dry_run=True)
    except StrangeWords as strange:
        if kind not in _NOUNS:
            raise
        return _opened(workplace, read_book(path), kind, strange)
    return _opened(workplace, _only(read_book(path), sheet), kind)


def open_pasted(workplace: Workplace, *, text: str, kind: TableKind, dash: str = "") -> Import | Proposal:
    """The same for a text from the clipboard; ``dash`` says what a lone dash means in a table of our own.

    Raises DashesInside when that has to be asked.
    """
    dashed = kind is TableKind.COUNTS and not dash and tables_in.has_dashes(tables_in.read_block(text))
    try:
        # Tried with one answer before the question is put: a table with other faults is refused at once.
        content = tables_in.paste_table(workplace, text=text, kind=kind, dash=MISSING if dashed else dash)
    except StrangeWords as strange:
        return _opened(workplace, pasted_book(text), kind, strange)
    if dashed:
        raise DashesInside("Tabellen har ensamma streck.", "De kan betyda 0 eller att uppgift saknas.", "Välj vilket.")
    return tables_in.take_in(workplace, content=content, dry_run=True)


def is_foreign(workplace: Workplace, *, text: str, kind: TableKind) -> bool:
    """Whether a pasted text names anything of this kind, and is no mere block of numbers."""
    if not any(letter.isalpha() for letter in text):
        return False
    try:
        understood = _understood(workplace, pasted_book(text), kind, Answers())
    except InputProblem:
        return False
    return _is_recognised(understood)


def kind_of(workplace: Workplace, *, path: Path | None = None, text: str = "") -> TableKind | None:
    """What a file, or a pasted text, holds most of by its content; None when it holds nothing known.

    Raises InputProblem when the file cannot be read.
    """
    book = pasted_book(text) if path is None else read_book(path)
    found = {kind: _understood(workplace, book, kind, Answers()) for kind in _NOUNS}
    score = {kind: _score(each) for kind, each in found.items() if each is not None and _is_recognised(each)}
    return max(score, key=lambda kind: score[kind]) if score else None


def _score(understood: Understanding) -> int:
    """What is known for certain; a list without its main column is hardly a list of that kind."""
    lacking = any(each.kind is AskedKind.EVERY and not understood.options_of(each) for each in understood.asked)
    return 0 if lacking else understood.known


def answer(workplace: Workplace, *, proposal: Proposal, choices: Mapping[str, str]) -> Proposal:
    """The proposal with these answers added, by the keys of what was asked."""
    return _proposed(workplace, proposal.book, proposal.understood.kind, {**proposal.chosen, **choices})


def take_in(workplace: Workplace, *, proposal: Proposal, replace: bool = False) -> Change:
    """Store all of it as one step and remember the choices. Raises InputProblem while something waits."""
    content = proposal.understood.content
    if content is None:
        raise refusal(proposal)
    change = tables_in.take_in(workplace, content=content, replace=replace).change
    assert change is not None, "it was no dry run"
    _remember(workplace, proposal)
    return change


def refusal(proposal: Proposal) -> InputProblem:
    """Why the sheet cannot be taken in yet."""
    return InputProblem(
        f"{proposal.understood.source} är inte inläst.",
        _open_words(proposal.waiting) or "Den har inga värden som kan tas in.",
        "Öppna den i programmets fönster och välj vad det betyder. Valen används nästa gång.",
    )


def remembered(workplace: Workplace) -> int:
    """How many choices are remembered of what other people's tables mean."""
    return sum(len(_stored(workplace, kind)) for kind in _NOUNS)


def forget(workplace: Workplace) -> None:
    """Nothing is remembered any more: every table is asked about as if it were the first."""
    for kind in _NOUNS:
        workplace.store.set_setting(_setting(kind), "{}")


def remembered_without(workplace: Workplace, *, texts: Collection[str]) -> dict[str, str]:
    """Settings that remember a choice by one of the texts, as they are without it."""
    hidden = [folded(text) for text in texts if text]
    found: dict[str, str] = {}
    for kind in _NOUNS:
        stored = _stored(workplace, kind)
        kept = {
            key: answer
            for key, answer in stored.items()
            if not any(text in folded(each) for text in hidden for each in (key, answer))
        }
        if len(kept) < len(stored):
            found[_setting(kind)] = msgspec.json.encode(kept).decode()
    return found


def _only(book: Book, sheet: str) -> Book:
    if not sheet:
        return book
    named = tuple(each for each in book.sheets if each.name.casefold() == sheet.casefold())
    if not named:
        raise InputProblem(
            f"{book.source} har inget blad som heter ”{sheet[:40]}”.",
            f"Bladen heter {', '.join(each.name for each in book.sheets[:8])}.",
            "Välj ett av dem.",
        )
    return book._replace(sheets=named)


def _opened(workplace: Workplace, book: Book, kind: TableKind, strange: StrangeWords | None = None) -> Proposal:
    """The proposal; when nothing is recognised, what our own reader said of the table."""
    try:
        proposal = _proposed(workplace, book, kind, {})
        if not _is_recognised(proposal.understood):
            raise _not_recognised(book, kind)
    except InputProblem:
        if strange is not None and not _is_too_large(book, kind):
            raise strange from None
        raise
    return proposal


def _proposed(workplace: Workplace, book: Book, kind: TableKind, chosen: dict[str, str]) -> Proposal:
    understood = _understood(workplace, book, kind, Answers(chosen, _remembered(workplace, kind, book)))
    if understood is None:
        raise _not_recognised(book, kind)
    content = understood.content
    outcome = None if content is None else tables_in.take_in(workplace, content=content, dry_run=True)
    return Proposal(book, understood, chosen, outcome)


def _understood(workplace: Workplace, book: Book, kind: TableKind, answers: Answers) -> Understanding | None:
    lexicon = Lexicon(workplace.codebook, load_words(paths.words()))
    if kind is TableKind.COUNTS:
        return understand_counts(book, lexicon, answers, workplace.today)
    return understand_records(book, kind, lexicon, answers)


def _is_recognised(understood: Understanding | None) -> bool:
    """Something in it has a name we know, be it only nearly."""
    if understood is None:
        return False
    named = (AskedKind.LINE, AskedKind.COLUMN, AskedKind.SAME)
    return any(each.kind in named and (each.answer or each.kind is AskedKind.SAME) for each in understood.asked)


def _is_too_large(book: Book, kind: TableKind) -> bool:
    return kind is TableKind.COUNTS and any(map(is_too_large, book.sheets))


def _not_recognised(book: Book, kind: TableKind) -> InputProblem:
    source = book.source
    if _is_too_large(book, kind):
        return InputProblem(
            f"{source} är för stor för att vara en tabell över antal.",
            "",
            "Ta med de rader som behövs, eller lägg ihop dem i Excel först.",
        )
    return InputProblem(
        f"{source} har inga {_NOUNS.get(kind, 'uppgifter')} som känns igen.",
        "Ingen rad eller kolumn heter som något i mått och listor.",
        "Ta med rubrikerna, eller börja med den tomma arbetsbok som programmet skapar.",
    )


def _open_words(waiting: tuple[Asked, ...]) -> str:
    if not waiting:
        return ""
    many = "1 sak" if len(waiting) == 1 else f"{len(waiting)} saker"
    shown = " ".join(f"{each.place + ': ' if each.place else ''}{each.words.rstrip('.?')}." for each in waiting[:3])
    more = len(waiting) - 3
    return f"{many} behöver väljas. {shown}{f' … och {more} till.' if more > 0 else ''}"


# -- remembering ----------------------------------------------------------------------------


def _setting(kind: TableKind) -> str:
    return f"sheet_answers:{kind.value}"


def _stored(workplace: Workplace, kind: TableKind) -> dict[str, str]:
    text = workplace.store.setting(_setting(kind))
    try:
        return msgspec.json.decode(text, type=dict[str, str]) if text else {}
    except msgspec.MsgspecError:
        return {}  # a preference that cannot be read is asked for again


def _remembered(workplace: Workplace, kind: TableKind, book: Book) -> dict[str, str]:
    """What the organisation has chosen before; what a lone dash means holds for its own source."""
    stored = _stored(workplace, kind)
    dash = stored.get(_dash_of(book))
    return {**stored, DASH: dash} if dash else stored


def _remember(workplace: Workplace, proposal: Proposal) -> None:
    """Keep the answers, but no word that may identify a person."""
    kind = proposal.understood.kind
    stored = _stored(workplace, kind)
    for asked in proposal.understood.asked:
        if asked.sure is Sure.CHOSEN and not _is_for_this_time(asked) and not _names_a_person(asked):
            key = _dash_of(proposal.book) if asked.key == DASH else asked.key
            stored.pop(key, None)
            stored[key] = asked.answer
    kept = dict(list(stored.items())[-_MOST_REMEMBERED:])
    workplace.store.set_setting(_setting(kind), msgspec.json.encode(kept).decode())


def _is_for_this_time(asked: Asked) -> bool:
    return asked.kind in _FOR_THIS_TIME or asked.key.startswith(HERE)


def _names_a_person(asked: Asked) -> bool:
    return any(map(identity_hits, (asked.key, asked.answer, asked.words)))


def _dash_of(book: Book) -> str:
    """A source is known by its name without numbers and months, and a pasted one by its first words."""
    name = re.sub(r"[0-9]+", "", book.source.rpartition(".")[0] or book.source).casefold()
    first = next((text for sheet in book.sheets for row in sheet.cells for text in row if text), "")
    title = re.sub(r"[0-9]+", "", first).casefold()[:60]
    return f"dash:{' '.join(name.split())}|{title}"
