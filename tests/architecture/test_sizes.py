"""The caps that keep every file something one can read in one sitting."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES_A_FILE, LINES_A_CLASS, LINES_A_FUNCTION = 400, 250, 60
LINES_A_FUNCTION_P95 = 30
MEANINGLESS_NAMES = {"utils", "misc", "common", "helpers", "manager"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files() -> list[Path]:
    parts = (ROOT / "fardplan_desktop", ROOT / "tests", ROOT / ".ci")
    return [ROOT / "dev.py", *(path for part in parts for path in sorted(part.rglob("*.py")))]


@cache
def definitions(path: Path) -> tuple[Function | ast.ClassDef, ...]:
    """Every function and class; a file is parsed once for all that is asked of it."""
    return tuple(node for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, Function | ast.ClassDef))


def lengths(path: Path, *kinds: type[ast.AST]) -> Iterator[tuple[str, int]]:
    """Place and number of lines of each definition of these kinds; a table in a decorator is data and not counted."""
    for node in definitions(path):
        if isinstance(node, kinds):
            last = node.end_lineno or node.lineno
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", last - node.lineno + 1


def over(cap: int, *kinds: type[ast.AST]) -> dict[str, int]:
    return {name: lines for path in python_files() for name, lines in lengths(path, *kinds) if lines > cap}


def test_no_file_is_longer_than_400_lines() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_bytes().splitlines()) for path in python_files()}
    assert {name: count for name, count in lines.items() if count > LINES_A_FILE} == {}


def test_no_class_is_longer_than_250_lines() -> None:
    assert over(LINES_A_CLASS, ast.ClassDef) == {}


def test_no_function_is_longer_than_60_lines() -> None:
    assert over(LINES_A_FUNCTION, ast.FunctionDef, ast.AsyncFunctionDef) == {}


def test_nineteen_functions_of_twenty_in_the_program_have_at_most_30_lines() -> None:
    program = (ROOT / "fardplan_desktop").rglob("*.py")
    counts = sorted(lines for path in program for _, lines in lengths(path, ast.FunctionDef, ast.AsyncFunctionDef))
    assert counts[int(len(counts) * 0.95)] <= LINES_A_FUNCTION_P95


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [path for path in python_files() if path.stem in MEANINGLESS_NAMES or path.parent.name in MEANINGLESS_NAMES]
    assert named == []
