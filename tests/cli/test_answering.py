"""The commands about deliveries: an office answers, the sender reads the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import levels
from tests.cli.conftest import Command
from tests.services.steps import PASSPHRASE


class Two:
    """Lilla Edet and its delregion, each knowing the other's seal."""

    def __init__(self, folder: Path, command: Command) -> None:
        self.folder, self._command = folder, command
        self.edet, self.office = folder / "1462.fardplan", folder / "fyrbodal.fardplan"
        self.phrase = folder / "fras.txt"
        self.phrase.write_text(PASSPHRASE, encoding="utf-8")
        edet, office = levels.workplace(folder, "1462"), levels.workplace(folder, "fyrbodal")
        levels.acquaint(folder, edet, office)
        self.package = levels.hand_in(edet, folder / "ut", {"SIP08": 4}).file
        edet.store.close()
        office.store.close()

    def receive(self, store: Path, file: object) -> int:
        return self._command("receive", store, file, "--passphrase-file", self.phrase).code

    def sealing(self, folder: str) -> tuple[object, ...]:
        return ("--out", self.folder / folder, "--passphrase-file", self.phrase)


@pytest.fixture
def two(tmp_path: Path, command: Command) -> Two:
    return Two(tmp_path, command)


def test_a_receipt_goes_from_the_office_to_the_sender(two: Two, command: Command) -> None:
    assert command("receipts", two.edet).out == "2026-T2, nummer 1: Kvittens väntas\n"
    assert two.receive(two.office, two.package) == 0
    assert "Lilla Edets kommun:\n  Tertial 2 2026, paket nummer 1: Ny" in command("receipts", two.office).out
    (made,) = command("receipts", two.office, *two.sealing("Kvittenser"), "--json").json["receipts"]
    assert two.receive(two.edet, made["file"]) == 0
    said = command("receipts", two.edet)
    assert (said.code, "2026-T2, nummer 1: Mottaget av Vårdsamverkan Fyrbodal" in said.out) == (0, True)
    assert command("receipts", two.office).out == "Inga väntar.\n"


def test_a_receipt_is_not_sealed_without_a_passphrase(two: Two, command: Command) -> None:
    said = command("receipts", two.office, "--out", two.folder)
    assert (said.code, said.err) == (1, "Lösenfrasen saknas. Ange filen med --passphrase-file.\n")


def test_feedback_is_shown_before_it_is_sealed_and_read_where_it_comes(two: Two, command: Command) -> None:
    two.receive(two.office, two.package)
    period = ("--period", "2026-T2")
    shown = command("feedback", two.office, *period, "--to", "1462", "--comment", "Tack för ett helt underlag.")
    assert "Lilla Edets kommun\n  Upprättade SIP: 4 · .. · .. · 1\u00a0av\u00a015\n" in shown.out
    assert command("feedback", two.edet, *period).code == 1
    assert command("feedback", two.office, *period, *two.sealing("ner")).code == 0
    (file,) = (two.folder / "ner").glob("aterkoppling_1462_*.age")
    assert two.receive(two.edet, file) == 0
    assert "Tack för ett helt underlag." in command("feedback", two.edet, *period).out
    lines = command("feedback", two.edet, *period, "--json").json["lines"]
    assert {"label": "Upprättade SIP", "own": "4", "total": ".."}.items() <= lines[0].items()


def test_a_question_goes_down_and_its_answer_up(two: Two, command: Command) -> None:
    two.receive(two.office, two.package)
    about = ("--of", "1462", "--period", "2026-T2", "--about", "antal/SIP08/2026-05", "--shown", "4")
    assert command("question", two.office, *about, "--text", "Stämmer det?").code == 0
    assert command("questions", two.office, *two.sealing("ner")).code == 0
    (file,) = (two.folder / "ner").glob("fraga_1462_*.age")
    assert two.receive(two.edet, file) == 0
    (asked,) = command("questions", two.edet, "--json").json["questions"]
    assert (asked["state"], asked["text"]) == ("open", "Stämmer det?")
    assert command("answer", two.edet, "--id", asked["id"], "--text", "Ja, det stämmer.").code == 0
    assert command("questions", two.edet, *two.sealing("upp")).code == 0
    (file,) = (two.folder / "upp").glob("svar_fyrbodal_*.age")
    assert two.receive(two.office, file) == 0
    said = command("questions", two.office).out
    assert "Lilla Edets kommun, Upprättade SIP, maj 2026: Stämmer det?" in said
    assert "besvarad samma dag. Svar: Ja, det stämmer." in said
    assert command("questions", two.office, "--close", asked["id"], "--json").json["questions"][0]["state"] == "closed"
