"""Canonical or rejected, with rfc8785 as the judge of what is canonical."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.canonical import Json, canonical
from fardplan_desktop.exchange.jsonmodel import depth, read_canonical

KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_our_one_spelling_is_that_of_rfc8785_and_reads_back(value: Json) -> None:
    data = canonical(value)
    assert data == rfc8785.dumps(value)
    assert read_canonical(data, 100) == value


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b" 1", b"1 ", b"1.0", b"1e2", b"-0", b"01", b"NaN", b"Infinity", b"9007199254740992",
        b"-9007199254740992", b"9" * 5000, b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a": 1}', b'"\\u00e5"', b'"\\/"',
        b'"\\ud800"', b'"\xff"', b"\xef\xbb\xbf1", b'{"\xc3\xa5":1}', b'"\n"', b"[[[[[[[[[1]]]]]]]]]", b"[" * 100_000,
        b'"' + b'\\"' * 100_000,
    ],
)  # fmt: skip
def test_every_other_spelling_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_canonical(data, 8)


def test_brackets_inside_strings_are_not_depth() -> None:
    assert depth(b'{"a":"[[[[","b":["\\"["]}') == 2
