"""What every fuzz target promises of whatever it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.messages import verdict_of


class Target(NamedTuple):
    """``seeds``: right inputs to begin with."""

    seeds: tuple[bytes, ...]
    run: Callable[[bytes], None]


def told(refusal: Refusal) -> None:
    """Whatever is refused is told with a code, a word and a sentence."""
    verdict = verdict_of(refusal)
    assert verdict.code
    assert verdict.word
    plain(verdict.message)


def plain(sentence: str) -> None:
    """Nobody has smuggled anything into it."""
    assert 0 < len(sentence) < 600, sentence
    assert sentence.isprintable(), sentence
