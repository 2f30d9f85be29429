"""Files as they come: encodings, separators, and files that are something else."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from fardplan_desktop.domain.errors import InputProblem
from fardplan_desktop.tables.grid import MAX_BYTES, MAX_CELL, Grid
from fardplan_desktop.tables.read import read_grid

TEXT = "Mått;Värde\nSIP08;Övrigt å ä ö\n"
ROWS = (("Mått", "Värde"), ("SIP08", "Övrigt å ä ö"))


def _grid(folder: Path, content: bytes, name: str = "tabell.csv") -> Grid:
    path = folder / name
    path.write_bytes(content)
    return read_grid(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_swedish_letters_survive_every_encoding_that_excel_writes(tmp_path: Path, encoding: str) -> None:
    assert _grid(tmp_path, TEXT.encode(encoding)).rows == ROWS


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found_by_the_headings(tmp_path: Path, separator: str) -> None:
    assert _grid(tmp_path, TEXT.replace(";", separator).encode()).rows == ROWS


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders")
def test_a_pipe_is_refused_without_waiting_for_someone_to_write_in_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tabell.csv")
    with pytest.raises(InputProblem, match="går inte att öppna"):
        read_grid(tmp_path / "tabell.csv")


def test_the_name_of_a_file_decides_nothing(tmp_path: Path) -> None:
    assert _grid(tmp_path, TEXT.encode(), "tabell.xlsx").rows == ROWS


def test_the_separator_line_of_excel_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    assert _grid(tmp_path, b"sep=,\r\na,b;c\r\n").rows == (("a", "b;c"),)


def test_a_cell_over_two_lines_is_one_row_as_in_excel(tmp_path: Path) -> None:
    assert _grid(tmp_path, b'a;b\r\n"x\r\ny";1\r\n\r\nz;2\r\n').rows == (("a", "b"), ("x\ny", "1"), (), ("z", "2"))


def test_the_digest_is_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    assert _grid(tmp_path, TEXT.encode()).sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_formula_guard_is_taken_off_and_no_formula_is_computed(tmp_path: Path) -> None:
    assert _grid(tmp_path, b"a;b\n'=1+1;=1+1\n").rows[1] == ("=1+1", "=1+1")


def test_decomposed_letters_and_outer_blanks_are_brought_into_one_form(tmp_path: Path) -> None:
    assert _grid(tmp_path, "a\u030a;\u00a0x \n".encode()).rows == (("å", "x"),)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x85"])
def test_control_characters_are_a_fault_at_their_place(tmp_path: Path, sign: str) -> None:
    faults = _grid(tmp_path, f"a;b\n1;x{sign}y\n".encode()).faults
    assert [(fault.row, fault.column) for fault in faults] == [(2, 2)]


def test_a_cell_longer_than_excel_can_hold_is_a_fault_at_its_place(tmp_path: Path) -> None:
    faults = _grid(tmp_path, b"a;b\n1;" + b"x" * (MAX_CELL + 1)).faults
    assert [(fault.row, fault.column) for fault in faults] == [(2, 2)]


def test_a_single_cell_of_ten_megabytes_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="Rad 2"):
        _grid(tmp_path, b"a;b\n1;" + b"x" * 10_000_000)


def test_a_quote_that_never_ends_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="Rad 2"):
        _grid(tmp_path, b'a;b\n"x;1\ny;2\n')


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ\x90\x00\x03", "varken en Excelfil"),
        (b"%PDF-1.7", "varken en Excelfil"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "äldre Excelfil"),
        (b"\x81\x8d\x8f\xff", "ingen textfil"),
        (b"\xff\xfea", "ingen textfil"),
    ],
)
def test_a_file_of_another_kind_is_refused_whatever_its_name(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InputProblem, match=said):
        _grid(tmp_path, content, "antal.csv")


def test_a_file_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="större än 20 MB"):
        _grid(tmp_path, b"a" * (MAX_BYTES + 1))


def test_more_rows_than_the_limit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="200\u00a0000 rader"):
        _grid(tmp_path, b"1\n" * 200_001)


def test_a_missing_file_and_a_folder_are_told_as_such(tmp_path: Path) -> None:
    for path in (tmp_path / "saknas.csv", tmp_path):
        with pytest.raises(InputProblem, match="går inte att öppna"):
            read_grid(path)
