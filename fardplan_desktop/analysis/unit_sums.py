"""A municipality's count as the sum of what its units say; a missing unit is never 0, and nothing is extrapolated."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fardplan_desktop.domain.records import CountState, UnitCount


class UnitSum(msgspec.Struct, frozen=True):
    """What the units come to together: ``reported`` of the ``of`` units that it applies to have a number."""

    state: CountState
    n: int | None
    reported: int
    of: int

    @property
    def partial(self) -> bool:
        """There is a number, but not from every unit."""
        return 0 < self.reported < self.of


def add_units(said: Sequence[UnitCount], expected: int) -> UnitSum | None:
    """The sum of one cell, with one count a unit; ``expected`` units were asked, those in ``said`` among them.

    *Ej aktuellt* leaves the denominator and one estimate makes the sum estimated. Without any number it is *saknas* or
    *ej aktuellt* only when every unit has said so; None while somebody has yet to answer.
    """
    numbers = [each.n for each in said if each.n is not None]
    of = expected - sum(each.state is CountState.NOT_APPLICABLE for each in said)
    if numbers:
        estimated = any(each.state is CountState.ESTIMATED for each in said)
        return UnitSum(CountState.ESTIMATED if estimated else CountState.REPORTED, sum(numbers), len(numbers), of)
    if not said or len(said) < expected:
        return None
    return UnitSum(CountState.MISSING if of else CountState.NOT_APPLICABLE, None, 0, of)
