"""The canonical ZIP: what any unpacker reads, in the one spelling we accept."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fardplan_desktop.domain.errors import Refusal
from fardplan_desktop.exchange.container import check_name, read_container, write_container

SMALL = write_container([("mimetype", b"x"), ("data/a.jsonl", b"{}\n")])


def refused(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read_container(data)
    return caught.value.code


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_the_writer_gives_the_bytes_that_the_standard_librarys_zip_writer_gives(contents: list[bytes]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for number, content in enumerate(contents):
            info = zipfile.ZipInfo(f"data/{number}.jsonl", (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, content)
    assert write_container([(f"data/{n}.jsonl", content) for n, content in enumerate(contents)]) == buffer.getvalue()


@given(st.binary(max_size=300))
@settings(max_examples=50)
def test_anything_after_a_zip_mark_is_read_or_refused(tail: bytes) -> None:
    for data in (tail, b"PK\x03\x04" + tail, SMALL + tail[1:], SMALL[: len(tail)]):
        if data != SMALL:
            assert refused(data).startswith("E0")


def test_a_changed_byte_is_refused_or_seen_in_name_content_or_checksum() -> None:
    for position in range(len(SMALL)):
        changed = bytearray(SMALL)
        changed[position] ^= 0x20
        try:
            found = read_container(bytes(changed))
        except Refusal:
            continue
        assert not all(each.intact for each in found), position


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E02-MAGIC"),
        (b"%PDF-1.7", "E02-MAGIC"),
        (b"age-encryption.org/v1\n-> X25519 abc\nxyz\n--- mac\n", "E02-LOCKED"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "E02-DECRYPT"),
        (b"age-encryption.org/v1\n-> scrypt salt 30\nxyz\n--- mac\n", "E02-PASSPHRASE"),
        (b"age-encryption.org/v1\n-> X25519 abc\nxyz\n-> odd\n--- mac\n", "E02-PASSPHRASE"),
        (b"PK\x03\x04", "E03"),
        (SMALL[:-1], "E03"),
        (SMALL + b"\n", "E03"),
        (SMALL.replace(b"PK\x01\x02\x14", b"PK\x01\x02\x3f"), "E05"),
        (write_container([(f"data/{n}.jsonl", b"") for n in range(81)]), "E04-COUNT"),
        (write_container([("mimetype", b""), ("mimetype", b"")]), "E06"),
        (write_container([("data/../../etc", b"")]), "E06"),
    ],
)
def test_each_kind_of_broken_file_has_its_code(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_repacked_archive_is_refused_as_E05() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.fardplan.paket+zip" * 9)
    assert refused(buffer.getvalue()) == "E05"


def test_a_false_checksum_in_both_headers_is_read_but_not_intact() -> None:
    true = zlib.crc32(b"{}\n").to_bytes(4, "little")
    assert SMALL.count(true) == 2
    assert [each.intact for each in read_container(SMALL.replace(true, b"\0\0\0\0"))] == [True, False]


@pytest.mark.parametrize(
    "name",
    [
        b"", b"Mimetype", b"data/", b"data/A.jsonl", b"data/a..b", b"data/a.", b"data/con", b"data/nul.jsonl",
        b"bilagor/com1.pdf", b"/data/a", b"data\\a", b"data/a/b", b"data/a:b", b"data/\xc3\xa5.jsonl", b"data/a\n",
        b"data/" + b"a" * 92, "data/\u202efdp.exe".encode(), b"META-INF/../a", b"\xff",
    ],
)  # fmt: skip
def test_a_name_outside_the_allowed_forms_is_refused_as_E06(name: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        check_name(name)
    assert caught.value.code == "E06"
    assert caught.value.sentence.isascii() is False  # Swedish
    assert "\u202e" not in caught.value.sentence


@pytest.mark.parametrize("name", [b"mimetype", b"data/antal.jsonl", b"paket/1462_2026-t2_0001.fardpaket"])
def test_a_name_of_an_allowed_form_is_kept(name: bytes) -> None:
    assert check_name(name) == name.decode()
