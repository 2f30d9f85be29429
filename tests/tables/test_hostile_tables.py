"""Tables made to harm, through every reader of them: a sentence, or the plain values that stand there. Nothing else.

A text is held as bytes and as letters while it is read, so the bound on memory is four times the file and 64 MiB.
"""

from __future__ import annotations

import io
import os
import socket
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from fardplan_desktop.bootstrap import shipped_codebook
from fardplan_desktop.domain.codebook import CodeBook
from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.tables.answer_book import is_answer, read_answer
from fardplan_desktop.tables.foreign.book import read_book
from fardplan_desktop.tables.kinds import read_table
from fardplan_desktop.tables.read import read_grid

Parts = dict[str, bytes]
Read = Callable[[Path], object]
MEBIBYTE = 1024 * 1024
SECRET = "hemligheten"


@pytest.fixture(scope="module")
def book() -> CodeBook:
    return shipped_codebook()


@pytest.fixture(scope="module")
def parts() -> Parts:
    written = io.BytesIO()
    workbook = Workbook(written)
    sheet = workbook.add_worksheet()
    for at, row in enumerate((["Mått", "2026-05"], ["SIP08", 14], ["SIP11", "text"])):
        sheet.write_row(at, 0, row)
    workbook.close()
    with zipfile.ZipFile(written) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def readers(book: CodeBook) -> dict[str, Read]:
    return {
        "grid": lambda path: read_grid(path).rows,
        "book": read_book,
        "answer": lambda path: read_answer(path, book),
        "sorting out": is_answer,
        "counts": lambda path: read_table(path, "counts", book),
    }


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a table asked for the network")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)


def read_by_all(path: Path, readers: dict[str, Read]) -> Iterator[str]:
    """What each reader said, or what it found."""
    for read in readers.values():
        try:
            yield repr(read(path))
        except InputProblem as problem:
            yield problem.sentence


def packed(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_doctype(doctype: str, text: str) -> Callable[[bytes], bytes]:
    """The part with a document type before its root, and this in place of its first text."""

    def change(part: bytes) -> bytes:
        start = part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0
        return part[:start] + doctype.encode() + part[start:].replace(b">text<", f">{text}<".encode())

    return change


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPES = {
    "billion laughs": (f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>', "&l9;"),
    "quadratic": (f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>', "&a;" * 2_000),
    "a file": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>', "&a;"),
    "an address": ('<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]>', "&a;"),
    "a parameter": ('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd">%a;]>', "x"),
    "an outer type": ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', "x"),
}


@pytest.mark.parametrize("name", DOCTYPES)
def test_a_document_type_in_any_part_of_a_workbook(
    tmp_path: Path, parts: Parts, readers: dict[str, Read], name: str
) -> None:
    secret = tmp_path / "fil"
    secret.write_text(SECRET)
    doctype, text = DOCTYPES[name]
    change = with_doctype(doctype.replace("{secret}", str(secret)), text)
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        path = packed(tmp_path / "bok.xlsx", {**parts, part: change(parts[part])})
        for said in read_by_all(path, readers):
            assert SECRET not in said, part
            assert "skadad" in said or said == "False", (part, said[:200])


def test_styles_are_read_by_calamine_alone_and_give_nothing_away(
    tmp_path: Path, parts: Parts, readers: dict[str, Read]
) -> None:
    (tmp_path / "fil").write_text(SECRET)
    for doctype, text in DOCTYPES.values():
        change = with_doctype(doctype.replace("{secret}", str(tmp_path / "fil")), text)
        path = packed(tmp_path / "bok.xlsx", {**parts, "xl/styles.xml": change(parts["xl/styles.xml"])})
        assert not any(SECRET in said for said in read_by_all(path, readers))


def test_links_to_other_files_are_not_followed(tmp_path: Path, parts: Parts, readers: dict[str, Read]) -> None:
    outer = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    target = b'Target="file:///etc/passwd" TargetMode="External"'
    relations = parts["xl/_rels/workbook.xml.rels"]
    path = packed(
        tmp_path / "bok.xlsx",
        {
            **parts,
            "xl/externalLinks/externalLink1.xml": outer,
            "xl/_rels/workbook.xml.rels": relations.replace(
                b"</Relationships>",
                b'<Relationship Id="rId99" Type="http://x/externalLink" ' + target + b"/></Relationships>",
            ),
        },
    )
    assert "14" in repr(read_grid(path).rows)
    swapped = relations.replace(b'Target="worksheets/sheet1.xml"', b'Target="../../../../etc/passwd"')
    assert swapped != relations
    path = packed(tmp_path / "bok.xlsx", {**parts, "xl/_rels/workbook.xml.rels": swapped})
    assert not any("root:" in said for said in read_by_all(path, readers))


def test_a_bomb_within_the_limit_takes_no_more_time_than_a_large_file(tmp_path: Path, parts: Parts) -> None:
    """A hang is the bug here, so a wide limit in time is part of the promise."""
    cells = b"<row>" + b"<c/>" * 16_000 + b"</row>"
    sheet = parts["xl/worksheets/sheet1.xml"]
    start = sheet.index(b"<sheetData>") + len(b"<sheetData>")
    path = packed(
        tmp_path / "bok.xlsx", {**parts, "xl/worksheets/sheet1.xml": sheet[:start] + cells * 60 + sheet[start:]}
    )
    started = time.process_time()
    with pytest.raises(InputProblem):
        read_grid(path)
    assert time.process_time() - started < 20


TEXTS = {
    "UTF-7": b"+AD0-1+-1;2026-05\n",
    "UTF-32": "Mått;2026-05\n".encode("utf-32"),
    "UTF-16 without a mark": "Mått;2026-05\nSIP08;14\n".encode("utf-16-le"),
    "an odd byte of UTF-16": "Mått;2026-05\n".encode("utf-16") + b"x",
    "a false mark": b"\xef\xbb\xbf\xff\xfe\xfd",
    "zeros": bytes(1000),
    "half a letter": "Mått;2026-05\n".encode()[:2],
    "lone surrogates": b"M\xed\xa0\x80tt;2026-05\nSIP08;14\n",
    "overlong": b"M\xc0\xafatt;2026-05\n",
    "quotes": b'"' * 1_000_001,
    "a quote on each row": b'a;"\n' * 5_000,
    "nothing": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "sep": b"sep=\x00\na\x00b",
    "formulas": "Mått;2026-05\nSIP08;=cmd|'/c calc'!A1\n".encode(),
    "direction": "Mått\u202e;2026-05\nSIP08;14\n".encode(),
    "JSON": b'{"a":[' + b"[" * 100_000,
    "HTML": b"<html><img src=http://127.0.0.1:9/x></html>",
    "a package": b"PK\x03\x04" + bytes(100),
}


@pytest.mark.parametrize(
    "data", [b";" * 10_000_000, b"\n" * 2_000_000, b';;;;"\n"' * 260_000], ids=["wide", "long", "one"]
)
def test_a_text_far_over_the_limits_is_not_read_to_its_end(
    tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fardplan_desktop.tables.grid.MAX_ROWS", 2_000)
    path = tmp_path / "tabell.csv"
    path.write_bytes(data)
    tracemalloc.start()
    try:
        with pytest.raises(InputProblem, match="för stor"):
            read_grid(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * len(data) + 64 * MEBIBYTE, peak / MEBIBYTE


@pytest.mark.parametrize("name", TEXTS)
def test_texts_that_are_no_table(tmp_path: Path, readers: dict[str, Read], name: str) -> None:
    path = tmp_path / "tabell.csv"
    path.write_bytes(TEXTS[name])
    for said in read_by_all(path, readers):
        assert said
        assert "Traceback" not in said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, readers: dict[str, Read]) -> None:
    os.mkfifo(tmp_path / "rör.csv")
    with (tmp_path / "gles.xlsx").open("wb") as file:
        file.truncate(6 * 1024**3)
    for path in (tmp_path / "rör.csv", Path("/dev/zero"), tmp_path, tmp_path / "gles.xlsx"):
        for name, read in readers.items():
            if name == "sorting out":
                assert read(path) is False
                continue
            with pytest.raises(InputProblem, match=r"går inte att öppna|för stor"):
                read(path)
