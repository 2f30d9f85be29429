"""The problems under the grid: which are listed, and each with the verb that mends it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fardplan_desktop.domain.codebook import CodeBook, RuleKind
from fardplan_desktop.domain.figures import Problem
from fardplan_desktop.services.count_grid import CountGrid
from fardplan_desktop.ui.parts.problem_list import Problem as ShownProblem
from fardplan_desktop.ui.parts.problem_list import Weight

_Act = Callable[[Problem], object]


def shown(problem: Problem, *, locked: bool, go: _Act, answer: _Act) -> ShownProblem:
    """An error leads to its cell (``go``), a warning to where it is answered; in a sealed period all are only shown."""
    text, key = problem.result.text, problem.result.comment_id
    if problem.blocks or locked:
        weight: Weight = "fix" if problem.blocks else "note"
        return ShownProblem(weight, text, "Visa rutan", partial(go, problem), key)
    if problem.comment:
        said = f"{text} Kommentar: {problem.comment}"
        return ShownProblem("note", said, "Ändra kommentar", partial(answer, problem), key)
    return ShownProblem("comment", text, "Skriv kommentar", partial(answer, problem), key)


def awaited(book: CodeBook, grid: CountGrid, problem: Problem) -> bool:
    """A number that is asked for and not yet entered shows as an empty cell, not as a problem."""
    row = grid.row(problem.result.subject.partition("/")[0])
    obligatory = book.rule(problem.result.rule).kind is RuleKind.OBLIGATORY
    return obligatory and row is not None and any(cell.to_fill for cell in row.cells)
