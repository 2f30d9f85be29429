"""Asks the store for the list and its numbers, off the GUI thread: only what was asked last is answered."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from fardplan_desktop.domain.errors import WorldError
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.domain.progress import Work
from fardplan_desktop.services import deviation_list
from fardplan_desktop.services.deviation_list import LISTS, Glance, Order, Tally, Wanted
from fardplan_desktop.services.workplace import Workplace
from fardplan_desktop.ui.jobs.latest import Latest
from fardplan_desktop.ui.jobs.runner import Jobs


class Asking(QObject):
    """``listed`` tells the rows in order and their ``Tally``, ``counted`` the numbers of the filters a little later.

    ``glanced`` tells the period and the whole: what the head of the page says.
    """

    listed = Signal(object, object)
    counted = Signal(object)
    glanced = Signal(object, object)

    def __init__(
        self, workplace: Workplace, jobs: Jobs, failed: Callable[[WorldError], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._lists, self._counts, self._glances = (Latest(jobs, failed) for _ in range(3))

    def ask(self, wanted: Wanted, order: Order) -> None:
        """The list first; the numbers of the filters when it is there."""

        def read(_work: Work) -> tuple[array[int], Tally]:
            rows = deviation_list.rows_in_order(self._workplace, wanted=wanted, order=order)
            return rows, deviation_list.tally(self._workplace, wanted=wanted)

        def done(found: tuple[array[int], Tally]) -> None:
            self.listed.emit(*found)
            self._count(wanted)

        self._lists.ask(read, done)

    def glance(self, period: Period) -> None:
        """The period at a glance, and how many there are in all."""

        def read(_work: Work) -> tuple[Glance, Tally]:
            glance = deviation_list.glance(self._workplace, period=period)
            return glance, deviation_list.tally(self._workplace, wanted=Wanted())

        self._glances.ask(read, lambda found: self.glanced.emit(*found))

    def _count(self, wanted: Wanted) -> None:
        def read(work: Work) -> dict[str, dict[str, int]]:
            found = {}
            for field in LISTS:
                work.check()
                found[field] = deviation_list.counts(self._workplace, wanted=wanted, field=field)
            return found

        self._counts.ask(read, self.counted.emit)
