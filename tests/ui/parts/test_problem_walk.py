"""Ctrl+. from problem to problem while they are mended, answered and found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from fardplan_desktop.ui.parts.problem_list import Problem, ProblemWalk


def _walking(*names: str) -> tuple[list[str], ProblemWalk, Callable[..., None]]:
    went: list[str] = []
    walk = ProblemWalk()

    def show(*shown: str, notes: Sequence[str] = ()) -> None:
        known = [
            Problem("note" if name in notes else "fix", name, "Visa", partial(went.append, name)) for name in shown
        ]
        walk.show_problems(known)

    show(*names)
    return went, walk, show


def test_the_walk_goes_on_from_where_it_stood_when_problems_come_and_go() -> None:
    went, walk, show = _walking("a", "b", "c", "d")
    walk.step(1)
    walk.step(1)
    show("a", "c", "d")
    walk.step(1)
    assert went == ["a", "b", "c"], "b is mended, and c has moved into its place"
    show("ny", "a", "c", "d")
    walk.step(1)
    assert went[-1] == "d"
    show("ny", "a", "c")
    walk.step(1)
    assert went[-1] == "ny", "after the last comes the first"
    show("a", "c")
    walk.step(-1)
    assert went[-1] == "c"


def test_the_walk_begins_at_either_end_or_where_one_has_gone_by_hand() -> None:
    went, walk, show = _walking("a", "b", "c")
    walk.step(-1)
    assert went == ["c"]
    walk.stand_at("a")
    walk.step(1)
    assert went == ["c", "b"]
    show()
    assert not walk.step(1)


def test_what_is_answered_is_passed_over_while_something_is_left() -> None:
    went, walk, show = _walking()
    show("a", "b", "c", notes=["b"])
    for _ in range(3):
        walk.step(1)
    show("b", notes=["b"])
    walk.step(1)
    assert went == ["a", "c", "a", "b"]
