"""Lines that stand for the same: units under one measure, or a measure that comes again in another place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.sheets import LEAVE, SUM, Answers, Asked, AskedKind, Option, Sure
from fardplan_desktop.tables.foreign.book import place_name
from fardplan_desktop.tables.foreign.lines import Line, Role
from fardplan_desktop.tables.foreign.totals import Number, sums_up
from fardplan_desktop.tables.values import folded

EACH = "each"
ONLY = "only:"
HERE = "same-here:"
"""Begins the key of lines that only their places tell apart: the answer says nothing of another table."""
_SHOWN = 4

Numbers = Callable[[Line], list[Number]]


class Settled(NamedTuple):
    lines: list[Line]
    asked: list[Asked]
    options: dict[str, tuple[Option, ...]]
    added: frozenset[str]
    """Keys of lines that the user lets be added together."""


def settle_units(lines: list[Line], numbers: Numbers, book: CodeBook, answers: Answers) -> Settled:
    """Units whose sum stands in a line of its own are parts of it; others are asked about, once for each group."""
    settled = Settled(list(lines), [], {}, frozenset())
    groups: dict[tuple[int, str], list[int]] = {}
    for at, line in enumerate(lines):
        if line.role is Role.UNIT:
            groups.setdefault((id(line.block), line.context), []).append(at)
    for (_, context), places in groups.items():
        if not _stand_in_total(settled.lines, places, numbers):
            settled = _ask(settled, context, places, book, answers)
    return settled


def _stand_in_total(lines: list[Line], places: list[int], numbers: Numbers) -> bool:
    """Whether the measure itself stands beside its units; then the units become parts of it."""
    first = lines[places[0]]
    units = [numbers(lines[at]) for at in places]
    for at, line in enumerate(lines):
        if line.block is not first.block or at in places:
            continue
        whole = line.role is Role.MEASURE and line.meaning == first.context
        total = line.role is Role.TOTAL and line.context == first.context
        if (whole or total) and sums_up(numbers(line), units):
            key = line.key if whole else f"line:{first.context} › {line.key.removeprefix('line:')}"
            lines[at] = line._replace(role=Role.MEASURE, meaning=first.context, sure=Sure.KNOWN, key=key)
            for place in places:
                lines[place] = lines[place]._replace(role=Role.PART)
            return True
    return False


def _ask(settled: Settled, context: str, places: list[int], book: CodeBook, answers: Answers) -> Settled:
    lines = settled.lines
    names = list(dict.fromkeys(lines[at].words for at in places))
    key = f"units:{context}:" + "|".join(folded(name) for name in names)[:120]
    answer, sure = answers.find(key) or ("", Sure.OPEN)
    for at in places:
        if answer == SUM:
            lines[at] = lines[at]._replace(role=Role.MEASURE, meaning=context, sure=sure)
        elif answer == EACH:
            lines[at] = lines[at]._replace(role=Role.MEASURE)
    label = book.measure(context).label
    shown = ", ".join(f"”{name}”" for name in names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    asked = Asked(
        key=key, kind=AskedKind.SAME, words=f"{shown} står under {label}. Är det enheter som ska läggas ihop?",
        place=place_name(lines[places[0]].block.sheet, lines[places[0]].series.row),
        group=key, answer=answer, sure=sure,
    )  # fmt: skip
    options = (
        Option(SUM, f"Lägg ihop till {label}"),
        Option(EACH, "Nej, välj mått för var och en"),
        Option(LEAVE, "Ta inte med"),
    )
    added = settled.added | {lines[at].key for at in places} if answer == SUM else settled.added
    return Settled(lines, [*settled.asked, asked], {**settled.options, key: options}, added)


def settle_same(taken: dict[str, list[Line]], book: CodeBook, answers: Answers) -> Settled:
    """``taken``: by what they mean, lines that have a number in the same period. Those left are to be added."""
    by_labels: dict[tuple[str, ...], list[str]] = {}
    for meaning, lines in taken.items():
        by_labels.setdefault(tuple(_labels(lines)), []).append(meaning)
    settled = Settled([], [], {}, frozenset())
    for labels, meanings in by_labels.items():
        first = taken[meanings[0]]
        by_place = list(labels) == [_place(line) for line in first]
        key = (HERE if by_place else "same:") + "|".join(folded(label) for label in labels)[:120]
        answer, sure = answers.find(key) or ("", Sure.OPEN)
        keep = [at for at, label in enumerate(labels) if answer in (SUM, f"{ONLY}{label}")]
        settled.lines.extend(taken[meaning][at] for meaning in meanings for at in keep)
        names = ", ".join(dict.fromkeys(book.measure(each.partition("/")[0]).label for each in meanings))
        shown = ", ".join(f"”{label}”" for label in labels[:_SHOWN]) + (" …" if len(labels) > _SHOWN else "")
        settled.asked.append(
            Asked(
                key=key,
                kind=AskedKind.SAME,
                words=f"{names} står flera gånger för samma period: {shown}.",
                group=key,
                answer=answer,
                sure=sure,
            )
        )
        settled.options[key] = (
            Option(SUM, "Lägg ihop dem"), *(Option(f"{ONLY}{label}", f"Ta bara med ”{label}”") for label in labels)
        )  # fmt: skip
    return settled


def _place(line: Line) -> str:
    return place_name(line.block.sheet, line.series.row, line.series.column)


def _labels(lines: Iterable[Line]) -> list[str]:
    """What tells the lines apart: sheet, heading, outer word, title, or at last the place."""
    told = [
        (
            line.block.sheet, line.series.heading, line.series.words[0] if line.series.words else "", line.words,
            next(iter(line.block.titles), ""), _place(line),
        )
        for line in lines
    ]  # fmt: skip
    for column in zip(*told, strict=True):
        if len(set(column)) == len(told) and all(column):
            return list(column)
    return [each[-1] for each in told]
