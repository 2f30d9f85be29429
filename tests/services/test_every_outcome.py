"""The worst of folders: 25 good packages among one file for every code that says no, judged and read in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from fardplan_desktop.domain.verdicts import Verdict
from fardplan_desktop.services import intake
from fardplan_desktop.services.intake import FileResult
from fardplan_desktop.services.workplace import Workplace
from tests import wrong_packages

WORDS: Final = {
    "Redan inläst": {"E18-REPLAY"},
    "Äldre än den ni har": {"E18-ROLLBACK", "E10-ROTATED"},
    "Okänd avsändare": {"E10-UNKNOWNKEY", "E10-REVOKED", "E10-WEAKKEY"},
    "Sigillet stämmer inte": {"E09", "E11", "E11-SSHSIG", "E15", "E20"},
    "Annan version av mått och listor": {"E23-CODEBOOK"},
    "Ställd till någon annan": {"E16"},
    "Delar saknas": {"E07", "E19"},
    "Krock": {"E18-EQUIVOCATION", "E18-SUPERSEDES", "W01"},
    "Fel slags fil": {"E02-MAGIC", "E13-TYPE", "E13-NEWER", "E13-CRITICAL", "E13-KIND", "E17"},
}
"""Section 12 of the format; everything else is "Skadad fil"."""
NEVER_SAID: Final = ("signatur", "importera", "intrång", "klient", "motpart", "approvedAt")


class Folder(NamedTuple):
    """The office, the path of each wrong file by its code, and what was first said of every file."""

    own: Workplace
    path: Path
    wrong: dict[str, Path]
    judged: dict[Path, FileResult]

    def verdict(self, code: str) -> Verdict:
        return self.judged[self.wrong[code]].verdict


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    path = tmp_path_factory.mktemp("post") / "inkorg"
    own = wrong_packages.office(path.with_name("kontor.fardplan"), path)
    wrong = wrong_packages.fill(path, own)
    judged = intake.judge(own, paths=[path])
    yield Folder(own, path, wrong, {each.path: each for each in judged.results})
    own.store.close()


def test_each_file_says_its_own_code_and_the_word_that_the_format_gives_it(folder: Folder) -> None:
    assert len(folder.wrong) >= 35
    assert {code: folder.verdict(code).code for code in folder.wrong} == {code: code for code in folder.wrong}
    word_of = {code: word for word, codes in WORDS.items() for code in codes}
    for code in folder.wrong:
        assert folder.verdict(code).word == word_of.get(code, "Skadad fil"), code


def test_each_has_a_sentence_with_what_to_do_and_one_verb_in_the_users_own_words(folder: Folder) -> None:
    for code in folder.wrong:
        verdict = folder.verdict(code)
        assert verdict.message.endswith("."), code
        assert verdict.message.count(".") >= 2, f"{code} says what to do"
        assert verdict.verb, code
        assert not [word for word in NEVER_SAID if word in verdict.message], code


def test_the_rest_is_good_and_the_card_is_no_file_to_answer_for(folder: Folder) -> None:
    good = [each for path, each in folder.judged.items() if path not in folder.wrong.values()]
    assert Counter(each.verdict.code for each in good) == {"OK": wrong_packages.GOOD}
    assert intake.judge(folder.own, paths=[folder.path]).cards == (folder.path / "kort.zip",)


def test_reading_in_takes_the_good_and_nothing_else_and_the_second_time_nothing(folder: Folder) -> None:
    before = len(intake.recent(folder.own))
    first = intake.receive(folder.own, paths=[folder.path])
    assert sum(each.stored for each in first) == wrong_packages.GOOD
    assert len(intake.recent(folder.own)) == before + wrong_packages.GOOD
    again = Counter(each.verdict.code for each in intake.receive(folder.own, paths=[folder.path]))
    assert again["OK"] == 0
    assert again["E18-REPLAY"] == wrong_packages.GOOD + 1
    assert folder.own.store.check() is None
