"""What is seen is what is there: nothing in a text from outside is invisible, and nothing turns the reading round."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.analysis.visible import steers, unsteered, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("faktura\u202excod.exe", "faktura\ufffdxcod.exe"),
        ("två\nrader\u2028tre", "två\ufffdrader\ufffdtre"),
        ("inget\u200bmellan", "inget\ufffdmellan"),
        ("in\udcffget namn", "in\ufffdget namn"),
        ("Åtgärd – 3 % ✓", "Åtgärd – 3 % ✓"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_a_box(text: str, seen: str) -> None:
    assert visible(text) == seen


@given(st.text())
def test_exactly_the_controls_of_direction_steer(text: str) -> None:
    controls = {"ALM", "LRM", "RLM", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    assert steers(text) == any(
        unicodedata.bidirectional(letter) in controls or letter in "\u200e\u200f\u061c" for letter in text
    )


@given(st.text(alphabet=st.sampled_from("aå\u061c\u200d\u200e\u202a\u202e\u2066\u2069\u2070–🙂")))
def test_an_encoded_text_keeps_its_length_and_steers_no_more(text: str) -> None:
    plain = unsteered(text.encode()).decode()
    assert len(plain) == len(text)
    assert not steers(plain)
    assert all(a == b or steers(a) for a, b in zip(text, plain, strict=True))
