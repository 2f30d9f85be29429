"""Drafts to function mailboxes: one for each, told from the receiver's side of the letter, never sent from here."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import msgspec
import pytest

from fardplan_desktop.domain.codebook import Mailbox
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.domain.figures import DeliveryFact
from fardplan_desktop.domain.levels import Organisation
from fardplan_desktop.domain.periods import Period
from fardplan_desktop.services import coverage_list, drafts, mailboxes, refusals, sender_letters
from fardplan_desktop.services.workplace import Workplace
from tests.services.conftest import Make

ORUST = "orust@mail.example"


def orust(office: Workplace) -> Organisation:
    return office.codebook.organisation("1421")


def refused(code: str, message: str = "Be avsändaren skicka den igen.") -> DeliveryFact:
    return DeliveryFact(
        organisation="1421", period="2026-T2", sequence=1, received=date(2026, 9, 21), accepted=False, code=code,
        message=message, file_name="orust.zip",
    )  # fmt: skip


def test_no_address_is_shipped_and_the_offices_own_is_remembered(fyrbodal: Workplace) -> None:
    assert all(not mailboxes.mailbox(fyrbodal, code=each).address for each in fyrbodal.codebook.organisations)
    kept = mailboxes.set_mailbox(fyrbodal, code="1421", address=f" {ORUST} ")
    assert (kept.address, kept.from_code_book) == (ORUST, False)
    mailboxes.set_mailbox(fyrbodal, code="1462", address="edet@mail.example")
    assert mailboxes.set_mailbox(fyrbodal, code="1421", address="").address == ""
    assert mailboxes.mailbox(fyrbodal, code="1462").address == "edet@mail.example"


def test_what_the_county_has_written_in_comes_first(fyrbodal: Workplace) -> None:
    mailboxes.set_mailbox(fyrbodal, code="1421", address="gammal@mail.example")
    book = msgspec.structs.replace(fyrbodal.codebook, mailboxes=(Mailbox(id="1421", address=ORUST),))
    object.__setattr__(fyrbodal, "codebook", book)
    found = mailboxes.mailbox(fyrbodal, code="1421")
    assert (found.address, found.from_code_book) == (ORUST, True)


def test_what_is_no_plain_address_is_refused(fyrbodal: Workplace) -> None:
    for text in ("orust", "a@b.se, c@d.se", "a@b.se\nBcc: x@y.se", "Orust <a@b.se>"):
        with pytest.raises(InputProblem, match="Skriv en adress som"):
            mailboxes.set_mailbox(fyrbodal, code="1421", address=text)


def test_an_address_that_looks_like_a_persons_is_warned_of() -> None:
    assert "funktionsbrevlåda" in mailboxes.warning("anna.svensson@orust.example")
    assert mailboxes.warning(ORUST) == ""


def test_each_gets_a_draft_of_its_own_and_sees_nobody_else(fyrbodal: Workplace, period: Period, tmp_path: Path) -> None:
    mailboxes.set_mailbox(fyrbodal, code="1421", address=ORUST)
    asked = [orust(fyrbodal), fyrbodal.codebook.organisation("1462")]
    made = drafts.reminders(fyrbodal, period=period, organisations=asked)
    paths = drafts.save(fyrbodal, drafts=made, folder=tmp_path / "utkast")
    assert [each.name for each in paths] == ["Påminnelse Orust 2026-T2.eml", "Påminnelse Lilla Edet 2026-T2.eml"]
    first, second = (message_from_bytes(each.read_bytes(), policy=default) for each in paths)
    assert (first["To"], second["To"], first["Bcc"]) == (ORUST, None, None)
    body = first.get_body()
    assert body is not None
    assert "Hej Orust kommun!" in body.get_content()
    assert "Lilla Edet" not in body.get_content()


def test_a_delregion_is_reminded_of_what_a_delregion_does(make: Make, period: Period) -> None:
    county = make("14")
    (made,) = drafts.reminders(county, period=period, organisations=[county.codebook.organisation("samla")])
    assert "under Skicka vidare i Färdplan" in made.letter.body
    assert "under Rapportera" not in made.letter.body


def test_a_new_file_is_asked_for_in_words_for_the_sender(fyrbodal: Workplace, period: Period) -> None:
    for code in sorted(refusals.AFTER_THE_SENDER_IS_KNOWN | {"E09", "E11", "E10-ROTATED", "E99"}):
        file = refused(code, "Rad 7 är fel.")
        made = drafts.new_file(fyrbodal, period=period, organisation=orust(fyrbodal), refused=file)
        assert made.letter.subject == "Ny fil behövs (tertial 2 2026)"
        assert "Filen orust.zip (tertial 2 2026) gick inte att läsa in hos oss." in made.letter.body
        for words in ("Be avsändaren", "ni har", "till er.", "Ring "):
            assert words not in made.letter.body, code


def test_what_is_wrong_in_a_row_is_told_down_to_the_row() -> None:
    said = "Rad 7 i data/antal.jsonl: koden är okänd. Felet finns hos avsändaren. Be om en ny fil."
    wrong, todo = sender_letters.told_to_sender("E21", said)
    assert wrong == "Rad 7 i data/antal.jsonl: koden är okänd."
    assert "försegla perioden igen" in todo
    assert not sender_letters.may_ask_for_new_file("E23-CODEBOOK")


def test_a_municipality_has_no_coverage_to_print(edet: Workplace, period: Period) -> None:
    with pytest.raises(InputProblem, match="bara för en delregion"):
        coverage_list.coverage_paper(edet, period=period)
