"""Tables that go on from page to page, each under its heading and with its head row repeated."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from reportlab.platypus import Flowable

from fardplan_desktop.reports import typefaces as look
from fardplan_desktop.reports.cells import clamped
from fardplan_desktop.reports.tagged_flowables import Stack, TaggedParagraph
from fardplan_desktop.reports.tagged_table import TaggedTable

Row = Sequence[Flowable]
Size = tuple[float, float]


class Section(NamedTuple):
    """Rows of one table; ``words`` is its heading, empty when it has none."""

    words: str
    rows: Sequence[Row]
    table: Callable[[Sequence[Row]], TaggedTable]


def paged(top: list[Flowable], sections: Sequence[Section], foot: list[Flowable], size: Size) -> list[Stack]:
    """Pages of ``size`` points. Rows go on to the next page under their heading; a heading is never left alone."""
    pages, room = [top], size[1] - height(top, size)
    for section in sections:
        room = _add(pages, section, room, size)
    if height(foot, size) > room:
        pages.append([])
    pages[-1] += foot
    stacks = [Stack(page) for page in pages]
    for each in stacks:
        each.wrap(*size)
    return stacks


def height(parts: Sequence[Flowable], size: Size) -> float:
    """With the space above the first of them."""
    return Stack(parts).wrap(*size)[1] + (parts[0].getSpaceBefore() if parts else 0)


def _add(pages: list[list[Flowable]], section: Section, room: float, size: Size) -> float:
    """The room that is left on the last page."""
    head = height([section.table([])], size)
    heights = [height([section.table([each])], size) - head for each in section.rows]
    at, words = 0, section.words
    while at < len(section.rows):
        above = height([_heading(words, size), section.table([])], size) if words else head
        count = bisect_right(list(accumulate(heights[at:])), room - above)
        if not count:
            pages.append([])
            room = size[1]
            continue
        table = section.table(section.rows[at : at + count])
        pages[-1] += [_heading(words, size), table] if words else [table]
        room -= above + sum(heights[at : at + count])
        at, words = at + count, f"{section.words} (forts.)" if words else ""
    return room


def _heading(words: str, size: Size) -> TaggedParagraph:
    return clamped(words, look.HEADING, size[0], 1, "H2")
