"""Asks the store for the list and its numbers, off the GUI thread: only what was asked last is answered."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.domain.records import Deviation
from fardplan_desktop.services import deviation_list
from fardplan_desktop.services.deviation_list import LISTS, Glance, Order, Tally, Wanted
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.jobs.latest import Latest
from fardplan_desktop.ui.jobs.runner import Jobs

IN_SIGHT: Final = 64
"""Rows that are read with the list, so that showing it asks for nothing more."""


class Asking(QObject):
    """``listed`` tells the rows in order, what the first of them in sight hold, and the ``Tally`` of all.

    ``counted`` tells a filter and its numbers, one filter after the other: between them the window can read what it
    draws. ``glanced`` tells the period and the whole: what the head of the page says.
    """

    listed = Signal(object, object, object)
    counted = Signal(str, object)
    glanced = Signal(object, object)

    def __init__(
        self, workplace: Workplace, jobs: Jobs, failed: Callable[[WorldError], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._wanted = Wanted()
        self._lists, self._counts, self._glances = (Latest(jobs, failed) for _ in range(3))

    def ask(self, wanted: Wanted, order: Order, *, first: int = 0) -> None:
        """``first`` is the row that will be the first in sight."""
        self._wanted = wanted

        def read(work: Work) -> tuple[array[int], dict[int, Deviation], Tally]:
            rows = deviation_list.rows_in_order(self._workplace, wanted=wanted, order=order)
            work.check()
            seen = deviation_list.read(self._workplace, rows=rows[first : first + IN_SIGHT])
            return rows, seen, deviation_list.tally(self._workplace, wanted=wanted)

        self._lists.ask(read, lambda found: self.listed.emit(*found))

    def count(self, wanted: Wanted, fields: Sequence[str] = tuple(LISTS)) -> None:
        """How many each code of these fields would leave, until something else is asked for."""
        if not fields or wanted != self._wanted:
            return

        def done(found: dict[str, int]) -> None:
            self.counted.emit(fields[0], found)
            self.count(wanted, fields[1:])

        self._counts.ask(
            lambda _work: deviation_list.counts(self._workplace, wanted=wanted, field=fields[0]),
            done,
        )

    def glance(self, period: Period) -> None:
        """The period at a glance, and how many there are in all."""

        def read(_work: Work) -> tuple[Glance, Tally]:
            glance = deviation_list.glance(self._workplace, period=period)
            return glance, deviation_list.tally(self._workplace, wanted=Wanted())

        self._glances.ask(read, lambda found: self.glanced.emit(*found))
