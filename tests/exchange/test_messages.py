"""What the user reads about a refused package: calm Swedish, in the words of the collaboration."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.exchange import messages
from fardplan_desktop.exchange.messages import refuse, verdict_of

EXCHANGE = Path(messages.__file__).parent
USED = sorted(
    set(re.findall(r'"(E\d\d(?:-[A-Z]+)?)"', "".join(path.read_text("utf-8") for path in EXCHANGE.glob("*.py"))))
)
WORDS = {
    "Redan inläst", "Äldre än den ni har", "Okänd avsändare", "Sigillet stämmer inte",
    "Annan version av mått och listor",
    "Ställd till någon annan", "Delar saknas", "Krock", "Fel slags fil", "Skadad fil", "Krypterad",
}  # fmt: skip
FACTS = defaultdict(
    str,
    sender="Melleruds kommun", name="data/antal.jsonl", field="period", size="40 MB", limit="32 MB", version="2",
    own="1",
    audience="SIMBA", day="2026-09-12", sequence="3", have="4", period="2026-T2", row="3", file="antal.jsonl",
    fault="fel", member="Orusts kommun", kind="en kvittens", reason="Skäl.",
)  # fmt: skip


def verdict(code: str) -> Verdict:
    return verdict_of(refuse(code, "detail", **FACTS))


@pytest.mark.parametrize("code", USED)
def test_every_code_has_a_word_a_sentence_and_a_verb_in_the_agreed_words(code: str) -> None:
    found = verdict(code)
    assert (found.outcome, found.code, found.detail) == ("refused", code, "detail")
    assert found.word in WORDS
    assert found.verb
    assert found.message.endswith(".")
    assert "{" not in found.message
    assert not re.search(r"signatur|importera|nyckel|intrång|motpart|\*", found.message, re.IGNORECASE)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("E11", "Sigillet stämmer inte. Filen kan ha ändrats på vägen. Be avsändaren skicka den igen."),
        ("E15", "Avsändaren stämmer inte med sigillet. Läs inte in. Ring Melleruds kommun."),
        ("E18-REPLAY", "Redan inläst 2026-09-12. Inget behöver göras."),
        ("E21", "Rad 3 i antal.jsonl: fel. Felet finns hos avsändaren. Be om en ny fil."),
        ("E23-CODEBOOK", "Paketet följer mått och listor version 2, ni har 1. Läs in den nyare först."),
    ],
)
def test_the_sentences_read_as_written(code: str, message: str) -> None:
    assert verdict(code).message == message


def test_a_refusal_from_elsewhere_is_told_in_its_own_words() -> None:
    found = verdict_of(Refusal("E99", "Ett oväntat fel.", todo="Inget har lästs in."))
    assert (found.code, found.word, found.message) == ("E99", "Skadad fil", "Ett oväntat fel. Inget har lästs in.")


def test_braces_in_a_fact_are_shown_as_they_are() -> None:
    assert "{x}" in refuse("E06", name="{x}").sentence
