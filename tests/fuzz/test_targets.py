"""The fuzzer's targets hold for the files they begin with, and would tell if they did not."""

from __future__ import annotations

import pytest

from fardplan_desktop.domain.errors import Refusal
from tests.fuzz.promises import told
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_right_files_and_rubbish_pass_a_target(name: str) -> None:
    target = TARGETS[name]()
    for data in (*target.seeds, b"", b"\0", b"\1\xff", b"\5" * 99):
        target.run(data)


@pytest.mark.parametrize("text", ["Ett namn\u202e", "Två\nrader", "x" * 600])
def test_a_sentence_that_something_was_smuggled_into_does_not_pass(text: str) -> None:
    with pytest.raises(AssertionError):
        told(Refusal("E99", text))
