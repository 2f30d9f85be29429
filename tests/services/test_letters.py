"""The draft that a mail program opens: unsent, readable, and with its files as they are."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

from hypothesis import given
from hypothesis import strategies as st

from fardplan_desktop.services.letters import Attachment, Letter, draft

LETTER = Letter("Vårdsamverkan Fyrbodal", "Lilla Edets kommun, tertial 2 2026", "Hej!\n\nHär kommer paketet – åäö.\n")
texts = st.text(st.sampled_from("abz åäöÅÄÖ–”≈ ,.:;=?_<>@()0189"), max_size=90).map(lambda text: " ".join(text.split()))


def test_a_draft_is_unsent_with_subject_text_and_files_and_without_a_sender() -> None:
    data = draft(letter=LETTER, attachments=[Attachment("1462_2026-T2_0001.fardpaket", bytes(range(256)) * 9)])
    read = message_from_bytes(data, policy=default)
    assert (read["X-Unsent"], read["Subject"], read["To"], read["From"]) == ("1", LETTER.subject, None, None)
    body = read.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.body
    (file,) = read.iter_attachments()
    assert file.get_filename() == "1462_2026-T2_0001.fardpaket"
    assert file.get_content() == bytes(range(256)) * 9


def test_the_same_letter_gives_the_same_bytes() -> None:
    files = [Attachment("a.zip", b"1"), Attachment("b.txt", b"2")]
    assert draft(letter=LETTER, attachments=files) == draft(letter=LETTER, attachments=files)


def test_a_function_mailbox_may_be_named() -> None:
    read = message_from_bytes(draft(letter=LETTER, address="funktion@example.org"), policy=default)
    assert read["To"] == "funktion@example.org"
    assert not list(read.iter_attachments())


@given(texts, texts, st.binary(max_size=200))
def test_any_text_and_any_file_come_out_as_they_went_in(subject: str, body: str, data: bytes) -> None:
    letter = Letter("någon", subject, f"{body}\n")
    read = message_from_bytes(draft(letter=letter, attachments=[Attachment("å ä.bin", data)]), policy=default)
    found = read.get_body()
    assert found is not None
    assert (read["Subject"], found.get_content().splitlines()) == (subject, [body])
    (file,) = read.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("å ä.bin", data)
