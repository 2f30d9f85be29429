"""Function mailboxes: what is an address, and what looks like a person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.domain.addresses import is_address, looks_personal
from fardplan_desktop.domain.canonical import canonical
from fardplan_desktop.domain.codebook import codebook_from_json, codebook_to_json
from fardplan_desktop.domain.errors import CodeBookProblem
from tests.domain.test_codebook_load import load_with_more


@pytest.mark.parametrize(
    "address", ["narvard@orust.example", "social.kansli@a-b.example.se", "sip@x.se", "1462@vgr.example"]
)
def test_an_address_of_a_function_is_one(address: str) -> None:
    assert is_address(address)
    assert not looks_personal(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "orust",
        "a@b",
        "a@b.se, c@d.se",
        "Orust <a@b.se>",
        "a@b.se\nBcc: c@d.se",
        "a..b@c.se",
        "å@b.se",
        "a@-b.se",
        "a" * 130 + "@b.se",
    ],
)
def test_anything_that_could_be_more_than_one_plain_address_is_none(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize("address", ["anna.svensson@orust.example", "Per-Olof.Berg2@x.se", "eva.lind-berg@x.se"])
def test_first_and_last_name_look_like_a_person(address: str) -> None:
    assert looks_personal(address)


@given(st.text(max_size=150))
def test_no_address_can_break_a_header(text: str) -> None:
    assert not is_address(text) or (
        text.isprintable() and text.count("@") == 1 and not set(" ,;<>:\"'\r\n") & set(text)
    )


def test_mailboxes_are_part_of_the_book_and_left_out_of_its_digest_while_there_are_none() -> None:
    plain = load_with_more("x.toml", "")
    book = load_with_more("x.toml", '[[mailboxes]]\nid = "1421"\naddress = "narvard@orust.example"\n')
    assert book.mailbox("1421") == "narvard@orust.example"
    assert book.mailbox("1462") == plain.mailbox("1421") == ""
    assert b"mailboxes" not in canonical(codebook_to_json(plain))
    assert codebook_from_json(canonical(codebook_to_json(book))) == book


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('id = "9999"\naddress = "a@b.se"', "är ingen organisation"),
        ('id = "1421"\naddress = "Orust"', "är ingen e-postadress"),
    ],
)
def test_a_mailbox_must_belong_to_an_organisation_and_be_an_address(text: str, reason: str) -> None:
    with pytest.raises(CodeBookProblem, match=reason):
        load_with_more("x.toml", f"[[mailboxes]]\n{text}\n")
