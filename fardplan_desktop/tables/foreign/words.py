"""From other people's words to the code book's ids: the same words are known, near words are only suggested."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final, NamedTuple

from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.tabular import TableKind
from fardplan_desktop.tables.columns import COLUMNS
from fardplan_desktop.tables.values import choices

_NUMBERED: Final = re.compile(
    r"^\(?(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[a-h]\)|[-–—•*·])\s*|^[0-9]{1,2}(?:\.[0-9]{1,2})+\s+"
)
_NOTED: Final = re.compile(r"[*¹²³]+$|\s[0-9]\)$")
_TOKEN: Final = re.compile(r"[0-9a-zåäöéü]+|\+|%")
_EMPTY: Final = frozenset({"antal", "antalet", "st", "varav", "stycken"})
_LIGHT: Final = frozenset({"sip", "med", "till", "och", "i", "av", "den", "som", "vid", "för", "på", "per", "från"})
_AGAINST: Final = frozenset({"ej", "inte", "utan", "inställda", "avbokade", "planerade", "uteblivna", "nekade"})
_ENDINGS: Final = re.compile(r"(?:erna|arna|orna|ande|ades|ats|ade|ad|at|en|et|ar|or|er|na|ts|a|e|n|s|t)$")
_NEAR: Final = 0.62
_AHEAD: Final = 0.08

Spoken = Mapping[str, Iterable[str]]


class Words(NamedTuple):
    """What ``resources/words.toml`` holds."""

    same: Mapping[str, str]
    measures: Spoken
    fields: Mapping[str, Spoken]
    codes: Mapping[str, Spoken]
    missing: frozenset[str]
    not_applicable: frozenset[str]
    never: frozenset[str]
    before: tuple[str, ...]


def load_words(text: bytes) -> Words:
    """The table as a value; a file of our own, so a fault in it is a bug and raises as such."""
    told = tomllib.loads(text.decode())
    return Words(
        same=told["same"],
        measures=told["measures"],
        fields=told["fields"],
        codes=told["codes"],
        missing=frozenset(told["amounts"]["missing"]),
        not_applicable=frozenset(told["amounts"]["not_applicable"]),
        never=frozenset(told["never"]["words"]),
        before=tuple(told["never"]["before"]),
    )


class Matcher:
    """Finds the id that a text means among some. ``exact`` is sure; ``near`` is a guess that must be confirmed."""

    def __init__(self, spoken: Mapping[str, Iterable[str]], same: Mapping[str, str]) -> None:
        longest = sorted(same.items(), key=lambda pair: -len(pair[0]))
        self._same = [(re.compile(rf"(?<![a-zåäö0-9]){re.escape(long)}(?![a-zåäö0-9])"), to) for long, to in longest]
        self._keys: dict[str, tuple[str, ...]] = {}
        self._near: dict[tuple[str, ...], str | None] = {}
        found: dict[tuple[str, ...], set[str]] = {}
        for id_, phrases in spoken.items():
            for phrase in phrases:
                key = self.key(phrase)
                if key:
                    found.setdefault(key, set()).add(id_)
        self._ids = {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}
        self._stems = [(frozenset(map(_stem, key)), id_) for key, id_ in self._ids.items()]

    def key(self, text: str) -> tuple[str, ...]:
        """The words that tell texts apart, in one order."""
        if text not in self._keys:
            self._keys[text] = self._key(text)
        return self._keys[text]

    def _key(self, text: str) -> tuple[str, ...]:
        plain = " ".join(text.casefold().split())
        plain = _NOTED.sub("", _NUMBERED.sub("", plain)).strip(" :.")
        for long, short in self._same:
            plain = long.sub(short, plain)
        return tuple(sorted(token for token in _TOKEN.findall(plain) if token not in _EMPTY))

    def exact(self, text: str) -> str | None:
        return self._ids.get(self.key(text))

    def near(self, text: str) -> str | None:
        """The id whose words resemble the text's most, if no other is nearly as close."""
        tokens = self.key(text)
        if tokens not in self._near:
            self._near[tokens] = self._nearest(tokens) if tokens else None
        return self._near[tokens]

    def _nearest(self, tokens: tuple[str, ...]) -> str | None:
        stems = frozenset(map(_stem, tokens))
        best: dict[str, float] = {}
        for phrase, id_ in self._stems:
            score = _likeness(stems, phrase)
            best[id_] = max(score, best.get(id_, 0.0))
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] < _NEAR or _AGAINST & set(tokens):
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _AHEAD else None


class Lexicon:
    """Every matcher there is use for, made when it is first asked for."""

    def __init__(self, book: CodeBook, words: Words) -> None:
        self.book, self.words = book, words
        self._lists: dict[str, Matcher] = {}

    @cached_property
    def measures(self) -> Matcher:
        spoken = {
            each.id: (each.id, each.label, each.short, f"{each.id} {each.label}", *self.words.measures.get(each.id, ()))
            for each in self.book.measures
            if self.book.offered(each)
        }
        return Matcher(spoken, self.words.same)

    @cached_property
    def derived(self) -> Matcher:
        return Matcher({each.id: (each.label,) for each in self.book.derived}, self.words.same)

    def codes(self, list_id: str) -> Matcher:
        """Of a code list, or of what columns call methods, preconditions, areas and joint."""
        if list_id not in self._lists:
            spoken: dict[str, list[str]] = {}
            for spelling, id_ in choices(self.book, list_id).ids.items():
                spoken.setdefault(id_, []).append(spelling)
            for id_, phrases in self.words.codes.get(list_id, {}).items():
                spoken.setdefault(id_, []).extend(phrases)
            self._lists[list_id] = Matcher(spoken, self.words.same)
        return self._lists[list_id]

    def fields(self, kind: TableKind) -> Matcher:
        more = self.words.fields.get(kind.value, {})
        spoken = {
            column.field: (column.heading, *column.older, *more.get(column.field, ())) for column in COLUMNS[kind]
        }
        return Matcher(spoken, self.words.same)

    def is_worked_out(self, text: str) -> bool:
        """Shares, means and the like: reckoned from other numbers and never taken in."""
        tokens = set(_TOKEN.findall(text.casefold()))
        return bool(tokens & self.words.never) or self.derived.exact(text) is not None

    def is_before(self, text: str) -> bool:
        """Whether a heading speaks of an earlier year without naming it."""
        plain = text.casefold()
        return any(word in plain for word in self.words.before)


def _stem(token: str) -> str:
    return _ENDINGS.sub("", token) if len(token) > 4 else token


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0–1: the share of both texts' words that they have in common, where small words weigh little."""
    common = sum(_weight(stem) for stem in one & other)
    for stem in one - other:
        if any(len(stem) > 4 and SequenceMatcher(None, stem, each).ratio() > 0.84 for each in other - one):
            common += 0.9 * _weight(stem)
    whole = sum(map(_weight, one)) + sum(map(_weight, other))
    score = 2 * common / whole if whole else 0.0
    heavy = any(stem not in _LIGHT for stem in one & other)
    if other <= one and heavy and len(other) > 1:
        score = max(score, 0.7)
    return score if heavy or common > 1.5 else 0.0


def _weight(stem: str) -> float:
    return 0.4 if stem in _LIGHT else 1.0
