"""Whether the sums that stand in a sheet are the sums of what is taken from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fardplan_desktop.domain.periods import Period
from fardplan_desktop.tables.foreign.lines import Line, Role
from fardplan_desktop.tables.foreign.series import Spot
from fardplan_desktop.tables.foreign.totals import Number, Sum, column_difference, line_differences
from fardplan_desktop.tables.foreign.words import Lexicon

_COUNTED = (Role.MEASURE, Role.UNIT, Role.PART)


def differences(
    lines: list[Line],
    lexicon: Lexicon,
    period: Callable[[Line, Spot], Period | None],
    number: Callable[[Line, Spot], Number],
) -> Iterator[str]:
    """A sentence for each sum, across or down, that is not what its parts come to."""
    for line in lines:
        measure = lexicon.book.measures_by_id.get(line.measure)
        if line.role is not Role.MEASURE or measure is None:
            continue
        cells: list[tuple[Period, Number] | Sum] = []
        for spot in line.series.spots:
            when = period(line, spot)
            if spot.total:
                cells.append(Sum(number(line, spot), when))
            elif when is not None:
                cells.append((when, number(line, spot)))
        yield from line_differences(f"”{line.words}”", cells, measure.over_time)
    for at, line in enumerate(lines):
        if line.role is Role.TOTAL and not line.year and not any(map(lexicon.is_before, line.series.words)):
            above = [each for each in lines[:at] if each.block is line.block]
            found = _row_difference(line, above, lexicon, number)
            if found:
                yield found


def _row_difference(total: Line, above: list[Line], lexicon: Lexicon, number: Callable[[Line, Spot], Number]) -> str:
    """A line of sums should sum up the lines since the last sum, or all of them, or the wholes, or the last's parts."""
    last = max((place for place, line in enumerate(above) if line.role is Role.TOTAL), default=-1)
    counted = [line for line in above if line.role in _COUNTED]
    recent = [line for line in above[last + 1 :] if line.role in _COUNTED]
    wholes = [line for line in counted if "/" not in line.meaning and not _is_part(line, lexicon)]
    whole = next((place for place in range(len(recent) - 1, -1, -1) if "/" not in recent[place].meaning), -1)

    def numbers(line: Line) -> list[Number]:
        return [number(line, spot) for spot in line.series.spots if not spot.total]

    groups = (recent, counted, wholes, recent[whole + 1 :])
    return column_difference(total.words, numbers(total), [[numbers(line) for line in group] for group in groups])


def _is_part(line: Line, lexicon: Lexicon) -> bool:
    measure = lexicon.book.measures_by_id.get(line.measure)
    return measure is not None and measure.part_of is not None
