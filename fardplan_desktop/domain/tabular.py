"""What a table holds once read: plain values that cross from tables to services, and the problems of a table.

A table is taken in whole or not at all: every fault is gathered as a ``TableProblem`` with file, row and column (rows
numbered as Excel shows them), and all of them leave together in one ``TableProblems``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.records import Count, CountState, Indicator, Population

_TRIGGER = re.compile(r"'*[=+\-@\t\r]")
_SIGNED = re.compile(r"[+\-][0-9][0-9\s,.]*%?")
_BREAKS = re.compile(r"[\t\r\n]+")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_SHOWN = 3


class TableKind(StrEnum):
    """The four tables that can be read; the value is what the command line says."""

    ACTIVITIES = "activities"
    COUNTS = "counts"
    DEVIATIONS = "deviations"
    POPULATION = "population"


class TableProblem(msgspec.Struct, frozen=True):
    """One fault in a table. ``row`` is None and ``column`` empty when it concerns the whole file or row."""

    file: str
    row: int | None
    column: str
    what: str
    """Swedish: what is wrong and what to write instead."""

    @property
    def sentence(self) -> str:
        """``Rad 17, kolumn Antal: ”12,5” är inget heltal. …``"""
        place = ", ".join(
            part
            for part in (
                f"rad {self.row}" if self.row is not None else "",
                f"kolumn {self.column}" if self.column else "",
            )
            if part
        )
        return f"{place[:1].upper()}{place[1:]}: {self.what}" if place else self.what


class TableProblems(InputProblem):
    """A table with faults; nothing of it was read in. ``problems`` holds every one, in the order of the rows."""

    def __init__(self, file: str, problems: Sequence[TableProblem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        shown = " ".join(problem.sentence for problem in self.problems[:_SHOWN])
        rest = len(self.problems) - _SHOWN
        super().__init__(
            f"{file} är inte inläst.",
            shown + (f" … och {rest} fel till." if rest > 0 else ""),
            "Rätta filen och läs in den igen.",
            detail="\n".join(problem.sentence for problem in self.problems),
        )


class StrangeWords(TableProblems):
    """A table whose headings, or whose words for the measures, are not ours: it may be a sheet of another make."""


class TableNote(msgspec.Struct, frozen=True):
    """Something the reader should know that does not stop the table, such as ``..`` read as saknas."""

    row: int
    column: str
    what: str


class ActivityDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An activity as a table gives it; services add id and plan. Fields are named and coded as in ``Activity``.

    None means that the table does not say, so an update leaves the field as it is.
    """

    row: int
    title: str
    plan: str | None = None
    """The plan's title, not its id."""
    method: str | None = None
    also_methods: tuple[str, ...] | None = None
    preconditions: tuple[str, ...] | None = None
    areas: tuple[str, ...] | None = None
    joint: str | None = None
    target_group: str | None = None
    goal: str | None = None
    indicators: tuple[Indicator, ...] | None = None
    responsible: str | None = None
    partners: tuple[str, ...] | None = None
    start: date | None = None
    end: date | None = None
    status: str | None = None
    status_note: str | None = None
    forecast: str | None = None
    percent: int | None = None
    comment: str | None = None
    """For a check-in."""
    obstacle: str | None = None
    next_step: str | None = None
    lift_to: str | None = None
    resources: str | None = None
    involvement: str | None = None
    children: str | None = None
    lesson: str | None = None
    shareable: bool | None = None


class DeviationDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation as a table gives it, without id and number. Fields are named and coded as in ``Deviation``.

    None means that the table does not say: services take the day of reading for ``registered``, the first ``status``.
    """

    row: int
    month: str
    direction: str
    reporter: str
    counterpart: str
    category: str
    registered: date | None = None
    counterpart_org: str | None = None
    subcategory: str | None = None
    kind: str | None = None
    document: str | None = None
    document_text: str | None = None
    stage: str | None = None
    target_group: str | None = None
    age_group: str | None = None
    consequence: str | None = None
    severity: str | None = None
    likelihood: str | None = None
    summary: str | None = None
    status: str | None = None
    causes: tuple[str, ...] | None = None
    action: str | None = None
    action_text: str | None = None
    follow_up: date | None = None
    effect: str | None = None
    lex: str | None = None
    system: str | None = None
    lift_to: str | None = None
    feedback: date | None = None
    sent_on: date | None = None
    answered_on: date | None = None
    reference: str | None = None
    description: str | None = None


class Amount(msgspec.Struct, frozen=True):
    """A cell that says something about a count: ``n`` is a whole number when reported or estimated, else None."""

    state: CountState
    n: int | None = None


class Ambiguous(msgspec.Struct, frozen=True):
    """A lone dash from elsewhere: 0 or missing? Never guessed; the user is asked once for the block."""

    text: str


class NotAnAmount(msgspec.Struct, frozen=True):
    """A cell that is no count; ``what`` is a Swedish sentence."""

    text: str
    what: str


class TableContent(msgspec.Struct, frozen=True, kw_only=True):
    """All of a table, read without a fault. Only the tuple of its own kind is filled."""

    kind: TableKind
    source: str
    """The file's name, without folder."""
    sha256: str
    """Of the file's bytes, 64 lower-case hex digits."""
    counts: tuple[Count, ...] = ()
    activities: tuple[ActivityDraft, ...] = ()
    deviations: tuple[DeviationDraft, ...] = ()
    population: tuple[Population, ...] = ()
    notes: tuple[TableNote, ...] = ()

    @property
    def size(self) -> int:
        """How many records the table gave."""
        return len(self.counts) + len(self.activities) + len(self.deviations) + len(self.population)


def guarded(text: str) -> str:
    """The text as it may stand in a cell that is written out: what a spreadsheet would compute gets a ' in front.

    Every export passes its texts here (OWASP, CSV injection); ``unguarded`` gives the very same text back.
    """
    return "'" + text if _TRIGGER.match(text) else text


def for_pasting(rows: Iterable[Iterable[str]]) -> str:
    """Rows as a spreadsheet takes them from the clipboard: tabs between cells, and nothing that it would compute."""
    return "".join("\t".join(map(_pasted, row)) + "\n" for row in rows)


def _pasted(text: str) -> str:
    plain = _BREAKS.sub(" ", text)
    return plain if _SIGNED.fullmatch(plain) else guarded(plain)


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if _GUARDED.match(text) else text
