"""How fast the quality rules are on what a municipality has after four years: they are tried after every number typed.

Run with ``dev.py bench``; no time is asserted.
"""

from __future__ import annotations

from typing import Protocol

import pytest

from fardplan_desktop.analysis.rules import evaluate
from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.figures import RuleResult
from fardplan_desktop.domain.periods import parse_period
from fardplan_desktop.domain.records import Count

pytestmark = pytest.mark.bench


class Benchmark(Protocol):
    """What we use of pytest-benchmark's fixture, which has no types."""

    def __call__(self, target: object, *arguments: object) -> tuple[RuleResult, ...]: ...


def _four_years(book: CodeBook) -> list[Count]:
    """Every measure and every value of its breakdowns, month by month."""
    months = [parse_period("2023-01").shifted(step) for step in range(44)]
    counts = [
        Count(measure=each.id, period=month.id, n=10 + month.number) for each in book.measures for month in months
    ]
    counts += [
        Count(measure=each.id, period=month.id, breakdown=breakdown, value=code.id, n=1)
        for each in book.measures
        for breakdown in each.breakdowns
        for code in book.list(breakdown).codes
        for month in months
    ]
    return counts


def test_every_rule_on_four_years_of_counts(benchmark: Benchmark) -> None:
    book = shipped_codebook()
    counts = _four_years(book)
    results = benchmark(evaluate, book, parse_period("2026-T2"), counts)
    assert len(counts) > 3000
    assert len(results) > 200
