"""What a total rests on, in words: the same beside it on screen, in a panel, in a command and on paper."""

from __future__ import annotations

from fardplan_desktop.analysis import numbers_sv
from fardplan_desktop.domain.figures import Figure, Rolled, Share

MUNICIPALITIES = "kommuner"


def figure_basis(figure: Figure) -> str:
    """``14 av 15 kommuner, 3 av 4 månader``; those that are in a delregion's total only are told of."""
    parts = [numbers_sv.of(figure.reported, figure.of, MUNICIPALITIES), *_only_totals(figure.unchecked)]
    if lacks_months(figure):
        parts.append(numbers_sv.of(figure.parts, figure.parts_of, "månader"))
    return ", ".join(parts)


def lacks_months(figure: Figure) -> bool:
    return figure.value is not None and figure.parts < figure.parts_of


def share_basis(share: Share) -> str:
    """The two whole numbers behind a share and how many gave both, or why there is none."""
    if share.ratio is None:
        return share.reason or numbers_sv.MISSING
    num, den = numbers_sv.number(share.num or 0), numbers_sv.number(share.den or 0)
    parts = [f"{num} av {den}", numbers_sv.of(share.reported, share.of, MUNICIPALITIES)]
    return ", ".join([*parts, *_only_totals(share.unchecked)])


def _only_totals(number: int) -> list[str]:
    return [f"varav {number} endast i summor"] if number else []


def part_note(rolled: Rolled) -> str:
    """``3 av 4 mån`` when a member's own value lacks months; empty when it does not."""
    partial = rolled.value is not None and rolled.parts < rolled.parts_of
    return f"{rolled.parts} av {rolled.parts_of} mån" if partial else ""
