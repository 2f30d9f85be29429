"""seal: what stops it, and the approval that goes on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from tests.cli.conftest import Command
from tests.cli.running import Said

Seal = Callable[..., Said]


@pytest.fixture
def seal(command: Command, edet: Path, passphrase: Path, tmp_path: Path) -> Seal:
    def sealing(*more: object) -> Said:
        given = ("--period", "2026-T2", "--out", tmp_path / "ut", "--passphrase-file", passphrase)
        return command("seal", edet, *given, *more)

    return sealing


@pytest.fixture
def numbers(command: Command, edet: Path, table: Callable[[str], Path]) -> Callable[[str], None]:
    def entering(rows: str) -> None:
        assert command("add-table", edet, table(f"Mått;Period;Antal\n{rows}\n"), "--kind", "counts").code == 0

    return entering


def test_an_error_refuses_the_seal_and_nothing_is_written(
    seal: Seal, numbers: Callable[[str], None], tmp_path: Path
) -> None:
    numbers("SIP01;2026-05;7\nSIP02;2026-05;9")
    said = seal()
    assert (said.code, "9 tackade nej under maj 2026" in said.err) == (1, True)
    assert not (tmp_path / "ut").exists()


def test_warnings_do_not_refuse_and_who_approved_which_day_and_how_stand_in_the_history(
    seal: Seal, numbers: Callable[[str], None], command: Command, edet: Path
) -> None:
    numbers("SIP04;2026-05;3\nSIP03;2026-05;0")
    given = ("--approved-by", "Socialchef", "--approved-on", "2026-09-10", "--approved-through", "protokoll")
    said = seal("--json", *given)
    assert said.code == 0
    assert {"R-NOLL-SIP04", "R-OBLIGATORISK"} <= {each["rule"] for each in said.json["warnings"]}
    assert not any(each["comment"] for each in said.json["warnings"])
    newest = command("history", edet, "--json").json["entries"][0]
    assert newest["label"] == "Tertial 2 2026 godkänd av Socialchef den 10\u00a0september 2026 genom protokoll"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--approved-on", "2026-09-10"], "Godkännandet är halvt."),
        (["--approved-through", "möte"], "Godkännandet är halvt."),
        (["--approved-on", "2096-09-10", "--approved-through", "möte"], "ligger i framtiden"),
    ],
)
def test_half_an_approval_or_one_of_tomorrow_is_refused_before_the_seal(
    seal: Seal, tmp_path: Path, given: list[str], sentence: str
) -> None:
    said = seal(*given)
    assert (said.code, sentence in said.err) == (1, True)
    assert not (tmp_path / "ut").exists()


def test_the_page_for_the_one_who_approves_is_made_before_anything_is_sealed(
    command: Command, edet: Path, tmp_path: Path
) -> None:
    given = ("--kind", "approval", "--period", "2026-T2", "--as-of", "2026-09-14")
    assert command("report", edet, *given, "--out", tmp_path / "underlag.pdf").code == 0
    document = pypdfium2.PdfDocument((tmp_path / "underlag.pdf").read_bytes())
    text = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    document.close()
    assert "Underlag för godkännande Lilla Edets kommun" in text
    assert "Läget per 14 september 2026" in text.replace("\u00a0", " ")


def test_a_comment_answers_one_warning_or_all_of_its_rule(
    command: Command, edet: Path, numbers: Callable[[str], None]
) -> None:
    numbers("SIP04;2026-05;3\nSIP03;2026-05;0\nSIP04;2026-06;4\nSIP03;2026-06;0")
    given = ("comment", edet, "--period", "2026-T2", "--rule", "R-NOLL-SIP04")
    assert "2 varningar besvarade." in command(*given, "--text", "Spontana möten").out
    one = command(*given, "--subject", "SIP04/2026-06", "--text", "")
    assert "1 varning utan kommentar." in one.out
    problems = command("rules", edet, "--period", "2026-T2", "--json").json["problems"]
    said = {each["subject"]: each["comment"] for each in problems if each["rule"] == "R-NOLL-SIP04"}
    assert said == {"SIP04/2026-05": "Spontana möten", "SIP04/2026-06": None}
    nothing = command("comment", edet, "--period", "2026-T2", "--rule", "R-DEL-SIP02", "--text", "x")
    assert (nothing.code, "har ingen varning" in nothing.err) == (1, True)
